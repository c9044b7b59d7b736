import type { Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { Case } from '../domain/case.ts'
import { apart, type Effect } from '../domain/moving.ts'
import { areaOf } from '../domain/record.ts'
import { beginCharges, endCharges, moveCharges } from './charge.ts'
import { columnsOf, writeCase } from './column.ts'
import { keepConsents } from './consent.ts'
import { keepLikeness } from './duplicate.ts'
import { forgetInParts, forgetTold, forgottenBy } from './forgetting.ts'
import type { Held } from './held.ts'
import { keepMedia } from './media.ts'
import { addMessages, forgetMessages } from './message.ts'
import { addTasks, endTasks } from './task.ts'
import { addTellings, tellingRows } from './telling.ts'

export type New = Pick<
  Held,
  'agency' | 'id' | 'service' | 'release' | 'pkg' | 'here' | 'openedBy' | 'openedAs' | 'partOf'
> & {
  it: Case
  code: Buffer | null
  /** How many packages told one another until it was opened. */
  depth?: number
}

/** A new case, with what its opening brought about. */
export async function insertCase(tx: Tx, fresh: New, effects: readonly Effect[]): Promise<void> {
  const { agency, id, service, release, pkg, here, it } = fresh
  await tx
    .insertInto('services.case')
    .values({
      agency,
      id,
      service,
      release,
      number: it.number,
      part_of: fresh.partOf,
      flow: it.flow,
      area: areaOf(pkg, it),
      opened_as: fresh.openedAs,
      opened_by: fresh.openedBy,
      code: fresh.code,
      opened: new Date(it.openedAt),
      depth: fresh.depth ?? 0,
      ...columnsOf(pkg, here, it),
    })
    .execute()
  await keepConsents(tx, fresh, {}, it.consents)
  await keepLikeness(tx, fresh, undefined, it)
  await keepMedia(tx, fresh, {}, it.data)
  await beginCharges(tx, fresh, it.flow, areaOf(pkg, it), new Date(it.openedAt))
  if (it.closedAt !== undefined) await endCharges(tx, fresh, new Date(it.closedAt))
  await carryOut(tx, fresh, effects)
}

/** What became of a case. `role`: whose open tasks are done by it. */
export async function saveCase(
  tx: Tx,
  held: Held,
  it: Case,
  effects: readonly Effect[],
  role: string | null,
): Promise<void> {
  const { pkg } = held
  const area = areaOf(pkg, it) || held.area
  await writeCase(tx, held, it, { area, stuck: null })
  await keepLikeness(tx, held, held.it, it)
  const at = new Date(it.history.at(-1)?.at ?? it.openedAt)
  if (area !== held.area) await moveCharges(tx, held, area, at)
  if (it.closedAt !== undefined) await endCharges(tx, held, new Date(it.closedAt))
  if (role !== null || it.closedAt !== undefined) await endTasks(tx, held, it.closedAt === undefined ? role : null, at)
  const forgotten = forgottenBy(held.it, it, effects)
  await keepConsents(tx, held, held.it.consents, it.consents)
  await keepMedia(tx, held, held.it.data, it.data)
  // Texts of before go; what this very move sends is still to go out. Sub-cases that it opens are reached too.
  if (forgotten.size > 0) await forgetMessages(tx, held)
  await carryOut(tx, held, effects)
  for (const [purpose, when] of forgotten) await forgetInParts(tx, held, purpose, when)
  if (forgotten.size > 0) await forgetTold(tx, held, [...forgotten.keys()])
}

/** Two cases that were made one; what either has refused is gone from messages and sub-cases too. */
export async function saveMergedPair(
  tx: Tx,
  kept: Held,
  other: Held,
  after: { kept: Case; other: Case },
): Promise<void> {
  await writeCase(tx, other, after.other, { merged_into: kept.id })
  await saveCase(tx, kept, after.kept, [], null)
}

/** Tasks, messages, tellings and sub-cases that a move brought about. */
async function carryOut(tx: Tx, held: Omit<New, 'it' | 'code'>, effects: readonly Effect[]): Promise<void> {
  const { agency, id } = held
  const { own, opened } = apart(effects)
  await addTasks(tx, held, own)
  await addMessages(tx, held, own)
  await addTellings(tx, tellingRows(held, own))
  for (const { case: part, effects: itsOwn } of opened) {
    const { n } = await tx
      .selectFrom('services.case')
      .select((eb) => eb.fn.countAll<string>().as('n'))
      .where('agency', '=', agency)
      .where('part_of', '=', id)
      .where('flow', '=', part.flow)
      .executeTakeFirstOrThrow()
    const number = n === '0' ? part.number : `${part.number}-${Number(n) + 1}`
    await insertCase(
      tx,
      {
        ...held,
        id: newId(),
        partOf: id,
        openedAs: 'system',
        openedBy: held.openedBy,
        it: { ...part, number },
        code: null,
      },
      itsOwn,
    )
  }
}

/** Marks a case with which the worker cannot go on, so that it does not stand in the way of all others. */
export async function saveStuck(tx: Tx, { agency, id }: Held, why: string): Promise<void> {
  await tx.updateTable('services.case').set({ stuck: why }).where('agency', '=', agency).where('id', '=', id).execute()
}
