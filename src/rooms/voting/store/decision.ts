import { sql } from 'kysely'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { Deciding, Decision } from '../domain/decision.ts'
import type { Election } from '../domain/election.ts'
import { villageResult } from '../domain/village.ts'
import { announcedNow, auditsOf } from './audit.ts'
import { objectionsOpen } from './destruction.ts'
import { holdElection, saveState } from './election.ts'
import { proofsOf } from './proof.ts'
import { placesOf, tieFactsOf } from './shown.ts'

/** The last version of the decision on an election. */
export async function decisionOf(db: Db | Tx, election: string): Promise<Decision | undefined> {
  const { rows } = await sql<Decision>`
    select d.version, d.outcome, d.candidate, d.content, d.hash, d.place, d.witnesses, d.made, d.by, p.name as "byName", d.confirmed,
      q.name as "confirmedBy"
    from voting.decision d join people.person p on p.id = d.by left join people.person q on q.id = d.confirmed_by
    where d.election = ${election} order by d.version desc limit 1`.execute(db)
  return rows[0]
}

/** Everything that a decision rests on, as it is now. */
export async function decidingOf(db: Db | Tx, election: Election): Promise<Deciding> {
  const { id, profile } = election
  const { rows } = await sql<{ opens: Date | null }>`
    select min(opens) as opens from voting.tps_count where election = ${id}`.execute(db)
  const { piles } = await announcedNow(db, id)
  const places = await placesOf(db, id)
  return {
    election,
    opens: rows[0]!.opens,
    places,
    candidates: places.find((place) => place.candidates)?.candidates ?? [],
    result: villageResult(places, profile.rules.tie.value, await tieFactsOf(db, id)),
    results: piles.map(({ tps, number, result }) => ({ tps, number, hash: result })),
    objected: await objectionsOpen(db, id),
    piles,
    audits: await auditsOf(db, id),
    proofs: await proofsOf(db, id),
  }
}

export type HeldDeciding = Deciding & { decision: Decision | undefined }

/** The same with the decision, held: no version of a result comes in until the act is over. */
export async function holdDeciding(tx: Tx, actor: Actor, id: string): Promise<HeldDeciding | undefined> {
  // Before the election, as whoever brings a result holds them.
  await sql`select tps from voting.tps_count where election = ${id} order by tps for share`.execute(tx)
  const election = await holdElection(tx, actor, id)
  return election && { ...(await decidingOf(tx, election)), decision: await decisionOf(tx, id) }
}

type Of = Pick<Election, 'agency' | 'id'>
export type NewDecision = Pick<
  Decision,
  'version' | 'outcome' | 'candidate' | 'content' | 'hash' | 'place' | 'witnesses'
>

export async function insertDecision(
  tx: Tx,
  { agency, id }: Of,
  { content, ...decision }: NewDecision,
  { by, at }: { by: string; at: Date },
): Promise<void> {
  await tx
    .insertInto('voting.decision')
    .values({ ...decision, content: JSON.stringify(content), agency, election: id, id: newId(), made: at, by })
    .execute()
}

/** The decision holds, and the election is decided. */
export async function saveDecided(
  tx: Tx,
  { agency, id }: Of,
  version: number,
  { by, at }: { by: string; at: Date },
): Promise<void> {
  await tx
    .updateTable('voting.decision')
    .set({ confirmed: at, confirmed_by: by })
    .where('agency', '=', agency)
    .where('election', '=', id)
    .where('version', '=', version)
    .execute()
  await saveState(tx, { agency, id }, 'decided')
}

/** Sealed elections whose first polling place has opened become held, some hundred at a time: which. */
export async function saveHeld(tx: Tx, now: Date): Promise<{ agency: string; id: string }[]> {
  const { rows } = await sql<{ agency: string; id: string }>`
    with opened as (
      select e.agency, e.id from voting.election e where e.state = 'sealed'
        and exists (select from voting.tps_count c where c.agency = e.agency and c.election = e.id and c.opens <= ${now})
      order by e.id limit 500 for update of e skip locked)
    update voting.election e set state = 'held' from opened o where e.agency = o.agency and e.id = o.id
    returning e.agency, e.id`.execute(tx)
  return rows
}
