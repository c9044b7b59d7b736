import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { filesOf, packageOf } from '../../../../test/packages.ts'
import { blank } from './case.ts'
import { likenessOf, plainName, seesLikeness } from './duplicate.ts'

const pkg = packageOf(filesOf('laskar-penjaja-sayur'))
const sari = { nama: 'Sari Contoh', tanggal_lahir: '1989-03-12', desa: '3510202001', nik: '9910205203890001' }
const of = (data: Record<string, unknown>, flow = 'kehamilan') =>
  likenessOf(pkg, { ...blank('LPS-1', flow, 0), data }).map(({ kind, text }) => `${kind}: ${text}`)

describe('services: by what a person is recognised', () => {
  it('takes names for the same that people write in many ways', () => {
    const same = [
      [
        'Muhammad Ali',
        'Moh. Ali',
        'Moh Ali',
        'M. Ali',
        'MUH ALI',
        'Mochammad Ali',
        'H. Mohamad Ali, S.Pd',
        'Drs. Mhd. Ali',
        'Moh.Ali',
      ],
      ['Siti Nurhaliza', 'St. Nurhaliza', 'Hj. Siti Nurhaliza', 'SITI NUR HALIZA', 'Ny. Siti Nurhalizza'],
      ['Abdul Rahman', 'Abd. Rahman', 'abd.rahman', 'Bapak Abdul Rahman (alm)'],
      ['Ahmad Sukarno', 'Achmad Soekarno', 'Ach. Sukarno, M.M.', 'ahmad  sukarnó'],
      ['Djoko', 'Joko'],
    ]
    for (const names of same)
      assert.deepEqual(
        names.map(plainName),
        names.map(() => plainName(names[0]!)),
      )
    const different = ['Sari', 'Sri', 'Siti', 'Muhammad', 'Ali', 'Maria Ulfa', 'Mutia', 'Nur', 'Nurul', 'Mar']
    assert.equal(new Set(different.map(plainName)).size, different.length)
    assert.deepEqual(['', '...', '1234'].map(plainName), ['', '', ''])
    assert.equal(plainName('Ibu'), 'ibu')
  })

  it('is letters alone, whatever is typed, and the same in capitals', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (name) => {
        const plain = plainName(name)
        assert.match(plain, /^\p{L}*$/u)
        if (/^[\x20-\x7e]*$/.test(name)) assert.equal(plainName(name.toUpperCase()), plain)
      }),
    )
  })

  it('needs the NIK, or name, birth date and village together', () => {
    assert.deepEqual(of(sari), ['nik: 9910205203890001', 'person: saricontoh|1989|03|12|3510202001'])
    assert.deepEqual(of({ ...sari, nik: undefined, nama: 'SARI  contoh', tanggal_lahir: '1989-12-03' }), [
      'person: saricontoh|1989|03|12|3510202001',
    ])
    for (const gone of ['nama', 'tanggal_lahir', 'desa'])
      assert.deepEqual(of({ ...sari, nik: undefined, [gone]: undefined }), [], gone)
    assert.deepEqual(of({ ...sari, nik: '99102', tanggal_lahir: '1989~' }), [])
    assert.deepEqual(of(sari, 'rujukan_darurat'), [])
  })

  it('is told to those who see what it was, and never to those who know of their own cases only', () => {
    const told = (role: string, kinds = ['person']) => seesLikeness(pkg, [role], kinds)
    assert.deepEqual(
      ['laskar', 'kader', 'bidan', 'kepala_puskesmas', 'ibu'].map((role) => told(role)),
      [false, true, true, true, false],
    )
    assert.equal(told('bidan', []), false)
    const secret = { ...pkg, roles: pkg.roles.map((role) => ({ ...role, sees: ['open' as const] })) }
    assert.equal(seesLikeness(secret, ['bidan'], ['nik']), false)
  })
})
