import type { Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { seal } from '#platform/secret.ts'
import type { Effect } from '../domain/moving.ts'

type Of = { agency: string; id: string }

/** Messages that a move sent, and those that had no number to go to, as rows. */
export const messageRows = ({ agency, id }: Of, effects: readonly Effect[]) =>
  effects.flatMap((effect) => {
    if (effect.kind !== 'sent' && effect.kind !== 'unsent') return []
    const sent = effect.kind === 'sent' ? effect : null
    return [
      {
        agency,
        id: newId(),
        case: id,
        message: effect.message,
        at: new Date(effect.at),
        to_role: sent && 'role' in sent.to ? sent.to.role : null,
        to_phone: sent && 'phone' in sent.to ? seal(sent.to.phone) : null,
        text: sent && JSON.stringify(sent.text),
      },
    ]
  })

/** Messages that a move sent, and those that had no number to go to. */
export async function addMessages(tx: Tx, of: Of, effects: readonly Effect[]): Promise<void> {
  const rows = messageRows(of, effects)
  if (rows.length > 0) await tx.insertInto('services.message').values(rows).execute()
}

/** The texts of messages to a number go, and the number. */
export async function forgetMessages(tx: Tx, { agency, id }: Of): Promise<void> {
  await tx
    .updateTable('services.message')
    .set({ text: null, to_phone: null })
    .where('agency', '=', agency)
    .where('case', '=', id)
    .where('to_phone', 'is not', null)
    .execute()
}
