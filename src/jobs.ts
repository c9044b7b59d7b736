import * as competition from '#competition'
import * as exchange from '#exchange'
import * as gallery from '#gallery'
import * as judging from '#judging'
import * as people from '#people'
import { brokenInvariants } from '#platform/invariants.ts'
import type { Cron, Jobs } from '#platform/jobs.ts'
import { verifyChain } from '#platform/log.ts'
import { sendWaiting } from '#platform/mail.ts'
import * as replication from '#replication'
import * as services from '#services'
import * as voting from '#voting'

/** What runs later or by the clock, from every room. */
export const jobs: Jobs = {
  ...people.jobs,
  ...competition.jobs,
  ...judging.jobs,
  ...gallery.jobs,
  ...services.jobs,
  ...exchange.jobs,
  ...replication.jobs,
  ...voting.jobs,
  'people.office-taken': judging.jobs['judging.join-expected']!,
  'competition.register-changed': gallery.jobs['gallery.sync']!,
  'log.send-mail': async (_, { db }) => {
    await sendWaiting(db)
  },
  'log.forget': async (_, { db }) => {
    // Counted attempts and form tokens have done their work after a day and a week.
    await db
      .deleteFrom('log.attempt')
      .where('at', '<', new Date(Date.now() - 86_400_000))
      .execute()
    await db
      .deleteFrom('log.once')
      .where('lasts', '=', false)
      .where('at', '<', new Date(Date.now() - 7 * 86_400_000))
      .execute()
  },
  'log.check-invariants': async (_, { db }) => {
    // Sentences and counts only: the rows themselves may be personal.
    for (const { file, sentence, rows } of await brokenInvariants(db))
      console.error(`invariant broken: ${file}: not so: ${sentence} (${rows} rows)`)
    const chain = await verifyChain(db)
    if (chain.broken) console.error(`the event log is broken at ${chain.broken.id}: ${chain.broken.reason}`)
  },
}

export const crons: Cron[] = [
  ...people.crons,
  ...competition.crons,
  ...judging.crons,
  ...gallery.crons,
  ...services.crons,
  ...exchange.crons,
  ...replication.crons,
  ...voting.crons,
  { task: 'log.send-mail', pattern: '* * * * *' },
  { task: 'log.forget', pattern: '30 19 * * *' },
  { task: 'log.check-invariants', pattern: '45 19 * * *' },
]
