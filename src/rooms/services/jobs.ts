import { systemClock } from '#platform/clock.ts'
import type { Cron, Jobs } from '#platform/jobs.ts'
import { tick } from './actions/time.ts'

/** Time moves cases: every minute whatever is due. */
export const jobs: Jobs = {
  'services.tick': async (_, { db }) => {
    await tick(db, systemClock.now())
  },
}
export const crons: Cron[] = [{ task: 'services.tick', pattern: '* * * * *' }]
