import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { progressOf, riskOf } from './progress.ts'
import { questionsFor } from './round.ts'
import { shippedRounds } from './shipped-rounds.ts'

const rules = (year: number) => shippedRounds().find((each) => each.year === year)!
const empty = {
  group: 'umum',
  title: '',
  category: null,
  startedOn: null,
  source: null,
  answered: new Set<string>(),
  evidenced: new Set<string>(),
}
const day = 86_400_000

describe('competition: how far a draft is', () => {
  it('misses everything when empty and nothing when all is there', () => {
    for (const each of shippedRounds())
      for (const group of each.groups) {
        const none = progressOf(each, { ...empty, group: group.key })
        assert.equal(none.done, 0)
        const keys = new Set([...questionsFor(each, group.key).map(({ key }) => key), ':statement'])
        const full = {
          title: 'A',
          category: 'b',
          startedOn: '2014-01-01',
          source: 'x',
          answered: keys,
          evidenced: keys,
        }
        assert.deepEqual(progressOf(each, { ...full, group: group.key }), { done: none.of, of: none.of, missing: [] })
      }
  })

  it('asks a replication for its source and the statement of its owner, and nobody else', () => {
    const missing = (group: string) =>
      progressOf(rules(2021), { ...empty, group }).missing.filter((key) => ['source', 'statement'].includes(key))
    assert.deepEqual(missing('replikasi'), ['source', 'statement'])
    assert.deepEqual(missing('umum'), [])
  })

  it('never counts an answer twice: each one given makes the number of parts done grow or stay', () => {
    const keys = questionsFor(rules(2017), 'umum').map(({ key }) => key)
    fc.assert(
      fc.property(fc.subarray(keys), fc.constantFrom(...keys), (some, more) => {
        const before = progressOf(rules(2017), { ...empty, answered: new Set(some) })
        const after = progressOf(rules(2017), { ...empty, answered: new Set([...some, more]) })
        assert.ok(after.done - before.done >= 0 && after.done - before.done <= 1)
        assert.equal(after.of, before.of)
      }),
    )
  })
})

describe('competition: the risk that a draft is not submitted', () => {
  const deadline = new Date('2017-02-28T16:59:59Z')
  const before = (days: number) => new Date(deadline.getTime() - days * day)
  const draft = (missing: number, now: Date) => ({ state: 'draft' as const, since: now, touched: now, missing })

  it('is high when less is left than is needed', () => {
    assert.equal(riskOf(draft(8, before(3)), deadline, before(3)).level, 'high')
    assert.equal(riskOf(draft(0, before(3)), deadline, before(3)).level, 'medium')
    assert.equal(riskOf(draft(8, before(30)), deadline, before(30)).level, 'low')
    assert.deepEqual(riskOf(draft(1, before(-1)), deadline, before(-1)).reasons, ['deadline-past', 'parts-missing'])
  })

  it('is at least medium for what nobody has moved for long', () => {
    const now = before(40)
    const waits = { state: 'with-local-admin' as const, since: before(48), touched: before(48), missing: 0 }
    assert.deepEqual(riskOf(waits, deadline, now), { level: 'medium', reasons: ['waits-for-admin'], daysLeft: 40 })
    const lies = { ...draft(3, before(60)) }
    assert.deepEqual(riskOf(lies, deadline, now).reasons, ['parts-missing', 'untouched'])
  })

  it('never falls as the deadline comes nearer or as more is missing', () => {
    const rank = { low: 0, medium: 1, high: 2 }
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), fc.nat(60), fc.nat(20), (missing, more, days, fewer) => {
        const level = (m: number, d: number) => rank[riskOf(draft(m, before(d)), deadline, before(d)).level]
        assert.ok(level(missing + more, days) >= level(missing, days))
        assert.ok(level(missing, days - fewer) >= level(missing, days))
      }),
    )
  })
})
