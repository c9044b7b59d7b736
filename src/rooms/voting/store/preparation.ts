import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import type { Election } from '../domain/election.ts'
import type { Prepared, RollCount } from '../domain/preparation.ts'
import { candidatesOf, drawsOf } from './candidate.ts'
import { committeeOf } from './election.ts'
import { officersOf, placesOf } from './place.ts'
import { readinessOf } from './readiness.ts'

/** What is fixed of the roll, by polling place; undefined while it is not. */
async function rollCounts(db: Db | Tx, election: string): Promise<RollCount[] | undefined> {
  const { rows } = await sql<RollCount>`
    select t.id as tps, (p ->> 'count')::int as count, (p ->> 'additional')::int as additional, p ->> 'hash' as hash
    from (select places from voting.roll where election = ${election} order by kind limit 1) r,
      jsonb_array_elements(r.places) p join voting.tps t on t.election = ${election} and t.number = (p ->> 'number')::int
    order by t.number`.execute(db)
  return rows.length === 0 ? undefined : rows
}

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
    roll: await rollCounts(db, id),
    order: order && { version: order.version },
    ceremony: order?.answered ? { version: order.version } : undefined,
    packages,
  }
}
