import type { Db, Tx } from '#platform/db.ts'
import type { ConflictSource } from '../domain/conflict.ts'
import { pairKey } from '../domain/demand.ts'

export type Conflict = { agency: string; proposal: string; evaluator: string; source: ConflictSource }

/** Put these derived conflicts in the place of the ones derived before, for one evaluator or for the whole round. Returns the new ones. */
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
    .returning(['proposal', 'evaluator', 'source', 'at'])
    .execute()
  const key = (c: { proposal: string; evaluator: string; source: string }) =>
    `${c.source} ${pairKey(c.proposal, c.evaluator)}`
  const since = new Map(before.map((row) => [key(row), row.at]))
  const rows = conflicts.map((c) => ({ ...c, round, at: since.get(key(c)) ?? at }))
  for (let from = 0; from < rows.length; from += 5000)
    await tx
      .insertInto('judging.conflict')
      .values(rows.slice(from, from + 5000))
      .execute()
  return conflicts.filter((c) => !since.has(key(c)))
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

/** Pairs of a round that must not meet, as keys. The unconfirmed are not in it: they are left out as people. */
export async function conflictingPairs(db: Db | Tx, round: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('judging.conflict')
    .select(['proposal', 'evaluator'])
    .where('round', '=', round)
    .execute()
  return new Set(rows.map((row) => pairKey(row.proposal, row.evaluator)))
}

export async function isConflicting(db: Db | Tx, pair: { proposal: string; evaluator: string }): Promise<boolean> {
  const row = await db
    .selectFrom('judging.conflict')
    .select('source')
    .where('proposal', '=', pair.proposal)
    .where('evaluator', '=', pair.evaluator)
    .executeTakeFirst()
  return row !== undefined
}

/** The conflicts of one evaluator in a round, with what each entry is called. */
export function listConflicts(db: Db, round: string, evaluator: string) {
  return db
    .selectFrom('judging.conflict as c')
    .innerJoin('competition.proposal as p', (join) =>
      join.onRef('p.agency', '=', 'c.agency').onRef('p.id', '=', 'c.proposal'),
    )
    .select(['c.proposal', 'c.source', 'c.reason', 'c.at', 'p.title', 'p.number'])
    .where('c.round', '=', round)
    .where('c.evaluator', '=', evaluator)
    .orderBy('p.number')
    .orderBy('c.source')
    .execute()
}

/** How many conflicts of each source a round has, and with how many evaluators. */
export async function countConflicts(db: Db, round: string) {
  return db
    .selectFrom('judging.conflict')
    .select(['source'])
    .select((eb) => [eb.fn.countAll<string>().as('pairs'), eb.fn.count<string>('evaluator').distinct().as('people')])
    .where('round', '=', round)
    .groupBy('source')
    .orderBy('source')
    .execute()
}
