import { systemClock } from '#platform/clock.ts'
import { fillMade, forgetFiles, removeBytes } from '#platform/files.ts'
import { type Cron, enqueue, type Jobs } from '#platform/jobs.ts'
import { openPolls } from './actions/decision.ts'
import { checkFile } from './actions/record.ts'
import { lettersPerPart, type PrintOrder, partsOf } from './domain/roll/invitation.ts'
import { invitationPaper } from './pages/roll/invitation-paper.ts'
import { callLate, openCounting } from './store/counting.ts'
import { fold } from './store/node.ts'
import { invitedOf } from './store/roll/invitation.ts'

/** So many days the files of invitations stay: they name people. */
const keptDays = 7

/**
 * Elections whose polls have opened are held, what is missing is called late, waiting sums are added to their levels, archives are
 * judged, and invitations are made for the printer and forgotten.
 */
export const jobs: Jobs = {
  'voting.count': async (_, { db }) => {
    const now = systemClock.now()
    while ((await openPolls(db, now)) > 0);
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
  'voting.invitations': async (payload, { db, files }) => {
    if (!files) throw new Error('invitations cannot be kept without the folder of files')
    const order = payload as PrintOrder
    const parts = partsOf(order).map(({ id }) => id)
    // By the clock of the queue, and before anything is made: what names people is not left behind by a crash.
    const at = new Date(systemClock.now().getTime() + keptDays * 86_400_000)
    await enqueue(
      db,
      'voting.forget-invitations',
      { files: parts },
      { key: `voting.forget-invitations ${parts[0]}`, at },
    )
    for (const { id, from } of partsOf(order))
      await fillMade(db, files, id, async (tx) => {
        const page = { limit: lettersPerPart, offset: from - 1 }
        const { voters } = await invitedOf(tx, order.election, { tps: order.tps }, page)
        return new Response(invitationPaper(order, voters)).bytes()
      })
  },
  'voting.forget-invitations': async (payload, { db, files }) => {
    const ids = (payload as { files: string[] }).files
    await db.transaction().execute((tx) => forgetFiles(tx, ids))
    if (files) await removeBytes(db, files, ids)
  },
}
export const crons: Cron[] = [
  { task: 'voting.count', pattern: '* * * * *' },
  { task: 'voting.expect', pattern: '10 18 * * *' },
]
