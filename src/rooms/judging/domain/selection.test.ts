import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Candidate, nomineeQuotas, percentile, selectByCluster, settleTie } from './selection.ts'

const candidates = fc
  .array(fc.record({ cluster: fc.constantFrom('city', 'regency'), score: fc.option(fc.integer({ min: 80, max: 90 })) }))
  .map((all): Candidate[] =>
    all.map((c, k) => ({ proposal: `p${k}`, cluster: c.cluster, score: c.score ?? undefined })),
  )

test('judging: nobody better is left out, quotas hold, and a tie at the line is never broken', () => {
  fc.assert(
    fc.property(candidates, fc.nat(12), fc.nat(12), (all, city, regency) => {
      const result = selectByCluster(all, { city, regency })
      assert.ok(result.ok)
      assert.deepEqual(selectByCluster([...all].reverse(), { regency, city }), result)
      for (const { cluster, quota, selected, tie, unfilled } of result.change) {
        const own = all.filter((c) => c.cluster === cluster && c.score !== undefined)
        assert.equal(selected.length + (tie?.places ?? 0) + unfilled, quota)
        const score = (p: string) => own.find((c) => c.proposal === p)!.score!
        const taken = new Set([...selected, ...(tie?.proposals ?? [])])
        for (const c of own) {
          if (!taken.has(c.proposal)) for (const p of taken) assert.ok(score(p) > c.score!)
        }
        if (!tie) continue
        assert.ok(tie.places > 0 && tie.places < tie.proposals.length)
        for (const p of tie.proposals) assert.equal(score(p), tie.score)
        for (const p of selected) assert.ok(score(p) > tie.score)
      }
    }),
  )
})

test('judging: a tie is closed by people, with their reason', () => {
  const tied = ['a', 'b', 'c'].map((proposal) => ({ proposal, cluster: 'city', score: 85 }))
  const best = { proposal: 'z', cluster: 'city', score: 90 }
  const result = selectByCluster([...tied, best], { city: 2 })
  assert.ok(result.ok)
  const selection = result.change[0]!
  assert.deepEqual(selection.selected, ['z'])
  assert.deepEqual(selection.tie, { cluster: 'city', score: 85, places: 1, proposals: ['a', 'b', 'c'] })
  const decision = { chosen: ['b'], by: ['Panel'], at: '2026-07-14T10:00:00+07:00', reason: 'First of a 3T region' }
  const settled = settleTie(selection, decision)
  assert.ok(settled.ok)
  assert.deepEqual(settled.change.selection.selected, ['z', 'b'])
  assert.equal(settled.change.selection.tie, undefined)
  const refusal = (change: object) => {
    const outcome = settleTie(selection, { ...decision, ...change })
    return outcome.ok ? undefined : outcome.refusal
  }
  assert.equal(refusal({ chosen: ['b', 'c'] }), 'wrong-number-chosen')
  assert.equal(refusal({ chosen: ['z'] }), 'not-in-the-tie')
  assert.equal(refusal({ by: [] }), 'nobody-decided')
  assert.equal(refusal({ reason: ' ' }), 'reason-missing')
  assert.deepEqual(settleTie(settled.change.selection, decision), { ok: false, refusal: 'no-tie' })
})

test('judging: the pass mark holds, and a cluster without a quota is refused by name', () => {
  const all = [84.99, 85, 86].map((score, k) => ({ proposal: `p${k}`, cluster: 'city', score }))
  const result = selectByCluster(all, { city: 3 }, 85)
  assert.ok(result.ok)
  assert.deepEqual(result.change[0], { cluster: 'city', quota: 3, selected: ['p2', 'p1'], tie: undefined, unfilled: 1 })
  assert.deepEqual(selectByCluster(all, {}), { ok: false, refusal: 'cluster-without-quota', clusters: ['city'] })
  assert.deepEqual(nomineeQuotas({ city: 15, regency: 7 }), { city: 30, regency: 14 })
  assert.deepEqual(nomineeQuotas({ city: 3 }, 1.5), { city: 5 })
})

test('judging: a percentile is bounded, rises with the score, and is silent in a small group', () => {
  assert.equal(percentile([1, 2, 3, 4], 2), undefined)
  assert.deepEqual([percentile([1, 2, 3, 4, 5], 1), percentile([1, 2, 3, 4, 5], 5)], [0, 100])
  assert.equal(percentile([7, 7, 7, 7, 7], 7), 50)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 5 }), (scores) => {
      const sorted = [...scores].sort((a, b) => a - b)
      const shares = sorted.map((own) => percentile(scores, own)!)
      shares.forEach((share, k) => {
        assert.ok(share >= 0 && share <= 100 && (k === 0 || share >= shares[k - 1]!))
      })
    }),
  )
})
