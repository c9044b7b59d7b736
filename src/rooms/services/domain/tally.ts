import { type Case, type Installation, scopeOf } from './case.ts'
import { holds, type Scope, value } from './expression.ts'
import type { Package } from './package/format/index.ts'
import type { Indicator } from './package/format/indicator.ts'

/** `parts`: the counts that the figure is made of; each of them, when small, tells of persons. */
export type Measured = { n: number; value: number | null; parts: number[] }
/** One indicator as it was counted, with nothing hidden. */
export type Counted = { indicator: string; whole: Measured; cells: { key: string; measured: Measured }[] }
export type Tallied = {
  /** Cases that were looked at. */
  cases: number
  counted: Counted[]
  /** How many cases are counted in exactly these parts of wholes; a part by its place in `partsOf`. */
  together: { parts: number[]; n: number }[]
}

/** The parts of all wholes in one list: which indicator, and which of its parts. */
export const partsOf = (indicators: readonly Indicator[]): { of: number; part: number }[] =>
  indicators.flatMap(({ kind }, of) => (kind === 'share' ? [0, 1] : [0]).map((part) => ({ of, part })))

/** One group of cases: how many fall under each part, and the numbers that a median needs. */
type Group = { counts: [number, number]; numbers: number[] }

/** Counts cases one by one, so that a million of them need not be in memory at once. */
export function tally(pkg: Package, here: Installation, indicators: readonly Indicator[], now: number) {
  const groups = indicators.map(() => new Map<string, Group>())
  const together = new Map<string, { parts: number[]; n: number }>()
  const places = new Map(partsOf(indicators).map(({ of, part }, i) => [`${of}.${part}`, i]))
  let cases = 0

  const add = (it: Case) => {
    // Two cases that were made one are one person; the one that stayed counts.
    if (it.merged !== undefined) return
    cases += 1
    const scope = withMinutes(pkg, it, scopeOf(pkg, it, here, now))
    const parts: number[] = []
    for (const [of, indicator] of indicators.entries()) {
      if (it.flow !== (indicator.flow ?? pkg.manifest.main)) continue
      if (indicator.over !== undefined && !holds(indicator.over, scope)) continue
      const answer = indicator.kind === 'count' ? null : value(indicator.value!, scope)
      if (takesNumber(indicator) && typeof answer !== 'number') continue
      const part = indicator.kind === 'share' && answer !== true ? 1 : 0
      const key = indicator.by === undefined ? '' : String(it.data[indicator.by] ?? '')
      const group = groups[of]!.get(key) ?? { counts: [0, 0], numbers: [] }
      groups[of]!.set(key, group)
      group.counts[part] += 1
      if (takesNumber(indicator)) group.numbers.push(answer as number)
      parts.push(places.get(`${of}.${part}`)!)
    }
    const same = together.get(parts.join()) ?? { parts, n: 0 }
    same.n += 1
    together.set(parts.join(), same)
  }

  const done = (): Tallied => ({
    cases,
    counted: indicators.map((indicator, of) => {
      const list = [...groups[of]!].sort(([a], [b]) => (a < b ? -1 : 1))
      return {
        indicator: indicator.id,
        whole: measure(
          indicator,
          list.map(([, group]) => group),
        ),
        cells:
          indicator.by === undefined
            ? []
            : list.map(([key, group]) => ({ key, measured: measure(indicator, [group]) })),
      }
    }),
    together: [...together.values()],
  })
  return { add, done }
}

const takesNumber = ({ kind }: Indicator) => kind === 'median' || kind === 'p90'

function measure({ kind }: Indicator, groups: readonly Group[]): Measured {
  const [yes, no] = [0, 1].map((part) => groups.reduce((sum, { counts }) => sum + counts[part]!, 0)) as [number, number]
  if (kind === 'count') return { n: yes, value: yes, parts: [yes] }
  if (kind === 'share') return { n: yes + no, value: shareOf(yes, no), parts: [yes, no] }
  const numbers = groups.flatMap((group) => group.numbers).sort((a, b) => a - b)
  return {
    n: numbers.length,
    value: numbers.length === 0 ? null : quantile(numbers, kind === 'median' ? 0.5 : 0.9),
    parts: [numbers.length],
  }
}

/** Per cent with one decimal; null of nobody. */
export const shareOf = (yes: number, no: number): number | null =>
  yes + no === 0 ? null : Math.round((1000 * yes) / (yes + no)) / 10

/** Median: the mean of the two in the middle. p90: the smallest value that nine of ten do not exceed (nearest rank). */
export function quantile(sorted: readonly number[], q: number): number {
  if (q !== 0.5) return sorted[Math.ceil(q * sorted.length) - 1]!
  const half = sorted.length / 2
  return Number.isInteger(half) ? (sorted[half - 1]! + sorted[half]!) / 2 : sorted[Math.floor(half)]!
}

/** Minutes from the opening of a case until it first entered each state. */
function withMinutes(pkg: Package, it: Case, scope: Scope): Scope {
  const states = pkg.flows.find(({ id }) => id === it.flow)?.states ?? []
  const minutes = states.map(({ id }) => [
    id,
    Object.hasOwn(it.entered, id) ? (it.entered[id]! - it.openedAt) / 60_000 : null,
  ])
  return { ...scope, minutes: Object.fromEntries(minutes) }
}
