import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Indicator } from './package/format/indicator.ts'
import { type Known, knownOf, type Published, publish } from './publishing.ts'
import { partsOf, shareOf, type Tallied } from './tally.ts'

const names = { id: 'Angka', en: 'Figure' }
const indicator = (id: string, over: Partial<Indicator> = {}): Indicator => ({
  id,
  names,
  kind: 'count',
  better: 'neither',
  public: true,
  ...over,
})

/** A count from how many cases there are of each kind; `kinds` say in which parts a case of the kind is counted. */
function tallied(indicators: readonly Indicator[], kinds: readonly number[][], counts: readonly number[]): Tallied {
  const places = partsOf(indicators)
  const sum = (of: number, part: number) => {
    const at = places.findIndex((place) => place.of === of && place.part === part)
    return counts.reduce((n, count, i) => n + (kinds[i]!.includes(at) ? count : 0), 0)
  }
  return {
    cases: counts.reduce((a, b) => a + b, 0),
    counted: indicators.map(({ id, kind }, of) => {
      const [yes, no] = [sum(of, 0), sum(of, 1)]
      const whole =
        kind === 'share'
          ? { n: yes + no, value: shareOf(yes, no), parts: [yes, no] }
          : { n: yes, value: yes, parts: [yes] }
      return { indicator: id, whole, cells: [] }
    }),
    together: counts.map((n, i) => ({ parts: kinds[i]!, n })),
  }
}

const inOrder = (list: readonly { indicators: readonly Indicator[]; counted: Tallied; day: string }[]) => {
  const known: Known[] = []
  let before: Published[] = []
  return list.map(({ indicators, counted, day }) => {
    const out = publish(indicators, counted, day, knownOf(known), before)
    known.push(out.known)
    before = out.figures
    return out.figures
  })
}

describe('services: what is published of a count', () => {
  // Green, yellow and red of the same women: the three add up to all.
  const colours = ['hijau', 'kuning', 'merah'].map((id) => indicator(id, { kind: 'share', value: id }))
  const kinds = [
    [0, 3, 5],
    [1, 2, 5],
    [1, 3, 4],
  ]
  const days = (...counts: number[][]) =>
    inOrder(
      counts.map((each, i) => ({
        indicators: colours,
        counted: tallied(colours, kinds, each),
        day: `2026-0${i + 1}-28`,
      })),
    ).map((figures) => figures.map(({ whole, of }) => (whole.hidden ? null : [whole.n, whole.value, of.slice(5, 7)])))

  it('hides a figure beside a small one that could be worked out from it', () => {
    assert.deepEqual(days([67, 30, 3]), [[[100, 67, '01'], null, null]])
    assert.deepEqual(days([617, 279, 24]), [
      [
        [920, 67.1, '01'],
        [920, 30.3, '01'],
        [920, 2.6, '01'],
      ],
    ])
  })

  it('keeps a figure as it was until five have come or gone, and says of which day it is', () => {
    assert.deepEqual(days([60, 30, 10], [62, 30, 10], [65, 35, 10]), [
      [
        [100, 60, '01'],
        [100, 30, '01'],
        [100, 10, '01'],
      ],
      [
        [100, 60, '01'],
        [100, 30, '01'],
        [100, 10, '01'],
      ],
      [
        [110, 59.1, '03'],
        [110, 31.8, '03'],
        [110, 9.1, '03'],
      ],
    ])
  })

  it('does not let one more be worked out from those beside it that may be shown', () => {
    const [, later] = days([60, 30, 10], [65, 35, 11])
    assert.deepEqual(later!.filter((figure) => figure?.[2] === '02').length, 1)
  })

  it('tells of a group that has become small that it is small, and not what it was', () => {
    const [, later] = days([60, 30, 10], [60, 38, 2])
    assert.equal(later![2], null)
  })

  it('begins anew where an indicator asks something else than before', () => {
    const [first, second] = [indicator('a'), indicator('a', { over: 'umur > 3' })]
    const counted = (n: number) => tallied([first], [[0]], [n])
    const [, later] = inOrder([
      { indicators: [first], counted: counted(20), day: '2026-01-31' },
      { indicators: [second], counted: counted(21), day: '2026-02-28' },
    ])
    assert.deepEqual([later![0]!.whole.value, later![0]!.of], [21, '2026-02-28'])
  })

  it('rounds cells to five and leaves the whole exact; where all must be at one edge, it shows none', () => {
    const by = indicator('a', { by: 'desa' })
    const cells = (counts: number[]) => {
      const whole = counts.reduce((a, b) => a + b, 0)
      const measured = (n: number) => ({ n, value: n, parts: [n] })
      const counted: Tallied = {
        cases: whole,
        counted: [
          {
            indicator: 'a',
            whole: measured(whole),
            cells: counts.map((n, i) => ({ key: `${i}`, measured: measured(n) })),
          },
        ],
        together: [{ parts: [0], n: whole }],
      }
      const [figure] = publish([by], counted, '2026-01-31', {}, []).figures
      return [figure!.whole.value, figure!.cells.map((cell) => cell.figure.value)]
    }
    assert.deepEqual(cells([11, 18, 33]), [62, [10, 20, 35]])
    assert.deepEqual(cells([12, 12]), [24, [null, null]])
    assert.deepEqual(cells([12]), [12, [10]])
    assert.deepEqual(cells([3, 18, 33]), [54, [null, null, 35]])
  })

  it('never lets one to four be worked out: not from any figures of a day, and not from those of any two days', () => {
    const shapes = [
      indicator('semua'),
      indicator('satu', { kind: 'share', value: 'x' }),
      indicator('dua', { kind: 'share', value: 'y' }),
      indicator('tiga', { over: 'z' }),
    ]
    const places = partsOf(shapes)
    const kind = fc
      .tuple(fc.constantFrom(1, 2), fc.constantFrom(3, 4), fc.constantFrom([], [5]))
      .map(([one, two, three]) => [0, one, two, ...three])
    const story = fc.record({
      kinds: fc.uniqueArray(kind, { minLength: 2, maxLength: 3, selector: (one) => one.join() }),
      first: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 4, maxLength: 4 }),
      steps: fc.array(fc.array(fc.integer({ min: -2, max: 6 }), { minLength: 4, maxLength: 4 }), { maxLength: 3 }),
    })
    let shown = 0
    fc.assert(
      fc.property(story, ({ kinds: list, first, steps }) => {
        const counts = [first.slice(0, list.length)]
        for (const step of steps) counts.push(counts.at(-1)!.map((n, i) => Math.max(0, n + step[i]!)))
        const months = inOrder(
          counts.map((each, i) => ({
            indicators: shapes,
            counted: tallied(shapes, list, each),
            day: `2026-0${i + 1}-28`,
          })),
        )
        const known = months.map((figures, i) => {
          const day = `2026-0${i + 1}-28`
          const seen = figures.map(({ whole, of }) => (whole.hidden || of !== day ? null : whole))
          shown += seen.filter((one) => one !== null).length
          return workedOut(list, places.length, shapes, seen, Math.max(...counts[i]!, 1))
        })
        for (const parts of known)
          for (const [part, value] of parts.entries())
            assert.ok(
              value === null || value === 0 || value >= 5,
              `part ${part} of ${JSON.stringify(counts)} is ${value}`,
            )
        for (const [i, later] of known.entries())
          for (const earlier of known.slice(0, i))
            for (const [part, value] of later.entries()) {
              const change = value === null || earlier[part] === null ? 0 : Math.abs(value - earlier[part]!)
              assert.ok(change === 0 || change >= 5, `part ${part} of ${JSON.stringify(counts)} changed by ${change}`)
            }
      }),
      { numRuns: 300 },
    )
    assert.ok(shown > 300, 'something is published at all')
  })
})

/** What a reader knows who tries every count that could lie behind the figures: the value of each part, or null. */
function workedOut(
  kinds: readonly number[][],
  parts: number,
  indicators: readonly Indicator[],
  seen: readonly ({ n: number | null; value: number | null } | null)[],
  most: number,
): (number | null)[] {
  const possible: Set<number>[] = Array.from({ length: parts }, () => new Set())
  const walk = (counts: number[]) => {
    if (counts.length < kinds.length) {
      for (let n = 0; n <= most + 5; n++) walk([...counts, n])
      return
    }
    const { counted } = tallied(indicators, kinds, counts)
    if (!seen.every((one, i) => !one || (one.n === counted[i]!.whole.n && one.value === counted[i]!.whole.value)))
      return
    for (const [i, part] of counted.flatMap(({ whole }) => whole.parts).entries()) possible[i]!.add(part)
  }
  walk([])
  return possible.map((values) => (values.size === 1 ? [...values][0]! : null))
}
