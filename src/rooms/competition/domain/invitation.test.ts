import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isInvited, type Known, linesOf, mayChoose, proposedFor } from './invitation.ts'
import type { Rules } from './round.ts'
import { shippedRounds } from './shipped-rounds.ts'

const y2021 = shippedRounds()[1] as Rules
const khusus = y2021.groups.find(({ key }) => key === 'khusus')!
const proposal = { group: 'khusus', agency: 'a' }

describe('competition: who is invited', () => {
  const cases: [string, { group: string; agency: string | null; innovation: string | null }, string[], boolean][] = [
    ['the agency, any innovation', { group: 'khusus', agency: 'a', innovation: null }, [], true],
    ['another agency', { group: 'khusus', agency: 'b', innovation: null }, [], false],
    ['the agency, to another group', { group: 'umum', agency: 'a', innovation: null }, [], false],
    ['this innovation', { group: 'khusus', agency: 'a', innovation: 'x' }, ['x', 'y'], true],
    ['another innovation of the agency', { group: 'khusus', agency: 'a', innovation: 'x' }, ['y'], false],
    ['this innovation, of another agency', { group: 'khusus', agency: 'b', innovation: 'x' }, ['x'], false],
    ['this innovation, of an agency not known', { group: 'khusus', agency: null, innovation: 'x' }, ['x'], true],
    ['nobody in particular', { group: 'khusus', agency: null, innovation: null }, ['x'], false],
  ]
  for (const [what, invitation, innovations, expected] of cases)
    it(`${expected ? 'counts' : 'does not count'} an invitation of ${what}`, () =>
      assert.equal(isInvited([invitation], proposal, new Set(innovations)), expected))

  it('opens the group to whoever holds an invitation, and an open group to everybody', () => {
    const ofInnovation = { group: 'khusus', agency: 'a', innovation: 'x' }
    assert.equal(mayChoose(y2021, [], proposal, null), false)
    assert.equal(mayChoose(y2021, [ofInnovation], proposal, null), true)
    assert.equal(mayChoose(y2021, [{ ...ofInnovation, agency: 'b' }], proposal, 'x'), false)
    assert.equal(mayChoose(y2021, [{ ...ofInnovation, agency: null }], proposal, null), false)
    assert.equal(mayChoose(y2021, [{ ...ofInnovation, agency: null }], proposal, 'x'), true)
    assert.equal(mayChoose(y2021, [], { group: 'umum', agency: 'a' }, null), true)
  })

  it('proposes whoever holds the awards that the group asks for, and none that exclude', () => {
    let n = 0
    const award = (innovation: string, level: string, year: number | null): Known => {
      n++
      return {
        id: String(n),
        innovation,
        level,
        year,
        name: `Inovasi ${innovation}`,
        agencyName: 'Kota X',
        agency: null,
      }
    }
    const register = [
      award('b', 'Top 40', 2016),
      award('a', 'Top 40', 2019),
      award('a', 'Top 99', 2019),
      // Too late, too low, without a year, already Outstanding, twice Top 15.
      award('late', 'Top 40', 2020),
      award('low', 'Top 99', 2018),
      award('undated', 'Top 40', null),
      award('outstanding', 'Top 40', 2015),
      award('outstanding', 'Outstanding Achievement', 2020),
      award('twice', 'Top 40', 2015),
      award('twice', 'Top 15 Kelompok Khusus', 2020),
    ]
    // The rule says twice: once does not exclude.
    assert.deepEqual(
      proposedFor(khusus, register, []).map(({ innovation }) => innovation),
      ['twice', 'a', 'b'],
    )
    assert.deepEqual(
      proposedFor(khusus, register, [{ group: 'khusus', agency: null, innovation: 'a' }]).map(
        ({ innovation, awards }) => [innovation, awards.map(({ level, year }) => `${level} ${year}`)],
      ),
      [
        ['twice', ['finalist 2015', 'top 2015', 'special-finalist 2020']],
        ['b', ['finalist 2016', 'top 2016']],
      ],
    )
    assert.deepEqual(proposedFor(y2021.groups[0]!, register, []), [])
  })

  it('reads lines as people paste them, by their numbers', () => {
    assert.deepEqual(
      linesOf('mi-000012\r\n\n MI-000013; 35.10 \n35.10\nPemerintah Kota Malang\nMI-000014 35.10\nMI-14'),
      [
        { line: 1, text: 'mi-000012', code: 'MI-000012', agency: null },
        { line: 3, text: 'MI-000013; 35.10', code: 'MI-000013', agency: '35.10' },
        { line: 4, text: '35.10', code: null, agency: '35.10' },
        { line: 5, text: 'Pemerintah Kota Malang', code: null, agency: 'Pemerintah Kota Malang' },
        { line: 6, text: 'MI-000014 35.10', code: 'MI-000014', agency: '35.10' },
        { line: 7, text: 'MI-14', code: null, agency: 'MI-14' },
      ],
    )
  })
})
