import { sql } from 'kysely'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { Election } from '../domain/election.ts'
import type { NewPlace, Officer, Place } from '../domain/place.ts'
import { isFixed } from './candidate.ts'
import { holdElection } from './election.ts'

/** The polling places of an election by number. */
export async function placesOf(db: Db | Tx, election: string): Promise<Place[]> {
  return db
    .selectFrom('voting.tps')
    .select(['agency', 'election', 'id', 'number', 'place', 'address', 'colour', 'hamlet', 'desks', 'booths', 'mobile'])
    .where('election', '=', election)
    .orderBy('number')
    .execute()
}

/** Who serves, by polling place and duty. */
export async function officersOf(db: Db | Tx, election: string): Promise<Officer[]> {
  const { rows } = await sql<Officer>`
    select o.agency, o.election, o.tps, o.id, o.name, o.role, o.key, o.candidate, o.trustee
    from voting.officer o left join voting.tps t on t.agency = o.agency and t.id = o.tps where o.election = ${election}
    order by t.number nulls last, array_position(array['chair', 'officer', 'operator', 'witness', 'supervisor'], o.role),
      o.candidate, lower(o.name), o.id`.execute(db)
  return rows
}

export type Planned = Election & { tx: Tx; places: Place[]; officers: Officer[]; fixed: boolean }

/** The election, held, with its polling places and who serves there. */
export async function holdPlanned(tx: Tx, actor: Actor, id: string): Promise<Planned | undefined> {
  const election = await holdElection(tx, actor, id)
  if (!election) return undefined
  return {
    ...election,
    tx,
    places: await placesOf(tx, id),
    officers: await officersOf(tx, id),
    fixed: await isFixed(tx, id),
  }
}

type Of = Pick<Election, 'agency' | 'id'>

export async function insertPlaces(
  tx: Tx,
  { agency, id }: Of,
  places: readonly (NewPlace & { id: string })[],
): Promise<void> {
  await tx
    .insertInto('voting.tps')
    .values(places.map((place) => ({ ...place, agency, election: id })))
    .execute()
}

export async function savePlace(tx: Tx, agency: string, id: string, place: NewPlace): Promise<void> {
  await tx.updateTable('voting.tps').set(place).where('agency', '=', agency).where('id', '=', id).execute()
}

/** Whether anything but its officers hangs on a polling place already: voters, tokens, a package. */
export async function placeUsed(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql<{ used: boolean }>`
    select exists (select from voting.voter where tps = ${id}) or exists (select from voting.roll_key where tps = ${id})
      or exists (select from voting.pool where tps = ${id}) or exists (select from voting.package where tps = ${id}) as used`.execute(
    tx,
  )
  return rows[0]!.used
}

export async function removePlace(tx: Tx, agency: string, id: string): Promise<void> {
  await tx.deleteFrom('voting.tps').where('agency', '=', agency).where('id', '=', id).execute()
}

export type NewOfficer = Pick<Officer, 'id' | 'name' | 'role' | 'tps' | 'candidate' | 'trustee'>

export async function insertOfficer(tx: Tx, { agency, id }: Of, officer: NewOfficer): Promise<void> {
  await tx
    .insertInto('voting.officer')
    .values({ ...officer, agency, election: id })
    .execute()
}

export async function removeOfficer(tx: Tx, agency: string, id: string): Promise<void> {
  await tx.deleteFrom('voting.officer').where('agency', '=', agency).where('id', '=', id).execute()
}
