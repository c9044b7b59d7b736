import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { Unit } from '../domain/agency.ts'
import { administered, isNational } from '../domain/office.ts'

/** The units of an agency with the number of people who work for each. */
export async function listUnits(db: Db | Tx, agency: string) {
  const rows = await db
    .selectFrom('people.unit as u')
    .select(['u.id', 'u.name'])
    .select((eb) =>
      eb
        .selectFrom('people.role as r')
        .whereRef('r.agency', '=', 'u.agency')
        .whereRef('r.unit', '=', 'u.id')
        .where('r.ended', 'is', null)
        .select((e) => e.fn.countAll<string>().as('n'))
        .as('people'),
    )
    .where('u.agency', '=', agency)
    .orderBy('u.name')
    .execute()
  return rows.map((row) => ({ ...row, people: Number(row.people) }))
}

/** A unit of an agency that this person may see, held still, with the names of the others. */
export async function holdUnit(
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<(Unit & { others: readonly string[] }) | undefined> {
  const unit = await tx
    .selectFrom('people.unit as u')
    .innerJoin('people.agency as a', 'a.id', 'u.agency')
    .select(['u.agency', 'u.id', 'u.name'])
    .where('u.id', '=', id)
    .$if(!isNational(actor), (q) => q.where((eb) => eb('u.agency', '=', eb.fn.any(eb.val(administered(actor))))))
    // The agency is held, so that two people do not give two of its units one name.
    .forUpdate('a')
    .executeTakeFirst()
  if (!unit) return undefined
  const others = await tx
    .selectFrom('people.unit')
    .select('name')
    .where('agency', '=', unit.agency)
    .where('id', '!=', id)
    .execute()
  return { ...unit, others: others.map((other) => other.name) }
}

/** Many units at once. */
export async function addUnits(tx: Tx, units: readonly Unit[], now: Date): Promise<void> {
  for (let from = 0; from < units.length; from += 1000)
    await tx
      .insertInto('people.unit')
      .values(units.slice(from, from + 1000).map((unit) => ({ ...unit, added: now })))
      .execute()
}

export async function addUnit(tx: Tx, unit: Unit, now: Date): Promise<void> {
  await tx
    .insertInto('people.unit')
    .values({ ...unit, added: now })
    .execute()
}

export async function renameUnit(tx: Tx, { agency, id }: Unit, name: string): Promise<void> {
  await tx.updateTable('people.unit').set({ name }).where('agency', '=', agency).where('id', '=', id).execute()
}
