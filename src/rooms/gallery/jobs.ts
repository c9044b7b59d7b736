import type { Cron, Jobs } from '#platform/jobs.ts'
import { syncGallery } from './store/sync.ts'

/** The gallery follows the register every hour, whoever changed it. */
export const jobs: Jobs = {
  'gallery.sync': async (_, { db }) => {
    await db.transaction().execute(syncGallery)
  },
}
export const crons: Cron[] = [{ task: 'gallery.sync', pattern: '7 * * * *' }]
