import { sql } from 'kysely'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { Deliberation, DeliberationContent } from '../domain/deliberation.ts'
import type { Election } from '../domain/election.ts'
import { holdStanding, type Standing } from './candidate.ts'
import { saveState } from './election.ts'

/** The last version of how a deliberation ended. */
export async function deliberationOf(db: Db | Tx, election: string): Promise<Deliberation | undefined> {
  const { rows } = await sql<Deliberation>`
    select d.version, d.outcome, d.name, d.day::text as day, d.ground, d.place, d.witnesses, d.hash, d.made, d.by, p.name as "byName",
      d.confirmed, q.name as "confirmedBy"
    from voting.deliberation d join people.person p on p.id = d.by left join people.person q on q.id = d.confirmed_by
    where d.election = ${election} order by d.version desc limit 1`.execute(db)
  return rows[0]
}

export type Deliberating = Standing & { deliberation: Deliberation | undefined }

/** The election, held, with its candidates and what was written down. */
export async function holdDeliberating(tx: Tx, actor: Actor, id: string): Promise<Deliberating | undefined> {
  const standing = await holdStanding(tx, actor, id)
  return standing && { ...standing, deliberation: await deliberationOf(tx, id) }
}

type Of = Pick<Election, 'agency' | 'id'>

export async function insertDeliberation(
  tx: Tx,
  { agency, id }: Of,
  made: DeliberationContent & { version: number; hash: string },
  { by, at }: { by: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('voting.deliberation')
    .values({ ...made, agency, election: id, id: newId(), made: at, by })
    .execute()
}

/** It holds, and the election is decided. */
export async function saveDeliberated(
  tx: Tx,
  { agency, id }: Of,
  version: number,
  { by, at }: { by: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('voting.deliberation')
    .set({ confirmed: at, confirmed_by: by })
    .where('agency', '=', agency)
    .where('election', '=', id)
    .where('version', '=', version)
    .execute()
  await saveState(tx, { agency, id }, 'decided')
}
