import type { Case, Installation } from './case.ts'
import { scopeOf } from './case.ts'
import { holds, type Scope, value } from './expression.ts'
import type { Package } from './package/format/index.ts'
import type { Indicator } from './package/format/indicator.ts'

/** Groups smaller than this are not shown (UU PDP; small numbers tell persons). */
export const fewest = 5

/** One figure. `value` null with `hidden`: too few cases; null without: there are none. `n`: cases it is made from. */
export type Figure = { n: number | null; value: number | null; hidden: boolean }
export type Computed = { indicator: string; whole: Figure; cells: { key: string; figure: Figure }[] }

type Row = { it: Case; scope: Scope }

/**
 * Indicators over the cases of a package, with small groups hidden so that they cannot be worked out from the others:
 * see `hideSmall`.
 */
export function computeAll(
  pkg: Package,
  here: Installation,
  indicators: readonly Indicator[],
  cases: readonly Case[],
  now: number,
): Computed[] {
  const rows = cases.map((it) => ({ it, scope: withMinutes(pkg, it, scopeOf(pkg, it, here, now)) }))
  return indicators.map((indicator) => {
    const flow = indicator.flow ?? pkg.manifest.main
    const over = rows.filter(
      ({ it, scope }) => it.flow === flow && (indicator.over === undefined || holds(indicator.over, scope)),
    )
    return compute(indicator, over)
  })
}

function compute(indicator: Indicator, rows: readonly Row[]): Computed {
  const measured = measure(
    indicator,
    rows.map(({ scope }) => scope),
  )
  if (indicator.by === undefined) return { indicator: indicator.id, whole: hideOne(measured), cells: [] }
  const by = indicator.by
  const groups = Map.groupBy(rows, ({ it }) => String(it.data[by] ?? ''))
  const cells = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, list]) => ({
      key,
      measured: measure(
        indicator,
        list.map(({ scope }) => scope),
      ),
    }))
  const { hidden, whole } = hideSmall(cells.map(({ measured }) => measured))
  return {
    indicator: indicator.id,
    whole: whole ? tooFew : hideOne(measured),
    cells: cells.map(({ key, measured }, i) => ({ key, figure: hidden.has(i) ? tooFew : shown(measured) })),
  }
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

/** `parts`: the counts that the figure is made of; each of them, when small, tells of persons. */
export type Measured = { n: number; value: number | null; parts: number[] }

function measure({ kind, value: source }: Indicator, scopes: Scope[]): Measured {
  if (kind === 'count') return { n: scopes.length, value: scopes.length, parts: [scopes.length] }
  if (kind === 'share') {
    const yes = scopes.filter((scope) => holds(source!, scope)).length
    const share = scopes.length === 0 ? null : Math.round((1000 * yes) / scopes.length) / 10
    return { n: scopes.length, value: share, parts: [yes, scopes.length - yes] }
  }
  const numbers = scopes.map((scope) => value(source!, scope)).filter((x): x is number => typeof x === 'number')
  numbers.sort((a, b) => a - b)
  return {
    n: numbers.length,
    value: numbers.length === 0 ? null : quantile(numbers, kind === 'median' ? 0.5 : 0.9),
    parts: [numbers.length],
  }
}

/** Median: the mean of the two in the middle. p90: the smallest value that nine of ten do not exceed (nearest rank). */
export function quantile(sorted: readonly number[], q: number): number {
  if (q !== 0.5) return sorted[Math.ceil(q * sorted.length) - 1]!
  const half = sorted.length / 2
  return Number.isInteger(half) ? (sorted[half - 1]! + sorted[half]!) / 2 : sorted[Math.floor(half)]!
}

const tooFew: Figure = { n: null, value: null, hidden: true }

function shown({ n, value }: Measured): Figure {
  return { n, value, hidden: false }
}

function small({ parts }: Measured): boolean {
  return parts.some((part) => part > 0 && part < fewest)
}

function hideOne(measured: Measured): Figure {
  return small(measured) ? tooFew : shown(measured)
}

/**
 * Which cells are hidden beside a whole that is shown: the small ones, and then others until what anybody gets by
 * subtraction tells nothing of a single one. That is when there are at least two; when together they count at least five in
 * each part, or none; and when neither "each is one" nor "each is four" is the only way to add up to them. Where that
 * cannot be had, the whole is hidden too.
 *
 * The others are chosen by where they stand, not by their size: whoever knows this program could otherwise tell a small
 * cell from the fact that a certain other one was hidden with it.
 */
export function hideSmall(cells: readonly Measured[]): { hidden: Set<number>; whole: boolean } {
  const hidden = new Set(cells.flatMap((cell, i) => (small(cell) ? [i] : [])))
  if (hidden.size === 0) return { hidden, whole: false }
  const first = Math.min(...hidden)
  const others = cells
    .map(({ n }, i) => ({ i, n, turn: (i - first + cells.length) % cells.length }))
    .filter(({ i, n }) => !hidden.has(i) && n > 0)
    .sort((a, b) => a.turn - b.turn)
  while (!isSafe([...hidden].map((i) => cells[i]!))) {
    const next = others.shift()
    if (!next) return { hidden, whole: true }
    hidden.add(next.i)
  }
  return { hidden, whole: false }
}

function isSafe(hidden: Measured[]): boolean {
  const together = hidden.reduce((sum, { n }) => sum + n, 0)
  const parts = Array.from({ length: Math.max(...hidden.map(({ parts }) => parts.length)) }, (_, part) =>
    hidden.reduce((sum, { parts }) => sum + (parts[part] ?? 0), 0),
  )
  const allFours = hidden.every(({ n }) => n === fewest - 1)
  return hidden.length >= 2 && together > hidden.length && !allFours && parts.every((sum) => sum === 0 || sum >= fewest)
}
