import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { filesOf, packageOf } from '../../../../test/packages.ts'
import { isSimple } from '../islands/_box.ts'
import { blank } from './case.ts'
import {
  type Book,
  countedFrom,
  furthestBack,
  judge,
  movedMeanwhile,
  movesOnPhone,
  screensOf,
  trimmed,
} from './field.ts'
import { fillForm } from './filling.ts'
import { nationalHolidays } from './holidays.ts'
import { open } from './moving.ts'

const now = Date.parse('2026-03-02T05:30:00+07:00')
const laskar = packageOf(filesOf('laskar-penjaja-sayur'))
const regions = [{ code: '3510202001', kind: 'village', name: 'Sempu', within: 'Sempu' }]
const bookOf = (pkg: typeof laskar, roles: string[]): Book => ({
  ...{ name: 'x', service: 's', release: 'r', current: true, roles, areas: [''], pkg: trimmed(pkg, roles) },
  ...{ settings: {}, zone: 'WIB', synthetic: true, regions, large: '35 3510' },
})
const onServer = {
  place: { zone: 'WIB' as const, holidays: nationalHolidays() },
  settings: {},
  language: 'id',
  knowsRegion: (code: string) => ['35', '3510', '3510202001'].includes(code),
  allowSynthetic: true,
}

const answers = fc.record(
  {
    desa: fc.constantFrom('3510202001', '3510209999', 'x'),
    rt: fc.constantFrom('003', '3', ''),
    izin_ibu: fc.constantFrom('ya_foto_dan_data', 'ya_data_saja', 'tidak', 'mungkin'),
    nama_panggilan: fc.string({ maxLength: 50 }),
    hp: fc.constantFrom('081234567890', '+62 812-3456-7890', '12', ''),
    kira_umur: fc.oneof(fc.integer({ min: 0, max: 70 }), fc.constant('27')),
    sudah_periksa: fc.constantFrom('ya', 'tidak'),
    tanda: fc.uniqueArray(fc.constantFrom('muda', 'tua', 'pucat', 'bengkak', 'baru_hamil'), { maxLength: 3 }),
    tanda_bahaya: fc.uniqueArray(fc.constantFrom('tidak_ada', 'kejang', 'demam'), { maxLength: 2 }),
    keluhan: fc.string({ maxLength: 20 }),
    asing: fc.constant(1),
  },
  { requiredKeys: [] },
)

describe('services: the engine on the phone', () => {
  it('judges every answer as the server does, with the part of the package that it carries', () => {
    const book = bookOf(laskar, ['laskar'])
    const form = laskar.forms.find(({ id }) => id === 'laporan')!
    fc.assert(
      fc.property(answers, (given) => {
        const phone = judge(book, undefined, 'laporan', given, now)
        const whole = fillForm(laskar, onServer, blank('', 'kehamilan', now), form, given, now)
        assert.deepEqual(phone.data, whole.data)
        assert.deepEqual([...phone.errors, ...phone.warnings], whole.objections.toSorted(byLevel))
        assert.deepEqual(phone.dropped, whole.dropped)
        // What it lets through, the server opens a case with.
        if (phone.errors.length > 0 || phone.warnings.length > 0) return
        const act = { move: 'lapor', role: 'laskar', answers: phone.data }
        assert.equal(open(laskar, onServer, 'N', 'kehamilan', act, now).ok, true)
      }),
    )
  })

  const byLevel = (a: { level: string }, b: { level: string }) => (a.level < b.level ? -1 : a.level > b.level ? 1 : 0)

  it('keeps nothing personal where the woman does not agree', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const { data } = judge(bookOf(laskar, ['laskar']), undefined, 'laporan', { ...given, izin_ibu: 'tidak' }, now)
        for (const id of ['nama_panggilan', 'hp', 'patokan', 'lokasi', 'foto', 'kira_umur', 'keluhan', 'suara'])
          assert.equal(id in data, false, id)
      }),
    )
  })

  it('asks one group a screen: five screens without consent, eleven with everything', () => {
    const book = bookOf(laskar, ['laskar'])
    const form = laskar.forms.find(({ id }) => id === 'laporan')!
    const screens = (izin_ibu: string) =>
      screensOf(form.fields, judge(book, undefined, 'laporan', { izin_ibu }, now).asked).map((one) =>
        one.map(({ id }) => id).join('+'),
      )
    assert.deepEqual(screens('tidak'), ['desa+rt', 'izin_ibu', 'sudah_periksa', 'tanda', 'tanda_bahaya'])
    assert.deepEqual(screens('ya_foto_dan_data'), [
      ...['desa+rt', 'izin_ibu', 'nama_panggilan+hp+patokan', 'lokasi', 'foto', 'kira_umur+kira_bulan'],
      ...['sudah_periksa', 'tanda', 'tanda_bahaya', 'keluhan', 'suara'],
    ])
  })

  it('carries the moves of its roles and no rules, messages or examples', () => {
    const pkg = trimmed(laskar, ['laskar'])
    assert.deepEqual([pkg.rules, pkg.messages, pkg.examples, pkg.indicators], [[], [], [], []])
    assert.deepEqual(
      movesOnPhone({ pkg, roles: ['laskar'] }).map(({ id }) => id),
      ['lapor'],
    )
    assert.ok(JSON.stringify(pkg).length < 20_000)
  })

  it('counts from the capture whatever its clock says, never in the future and never too far back', () => {
    const time = fc.integer({ min: 0, max: 4e12 })
    fc.assert(
      fc.property(time, time, time, (captured, phoneNow, notBefore) => {
        const { counted } = countedFrom(captured, phoneNow, now, Math.min(notBefore, now))
        assert.ok(counted <= now)
        assert.ok(counted >= Math.min(now, Math.max(now - furthestBack, Math.min(notBefore, now))))
      }),
    )
    fc.assert(
      fc.property(fc.integer({ min: 0, max: furthestBack }), fc.integer({ min: -1e10, max: 1e10 }), (ago, off) => {
        // A clock that is off by the same all the time changes nothing.
        assert.equal(countedFrom(now - ago + off, now + off, now, 0).counted, now - ago)
      }),
    )
  })

  it('tells another’s move from its own and from what time has done', () => {
    const history = ['laskar', 'system', 'bidan', 'system'].map((role) => ({
      ...{ at: 0, move: 'x', from: '', to: '', role },
    }))
    assert.equal(movedMeanwhile({ history }, 2, []), true)
    assert.equal(movedMeanwhile({ history }, 2, [2]), false)
    assert.equal(movedMeanwhile({ history }, 3, []), false)
  })

  it('refuses the PINs that are tried first', () => {
    for (const pin of ['000000', '123456', '654321', '121212', '123123', '135791'])
      assert.equal(isSimple(pin), pin !== '135791', pin)
    assert.equal(isSimple('270316'), false)
  })
})
