import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { judgeLicence, judgeParties } from './adopting.ts'
import { paperNumber, readNumber, yearOf } from './paper.ts'
import { isOver, judgeMove, type Move, moveNames, movesNow, type Side, type Standing, states } from './process.ts'

const standing: Standing = {
  state: 'interest',
  owner: 'a',
  expansion: false,
  agreedOwner: null,
  agreedAdopter: null,
  service: null,
  firstCase: null,
}
const now = new Date('2026-03-01T00:00:00Z')
const to = (given: Partial<Standing>, move: Move, sides: Side[], note: string | null = null) => {
  const judged = judgeMove({ ...standing, ...given }, move, sides, note)
  return judged.ok ? judged.change.state : judged.refusal
}

describe('replication: the moves of a replication', () => {
  it('lead from interest to certificate, with or without verification', () => {
    const signed = { agreedOwner: now, agreedAdopter: now }
    assert.deepEqual(
      [
        to({}, 'verify', ['verifier']),
        to({}, 'sign', ['adopter']),
        to({ state: 'verified', agreedAdopter: now }, 'sign', ['owner']),
        to({ agreedOwner: now }, 'sign', ['owner']),
        to({ ...signed, state: 'agreed' }, 'approve', ['owner']),
        to({ ...signed, state: 'agreed', service: 's' }, 'approve', ['owner']),
        to({ ...signed, state: 'approved' }, 'begin', ['adopter']),
        to({ ...signed, state: 'implementing', service: 's' }, 'certify', ['owner']),
        to({ ...signed, state: 'implementing', service: 's', firstCase: now }, 'certify', ['national']),
        to({ ...signed, state: 'implementing' }, 'certify', ['owner']),
        to({ ...signed, state: 'implementing' }, 'certify', ['owner'], 'Dilihat di lapangan oleh tim.'),
      ],
      [
        'verified',
        'interest',
        'agreed',
        'not-now',
        'approved',
        'implementing',
        'implementing',
        'no-case-yet',
        'certified',
        'evidence-needed',
        'certified',
      ],
    )
  })

  it('let one office sign for both units of its agency, and nobody for an owner who is not known', () => {
    assert.equal(to({ expansion: true }, 'sign', ['owner', 'adopter']), 'agreed')
    assert.equal(to({ owner: null }, 'sign', ['adopter']), 'owner-unknown')
  })

  it('decline and end with a reason only', () => {
    assert.equal(to({}, 'decline', ['national']), 'reason-needed')
    assert.equal(to({}, 'decline', ['national'], 'Belum siap.'), 'declined')
    assert.equal(to({ state: 'implementing' }, 'end', ['adopter']), 'reason-needed')
    assert.equal(to({ state: 'implementing' }, 'end', ['adopter'], 'Anggaran habis.'), 'ended')
  })

  it('never begin where it is over, never are offered to nobody, and never lead to a certificate without both signatures', () => {
    const date = fc.constantFrom(null, now)
    const sides = fc.subarray<Side>(['adopter', 'owner', 'verifier', 'national'])
    const any = fc.record<Standing>({
      state: fc.constantFrom(...states),
      owner: fc.constantFrom(null, 'a'),
      expansion: fc.boolean(),
      agreedOwner: date,
      agreedAdopter: date,
      service: fc.constantFrom(null, 's'),
      firstCase: date,
    })
    fc.assert(
      fc.property(
        any,
        sides,
        fc.constantFrom(...moveNames),
        fc.constantFrom(null, 'Alasan yang cukup panjang.'),
        (at, who, move, note) => {
          const offered = movesNow(at, who)
          if (isOver(at.state) || who.length === 0) assert.deepEqual(offered, [])
          const judged = judgeMove(at, move, who, note)
          if (judged.ok) assert.ok(offered.includes(move))
          if (judged.ok && judged.change.state === 'agreed' && at.state !== 'agreed')
            assert.ok(
              (at.agreedOwner ?? judged.change.signs.includes('owner')) &&
                (at.agreedAdopter ?? judged.change.signs.includes('adopter')),
            )
        },
      ),
    )
  })
})

describe('replication: who may copy what', () => {
  it('nobody what is their own; another unit of the agency as an expansion', () => {
    const owner = { agency: 'a', unit: 'u' }
    const judged = (
      agency: string,
      unit: string | null,
      of = owner as { agency: string | null; unit: string | null },
    ) => {
      const outcome = judgeParties(of, { agency, unit })
      return outcome.ok ? outcome.change.expansion : outcome.refusal
    }
    assert.deepEqual(
      [
        judged('b', null),
        judged('b', 'u'),
        judged('a', 'v'),
        judged('a', 'u'),
        judged('a', null),
        judged('a', 'v', { agency: 'a', unit: null }),
        judged('a', 'v', { agency: null, unit: null }),
      ],
      [false, false, true, 'self-replication', 'self-replication', 'self-replication', false],
    )
  })

  it('a package under an open licence at once, another after the approval', () => {
    const ok = (licence: string, state: (typeof states)[number] | null) => judgeLicence(licence, state).ok
    assert.deepEqual(
      [
        ok('CC-BY-4.0', null),
        ok('LicenseRef-Milik', null),
        ok('LicenseRef-Milik', 'agreed'),
        ok('LicenseRef-Milik', 'approved'),
      ],
      [true, false, false, true],
    )
  })

  it('reads a number as it writes it, and counts years as in Jakarta', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2000, max: 2999 }), fc.integer({ min: 1, max: 999_999 }), (year, n) => {
        assert.deepEqual(readNumber(` ${paperNumber('certificate', year, n).toLowerCase()} `), { year, n })
      }),
    )
    assert.equal(readNumber(paperNumber('agreement', 2026, 1)), undefined)
    assert.equal(yearOf(new Date('2026-12-31T17:30:00Z')), 2027)
  })
})
