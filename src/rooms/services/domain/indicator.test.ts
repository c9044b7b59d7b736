import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { inFiles, packageOf, small } from '../../../../test/packages.ts'
import type { Case, Installation } from './case.ts'
import { nationalHolidays } from './holidays.ts'
import { computeAll, fewest, hideSmall } from './indicator.ts'
import { quantile } from './tally.ts'

const pkg = packageOf(inFiles(small))
const here: Installation = { place: { zone: 'WIB', holidays: nationalHolidays() }, settings: {}, language: 'id' }
const start = Date.UTC(2026, 2, 2)

function caseOf(i: number, desa: string, over: Record<string, unknown> = {}, minutes = 60): Case {
  return {
    number: `KR-${i}`,
    flow: 'pinjam',
    state: 'dipinjam',
    openedAt: start,
    data: { desa, umur: 30 + i, ...over },
    rules: {},
    consents: {},
    clocks: [],
    entered: { diajukan: start, dipinjam: start + minutes * 60_000 },
    history: [],
  }
}
const casesOf = (counts: Record<string, number>) =>
  Object.entries(counts).flatMap(([desa, n]) => Array.from({ length: n }, (_, i) => caseOf(i, desa)))
const indicator = (over: Partial<(typeof pkg.indicators)[number]>) => ({ ...pkg.indicators[0]!, ...over })
const countsBy = (counts: Record<string, number>) => computeAll(pkg, here, [indicator({})], casesOf(counts), start)[0]!

describe('services: indicators', () => {
  it('count, share, median and nine of ten', () => {
    const cases = Array.from({ length: 10 }, (_, i) => caseOf(i, 'a', {}, (i + 1) * 10))
    const figure = (over: Parameters<typeof indicator>[0]) =>
      computeAll(pkg, here, [indicator({ by: undefined, ...over })], cases, start)[0]!.whole
    assert.deepEqual(figure({ kind: 'count' }), { n: 10, value: 10, hidden: false })
    assert.deepEqual(figure({ kind: 'count', over: 'umur < 35' }), { n: 5, value: 5, hidden: false })
    assert.deepEqual(figure({ kind: 'share', value: 'umur < 35' }), { n: 10, value: 50, hidden: false })
    assert.deepEqual(figure({ kind: 'median', value: 'minutes.dipinjam' }), { n: 10, value: 55, hidden: false })
    assert.deepEqual(figure({ kind: 'p90', value: 'minutes.dipinjam' }), { n: 10, value: 90, hidden: false })
    assert.deepEqual(figure({ kind: 'median', value: 'minutes.kembali' }), { n: 0, value: null, hidden: false })
  })

  it('hide every group under five, and every share that tells of fewer than five', () => {
    const four = casesOf({ a: 4 })
    assert.deepEqual(computeAll(pkg, here, [indicator({ by: undefined })], four, start)[0]!.whole, {
      n: null,
      value: null,
      hidden: true,
    })
    const twenty = Array.from({ length: 20 }, (_, i) => caseOf(i, 'a'))
    const share = (value: string) =>
      computeAll(pkg, here, [indicator({ by: undefined, kind: 'share', value })], twenty, start)[0]!.whole
    assert.equal(share('umur < 34').hidden, true)
    assert.equal(share('umur < 46').hidden, true)
    assert.deepEqual(share('umur < 45'), { n: 20, value: 75, hidden: false })
  })

  it('hide a second cell, so that the first is not found by subtraction', () => {
    const { whole, cells } = countsBy({ a: 2, b: 9, c: 30 })
    assert.deepEqual(whole, { n: 41, value: 41, hidden: false })
    assert.deepEqual(
      cells.map(({ figure }) => figure.hidden),
      [true, true, false],
    )
  })

  it('hide the whole where two cells are all there is', () => {
    const { whole, cells } = countsBy({ a: 3 })
    assert.equal(whole.hidden, true)
    assert.deepEqual(
      cells.map(({ figure }) => figure.hidden),
      [true],
    )
  })

  it('never let a hidden count be worked out, not even by somebody who knows this program', () => {
    const published = (counts: number[]) => {
      const { hidden, whole } = hideSmall(counts.map((n) => ({ n, value: n, parts: [n] })))
      return {
        hidden,
        whole,
        text: JSON.stringify([
          whole ? null : counts.reduce((a, b) => a + b, 0),
          counts.map((n, i) => (hidden.has(i) ? null : n)),
        ]),
      }
    }
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 11 }), { minLength: 1, maxLength: 5 }), (counts) => {
        const out = published(counts)
        for (const [i, n] of counts.entries()) if (n < fewest) assert.ok(out.hidden.has(i))
        if (out.hidden.size === 0) return
        // Every table that would have been published in just this way.
        const possible = tables(counts, out.hidden, out.whole).filter((other) => published(other).text === out.text)
        for (const i of out.hidden) {
          const values = new Set(possible.map((other) => other[i]))
          assert.ok(values.size > 1, `cell ${i} of ${counts} can only be ${[...values]}: ${out.text}`)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('leave nothing to subtract in shares either: of those hidden together, none or five at least', () => {
    const cell = fc
      .record({ yes: fc.integer({ min: 0, max: 20 }), no: fc.integer({ min: 0, max: 20 }) })
      .filter(({ yes, no }) => yes + no > 0)
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 8 }), (list) => {
        const { hidden, whole } = hideSmall(list.map(({ yes, no }) => ({ n: yes + no, value: 0, parts: [yes, no] })))
        if (whole || hidden.size === 0) return
        assert.ok(hidden.size > 1)
        for (const part of ['yes', 'no'] as const) {
          const together = [...hidden].reduce((sum, i) => sum + list[i]![part], 0)
          assert.ok(together === 0 || together >= fewest)
        }
      }),
    )
  })

  it('take the quantiles that the schemas name', () => {
    assert.equal(quantile([1, 2, 3], 0.5), 2)
    assert.equal(quantile([1, 2, 3, 4], 0.5), 2.5)
    assert.equal(quantile([7], 0.9), 7)
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (list) => {
        const sorted = list.toSorted((a, b) => a - b)
        const p90 = quantile(sorted, 0.9)
        assert.ok(sorted.filter((x) => x <= p90).length >= 0.9 * sorted.length)
      }),
    )
  })
})

/** All tables with the same shown cells, and the same whole where it is shown. */
function tables(counts: number[], hidden: ReadonlySet<number>, whole: boolean): number[][] {
  const total = counts.reduce((a, b) => a + b, 0)
  const free = [...hidden]
  const most = whole ? 12 : total
  const found: number[][] = []
  const fill = (at: number, table: number[], left: number) => {
    if (at === free.length) {
      if (whole || left === 0) found.push([...table])
      return
    }
    const last = at === free.length - 1
    const [from, to] = last && !whole ? [left, left] : [1, Math.min(most, left - (whole ? 0 : free.length - at - 1))]
    for (let n = Math.max(1, from); n <= to; n++) {
      table[free[at]!] = n
      fill(at + 1, table, whole ? left : left - n)
    }
  }
  const shown = counts.reduce((sum, n, i) => sum + (hidden.has(i) ? 0 : n), 0)
  fill(0, [...counts], whole ? 12 : total - shown)
  return found
}
