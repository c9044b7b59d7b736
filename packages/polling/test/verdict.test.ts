import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Found, type Identity, type Situation, verdictOf } from '../src/desk/verdict.ts'

const open: Situation = { stage: 'open', present: false, share: { decides: 'here' }, cutOff: 'own-share' }
const here: Found = { in: 'roll', voter: 7 }

/** Card × finger, as R2 lists them: what the desk says to a voter of this roll who has not come yet. */
const identities: [name: string, Identity, expected: string][] = [
  ['card ok, finger not tried', { card: 'ok', tries: 0, matched: false }, 'finger 4'],
  ['card ok, finger failed once', { card: 'ok', tries: 1, matched: false }, 'finger 3'],
  ['card ok, finger failed twice', { card: 'ok', tries: 2, matched: false }, 'finger 2'],
  ['card ok, finger failed three times', { card: 'ok', tries: 3, matched: false }, 'finger 1'],
  ['card ok, finger failed four times', { card: 'ok', tries: 4, matched: false }, 'card-photo two finger'],
  ['card ok, finger ok at once', { card: 'ok', tries: 1, matched: true }, 'card-finger'],
  ['card ok, finger ok at the second try', { card: 'ok', tries: 2, matched: true }, 'card-finger'],
  ['card ok, finger ok at the third try', { card: 'ok', tries: 3, matched: true }, 'card-finger'],
  ['card ok, finger ok at the fourth try', { card: 'ok', tries: 4, matched: true }, 'card-finger'],
  ['card broken, NIK typed', { card: 'broken', tries: 0, matched: false, by: 'nik' }, 'typed-nik two broken'],
  [
    'card broken, number or invitation',
    { card: 'broken', tries: 0, matched: false, by: 'number' },
    'papers two broken',
  ],
  ['card absent, NIK typed', { card: 'absent', tries: 0, matched: false, by: 'nik' }, 'typed-nik two absent'],
  [
    'card absent, number or invitation',
    { card: 'absent', tries: 0, matched: false, by: 'number' },
    'papers two absent',
  ],
]
const say = (found: Found, identity: Identity, situation: Situation): string => {
  const verdict = verdictOf(found, identity, situation)
  if (verdict.kind === 'finger') return `finger ${verdict.left}`
  if (verdict.kind === 'let-in') return verdict.method + (verdict.two ? ` two ${verdict.two}` : '')
  if (verdict.kind === 'other-desk') return `desk ${verdict.desk}`
  return `no ${verdict.reason}${verdict.tps === undefined ? '' : ` ${verdict.tps}`}`
}

for (const [name, identity, expected] of identities)
  test(`R2, ${name}: in this roll, of another TPS, in no roll, voted already; and when the polls are not open`, () => {
    assert.equal(say(here, identity, open), expected)
    assert.equal(say({ in: 'elsewhere', tps: 3 }, identity, open), 'no elsewhere 3')
    assert.equal(say({ in: 'none' }, identity, open), 'no none')
    assert.equal(say(here, identity, { ...open, present: true }), 'no already')
    // No finger and no card of anybody helps against the stage of the polls, nor against having been here.
    for (const present of [false, true])
      for (const found of [here, { in: 'elsewhere', tps: 3 }, { in: 'none' }] satisfies Found[])
        assert.deepEqual(
          (['preparing', 'paused', 'closed'] as const).map((stage) =>
            say(found, identity, { ...open, stage, present }),
          ),
          ['no not-open', 'no paused', 'no closed'],
        )
  })

test('of the closed queue so many are let in as stood in it, however they are known, and nobody beyond', () => {
  for (const [name, identity, expected] of identities) {
    assert.equal(say(here, identity, { ...open, queueLeft: 1 }), expected, name)
    assert.equal(say(here, identity, { ...open, queueLeft: 0 }), 'no queue', name)
    // Whoever was let in before, or is in another roll, is told that and not to ask about the queue.
    assert.equal(say(here, identity, { ...open, queueLeft: 0, present: true }), 'no already')
    assert.equal(say({ in: 'elsewhere', tps: 3 }, identity, { ...open, queueLeft: 0 }), 'no elsewhere 3')
    assert.equal(say(here, identity, { ...open, queueLeft: 1, stage: 'closed' }), 'no closed')
  }
})

test('a desk that is cut off serves its own share alone, or anyone with two officers, as the rules say', () => {
  for (const [name, identity, expected] of identities)
    for (const cutOff of ['own-share', 'two-officers'] as const) {
      const at = (decides: Situation['share']['decides']): string =>
        say(here, identity, { ...open, cutOff, share: { decides, desk: 2 } })
      assert.equal(at('here'), expected, name)
      assert.equal(at('reached'), expected, name)
      const withTwo = expected === 'card-finger' ? 'card-finger two silent' : expected
      assert.equal(at('silent'), cutOff === 'own-share' ? 'desk 2' : withTwo, name)
      // The desk of this share was stopped: nobody decides alone.
      assert.equal(at('nobody'), withTwo, name)
    }
})
