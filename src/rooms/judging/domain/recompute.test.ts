import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonicalJson } from './canonical-json.ts'
import { defaultRankingRule } from './ranking.ts'
import { checkRules, methods, type RankingBundle, type RoundRules, recompute, recomputeText } from './recompute.ts'
import { byLot } from './seeded.ts'
import { simulateRound } from './simulated-round.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const rules: RoundRules = {
  criteria: [
    { id: 'newness', weight: 40 },
    { id: 'effect', weight: 60 },
  ],
  rounding: { decimals: 2, half: 'up' },
  ranking: defaultRankingRule,
  selectBy: 'corrected',
  quotas: { city: 5, regency: 5 },
  passMark: null,
  waves: null,
}
const design = { seed: 'bundle', proposals: 60, evaluators: 10, readingsEach: 3 }
const round = simulateRound({ ...design, variances: { quality: 20, offset: 10, noise: 20 } })
const bundle: RankingBundle = {
  version: 1,
  round: '2026',
  rulesHash: sha256(canonicalJson(rules)),
  rules,
  methods,
  seed: 'bundle',
  proposals: [...round.quality.keys()].map((code, k) => ({
    code,
    cluster: k % 2 === 0 ? 'city' : 'regency',
    sector: null,
  })),
  sheets: round.readings.map(({ proposal, evaluator, points }) => {
    const given = Math.round(Math.max(0, Math.min(100, points)) * 100) / 100
    return { proposal, evaluator, points: { newness: given, effect: given } }
  }),
}

const reversedKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversedKeys)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([k, v]) => [k, reversedKeys(v)]),
  )
}

test('judging: a bundle recomputes to the same bytes, whatever the order of its sheets, proposals and keys', () => {
  const bytes = recomputeText(bundle)
  assert.ok(recompute(bundle).ok)
  fc.assert(
    fc.property(fc.string(), (seed) => {
      const lot = byLot(seed)
      const proposals = [...bundle.proposals].sort((a, b) => lot(a.code, b.code))
      const sheets = [...bundle.sheets].sort((a, b) => lot(canonicalJson(a), canonicalJson(b)))
      const sent = JSON.parse(JSON.stringify(reversedKeys({ ...bundle, proposals, sheets }))) as RankingBundle
      assert.equal(recomputeText(sent), bytes)
    }),
    { numRuns: 30 },
  )
})

test('judging: the bytes are those of the day the method was published', () => {
  // If this fails, an old round no longer recomputes: give the changed method a new name and keep this one.
  assert.equal(sha256(recomputeText(bundle)), 'ce120764a993d2424505b2110ac7d0d926afe986b749bd38f23a295a2371066c')
})

test('judging: the result names every proposal and no evaluator offset', () => {
  const result = recompute(bundle)
  assert.ok(result.ok)
  const { scores, corrected, selection } = result.change
  assert.equal(scores.length, 60)
  assert.ok('proposals' in corrected && corrected.proposals.length === 60)
  assert.deepEqual(
    selection.map((s) => [s.cluster, s.selected.length + (s.tie?.places ?? 0)]),
    [
      ['city', 5],
      ['regency', 5],
    ],
  )
  assert.ok(!('evaluators' in corrected))
})

test('judging: an unfinished sheet is left out and named, in the ranking too', () => {
  const [first, ...rest] = bundle.sheets
  const hole = { ...first!, points: { newness: 1, effect: null } }
  const result = recompute({ ...bundle, sheets: [hole, ...rest] })
  const without = recompute({ ...bundle, sheets: rest })
  assert.ok(result.ok && without.ok)
  assert.deepEqual(result.change.corrected, without.change.corrected)
  const score = result.change.scores.find((s) => s.proposal === hole.proposal)!
  assert.deepEqual([score.n, score.leftOut], [2, [{ evaluator: hole.evaluator, missing: ['effect'] }]])
})

test('judging: a bundle that cannot be recomputed says why', () => {
  const refusal = (change: Partial<RankingBundle>) => {
    const result = recompute({ ...bundle, ...change })
    return result.ok ? undefined : result.refusal
  }
  const sheet = bundle.sheets[0]!
  assert.equal(refusal({ methods: { ...methods, ranking: 'z-score/1' } }), 'other-method')
  assert.equal(refusal({ sheets: [...bundle.sheets, sheet] }), 'sheet-twice')
  assert.equal(refusal({ sheets: [{ ...sheet, proposal: 'nobody' }] }), 'sheet-of-unknown-proposal')
  assert.equal(refusal({ sheets: [{ ...sheet, points: { newness: 101 } }] }), 'points-not-valid')
  assert.equal(refusal({ proposals: [...bundle.proposals, bundle.proposals[0]!] }), 'proposal-twice')
  assert.equal(refusal({ rules: { ...rules, quotas: {} } }), 'quotas-not-valid')
  assert.equal(refusal({ rules: { ...rules, criteria: [] } }), 'criteria-not-valid')
  assert.equal(refusal({ sheets: [] }), 'correction-refused')
  assert.equal(refusal({ sheets: [], rules: { ...rules, selectBy: 'raw' } }), undefined)
})

test('judging: rules changed after publication are noticed', () => {
  assert.equal(checkRules(bundle, sha256), true)
  assert.equal(checkRules({ ...bundle, rules: { ...rules, passMark: 85 } }, sha256), false)
})

test('judging: canonical JSON is one text for one value', () => {
  assert.equal(canonicalJson({ b: [1, 1e21, -0], a: 'é\n', c: undefined }), '{"a":"é\\n","b":[1,1e+21,0]}')
  fc.assert(
    fc.property(fc.jsonValue(), (v) => assert.deepEqual(JSON.parse(canonicalJson(v)), JSON.parse(JSON.stringify(v)))),
  )
  for (const bad of [undefined, Number.NaN, new Map(), () => 1, 1n]) assert.throws(() => canonicalJson(bad), TypeError)
})
