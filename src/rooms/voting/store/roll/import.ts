import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { seal, unseal } from '#platform/secret.ts'
import type { RollRow } from '../../domain/roll/row.ts'
import { holdRoll } from './fixed.ts'

/** Files that nobody answered are not kept: neither a day after the check nor once the roll is fixed. */
export async function dropWaiting(tx: Tx, election: string, before: Date, at: Date): Promise<void> {
  await tx
    .updateTable('voting.roll_import')
    .set({ rows: null, taken: 0, done: at })
    .where('election', '=', election)
    .where('done', 'is', null)
    .where('at', '<=', before)
    .execute()
}

/** Rows wait encrypted between the check and the answer to it: they carry NIKs. */
export async function addRollImport(
  tx: Tx,
  {
    rows,
    ...given
  }: { id: string; agency: string; election: string; file: string; rows: readonly RollRow[]; by: string },
  at: Date,
): Promise<void> {
  await dropWaiting(tx, given.election, new Date(at.getTime() - 86_400_000), at)
  await tx
    .insertInto('voting.roll_import')
    .values({ ...given, rows: seal(JSON.stringify(rows)), count: rows.length, at })
    .execute()
}

export type RollImport = { id: string; file: string; rows: RollRow[]; taken: number | null; done: Date | null }
const read = ({ rows, ...row }: Omit<RollImport, 'rows'> & { rows: string | null }): RollImport => ({
  ...row,
  rows: rows === null ? [] : (JSON.parse(unseal(rows)) as RollRow[]),
})
const columns = ['id', 'file', 'rows', 'taken', 'done'] as const

export async function findRollImport(db: Db, election: string, id: string): Promise<RollImport | undefined> {
  const found = await db
    .selectFrom('voting.roll_import')
    .select(columns)
    .where('id', '=', id)
    .where('election', '=', election)
    .executeTakeFirst()
  return found && read(found)
}

/** An import held with its roll, so that what was checked stays true until it is written. */
export async function holdRollImport(tx: Tx, actor: Actor, id: string) {
  const asked = await tx.selectFrom('voting.roll_import').select('election').where('id', '=', id).executeTakeFirst()
  const roll = asked && (await holdRoll(tx, actor, asked.election))
  if (!roll) return undefined
  const found = await tx
    .selectFrom('voting.roll_import')
    .select(columns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return { roll, ...read(found) }
}

/** A file that was answered keeps how many it brought, not whom. */
export async function endRollImport(tx: Tx, id: string, taken: number, done: Date): Promise<void> {
  await tx.updateTable('voting.roll_import').set({ rows: null, taken, done }).where('id', '=', id).execute()
}
