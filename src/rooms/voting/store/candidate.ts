import { sql } from 'kysely'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { Candidate, Drawn, Proof } from '../domain/candidate.ts'
import type { Election } from '../domain/election.ts'
import { holdElection } from './election.ts'

/** The candidates of an election: by number, before the draw by name. */
export async function candidatesOf(db: Db | Tx, election: string): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select c.agency, c.election, c.id, c.number, c.name, c.photo_file as "photoFile", c.photo_hash as "photoHash",
      c.empty_box as "emptyBox", c.proof
    from voting.candidate c where c.election = ${election} order by c.number nulls last, c.empty_box, lower(c.name), c.id`.execute(
    db,
  )
  return rows
}

export type Draw = {
  version: number
  id: string
  numbers: Drawn[]
  place: string
  witnesses: string
  drawn: Date
  by: string
  byName: string
  confirmed: Date | null
  confirmedBy: string | null
  annulled: Date | null
  reason: string | null
}

/** Every draw of an election, the last first; annulled ones stay. */
export async function drawsOf(db: Db | Tx, election: string): Promise<Draw[]> {
  const { rows } = await sql<Draw>`
    select d.version, d.id, d.numbers, d.place, d.witnesses, d.drawn, d.by, p.name as "byName", d.confirmed, q.name as "confirmedBy",
      d.annulled, d.reason
    from voting.draw d join people.person p on p.id = d.by left join people.person q on q.id = d.confirmed_by
    where d.election = ${election} order by d.version desc`.execute(db)
  return rows
}

export type Standing = Election & { tx: Tx; candidates: Candidate[]; draw: Draw | undefined; fixed: boolean }

/** Whether candidates, polling places and officers stay as they are: an order for the ceremony stands. */
export const isFixed = async (db: Db | Tx, election: string): Promise<boolean> =>
  (await db
    .selectFrom('voting.ceremony_order')
    .select('id')
    .where('election', '=', election)
    .where('withdrawn', 'is', null)
    .executeTakeFirst()) !== undefined

/** The election, held, with its candidates and the draw that stands. */
export async function holdStanding(tx: Tx, actor: Actor, id: string): Promise<Standing | undefined> {
  const election = await holdElection(tx, actor, id)
  if (!election) return undefined
  const draw = (await drawsOf(tx, id)).find(({ annulled }) => annulled === null)
  return { ...election, tx, candidates: await candidatesOf(tx, id), draw, fixed: await isFixed(tx, id) }
}

type Of = Pick<Election, 'agency' | 'id'>

export async function insertCandidate(
  tx: Tx,
  { agency, id }: Of,
  candidate: { id: string; name: string; emptyBox: boolean },
  at: Date,
): Promise<void> {
  const { emptyBox, ...row } = candidate
  await tx
    .insertInto('voting.candidate')
    .values({ agency, election: id, ...row, empty_box: emptyBox, added: at })
    .execute()
}

export async function saveName(tx: Tx, agency: string, candidate: string, name: string): Promise<void> {
  await tx
    .updateTable('voting.candidate')
    .set({ name, proof: null })
    .where('agency', '=', agency)
    .where('id', '=', candidate)
    .execute()
}

export async function savePhoto(
  tx: Tx,
  agency: string,
  candidate: string,
  photo: { file: string; hash: string },
): Promise<void> {
  await tx
    .updateTable('voting.candidate')
    .set({ photo_file: photo.file, photo_hash: photo.hash, proof: null })
    .where('agency', '=', agency)
    .where('id', '=', candidate)
    .execute()
}

/** Whether this candidate signed, or refused to sign, a roll sheet. */
export const signedRoll = async (tx: Tx, candidate: string): Promise<boolean> =>
  (await tx
    .selectFrom('voting.roll_signature')
    .select('candidate')
    .where('candidate', '=', candidate)
    .limit(1)
    .executeTakeFirst()) !== undefined

export async function removeCandidate(tx: Tx, agency: string, candidate: string): Promise<void> {
  await tx.deleteFrom('voting.candidate').where('agency', '=', agency).where('id', '=', candidate).execute()
}

export async function saveProof(tx: Tx, agency: string, candidate: string, proof: Proof): Promise<void> {
  await tx
    .updateTable('voting.candidate')
    .set({ proof: JSON.stringify(proof) })
    .where('agency', '=', agency)
    .where('id', '=', candidate)
    .execute()
}

export async function insertDraw(
  tx: Tx,
  { agency, id }: Of,
  draw: { version: number; numbers: Drawn[]; place: string; witnesses: string },
  by: { person: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('voting.draw')
    .values({
      ...draw,
      numbers: JSON.stringify(draw.numbers),
      agency,
      election: id,
      id: newId(),
      drawn: by.at,
      by: by.person,
    })
    .execute()
}

/** The numbers hold from now on. */
export async function saveConfirmed(
  tx: Tx,
  { agency, id }: Of,
  { version, numbers }: Pick<Draw, 'version' | 'numbers'>,
  by: { person: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('voting.draw')
    .set({ confirmed: by.at, confirmed_by: by.person })
    .where('agency', '=', agency)
    .where('election', '=', id)
    .where('version', '=', version)
    .execute()
  await sql`
    update voting.candidate c set number = n.number, proof = null
    from unnest(${numbers.map(({ candidate }) => candidate)}::uuid[], ${numbers.map(({ number }) => number)}::int[]) as n (id, number)
    where c.agency = ${agency} and c.election = ${id} and c.id = n.id`.execute(tx)
}

/** The numbers are nobody's again, and what was signed for them with them. */
export async function saveAnnulled(
  tx: Tx,
  { agency, id }: Of,
  version: number,
  reason: string,
  by: { person: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('voting.draw')
    .set({ annulled: by.at, annulled_by: by.person, reason })
    .where('agency', '=', agency)
    .where('election', '=', id)
    .where('version', '=', version)
    .execute()
  await tx
    .updateTable('voting.candidate')
    .set({ number: null, proof: null })
    .where('agency', '=', agency)
    .where('election', '=', id)
    .execute()
}
