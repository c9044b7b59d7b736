import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { filesOf, packageOf } from '../../../test/packages.ts'
import { instantOf } from './domain/calendar.ts'
import type { Case, Installation } from './domain/case.ts'
import { nationalHolidays } from './domain/holidays.ts'
import { open } from './domain/moving.ts'
import { apply } from './domain/rule.ts'
import { isWhole, type Kept, takeSnapshot } from './domain/snapshot.ts'

const garda = packageOf(filesOf('garda-ampuh'))
const here: Installation = { place: { zone: 'WIB', holidays: nationalHolidays() }, settings: {}, language: 'id' }
const day = (text: string) => instantOf(`${text}T12:00`, 'WIB')

/** A child who was found, and learns again since a day, or not. */
function child(i: number, since?: string): Case {
  const found = day('2016-05-02')
  const back =
    since === undefined
      ? []
      : [{ at: day(since), move: 'catat_hadir', role: 'sekolah', from: 'ditempatkan', to: 'belajar' }]
  return {
    number: `GA-${i}`,
    flow: 'anak',
    state: since ? 'belajar' : 'menolak',
    openedAt: found,
    data: { desa: `35102${String(i % 25).padStart(5, '0')}`, jenis_kelamin: i % 2 ? 'l' : 'p' },
    rules: {},
    consents: {},
    clocks: [],
    entered: { terverifikasi: found, ...(since ? { belajar: day(since) } : {}) },
    history: [{ at: found, move: 'kunjungi', role: 'petugas', from: 'dikunjungi', to: 'terverifikasi' }, ...back],
  }
}

describe('services: Garda Ampuh', () => {
  it('keeps the report of each day: 5,093 children on one, 5,128 on another, and both for ever', () => {
    const reported = {
      ...garda,
      indicators: garda.indicators.filter(({ id }) => ['kembali', 'masih_di_luar'].includes(id)),
    }
    const children = Array.from({ length: 5191 }, (_, i) =>
      child(i, i < 5093 ? '2016-11-01' : i < 5128 ? '2017-02-01' : undefined),
    )
    const whole = ({ snapshot }: Kept) => snapshot.figures.map((figure) => figure.whole.value)
    const first = takeSnapshot(reported, here, children, instantOf('2016-12-31T23:59', 'WIB'))
    assert.deepEqual([first.snapshot.day, whole(first)], ['2016-12-31', [5093, 98]])
    const before = { known: first.known, figures: first.snapshot.figures }
    const later = takeSnapshot(reported, here, children, instantOf('2017-03-31T23:59', 'WIB'), before)
    assert.deepEqual([later.snapshot.day, whole(later)], ['2017-03-31', [5128, 63]])
    assert.notEqual(later.hash, first.hash)
    // What was published on a day comes out the same when it is asked again, and cannot be changed unseen.
    const few = children.slice(5080, 5140)
    const [once, again] = [few, [...few]].map((list) =>
      takeSnapshot(reported, here, list, instantOf('2016-12-31T23:59', 'WIB')),
    )
    assert.deepEqual(once, again)
    assert.equal(isWhole(first), true)
    assert.equal(isWhole({ ...first, text: first.text.replace('5093', '5128') }), false)
  })

  it('pays by the rate of the day, for the days attended, and never guesses a rate', () => {
    const rates = garda.rules.find(({ id }) => id === 'uang_saku')!
    const rate = (jenjang: string, on: string) => {
      const result = apply(rates, { jenjang }, on, 0)
      return typeof result === 'string' ? result : result.values.rupiah
    }
    assert.deepEqual(
      ['sd', 'smp', 'sma'].map((level) => rate(level, '2019-07-15')),
      [5000, 10000, 15000],
    )
    assert.deepEqual(
      ['sd', 'smp', 'sma'].map((level) => rate(level, '2023-07-15')),
      [10000, 15000, 20000],
    )
    assert.equal(rate('sd', '2018-12-31'), 'no-valid-version')
    assert.equal(rate('tk', '2023-07-15'), 'no-row-fits')
  })

  it('scores at most 100, and each part as it was decided', () => {
    const priority = garda.rules.find(({ id }) => id === 'prioritas')!
    const score = (umur: number | null, kondisi: string[]) => {
      const result = apply(priority, { umur, kondisi, keluar: null, today: null }, '2026-03-02', 0)
      assert.ok(typeof result !== 'string')
      return [result.values.total, result.values.band]
    }
    assert.deepEqual(score(null, []), [0, 'biasa'])
    assert.deepEqual(score(15, []), [20, 'biasa'])
    assert.deepEqual(score(16, ['bekerja', 'menikah']), [15, 'biasa'])
    assert.deepEqual(score(16, ['miskin', 'yatim_piatu']), [30, 'segera'])
    assert.deepEqual(score(15, ['miskin', 'yatim_piatu', 'disabilitas']), [60, 'utama'])
    assert.deepEqual(score(15, ['miskin', 'yatim_piatu', 'disabilitas', 'bekerja', 'menikah', 'hamil']), [75, 'utama'])
  })

  it('takes a report without a name and without a telephone, and tells nobody by name', () => {
    const report = (answers: Record<string, unknown>) =>
      open(garda, here, 'GA-1', 'anak', { move: 'lapor', role: 'pelapor', answers }, day('2026-03-02'))
    const anonymous = report({ desa: '3510211001', keterangan: 'Anak laki-laki di pasar' })
    assert.ok(anonymous.ok)
    assert.deepEqual(
      anonymous.effects.map(({ kind }) => kind),
      ['unsent', 'task'],
    )
    const nameless = report({ desa: '3510211001' })
    assert.deepEqual(nameless.ok ? [] : nameless.objections.map(({ rule }) => rule), ['required:keterangan'])
    for (const { with: values } of garda.messages)
      for (const { value } of Object.values(values)) assert.doesNotMatch(value, /nama_anak|\bnama\b/)
  })
})
