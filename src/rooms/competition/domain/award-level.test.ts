import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { awardLevelOf } from './award-level.ts'
import { awardsOf } from './prior-award.ts'
import { awardsIn, type InnovationRow } from './register.ts'
import type { AwardLevel } from './round.ts'

const shipped: InnovationRow[] = JSON.parse(readFileSync(new URL('../data/innovations.json', import.meta.url), 'utf8'))
const inRegister = new Set(shipped.flatMap(({ level, year }) => awardsIn(level, year).map((award) => award.level)))

/** Every level of the shipped register that is an award of the competition; all others are none. */
const counted: Record<string, AwardLevel> = {
  'Top 9': 'top',
  'Top 25': 'top',
  'Top 35': 'top',
  'Top 40': 'top',
  'Top 45': 'top',
  'Top Terpuji (year cut off in source)': 'top',
  'Top 99': 'finalist',
  'Top 99 or Top 40 (source does not say which)': 'finalist',
  'Top 99/Top 40 class (field-verified by PANRB)': 'finalist',
  'Finalis (Top 99/15)': 'finalist',
  'Top 15 Kelompok Khusus': 'special-finalist',
  'Top 5 Replikasi': 'replication-top',
  'Outstanding Achievement (5 Kelompok Khusus)': 'outstanding',
}

describe('the level of an award as the rules count it', () => {
  it('is known of every level in the shipped register', () => {
    const found = [...inRegister].flatMap((level) => {
      const counts = awardLevelOf(level)
      return counts ? [[level, counts] as const] : []
    })
    assert.deepEqual(Object.fromEntries(found), counted)
    assert.deepEqual(
      [...inRegister].filter((level) => !(level in counted) && /^(?:top|finalis|outstanding)/i.test(level)).sort(),
      [
        'Finalis KIPP DIY',
        'Top 21 Inovasi Penanganan Covid-19 (separate list)',
        'Top 30 Jawa Timur (KOVABLIK)',
        'Top 50 Sulsel (JIPP)',
        'Top Keberlanjutan (PKRI)',
      ],
      'what looks like an award of the competition and is none',
    )
  })
  const ours: [string, AwardLevel | null][] = [
    ['Top 33', 'finalist'],
    ['top  99 ', 'finalist'],
    ['Finalis', 'finalist'],
    ['Finalis Kelompok Replikasi', 'replication-finalist'],
    ['Top 15 Kelompok Replikasi', 'replication-finalist'],
    ['5 Top Replikasi', 'replication-top'],
    ['Finalis Kelompok Khusus', 'special-finalist'],
    ['Outstanding Achievement', 'outstanding'],
    ['Inovasi terpuji', 'top'],
    ['finalist', null],
    ['', null],
  ]
  for (const [level, counts] of ours)
    it(`reads "${level}" as ${counts ?? 'no award'}`, () => assert.equal(awardLevelOf(level), counts))

  it('counts an award of the top as one of the finalists of that year too, once', () => {
    const award = (level: string, year: number | null, innovation = 'a') => ({ id: level, innovation, level, year })
    const register = [
      award('Top 9', 2014),
      award('Top 99', 2014),
      award('Top 5 Replikasi', 2021),
      award('Top 40', null),
      award('UNPSA 2015 juara II', 2015),
      award('Top 45', 2019, 'b'),
    ]
    assert.deepEqual(
      awardsOf(register, new Set(['a'])).map(({ level, year }) => `${level} ${year}`),
      ['finalist 2014', 'top 2014', 'replication-finalist 2021', 'replication-top 2021'],
    )
  })
})
