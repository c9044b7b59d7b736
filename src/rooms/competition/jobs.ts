import type { Cron, Jobs } from '#platform/jobs.ts'
import { compareRound, compareSubmissions } from './actions/examination.ts'

export const jobs: Jobs = {
  // Enqueued in the transaction of a submission, as { proposal }.
  'competition.compare': async (payload, { db }) => {
    await compareSubmissions(db, [(payload as { proposal: string }).proposal], new Date())
  },
  'competition.compare-round': async (payload, { db }) => {
    await compareRound(db, (payload as { round: string }).round, new Date())
  },
}
export const crons: readonly Cron[] = []
