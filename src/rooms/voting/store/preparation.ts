import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import type { Election } from '../domain/election.ts'
import type { Prepared } from '../domain/preparation.ts'
import { candidatesOf, drawsOf } from './candidate.ts'
import { committeeOf } from './election.ts'
import { officersOf, placesOf } from './place.ts'
import { readinessOf } from './readiness.ts'

/** Everything that decides how far an election is. A fixed number of queries. */
export async function preparedOf(db: Db | Tx, election: Election): Promise<Prepared> {
  const { id } = election
  const draw = (await drawsOf(db, id)).find(({ annulled }) => annulled === null)
  const { rows } = await sql<{ version: number; answered: boolean }>`
    select o.version, c.id is not null as answered from voting.ceremony_order o
    left join voting.ceremony c on c.agency = o.agency and c.election = o.election and c.version = o.version
    where o.election = ${id} and o.withdrawn is null`.execute(db)
  const [order] = rows
  const { rows: packages } = await sql<{ tps: string; drafted: boolean }>`
    select p.tps, false as drafted from voting.package p where p.election = ${id} and p.superseded is null
      and not exists (select from voting.package_draft d where d.tps = p.tps)
    union all select d.tps, true from voting.package_draft d where d.election = ${id}`.execute(db)
  return {
    election,
    committee: await committeeOf(db, id),
    candidates: await candidatesOf(db, id),
    draw,
    places: await placesOf(db, id),
    officers: await officersOf(db, id),
    readiness: await readinessOf(db, id),
    roll: undefined,
    order: order && { version: order.version },
    ceremony: order?.answered ? { version: order.version } : undefined,
    packages,
  }
}
