import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type Group, shownGroups, sumBy } from './groups.ts'
import { difference, levelOf, levelsOf, noSums, sumsOf, type TpsState } from './rollup.ts'

const groups = (...voters: number[]): Group[] =>
  voters.map((n, i) => ({ key: String(i), voters: n, votes: [n], blank: 0 }))
const shown = (...voters: number[]) => [...shownGroups(groups(...voters), 30)].join('')

describe('voting: groups so small that they would tell how somebody voted', () => {
  it('are hidden, and never one alone, since the sum less the others would show it', () => {
    assert.equal(shown(), '')
    assert.equal(shown(29), '')
    assert.equal(shown(30), '0')
    assert.equal(shown(30, 30, 30), '012')
    assert.equal(shown(29, 100, 50), '1')
    assert.equal(shown(10, 12, 100), '')
    assert.equal(shown(20, 25, 100, 60), '23')
    assert.equal(shown(0, 40), '01')
  })

  it('cannot be had by subtraction: what is hidden is nothing, or at least two groups of at least so many, or all', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(80), { maxLength: 12 }), fc.integer({ min: 1, max: 40 }), (sizes, least) => {
        const all = groups(...sizes)
        const open = shownGroups(all, least)
        const hidden = all.filter(({ key, voters }) => voters > 0 && !open.has(key))
        for (const { key, voters } of all) if (open.has(key) && voters > 0) assert.ok(voters >= least)
        const sum = hidden.reduce((n, { voters }) => n + voters, 0)
        const everything = hidden.length === all.filter(({ voters }) => voters > 0).length
        assert.ok(hidden.length === 0 || everything || (hidden.length >= 2 && sum >= least))
      }),
    )
  })

  it('are summed by their hamlet', () => {
    const all = groups(3, 4, 5)
    const byHamlet = sumBy(all, ({ key }) => (key === '2' ? null : 'Krajan'))
    assert.deepEqual(byHamlet, [{ key: 'Krajan', voters: 7, votes: [7], blank: 0 }])
  })
})

describe('voting: what one polling place adds above', () => {
  const tps: TpsState = {
    state: 'missing',
    late: false,
    questioned: false,
    typed: false,
    voters: 300,
    present: 0,
    valid: 0,
    blank: 0,
  }
  it('is added to its village, district, regency, province and the nation', () => {
    assert.deepEqual(levelsOf('35.10.20.2001'), ['35.10.20.2001', '35.10.20', '35.10', '35', ''])
    assert.deepEqual(levelsOf('35.10.20.2001').map(levelOf), ['village', 'district', 'regency', 'province', 'nation'])
  })
  it('is no vote while it is missing or contradicts itself', () => {
    const counted = { ...tps, state: 'counted', late: true, present: 250, valid: 240, blank: 5 } as const
    const one = { ...noSums(), tps: 1, voters: 300 }
    assert.deepEqual(sumsOf(tps), one)
    assert.deepEqual(sumsOf({ ...tps, late: true }), { ...one, late: 1 })
    assert.deepEqual(sumsOf(counted), { ...one, counted: 1, counted_voters: 300, present: 250, valid: 240, blank: 5 })
    assert.deepEqual(sumsOf({ ...counted, state: 'contradicting' }), { ...one, contradicting: 1 })
    assert.deepEqual(difference(sumsOf(counted), sumsOf({ ...tps, late: true })).late, -1)
  })
})
