import { decide, refuse } from '#platform/result.ts'
import { canonicalJson } from './canonical-json.ts'
import { rankingMethod } from './ranking.ts'
import type { FixedRule } from './reading.ts'
import type { Sheet } from './score.ts'
import { byCodeUnit } from './seeded.ts'
import { sha256 } from './sha256.ts'
import { type Ranked, type RankingResultRow, type StandingEntry, standingOf } from './standing.ts'

/** The calculations of this code. A bundle of another year names others and needs the code of its year. */
export const engine = { score: 'weighted-hundredths/1', ranking: rankingMethod, standing: 'joined/1' } as const

/**
 * Everything a stranger needs to recompute the ranking of a round. Entries and evaluators carry codes drawn by lot.
 * `ruleHash` is the one shown to everybody since before the first reading; `resultHash` that of the published ranking.
 */
export type PublishedBundle = {
  version: 2
  round: string
  rule: FixedRule
  ruleHash: string
  engine: typeof engine
  entries: readonly { code: string; cluster: string; group: string; sector: string | null }[]
  sheets: readonly Sheet[]
  resultHash: string
}

/** A line of the published ranking: as it was kept, with a code in place of the names. */
export type CodedLine = Omit<Ranked, 'proposal' | 'agency'> & { code: string }

export const hashOfText = (text: string): string => sha256(text)

type Source = {
  round: string
  rule: FixedRule
  ruleHash: string
  entries: readonly StandingEntry[]
  sheets: readonly Sheet[]
  /** Code by id, for entries and for evaluators. */
  codes: ReadonlyMap<string, string>
}

/** Put codes in place of names. Sectors are told only where the rule counts by them: they could give an entry away. */
export function codeBundle({ round, rule, ruleHash, entries, sheets, codes }: Source) {
  const coded = {
    version: 2 as const,
    round,
    rule,
    ruleHash,
    engine,
    entries: entries
      .map(({ id, cluster, group, category }) => ({
        code: codes.get(id)!,
        cluster,
        group,
        sector: rule.bySector ? category : null,
      }))
      .sort((a, b) => byCodeUnit(a.code, b.code)),
    sheets: sheets
      .map(({ proposal, evaluator, points }) => ({
        proposal: codes.get(proposal)!,
        evaluator: codes.get(evaluator)!,
        points: { ...points },
      }))
      .sort((a, b) => byCodeUnit(a.proposal, b.proposal) || byCodeUnit(a.evaluator, b.evaluator)),
  }
  const text = rankingText(coded)
  return { bundle: { ...coded, resultHash: sha256(text) } satisfies PublishedBundle, ranking: text }
}

/** The ranking of a bundle as canonical JSON: the same bytes on every machine. */
export function rankingText(bundle: Omit<PublishedBundle, 'resultHash'>): string {
  const entries = bundle.entries.map(({ code, cluster, group, sector }) => ({
    id: code,
    agency: '',
    cluster,
    group,
    category: sector,
  }))
  const { result } = standingOf(bundle.rule, entries, bundle.sheets)
  const ranked = result.ranked.map(({ proposal, agency: _, ...line }): CodedLine => ({ ...line, code: proposal }))
  return canonicalJson({ round: bundle.round, selectBy: result.selectBy, leftOut: result.leftOut, ranked })
}

/** Does the coded ranking say the same of every entry as the one that was kept? Only then may it be published. */
export function saysTheSame(kept: RankingResultRow, coded: string, codes: ReadonlyMap<string, string>): boolean {
  const { ranked } = JSON.parse(coded) as { ranked: CodedLine[] }
  const lines = new Map(ranked.map((line) => [line.code, canonicalJson(line)]))
  return (
    kept.ranked.length === ranked.length &&
    kept.ranked.every(({ proposal, agency: _, ...line }) => {
      const code = codes.get(proposal)
      return code !== undefined && lines.get(code) === canonicalJson({ ...line, code })
    })
  )
}

/** Recompute what somebody downloaded. Refused when it is no bundle, of another engine, or its rule is not the published one. */
export function recomputeBundle(bundle: unknown) {
  if (!isBundle(bundle)) return refuse('not-a-bundle')
  if (canonicalJson(bundle.engine) !== canonicalJson(engine)) return refuse('other-engine')
  if (sha256(canonicalJson(bundle.rule)) !== bundle.ruleHash) return refuse('rule-changed')
  const codes = new Set(bundle.entries.map((entry) => entry.code))
  if (codes.size !== bundle.entries.length || bundle.sheets.some((sheet) => !codes.has(sheet.proposal)))
    return refuse('not-a-bundle')
  const text = rankingText(bundle)
  const hash = sha256(text)
  return decide({ text, hash, same: hash === bundle.resultHash })
}

function isBundle(value: unknown): value is PublishedBundle {
  if (typeof value !== 'object' || value === null) return false
  const bundle = value as Partial<PublishedBundle>
  return (
    bundle.version === 2 &&
    typeof bundle.round === 'string' &&
    typeof bundle.ruleHash === 'string' &&
    typeof bundle.resultHash === 'string' &&
    typeof bundle.rule === 'object' &&
    Array.isArray(bundle.entries) &&
    Array.isArray(bundle.sheets)
  )
}

/** Codes `U0001`, `E001` … for a list that somebody has shuffled. */
export function codesFor(entries: readonly string[], evaluators: readonly string[]): Map<string, string> {
  return new Map([
    ...entries.map((id, i) => [id, `U${String(i + 1).padStart(4, '0')}`] as const),
    ...evaluators.map((id, i) => [id, `E${String(i + 1).padStart(3, '0')}`] as const),
  ])
}
