import { readFileSync } from 'node:fs'
import path from 'node:path'
import { importInnovations } from '#competition'
import { syncGallery } from '#gallery'
import { connect } from '#platform/db.ts'
import { ensureDatabase, runningEmbedded, startEmbedded } from '#platform/embedded.ts'
import { migrateJobs } from '#platform/jobs.ts'
import { migrate } from '#platform/migrate.ts'

/**
 * `npm run import -- innovations.json`: load real past winners into the register and the gallery of the database that
 * `npm start` uses, also while it runs. All of the file or, with any problem in it, nothing; again adds nothing.
 */
const file = process.argv[2]
if (!file) {
  console.error('Which file? npm run import -- innovations.json')
  process.exit(2)
}
let raw: unknown
try {
  raw = JSON.parse(readFileSync(file, 'utf8'))
} catch (error) {
  console.error(`${file} cannot be read as JSON: ${(error as Error).message}`)
  process.exit(2)
}

const home = path.resolve(process.env.DATA_DIR ?? path.join(import.meta.dirname, '../data'), 'postgres')
const running = process.env.DATABASE_URL ? undefined : await runningEmbedded(home)
const own = process.env.DATABASE_URL || running ? undefined : await startEmbedded(home)
if (own) await ensureDatabase(own, 'melayani')
const address = process.env.DATABASE_URL ?? (running ?? own!).address('melayani')
try {
  await migrate(address)
  await migrateJobs(address)
  const db = connect(address, 2)
  const outcome = await importInnovations(db, { raw })
  if (outcome.ok) {
    const synced = await db.transaction().execute(syncGallery)
    const { innovations, awards, newInnovations, newAwards } = outcome.imported
    console.log(
      `Read ${innovations} innovations with ${awards} awards: ${newInnovations} innovations and ${newAwards} awards are new, the rest stood there already.`,
    )
    console.log(`The gallery now holds ${synced.innovations} innovations.`)
  } else {
    for (const { row, name, problems } of outcome.problems)
      for (const [field, { code, limit }] of Object.entries(problems))
        console.error(`row ${row}${name && ` (${name})`}: ${field}: ${code}${limit === undefined ? '' : ` ${limit}`}`)
    console.error(`Nothing was imported. Rows with problems: ${outcome.problems.length}.`)
    process.exitCode = 1
  }
  await db.destroy()
} finally {
  await own?.stop()
}
