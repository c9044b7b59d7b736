import type { Reading, Variances } from '../src/rooms/judging/domain/mixed-model.ts'
import { defaultRankingRule, rankCorrected, rankRaw } from '../src/rooms/judging/domain/ranking.ts'
import { reviewGraph } from '../src/rooms/judging/domain/review-graph.ts'
import { hitShare, nips2014, simulateRound } from '../src/rooms/judging/domain/simulated-round.ts'
import { type IssuedWave, nextWave, type WaveRule } from '../src/rooms/judging/domain/waves.ts'

export type Figure = { name: string; value: number; unit: string; note: string }

const best = 99
const waveRule: WaveRule = {
  version: 1,
  initial: 2,
  waves: [
    { proposals: 750, extra: 2 },
    { proposals: 300, extra: 3 },
    { proposals: 200, extra: 3 },
  ],
  lines: { all: best },
  stopBelow: 0,
  bridgeShare: 0.3,
  seed: 'bench',
}

/** Ranking of 3,000 proposals at one, two and four times the size, and what correction and adaptive reading find. */
export async function benchRanking(): Promise<Figure[]> {
  const figures: Figure[] = []
  const add = (name: string, value: number, unit: string, note: string) => {
    figures.push({ name, value: Math.round(value * 1000) / 1000, unit, note })
  }
  const times: number[] = []
  for (const size of [1, 2, 4]) {
    const { readings } = simulateRound(roundOf(`bench ${size}`, 3, nips2014, size))
    const note = `${3000 * size} proposals, ${150 * size} evaluators, ${readings.length} readings; median of 5`
    times.push(medianTime(() => rankCorrected(readings, defaultRankingRule)))
    add(`rank corrected ${size}×`, times.at(-1)!, 'ms', note)
    add(
      `rank raw ${size}×`,
      medianTime(() => rankRaw(readings)),
      'ms',
      note,
    )
    add(
      `check the graph ${size}×`,
      medianTime(() => reviewGraph(readings)),
      'ms',
      `${note}; each evaluator's absence tried`,
    )
  }
  add('growth 1× to 2×', times[1]! / times[0]!, 'times', 'evaluators grow too: readings + evaluators³')
  add('growth 2× to 4×', times[2]! / times[1]!, 'times', 'evaluators grow too: readings + evaluators³')
  const many = simulateRound({ ...roundOf('bench more', 3, nips2014, 4), evaluators: 150 }).readings
  add(
    'rank corrected 4×, 150 evaluators',
    medianTime(() => rankCorrected(many, defaultRankingRule)),
    'ms',
    'proposals alone grow',
  )

  const repetitions = 20
  for (const strength of [1, 4]) {
    const variances = { ...nips2014, offset: nips2014.offset * strength }
    let raw = 0
    let corrected = 0
    for (let k = 0; k < repetitions; k++) {
      const { readings, quality } = simulateRound(roundOf(`bench hit ${k}`, 3, variances))
      raw +=
        hitShare(
          rankRaw(readings).map((r) => r.proposal),
          quality,
          best,
        ) / repetitions
      corrected += hitShare(order(readings), quality, best) / repetitions
    }
    const note = `share of the true Top ${best}, NIPS 2014 variances, leniency × ${strength}, ${repetitions} rounds`
    add(`found by raw mean, leniency × ${strength}`, 100 * raw, '%', note)
    add(`found by mixed model, leniency × ${strength}`, 100 * corrected, '%', note)
  }
  let uniform = 0
  let adaptive = 0
  for (let k = 0; k < repetitions; k++) {
    const even = simulateRound(roundOf(`bench waves ${k}`, 3, nips2014))
    uniform += hitShare(order(even.readings), even.quality, best) / repetitions
    const { readings, quality } = readInWaves(`bench waves ${k}`)
    adaptive += hitShare(order(readings), quality, best) / repetitions
  }
  add('found by 3 readings each', 100 * uniform, '%', `9,000 readings, ${repetitions} rounds`)
  add('found by 2 each and three waves', 100 * adaptive, '%', `the same 9,000 readings, ${repetitions} rounds`)
  return figures
}

function roundOf(seed: string, readingsEach: number, variances: Variances, size = 1) {
  return { seed, proposals: 3000 * size, evaluators: 150 * size, readingsEach, variances }
}

function readInWaves(seed: string) {
  const truth = simulateRound(roundOf(seed, 2, nips2014))
  const readings = [...truth.readings]
  const entries = [...truth.quality.keys()].map((proposal) => ({ proposal, cluster: 'all' }))
  const issued: IssuedWave[] = []
  for (;;) {
    const next = nextWave(waveRule, entries, issued, readings)
    if (next.state !== 'read-more') return { readings, quality: truth.quality }
    const proposals = next.proposals.map((p) => p.proposal)
    issued.push({ proposals, extra: next.extra })
    for (const p of proposals) for (let k = 0; k < next.extra; k++) readings.push(truth.readAgain(p))
  }
}

function order(readings: readonly Reading[]): string[] {
  const result = rankCorrected(readings, defaultRankingRule)
  if (!result.ok) throw new Error(result.refusal)
  return result.change.proposals.map((p) => p.proposal)
}

function medianTime(work: () => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return times.sort((a, b) => a - b)[2]!
}

if (import.meta.main) console.table(await benchRanking())
