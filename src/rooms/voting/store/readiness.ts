import { sql } from 'kysely'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { Election } from '../domain/election.ts'
import type { Readiness, SignedReadiness } from '../domain/readiness.ts'
import { holdElection } from './election.ts'

/** The last answers with who signed them. */
export async function readinessOf(db: Db | Tx, election: string): Promise<SignedReadiness | undefined> {
  const { rows } = await sql<SignedReadiness>`
    select r.version, r.id, r.content, r.hash, r.made, coalesce((
      select json_agg(json_build_object('side', s.side, 'person', s.person, 'name', p.name, 'at', s.at) order by s.at)
      from voting.readiness_signature s join people.person p on p.id = s.person
      where s.election = r.election and s.version = r.version), '[]'::json) as signatures
    from voting.readiness r where r.election = ${election} order by r.version desc limit 1`.execute(db)
  const [row] = rows
  return row && { ...row, signatures: row.signatures.map((each) => ({ ...each, at: new Date(each.at) })) }
}

export type Answered = Election & { readiness: SignedReadiness | undefined }

export async function holdAnswered(tx: Tx, actor: Actor, id: string): Promise<Answered | undefined> {
  const election = await holdElection(tx, actor, id)
  return election && { ...election, readiness: await readinessOf(tx, id) }
}

type Of = Pick<Election, 'agency' | 'id'>

export async function insertReadiness(
  tx: Tx,
  { agency, id }: Of,
  answers: { version: number; content: Readiness; hash: string },
  by: { person: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('voting.readiness')
    .values({
      ...answers,
      content: JSON.stringify(answers.content),
      agency,
      election: id,
      id: newId(),
      made: by.at,
      by: by.person,
    })
    .execute()
}

export async function insertSignature(
  tx: Tx,
  { agency, id }: Of,
  signature: { version: number; side: 'committee' | 'regency' },
  by: { person: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('voting.readiness_signature')
    .values({ ...signature, agency, election: id, person: by.person, at: by.at })
    .execute()
}
