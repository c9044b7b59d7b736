import type { Reading, Variances } from './mixed-model.ts'
import { uniforms } from './seeded.ts'

/** Quality, leniency and noise fitted on the scores of NIPS 2014 (Lawrence), as ratios; noise is 45.5 % of the whole. */
export const nips2014: Variances = { quality: 1.278, offset: 0.24, noise: 1.268 }

export type SimulatedRound = {
  readings: Reading[]
  /** True quality and leniency, in points. */
  quality: Map<string, number>
  offset: Map<string, number>
  /** One more reading of a proposal by an evaluator who has not read it yet. */
  readAgain: (proposal: string) => Reading
}

export type SimulatedDesign = {
  seed: string
  proposals: number
  evaluators: number
  readingsEach: number
  variances: Variances
  /** Sectors with teams of their own: this share of the readings is done by people of other teams, drawn by lot. */
  teams?: { sectors: number; bridgeShare: number; sectorVariance: number; sectorOf: Map<string, string> }
}

/**
 * A round whose truth is known: for tests, for the bench and for the rehearsal of a round's rules before it opens.
 *
 * Normal deviates are sums of twelve uniforms less six: mean 0, variance 1, no logarithm. Mixed rounds deal evaluators
 * in a shuffled circle, so that loads differ by one at most.
 */
export function simulateRound(design: SimulatedDesign): SimulatedRound {
  const random = uniforms(design.seed)
  const normal = () => {
    let sum = -6
    for (let k = 0; k < 12; k++) sum += random()
    return sum
  }
  const { variances, teams } = design
  const deviation = {
    quality: Math.sqrt(variances.quality),
    offset: Math.sqrt(variances.offset),
    noise: Math.sqrt(variances.noise),
  }
  const evaluators = Array.from({ length: design.evaluators }, (_, j) => `e${String(j).padStart(4, '0')}`)
  const proposals = Array.from({ length: design.proposals }, (_, i) => `p${String(i).padStart(5, '0')}`)
  const offset = new Map(evaluators.map((e) => [e, deviation.offset * normal()]))
  const sectorLevel = Array.from({ length: teams?.sectors ?? 1 }, () =>
    teams ? Math.sqrt(teams.sectorVariance) * normal() : 0,
  )
  const sectorAt = (k: number) => (teams ? k % teams.sectors : 0)
  const quality = new Map(
    proposals.map((p, i) => {
      teams?.sectorOf.set(p, `s${sectorAt(i)}`)
      return [p, 70 + sectorLevel[sectorAt(i)]! + deviation.quality * normal()]
    }),
  )
  const shuffle = <T>(items: T[]) => {
    for (let k = items.length - 1; k > 0; k--) {
      const other = Math.floor(random() * (k + 1))
      const kept = items[k]!
      items[k] = items[other]!
      items[other] = kept
    }
    return items
  }
  const team = Array.from({ length: teams?.sectors ?? 1 }, (_, s) => evaluators.filter((_, j) => sectorAt(j) === s))
  const queues = team.map((): string[] => [])
  const anyone: string[] = []
  const readersOf = new Map(proposals.map((p) => [p, new Set<string>()]))
  const deal = (proposal: string, queue: string[], from: readonly string[], allowed: (e: string) => boolean) => {
    const taken = readersOf.get(proposal)!
    const fits = (e: string) => !taken.has(e) && allowed(e)
    if (!queue.some(fits)) queue.push(...shuffle([...from]))
    const at = queue.findIndex(fits)
    const evaluator = queue.splice(at, 1)[0]!
    taken.add(evaluator)
    const points = quality.get(proposal)! + offset.get(evaluator)! + deviation.noise * normal()
    return { proposal, evaluator, points }
  }
  const readings: Reading[] = []
  for (const i of shuffle(proposals.map((_, k) => k))) {
    const own = sectorAt(i)
    for (let k = 0; k < design.readingsEach; k++) {
      const bridge = teams ? random() < teams.bridgeShare : true
      if (bridge) readings.push(deal(proposals[i]!, anyone, evaluators, (e) => !teams || !team[own]!.includes(e)))
      else readings.push(deal(proposals[i]!, queues[own]!, team[own]!, () => true))
    }
  }
  return { readings, quality, offset, readAgain: (p) => deal(p, anyone, evaluators, () => true) }
}

/** Share of the truly best `count` proposals that are among the first `count` of `order`, 0-1. */
export function hitShare(order: readonly string[], quality: ReadonlyMap<string, number>, count: number): number {
  const best = [...quality].sort((a, b) => b[1] - a[1]).slice(0, count)
  const chosen = new Set(order.slice(0, count))
  return best.filter(([p]) => chosen.has(p)).length / count
}
