import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { holds, passes, value } from './expression.ts'
import type { Rule } from './package/format/rule.ts'
import { rule as schema } from './package/format/rule.ts'
import { apply, explain, type Result } from './rule.ts'

const words = { base: 'awal', kept: 'nilai tertinggi sebelumnya', ceiling: 'paling banyak', because: 'karena' }
const ruleOf = (document: unknown): Rule => schema.parse(document)
const done = (result: Result | string): Result => {
  assert.ok(typeof result !== 'string', String(result))
  return result
}
const says = (id: string) => ({ id })

const score = ruleOf({
  id: 'skor',
  kind: 'sum',
  names: says('Skor'),
  versions: [
    {
      validFrom: '2020-01-01',
      base: 2,
      atMost: 20,
      neverFalls: 'hari <= 42',
      exclusive: [{ factors: ['b', 'c'] }, { factors: ['d', 'e'], when: 'sekali' }],
      factors: ['a', 'b', 'c', 'd', 'e', 'f'].map((id, i) => ({
        id,
        when: id,
        points: i < 4 ? 4 : 8,
        says: says(`faktor ${id}`),
      })),
      bands: [
        { from: 2, id: 'hijau', label: says('hijau') },
        { from: 6, id: 'kuning', label: says('kuning') },
        { from: 12, id: 'merah', label: says('merah') },
      ],
    },
  ],
})
const run = (scope: Record<string, unknown>, earlier: Result[] = []) =>
  done(apply(score, { hari: 0, sekali: true, ...scope }, '2026-01-01', 0, earlier))

describe('services: rules that add up', () => {
  it('explain every result: the lines sum to the total, whatever holds', () => {
    const ticks = fc.record({
      a: fc.boolean(),
      b: fc.boolean(),
      c: fc.boolean(),
      d: fc.boolean(),
      e: fc.boolean(),
      f: fc.boolean(),
      sekali: fc.boolean(),
      hari: fc.integer({ min: 0, max: 80 }),
    })
    fc.assert(
      fc.property(fc.array(ticks, { minLength: 1, maxLength: 4 }), (contacts) => {
        const results: Result[] = []
        for (const contact of contacts) {
          const result = run(contact, results)
          const sum = result.because.reduce((total, { points }) => total + (points ?? 0), 0)
          assert.equal(sum, result.values.total)
          const before = Math.max(0, ...results.map(({ values }) => Number(values.total)))
          if (contact.hari <= 42) assert.ok(Number(result.values.total) >= before)
          assert.ok(Number(result.values.total) <= 20)
          const total = Number(result.values.total)
          assert.equal(result.values.band, total >= 12 ? 'merah' : total >= 6 ? 'kuning' : 'hijau')
          results.push(result)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('count one of those that shut each other out, the one with most points', () => {
    assert.equal(run({ b: true, c: true }).values.total, 6)
    assert.equal(run({ d: true, e: true }).values.total, 10)
    assert.equal(run({ d: true, e: true, sekali: false }).values.total, 14)
  })

  it('count nothing that is not known', () => {
    assert.equal(run({}).values.total, 2)
    assert.equal(run({ a: null, b: 'ya', c: 1 }).values.total, 2)
  })

  it('know nothing of a range whose ends are of two kinds, rather than stop', () => {
    const given = { umur: 30, batas: 'SD' }
    assert.deepEqual(
      [value('umur in [1..batas]', given), holds('umur in [null..true]', given), passes('[1..batas]', 30, given)],
      [null, false, false],
    )
    assert.deepEqual([holds('umur in [1..35]', given), passes('[31..batas]', 30, { batas: 35 })], [true, false])
  })

  it('say why in a sentence', () => {
    const before = run({ a: true, f: true })
    assert.equal(explain(score, before, 'id', words), 'merah karena: awal (2), faktor a (4), faktor f (8)')
    assert.equal(
      explain(score, run({ b: true, c: true }, [before]), 'id', words),
      'merah karena: awal (2), faktor b (4), nilai tertinggi sebelumnya (8)',
    )
    assert.equal(
      explain(score, run({ a: true }, [before]), 'en', words),
      'merah karena: awal (2), faktor a (4), nilai tertinggi sebelumnya (8)',
    )
  })
})

describe('services: rules by table and by date', () => {
  const tariff = ruleOf({
    id: 'uang_saku',
    kind: 'table',
    names: says('Uang saku per hari sekolah'),
    versions: [
      ['2019-01-01', '2022-12-31', 5000, 10000],
      ['2023-01-01', undefined, 10000, 15000],
    ].map(([validFrom, validTo, sd, smp]) => ({
      validFrom,
      ...(validTo ? { validTo } : {}),
      hit: 'unique',
      inputs: ['jenjang', 'umur'],
      rows: [
        { when: ['"sd"', '-'], gives: { rupiah: sd }, says: says('SD') },
        { when: ['"smp"', '[12..18]'], gives: { rupiah: smp }, says: says('SMP') },
        { when: ['"smp"', '>= 18'], gives: { rupiah: smp }, says: says('SMP, 18 ke atas') },
      ],
    })),
  })
  const rate = (jenjang: string, umur: number, day: string) => apply(tariff, { jenjang, umur }, day, 0)

  it('give what counted on the day, and old days give the same for ever', () => {
    assert.equal(done(rate('sd', 8, '2019-01-01')).values.rupiah, 5000)
    assert.equal(done(rate('sd', 8, '2022-12-31')).values.rupiah, 5000)
    assert.equal(done(rate('sd', 8, '2023-01-01')).values.rupiah, 10000)
    assert.equal(done(rate('smp', 14, '2026-06-01')).version, '2023-01-01')
  })

  it('refuse rather than guess: no version, no row, or two rows', () => {
    assert.equal(rate('sd', 8, '2018-12-31'), 'no-valid-version')
    assert.equal(rate('sma', 16, '2023-01-01'), 'no-row-fits')
    assert.equal(rate('smp', 18, '2023-01-01'), 'several-rows-fit')
  })

  it('say "uji coba" of a medical table until somebody has approved it', () => {
    const clinical = { ...tariff, clinical: true }
    assert.equal(done(apply(clinical, { jenjang: 'sd' }, '2023-01-01', 0)).trial, true)
    const approvedBy = { who: 'Komite medik', document: 'SK 1/2026', date: '2026-01-01' }
    assert.equal(done(apply({ ...clinical, approvedBy }, { jenjang: 'sd' }, '2023-01-01', 0)).trial, false)
  })
})
