import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { filesOf, packageOf } from '../../../../test/packages.ts'
import { instantOf } from './calendar.ts'
import type { Case, Installation } from './case.ts'
import { nationalHolidays } from './holidays.ts'
import { computeAll } from './indicator.ts'
import { alike, differences, mergeInto } from './merging.ts'
import { move, open } from './moving.ts'
import { dueNext } from './timing.ts'

const pkg = packageOf(filesOf('laskar-penjaja-sayur'))
const here: Installation = {
  place: { zone: 'WIB', holidays: nationalHolidays() },
  settings: {},
  language: 'id',
  allowSynthetic: true,
}
const start = instantOf('2026-03-02T05:30', 'WIB')
const hour = 3_600_000

/** A woman who was reported, and enrolled as far as these answers say. */
function aCase(n: number, report: Record<string, unknown>, enrolled?: Record<string, unknown>): Case {
  const act = (moved: ReturnType<typeof move>) => {
    assert.ok(moved.ok, JSON.stringify(moved))
    return moved.case
  }
  const answers = {
    ...{ desa: '3510202001', rt: '003', izin_ibu: 'ya_data_saja', nama_panggilan: 'Sari', sudah_periksa: 'tidak' },
    ...{ tanda: ['pucat'], tanda_bahaya: ['tidak_ada'], ...report },
  }
  const at = start + n * hour
  const reported = act(open(pkg, here, `LPS-${n}`, 'kehamilan', { move: 'lapor', role: 'laskar', answers }, at))
  if (!enrolled) return reported
  const contacted = act(
    move(pkg, here, reported, { move: 'hubungi', role: 'bidan', answers: { cara_kontak: 'telepon' } }, at + hour),
  )
  const form = {
    ...{ setuju_layanan: true, nama: 'Sari Contoh', tanggal_lahir: '1989-03-12', hpht: '2025-09-15', hamil_ke: 3 },
    ...{ jumlah_anak: 2, jarak_tahun: 5, tinggi: 152, sistol: 120, diastol: 80, ...enrolled },
  }
  return act(move(pkg, here, contacted, { move: 'daftar', role: 'bidan', answers: form }, at + 2 * hour))
}
const now = start + 24 * hour
const merge = (kept: Case, other: Case, takes: readonly string[] = []) =>
  mergeInto(pkg, here, kept, other, { into: 'kept', takes, now })

describe('services: two cases made one', () => {
  const plain = aCase(1, { hp: '081234567890' })
  const full = aCase(2, { patokan: 'dekat masjid', kira_umur: 37, tanda: ['tua'] }, { nik: '9910205203890001' })

  it('keeps what it has, fills what it has not, and takes what it is told to', () => {
    const { kept } = merge(plain, full)
    assert.equal(kept.state, plain.state)
    assert.equal(kept.data.hp, plain.data.hp)
    assert.deepEqual(
      [kept.data.patokan, kept.data.nik, kept.data.tanda, kept.data.umur],
      ['dekat masjid', '9910205203890001', ['pucat'], 36],
    )
    assert.deepEqual(merge(plain, full, ['tanda']).kept.data.tanda, ['tua'])
    assert.deepEqual(merge(full, plain).kept.data, { ...plain.data, ...full.data })
    assert.deepEqual(
      differences(pkg, plain, full)
        .filter((one) => one.kept !== undefined && one.other !== undefined)
        .map(({ field }) => field),
      ['tanda'],
    )
  })

  it('makes calculated values again from what came', () => {
    const younger = aCase(3, {}, { tanggal_lahir: '2000-03-12' })
    const { kept } = merge(full, younger, ['tanggal_lahir'])
    assert.deepEqual([kept.data.tanggal_lahir, kept.data.umur], ['2000-03-12', 25])
  })

  it('lets the stricter consent hold, and keeps nothing that it covers', () => {
    const refused = aCase(4, { izin_ibu: 'tidak' })
    for (const { kept } of [merge(full, refused), merge(refused, full)]) {
      assert.deepEqual([kept.consents.data?.given, kept.consents.foto?.given], [false, false])
      assert.equal(kept.consents.layanan?.given, true)
      assert.equal(/dekat masjid/.test(JSON.stringify(kept)), false)
    }
    assert.equal(merge(refused, full).kept.consents.data?.at, refused.consents.data?.at)
  })

  it('never lets a total fall that never falls', () => {
    const red = aCase(5, {}, { riwayat: ['sesar'] })
    const green = aCase(6, {}, { tanggal_lahir: '1999-03-12' })
    const total = (it: Case) => it.rules.kspr!.at(-1)!.values.total
    assert.ok(Number(total(red)) > Number(total(green)))
    for (const { kept } of [merge(green, red), merge(red, green)]) {
      const last = kept.rules.kspr!.at(-1)!
      assert.equal(last.values.total, total(red))
      assert.equal(
        last.because.reduce((sum, { points }) => sum + (points ?? 0), 0),
        last.values.total,
      )
    }
  })

  it('closes the other, stops its clocks and counts it no more', () => {
    const { other, kept } = merge(full, plain)
    assert.equal(other.closedAt, now)
    assert.deepEqual(other.data, plain.data)
    assert.ok(other.clocks.length > 0 && other.clocks.every(({ since }) => since === null))
    assert.equal(dueNext(pkg, here, other), undefined)
    assert.deepEqual(dueNext(pkg, here, kept), dueNext(pkg, here, full))
    const laporan = pkg.indicators.filter(({ id }) => id === 'laporan').map(({ by: _, ...rest }) => rest)
    const many = Array.from({ length: 6 }, (_, i) => aCase(i + 10, {}))
    const n = (cases: Case[]) => computeAll(pkg, here, laporan, cases, now)[0]!.whole.n
    assert.deepEqual([n([...many, full, plain]), n([...many, kept, other])], [8, 7])
  })

  it('shows those who know of the other only what both hold alike', () => {
    assert.deepEqual(alike({ desa: 1, nik: 'x', rt: 2 }, { desa: 1, rt: 3 }), { desa: 1 })
  })

  it('invents nothing, loses nothing that may be kept, and changes neither of the two that it was given', () => {
    const report = fc.record(
      {
        izin_ibu: fc.constantFrom('ya_data_saja', 'ya_foto_dan_data', 'tidak'),
        nama_panggilan: fc.constantFrom('Sari', 'Ina'),
        patokan: fc.constantFrom('masjid', 'pasar'),
        rt: fc.constantFrom('001', '002'),
        kira_bulan: fc.integer({ min: 1, max: 9 }),
      },
      { requiredKeys: [] },
    )
    const enrolled = fc.option(fc.record({ tinggi: fc.constantFrom(150, 160) }, { requiredKeys: [] }), {
      nil: undefined,
    })
    const takes = fc.subarray(['nama_panggilan', 'patokan', 'rt', 'kira_bulan', 'tinggi', 'umur'])
    fc.assert(
      fc.property(report, enrolled, report, enrolled, takes, (a, b, c, d, fields) => {
        const [one, two] = [aCase(1, a, b), aCase(2, c, d)]
        const before = JSON.stringify([one, two])
        const { kept, other } = merge(one, two, fields)
        assert.equal(JSON.stringify([one, two]), before)
        assert.deepEqual([kept.history, kept.clocks, kept.state], [one.history, one.clocks, one.state])
        assert.deepEqual(other.data, two.data)
        const covered = (id: string) =>
          pkg.forms.flatMap((form) => form.fields).find((field) => field.id === id)?.consent
        for (const id of new Set([...Object.keys(one.data), ...Object.keys(two.data), ...Object.keys(kept.data)])) {
          const consent = covered(id)
          const refused = consent && [one, two].some(({ consents }) => consents[consent]?.given === false)
          const from = fields.includes(id) && id !== 'umur' && id in two.data ? two : id in one.data ? one : two
          if (refused) assert.ok(!(id in kept.data), id)
          else assert.deepEqual(kept.data[id], from.data[id], id)
        }
      }),
      { numRuns: 60 },
    )
  })
})
