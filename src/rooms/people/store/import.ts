import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { type ImportRow, type Registered, regionNamesOf } from '../domain/import.ts'
import { isNational } from '../domain/office.ts'
import type { UnitRow } from '../domain/unit-import.ts'
import { lockAgencies, takenBy } from './agency.ts'
import { findEstablishment, holdEstablishment } from './invitation.ts'
import { findRegionsNamed } from './region.ts'

/** What is registered that these rows may meet. Two queries, however many rows. */
export async function findRegistered(db: Db | Tx, rows: readonly ImportRow[]): Promise<Registered> {
  const [regions, agencies] = [
    await findRegionsNamed(db, rows.flatMap(regionNamesOf)),
    await takenBy(db, { codes: rows.map((row) => row.kode), names: rows.map((row) => row.nama) }),
  ]
  return { regions, agencies }
}

export async function addImport(
  tx: Tx,
  given: { id: string; by: string; file: string; rows: readonly (ImportRow | UnitRow)[]; agency?: string },
  now: Date,
): Promise<void> {
  await tx
    .insertInto('people.agency_import')
    .values({ ...given, rows: JSON.stringify(given.rows), at: now })
    .execute()
}

export async function findImport(db: Db, actor: Actor, id: string) {
  if (!isNational(actor)) return undefined
  const found = await db
    .selectFrom('people.agency_import')
    .selectAll()
    .where('id', '=', id)
    .where('agency', 'is', null)
    .executeTakeFirst()
  return found && { ...found, rows: found.rows as ImportRow[] }
}

/** An import held still, and every agency with it, so that what was checked stays true until it is written. */
export async function holdImport(tx: Tx, actor: Actor, id: string) {
  if (!isNational(actor)) return undefined
  await lockAgencies(tx)
  const found = await tx
    .selectFrom('people.agency_import')
    .selectAll()
    .where('id', '=', id)
    .where('agency', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!found) return undefined
  const rows = found.rows as ImportRow[]
  return { ...found, rows, registered: await findRegistered(tx, rows) }
}

/** A table of units of that agency, with the agency as it stands. The caller answers for asking as one of its admins. */
export async function findUnitImport(db: Db, actor: Actor, id: string, agency: string) {
  const found = await db
    .selectFrom('people.agency_import')
    .select(['id', 'file', 'rows', 'done'])
    .where('id', '=', id)
    .where('agency', '=', agency)
    .executeTakeFirst()
  const at = found && (await findEstablishment(db, actor, agency))
  return found && at && { ...at, ...found, agency, rows: found.rows as UnitRow[] }
}

/** The same held still with its agency, so that what was checked stays true until it is written. */
export async function holdUnitImport(tx: Tx, actor: Actor, id: string) {
  const asked = await tx.selectFrom('people.agency_import').select('agency').where('id', '=', id).executeTakeFirst()
  const at = asked?.agency ? await holdEstablishment(tx, actor, asked.agency) : undefined
  if (!at || !asked?.agency) return undefined
  const found = await tx
    .selectFrom('people.agency_import')
    .select(['id', 'rows', 'done'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { ...at, ...found, agency: asked.agency, rows: found.rows as UnitRow[] }
}

/** An import that ran keeps that it ran, not the names and addresses that it carried. */
export async function endImport(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.updateTable('people.agency_import').set({ done: now, rows: '[]' }).where('id', '=', id).execute()
}
