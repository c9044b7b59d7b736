import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Bounds, brokenLaws, isTooEarly, judgeNumbers, type Result, resultShape } from './result.ts'

const counts = {
  present: 7,
  issued: 9,
  returned: 2,
  used: 8,
  cast: 7,
  void: 1,
  spoiled: 2,
  pending: 0,
  slips: 7,
  slipsVoid: 1,
  reprints: 0,
}
const good: Result = {
  format: 'melayani-result/1',
  mode: 'real',
  election: 'e',
  tps: 't',
  package: 'a'.repeat(64),
  version: 1,
  roll: 10,
  present: 7,
  votes: [4, 2],
  blank: 1,
  counts,
  source: 'tally',
  archive: 'b'.repeat(64),
  reconciled: true,
  differences: [],
}
const bounds: Bounds = { mode: 'real', candidates: 2, roll: 10, pool: 12 }

describe('voting: numbers that cannot be', () => {
  it('lets a result through whose numbers fit', () => {
    assert.deepEqual(resultShape.parse(good), good)
    assert.deepEqual(judgeNumbers(good, bounds), { ok: true, change: good })
    assert.deepEqual(brokenLaws(good), [])
  })

  const wrong: [string, Partial<Result>, Partial<Bounds>][] = [
    ['mode-differs', { mode: 'practice' }, {}],
    ['candidates-differ', { votes: [4, 1, 1] }, {}],
    ['roll-differs', { roll: 11 }, {}],
    ['present-above-roll', { present: 11 }, {}],
    ['votes-above-roll', { votes: [8, 2] }, {}],
    ['votes-above-pool', {}, { pool: 6 }],
    ['issued-above-pool', {}, { pool: 8 }],
    ['sum-not-ballots', { votes: [4, 3] }, {}],
    ['sum-not-ballots', { source: 'slips', counts: { ...counts, slips: 6 } }, {}],
    ['sum-not-ballots', { source: 'slips', unreadable: 1 }, {}],
    ['sum-not-ballots', { unreadable: 0 }, {}],
    ['votes-above-present', { present: 6, reconciled: false }, {}],
    ['reconciled-untrue', { counts: { ...counts, slips: 6 } }, {}],
    ['reconciled-untrue', { counts: { ...counts, slips: 6 }, differences: ['Satu struk tertinggal.'] }, {}],
    ['reconciled-untrue', { differences: ['Satu struk tertinggal.'] }, {}],
    ['difference-unexplained', { reconciled: false }, {}],
    ['version-first', { version: 2 }, {}],
    ['version-first', { corrects: { hash: 'c'.repeat(64), reason: 'salah' } }, {}],
  ]
  for (const [refusal, change, other] of wrong)
    it(`refuses ${Object.keys({ ...change, ...other }).join(', ')}: ${refusal}`, () =>
      assert.deepEqual(judgeNumbers({ ...good, ...change }, { ...bounds, ...other }), { ok: false, refusal }))

  it('takes a difference that is explained in a signed report, never more ballots than voters on the roll', () => {
    const explained = { reconciled: false, differences: ['Satu struk tertinggal di printer.'] }
    const short = { ...good, ...explained, counts: { ...counts, slips: 6 } }
    assert.equal(judgeNumbers(short, bounds).ok, true)
    assert.deepEqual(brokenLaws(short), ['slips'])
    assert.deepEqual(brokenLaws({ ...good, present: 6 }), ['present'])
    const many = { ...good, ...explained, votes: [8, 2], counts: { ...counts, cast: 11 } }
    assert.deepEqual(judgeNumbers(many, bounds), { ok: false, refusal: 'votes-above-roll' })
  })

  it('takes a count of slips of which one could not be read', () => {
    const { archive: _, ...rest } = good
    const counted: Result = {
      ...rest,
      source: 'slips',
      votes: [good.votes[0]! - 1, ...good.votes.slice(1)],
      unreadable: 1,
    }
    assert.equal(judgeNumbers(counted, bounds).ok, true)
  })

  it('is too early before the polls close, unless the whole roll has come; in a rehearsal before they open', () => {
    const opens = new Date('2026-11-22T00:00:00Z')
    const closes = new Date('2026-11-22T06:00:00Z')
    const one = (at: Date) => new Date(at.getTime() - 1)
    const early = (mode: 'real' | 'practice', present: number) =>
      [one(opens), opens, one(closes), closes].map((now) =>
        isTooEarly({ mode, opens, closes, voters: 10 }, present, now),
      )
    assert.deepEqual(early('real', 9), [true, true, true, false])
    assert.deepEqual(early('real', 10), [true, false, false, false])
    assert.deepEqual(early('practice', 9), [true, false, false, false])
  })

  it('is no result with a number below nothing, a half vote, a strange field or a hash that is none', () => {
    const bad: object[] = [
      { votes: [-1, 7] },
      { votes: [3.5, 2.5] },
      { votes: ['4', 2] },
      { blank: -1 },
      { present: 1e12 },
      { note: 'x' },
      { package: 'A'.repeat(64) },
      { counts: { ...counts, cast: undefined } },
      { differences: [''] },
    ]
    for (const change of bad) assert.equal(resultShape.safeParse({ ...good, ...change }).success, false)
  })
})
