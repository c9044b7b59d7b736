import { sql } from 'kysely'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { Election } from '../domain/election.ts'
import { holdElection, saveState } from './election.ts'

export type Destruction = {
  place: string
  witnesses: string
  done: Date
  by: string
  byName: string
  confirmed: Date | null
  confirmedBy: string | null
}

export async function destructionOf(db: Db | Tx, election: string): Promise<Destruction | undefined> {
  const { rows } = await sql<Destruction>`
    select d.place, d.witnesses, d.done, d.by, p.name as "byName", d.confirmed, q.name as "confirmedBy"
    from voting.destruction d join people.person p on p.id = d.by left join people.person q on q.id = d.confirmed_by
    where d.election = ${election}`.execute(db)
  return rows[0]
}

export type Ending = Election & { destruction: Destruction | undefined; open: boolean }

/** The election, held, with what was destroyed and whether an objection waits for its end. */
export async function holdEnding(tx: Tx, actor: Actor, id: string): Promise<Ending | undefined> {
  const election = await holdElection(tx, actor, id)
  return election && { ...election, destruction: await destructionOf(tx, id), open: await objectionsOpen(tx, id) }
}

/** Whether an objection was neither decided nor withdrawn. */
export async function objectionsOpen(db: Db | Tx, election: string): Promise<boolean> {
  const { rows } = await sql<{ open: boolean }>`
    select exists (select from voting.objection where election = ${election} and state not in ('decided', 'withdrawn')) as open`.execute(
    db,
  )
  return rows[0]!.open
}

type Of = Pick<Election, 'agency' | 'id'>

export async function insertDestruction(
  tx: Tx,
  { agency, id }: Of,
  destruction: { place: string; witnesses: string },
  by: { person: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('voting.destruction')
    .values({ ...destruction, agency, election: id, id: newId(), done: by.at, by: by.person })
    .execute()
}

/**
 * The election is over. What this room held of its secrets goes too: the keys of its rolls, the orders that hold them, and the keys
 * of their answers. A copy of a package that stayed somewhere names nobody any more.
 */
export async function saveDestroyed(tx: Tx, { agency, id }: Of, by: { person: string; at: Date }): Promise<void> {
  await tx
    .updateTable('voting.destruction')
    .set({ confirmed: by.at, confirmed_by: by.person })
    .where('agency', '=', agency)
    .where('election', '=', id)
    .execute()
  await tx
    .updateTable('voting.ceremony_order')
    .set({ text: '', box: '' })
    .where('agency', '=', agency)
    .where('election', '=', id)
    .execute()
  await tx.deleteFrom('voting.roll_key').where('agency', '=', agency).where('election', '=', id).execute()
  await saveState(tx, { agency, id }, 'closed')
}
