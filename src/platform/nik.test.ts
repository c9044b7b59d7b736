import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { masked, readKk, readNik } from './nik.ts'

const today = '2026-11-22'
const read = (nik: string, more = {}) => readNik(nik, { today, ...more })

describe('services: NIK', () => {
  it('tells sex, birth date and region of first registration', () => {
    assert.deepEqual(read('3510166503990001'), {
      ok: true,
      errors: [],
      warnings: [],
      region: '35.10.16',
      birthDate: '1999-03-25',
      sex: 'female',
      serial: '0001',
    })
    assert.deepEqual(read('3525101203850002'), {
      ok: true,
      errors: [],
      warnings: [],
      region: '35.25.10',
      birthDate: '1985-03-12',
      sex: 'male',
      serial: '0002',
    })
    assert.equal(read('3510162902000003').birthDate, '2000-02-29')
  })

  const wrong: [nik: string, error: string][] = [
    ['3510162902010003', 'date'],
    ['3510163202990001', 'day'],
    ['3510167202990001', 'day'],
    ['3510161213990001', 'month'],
    ['3510160101990000', 'serial'],
    ['351016010199001', 'digits'],
    ['35101601O1990001', 'digits'],
    ['9910205203890001', 'synthetic'],
  ]
  for (const [nik, error] of wrong)
    it(`refuses ${nik}: ${error}`, () => assert.deepEqual(read(nik), { ok: false, errors: [error], warnings: [] }))

  it('takes province 99 where made-up persons are allowed', () => {
    assert.equal(read('9910205203890001', { allowSynthetic: true }).birthDate, '1989-03-12')
  })

  it('has no check digit: any serial but 0000 is as good', () => {
    for (const serial of ['0001', '0002', '4711', '9999']) assert.equal(read(`351016650399${serial}`).ok, true)
  })

  it('only warns of what may have another reason', () => {
    const declared = { sex: 'male' as const, birthDate: '1999-03-26', holdsCard: true }
    const knowsRegion = (code: string) => code === '35'
    assert.deepEqual(read('3510166503990001', { declared, knowsRegion }).warnings, ['region', 'sex', 'birth-date'])
    assert.deepEqual(read('9110166503990001', { knowsRegion }).warnings, ['province'])
    assert.deepEqual(read('3510166503150001', { declared: { holdsCard: true } }).warnings, ['too-young'])
  })

  it('takes the newest century that has been, or the one that was declared', () => {
    assert.equal(read('3510160101260001').birthDate, '2026-01-01')
    assert.equal(read('3510163112260001').birthDate, '1926-12-31')
    assert.equal(read('3510160101200001', { declared: { birthDate: '1920-01-01' } }).birthDate, '1920-01-01')
  })

  it('reads back every number that is written from a birth date', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1930-01-01'), max: new Date('2026-11-22'), noInvalidDate: true }),
        fc.boolean(),
        fc.integer({ min: 1, max: 9999 }),
        (birth, female, serial) => {
          const birthDate = birth.toISOString().slice(0, 10)
          const [yyyy, mm, dd] = birthDate.split('-') as [string, string, string]
          const nik = `351016${String(Number(dd) + (female ? 40 : 0)).padStart(2, '0')}${mm}${yyyy.slice(2)}${String(serial).padStart(4, '0')}`
          const found = read(nik, { declared: { birthDate } })
          assert.deepEqual([found.ok, found.birthDate, found.sex], [true, birthDate, female ? 'female' : 'male'])
        },
      ),
    )
  })

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.string(),
        (text) => typeof read(text).ok === 'boolean' && typeof readKk(text, today).ok === 'boolean',
      ),
    )
    fc.assert(fc.property(fc.stringMatching(/^\d{16}$/), (text) => read(text).ok === (read(text).errors.length === 0)))
  })

  it('is shown with its middle hidden', () => {
    assert.equal(masked('3510166503990001'), '3510********0001')
    assert.equal(masked('1234'), '****')
  })
})

describe('services: number of a family card', () => {
  it('tells where and when it was recorded, and adds nothing for women', () => {
    assert.deepEqual(readKk('3525100112080015', today), {
      ok: true,
      errors: [],
      region: '35.25.10',
      recordedOn: '2008-12-01',
    })
    assert.deepEqual(readKk('3525104112080015', today).errors, ['date'])
    assert.deepEqual(readKk('3525100112080000', today).errors, ['serial'])
    assert.deepEqual(readKk('352510011208001', today).errors, ['digits'])
  })
})
