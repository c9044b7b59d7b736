import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Audit, type CountRow, planOf, verdictOf } from './audit.ts'

/** A full count of piles that were announced with these votes. */
const fullCount = (announced: number[][]): Audit => ({
  ...{
    kind: 'full',
    risk: 0.05,
    first: null,
    places: 0,
    dice: null,
    seen: null,
    drawn: 0,
    escalated: null,
    outcome: null,
  },
  announced: { votes: announced[0]!.map((_, at) => announced.reduce((sum, each) => sum + each[at]!, 0)), blank: 0 },
  piles: announced.map((votes, at) => ({
    tps: `tps-${at}`,
    number: at + 1,
    votes,
    blank: 0,
    slips: votes[0]! + votes[1]!,
    result: `hash-${at}`,
  })),
})
/** Two people count the piles alike. */
const counted = (paper: number[][], unreadable = 0): CountRow[] =>
  paper.flatMap((votes, at) =>
    (['a', 'b'] as const).map((side) => ({
      ...{ tps: `tps-${at}`, round: 1, side, by: side, votes, blank: 0, unreadable },
    })),
  )
const found = (announced: number[][], paper: number[][], unreadable = 0) =>
  verdictOf(fullCount(announced), counted(paper, unreadable), []).kind

describe('voting: a full count of slips', () => {
  // Kendalasem: equal in sum, and the polling place with the larger roll decides (R27).
  const kendalasem = [
    [170, 190],
    [151, 131],
  ]
  it('of equal votes confirms them only where paper says the same of every polling place', () => {
    assert.equal(found(kendalasem, kendalasem), 'confirmed')
    const otherWinner = [
      [190, 170],
      [131, 151],
    ]
    assert.equal(found(kendalasem, otherWinner), 'differs')
    const oneMore = [
      [171, 190],
      [151, 131],
    ]
    assert.equal(found(kendalasem, oneMore), 'differs')
    assert.equal(found(kendalasem, kendalasem, 1), 'differs')
    assert.equal(found([[0, 0]], [[0, 0]]), 'confirmed')
  })

  it('of a winner confirms that winner, also where piles differ', () => {
    assert.equal(found([[60, 40]], [[59, 41]]), 'confirmed')
    assert.equal(found([[60, 40]], [[40, 60]]), 'differs')
    assert.equal(found([[60, 40]], [[50, 50]]), 'differs')
  })
})

describe('voting: the plan of an audit', () => {
  it('draws slips only where every box holds as many as were announced, and counts all where it is not known', () => {
    const rules = { risk: 0.05, fullBelow: 0.1 }
    const plan = (slips: number | null) =>
      planOf(
        [
          { tps: 'a', number: 1, votes: [300, 100], blank: 3, slips: 403, result: 'a' },
          { tps: 'b', number: 2, votes: [310, 90], blank: 0, slips, result: 'b' },
        ],
        rules,
      )
    assert.equal(plan(400).kind, 'poll')
    for (const slips of [401, 399, null]) assert.deepEqual(plan(slips), { kind: 'full', why: 'slips' })
  })
})
