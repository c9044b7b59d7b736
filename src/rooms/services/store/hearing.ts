import { sql } from 'kysely'
import type { Tx } from '#platform/db.ts'
import { unseal } from '#platform/secret.ts'
import type { Telling } from '../domain/hearing.ts'
import { asHeld, cases, type Held } from './held.ts'
import { packageOf } from './package.ts'

/** The telling that has waited longest, held, with the package that told it. */
export async function holdNextTelling(tx: Tx) {
  const row = await tx
    .selectFrom('services.telling as t')
    .innerJoin('services.case as c', (join) => join.onRef('c.agency', '=', 't.agency').onRef('c.id', '=', 't.case'))
    .select(['t.agency', 't.id', 't.service', 't.case', 't.event', 't.content', 't.depth', 'c.release'])
    .where('t.done', 'is', null)
    .orderBy('t.at')
    .orderBy('t.id')
    .limit(1)
    .forUpdate('t')
    .skipLocked()
    .executeTakeFirst()
  if (!row) return undefined
  const content: Telling = row.content ? (JSON.parse(unseal(row.content)) as Telling) : { values: {}, purposes: {} }
  return { ...row, content, pkg: await packageOf(tx, row.release) }
}
export type Waiting = NonNullable<Awaited<ReturnType<typeof holdNextTelling>>>

/** It was heard by whoever hears it: its values go. */
export async function endTelling(tx: Tx, { agency, id }: Pick<Waiting, 'agency' | 'id'>, now: Date): Promise<void> {
  await tx
    .updateTable('services.telling')
    .set({ done: now, content: null })
    .where('agency', '=', agency)
    .where('id', '=', id)
    .execute()
}

/** The other services of the agency that take new cases. */
export const listenersOf = (tx: Tx, { agency, service }: Pick<Waiting, 'agency' | 'service'>) =>
  tx
    .selectFrom('services.service')
    .select(['id', 'release', 'retired'])
    .where('agency', '=', agency)
    .where('id', '<>', service)
    .orderBy('id')
    .execute()

/** The oldest open case of a flow in which a field has this value, held. A NIK or KK is never found like this. */
export async function holdMatching(
  tx: Tx,
  { agency, service, flow, field, value }: Record<'agency' | 'service' | 'flow' | 'field', string> & { value: unknown },
): Promise<Held | undefined> {
  const wanted = JSON.stringify({ data: { [field]: value } })
  const row = await cases(tx)
    .where('c.agency', '=', agency)
    .where('c.service', '=', service)
    .where('c.flow', '=', flow)
    .where('c.closed', 'is', null)
    .where(
      sql<boolean>`(c.open @> ${wanted}::jsonb or c.personal @> ${wanted}::jsonb or c.specific @> ${wanted}::jsonb)`,
    )
    .orderBy('c.id')
    .limit(1)
    .forUpdate('c')
    .executeTakeFirst()
  return row && asHeld(tx, row, true)
}

export type Heard = { place: number; outcome: string; case: string | null; fields: string[] }

export async function addHeard(
  tx: Tx,
  { agency, id: telling }: Pick<Waiting, 'agency' | 'id'>,
  service: string,
  heard: Heard,
  at: Date,
): Promise<void> {
  await tx
    .insertInto('services.heard')
    .values({ agency, telling, service, at, ...heard })
    .onConflict((c) => c.doNothing())
    .execute()
}

/** A case that was opened or moved by hearing is one step deeper than what it heard. */
export async function deepen(tx: Tx, { agency, id }: { agency: string; id: string }, depth: number): Promise<void> {
  await tx
    .updateTable('services.case')
    .set((eb) => ({ depth: sql<number>`greatest(${eb.ref('depth')}, ${depth})` }))
    .where('agency', '=', agency)
    .where('id', '=', id)
    .execute()
}

/** A place in the transaction to which one can go back. */
export const markPlace = (tx: Tx) => sql`savepoint heard`.execute(tx)
export const backToPlace = (tx: Tx) => sql`rollback to savepoint heard`.execute(tx)
