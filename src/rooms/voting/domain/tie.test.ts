import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { outcomeOf, type TieTps } from './tie.ts'

const tps = (number: number, roll: number, votes: number[]): TieTps => ({ number, roll, votes })

/** The sums and the rolls are those of the real cases; how the votes fell at each polling place is ours. */
const kendalasem = [tps(1, 591, [170, 190]), tps(2, 566, [151, 131])]
const mangkalawat = [tps(1, 260, [120, 120])]

describe('voting: the ladder for equal votes', () => {
  it('is not climbed when one candidate has the most', () => {
    assert.deepEqual(outcomeOf([tps(1, 10, [3, 4])], ['re-vote']), {
      kind: 'winner',
      candidate: 2,
      votes: 4,
      steps: [],
    })
    assert.deepEqual(outcomeOf([tps(1, 10, [0, 0])], ['re-vote']), { kind: 'no-votes' })
    assert.deepEqual(outcomeOf([], ['re-vote']), { kind: 'no-votes' })
  })

  it('gives Kendalasem, 321 to 321, to whoever has the most at polling place 1, whose roll of 591 is the larger', () => {
    const outcome = outcomeOf(kendalasem, ['largest-tps', 're-vote'])
    assert.deepEqual(outcome, {
      kind: 'winner',
      candidate: 2,
      votes: 321,
      steps: [
        {
          step: 'largest-tps',
          why: 'decides',
          place: '1',
          roll: 591,
          compared: [
            { candidate: 1, value: 170 },
            { candidate: 2, value: 190 },
          ],
          left: [2],
        },
      ],
    })
  })

  it('sends Mangkalawat, 120 to 120 at one polling place, down to the rung that its profile has', () => {
    const rungs = (ladder: Parameters<typeof outcomeOf>[1], facts = {}) => {
      const outcome = outcomeOf(mangkalawat, ladder, facts)
      return [outcome.kind, 'steps' in outcome ? outcome.steps.map(({ why }) => why) : []]
    }
    assert.deepEqual(rungs(['largest-tps', 'largest-hamlet', 're-vote']), [
      're-vote',
      ['one-tps', 'no-hamlets', 're-vote'],
    ])
    assert.deepEqual(rungs(['largest-tps', 'largest-hamlet']), ['undecided', ['one-tps', 'no-hamlets']])
    const school = ['largest-tps', 'education-level', 'formal-education-path'] as const
    assert.deepEqual(rungs(school), ['facts-missing', ['one-tps', 'facts-missing']])
    assert.deepEqual(rungs(school, { 'education-level': { 1: 3, 2: 4 } }), ['winner', ['one-tps', 'decides']])
    const equal = { 'education-level': { 1: 4, 2: 4 }, 'formal-education-path': { 1: 1, 2: 0 } }
    assert.deepEqual(rungs(school, equal), ['winner', ['one-tps', 'still-equal', 'decides']])
  })

  const cases: [string, TieTps[], string, string[]][] = [
    [
      'two polling places are equally large',
      [tps(1, 50, [3, 5]), tps(2, 50, [5, 3])],
      'undecided',
      ['no-single-largest'],
    ],
    ['three are equal and one falls out', [tps(1, 50, [5, 5, 2]), tps(2, 40, [1, 1, 4])], 'undecided', ['narrows']],
    ['they are equal there too', [tps(1, 50, [4, 4]), tps(2, 40, [2, 2])], 'undecided', ['still-equal']],
  ]
  for (const [title, places, kind, why] of cases)
    it(`goes on when ${title}`, () => {
      const outcome = outcomeOf(places, ['largest-tps'])
      assert.equal(outcome.kind, kind)
      assert.deepEqual('steps' in outcome && outcome.steps.map((step) => step.why), why)
    })

  it('passes over the rung of hamlets: with several polling places it is not for them, with one nobody knows its votes', () => {
    // By hamlets, two polling places of one against one of the other, the second would lead; the law asks it of one place only.
    const places = [tps(1, 60, [10, 8]), tps(2, 60, [4, 10]), tps(3, 100, [9, 5])]
    assert.deepEqual(outcomeOf(places, ['largest-hamlet']), {
      kind: 'undecided',
      equal: [1, 2],
      votes: 23,
      steps: [{ step: 'largest-hamlet', why: 'only-for-one-tps', left: [1, 2] }],
    })
    assert.deepEqual(outcomeOf(mangkalawat, ['largest-hamlet']), {
      kind: 'undecided',
      equal: [1, 2],
      votes: 120,
      steps: [{ step: 'largest-hamlet', why: 'no-hamlets', left: [1, 2] }],
    })
  })

  it('never names a winner who has fewer votes than another, and never forgets one who is equal', () => {
    const place = fc.record({
      number: fc.nat(5),
      roll: fc.nat(6),
      votes: fc.array(fc.nat(3), { minLength: 3, maxLength: 3 }),
    })
    const ladder = fc.subarray(['largest-tps', 'largest-hamlet', 're-vote'] as const)
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 5 }), ladder, (places, steps) => {
        const totals = [0, 1, 2].map((i) => places.reduce((sum, { votes }) => sum + votes[i]!, 0))
        const best = Math.max(...totals)
        const outcome = outcomeOf(places, steps)
        if (outcome.kind === 'no-votes') assert.equal(best, 0)
        else if (outcome.kind === 'winner') assert.equal(totals[outcome.candidate - 1], best)
        else assert.ok(outcome.equal.length > 1 && outcome.equal.every((n) => totals[n - 1] === best))
      }),
    )
  })
})
