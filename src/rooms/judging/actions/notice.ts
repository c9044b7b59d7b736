import type { Round } from '#competition'
import type { Tx } from '#platform/db.ts'
import { post } from '#platform/mail.ts'
import { fill, formatDateTime } from '#platform/text.ts'
import { listAddresses } from '../store/evaluator.ts'
import { words } from '../text/index.ts'

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
    people.map(({ id, name, email, lang }) => {
      const w = words(lang)
      const values = {
        name,
        round: round.rules.name[lang],
        n: counts.get(id) ?? 0,
        until: formatDateTime(until, lang),
        reason,
      }
      return {
        to: { name, email },
        subject: fill(w[`${kind}Subject`], values),
        body: fill(w[`${kind}Body`], values),
      }
    }),
  )
}
