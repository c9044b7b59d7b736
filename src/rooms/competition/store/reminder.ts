import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import type { ProposalState } from '../domain/draft.ts'

/** A published round whose submission has not closed, and when it closes. */
export async function listClosing(db: Db | Tx, now: Date): Promise<{ id: string; closes: Date }[]> {
  const { rows } = await sql<{ id: string; closes: Date }>`
    select id, closes from (select r.id, competition.closes(r.id) as closes from competition.round r
      where r.state = 'published') open where closes >= ${now} order by id`.execute(db)
  return rows
}

export type Waiting = {
  person: string
  name: string
  email: string
  lang: 'id' | 'en'
  /** Of somebody with two offices the one that can submit. */
  role: string
  title: string
  state: ProposalState
  since: Date
  unitName: string
}

/** Who can still move an unsubmitted proposal of this round, with each such proposal: its unit's people and its agency's admins. */
export async function listWaiting(db: Db | Tx, round: string): Promise<Waiting[]> {
  const { rows } = await sql<Waiting>`
    select p.id as person, p.name, p.email, p.lang, min(r.role) as role, e.title, e.state, e.state_since as since, u.name as "unitName"
    from competition.proposal e
    join people.unit u on u.agency = e.agency and u.id = e.unit
    join people.role r on r.agency = e.agency and r.ended is null
      and (r.role in ('local-admin', 'deputy') or r.role = 'unit' and r.unit = e.unit)
    join people.person p on p.id = r.person and p.closed is null
    where e.round = ${round} and e.state in ('draft', 'returned', 'with-local-admin')
    group by p.id, e.agency, e.id, u.agency, u.id order by p.id, e.state_since, e.id`.execute(db)
  return rows
}

/** Note that these people are reminded; returns those who were not yet. */
export async function noteReminded(
  tx: Tx,
  reminder: { round: string; closes: Date; days: number; at: Date },
  persons: readonly string[],
): Promise<Set<string>> {
  const fresh = new Set<string>()
  for (let from = 0; from < persons.length; from += 1000) {
    const rows = await tx
      .insertInto('competition.reminder')
      .values(persons.slice(from, from + 1000).map((person) => ({ ...reminder, person })))
      .onConflict((c) => c.doNothing())
      .returning('person')
      .execute()
    for (const { person } of rows) fresh.add(person)
  }
  return fresh
}
