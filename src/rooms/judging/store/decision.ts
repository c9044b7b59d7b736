import { sql } from 'kysely'
import { type Entry, listPassed } from '#competition'
import type { Db, Tx } from '#platform/db.ts'
import type { DecisionInForce, Finalist, PastDecision } from '../domain/decision.ts'
import type { PlenaryKind } from '../domain/panel.ts'
import { regionNames } from './nominee.ts'

/** The decisions in force of a round, of one plenary or of both. */
export async function listDecisions(db: Db | Tx, round: string, kind?: PlenaryKind): Promise<DecisionInForce[]> {
  const rows = await db
    .selectFrom('judging.decision as d')
    .innerJoin('judging.nominee as n', (join) =>
      join.onRef('n.agency', '=', 'd.agency').onRef('n.proposal', '=', 'd.proposal'),
    )
    .select([
      'd.proposal',
      'd.kind',
      'd.outcome',
      'd.reason',
      'd.at',
      'd.cause',
      'd.recused',
      'n.cluster',
      'n.group_key as group',
    ])
    .where('d.round', '=', round)
    .where('d.replaced', 'is', null)
    .$if(kind !== undefined, (q) => q.where('d.kind', '=', kind!))
    .orderBy('d.proposal')
    .execute()
  return rows as DecisionInForce[]
}

/** All that was ever decided on an entry, newest first. */
export async function decisionsOn(db: Db | Tx, entry: Pick<Entry, 'agency' | 'id'>): Promise<PastDecision[]> {
  const rows = await db
    .selectFrom('judging.decision as d')
    .innerJoin('people.person as p', 'p.id', 'd.by')
    .select(['d.kind', 'd.outcome', 'd.reason', 'd.at', 'p.name as byName', 'd.replaced'])
    .select((eb) =>
      eb
        .selectFrom('people.person as m')
        .select((m) => sql<string | null>`string_agg(${m.ref('m.name')}, ', ' order by ${m.ref('m.name')})`.as('names'))
        .where((m) => sql<boolean>`${m.ref('m.id')} = any(${m.ref('d.recused')})`)
        .as('recusedNames'),
    )
    .where('d.agency', '=', entry.agency)
    .where('d.proposal', '=', entry.id)
    .orderBy('d.at', 'desc')
    .orderBy('d.id', 'desc')
    .execute()
  return rows as PastDecision[]
}

/** Write a decision; the one before it stays and is marked as replaced. */
export async function saveDecision(
  tx: Tx,
  entry: Pick<Entry, 'agency' | 'id' | 'round'>,
  decision: { id: string; kind: PlenaryKind; outcome: string; reason: string; cause: string | null; recused: string[] },
  by: string,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('judging.decision')
    .set({ replaced: at })
    .where('agency', '=', entry.agency)
    .where('proposal', '=', entry.id)
    .where('kind', '=', decision.kind)
    .where('replaced', 'is', null)
    .execute()
  await tx
    .insertInto('judging.decision')
    .values({ agency: entry.agency, proposal: entry.id, round: entry.round, ...decision, by, at })
    .execute()
}

/** The finalists of a round with their top level, in the order of their numbers. Four queries. */
export async function listFinalists(db: Db | Tx, round: string): Promise<Finalist[]> {
  const decisions = await listDecisions(db, round)
  const entries = await listPassed(db, round)
  const regions = await regionNames(
    db,
    entries.map((e) => e.agencyRegion),
  )
  const chosen = new Map(
    decisions.filter((d) => d.kind === 'finalists' && d.outcome === 'finalist').map((d) => [d.proposal, d.cluster]),
  )
  const levels = new Map(
    decisions.filter((d) => d.kind === 'levels' && d.outcome !== 'none').map((d) => [d.proposal, d.outcome]),
  )
  return entries
    .filter((entry) => chosen.has(entry.id))
    .map((entry) => ({
      ...entry,
      cluster: chosen.get(entry.id)!,
      regionName: regions.get(entry.agencyRegion?.slice(0, 2) ?? '') ?? null,
      level: levels.get(entry.id) ?? null,
    }))
}
