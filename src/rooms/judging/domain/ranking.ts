import { designOf, type Fit, fitModel, type Reading, spareReadings, type Variances } from './mixed-model.ts'
import { chanceAbove, halfWidth, type Level } from './normal.ts'
import { type Component, type ReviewGraph, reviewGraph, type SectorMixing } from './review-graph.ts'

/** Name of the calculation, kept with each published ranking: an old year recomputes with the method of its year. */
export const rankingMethod = 'additive-mixed-reml/1'

/** Part of the rules of a round, fixed before the first reading. */
export type RankingRule = {
  /** Share that intervals and rank ranges cover. */
  level: Level
  /** Least share of each sector's readings by evaluators at home elsewhere, 0-1; only looked at when sectors are given. */
  bridgeShare: number
  /** Least number of readings beyond those that fix each proposal and each evaluator once. */
  spareReadings: number
}

/**
 * One reader of three from another sector is the design to plan for; 0.3 leaves room for chance.
 *
 * Simulated with NIPS 2014 variances, 15 sector teams, sector variance 0.3 to 1.2 (20 rounds of 3,000 each): below a
 * share of 0.2 the correction finds 2 to 29 points *fewer* of the true Top 99 than the raw mean although the graph is
 * connected, because strict team and weak sector are hardly told apart; about level at 0.33; better at 0.5.
 */
export const defaultRankingRule: RankingRule = { level: 0.9, bridgeShare: 0.3, spareReadings: 10 }

export type RankedProposal = {
  proposal: string
  /** Readings counted. */
  n: number
  /** Mean of the points given, and its rank; equal means share a rank, and the next is as if they had not. */
  raw: number
  rawRank: number
  /** Mean of the points less the offsets of the readers: on the scale of the points, for a pass mark. Not shrunken. */
  adjusted: number
  /** Expected quality in points: shrunken towards the mean, the more so the fewer the readings. Decides `rank`. */
  corrected: number
  /** Interval of the quality at the rule's level, in points; may leave 0-100 at the ends. */
  low: number
  high: number
  rank: number
  /** Ranks that the readings do not rule out at the rule's level. bestRank <= rank <= worstRank. */
  bestRank: number
  worstRank: number
}

/** Points an evaluator gives above the average evaluator, with interval. For that evaluator's eyes, not the public's. */
export type EvaluatorOffset = { evaluator: string; n: number; offset: number; low: number; high: number }

export type Ranking = {
  method: typeof rankingMethod
  mean: number
  variances: Variances
  iterations: number
  /** By rank, then by name. */
  proposals: RankedProposal[]
  evaluators: EvaluatorOffset[]
}

/** Why no correction is made. The raw ranking stands beside it in every case. */
export type RankingRefusal =
  | { ok: false; refusal: 'no-readings' }
  | { ok: false; refusal: 'graph-not-connected'; components: Component[]; bridges: ReviewGraph['bridges'] }
  | {
      ok: false
      refusal: 'bound-to-sectors'
      components: Component[]
      bridges: ReviewGraph['bridges']
      sectors: SectorMixing[]
    }
  | { ok: false; refusal: 'too-few-readings'; spare: number; needed: number }
  | { ok: false; refusal: 'variances-not-found'; iterations: number }

export type RankingResult = { ok: true; change: Ranking } | RankingRefusal

export type RawRank = { proposal: string; n: number; raw: number; rank: number }

/** Plain means, best first; the same rank for the same mean. */
export function rankRaw(readings: readonly Reading[]): RawRank[] {
  if (readings.length === 0) return []
  const design = designOf(readings)
  const rows = design.proposals.map((proposal, i) => {
    const from = design.start[i]!
    const to = design.start[i + 1]!
    let sum = 0
    for (let k = from; k < to; k++) sum += design.points[k]!
    return { proposal, n: to - from, raw: publish(design.centre + sum / (to - from)) }
  })
  const ranks = ranksOf(rows.map((r) => r.raw))
  return rows.map((r, i) => ({ ...r, rank: ranks[i]! })).sort((a, b) => a.rank - b.rank)
}

/**
 * Rank proposals with the leniency of their readers taken out, or say why that cannot be done honestly.
 *
 * `readings` in any order: the result is the same to the last bit. Figures are cut to a millionth of a point before
 * they are compared, so two proposals that differ by less share a rank. Never a z-score: with a handful of readings
 * each it divides by chance, and it takes from an evaluator who was dealt good proposals.
 *
 * Intervals treat the estimated variances as known, so with few evaluators they are a little narrow.
 */
export function rankCorrected(
  readings: readonly Reading[],
  rule: RankingRule,
  sectorOf?: ReadonlyMap<string, string>,
): RankingResult {
  if (readings.length === 0) return { ok: false, refusal: 'no-readings' }
  const options = sectorOf ? { sectorOf, bridgeShare: rule.bridgeShare } : {}
  const refusal = whyNot(reviewGraph(readings, { ...options, lookForCuts: false }))
  if (refusal) return refusal
  const design = designOf(readings)
  const spare = spareReadings(design)
  const needed = Math.max(1, rule.spareReadings)
  if (spare < needed) return { ok: false, refusal: 'too-few-readings', spare, needed }
  const fit = fitModel(design)
  if (!fit.converged) return { ok: false, refusal: 'variances-not-found', iterations: fit.iterations }
  const z = halfWidth(rule.level)
  const raw = new Map(rankRaw(readings).map((r) => [r.proposal, r]))
  const corrected = Array.from(fit.quality, publish)
  const ranks = ranksOf(corrected)
  const ranges = rankRanges(fit, ranks, z)
  const proposals = design.proposals.map((proposal, i): RankedProposal => {
    const plain = raw.get(proposal)!
    const margin = z * fit.qualityError[i]!
    return {
      proposal,
      n: plain.n,
      raw: plain.raw,
      rawRank: plain.rank,
      adjusted: publish(fit.adjusted[i]!),
      corrected: corrected[i]!,
      low: publish(fit.quality[i]! - margin),
      high: publish(fit.quality[i]! + margin),
      rank: ranks[i]!,
      bestRank: ranges[i]![0],
      worstRank: ranges[i]![1],
    }
  })
  const evaluators = design.evaluators.map((evaluator, j): EvaluatorOffset => {
    const margin = z * fit.offsetError[j]!
    const offset = fit.offset[j]!
    const interval = { low: publish(offset - margin), high: publish(offset + margin) }
    return { evaluator, n: design.load[j]!, offset: publish(offset), ...interval }
  })
  return {
    ok: true,
    change: {
      method: rankingMethod,
      mean: publish(fit.mean),
      variances: {
        quality: publish(fit.variances.quality),
        offset: publish(fit.variances.offset),
        noise: publish(fit.variances.noise),
      },
      iterations: fit.iterations,
      proposals: proposals.sort((a, b) => a.rank - b.rank),
      evaluators,
    },
  }
}

/** The refusals that a graph alone decides: to be asked of the plan before assignment opens, too. */
export function whyNot(graph: ReviewGraph): RankingRefusal | undefined {
  const { components, bridges, sectors } = graph
  const bound = sectors.filter((s) => s.short > 0)
  const apart = components.length > 1
  // Components that cut sectors off from each other are the worse case: there the correction does harm.
  const bySector = apart && new Set(components.map((c) => c.sectors.join('\n'))).size > 1
  if (bound.length > 0 || bySector) {
    return { ok: false, refusal: 'bound-to-sectors', components, bridges, sectors: bound }
  }
  if (apart) return { ok: false, refusal: 'graph-not-connected', components, bridges }
  return undefined
}

/** Ranks of values, highest first: 1, 2, 2, 4. */
export function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, k) => k).sort((a, b) => values[b]! - values[a]!)
  const ranks: number[] = new Array(values.length)
  order.forEach((k, place) => {
    const before = order[place - 1]
    ranks[k] = before !== undefined && values[before] === values[k] ? ranks[before]! : place + 1
  })
  return ranks
}

/** Mean and deviation of what is known of each value: independent and normal. */
export type Beliefs = { means: ArrayLike<number>; deviations: ArrayLike<number> }

/**
 * Expected number of values above x, and the variance of that number, on a grid over all values.
 *
 * On a grid of 512 steps, straight between: 3,000 proposals take 1.5 million distribution values, not 27 million. With
 * no more values than steps the sum is taken exactly.
 */
function countAbove({ means, deviations }: Beliefs) {
  const exact = (x: number): [number, number] => {
    let count = 0
    let variance = 0
    for (let k = 0; k < means.length; k++) {
      const p = chanceAbove(x, means[k]!, deviations[k]!)
      count += p
      variance += p * (1 - p)
    }
    return [count, variance]
  }
  const steps = 512
  if (means.length <= steps) return exact
  let low = means[0]!
  let high = low
  let widest = 0
  for (let k = 0; k < means.length; k++) {
    low = Math.min(low, means[k]!)
    high = Math.max(high, means[k]!)
    widest = Math.max(widest, deviations[k]!)
  }
  if (widest === 0) return exact
  low -= 4 * widest
  high += 4 * widest
  const width = (high - low) / steps
  const grid = Array.from({ length: steps + 1 }, (_, g) => exact(low + g * width))
  return (x: number): [number, number] => {
    const at = Math.max(0, Math.min(steps - 1, Math.floor((x - low) / width)))
    const part = Math.max(0, Math.min(1, (x - low) / width - at))
    const a = grid[at]!
    const b = grid[at + 1]!
    return [a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])]
  }
}

/**
 * Ranks not ruled out: where the proposal would stand at either end of its interval among what is believed of the
 * others, and the chance in the others' own places, added in quadrature; cut outwards to whole ranks. A closed form in
 * place of random draws, so that no seed is needed to publish it.
 */
function rankRanges(fit: Fit, ranks: readonly number[], z: number): [number, number][] {
  const means = fit.quality
  const deviations = fit.contrastError
  const above = countAbove({ means, deviations })
  return ranks.map((rank, i) => {
    const mean = means[i]!
    const deviation = deviations[i]!
    const others = (x: number) => {
      const own = chanceAbove(x, mean, deviation)
      const [count, variance] = above(x)
      return { rank: 1 + count - own, variance: Math.max(0, variance - own * (1 - own)) }
    }
    const middle = others(mean)
    const chance = z * z * middle.variance
    const up = middle.rank - others(mean + z * deviation).rank
    const down = others(mean - z * deviation).rank - middle.rank
    const best = Math.floor(middle.rank - Math.sqrt(up * up + chance))
    const worst = Math.ceil(middle.rank + Math.sqrt(down * down + chance))
    return [Math.max(1, Math.min(rank, best)), Math.min(ranks.length, Math.max(rank, worst))]
  })
}

/**
 * Chance that each value is among the first `count`: that it lies above the level which `count` values are expected to
 * exceed. The level is found by 60 halvings, a fixed number, so that it is the same bits everywhere.
 */
export function chanceAmongFirst(beliefs: Beliefs, count: number): number[] {
  const { means, deviations } = beliefs
  if (count >= means.length) return Array.from(means, () => 1)
  if (count <= 0) return Array.from(means, () => 0)
  const above = countAbove(beliefs)
  let low = means[0]!
  let high = low
  for (let k = 0; k < means.length; k++) {
    low = Math.min(low, means[k]! - 8 * deviations[k]!)
    high = Math.max(high, means[k]! + 8 * deviations[k]!)
  }
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2
    if (above(middle)[0] > count) low = middle
    else high = middle
  }
  const line = (low + high) / 2
  return Array.from(means, (mean, k) => chanceAbove(line, mean, deviations[k]!))
}

/** To a millionth of a point: far below what matters, far above what the last bits of a sum could differ by. */
function publish(value: number): number {
  return Math.round(value * 1e6) / 1e6 + 0
}
