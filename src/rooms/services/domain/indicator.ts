import type { Case, Installation } from './case.ts'
import type { Package } from './package/format/index.ts'
import type { Indicator } from './package/format/indicator.ts'
import { type Counted, type Measured, tally } from './tally.ts'

/** Groups smaller than this are not shown (UU PDP; small numbers tell persons). */
export const fewest = 5

/** One figure. `value` null with `hidden`: too few cases; null without: there are none. `n`: cases it is made from. */
export type Figure = { n: number | null; value: number | null; hidden: boolean }
export type Computed = { indicator: string; whole: Figure; cells: { key: string; figure: Figure }[] }

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
  const counting = tally(pkg, here, indicators, now)
  for (const it of cases) counting.add(it)
  return counting.done().counted.map(compute)
}

/** One indicator as it was counted, with small groups hidden. */
export function compute({ indicator, whole, cells }: Counted): Computed {
  if (cells.length === 0) return { indicator, whole: hideOne(whole), cells: [] }
  const hiding = hideSmall(cells.map(({ measured }) => measured))
  return {
    indicator,
    whole: hiding.whole ? tooFew : hideOne(whole),
    cells: cells.map(({ key, measured }, i) => ({ key, figure: hiding.hidden.has(i) ? tooFew : shown(measured) })),
  }
}

export const tooFew: Figure = { n: null, value: null, hidden: true }

function shown({ n, value }: Measured): Figure {
  return { n, value, hidden: false }
}

export function small({ parts }: Measured): boolean {
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
