import { systemClock } from '#platform/clock.ts'
import type { Cron, Jobs } from '#platform/jobs.ts'
import { askSleepers, noteOutcomes } from './actions/heartbeat.ts'

export const jobs: Jobs = {
  'replication.heartbeat': async (_, { db }) => {
    await noteOutcomes(db, systemClock.now())
    await askSleepers(db, systemClock.now())
  },
}
// At 8.00 WIB: it may send letters.
export const crons: readonly Cron[] = [{ task: 'replication.heartbeat', pattern: '0 1 * * *' }]
