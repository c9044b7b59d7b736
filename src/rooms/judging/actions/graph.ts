import type { Entry } from '#competition'
import type { Db, Tx } from '#platform/db.ts'
import { pairKey } from '../domain/demand.ts'
import type { Evaluator } from '../domain/evaluator.ts'
import type { Assignment } from '../domain/owed.ts'
import { defaultRankingRule } from '../domain/ranking.ts'
import { type ReviewGraph, reviewGraph } from '../domain/review-graph.ts'
import { conflictingPairs } from '../store/conflict.ts'

/** How the readings that go on hang together, and who could bridge what lies apart. One query. */
export async function graphOf(
  db: Db | Tx,
  round: string,
  {
    entries,
    readings,
    team,
  }: { entries: readonly Entry[]; readings: readonly Assignment[]; team: readonly Evaluator[] },
): Promise<ReviewGraph> {
  const barred = await conflictingPairs(db, round)
  const going = readings.filter((each) => each.ended === null)
  const confirmed = new Set(team.filter((each) => each.confirmed && !each.withdrawn).map((each) => each.person))
  const bySector = team.some((each) => each.sector !== null)
  const sectors = entries.flatMap((entry) => (entry.category ? [[entry.id, entry.category] as const] : []))
  const had = new Set(readings.map((each) => pairKey(each.proposal, each.evaluator)))
  return reviewGraph(going, {
    ...(bySector && { sectorOf: new Map(sectors), bridgeShare: defaultRankingRule.bridgeShare }),
    mayRead: (evaluator, proposal) =>
      confirmed.has(evaluator) && !barred.has(pairKey(proposal, evaluator)) && !had.has(pairKey(proposal, evaluator)),
    // Tries everybody's absence: for thousands of readings that is not for a page.
    lookForCuts: going.length <= 3000,
  })
}
