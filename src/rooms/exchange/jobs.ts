import { systemClock } from '#platform/clock.ts'
import type { Cron, Jobs } from '#platform/jobs.ts'
import { refresh, refreshAll } from './actions/peer.ts'
import { beat, sendReports } from './actions/report.ts'

/** Catalogues of others are read hourly; adopted services report when something changed, and daily. */
export const jobs: Jobs = {
  'exchange.look': async (payload, { db }) => {
    const { peer } = (payload ?? {}) as { peer?: string }
    if (peer) await refresh(db, peer, systemClock.now())
    else await refreshAll(db, systemClock.now())
  },
  'exchange.beat': async (_, { db }) => {
    await beat(db, systemClock)
  },
  'exchange.send': async (_, { db }) => {
    await sendReports(db, systemClock.now())
  },
}
export const crons: Cron[] = [
  { task: 'exchange.look', pattern: '*/5 * * * *' },
  { task: 'exchange.beat', pattern: '*/10 * * * *' },
  { task: 'exchange.send', pattern: '* * * * *' },
]
