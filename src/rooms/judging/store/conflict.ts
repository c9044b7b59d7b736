import type { Db, Tx } from '#platform/db.ts'
import type { ConflictSource } from '../domain/conflict.ts'
import { pairKey } from '../domain/demand.ts'

export type Conflict = { agency: string; proposal: string; evaluator: string; source: ConflictSource; basis: string }

const keyOf = (c: { proposal: string; evaluator: string; source: string; basis: string }) =>
  `${c.source} ${c.basis} ${pairKey(c.proposal, c.evaluator)}`

/**
 * Put these derived conflicts in the place of the ones derived before, for one evaluator or for the whole round. Returns
 * the new ones that count: a conflict that somebody has cleared on the same basis does not.
 */
export async function replaceDerived(
  tx: Tx,
  round: string,
  person: string | undefined,
  conflicts: readonly Conflict[],
  at: Date,
): Promise<Conflict[]> {
  const before = await tx
    .deleteFrom('judging.conflict')
    .where('round', '=', round)
    .where('source', '!=', 'declared')
    .$if(person !== undefined, (q) => q.where('evaluator', '=', person!))
    .returning(['proposal', 'evaluator', 'source', 'basis', 'at'])
    .execute()
  const since = new Map(before.map((row) => [keyOf(row), row.at]))
  const rows = conflicts.map((c) => ({ ...c, round, at: since.get(keyOf(c)) ?? at }))
  for (let from = 0; from < rows.length; from += 5000)
    await tx
      .insertInto('judging.conflict')
      .values(rows.slice(from, from + 5000))
      .execute()
  const cleared = await tx
    .selectFrom('judging.clearance')
    .select(['proposal', 'evaluator', 'source', 'basis'])
    .where('round', '=', round)
    .where('ended', 'is', null)
    .execute()
  const settled = new Set([...since.keys(), ...cleared.map(keyOf)])
  return conflicts.filter((c) => !settled.has(keyOf(c)))
}

export async function addDeclared(
  tx: Tx,
  round: string,
  { agency, proposal, evaluator }: { agency: string; proposal: string; evaluator: string },
  reason: string,
  at: Date,
): Promise<void> {
  await tx
    .insertInto('judging.conflict')
    .values({ agency, proposal, evaluator, source: 'declared', round, reason, by: evaluator, at })
    .onConflict((c) => c.doNothing())
    .execute()
}

/** The conflicts that count: those that nobody has cleared. */
const inForce = (db: Db | Tx) =>
  db
    .selectFrom('judging.conflict as c')
    .leftJoin('judging.clearance as k', (join) =>
      join
        .onRef('k.agency', '=', 'c.agency')
        .onRef('k.proposal', '=', 'c.proposal')
        .onRef('k.evaluator', '=', 'c.evaluator')
        .onRef('k.source', '=', 'c.source')
        .onRef('k.basis', '=', 'c.basis')
        .on('k.ended', 'is', null),
    )
    .where('k.id', 'is', null)

/** Pairs of a round that must not meet, as keys. The unconfirmed are not in it: they are left out as people. */
export async function conflictingPairs(db: Db | Tx, round: string): Promise<Set<string>> {
  const rows = await inForce(db).select(['c.proposal', 'c.evaluator']).where('c.round', '=', round).execute()
  return new Set(rows.map((row) => pairKey(row.proposal, row.evaluator)))
}

export async function isConflicting(db: Db | Tx, pair: { proposal: string; evaluator: string }): Promise<boolean> {
  const row = await inForce(db)
    .select('c.source')
    .where('c.proposal', '=', pair.proposal)
    .where('c.evaluator', '=', pair.evaluator)
    .executeTakeFirst()
  return row !== undefined
}

/** The conflicts of one evaluator in a round, with what each entry is called, and who cleared it and why. */
export function listConflicts(db: Db | Tx, round: string, evaluator: string) {
  return db
    .selectFrom('judging.conflict as c')
    .innerJoin('competition.proposal as p', (join) =>
      join.onRef('p.agency', '=', 'c.agency').onRef('p.id', '=', 'c.proposal'),
    )
    .leftJoin('judging.clearance as k', (join) =>
      join
        .onRef('k.agency', '=', 'c.agency')
        .onRef('k.proposal', '=', 'c.proposal')
        .onRef('k.evaluator', '=', 'c.evaluator')
        .onRef('k.source', '=', 'c.source')
        .onRef('k.basis', '=', 'c.basis')
        .on('k.ended', 'is', null),
    )
    .leftJoin('people.person as b', 'b.id', 'k.by')
    .select(['c.agency', 'c.proposal', 'c.evaluator', 'c.source', 'c.basis', 'c.reason', 'c.at', 'p.title', 'p.number'])
    .select(['k.id as clearance', 'k.reason as clearedReason', 'k.at as clearedAt', 'b.name as clearedBy'])
    .where('c.round', '=', round)
    .where('c.evaluator', '=', evaluator)
    .orderBy('p.number')
    .orderBy('c.source')
    .execute()
}
export type StandingConflict = Awaited<ReturnType<typeof listConflicts>>[number]

/** Clearances of one evaluator that were taken back: who gave and who took them, and why. */
export function endedClearances(db: Db | Tx, round: string, evaluator: string) {
  return db
    .selectFrom('judging.clearance as k')
    .innerJoin('competition.proposal as p', (join) =>
      join.onRef('p.agency', '=', 'k.agency').onRef('p.id', '=', 'k.proposal'),
    )
    .innerJoin('people.person as b', 'b.id', 'k.by')
    .leftJoin('people.person as e', 'e.id', 'k.ended_by')
    .select(['p.number', 'p.title', 'k.source', 'k.reason', 'k.at', 'b.name as byName'])
    .select(['k.ended', 'k.ended_reason as endedReason', 'e.name as endedByName'])
    .where('k.round', '=', round)
    .where('k.evaluator', '=', evaluator)
    .where('k.ended', 'is not', null)
    .orderBy('k.ended')
    .orderBy('k.id')
    .execute()
}
export type EndedClearance = Awaited<ReturnType<typeof endedClearances>>[number]

export async function addClearance(
  tx: Tx,
  round: string,
  clearance: Conflict & { id: string; reason: string },
  by: string,
  at: Date,
): Promise<void> {
  await tx
    .insertInto('judging.clearance')
    .values({ round, ...clearance, by, at })
    .execute()
}

export async function endClearance(
  tx: Tx,
  agency: string,
  id: string,
  end: { by: string; at: Date; reason: string },
): Promise<void> {
  await tx
    .updateTable('judging.clearance')
    .set({ ended: end.at, ended_by: end.by, ended_reason: end.reason })
    .where('agency', '=', agency)
    .where('id', '=', id)
    .execute()
}

/** How many conflicts of each source count in a round, and with how many evaluators. */
export async function countConflicts(db: Db, round: string) {
  return inForce(db)
    .select(['c.source'])
    .select((eb) => [eb.fn.countAll<string>().as('pairs'), eb.fn.count<string>('c.evaluator').distinct().as('people')])
    .where('c.round', '=', round)
    .groupBy('c.source')
    .orderBy('c.source')
    .execute()
}
