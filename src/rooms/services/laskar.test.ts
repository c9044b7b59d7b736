import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { filesOf, packageOf } from '../../../test/packages.ts'
import { instantOf } from './domain/calendar.ts'
import type { Case, Installation } from './domain/case.ts'
import { asDate } from './domain/expression.ts'
import { nationalHolidays } from './domain/holidays.ts'
import { computeAll } from './domain/indicator.ts'
import { healthWord } from './domain/message.ts'
import { catchUp, move, open } from './domain/moving.ts'
import type { Rule } from './domain/package/format/rule.ts'
import { apply, explain, type Result } from './domain/rule.ts'
import { sight } from './domain/sight.ts'

const pkg = packageOf(filesOf('laskar-penjaja-sayur'))
const kspr = pkg.rules.find(({ id }) => id === 'kspr') as Rule & { kind: 'sum' }
const here: Installation = {
  place: { zone: 'WIB', holidays: nationalHolidays() },
  settings: {},
  language: 'id',
  allowSynthetic: true,
}
const morning = instantOf('2026-03-02T05:30', 'WIB')
const hour = 3_600_000

/** A woman of whom nothing is a factor. */
const well = {
  hamil_ke: 2,
  jumlah_anak: 1,
  umur: 27,
  jarak_tahun: 4,
  tinggi: 155,
  riwayat: [],
  penyakit: [],
  temuan: [],
  tgl_bersalin: null,
}
function score(
  over: Record<string, unknown>,
  settings: Record<string, unknown> = { penyakit_per_baris: true },
  earlier: Result[] = [],
): Result {
  const result = apply(kspr, { ...well, ...over, setting: settings }, '2026-03-02', 0, earlier)
  assert.ok(typeof result !== 'string')
  return result
}
const total = (over: Record<string, unknown>, settings?: Record<string, unknown>) => score(over, settings).values.total

describe('services: KSPR of Laskar Penjaja Sayur', () => {
  it('begins at 2, which is green', () => {
    assert.deepEqual(score({}).values, { total: 2, band: 'krr', colour: 'green' })
  })

  /** Each factor alone, by the number on the card, and what it is worth. */
  const factors: [no: string, over: Record<string, unknown>, points: number][] = [
    ['1', { hamil_ke: 1, jumlah_anak: 0, umur: 16 }, 4],
    ['2a', { hamil_ke: 1, jumlah_anak: 0, lama_kawin: 4 }, 4],
    ['2b', { hamil_ke: 1, jumlah_anak: 0, umur: 35 }, 4],
    ['3', { jarak_tahun: 1.9 }, 4],
    ['4', { jarak_tahun: 10 }, 4],
    ['5', { jumlah_anak: 4 }, 4],
    ['6', { umur: 35 }, 4],
    ['7', { tinggi: 145 }, 4],
    ['8', { riwayat: ['gagal'] }, 4],
    ['9a', { riwayat: ['vakum'] }, 4],
    ['9b', { riwayat: ['uri_dirogoh'] }, 4],
    ['9c', { riwayat: ['infus'] }, 4],
    ['10', { riwayat: ['sesar'] }, 8],
    ['11a', { penyakit: ['kurang_darah'] }, 4],
    ['11b', { penyakit: ['malaria'] }, 4],
    ['11c', { penyakit: ['tbc'] }, 4],
    ['11d', { penyakit: ['jantung'] }, 4],
    ['11e', { penyakit: ['gula'] }, 4],
    ['11f', { penyakit: ['pms'] }, 4],
    ['12', { temuan: ['bengkak_darah_tinggi'] }, 4],
    ['13', { temuan: ['kembar'] }, 4],
    ['14', { temuan: ['kembar_air'] }, 4],
    ['15', { temuan: ['bayi_mati'] }, 4],
    ['16', { temuan: ['lebih_bulan'] }, 4],
    ['17', { temuan: ['sungsang'] }, 8],
    ['18', { temuan: ['lintang'] }, 8],
    ['19', { temuan: ['perdarahan_hamil'] }, 8],
    ['20', { temuan: ['peb'] }, 8],
  ]
  for (const [no, over, points] of factors)
    it(`counts ${points} for factor ${no}, and names it`, () => {
      const result = score(over)
      assert.equal(result.values.total, 2 + points)
      assert.deepEqual(
        result.because.filter((line) => line.id !== 'base' && line.points !== 0).map(({ id }) => id),
        [no],
      )
    })

  it('has exactly the 28 lines that are tested here', () => {
    assert.deepEqual(
      kspr.versions[0]!.factors.map(({ id }) => id),
      factors.map(([no]) => no),
    )
  })

  it('does not fall into the traps that public apps fell into', () => {
    // Height written the wrong way round.
    assert.equal(total({ tinggi: 146 }), 2)
    assert.equal(total({ tinggi: 180 }), 2)
    // A caesarean scored 4.
    assert.equal(total({ riwayat: ['sesar'] }), 10)
    // First pregnancy at 35 and more counted twice.
    assert.equal(total({ hamil_ke: 1, jumlah_anak: 0, umur: 40 }), 6)
    // What belongs to a first pregnancy, counted in a later one, and the other way round.
    assert.equal(total({ hamil_ke: 2, umur: 16 }), 2)
    assert.equal(total({ hamil_ke: 2, lama_kawin: 12 }), 2)
    assert.equal(total({ hamil_ke: 1, jumlah_anak: 0, jarak_tahun: 0.5 }), 2)
    // Just beside each border.
    assert.equal(total({ umur: 34 }), 2)
    assert.equal(total({ jarak_tahun: 2 }), 2)
    assert.equal(total({ jarak_tahun: 9.9 }), 2)
    assert.equal(total({ jumlah_anak: 3 }), 2)
    // What was not measured is no factor.
    assert.equal(total({ tinggi: null, umur: null, jarak_tahun: null }), 2)
  })

  it('counts line 11 as the region has decided', () => {
    const ill = { penyakit: ['kurang_darah', 'malaria', 'tbc', 'jantung'] }
    assert.equal(total(ill, { penyakit_per_baris: true }), 10)
    assert.equal(total(ill, { penyakit_per_baris: false }), 18)
  })

  it('knows only totals of 2, 6, 10, 14 …, so that red begins at 14', () => {
    assert.equal(score({ riwayat: ['sesar'] }).values.band, 'krt')
    assert.equal(score({ riwayat: ['sesar'], tinggi: 140 }).values.band, 'krst')
    assert.equal(score({ riwayat: ['sesar'], tinggi: 140 }).values.total, 14)
  })

  it('never falls until day 42, and may afterwards', () => {
    const high = score({ temuan: ['sungsang'] })
    assert.equal(high.values.total, 10)
    const kept = score({}, undefined, [high])
    assert.deepEqual([kept.values.total, kept.because.at(-1)], [10, { id: 'kept', points: 8 }])
    const after = (birth: string) => {
      const scope = { ...well, setting: {}, today: asDate('2026-03-02'), tgl_bersalin: asDate(birth) }
      const result = apply(kspr, scope, '2026-03-02', 0, [high])
      assert.ok(typeof result !== 'string')
      return result.values.total
    }
    // 2 March is day 42 after 19 January.
    assert.equal(after('2026-01-19'), 10)
    assert.equal(after('2026-01-18'), 2)
  })

  it('says why, in words that a family understands', () => {
    const words = { base: 'skor awal', kept: 'nilai tertinggi sebelumnya', ceiling: '', because: 'karena' }
    assert.equal(
      explain(kspr, score({ umur: 36, tinggi: 144 }), 'id', words),
      'kuning (risiko tinggi) karena: skor awal (2), umur ≥ 35 (4), tinggi ≤ 145 cm (4)',
    )
  })

  it('is on trial until somebody approves the table', () => assert.equal(score({}).trial, true))
})

describe('services: 920 women of Tegalwaru (2022)', () => {
  it('come out as published: 67.1 % green, 30.3 % yellow, 2.6 % red', () => {
    const groups: [women: number, over: Record<string, unknown>, total: number][] = [
      [617, {}, 2],
      [235, { umur: 36 }, 6],
      [44, { riwayat: ['sesar'] }, 10],
      [20, { umur: 36, tinggi: 140, jumlah_anak: 5 }, 14],
      [4, { riwayat: ['sesar'], temuan: ['sungsang'] }, 18],
    ]
    const cases = groups.flatMap(([women, over, expected]) => {
      // One result for all women alike; what is counted is the women.
      const result = score(over)
      assert.equal(result.values.total, expected)
      return Array.from({ length: women }, (): Case => ({ ...reported(), rules: { kspr: [result] } }))
    })
    assert.equal(cases.length, 920)
    const share = (id: string) => {
      const found = pkg.indicators.find((indicator) => indicator.id === id)!
      return computeAll(pkg, here, [found], cases, morning)[0]!.whole
    }
    assert.deepEqual(share('krr'), { n: 920, value: 67.1, hidden: false })
    assert.deepEqual(share('krt'), { n: 920, value: 30.3, hidden: false })
    assert.deepEqual(share('krst'), { n: 920, value: 2.6, hidden: false })
  })
})

const answers = {
  desa: '3510202001',
  rt: '003',
  izin_ibu: 'ya_foto_dan_data',
  nama_panggilan: 'Sari',
  hp: '081234567890',
  kira_umur: 27,
  sudah_periksa: 'tidak',
  tanda: ['pucat'],
  tanda_bahaya: ['tidak_ada'],
}
let kept: Case | undefined
function reported(over: Record<string, unknown> = {}): Case {
  if (kept && Object.keys(over).length === 0) return kept
  const outcome = open(
    pkg,
    here,
    'LPS-1',
    'kehamilan',
    { move: 'lapor', role: 'laskar', answers: { ...answers, ...over } },
    morning,
  )
  assert.ok(outcome.ok, JSON.stringify(outcome))
  if (Object.keys(over).length === 0) kept = outcome.case
  return outcome.case
}

describe('services: Laskar Penjaja Sayur', () => {
  const signs = ['perdarahan_banyak', 'kejang', 'ketuban', 'sakit_kepala', 'gerak_berhenti', 'demam', 'sesak']
  for (const sign of signs)
    it(`passes ${sign} on at once, to 119, the midwife and the head`, () => {
      const act = { move: 'lapor', role: 'laskar', answers: { ...answers, tanda_bahaya: [sign] } }
      const outcome = open(pkg, here, 'LPS-2', 'kehamilan', act, morning)
      assert.ok(outcome.ok)
      assert.equal(outcome.case.state, 'darurat')
      assert.deepEqual(
        outcome.effects.map((effect) => [effect.at - morning, effect.kind]),
        [
          [0, 'sent'],
          [0, 'told'],
          [0, 'sent'],
          [0, 'sent'],
          [0, 'task'],
          [0, 'task'],
        ],
      )
    })

  it('keeps nothing personal when she says no, whatever the seller typed', () => {
    const it = reported({
      izin_ibu: 'tidak',
      keluhan: 'Rahasia',
      patokan: 'Rahasia',
      lokasi: { lat: -8.3, lon: 114.1, accuracy: 5 },
    })
    assert.deepEqual(Object.keys(it.data), ['desa', 'rt', 'izin_ibu', 'sudah_periksa', 'tanda', 'tanda_bahaya'])
    assert.equal(/Rahasia|Sari|0812/.test(JSON.stringify(it)), false)
  })

  it('tells the seller "not yet" and "seen to", and never a sign, a class or a score', () => {
    const before = sight(pkg, reported(), 'laskar')!
    assert.deepEqual(before, {
      told: { id: 'Belum ditangani', en: 'Not yet seen to' },
      data: { desa: '3510202001', rt: '003' },
      results: {},
    })
    const contacted = move(
      pkg,
      here,
      reported(),
      { move: 'hubungi', role: 'bidan', answers: { cara_kontak: 'telepon' } },
      morning + hour,
    )
    assert.ok(contacted.ok)
    assert.equal(sight(pkg, contacted.case, 'laskar')!.told?.id, 'Sudah ditangani')
  })

  it('escalates a red report after 24 hours and another after 72, a night and a Sunday included', () => {
    const state = (over: Record<string, unknown>, hours: number) =>
      catchUp(pkg, here, reported(over), morning + hours * hour).case.state
    assert.equal(state({ tanda: ['bengkak'] }, 23.9), 'ditugaskan')
    assert.equal(state({ tanda: ['bengkak'] }, 24), 'tereskalasi')
    assert.equal(state({ tanda: ['perdarahan'] }, 24), 'tereskalasi')
    assert.equal(state({ tanda: ['pernah_sesar'] }, 71.9), 'ditugaskan')
    assert.equal(state({ tanda: ['pernah_sesar'] }, 72), 'tereskalasi')
  })

  it('reports a pregnant woman without any sign, and none without any answer', () => {
    assert.equal(reported({ tanda: ['baru_hamil'] }).rules.kriteria![0]!.values.kelas, 'kuning')
    assert.equal(reported({ tanda: ['baru_hamil'], sudah_periksa: 'ya' }).rules.kriteria![0]!.values.kelas, 'hijau')
    const none = open(
      pkg,
      here,
      'LPS-3',
      'kehamilan',
      { move: 'lapor', role: 'laskar', answers: { ...answers, tanda: [] } },
      morning,
    )
    assert.equal(none.ok ? '' : none.refusal, 'required:tanda')
    const both = open(
      pkg,
      here,
      'LPS-3',
      'kehamilan',
      { move: 'lapor', role: 'laskar', answers: { ...answers, tanda: ['baru_hamil', 'pucat'] } },
      morning,
    )
    assert.equal(both.ok ? '' : both.refusal, 'alone:tanda')
  })

  it('lets no midwife’s work be done by a seller, and no move of the system by anybody', () => {
    const refusal = (role: string, name: string) => {
      const outcome = move(pkg, here, reported(), { move: name, role, answers: {} }, morning)
      return outcome.ok ? 'done' : outcome.refusal
    }
    for (const role of ['laskar', 'kader', 'ibu']) assert.equal(refusal(role, 'hubungi'), 'not-your-role')
    for (const role of pkg.roles.map(({ id }) => id)) assert.equal(refusal(role, 'eskalasi'), 'not-your-role')
  })

  it('fits into a minute: six answers are enough to send it', () => {
    const form = pkg.forms.find(({ id }) => id === 'laporan')!
    assert.equal(form.fields.filter(({ required }) => required !== false).length, 6)
    assert.equal(form.seconds, 60)
  })

  it('has the words that it must not say on the list', () => {
    for (const text of ['Ibu risiko tinggi', 'hasil HIV', 'skor KSPR Anda', 'darah tinggi'])
      assert.ok(healthWord(text), text)
    assert.equal(healthWord('Ibu Sari, jadwal periksa hamil Senin. Bawa Buku KIA.'), undefined)
    assert.equal(healthWord('Pak Imson dan Bu Odhah'), undefined)
  })
})
