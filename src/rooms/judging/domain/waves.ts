import { decide, refuse } from '#platform/result.ts'
import { designOf, fitModel, type Reading, spareReadings } from './mixed-model.ts'
import { chanceAmongFirst, whyNot } from './ranking.ts'
import { reviewGraph } from './review-graph.ts'
import { byCodeUnit, byLot } from './seeded.ts'

/**
 * How a round is read, fixed and published before the first reading.
 *
 * Everybody gets `initial` readings. Then, wave by wave, the `proposals` whose place relative to the line is least sure
 * get `extra` more each, until the waves are used up or nobody's chance of standing on the wrong side reaches
 * `stopBelow`. `lines` says how many are selected in each cluster. `bridgeShare` is that of the ranking rule. `seed`
 * decides only between equal chances.
 */
export type WaveRule = {
  version: 1
  initial: number
  waves: readonly { proposals: number; extra: number }[]
  lines: Readonly<Record<string, number>>
  stopBelow: number
  bridgeShare: number
  seed: string
}

/** `sector` where readers are dealt by sector; either every entry has one or none. */
export type Entry = { proposal: string; cluster: string; sector?: string }

/** A wave that was sent out: these proposals were owed `extra` more readings each. */
export type IssuedWave = { proposals: readonly string[]; extra: number }

/** Readings that are owed and not yet there. */
export type Owed = { proposal: string; has: number; owed: number }

/** That nobody was read less than the rule promises: `least` is the smallest number of readings over all entries. */
export type MinimumProof = { minimum: number; entries: number; least: number; met: boolean; short: Owed[] }

export type NextWave =
  | { state: 'waiting'; minimum: MinimumProof; owed: Owed[] }
  | {
      state: 'read-more'
      wave: number
      extra: number
      /** Least sure first. `chance` is the chance of standing on the other side of the line than it does now, 0-0.5. */
      proposals: { proposal: string; chance: number }[]
      /** Whether leniency was taken out for this choice; 'raw' when the graph does not allow it yet. */
      basis: 'corrected' | 'raw'
      minimum: MinimumProof
    }
  | { state: 'finished'; reason: 'waves-used' | 'nothing-in-doubt'; minimum: MinimumProof }

/** A wave as it was sent out and kept. */
export type StoredWave = {
  seq: number
  extra: number
  proposals: { proposal: string; chance: number }[]
  basis: 'corrected' | 'raw'
  minimum: MinimumProof
  /** Own deadline of its readings; null: that of the round. */
  until: Date | null
  at: Date
}

/** May this be the rule of a round? Below two readings each, noise cannot be told from quality. */
export function checkWaveRule(rule: WaveRule) {
  const whole = (x: number) => Number.isInteger(x) && x >= 0
  if (!whole(rule.initial) || rule.initial < 2) return refuse('initial-below-two')
  if (rule.waves.some((w) => !whole(w.proposals) || !whole(w.extra) || w.proposals === 0 || w.extra === 0)) {
    return refuse('empty-wave')
  }
  if (Object.values(rule.lines).some((n) => !whole(n))) return refuse('line-not-a-number')
  if (!(rule.stopBelow >= 0 && rule.stopBelow <= 0.5)) return refuse('stop-not-a-chance')
  return decide(rule)
}

/** Did every entry get its minimum? Counts readings of entries only; throws on an entry listed twice. */
export function proveMinimum(rule: WaveRule, entries: readonly Entry[], readings: readonly Reading[]): MinimumProof {
  const has = countReadings(entries, readings)
  const short = owedTo(new Map([...has.keys()].map((p) => [p, rule.initial])), has)
  const least = [...has.values()].reduce((a, b) => Math.min(a, b), entries.length === 0 ? 0 : Number.POSITIVE_INFINITY)
  return { minimum: rule.initial, entries: entries.length, least, met: short.length === 0, short }
}

/**
 * Who is read next, from the rule, the waves sent out so far and all readings.
 *
 * Nothing is chosen while a reading is owed: a wave chosen from half its scores would depend on who is quick. Extra
 * readings never take the first ones away. The order of the input does not matter. Throws when an entry's cluster has
 * no line or the rule is one that `checkWaveRule` refuses.
 *
 * "Least sure" is the smaller of the chances of being among the first `lines[cluster]` and of not being so, under the
 * mixed model. With NIPS 2014 noise, 3,000 proposals and 9,000 readings, two readings each and then 750 × 2, 300 × 3
 * and 200 × 3 find 71 % of the true Top 99, three readings each 53 % (20 simulated rounds, see the bench).
 */
export function nextWave(
  rule: WaveRule,
  entries: readonly Entry[],
  issued: readonly IssuedWave[],
  readings: readonly Reading[],
): NextWave {
  if (!checkWaveRule(rule).ok) throw new Error('The wave rule is not valid')
  const unlined = entries.find((e) => !Object.hasOwn(rule.lines, e.cluster))
  if (unlined) throw new Error(`No line for cluster ${unlined.cluster}`)
  const minimum = proveMinimum(rule, entries, readings)
  const has = countReadings(entries, readings)
  const promised = new Map([...has.keys()].map((p) => [p, rule.initial]))
  for (const { proposals, extra } of issued) {
    // A proposal withdrawn since then is owed nothing.
    for (const p of proposals) if (promised.has(p)) promised.set(p, promised.get(p)! + extra)
  }
  const owed = owedTo(promised, has)
  if (owed.length > 0) return { state: 'waiting', minimum, owed }
  const wave = rule.waves[issued.length]
  if (!wave) return { state: 'finished', reason: 'waves-used', minimum }
  const { chances, basis } = chancesOfCrossing(rule, entries, readings)
  const lot = byLot(`${rule.seed}\n${issued.length}`)
  const doubtful = [...chances]
    .filter(([, chance]) => chance > 0 && chance >= rule.stopBelow)
    .sort((a, b) => b[1] - a[1] || lot(a[0], b[0]))
    .slice(0, wave.proposals)
    .map(([proposal, chance]) => ({ proposal, chance }))
  if (doubtful.length === 0) return { state: 'finished', reason: 'nothing-in-doubt', minimum }
  return { state: 'read-more', wave: issued.length + 1, extra: wave.extra, proposals: doubtful, basis, minimum }
}

/** For every entry the chance of standing on the wrong side of its cluster's line, cut to a billionth. */
function chancesOfCrossing(rule: WaveRule, entries: readonly Entry[], readings: readonly Reading[]) {
  const clusterOf = new Map(entries.map((e) => [e.proposal, e.cluster]))
  const chances = new Map<string, number>()
  const own = readings.filter((r) => clusterOf.has(r.proposal))
  if (own.length === 0) return { chances, basis: 'raw' as const }
  const design = designOf(own)
  const sectors = entries.flatMap(({ proposal, sector }) => (sector === undefined ? [] : [[proposal, sector] as const]))
  const options = sectors.length > 0 ? { sectorOf: new Map(sectors), bridgeShare: rule.bridgeShare } : {}
  const graph = reviewGraph(own, { ...options, lookForCuts: false })
  const correctable = whyNot(graph) === undefined && spareReadings(design) > 0
  const fit = fitModel(design, { offsets: correctable })
  const members = new Map<string, number[]>()
  design.proposals.forEach((p, i) => {
    const cluster = clusterOf.get(p)!
    const places = members.get(cluster) ?? []
    places.push(i)
    members.set(cluster, places)
  })
  for (const [cluster, places] of members) {
    const means = places.map((i) => fit.quality[i]!)
    const deviations = places.map((i) => fit.contrastError[i]!)
    const inside = chanceAmongFirst({ means, deviations }, rule.lines[cluster]!)
    places.forEach((i, k) => {
      chances.set(design.proposals[i]!, Math.round(Math.min(inside[k]!, 1 - inside[k]!) * 1e9) / 1e9)
    })
  }
  return { chances, basis: correctable ? ('corrected' as const) : ('raw' as const) }
}

function countReadings(entries: readonly Entry[], readings: readonly Reading[]): Map<string, number> {
  const has = new Map(entries.map((e) => [e.proposal, 0]))
  if (has.size !== entries.length) throw new Error('An entry is listed twice')
  for (const { proposal } of readings) {
    const n = has.get(proposal)
    if (n !== undefined) has.set(proposal, n + 1)
  }
  return has
}

function owedTo(promised: ReadonlyMap<string, number>, has: ReadonlyMap<string, number>): Owed[] {
  return [...promised]
    .map(([proposal, owed]) => ({ proposal, has: has.get(proposal) ?? 0, owed }))
    .filter((o) => o.has < o.owed)
    .sort((a, b) => byCodeUnit(a.proposal, b.proposal))
}
