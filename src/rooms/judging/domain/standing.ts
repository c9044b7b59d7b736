import { type EvaluatorOffset, type RankingRefusal, rankCorrected, rankingMethod, rankRaw, ranksOf } from './ranking.ts'
import type { FixedRule } from './reading.ts'
import { needsThirdReader, type ProposalScore, proposalScore, type Sheet, sheetTotal } from './score.ts'
import { byCodeUnit } from './seeded.ts'

export type StandingEntry = { id: string; agency: string; cluster: string; group: string; category: string | null }

/** One entry in a kept ranking. `corrected` to `rankHigh` are null when the correction was refused or nobody finished a sheet. */
export type Ranked = {
  proposal: string
  agency: string
  cluster: string
  group: string
  /** Complete sheets. */
  n: number
  /** Mean of the totals of complete sheets; null without one. */
  raw: number | null
  corrected: number | null
  low: number | null
  high: number | null
  /** By the figure that selects (`selectBy` of the rule); null without a complete sheet. */
  rank: number | null
  rankLow: number | null
  rankHigh: number | null
  spread: number | null
  gap: number | null
}

export type RankingResultRow = {
  ranked: Ranked[]
  /** What selects in fact: raw when the rule says so or the correction was refused. */
  selectBy: 'raw' | 'corrected'
  refusal: RankingRefusal | null
  /** Sheets left out because points are missing: they lower nobody's mean. */
  leftOut: number
}

/** A computed ranking as it was kept. */
export type RankingSnapshot = {
  round: string
  id: string
  at: Date
  method: string
  rule: FixedRule
  result: RankingResultRow
  hash: Buffer
}

export type Standing = { method: string; result: RankingResultRow; offsets: EvaluatorOffset[] }

/** Sheets of each entry under the criteria of its group. Entries without sheets are in it, too. */
export function scoresOf(
  rule: FixedRule,
  entries: readonly StandingEntry[],
  sheets: readonly Sheet[],
): Map<string, ProposalScore> {
  const byProposal = Map.groupBy(sheets, (sheet) => sheet.proposal)
  return new Map(
    entries.map((entry) => [
      entry.id,
      proposalScore(entry.id, rule.criteria[entry.group] ?? [], byProposal.get(entry.id) ?? [], rule.rounding),
    ]),
  )
}

/** Counted readings: the total of every complete sheet. */
export function readingsOf(rule: FixedRule, entries: readonly StandingEntry[], sheets: readonly Sheet[]) {
  const groupOf = new Map(entries.map((entry) => [entry.id, entry.group]))
  return sheets.flatMap((sheet) => {
    const group = groupOf.get(sheet.proposal)
    if (group === undefined) return []
    const total = sheetTotal(rule.criteria[group] ?? [], sheet, rule.rounding)
    return total.complete ? [{ proposal: sheet.proposal, evaluator: sheet.evaluator, points: total.total }] : []
  })
}

/** Entries whose two readers differ by more than the round allows. Only the names: the points stay sealed. */
export function wantThirdReader(
  rule: FixedRule,
  entries: readonly StandingEntry[],
  sheets: readonly Sheet[],
): Set<string> {
  const { gapLimit } = rule
  if (gapLimit === null) return new Set()
  const scores = scoresOf(rule, entries, sheets)
  return new Set([...scores.values()].filter((score) => needsThirdReader(score, gapLimit)).map((s) => s.proposal))
}

/** The ranking of a round as it is kept: raw and corrected beside each other, by rank and then by id. */
export function standingOf(rule: FixedRule, entries: readonly StandingEntry[], sheets: readonly Sheet[]): Standing {
  const scores = scoresOf(rule, entries, sheets)
  const readings = readingsOf(rule, entries, sheets)
  const sectors = entries.flatMap((entry) => (entry.category === null ? [] : [[entry.id, entry.category] as const]))
  const corrected = rankCorrected(readings, rule.ranking, rule.bySector ? new Map(sectors) : undefined)
  const byId = new Map(corrected.ok ? corrected.change.proposals.map((each) => [each.proposal, each]) : [])
  const selectBy = corrected.ok ? rule.selectBy : 'raw'
  const rawRank = new Map(rankRaw(readings).map((each) => [each.proposal, each.rank]))
  // The published mean is rounded by the round's rule, and equal published means share a rank.
  const read = entries.filter((entry) => scores.get(entry.id)!.mean !== undefined)
  const shown = ranksOf(read.map((entry) => scores.get(entry.id)!.mean!))
  const meanRank = new Map(read.map((entry, i) => [entry.id, shown[i]!]))
  const ranked = entries.map((entry): Ranked => {
    const score = scores.get(entry.id)!
    const own = byId.get(entry.id)
    const rank = selectBy === 'raw' ? meanRank.get(entry.id) : own?.rank
    return {
      proposal: entry.id,
      agency: entry.agency,
      cluster: entry.cluster,
      group: entry.group,
      n: score.n,
      raw: score.mean ?? null,
      corrected: own?.corrected ?? null,
      low: own?.low ?? null,
      high: own?.high ?? null,
      rank: rank ?? rawRank.get(entry.id) ?? null,
      rankLow: own?.bestRank ?? null,
      rankHigh: own?.worstRank ?? null,
      spread: score.spread ?? null,
      gap: score.gap ?? null,
    }
  })
  const place = (each: Ranked) => each.rank ?? Number.POSITIVE_INFINITY
  ranked.sort((a, b) => (place(a) === place(b) ? byCodeUnit(a.proposal, b.proposal) : place(a) - place(b)))
  const leftOut = [...scores.values()].reduce((sum, score) => sum + score.leftOut.length, 0)
  return {
    method: selectBy === 'raw' ? 'mean-of-complete-sheets/1' : rankingMethod,
    result: { ranked, selectBy, refusal: corrected.ok ? null : corrected, leftOut },
    offsets: corrected.ok ? corrected.change.evaluators : [],
  }
}
