import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { judgeTyped, sameSheet, type TypedSheet } from './typed.ts'

const sheet: TypedSheet = {
  version: 1,
  corrects: null,
  reason: null,
  present: 7,
  votes: [4, 2],
  blank: 1,
  source: 'tally',
  differences: null,
}
const bounds = { candidates: 2, roll: 10, pool: 12 }

describe('voting: a sheet that is typed', () => {
  it('may say more ballots than were present where it explains the difference, as a sent one may; never more than the roll', () => {
    const refused = (change: Partial<TypedSheet>) => {
      const judged = judgeTyped({ ...sheet, ...change }, bounds)
      return judged.ok ? judged.change : judged.refusal
    }
    const differences = 'Satu pemilih tidak ditandai hadir.'
    assert.equal(refused({}), 7)
    assert.equal(refused({ present: 6 }), 'votes-above-present')
    assert.equal(refused({ present: 6, differences }), 7)
    assert.equal(refused({ votes: [8, 2], differences }), 'votes-above-roll')
  })

  it('is the same when two copied its explanation in other words, and another where only one of them found any', () => {
    const differences = 'Satu pemilih tidak ditandai hadir.'
    assert.equal(sameSheet({ ...sheet, differences }, { ...sheet, differences: 'Seorang tidak ditandai.' }), true)
    assert.equal(sameSheet({ ...sheet, differences }, sheet), false)
    assert.equal(sameSheet(sheet, { ...sheet, votes: [2, 4] }), false)
  })
})
