import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import type { Db } from '#platform/db.ts'
import { type Gateway, gatewayOf, standIn } from '#platform/gateway.ts'
import { decide } from '#platform/result.ts'
import { Unsaid } from '#platform/secret.ts'
import { judgeSending, mostAttempts, tryAgain } from '../domain/outbox.ts'
import { numberForm } from '../forms.ts'
import { may } from '../permissions.ts'
import { addToHolders, forgetReplies, holdNextMessage, saveContact, saveSending } from '../store/outbox.ts'

/**
 * Send what is due. Messages of a demo agency go to the stand-in and never out of the house; all others through the
 * gateway of the installation, and without one they wait. A message is held while it is handed over, so that a consent
 * taken back at that moment waits for it or keeps it from going. Handed over at least once, always by the same id.
 * Returns how many went out.
 */
export async function sendMessages(
  db: Db,
  now: Date,
  gateway: Gateway | undefined = gatewayOf(),
  demo: Gateway = standIn,
): Promise<number> {
  let sent = 0
  for (;;) {
    const went = await db.transaction().execute(async (tx) => {
      const due = await holdNextMessage(tx, now, gateway ? {} : { demo: true })
      if (!due) return undefined
      if (due.role) {
        await addToHolders(tx, due, now)
        await saveSending(tx, due, { state: null })
        return false
      }
      const verdict = judgeSending(due, now)
      if (verdict.do === 'hold') await saveSending(tx, due, { state: 'held', why: verdict.why })
      if (verdict.do === 'wait') await saveSending(tx, due, { state: 'held', why: 'quiet', due: verdict.until })
      if (verdict.do !== 'send') return false
      const { channel, text } = verdict
      const attempts = due.attempts + 1
      const handed = await (due.demo ? demo : gateway!).send({ id: due.id, channel, to: due.phone!, text })
      if (handed.state !== 'failed') {
        await saveSending(tx, due, { ...handed, channel, attempts, settled: now })
        return true
      }
      const over = handed.refused || attempts >= mostAttempts
      await saveSending(tx, due, {
        ...{ channel, attempts, why: handed.why.slice(0, 100) },
        ...(over ? { state: 'failed', settled: now } : { state: 'queued', due: tryAgain(now, attempts) }),
      })
      return false
    })
    if (went === undefined) return sent
    if (went) sent++
  }
}

/** A day after they went out, replies are of no use to anybody. */
export const tidyReplies = (db: Db, now: Date): Promise<number> =>
  forgetReplies(db, new Date(now.getTime() - 24 * 3_600_000))

/** Somebody who works with cases says on which number she wants the messages to her roles, or that she wants none. */
export const keepContact: Action<
  { person: string },
  z.output<typeof numberForm>,
  { given: boolean; phone: Unsaid<string | null> },
  never
> = {
  name: 'services.contact-kept',
  find: async (_, { id }, person) => (id === person ? { person } : undefined),
  may: may.keepContact,
  input: numberForm,
  decide: (_, { phone }) => decide({ given: phone !== null, phone: new Unsaid(phone) }),
  save: (tx, { person }, { phone }, { now }) => saveContact(tx, person, phone.value, now),
  tell: ({ given }) => ({ given }),
  scope: () => null,
}
