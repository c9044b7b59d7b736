import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Reading } from './mixed-model.ts'
import { defaultRankingRule, rankCorrected } from './ranking.ts'
import { hitShare, nips2014, simulateRound } from './simulated-round.ts'
import { checkWaveRule, type Entry, type IssuedWave, nextWave, proveMinimum, type WaveRule } from './waves.ts'

const rule: WaveRule = {
  version: 1,
  initial: 2,
  waves: [
    { proposals: 30, extra: 2 },
    { proposals: 10, extra: 3 },
  ],
  lines: { all: 12 },
  stopBelow: 0,
  bridgeShare: 0.3,
  seed: 'published beforehand',
}
const small = { proposals: 120, evaluators: 12, readingsEach: 2, variances: nips2014 }
const entriesOf = (quality: ReadonlyMap<string, number>): Entry[] =>
  [...quality.keys()].map((proposal) => ({ proposal, cluster: 'all' }))

/** Read under the rule until it ends. */
function readAll(rule: WaveRule, design: Parameters<typeof simulateRound>[0]) {
  const truth = simulateRound(design)
  const entries = entriesOf(truth.quality)
  const readings: Reading[] = [...truth.readings]
  const issued: IssuedWave[] = []
  for (;;) {
    const next = nextWave(rule, entries, issued, readings)
    if (next.state === 'finished') return { truth, entries, readings, issued, end: next }
    assert.equal(next.state, 'read-more')
    const proposals = next.proposals.map((p) => p.proposal)
    issued.push({ proposals, extra: next.extra })
    for (const p of proposals) for (let k = 0; k < next.extra; k++) readings.push(truth.readAgain(p))
  }
}

test('judging: a wave rule without two readings each, or with an empty wave, is refused', () => {
  assert.ok(checkWaveRule(rule).ok)
  assert.deepEqual(checkWaveRule({ ...rule, initial: 1 }), { ok: false, refusal: 'initial-below-two' })
  const empty = { ...rule, waves: [{ proposals: 5, extra: 0 }] }
  assert.deepEqual(checkWaveRule(empty), { ok: false, refusal: 'empty-wave' })
  assert.deepEqual(checkWaveRule({ ...rule, stopBelow: 2 }), { ok: false, refusal: 'stop-not-a-chance' })
})

test('judging: nothing is chosen while a reading is owed, and what is owed is named', () => {
  const { readings, quality } = simulateRound({ ...small, seed: 'owed' })
  const entries = entriesOf(quality)
  const dropped = readings.slice(1)
  const { proposal } = readings[0]!
  const next = nextWave(rule, entries, [], dropped)
  assert.equal(next.state, 'waiting')
  assert.deepEqual(next.state === 'waiting' && next.owed, [{ proposal, has: 1, owed: 2 }])
  assert.deepEqual(next.minimum.short, [{ proposal, has: 1, owed: 2 }])
  assert.equal(next.minimum.met, false)
  const open = nextWave(rule, entries, [{ proposals: [proposal], extra: 2 }], readings)
  assert.deepEqual(open.state === 'waiting' && open.owed, [{ proposal, has: 2, owed: 4 }])
})

test('judging: every entry keeps its minimum to the end, waves keep to their size, the budget is what was published', () => {
  for (let k = 0; k < 10; k++) {
    const { entries, readings, issued, end } = readAll(rule, { ...small, seed: `minimum ${k}` })
    const proof = proveMinimum(rule, entries, readings)
    assert.deepEqual(proof, { minimum: 2, entries: 120, least: 2, met: true, short: [] })
    assert.equal(end.state === 'finished' && end.reason, 'waves-used')
    assert.deepEqual(
      issued.map((w) => [w.proposals.length, new Set(w.proposals).size, w.extra]),
      [
        [30, 30, 2],
        [10, 10, 3],
      ],
    )
    assert.equal(readings.length, 240 + 60 + 30)
  }
})

test('judging: the next wave depends on neither the order of readings nor that of entries', () => {
  const { readings, quality } = simulateRound({ ...small, seed: 'order' })
  const entries = entriesOf(quality)
  const next = nextWave(rule, entries, [], readings)
  assert.deepEqual(nextWave(rule, [...entries].reverse(), [], [...readings].reverse()), next)
  assert.ok(next.state === 'read-more' && next.basis === 'corrected')
  const chances = next.proposals.map((p) => p.chance)
  assert.deepEqual(
    chances,
    [...chances].sort((a, b) => b - a),
  )
  assert.ok(chances.every((c) => c > 0 && c <= 0.5))
})

test('judging: each cluster has its own line', () => {
  const { readings, quality } = simulateRound({ ...small, seed: 'clusters' })
  const names = [...quality].sort((a, b) => b[1] - a[1]).map(([p]) => p)
  const entries = names.map((proposal, k) => ({ proposal, cluster: k < 60 ? 'strong' : 'weak' }))
  const next = nextWave({ ...rule, lines: { strong: 6, weak: 6 } }, entries, [], readings)
  assert.ok(next.state === 'read-more')
  const clusters = new Set(next.proposals.map((p) => entries.find((e) => e.proposal === p.proposal)!.cluster))
  assert.deepEqual([...clusters].sort(), ['strong', 'weak'])
  const takeAll = nextWave({ ...rule, lines: { strong: 60, weak: 0 } }, entries, [], readings)
  assert.equal(takeAll.state === 'finished' && takeAll.reason, 'nothing-in-doubt')
  assert.throws(() => nextWave(rule, entries, [], readings), /No line for cluster/)
})

test('judging: readers closed in by sector are weighed by raw means', () => {
  const sectorOf = new Map<string, string>()
  const teams = { sectors: 3, bridgeShare: 0.05, sectorVariance: 1, sectorOf }
  const { readings, quality } = simulateRound({ ...small, seed: 'sectors', teams })
  const basis = (entries: readonly Entry[]) => {
    const next = nextWave(rule, entries, [], readings)
    return next.state === 'read-more' && next.basis
  }
  assert.equal(basis(entriesOf(quality)), 'corrected')
  assert.equal(basis(entriesOf(quality).map((e) => ({ ...e, sector: sectorOf.get(e.proposal)! }))), 'raw')
})

test('judging: reading stops when nobody is in doubt any more', () => {
  const { readings, quality } = simulateRound({ ...small, seed: 'stop' })
  const sure = readings.map((r) => ({ ...r, points: quality.get(r.proposal)! }))
  const next = nextWave({ ...rule, stopBelow: 0.2 }, entriesOf(quality), [], sure)
  assert.ok(next.state !== 'waiting')
  const strict = nextWave({ ...rule, stopBelow: 0.5 }, entriesOf(quality), [], sure)
  assert.equal(strict.state, 'finished')
})

test('judging: equal chances are drawn by the seed, and readers who share nothing are weighed by raw means', () => {
  const entries = Array.from({ length: 8 }, (_, k) => ({ proposal: `p${k}`, cluster: 'all' }))
  const readings = entries.flatMap(({ proposal }, k) => [
    { proposal, evaluator: `a${k}`, points: 60 },
    { proposal, evaluator: `b${k}`, points: 80 },
  ])
  const pick = (seed: string) => {
    const next = nextWave(
      { ...rule, seed, lines: { all: 4 }, waves: [{ proposals: 3, extra: 1 }] },
      entries,
      [],
      readings,
    )
    assert.ok(next.state === 'read-more' && next.basis === 'raw')
    return next.proposals.map((p) => p.proposal).join()
  }
  assert.equal(pick('one'), pick('one'))
  assert.ok(new Set(['one', 'two', 'three', 'four', 'five'].map(pick)).size > 1)
})

test('judging: with the same 9,000 readings adaptive reading finds far more of the true Top 99', () => {
  const waves = [
    { proposals: 750, extra: 2 },
    { proposals: 300, extra: 3 },
    { proposals: 200, extra: 3 },
  ]
  const large = { proposals: 3000, evaluators: 150, variances: nips2014 }
  const found = (readings: readonly Reading[], quality: ReadonlyMap<string, number>) => {
    const result = rankCorrected(readings, defaultRankingRule)
    assert.ok(result.ok)
    const order = result.change.proposals.map((p) => p.proposal)
    return hitShare(order, quality, 99)
  }
  const repetitions = 6
  let adaptive = 0
  let uniform = 0
  for (let k = 0; k < repetitions; k++) {
    const { truth, readings } = readAll(
      { ...rule, waves, lines: { all: 99 } },
      { ...large, seed: `a ${k}`, readingsEach: 2 },
    )
    assert.equal(readings.length, 9000)
    adaptive += found(readings, truth.quality) / repetitions
    const other = simulateRound({ ...large, seed: `a ${k}`, readingsEach: 3 })
    uniform += found(other.readings, other.quality) / repetitions
  }
  assert.ok(adaptive > uniform + 0.1, JSON.stringify({ adaptive, uniform }))
})
