import type { Round } from '#competition'
import type { Tx } from '#platform/db.ts'
import { post } from '#platform/mail.ts'
import { listAddresses } from '../store/evaluator.ts'
import { readerLetter } from './letters.ts'

/** Write to evaluators how many entries are there for them, in the transaction that gives them. No titles: a letter may be read by others. */
export async function tellReaders(
  tx: Tx,
  round: Round,
  counts: ReadonlyMap<string, number>,
  until: Date,
  kind: 'opened' | 'more' | 'extended',
  reason = '',
): Promise<void> {
  const people = await listAddresses(tx, [...counts.keys()])
  await post(
    tx,
    people.map(({ id, ...reader }) =>
      readerLetter(kind, reader, { round: round.rules.name, n: counts.get(id) ?? 0, until, reason }),
    ),
  )
}
