import { systemClock } from '#platform/clock.ts'
import type { Cron, Jobs } from '#platform/jobs.ts'
import { checkFile } from './actions/record.ts'
import { callLate, openCounting } from './store/counting.ts'
import { fold } from './store/node.ts'

/** What is missing is called late, waiting sums are added to their levels, and archives are judged. */
export const jobs: Jobs = {
  'voting.count': async (_, { db }) => {
    const now = systemClock.now()
    while ((await callLate(db, now)) > 0);
    while ((await fold(db)) > 0);
  },
  // A package is expected by the act that seals it, or by its first result. This one looks through all of them, for those that
  // came here in another way.
  'voting.expect': async (_, { db }) => {
    await db.transaction().execute((tx) => openCounting(tx, systemClock.now()))
  },
  'voting.verify': async (payload, { db, files }) => {
    if (!files) throw new Error('archives cannot be judged without the folder of files')
    await checkFile({ db, files, clock: systemClock }, (payload as { sha256: string }).sha256)
  },
}
export const crons: Cron[] = [
  { task: 'voting.count', pattern: '* * * * *' },
  { task: 'voting.expect', pattern: '10 18 * * *' },
]
