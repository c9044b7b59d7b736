import { decide, refuse } from '#platform/result.ts'
import { defaultRankingRule, type RankingRule } from './ranking.ts'
import type { Criterion, Rounding } from './score.ts'
import { checkWaveRule, type WaveRule } from './waves.ts'

/** What the secretariat chooses for the reading of a round, until it is fixed when reading opens. All of it is a setting, none is law. */
export type Settings = {
  /** Readers of each entry. */
  reviews: number
  /** Readers of each entry who come from another sector than its own. */
  bridge: number
  /** No two readers of an entry from one university. */
  university: boolean
  /** Least fit (0-1000) of any reader; null: none. */
  floor: number | null
  /** Look for the highest floor that every reading can reach, and assign above it. */
  fairest?: boolean
  /** Decides between equal fits and equal chances, and nothing else. */
  seed: string
  /** After the first readings: this many entries get this many readings more. Empty: one wave for all. */
  waves: readonly { proposals: number; extra: number }[]
  /** No further wave when nobody's chance of standing on the wrong side reaches this. */
  stopBelow: number
}

/** The rules under which a round is read, fixed and published before the first reading. */
export type FixedRule = {
  version: 1
  /** By group of the round. Weights in per cent. */
  criteria: Readonly<Record<string, readonly Criterion[]>>
  rounding: Rounding
  reviews: number
  /** Points between two readers above which a third is called; null: never. */
  gapLimit: number | null
  ranking: RankingRule
  selectBy: 'raw' | 'corrected'
  /** Readers are dealt by sector, so the ranking looks at how sectors mix. */
  bySector: boolean
  waves: WaveRule | null
}

export type ReadingState = 'preparing' | 'open' | 'closed' | 'released'
export type ReadingTimes = { opened: Date | null; closed: Date | null; released: Date | null }

/** Where the reading of a round stands. */
export function stateOf({ opened, closed, released }: ReadingTimes): ReadingState {
  if (released) return 'released'
  if (closed) return 'closed'
  return opened ? 'open' : 'preparing'
}

/** The reading of a round: its settings until they are fixed, the fixed rule, and when it was opened, closed, released. */
export type Reading = {
  round: string
  settings: Settings
  rule: FixedRule | null
  ruleHash: Buffer | null
  opened: Date | null
  until: Date | null
  /** Own deadline of third readings; null: that of the round. */
  thirdUntil: Date | null
  /** Why reading was opened although the readings do not connect all entries. */
  apartReason: string | null
  closed: Date | null
  released: Date | null
}

type Rules = {
  key: string
  scoring: {
    reviewsPerProposal: number
    gapLimit: number | null
    method: 'raw' | 'mixed'
    waves: number | null
    decimals: number
  }
  select: { finalists: number | null }
  clusters: readonly { key: string; quota: Readonly<Record<string, number>> | null; nomineeFactor: number }[]
}

/** What the form begins with: the numbers of the round's rules where they say anything. */
export function defaultSettings(rules: Rules): Settings {
  return {
    reviews: rules.scoring.reviewsPerProposal,
    bridge: rules.scoring.reviewsPerProposal >= 2 ? 1 : 0,
    university: true,
    floor: null,
    seed: rules.key,
    waves: [],
    stopBelow: 0.02,
  }
}

/**
 * Fix the rules: criteria by group, rounding, limits, and the waves with their lines. The line of a cluster is the
 * number of its nominees; a cluster without a quota has the finalists of the whole round as its line.
 */
export function fixRule(
  rules: Rules,
  settings: Settings,
  criteria: FixedRule['criteria'],
  options: { bySector: boolean },
) {
  const line = (cluster: Rules['clusters'][number]) =>
    cluster.quota === null
      ? (rules.select.finalists ?? 0)
      : Math.ceil(Object.values(cluster.quota).reduce((a, b) => a + b, 0) * cluster.nomineeFactor)
  const waves: WaveRule | null =
    settings.waves.length === 0
      ? null
      : {
          version: 1,
          initial: settings.reviews,
          waves: settings.waves,
          lines: Object.fromEntries(rules.clusters.map((cluster) => [cluster.key, line(cluster)])),
          stopBelow: settings.stopBelow,
          bridgeShare: defaultRankingRule.bridgeShare,
          seed: settings.seed,
        }
  if (waves) {
    const checked = checkWaveRule(waves)
    if (!checked.ok) return refuse(checked.refusal)
  }
  const rule: FixedRule = {
    version: 1,
    criteria,
    rounding: { decimals: Math.min(2, rules.scoring.decimals) as 0 | 1 | 2, half: 'up' },
    reviews: settings.reviews,
    gapLimit: rules.scoring.gapLimit,
    ranking: defaultRankingRule,
    selectBy: rules.scoring.method === 'raw' ? 'raw' : 'corrected',
    bySector: options.bySector,
    waves,
  }
  return decide(rule)
}
