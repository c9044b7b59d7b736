import { canonicalJson } from './canonical-json.ts'
import type { Reading } from './mixed-model.ts'
import type { RawRank } from './ranking.ts'
import {
  type RankedProposal,
  type RankingRefusal,
  type RankingRule,
  rankCorrected,
  rankingMethod,
  rankRaw,
} from './ranking.ts'
import {
  type Criterion,
  checkCriteria,
  checkPoints,
  type ProposalScore,
  proposalScore,
  type Rounding,
  type Sheet,
  sheetTotal,
} from './score.ts'
import { byCodeUnit } from './seeded.ts'
import { type ClusterSelection, selectByCluster } from './selection.ts'
import type { WaveRule } from './waves.ts'

/** The rules of a round as they were published before the first reading. */
export type RoundRules = {
  criteria: readonly Criterion[]
  rounding: Rounding
  ranking: RankingRule
  /** Which figure selects: the mean as given, the mean less offsets, or the shrunken quality. */
  selectBy: 'raw' | 'adjusted' | 'corrected'
  quotas: Readonly<Record<string, number>>
  passMark: number | null
  waves: WaveRule | null
}

/**
 * Everything a stranger needs to recompute a ranking. Proposals and evaluators carry codes, not names.
 *
 * `rulesHash` is the SHA-256, in hex, of the canonical JSON of `rules`, published before reading; `checkRules` compares
 * it. `sector` null means that readers were not dealt by sector. `seed` is the one that drew the codes and the lots.
 */
export type RankingBundle = {
  version: 1
  round: string
  rulesHash: string
  rules: RoundRules
  methods: { score: string; ranking: string; selection: string }
  seed: string
  proposals: readonly { code: string; cluster: string; sector: string | null }[]
  sheets: readonly Sheet[]
}

/** The methods that this code computes. A bundle of another year names others and needs the code of its year. */
export const methods = { score: 'weighted-hundredths/1', ranking: rankingMethod, selection: 'cluster-quota/1' } as const

export type Recomputed = {
  version: 1
  round: string
  rulesHash: string
  methods: typeof methods
  scores: ProposalScore[]
  raw: RawRank[]
  /** Without the evaluators' offsets, which are for each evaluator alone. */
  corrected: { proposals: RankedProposal[] } | RankingRefusal
  selection: ClusterSelection[]
}

/**
 * From bundle to result. The order of proposals, sheets and keys in the bundle does not matter: `recomputeText` gives
 * the same bytes. Ranking uses + - * / and sqrt only, with no function whose last bit an engine may choose, so they are
 * the same bytes on every engine.
 *
 * Refused: methods other than ours, sheets of unknown proposals, two sheets of one pair, criteria, points or quotas
 * that the rules forbid, and selection by corrected figures when the correction itself is refused (`why` says so).
 */
export function recompute(bundle: RankingBundle) {
  const { rules } = bundle
  if (bundle.version !== 1 || canonicalJson(bundle.methods) !== canonicalJson(methods)) return no('other-method')
  if (!checkCriteria(rules.criteria).ok) return no('criteria-not-valid')
  const codes = bundle.proposals.map((p) => p.code).sort(byCodeUnit)
  if (new Set(codes).size !== codes.length) return no('proposal-twice')
  const known = new Set(codes)
  if (bundle.sheets.some((s) => !known.has(s.proposal))) return no('sheet-of-unknown-proposal')
  if (new Set(bundle.sheets.map((s) => canonicalJson([s.proposal, s.evaluator]))).size !== bundle.sheets.length) {
    return no('sheet-twice')
  }
  if (bundle.sheets.some((s) => !checkPoints(rules.criteria, s).ok)) return no('points-not-valid')
  const readings: Reading[] = []
  const sheetsOf = new Map<string, Sheet[]>(codes.map((c) => [c, []]))
  for (const sheet of bundle.sheets) {
    const { proposal, evaluator } = sheet
    sheetsOf.get(proposal)!.push(sheet)
    const result = sheetTotal(rules.criteria, sheet, rules.rounding)
    if (result.complete) readings.push({ proposal, evaluator, points: result.total })
  }
  const scores = codes.map((c) => proposalScore(c, rules.criteria, sheetsOf.get(c)!, rules.rounding))
  const raw = rankRaw(readings)
  const sectors = bundle.proposals.filter((p) => p.sector !== null).map((p) => [p.code, p.sector!] as const)
  const ranking = rankCorrected(readings, rules.ranking, sectors.length > 0 ? new Map(sectors) : undefined)
  if (!ranking.ok && rules.selectBy !== 'raw') return { ...no('correction-refused'), why: ranking }
  const figure = new Map<string, number>()
  if (rules.selectBy === 'raw') for (const s of scores) if (s.mean !== undefined) figure.set(s.proposal, s.mean)
  if (rules.selectBy !== 'raw' && ranking.ok) {
    for (const p of ranking.change.proposals) figure.set(p.proposal, p[rules.selectBy])
  }
  const candidates = bundle.proposals.map(({ code, cluster }) => ({ proposal: code, cluster, score: figure.get(code) }))
  const selection = selectByCluster(candidates, rules.quotas, rules.passMark ?? undefined)
  if (!selection.ok) return no('quotas-not-valid')
  const change: Recomputed = {
    version: 1,
    round: bundle.round,
    rulesHash: bundle.rulesHash,
    methods,
    scores,
    raw,
    corrected: ranking.ok ? { proposals: ranking.change.proposals } : ranking,
    selection: selection.change,
  }
  return { ok: true, change } as const
}

/** The result as bytes to compare with the published ones. */
export function recomputeText(bundle: RankingBundle): string {
  return canonicalJson(recompute(bundle))
}

/** Are the rules in the bundle those whose hash was published? `sha256` takes text and gives hex; the domain has none. */
export function checkRules(bundle: RankingBundle, sha256: (text: string) => string): boolean {
  return sha256(canonicalJson(bundle.rules)) === bundle.rulesHash
}

function no<const Refusal extends string>(refusal: Refusal) {
  return { ok: false, refusal } as const
}
