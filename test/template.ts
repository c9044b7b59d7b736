import { type Embedded, ensureDatabase } from '#platform/embedded.ts'
import { migrateJobs } from '#platform/jobs.ts'
import { migrate } from '#platform/migrate.ts'

/** Migrate the database that the tests' databases are copied from. */
export async function prepareTemplate(server: Embedded) {
  await ensureDatabase(server, 'template_melayani')
  await migrate(server.address('template_melayani'))
  await migrateJobs(server.address('template_melayani'))
}
