import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Profile } from './profile.ts'
import { judgeRegistration, registrationHolds } from './registration.ts'

describe('the registration that ended with one candidate (R30)', () => {
  const judge = (closed: string, extended: string[], today = '2026-10-20', days = [15, 10]) =>
    judgeRegistration({ closed, extended }, days, today)

  it('was extended as often and as long as the rules say, and is over', () => {
    assert.equal(judge('2026-09-10', ['2026-09-25', '2026-10-05']), undefined)
    assert.equal(judge('2026-09-10', ['2026-09-24', '2026-10-05']), 'registration-short')
    assert.equal(judge('2026-09-10', ['2026-09-25', '2026-10-04']), 'registration-short')
    assert.equal(judge('2026-09-10', ['2026-10-05']), 'registration-short')
    assert.equal(judge('2026-09-10', []), 'registration-short')
    assert.equal(judge('2026-09-10', ['2026-09-25', '2026-10-05'], '2026-10-05'), 'registration-open')
    assert.equal(judge('2026-09-10', ['2026-09-25', '2026-10-05'], '2026-10-06'), undefined)
    // Across the end of a year, and longer than it must be.
    assert.equal(judge('2026-12-25', ['2027-01-09', '2027-03-01'], '2027-03-02'), undefined)
  })

  it('need not have been where the rules ask for nothing, but then it is closed', () => {
    assert.equal(judge('2026-09-10', [], '2026-10-20', []), undefined)
    assert.equal(judge('2026-10-20', [], '2026-10-20', []), 'registration-open')
  })

  it('holds by the rules as they are now: a rule that becomes longer is asked for again', () => {
    const profile = (value: number[], extended?: string[]) =>
      ({
        rules: { registration: { value } },
        ...(extended && { registration: { closed: '2026-09-10', extended, ground: 'BA 1' } }),
      }) as unknown as Profile
    assert.equal(registrationHolds(profile([])), true)
    assert.equal(registrationHolds(profile([15])), false)
    assert.equal(registrationHolds(profile([15], ['2026-09-25'])), true)
    assert.equal(registrationHolds(profile([15, 10], ['2026-09-25'])), false)
  })
})
