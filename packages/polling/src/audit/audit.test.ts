import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  type Announced,
  bravo,
  type Count,
  chanceToMeet,
  compare,
  differencesOf,
  drawPlaces,
  drawSlips,
  expectedSlips,
  marginOf,
  pileState,
  planAudit,
  type Reading,
  readDice,
  sameWinner,
  slipsOf,
  usualRules,
} from './index.ts'

/** Two candidates with this margin among ten thousand slips. */
const two = (margin: number): Announced => ({ votes: [5000 * (1 + margin), 5000 * (1 - margin)], blank: 0 })
const dice = '31415926535897932384'

/** Slips as they lie in the box. */
const boxOf = ({ votes, blank }: Announced): Reading[] => [
  ...votes.flatMap((n, at) => Array.from({ length: n }, (): Reading => at)),
  ...Array.from({ length: blank }, (): Reading => 'blank'),
]
/** A repeatable source of slips, drawn and put back. */
function* drawnFrom(box: readonly Reading[], seed: number, most: number): Generator<Reading> {
  let state = seed >>> 0
  for (let at = 0; at < most; at++) {
    state = (state + 0x9e3779b9) >>> 0
    let z = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
    yield box[((z ^ (z >>> 16)) >>> 0) % box.length]!
  }
}
/** Slips looked at until the winner is confirmed; undefined when `most` are not enough, and everything is counted. */
function auditOf(announced: Announced, risk: number, box: readonly Reading[], seed: number, most: number) {
  const slips = [...drawnFrom(box, seed, most)]
  // The state is asked after each slip, as the screen does; for speed by halving, since what is confirmed stays so.
  if (!bravo(announced, risk, slips).confirmed) return undefined
  let [low, high] = [1, most]
  while (low < high) {
    const middle = (low + high) >> 1
    if (bravo(announced, risk, slips.slice(0, middle)).confirmed) high = middle
    else low = middle + 1
  }
  return low
}

describe('the size of an audit', () => {
  it('is what the table of ballot-polling audits says, at 5 % and 1 % risk', () => {
    const sizes = [0.2, 0.1, 0.05].map((margin) => [0.05, 0.01].map((risk) => expectedSlips(two(margin), risk)))
    assert.deepEqual(sizes, [
      [153, 233],
      [608, 929],
      [2415, 3702],
    ])
    assert.equal(expectedSlips(two(0.02), 0.05), 15_027)
  })

  it('has no end where nobody won, and is nothing where nobody stood against', () => {
    assert.equal(expectedSlips({ votes: [321, 321], blank: 0 }, 0.05), Number.POSITIVE_INFINITY)
    assert.equal(expectedSlips({ votes: [0, 0], blank: 5 }, 0.05), Number.POSITIVE_INFINITY)
    assert.equal(expectedSlips({ votes: [10], blank: 0 }, 0.05), 0)
    assert.equal(expectedSlips({ votes: [30, 0], blank: 0 }, 0.05), 5)
  })

  it('grows with every blank slip and with every other candidate’s vote, and shrinks with the margin', () => {
    const base = expectedSlips({ votes: [600, 400], blank: 0 }, 0.05)
    assert.ok(expectedSlips({ votes: [600, 400], blank: 200 }, 0.05) > base)
    assert.ok(expectedSlips({ votes: [600, 400, 200], blank: 0 }, 0.05) > base)
    assert.ok(expectedSlips({ votes: [650, 350], blank: 0 }, 0.05) < base)
  })

  it('leads to a full count where the margin is small, where nobody won, and where polling is more work', () => {
    const plan = (votes: number[], blank = 0) => planAudit({ votes, blank }, usualRules)
    // Magetan 2023: 923 to 907.
    assert.deepEqual(plan([923, 907]), { kind: 'full', why: 'margin' })
    assert.deepEqual(plan([321, 321]), { kind: 'full', why: 'tie' })
    assert.deepEqual(plan([180, 120]), { kind: 'full', why: 'size' })
    // Kebon Gulo 2013: 991 for the one candidate, 2 for the empty box, of 1,244 voters.
    assert.deepEqual(plan([991, 2], 0), { kind: 'poll', expected: 5, first: 10 })
    assert.deepEqual(plan([3000, 2000]), { kind: 'poll', expected: 153, first: 306 })
    assert.equal(marginOf({ votes: [60, 40], blank: 100 }), 0.1)
  })
})

describe('a ballot-polling audit', () => {
  it('confirms a wrong winner at most as often as the risk limit says, at the worst truth: a tie (R65)', () => {
    for (const [margin, risk, audits] of [
      [0.1, 0.05, 2000],
      [0.2, 0.1, 2000],
      [0.4, 0.01, 3000],
    ] as const) {
      const announced = two(margin)
      const truth = boxOf({ votes: [500, 500], blank: 0 })
      const most = 3 * expectedSlips(announced, risk)
      let fooled = 0
      for (let seed = 1; seed <= audits; seed++)
        if (bravo(announced, risk, drawnFrom(truth, seed, most)).confirmed) fooled++
      // Three standard deviations of chance above the limit would be once in a thousand tries.
      const limit = risk + 3 * Math.sqrt((risk * (1 - risk)) / audits)
      assert.ok(fooled / audits <= limit, `${margin} ${risk}: ${fooled} of ${audits}`)
      assert.ok(fooled > 0, 'a test that nothing could fool proves nothing')
    }
  })

  it('is fooled far less often than that by a candidate who lost clearly, with three candidates and blanks', () => {
    const announced: Announced = { votes: [2600, 2000, 300], blank: 100 }
    const truth = boxOf({ votes: [2000, 2600, 300], blank: 100 })
    const fooled = Array.from({ length: 1000 }, (_, seed) => seed + 1).filter(
      (seed) => bravo(announced, 0.05, drawnFrom(truth, seed, 1000)).confirmed,
    )
    assert.ok(fooled.length <= 10, `${fooled.length} of 1000`)
  })

  it('confirms a right winner with the expected number of slips on average, nine of ten by the first draw', () => {
    const announced = two(0.2)
    const plan = planAudit(announced, usualRules)
    assert.ok(plan.kind === 'poll')
    const box = boxOf({ votes: [600, 400], blank: 0 })
    const sizes = Array.from({ length: 1000 }, (_, seed) => auditOf(announced, 0.05, box, seed + 1, 4096) ?? 4096)
    const mean = sizes.reduce((sum, each) => sum + each, 0) / sizes.length
    assert.ok(Math.abs(mean - plan.expected) < 0.1 * plan.expected, `${mean}`)
    const within = sizes.filter((size) => size <= plan.first).length / sizes.length
    assert.ok(within > 0.86 && within < 0.96, `${within}`)
  })

  it('takes the worst for what nobody can read, passes over blanks, and forgets nothing it confirmed', () => {
    const announced: Announced = { votes: [70, 30], blank: 0 }
    const of = (...slips: Reading[]) => bravo(announced, 0.05, slips)
    assert.equal(of('unreadable').pairs[0]!.log, of(1).pairs[0]!.log)
    assert.equal(of('blank').pairs[0]!.log, 0)
    assert.equal(of(0).pairs[0]!.log, Math.log(1.4))
    const enough = Array.from({ length: 9 }, (): Reading => 0)
    assert.equal(of(...enough).confirmed, true)
    assert.equal(of(...enough.slice(1)).confirmed, false)
    assert.equal(of(...enough, 1, 1, 1, 1).confirmed, true)
    assert.equal(bravo({ votes: [5, 5], blank: 0 }, 0.05, enough).confirmed, false)
    assert.throws(() => bravo(announced, 0, []), RangeError)
  })
})

describe('public dice', () => {
  it('are twenty digits or more, read aloud with any spaces', () => {
    assert.equal(readDice('31415 92653, 58979 32384'), dice)
    assert.equal(readDice(dice.slice(1)), undefined)
    assert.equal(readDice(`${dice}x`), undefined)
  })

  it('draw slips that anybody can draw again with sha256sum', () => {
    const piles = [
      { tps: 2, slips: 300 },
      { tps: 1, slips: 200 },
    ]
    const again = (n: number) => {
      const hash = createHash('sha256').update(`${dice},${n}`).digest('hex')
      const at = Number(BigInt(`0x${hash}`) % 500n)
      return at < 200 ? { n, tps: 1, position: at + 1 } : { n, tps: 2, position: at - 199 }
    }
    assert.deepEqual(
      drawSlips(dice, piles, 1, 50),
      Array.from({ length: 50 }, (_, at) => again(at + 1)),
    )
    assert.deepEqual(drawSlips(dice, piles, 41, 50), drawSlips(dice, piles, 1, 50).slice(40))
    assert.throws(() => drawSlips('123', piles, 1, 1), RangeError)
    assert.deepEqual(drawSlips(dice, [{ tps: 1, slips: 0 }], 1, 3), [])
  })

  it('favour no slip and no place', () => {
    const drawn = drawSlips(
      dice,
      [
        { tps: 1, slips: 10 },
        { tps: 2, slips: 30 },
      ],
      1,
      20_000,
    )
    const counts = Map.groupBy(drawn, ({ tps, position }) => `${tps}.${position}`)
    assert.equal(counts.size, 40)
    // Chi-square of 39 degrees of freedom: above 77 once in four thousand.
    const chi = [...counts.values()].reduce((sum, { length }) => sum + (length - 500) ** 2 / 500, 0)
    assert.ok(chi < 77, `${chi}`)
  })

  it('draw each polling place once, and all when all are wanted', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1 }), fc.nat(120), (places, count) => {
        const drawn = drawPlaces(dice, places, count)
        assert.equal(drawn.length, Math.min(count, places.length))
        assert.equal(new Set(drawn).size, drawn.length)
        assert.ok(drawn.every((tps) => places.includes(tps)))
      }),
      { numRuns: 40 },
    )
  })

  it('meet a wrong polling place with the chance of drawing without putting back', () => {
    assert.equal(chanceToMeet(3, 1, 1), 1 - 2 / 3)
    assert.ok(Math.abs(chanceToMeet(10, 2, 3) - (1 - (8 * 7 * 6) / (10 * 9 * 8))) < 1e-12)
    assert.equal(chanceToMeet(3, 1, 3), 1)
    assert.equal(chanceToMeet(5, 0, 5), 0)
  })
})

const count = (votes: number[], blank = 0, unreadable = 0): Count => ({ votes, blank, unreadable })

describe('a hand count', () => {
  it('is agreed only when two counts of the same round are equal in every figure', () => {
    const figures = fc.record({
      votes: fc.array(fc.nat(3), { minLength: 2, maxLength: 3 }),
      blank: fc.nat(2),
      unreadable: fc.nat(2),
    })
    fc.assert(
      fc.property(figures, figures, (a, b) => {
        const equal = JSON.stringify(differencesOf(a, b)) === '[]'
        assert.equal(pileState([{ a, b }]).kind, equal ? 'agreed' : 'different')
        assert.equal(pileState([{ a, b: a }, { a }]).kind, 'counting')
        assert.equal(pileState([{ a }, { b: a }]).kind, 'counting')
        assert.deepEqual(differencesOf(a, a), [])
      }),
    )
    assert.deepEqual(pileState([]), { kind: 'counting', round: 1 })
  })

  it('names each figure that differs, also where the sums are equal', () => {
    assert.deepEqual(differencesOf(count([100, 50], 1), count([99, 51], 1)), [
      { what: 1, a: 100, b: 99 },
      { what: 2, a: 50, b: 51 },
    ])
    assert.deepEqual(differencesOf(count([1], 2, 0), count([1], 1, 1)), [
      { what: 'blank', a: 2, b: 1 },
      { what: 'unreadable', a: 0, b: 1 },
    ])
  })

  it('shows a booth that printed one candidate and encrypted another: paper and tally differ by what it moved (T2)', () => {
    const paper = count([160, 117], 1)
    const tally: Announced = { votes: [150, 127], blank: 1 }
    assert.deepEqual(compare(paper, tally), { votes: [10, -10], blank: 0, slips: 0, same: false })
    assert.equal(compare(paper, { votes: [160, 117], blank: 1 }).same, true)
    assert.deepEqual(compare(count([159, 117], 1, 0), { votes: [160, 117], blank: 1 }), {
      ...{ votes: [-1, 0], blank: 0, slips: -1, same: false },
    })
    assert.equal(compare(count([160, 117], 1, 1), { votes: [160, 117], blank: 1 }).same, false)
  })

  it('names the winner of the tally only when no unreadable slip could make it another', () => {
    const tally: Announced = { votes: [100, 90], blank: 0 }
    assert.equal(sameWinner(count([100, 90]), tally), true)
    assert.equal(sameWinner(count([90, 100]), tally), false)
    assert.equal(sameWinner(count([95, 90], 0, 4), tally), true)
    assert.equal(sameWinner(count([95, 90], 0, 5), tally), false)
    assert.equal(sameWinner(count([95, 95]), tally), false)
  })

  it('of every slip finds any wrong winner, whatever was moved', () => {
    const votes = fc.tuple(fc.nat(300), fc.nat(300), fc.nat(300))
    fc.assert(
      fc.property(votes, votes, (truth, announced) => {
        const wins = (list: readonly number[]) => list.filter((each) => each === Math.max(...list)).length === 1
        fc.pre(wins(truth) && wins(announced))
        const same = truth.indexOf(Math.max(...truth)) === announced.indexOf(Math.max(...announced))
        assert.equal(sameWinner(count(truth), { votes: announced, blank: 0 }), same)
        assert.equal(slipsOf({ votes: truth, blank: 2 }), truth[0] + truth[1] + truth[2] + 2)
      }),
    )
  })
})
