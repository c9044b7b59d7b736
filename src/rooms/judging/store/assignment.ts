import type { Db, Tx } from '#platform/db.ts'
import type { Assignment, EndedAs, Purpose } from '../domain/owed.ts'

/** Every assignment of a round, with when its sheet was finished; never its points. */
export function listAssignments(db: Db | Tx, round: string): Promise<Assignment[]> {
  return db
    .selectFrom('judging.assignment as a')
    .leftJoin('judging.sheet as s', (join) =>
      join
        .onRef('s.agency', '=', 'a.agency')
        .onRef('s.proposal', '=', 'a.proposal')
        .onRef('s.evaluator', '=', 'a.evaluator'),
    )
    .select(['a.agency', 'a.proposal', 'a.evaluator', 'a.round', 'a.purpose', 'a.wave', 'a.reason', 'a.at'])
    .select(['a.ended', 'a.ended_as', 'a.ended_reason', 's.finished'])
    .where('a.round', '=', round)
    .orderBy('a.proposal')
    .orderBy('a.at')
    .orderBy('a.evaluator')
    .execute()
}

export type NewAssignment = {
  agency: string
  proposal: string
  evaluator: string
  round: string
  purpose: Purpose
  wave?: number | null
  run?: string | null
  reason?: string | null
}

/** Write pairs. One that stands there already breaks the key: whoever was recused does not come back. */
export async function addAssignments(tx: Tx, pairs: readonly NewAssignment[], at: Date, by: string): Promise<void> {
  const rows = pairs.map((pair) => ({ ...pair, at, by }))
  for (let from = 0; from < rows.length; from += 5000)
    await tx
      .insertInto('judging.assignment')
      .values(rows.slice(from, from + 5000))
      .execute()
}

/** End readings: a conflict came up, somebody withdrew, or the secretariat moved them. Only those still going on. */
export async function endAssignments(
  tx: Tx,
  pairs: readonly { proposal: string; evaluator: string }[],
  as: EndedAs,
  reason: string | null,
  at: Date,
): Promise<{ proposal: string; evaluator: string }[]> {
  if (pairs.length === 0) return []
  return tx
    .updateTable('judging.assignment')
    .set({ ended: at, ended_as: as, ended_reason: reason })
    .where('ended', 'is', null)
    .where((eb) =>
      eb(
        eb.refTuple('proposal', 'evaluator'),
        'in',
        pairs.map((pair) => eb.tuple(pair.proposal, pair.evaluator)),
      ),
    )
    .returning(['proposal', 'evaluator'])
    .execute()
}

/** The readings of one evaluator that go on and are not finished: what a withdrawal leaves behind. */
export function unfinishedOf(tx: Tx, round: string, evaluator: string) {
  return tx
    .selectFrom('judging.assignment as a')
    .leftJoin('judging.sheet as s', (join) =>
      join
        .onRef('s.agency', '=', 'a.agency')
        .onRef('s.proposal', '=', 'a.proposal')
        .onRef('s.evaluator', '=', 'a.evaluator'),
    )
    .select(['a.proposal', 'a.evaluator'])
    .where('a.round', '=', round)
    .where('a.evaluator', '=', evaluator)
    .where('a.ended', 'is', null)
    .where('s.finished', 'is', null)
    .execute()
}

/** Progress of everybody, as counts: all that others may know before release. */
export async function progressOf(db: Db | Tx, round: string) {
  const rows = await db
    .selectFrom('judging.assignment as a')
    .leftJoin('judging.sheet as s', (join) =>
      join
        .onRef('s.agency', '=', 'a.agency')
        .onRef('s.proposal', '=', 'a.proposal')
        .onRef('s.evaluator', '=', 'a.evaluator'),
    )
    .select('a.evaluator')
    .select((eb) => [
      eb.fn.countAll<string>().as('assigned'),
      eb.fn.count<string>('s.finished').as('finished'),
      eb.fn.count<string>('s.begun').as('begun'),
    ])
    .where('a.round', '=', round)
    .where('a.ended', 'is', null)
    .groupBy('a.evaluator')
    .execute()
  return new Map(
    rows.map((row) => [
      row.evaluator,
      { assigned: Number(row.assigned), finished: Number(row.finished), begun: Number(row.begun) },
    ]),
  )
}
