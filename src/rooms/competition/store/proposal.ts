import { type ExpressionBuilder, sql } from 'kysely'
import { administered, isNational, unitsOf } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Db, Schema, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { ProposalState } from '../domain/draft.ts'
import type { MoveMade, Proposal } from '../domain/proposal.ts'

type Tables = Pick<Schema, 'competition.proposal'> & { p: Schema['competition.proposal'] }

/** Rows this person may see: the unit's own, the agency's, and for the ministry what was submitted. */
function visible(actor: Actor) {
  return (eb: ExpressionBuilder<Tables, 'p'>) => {
    const units = unitsOf(actor)
    const agencies = administered(actor)
    return eb.or([
      ...units.map(({ agency, unit }) => eb.and([eb('p.agency', '=', agency), eb('p.unit', '=', unit)])),
      ...(agencies.length > 0 ? [eb('p.agency', 'in', agencies)] : []),
      ...(isNational(actor) ? [eb('p.state', 'in', ['submitted', 'passed', 'failed'])] : []),
      sql<boolean>`false`,
    ])
  }
}

const proposals = (db: Db | Tx) =>
  db
    .selectFrom('competition.proposal as p')
    .innerJoin('people.agency as a', 'a.id', 'p.agency')
    .innerJoin('people.unit as u', (join) => join.onRef('u.agency', '=', 'p.agency').onRef('u.id', '=', 'p.unit'))
    .select(['p.agency', 'p.id', 'p.round', 'p.unit', 'p.number', 'p.title', 'p.group_key as group', 'p.category'])
    .select(['p.started_on as startedOn', 'p.state', 'p.state_since as since', 'p.begun', 'p.revision'])
    .select(['p.source', 'p.winner', 'a.name as agencyName', 'u.name as unitName'])

/** A proposal as this person sees it; undefined when it is none of theirs. */
export function findProposal(db: Db | Tx, actor: Actor, id: string): Promise<Proposal | undefined> {
  return proposals(db)
    .where('p.id', '=', id)
    .where((eb) => visible(actor)(eb as never) as never)
    .executeTakeFirst()
}

/** The same, held until the transaction ends: who moves or changes it waits. */
export function holdProposal(tx: Tx, actor: Actor, id: string): Promise<Proposal | undefined> {
  return proposals(tx)
    .where('p.id', '=', id)
    .where((eb) => visible(actor)(eb as never) as never)
    .forUpdate('p')
    .executeTakeFirst()
}

/** How many proposals this person has begun in a round. */
export async function countStarted(db: Db, round: string, by: string): Promise<number> {
  const { n } = await db
    .selectFrom('competition.proposal')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('round', '=', round)
    .where('created_by', '=', by)
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** Proposals of the units this person works for, those that need them first. */
export async function listOwn(db: Db, actor: Actor): Promise<Proposal[]> {
  const units = unitsOf(actor)
  if (units.length === 0) return []
  return proposals(db)
    .where((eb) => eb.or(units.map((u) => eb.and([eb('p.agency', '=', u.agency), eb('p.unit', '=', u.unit)]))))
    .orderBy(sql`case p.state when 'returned' then 0 when 'draft' then 1 when 'with-local-admin' then 2 else 3 end`)
    .orderBy('p.state_since', 'desc')
    .orderBy('p.id')
    .limit(500)
    .execute()
}

/** Proposals of the agencies this person administers: those that wait for them first, longest waiting on top. */
export async function listOfAgencies(
  db: Db,
  actor: Actor,
  filter: { state?: ProposalState | undefined; round?: string | undefined },
): Promise<Proposal[]> {
  const agencies = administered(actor)
  if (agencies.length === 0) return []
  return proposals(db)
    .where('p.agency', 'in', agencies)
    .$if(filter.state !== undefined, (q) => q.where('p.state', '=', filter.state!))
    .$if(filter.round !== undefined, (q) => q.where('p.round', '=', filter.round!))
    .orderBy(sql`case p.state when 'with-local-admin' then 0 when 'returned' then 1 when 'draft' then 2 else 3 end`)
    .orderBy('p.state_since')
    .orderBy('p.id')
    .limit(1000)
    .execute()
}

export type Facts = {
  title: string
  group: string
  category: string | null
  startedOn: string | null
}

export async function addProposal(
  tx: Tx,
  of: { agency: string; unit: string; round: string; id: string; by: string | null; at: Date },
  facts: Facts,
): Promise<void> {
  await tx
    .insertInto('competition.proposal')
    .values({
      agency: of.agency,
      id: of.id,
      round: of.round,
      unit: of.unit,
      title: facts.title,
      group_key: facts.group,
      category: facts.category,
      started_on: facts.startedOn,
      state: 'draft',
      state_since: of.at,
      created_by: of.by,
      created: of.at,
      // What is written for a demonstration is marked as such, wherever it is shown.
      demo: tx.selectFrom('competition.round').select('demo').where('id', '=', of.round),
    })
    .execute()
}

export async function saveFacts(
  tx: Tx,
  of: { agency: string; id: string },
  facts: Facts & { source: string | null; winner: string | null },
): Promise<void> {
  await tx
    .updateTable('competition.proposal')
    .set((eb) => ({
      title: facts.title,
      group_key: facts.group,
      category: facts.category,
      started_on: facts.startedOn,
      source: facts.source,
      winner: facts.winner,
      revision: eb('revision', '+', 1),
    }))
    .where('agency', '=', of.agency)
    .where('id', '=', of.id)
    .execute()
}

/** Move a proposal and keep the move: where it lay, since when, who moved it. */
export async function moveProposal(
  tx: Tx,
  proposal: { agency: string; id: string; state: ProposalState },
  to: ProposalState,
  by: { person: string | null; at: Date; note?: string | undefined },
): Promise<void> {
  await tx
    .with('moved', (q) =>
      q
        .updateTable('competition.proposal')
        .set({ state: to, state_since: by.at, begun: null })
        .where('agency', '=', proposal.agency)
        .where('id', '=', proposal.id),
    )
    .insertInto('competition.move')
    .values({
      agency: proposal.agency,
      id: newId(),
      proposal: proposal.id,
      from_state: proposal.state,
      to_state: to,
      by: by.person,
      at: by.at,
      note: by.note ?? null,
    })
    .execute()
}

export async function markBegun(tx: Tx, proposal: { agency: string; id: string }, at: Date): Promise<void> {
  await tx
    .updateTable('competition.proposal')
    .set((eb) => ({ begun: eb.fn.coalesce('begun', eb.val(at)) }))
    .where('agency', '=', proposal.agency)
    .where('id', '=', proposal.id)
    .execute()
}

/** Where the proposal lay, newest first. */
export function listMoves(db: Db, proposal: { agency: string; id: string }): Promise<MoveMade[]> {
  return db
    .selectFrom('competition.move as m')
    .leftJoin('people.person as p', 'p.id', 'm.by')
    .select(['m.from_state as from', 'm.to_state as to', 'm.at', 'm.note', 'p.name as by'])
    .where('m.agency', '=', proposal.agency)
    .where('m.proposal', '=', proposal.id)
    .orderBy('m.at', 'desc')
    .orderBy('m.id', 'desc')
    .execute()
}

/** The units this person works for, with their names. */
export async function listUnits(db: Db, units: readonly { agency: string; unit: string }[]) {
  if (units.length === 0) return []
  return db
    .selectFrom('people.unit')
    .select(['agency', 'id', 'name'])
    .where((eb) => eb.or(units.map((u) => eb.and([eb('agency', '=', u.agency), eb('id', '=', u.unit)]))))
    .orderBy('name')
    .execute()
}
