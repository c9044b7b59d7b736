import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { isSessionAlive, judgePassword } from './account.ts'
import { hasFactor, judgeAdding, judgeRemoving } from './factor.ts'
import { judgeEnd, judgeInvitation, judgePost, stateOf } from './office.ts'

const now = new Date('2017-02-01T03:00:00Z')
const after = (hours: number) => new Date(now.getTime() + hours * 3_600_000)

describe('people: the rules', () => {
  it('take passwords of ten letters or more that are not easy to guess', () => {
    const account = { name: 'Dewi Lestari', email: 'dewi.lestari@contoh.go.id' }
    const judged = (password: string) => {
      const decision = judgePassword(password, account)
      return decision.ok ? 'ok' : decision.refusal
    }
    assert.equal(judged('kuda laut'), 'password-short')
    assert.equal(judged('x'.repeat(201)), 'password-long')
    for (const weak of ['aaaaaaaaaaaa', 'password123', 'Indonesia2017!', 'lestari12345', 'bismillah123'])
      assert.equal(judged(weak), 'password-known', weak)
    for (const good of ['kuda laut biru', 'k0pi-pahit-2017', 'lestari alam sungai barito'])
      assert.equal(judged(good), 'ok', good)
  })

  it('keep a session alive for twelve hours without a request and fourteen days in all', () => {
    const session = { seen: now, expires: after(14 * 24), ended: null }
    assert.equal(isSessionAlive(session, after(11.99)), true)
    assert.equal(isSessionAlive(session, after(12)), false)
    assert.equal(isSessionAlive({ ...session, seen: after(14 * 24 - 1) }, after(14 * 24)), false)
    assert.equal(isSessionAlive({ ...session, ended: now }, now), false)
  })

  it('open an invitation exactly when its state says that it waits', () => {
    const moment = fc.option(fc.date({ min: new Date(0), max: after(1e5), noInvalidDate: true }), { nil: null })
    const invitation = fc.record({ expires: fc.constantFrom(after(-1), now, after(1)), used: moment, revoked: moment })
    fc.assert(
      fc.property(invitation, (invitation) => {
        assert.equal(judgeInvitation(invitation, now).ok, stateOf(invitation, now) === 'open')
      }),
    )
  })

  it('never let the last national admin go, nor end an office twice', () => {
    assert.equal(judgeEnd({ role: 'national-admin', ended: null }, 1).ok, false)
    assert.equal(judgeEnd({ role: 'national-admin', ended: null }, 2).ok, true)
    assert.equal(judgeEnd({ role: 'evaluator', ended: null }, 1).ok, true)
    assert.equal(judgeEnd({ role: 'evaluator', ended: now }, 1).ok, false)
  })

  it('invite to a post that exists, is free, and has no invitation under way', () => {
    const office = { role: 'local-admin' as const, agency: 'a', unit: null }
    const at = {
      agency: 'a',
      agencyName: 'A',
      units: [{ id: 'u', name: 'U' }],
      held: [{ ...office, person: 'p', email: 'p@x.id' }],
      invited: [
        { role: 'unit' as const, agency: 'a', unit: 'u', email: 'q@x.id', expires: after(1) },
        { role: 'unit' as const, agency: 'a', unit: 'u', email: 'old@x.id', expires: now },
      ],
    }
    const judged = (post: Parameters<typeof judgePost>[1]) => {
      const decision = judgePost(at, post, now)
      return decision.ok ? 'ok' : decision.refusal
    }
    const unit = { role: 'unit' as const, unit: 'u', handOver: false }
    const head = { role: 'local-admin' as const, unit: null }
    assert.equal(judged({ ...unit, email: 'new@x.id' }), 'ok')
    assert.equal(judged({ ...unit, email: 'old@x.id' }), 'ok')
    assert.equal(judged({ ...unit, email: 'q@x.id' }), 'invitation-open')
    assert.equal(judged({ ...unit, unit: 'elsewhere', email: 'new@x.id' }), 'unit-unknown')
    assert.equal(judged({ ...head, email: 'p@x.id', handOver: true }), 'role-held')
    assert.equal(judged({ ...head, email: 'new@x.id', handOver: false }), 'agency-has-admin')
    assert.equal(judged({ ...head, email: 'new@x.id', handOver: true }), 'ok')
    const waiting = { ...at, invited: [{ ...office, email: 'x@x.id', expires: after(1) }] }
    const second = judgePost(waiting, { ...head, email: 'new@x.id', handOver: true }, now)
    assert.deepEqual(second, { ok: false, refusal: 'admin-invited' })
  })

  it('let factors be added or removed only by whoever has none or gave one, and keep the last one of a national admin', () => {
    const factors = fc.record({
      app: fc.boolean(),
      passkeys: fc.nat(3),
      given: fc.boolean(),
      required: fc.boolean(),
    })
    fc.assert(
      fc.property(factors, (factors) => {
        assert.equal(judgeAdding(factors).ok, !hasFactor(factors) || factors.given)
        if (!hasFactor(factors)) return
        const left = (factors.app ? 1 : 0) + factors.passkeys - 1
        assert.equal(judgeRemoving(factors).ok, factors.given && (left > 0 || !factors.required))
      }),
    )
  })
})
