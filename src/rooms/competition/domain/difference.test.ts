import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type Affects, difference } from './difference.ts'
import { isList, type Json, join, parts, values } from './paths.ts'
import type { Rules } from './round.ts'
import { shippedRounds } from './shipped-rounds.ts'

const rounds = shippedRounds()
const round = (year: number) => rounds.find((each) => each.year === year)!

/** The document with another value at one path, rebuilt from the paths so that the test trusts no setter. */
function changedAt(node: Json, target: string, value: Json, path = ''): Json {
  if (path === target) return value
  const inner = parts(node)
  if (!inner) return node
  const children = [...inner].map(([name, child]) => [name, changedAt(child, target, value, join(path, name))] as const)
  return isList(node) ? children.map(([, child]) => child) : Object.fromEntries(children)
}

function another(value: Json): Json {
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  if (typeof value === 'string') return `${value}x`
  return value === null ? 1 : ['other']
}

describe('the difference between two versions of a round', () => {
  it('is empty between a round and itself or its copy', () => {
    for (const rules of rounds) {
      assert.deepEqual(difference(rules, rules), [])
      assert.deepEqual(difference(rules, structuredClone(rules)), [])
    }
  })
  for (const rules of rounds) {
    it(`finds any one field that changes in ${rules.key}, and only that one`, () => {
      for (const [path, value] of values(rules)) {
        // The key of an item is its address; changing it is taking one away and adding another.
        if (/\.key$/.test(path)) continue
        const next = changedAt(rules, path, another(value)) as unknown as Rules
        const changes = difference(rules, next)
        assert.deepEqual(
          changes.map((change) => [change.path, change.before, change.after]),
          [[path, value, another(value)]],
        )
      }
    })
  }
  it('finds the same changes backwards, with before and after exchanged', () => {
    fc.assert(
      fc.property(fc.constantFrom(...rounds), fc.constantFrom(...rounds), (a, b) => {
        const seen = (changes: ReturnType<typeof difference>) => changes.map((change) => change.path).sort()
        assert.deepEqual(seen(difference(a, b)), seen(difference(b, a)))
      }),
      { numRuns: 25 },
    )
  })
  it('tells an item that came, one that went, and one renamed, each as a whole', () => {
    const before = round(2021)
    const after = structuredClone(before)
    const [gone] = after.categories.splice(2, 1)
    after.categories.push({ key: 'baru', label: { id: 'Baru', en: 'New' } })
    assert.deepEqual(
      difference(before, after).map((change) => [change.path, change.before, change.after]),
      [
        ['categories.kesehatan', gone, undefined],
        ['categories.baru', undefined, { key: 'baru', label: { id: 'Baru', en: 'New' } }],
      ],
    )
  })
  it('tells a change of order once', () => {
    const before = round(2025)
    const after = { ...before, stages: [...before.stages].reverse() }
    const changes = difference(before, after)
    assert.deepEqual(
      changes.map((change) => change.path),
      ['stages'],
    )
    assert.deepEqual(changes[0]!.after, before.stages.map((stage) => stage.key).reverse())
  })
  it('labels the steps of the path for the reader', () => {
    const before = round(2021)
    const after = structuredClone(before)
    after.groups[0]!.questions[1]!.maxWords = 500
    const [change] = difference(before, after)
    assert.deepEqual(
      change!.steps.map((step) => step.label?.en ?? step.name),
      ['groups', 'General group', 'questions', 'Innovative idea', 'maxWords'],
    )
  })
  it('says whom it affects', () => {
    const table: [(rules: Rules) => void, Affects][] = [
      [(rules) => (rules.groups[1]!.minAgeMonths = 6), { groups: ['replikasi'] }],
      [(rules) => (rules.quotas.umum = 3), { groups: ['umum'] }],
      [(rules) => (rules.select.byGroup.khusus = 3), { groups: ['khusus'] }],
      [(rules) => (rules.clusters[3]!.quota!.umum = 3), { clusters: ['kabupaten'] }],
      [(rules) => (rules.calendar.submissionCloses = '2021-05-01T00:00:00+07:00'), 'everyone'],
      [(rules) => (rules.head[0]!.required = false), 'everyone'],
    ]
    for (const [change, affects] of table) {
      const after = structuredClone(round(2021))
      change(after)
      assert.deepEqual(
        difference(round(2021), after).map((each) => each.affects),
        [affects],
      )
    }
  })
})
