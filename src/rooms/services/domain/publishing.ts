import { createHash } from 'node:crypto'
import { type Computed, type Figure, fewest, hideSmall, small, tooFew } from './indicator.ts'
import type { Words } from './package/format/basics.ts'
import type { Indicator } from './package/format/indicator.ts'
import { type Counted, type Measured, partsOf, shareOf, type Tallied } from './tally.ts'

/** What an indicator asks, as it stands in the package. */
export type Query = Pick<Indicator, 'kind' | 'flow' | 'over' | 'value' | 'by'>
/**
 * A figure as it is published. `of`: the day on which it was counted, which is earlier than that of the snapshot where too
 * little has changed since. Cells are rounded to five.
 */
export type Published = Computed & {
  names: Words
  unit: string | null
  better: Indicator['better']
  query: Query
  of: string
}
/** What readers can know of counts by what was published before: for each part of each whole, every value it had. */
export type Known = Record<string, number[]>

/**
 * What may be published of a count, so that nobody gets by subtraction at a group of one to four: not within an indicator,
 * not between indicators of the same cases, not between any two days that were ever published.
 *
 * An indicator is published when everything that can be worked out from it together with those already taken is
 * harmless: no part of any whole that is then known counts one to four, or lies one to four beside a value that was known of it
 * earlier. "Worked out" means: it is a sum and difference of what is published, whatever the cases are. Otherwise it is hidden
 * when it is small itself, and stays as it was last published when it is not. Indicators that come first in the package
 * are taken first.
 *
 * Cells are hidden as `hideSmall` says and rounded to five, so that the change of a cell from one day to another tells
 * nothing of single persons. Wholes are exact.
 */
export function publish(
  indicators: readonly Indicator[],
  { counted, together }: Tallied,
  day: string,
  known: Known,
  earlier: readonly Published[],
): { figures: Published[]; known: Known } {
  const parts = partsOf(indicators)
  const vectors = [...parts.map((_, at) => together.map((group) => (group.parts.includes(at) ? 1 : 0)))]
  // The sum of a share's two parts is known or not by itself.
  const rows = indicators.flatMap((indicator, of) => {
    const own = parts.flatMap((part, i) => (part.of === of ? [{ name: `${part.part}`, at: vectors[i]! }] : []))
    const sum = together.map((_, j) => own.reduce((n, { at }) => n + at[j]!, 0))
    const all = own.length > 1 ? [...own, { name: 'n', at: sum }] : own
    return all.map(({ name, at }) => ({
      of,
      name: `${indicator.id}/${queryHash(indicator)}/${name}`,
      at,
      count: at.reduce((n, one, j) => n + one * together[j]!.n, 0),
    }))
  })
  const harmless = ({ name, count }: (typeof rows)[number]) =>
    !isFew(count) && (known[name] ?? []).every((before) => !isFew(Math.abs(count - before)))

  let free = rows.map(({ at }) => Float64Array.from(at))
  const fresh = new Set<number>()
  for (const [of, { whole, cells }] of counted.entries()) {
    if (small(whole) || hidesWhole(cells)) continue
    const next = free.map((row) => row.slice())
    for (const [i, row] of rows.entries()) if (row.of === of) eliminate(next, i)
    if (!rows.every((row, i) => !isNothing(next[i]!) || harmless(row))) continue
    fresh.add(of)
    free = next
  }

  const figures = indicators.map((indicator, of): Published => {
    const { id, names, unit, better } = indicator
    const about = { names, unit: unit ?? null, better, query: queryOf(indicator) }
    const count = counted[of]!
    if (fresh.has(of)) return { ...shown(indicator, count), ...about, of: day }
    const before = earlier.find((one) => one.indicator === id && sameQuery(one.query, indicator))
    if (before && !before.whole.hidden && !small(count.whole)) return { ...before, ...about, of: before.of }
    const cells = count.cells.map(({ key }) => ({ key, figure: tooFew }))
    return { indicator: id, whole: tooFew, cells, ...about, of: day }
  })
  const told = rows.flatMap(({ name, count }, i) =>
    isNothing(free[i]!) ? [[name, [count]] as [string, number[]]] : [],
  )
  return { figures, known: Object.fromEntries(told) }
}

const isFew = (n: number) => n > 0 && n < fewest
const isNothing = (row: Float64Array) => row.every((x) => Math.abs(x) < 1e-6)
const hidesWhole = (cells: Counted['cells']) =>
  cells.length > 0 && hideSmall(cells.map(({ measured }) => measured)).whole

/** Take what row `k` tells out of all rows: what is nothing then, is a sum of what was taken out. */
function eliminate(rows: Float64Array[], k: number): void {
  const told = rows[k]!.slice()
  let pivot = 0
  for (let j = 1; j < told.length; j++) if (Math.abs(told[j]!) > Math.abs(told[pivot]!)) pivot = j
  if (told.length === 0 || Math.abs(told[pivot]!) < 1e-6) return
  for (const row of rows) {
    const times = row[pivot]! / told[pivot]!
    if (times === 0) continue
    for (let j = 0; j < row.length; j++) row[j]! -= times * told[j]!
    row[pivot] = 0
  }
}

/** An indicator with its exact whole and its cells rounded. */
function shown(indicator: Indicator, { whole, cells }: Counted): Computed {
  const { hidden } = hideSmall(cells.map(({ measured }) => measured))
  const all = hidden.size === 0 && atTheEdge(whole, cells)
  return {
    indicator: indicator.id,
    whole: { n: whole.n, value: whole.value, hidden: false },
    cells: cells.map(({ key, measured }, i) => ({
      key,
      figure: all || hidden.has(i) ? tooFew : rounded(indicator, measured),
    })),
  }
}

function rounded({ kind }: Indicator, { value, parts }: Measured): Figure {
  const near = parts.map(roundedToFive)
  const n = near.reduce((a, b) => a + b, 0)
  if (kind === 'count') return { n, value: n, hidden: false }
  return { n, value: kind === 'share' ? shareOf(near[0]!, near[1]!) : value, hidden: false }
}

const roundedToFive = (n: number) => fewest * Math.round(n / fewest)

/**
 * Whether rounded cells could add up to the exact whole in one way only: all rounded up as far as can be, or all down.
 * Then they would be exact, and so would be their change.
 */
function atTheEdge(whole: Measured, cells: Counted['cells']): boolean {
  return whole.parts.some((sum, part) => {
    const counts = cells.map(({ measured }) => measured.parts[part]!).filter((n) => n > 0)
    const least = counts.map((n) => Math.max(fewest, roundedToFive(n) - 2)).reduce((a, b) => a + b, 0)
    const most = counts.map((n) => roundedToFive(n) + 2).reduce((a, b) => a + b, 0)
    return counts.length > 1 && (sum === least || sum === most)
  })
}

const queryOf = ({ kind, flow, over, value, by }: Query): Query => ({
  kind,
  ...(flow === undefined ? {} : { flow }),
  ...(over === undefined ? {} : { over }),
  ...(value === undefined ? {} : { value }),
  ...(by === undefined ? {} : { by }),
})
const sameQuery = (a: Query, b: Query) => JSON.stringify(queryOf(a)) === JSON.stringify(queryOf(b))
const queryHash = (indicator: Query) =>
  createHash('sha256')
    .update(JSON.stringify(queryOf(indicator)))
    .digest('hex')
    .slice(0, 12)

/** All that was known by one snapshot or another. */
export function knownOf(list: readonly Known[]): Known {
  const all: Known = {}
  for (const known of list)
    for (const [name, counts] of Object.entries(known)) all[name] = [...new Set([...(all[name] ?? []), ...counts])]
  return all
}
