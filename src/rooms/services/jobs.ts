import { systemClock } from '#platform/clock.ts'
import type { Cron, Jobs } from '#platform/jobs.ts'
import { countNightly } from './actions/figures.ts'
import { tick } from './actions/time.ts'
import { forgetBefore } from './store/merge.ts'

/** Time moves cases: every minute whatever is due. What can no longer be undone is forgotten every hour. */
export const jobs: Jobs = {
  'services.tick': async (_, { db }) => {
    await tick(db, systemClock.now())
  },
  'services.figures': async (_, { db }) => {
    await countNightly(db, systemClock.now())
  },
  'services.forget-merges': async (_, { db }) => {
    await forgetBefore(db, systemClock.now())
  },
}
export const crons: Cron[] = [
  { task: 'services.tick', pattern: '* * * * *' },
  // 00.20 WIB: in all three zones the day before is over.
  { task: 'services.figures', pattern: '20 17 * * *' },
  { task: 'services.forget-merges', pattern: '17 * * * *' },
]
