import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Counts, reconcile } from '../src/format/index.ts'

/** A day at a polling place: who comes votes, walks away with a token handed back, or is voided and gets another. */
type Visit = 'votes' | 'hands back' | 'voided, then votes' | 'voided before the slip, then votes' | 'slip printed again'
const visit = fc.constantFrom<Visit>(
  'votes',
  'hands back',
  'voided, then votes',
  'voided before the slip, then votes',
  'slip printed again',
)

function dayOf(visits: readonly Visit[]): Counts {
  const count = (...kinds: Visit[]) => visits.filter((each) => kinds.includes(each)).length
  const cast = visits.length - count('hands back')
  const voided = count('voided, then votes', 'voided before the slip, then votes')
  return {
    present: cast,
    issued: visits.length + voided,
    returned: count('hands back') + voided,
    used: cast + voided,
    cast,
    void: voided,
    spoiled: 2,
    pending: 0,
    slips: cast,
    slipsVoid: count('voided, then votes'),
    reprints: count('slip printed again'),
  }
}
const about = (counts: Counts) => ({
  pool: counts.issued + 7,
  roll: counts.present + 3,
  unused: 7,
  voidSlips: counts.slipsVoid,
  replaced: counts.reprints,
})

test('every law holds on every day on which nothing was lost', () => {
  fc.assert(
    fc.property(fc.array(visit, { maxLength: 60 }), (visits) => {
      const counts = dayOf(visits)
      assert.deepEqual(
        reconcile(counts, about(counts)).filter(({ holds }) => !holds),
        [],
      )
    }),
  )
})

test('any one number that is off by one breaks a law, and which is said', () => {
  const counts = dayOf(['votes', 'voided, then votes', 'hands back', 'slip printed again'])
  const broken = (changed: Partial<Counts>, more = {}) =>
    reconcile({ ...counts, ...changed }, { ...about(counts), ...more })
      .filter(({ holds }) => !holds)
      .map(({ law }) => law)
  assert.deepEqual(broken({ present: counts.present + 1 }), ['present'])
  assert.deepEqual(broken({ issued: counts.issued + 1 }), ['present', 'issued', 'pool'])
  assert.deepEqual(broken({ returned: counts.returned - 1 }), ['present', 'issued'])
  assert.deepEqual(broken({ used: counts.used + 1 }), ['used'])
  assert.deepEqual(broken({ cast: counts.cast + 1 }), ['used', 'slips', 'issued'])
  assert.deepEqual(broken({ void: counts.void + 1 }), ['used'])
  assert.deepEqual(broken({ slips: counts.slips - 1 }), ['slips'])
  // The envelope of void slips: one of a vote that is not void, or one missing that a booth had printed.
  assert.deepEqual(broken({}, { voidSlips: counts.void + 1 }), ['slips-void'])
  assert.deepEqual(broken({}, { voidSlips: counts.slipsVoid - 1 }), ['slips-kept'])
  // A slip of which the booth does not know, for power was cut while it was printed, may lie there.
  assert.deepEqual(broken({ slipsVoid: 0 }, { voidSlips: counts.void }), [])
  // A paper more than ballots that no reprint explains, or a reprint whose first paper is nowhere.
  assert.deepEqual(broken({ reprints: 0 }, { replaced: 1 }), ['reprints'])
  assert.deepEqual(broken({}, { replaced: 0 }), ['reprints'])
  assert.deepEqual(broken({ pending: 1 }), ['pending'])
  assert.deepEqual(broken({}, { unused: 6 }), ['pool'])
  assert.deepEqual(broken({}, { roll: counts.present - 1 }), ['roll'])
})
