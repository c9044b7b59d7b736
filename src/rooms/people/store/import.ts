import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { type ImportRow, type Registered, regionNamesOf } from '../domain/import.ts'
import { isNational } from '../domain/office.ts'
import { lockAgencies, takenBy } from './agency.ts'
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
  given: { id: string; by: string; file: string; rows: readonly ImportRow[] },
  now: Date,
): Promise<void> {
  await tx
    .insertInto('people.agency_import')
    .values({ ...given, rows: JSON.stringify(given.rows), at: now })
    .execute()
}

export async function findImport(db: Db, actor: Actor, id: string) {
  if (!isNational(actor)) return undefined
  const found = await db.selectFrom('people.agency_import').selectAll().where('id', '=', id).executeTakeFirst()
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
    .forUpdate()
    .executeTakeFirst()
  if (!found) return undefined
  const rows = found.rows as ImportRow[]
  return { ...found, rows, registered: await findRegistered(tx, rows) }
}

/** An import that ran keeps that it ran, not the names and addresses that it carried. */
export async function endImport(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.updateTable('people.agency_import').set({ done: now, rows: '[]' }).where('id', '=', id).execute()
}
