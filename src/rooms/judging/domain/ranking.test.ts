import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { designOf, fitModel, type Reading } from './mixed-model.ts'
import { normalCdf } from './normal.ts'
import { chanceAmongFirst, defaultRankingRule, rankCorrected, rankRaw, ranksOf } from './ranking.ts'
import { byLot } from './seeded.ts'
import { hitShare, nips2014, simulateRound } from './simulated-round.ts'

const small = { proposals: 40, evaluators: 8, readingsEach: 3 }
const scaled = { quality: 30, offset: 25, noise: 25 }
const round = (seed: string) => simulateRound({ ...small, seed, variances: scaled }).readings

function ranked(readings: readonly Reading[], sectorOf?: ReadonlyMap<string, string>) {
  const result = rankCorrected(readings, defaultRankingRule, sectorOf)
  assert.ok(result.ok, result.ok ? '' : result.refusal)
  return result.change
}

const shuffle = (readings: readonly Reading[], seed: string) => {
  const lot = byLot(seed)
  return [...readings].sort((a, b) => lot(`${a.proposal} ${a.evaluator}`, `${b.proposal} ${b.evaluator}`))
}

test('judging: the order of the readings changes no bit', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(5), (seed, k) => {
      const readings = round(`order ${k}`)
      assert.deepEqual(ranked(shuffle(readings, seed)), ranked(readings))
    }),
    { numRuns: 30, seed: 1 },
  )
})

test('judging: ranks are bounded, and lie within their range as the figure within its interval', () => {
  for (let k = 0; k < 20; k++) {
    const { proposals, evaluators } = ranked(round(`bounds ${k}`))
    for (const p of proposals) {
      assert.ok(1 <= p.bestRank && p.bestRank <= p.rank && p.rank <= p.worstRank && p.worstRank <= proposals.length)
      assert.ok(p.low <= p.corrected && p.corrected <= p.high)
      assert.ok(p.rawRank >= 1 && p.rawRank <= proposals.length && p.n === 3)
    }
    for (const e of evaluators) assert.ok(e.low <= e.offset && e.offset <= e.high)
    assert.equal(
      evaluators.reduce((sum, e) => sum + e.n, 0),
      120,
    )
  }
})

test('judging: a common shift moves every figure by itself and no rank', () => {
  fc.assert(
    fc.property(fc.integer({ min: -20, max: 20 }), fc.nat(9), (shift, k) => {
      const readings = round(`shift ${k}`)
      const before = ranked(readings)
      const after = ranked(readings.map((r) => ({ ...r, points: r.points + shift })))
      before.proposals.forEach((p, i) => {
        const q = after.proposals[i]!
        assert.deepEqual([q.proposal, q.rank, q.rawRank], [p.proposal, p.rank, p.rawRank])
        assert.ok(Math.abs(q.corrected - p.corrected - shift) < 1e-4)
      })
    }),
    { numRuns: 30, seed: 2 },
  )
})

test('judging: without shrinkage a harsher evaluator changes no corrected difference at all', () => {
  fc.assert(
    fc.property(fc.integer({ min: -30, max: 30 }), fc.nat(7), fc.nat(9), (shift, who, k) => {
      const readings = round(`harsh ${k}`)
      const changed = readings.map((r) => (r.evaluator === `e000${who}` ? { ...r, points: r.points + shift } : r))
      const variances = { quality: 1e7, offset: 1e7, noise: 1 }
      const before = fitModel(designOf(readings), { variances })
      const after = fitModel(designOf(changed), { variances })
      const first = after.quality[0]! - before.quality[0]!
      for (let i = 0; i < before.quality.length; i++) {
        assert.ok(Math.abs(after.quality[i]! - before.quality[i]! - first) < 1e-3)
      }
    }),
    { numRuns: 40, seed: 3 },
  )
})

test('judging: with shrinkage a harsher evaluator moves the corrected figures less than the raw means', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 30 }), fc.nat(7), fc.nat(9), (shift, who, k) => {
      const readings = round(`bias ${k}`)
      const name = `e000${who}`
      const changed = readings.map((r) => (r.evaluator === name ? { ...r, points: r.points - shift } : r))
      const moved = (figure: 'raw' | 'corrected') => {
        const before = new Map(ranked(readings).proposals.map((p) => [p.proposal, p[figure]]))
        const moves = ranked(changed).proposals.map((p) => p[figure] - before.get(p.proposal)!)
        const mean = moves.reduce((a, b) => a + b, 0) / moves.length
        return moves.reduce((a, b) => a + (b - mean) ** 2, 0)
      }
      assert.ok(moved('corrected') < 0.5 * moved('raw'))
    }),
    { numRuns: 40, seed: 4 },
  )
})

test('judging: two halves that share no reader are refused, and the bridge named would mend it', () => {
  const left = round('left').map((r) => ({ ...r, proposal: `l${r.proposal}`, evaluator: `l${r.evaluator}` }))
  const all = [...left, ...round('right')]
  const result = rankCorrected(all, defaultRankingRule)
  assert.ok(!result.ok && result.refusal === 'graph-not-connected')
  assert.deepEqual(
    result.components.map((c) => [c.proposals.length, c.evaluators.length]),
    [
      [40, 8],
      [40, 8],
    ],
  )
  assert.equal(result.bridges.length, 1)
  ranked([...all, ...result.bridges.map(({ proposal, evaluator }) => ({ proposal, evaluator, points: 70 }))])
})

test('judging: closed sector teams are refused, a thin bridge too, one reader of three is enough', () => {
  const teams = (bridgeShare: number) => {
    const sectorOf = new Map<string, string>()
    const team = { sectors: 3, bridgeShare, sectorVariance: 10, sectorOf }
    const design = { seed: 'teams', proposals: 300, evaluators: 15, readingsEach: 3, variances: scaled, teams: team }
    return rankCorrected(simulateRound(design).readings, defaultRankingRule, sectorOf)
  }
  const closed = teams(0)
  assert.ok(!closed.ok && closed.refusal === 'bound-to-sectors')
  assert.deepEqual(
    closed.components.map((c) => c.sectors.length),
    [1, 1, 1],
  )
  const thin = teams(0.05)
  assert.ok(!thin.ok && thin.refusal === 'bound-to-sectors')
  assert.equal(thin.components.length, 1)
  assert.ok(thin.sectors.every((s) => s.share < 0.3 && s.short > 0))
  assert.ok(teams(0.4).ok)
})

test('judging: one reading each says nothing about readers', () => {
  const result = rankCorrected(
    Array.from({ length: 20 }, (_, k) => ({ proposal: `p${k}`, evaluator: 'e', points: 50 + k })),
    defaultRankingRule,
  )
  assert.deepEqual(result, { ok: false, refusal: 'too-few-readings', spare: 0, needed: 10 })
  assert.deepEqual(rankCorrected([], defaultRankingRule), { ok: false, refusal: 'no-readings' })
})

test('judging: equal figures share a rank', () => {
  assert.deepEqual(ranksOf([5, 9, 7, 9, 1]), [4, 1, 3, 1, 5])
  const alike = round('alike').map((r) => ({ ...r, points: 75 }))
  for (const p of ranked(alike).proposals) assert.deepEqual([p.rank, p.rawRank, p.corrected], [1, 1, 75])
  assert.deepEqual(
    rankRaw([
      { proposal: 'b', evaluator: 'x', points: 80 },
      { proposal: 'a', evaluator: 'x', points: 80 },
    ]).map((r) => [r.proposal, r.rank]),
    [
      ['a', 1],
      ['b', 1],
    ],
  )
})

test('judging: chances of being among the first sum to the places and follow the means', () => {
  assert.ok(Math.abs(normalCdf(1.6448536) - 0.95) < 1e-6 && Math.abs(normalCdf(-1.959964) - 0.025) < 1e-6)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 30 }), fc.nat(30), (means, n) => {
      const chances = chanceAmongFirst({ means, deviations: means.map(() => 5) }, n)
      const sum = chances.reduce((a, b) => a + b, 0)
      assert.ok(Math.abs(sum - Math.min(n, means.length)) < 1e-4)
      means.forEach((a, i) => {
        means.forEach((b, k) => {
          if (a > b) assert.ok(chances[i]! >= chances[k]!)
        })
      })
    }),
  )
})

test('judging: under NIPS 2014 variances the model finds more of the true best than the raw mean', () => {
  const repetitions = 16
  const found = (offset: number) => {
    let raw = 0
    let corrected = 0
    let within = 0
    let inRange = 0
    for (let k = 0; k < repetitions; k++) {
      const variances = { ...nips2014, offset: nips2014.offset * offset }
      const design = { seed: `nips ${k}`, proposals: 3000, evaluators: 150, readingsEach: 3, variances }
      const truth = simulateRound(design)
      const { proposals } = ranked(truth.readings)
      const byRaw = [...proposals].sort((a, b) => b.raw - a.raw).map((p) => p.proposal)
      raw += hitShare(byRaw, truth.quality, 99) / repetitions
      corrected +=
        hitShare(
          proposals.map((p) => p.proposal),
          truth.quality,
          99,
        ) / repetitions
      const trueRanks = ranksOf(proposals.map((p) => truth.quality.get(p.proposal)!))
      proposals.forEach((p, i) => {
        const quality = truth.quality.get(p.proposal)!
        const share = 1 / proposals.length / repetitions
        if (p.low <= quality && quality <= p.high) within += share
        if (p.bestRank <= trueRanks[i]! && trueRanks[i]! <= p.worstRank) inRange += share
      })
    }
    return { raw, corrected, within, inRange }
  }
  const plain = found(1)
  assert.ok(plain.corrected > 1.02 * plain.raw, JSON.stringify(plain))
  const biased = found(4)
  assert.ok(biased.corrected > 1.12 * biased.raw, JSON.stringify(biased))
  // A 90 % interval and a 90 % rank range must hold the truth about nine times of ten.
  for (const share of [plain.within, plain.inRange, biased.within, biased.inRange]) {
    assert.ok(share > 0.88 && share < 0.92, JSON.stringify({ plain, biased }))
  }
})
