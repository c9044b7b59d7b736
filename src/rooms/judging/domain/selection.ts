import { decide, refuse } from '#platform/result.ts'
import { byCodeUnit } from './seeded.ts'

/** `score` in points, as published; `undefined` when no complete sheet exists, and then it cannot be selected. */
export type Candidate = { proposal: string; cluster: string; score: number | undefined }

/** Proposals with the same score around the line: `places` of them may be taken. People decide which. */
export type Tie = { cluster: string; score: number; places: number; proposals: string[] }

export type ClusterSelection = {
  cluster: string
  quota: number
  /** Best first; of equal scores inside the line by name, which there decides nothing. */
  selected: string[]
  tie: Tie | undefined
  /** Places for which no candidate is left. */
  unfilled: number
}

/** A tie settled by people, as it is kept: who chose whom, when (ISO 8601 with zone) and why. */
export type TieDecision = { chosen: readonly string[]; by: readonly string[]; at: string; reason: string }

/**
 * Take the best of each cluster up to its quota; a tie at the line is handed back, never broken here.
 *
 * `passMark` in points, inclusive. Refused when a candidate's cluster has no quota, with those clusters. Throws on a
 * proposal listed twice.
 */
export function selectByCluster(
  candidates: readonly Candidate[],
  quotas: Readonly<Record<string, number>>,
  passMark = Number.NEGATIVE_INFINITY,
) {
  if (new Set(candidates.map((c) => c.proposal)).size !== candidates.length)
    throw new Error('A proposal is listed twice')
  const unknown = [...new Set(candidates.map((c) => c.cluster))].filter((c) => !Object.hasOwn(quotas, c))
  if (unknown.length > 0) return { ...refuse('cluster-without-quota'), clusters: unknown.sort(byCodeUnit) }
  if (Object.values(quotas).some((q) => !Number.isInteger(q) || q < 0)) return refuse('quota-not-a-number')
  const clusters = Object.keys(quotas).sort(byCodeUnit)
  return decide(clusters.map((cluster) => selectIn(cluster, quotas[cluster]!, candidates, passMark)))
}

/** Quotas of the stage before: `factor` times as many nominees as there are places, rounded up. Factor 2 is usual. */
export function nomineeQuotas(quotas: Readonly<Record<string, number>>, factor = 2): Record<string, number> {
  if (!(factor >= 1)) throw new RangeError('There must be at least as many nominees as places')
  return Object.fromEntries(Object.entries(quotas).map(([cluster, quota]) => [cluster, Math.ceil(quota * factor)]))
}

/** Close a tie by a recorded decision; gives the selection with the chosen in it. */
export function settleTie(selection: ClusterSelection, decision: TieDecision) {
  const { tie } = selection
  if (!tie) return refuse('no-tie')
  const chosen = new Set(decision.chosen)
  if (chosen.size !== tie.places || decision.chosen.length !== tie.places) return refuse('wrong-number-chosen')
  if (decision.chosen.some((p) => !tie.proposals.includes(p))) return refuse('not-in-the-tie')
  if (decision.by.length === 0) return refuse('nobody-decided')
  if (decision.reason.trim() === '') return refuse('reason-missing')
  const selected = [...selection.selected, ...[...chosen].sort(byCodeUnit)]
  return decide({ selection: { ...selection, selected, tie: undefined }, settled: tie, decision })
}

/**
 * For a feedback letter: "better than p % of the entries", whole per cent, cut downwards.
 *
 * Equal scores count half, so the middle of a tie stands in the middle. `own` must be one of `scores`. Undefined below
 * five entries: in a small group a share tells the others' scores.
 */
export function percentile(scores: readonly number[], own: number): number | undefined {
  if (!scores.includes(own)) throw new RangeError('The own score is not among the scores')
  if (scores.length < 5) return undefined
  let twiceBelow = 0
  for (const score of scores) twiceBelow += score < own ? 2 : score === own ? 1 : 0
  // Itself is neither better nor worse than itself.
  return Math.floor((50 * (twiceBelow - 1)) / (scores.length - 1))
}

function selectIn(cluster: string, quota: number, all: readonly Candidate[], passMark: number): ClusterSelection {
  const own = all.flatMap(({ proposal, cluster: c, score }) =>
    c === cluster && score !== undefined && score >= passMark ? [{ proposal, score }] : [],
  )
  own.sort((a, b) => b.score - a.score || byCodeUnit(a.proposal, b.proposal))
  const last = own[quota - 1]
  const next = own[quota]
  const unfilled = Math.max(0, quota - own.length)
  if (!last || !next || last.score > next.score) {
    return { cluster, quota, selected: own.slice(0, quota).map((c) => c.proposal), tie: undefined, unfilled }
  }
  const above = own.filter((c) => c.score > last.score).map((c) => c.proposal)
  const tied = own.filter((c) => c.score === last.score).map((c) => c.proposal)
  const tie = { cluster, score: last.score, places: quota - above.length, proposals: tied }
  return { cluster, quota, selected: above, tie, unfilled }
}
