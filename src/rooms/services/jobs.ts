import { systemClock } from '#platform/clock.ts'
import { removeBytes } from '#platform/files.ts'
import type { Cron, Jobs } from '#platform/jobs.ts'
import { passOffers } from './actions/assign.ts'
import { countNightly } from './actions/figures.ts'
import { hearTold } from './actions/hearing.ts'
import { deliver } from './actions/hook.ts'
import { sendMessages, tidyReplies } from './actions/outbox.ts'
import { tick } from './actions/time.ts'
import { endConversations } from './store/gateway.ts'
import { tidyDeliveries } from './store/hook.ts'
import { dropWaiting } from './store/media.ts'
import { forgetBefore } from './store/merge.ts'

/** Time moves cases: every minute whatever is due, and offers that nobody answered go to the next. What can no longer be undone is forgotten every hour. */
export const jobs: Jobs = {
  // Rows of files went with the act that forgot them; here go the bytes.
  'services.forget-files': async (payload, { db, files }) => {
    if (files) await removeBytes(db, files, (payload as { files: string[] }).files)
  },
  'services.forget-waiting-files': async (_, { db }) => {
    await dropWaiting(db, new Date(systemClock.now().getTime() - 30 * 86_400_000))
  },
  'services.tick': async (_, { db }) => {
    await tick(db, systemClock.now())
  },
  'services.figures': async (_, { db }) => {
    await countNightly(db, systemClock.now())
  },
  'services.pass-offers': async (_, { db }) => {
    await passOffers(db, systemClock.now())
  },
  'services.forget-merges': async (_, { db }) => {
    await forgetBefore(db, systemClock.now())
  },
  'services.hearing': async (_, { db }) => {
    await hearTold(db, systemClock.now())
  },
  'services.deliveries': async (_, { db }) => {
    const now = systemClock.now()
    await deliver(db, now)
    await tidyDeliveries(db, new Date(now.getTime() - 7 * 86_400_000))
  },
  'services.messages': async (_, { db }) => {
    const now = systemClock.now()
    await sendMessages(db, now)
    await endConversations(db, now)
    await tidyReplies(db, now)
  },
}
export const crons: Cron[] = [
  { task: 'services.tick', pattern: '* * * * *' },
  // 00.20 WIB: in all three zones the day before is over.
  { task: 'services.figures', pattern: '20 17 * * *' },
  { task: 'services.pass-offers', pattern: '* * * * *' },
  { task: 'services.forget-merges', pattern: '17 * * * *' },
  { task: 'services.forget-waiting-files', pattern: '40 19 * * *' },
  { task: 'services.hearing', pattern: '* * * * *' },
  { task: 'services.deliveries', pattern: '* * * * *' },
  { task: 'services.messages', pattern: '* * * * *' },
]
