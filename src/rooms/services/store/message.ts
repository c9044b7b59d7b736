import type { Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { markOf, seal } from '#platform/secret.ts'
import type { Effect } from '../domain/moving.ts'
import type { Package } from '../domain/package/format/index.ts'

type Of = { agency: string; id: string }

/** A number is known again by its mark, without being kept readable. */
export const markOfPhone = (phone: string): Buffer => markOf('services.phone', phone)

/** Messages that a move sent, and those that had no number to go to, as rows. What goes to a number waits in the queue. */
export const messageRows = ({ agency, id, pkg }: Of & { pkg: Package }, effects: readonly Effect[]) =>
  effects.flatMap((effect) => {
    if (effect.kind !== 'sent' && effect.kind !== 'unsent') return []
    const sent = effect.kind === 'sent' ? effect : null
    const phone = sent && 'phone' in sent.to ? sent.to.phone : null
    const at = new Date(effect.at)
    return [
      {
        agency,
        id: newId(),
        case: id,
        message: effect.message,
        at,
        to_role: sent && 'role' in sent.to ? sent.to.role : null,
        to_phone: phone === null ? null : seal(phone),
        text: sent && JSON.stringify(sent.text),
        mark: phone === null ? null : markOfPhone(phone),
        urgent: pkg.messages.some((message) => message.id === effect.message && message.urgent),
        // What goes to a role waits too: the worker finds out who holds it then, and who of them gave a number.
        state: (sent === null ? 'held' : 'queued') as 'queued' | 'held' | 'delivered' | null,
        why: sent === null ? 'no-number' : null,
        due: sent === null ? null : at,
      },
    ]
  })

/** Messages that a move sent, and those that had no number to go to. */
export async function addMessages(tx: Tx, of: Of & { pkg: Package }, effects: readonly Effect[]): Promise<void> {
  const rows = messageRows(of, effects)
  if (rows.length > 0) await tx.insertInto('services.message').values(rows).execute()
}

/** The texts of messages to a number go, and the number: what was still to go out never does. */
export async function forgetMessages(tx: Tx, { agency, id }: Of): Promise<void> {
  await tx
    .updateTable('services.message')
    .set((eb) => ({
      text: null,
      to_phone: null,
      mark: null,
      due: null,
      state: eb
        .case()
        .when('state', 'in', ['queued', 'held'])
        .then('held' as 'held' | 'sent')
        .else(eb.ref('state'))
        .end(),
      why: eb
        .case()
        .when('state', 'in', ['queued', 'held'])
        .then('withdrawn' as string | null)
        .else(eb.ref('why'))
        .end(),
    }))
    .where('agency', '=', agency)
    .where('case', '=', id)
    .where('to_phone', 'is not', null)
    .execute()
}
