import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  checkCriteria,
  checkPoints,
  needsThirdReader,
  proposalScore,
  roundRatio,
  type Sheet,
  sheetTotal,
} from './score.ts'

const up = { decimals: 2, half: 'up' } as const
const criteria = [
  { id: 'newness', weight: 30 },
  { id: 'effect', weight: 50 },
  { id: 'video', weight: 20 },
  { id: 'notes', weight: 0 },
]
const points = fc.integer({ min: 0, max: 10_000 }).map((n) => n / 100)
const sheetPoints = fc.record({
  newness: fc.option(points, { freq: 6 }),
  effect: points,
  video: points,
  notes: fc.option(points),
})
const sheets = fc
  .array(sheetPoints, { maxLength: 8 })
  .map((all): Sheet[] => all.map((p, k) => ({ proposal: 'p', evaluator: `e${k}`, points: p })))

test('judging: a total is the weighted sum, and a weight of 0 counts for nothing', () => {
  const sheet = { proposal: 'p', evaluator: 'e', points: { newness: 80, effect: 70.5, video: 91, notes: null } }
  assert.deepEqual(sheetTotal(criteria, sheet, up), { complete: true, total: 77.45 })
  const bounds = fc.property(sheetPoints, points, (given, notes) => {
    const total = sheetTotal(criteria, { proposal: 'p', evaluator: 'e', points: given }, up)
    const other = sheetTotal(criteria, { proposal: 'p', evaluator: 'e', points: { ...given, notes } }, up)
    assert.deepEqual(other, total)
    if (!total.complete) return assert.deepEqual(total.missing, ['newness'])
    const parts = [given.newness!, given.effect, given.video]
    assert.ok(total.total >= Math.min(...parts) && total.total <= Math.max(...parts))
  })
  fc.assert(bounds)
})

test('judging: a half is rounded as the rule says, on exact halves', () => {
  const half = { proposal: 'p', evaluator: 'e', points: { a: 1.01, b: 1 } }
  const even = [
    { id: 'a', weight: 50 },
    { id: 'b', weight: 50 },
  ]
  assert.deepEqual(sheetTotal(even, half, up), { complete: true, total: 1.01 })
  assert.deepEqual(sheetTotal(even, half, { decimals: 2, half: 'even' }), { complete: true, total: 1 })
  assert.equal(roundRatio(5, 2, { decimals: 0, half: 'even' }), 2)
  assert.equal(roundRatio(7, 2, { decimals: 0, half: 'even' }), 4)
  assert.equal(roundRatio(5, 2, { decimals: 0, half: 'up' }), 3)
  assert.equal(roundRatio(8235, 100, { decimals: 1, half: 'up' }), 82.4)
})

test('judging: criteria must make 100 and points must be points', () => {
  assert.ok(checkCriteria(criteria).ok)
  assert.deepEqual(checkCriteria([{ id: 'a', weight: 99 }]), { ok: false, refusal: 'weights-not-100' })
  assert.deepEqual(checkCriteria([{ id: 'a', weight: 33.333 }]), { ok: false, refusal: 'weight-not-a-percentage' })
  const twice = [...criteria, { id: 'video', weight: 0 }]
  assert.deepEqual(checkCriteria(twice), { ok: false, refusal: 'criterion-twice' })
  for (const bad of [-1, 100.5, 3.333, Number.NaN]) {
    const sheet = { proposal: 'p', evaluator: 'e', points: { newness: bad } }
    assert.deepEqual(checkPoints(criteria, sheet), { ok: false, refusal: 'points-not-valid', criterion: 'newness' })
    assert.throws(() => sheetTotal(criteria, sheet, up), RangeError)
  }
})

test('judging: a missing criterion never moves a mean, and is said', () => {
  fc.assert(
    fc.property(sheets, sheetPoints, (all, extra) => {
      const before = proposalScore('p', criteria, all, up)
      const hole = { proposal: 'p', evaluator: 'late', points: { ...extra, newness: null } }
      const after = proposalScore('p', criteria, [...all, hole], up)
      assert.deepEqual({ ...after, leftOut: [] }, { ...before, leftOut: [] })
      assert.equal(after.leftOut.length, before.leftOut.length + 1)
      assert.ok(after.leftOut.some((s) => s.evaluator === 'late' && s.missing[0] === 'newness'))
      assert.equal(after.n + after.leftOut.length, all.length + 1)
    }),
  )
})

test('judging: mean and spread do not depend on the order of the sheets', () => {
  fc.assert(
    fc.property(sheets, fc.infiniteStream(fc.nat()), (all, keys) => {
      const shuffled = all.map((s) => ({ s, key: keys.next().value! })).sort((a, b) => a.key - b.key)
      const other = shuffled.map(({ s }) => s)
      const score = proposalScore('p', criteria, all, up)
      assert.deepEqual(proposalScore('p', criteria, other, up), score)
      if (score.n > 1) assert.ok(score.spread! >= 0 && score.gap! >= score.spread! - 1e-9)
    }),
  )
})

test('judging: two readers further apart than the limit call a third', () => {
  assert.equal(needsThirdReader({ n: 2, gap: 15.01 }, 15), true)
  assert.equal(needsThirdReader({ n: 2, gap: 15 }, 15), false)
  assert.equal(needsThirdReader({ n: 3, gap: 40 }, 15), false)
  assert.equal(needsThirdReader({ n: 1, gap: undefined }, 15), false)
})
