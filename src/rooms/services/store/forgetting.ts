import type { Tx } from '#platform/db.ts'
import { type Case, withdraw } from '../domain/case.ts'
import { without } from '../domain/hearing.ts'
import type { Effect } from '../domain/moving.ts'
import { writeCase } from './column.ts'
import { forgetMerges, keepConsents } from './consent.ts'
import { keepLikeness } from './duplicate.ts'
import { asHeld, cases, type Held } from './held.ts'
import { keepMedia, returnMedia } from './media.ts'
import { forgetMessages } from './message.ts'

/** The consents that ended between two states of a case, and when. */
export function forgottenBy(before: Case, after: Case, effects: readonly Effect[]): Map<string, number> {
  const forgotten = new Map(
    effects.flatMap((effect) => (effect.kind === 'forgotten' ? [[effect.purpose, effect.at] as const] : [])),
  )
  for (const [purpose, { given, at }] of Object.entries(after.consents))
    if (!given && before.consents[purpose]?.given) forgotten.set(purpose, at)
  return forgotten
}

/** A consent taken back reaches what was copied into sub-cases, what was merged into the case, and messages about them. */
export async function forgetInParts(tx: Tx, held: Held, purpose: string, at: number): Promise<void> {
  const rows = await cases(tx)
    .where('c.agency', '=', held.agency)
    .where((eb) => eb.or([eb('c.part_of', '=', held.id), eb('c.merged_into', '=', held.id)]))
    .orderBy('c.id')
    .forUpdate('c')
    .execute()
  await forgetMerges(tx, held)
  for (const row of rows) {
    const part = await asHeld(tx, row, false)
    const after = withdraw(part.pkg, part.it, purpose, at)
    await forgetMessages(tx, part)
    await writeCase(tx, part, after)
    // What a merged case was recognised by leads to the one that stayed.
    if (part.mergedInto) await keepLikeness(tx, { ...part, id: held.id }, part.it, after)
    await keepConsents(tx, part, part.it.consents, after.consents)
    if (part.mergedInto) await forgetInParts(tx, part, purpose, at)
    await keepMedia(tx, part, part.it.data, after.data)
    await forgetTold(tx, part, [purpose])
    if (part.mergedInto) await returnMedia(tx, part, after.data)
  }
}

/**
 * A consent taken back reaches what was told under it: what still waits loses its values, and other services lose the fields
 * that they wrote from it, with what they made of them.
 */
export async function forgetTold(
  tx: Tx,
  { agency, id }: { agency: string; id: string },
  purposes: readonly string[],
): Promise<void> {
  await tx
    .updateTable('services.telling')
    .set({ content: null })
    .where('agency', '=', agency)
    .where('case', '=', id)
    .where('done', 'is', null)
    .execute()
  const heard = await tx
    .selectFrom('services.heard as h')
    .innerJoin('services.telling as t', (join) =>
      join.onRef('t.agency', '=', 'h.agency').onRef('t.id', '=', 'h.telling'),
    )
    .select(['h.case', 'h.fields'])
    .where('t.agency', '=', agency)
    .where('t.case', '=', id)
    .where('h.case', 'is not', null)
    .execute()
  for (const { case: other, fields } of heard) {
    const gone = fields.flatMap((one) => {
      const [purpose, field] = one.split(':')
      return purposes.includes(purpose!) ? [field!] : []
    })
    if (gone.length > 0) await forgetFields(tx, agency, other!, gone)
  }
}

async function forgetFields(tx: Tx, agency: string, id: string, fields: readonly string[]): Promise<void> {
  const row = await cases(tx).where('c.agency', '=', agency).where('c.id', '=', id).forUpdate('c').executeTakeFirst()
  if (!row) return
  const held = await asHeld(tx, row, false)
  await forgetMessages(tx, held)
  const after = without(held.pkg, held.it, fields)
  await writeCase(tx, held, after)
  await keepLikeness(tx, held, held.it, after)
}
