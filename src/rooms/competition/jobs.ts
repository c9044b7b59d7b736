import type { Cron, Jobs } from '#platform/jobs.ts'
import { compareRound, compareSubmissions } from './actions/examination.ts'
import { remindOfDeadlines } from './actions/reminder.ts'

export const jobs: Jobs = {
  // Enqueued in the transaction of a submission, as { proposal }.
  'competition.compare': async (payload, { db }) => {
    await compareSubmissions(db, [(payload as { proposal: string }).proposal], new Date())
  },
  'competition.compare-round': async (payload, { db }) => {
    await compareRound(db, (payload as { round: string }).round, new Date())
  },
  'competition.remind': async (_, { db }) => {
    await remindOfDeadlines(db, new Date())
  },
}
// Every hour from 07.00 to 20.00 WIB: a noon deadline has its last reminder the day before, and nobody is woken.
export const crons: readonly Cron[] = [{ task: 'competition.remind', pattern: '0 0-13 * * *' }]
