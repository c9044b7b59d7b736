import { decide, refuse } from '#platform/result.ts'
import { byCodeUnit } from './seeded.ts'

/** A part of the score sheet. `weight` in per cent with at most two decimals; a weight of 0 is read but not counted. */
export type Criterion = { id: string; weight: number }

/** How a total is cut: `decimals` kept, a half goes up or to the even neighbour. Part of the rules of the round. */
export type Rounding = { decimals: 0 | 1 | 2; half: 'up' | 'even' }

/** What one evaluator gave one proposal: points 0-100 per criterion, at most two decimals; null or absent is not given. */
export type Sheet = { proposal: string; evaluator: string; points: Readonly<Record<string, number | null>> }

export type SheetTotal = { complete: true; total: number } | { complete: false; missing: string[] }

export type ProposalScore = {
  proposal: string
  /** Complete sheets. Only these count. */
  n: number
  /** Mean of the totals, rounded by the round's rule; undefined without a complete sheet. */
  mean: number | undefined
  /** Sample standard deviation of the totals (n - 1), in points, not rounded; undefined below two sheets. */
  spread: number | undefined
  /** Highest total less lowest, in points; undefined below two sheets. */
  gap: number | undefined
  /** Sheets left out because a weighted criterion has no points, and which. */
  leftOut: { evaluator: string; missing: string[] }[]
}

/** May these be the criteria of a round? Weights are in per cent and must make 100 together. */
export function checkCriteria(criteria: readonly Criterion[]) {
  if (new Set(criteria.map((c) => c.id)).size !== criteria.length) return refuse('criterion-twice')
  const weights = criteria.map((c) => hundredths(c.weight))
  if (weights.some((w) => w === undefined || w < 0)) return refuse('weight-not-a-percentage')
  if (weights.reduce<number>((sum, w) => sum + w!, 0) !== 10_000) return refuse('weights-not-100')
  return decide(criteria)
}

/** May these points stand on a sheet? 0-100 with at most two decimals, for the criteria that have a weight. */
export function checkPoints(criteria: readonly Criterion[], sheet: Sheet) {
  for (const { id, weight } of criteria) {
    const points = weight === 0 ? null : given(sheet, id)
    const exact = points === null ? 0 : hundredths(points)
    if (exact === undefined || exact < 0 || exact > 10_000) return { ...refuse('points-not-valid'), criterion: id }
  }
  return decide(sheet)
}

/**
 * Weighted total of one sheet, Σ weight × points / 100, rounded once.
 *
 * Counted in whole hundredths, so that a half is exactly a half. The rounded total is what every later calculation
 * uses: what is published is what is counted. Throws on what `checkCriteria` or `checkPoints` refuses: the round's own
 * check and the form should have stopped it.
 */
export function sheetTotal(criteria: readonly Criterion[], sheet: Sheet, rounding: Rounding): SheetTotal {
  if (!checkCriteria(criteria).ok) throw new Error('The criteria of the round are not valid')
  const checked = checkPoints(criteria, sheet)
  if (!checked.ok) throw new RangeError(`Points of ${sheet.proposal} for ${checked.criterion} are not valid`)
  const missing: string[] = []
  let sum = 0
  for (const { id, weight } of criteria) {
    if (weight === 0) continue
    const points = given(sheet, id)
    if (points === null) missing.push(id)
    else sum += hundredths(weight)! * hundredths(points)!
  }
  if (missing.length > 0) return { complete: false, missing: missing.sort(byCodeUnit) }
  return { complete: true, total: roundRatio(sum, 1_000_000, rounding) }
}

/**
 * Mean, spread and gap of a proposal's complete sheets.
 *
 * A sheet with a gap in it is left out whole and named: counting the hole as zero, or its other parts as the total,
 * would both let an unfinished sheet move the mean. Throws when one evaluator appears twice.
 */
export function proposalScore(
  proposal: string,
  criteria: readonly Criterion[],
  sheets: readonly Sheet[],
  rounding: Rounding,
): ProposalScore {
  const own = sheets.filter((s) => s.proposal === proposal)
  if (new Set(own.map((s) => s.evaluator)).size !== own.length)
    throw new Error(`Two sheets of one evaluator: ${proposal}`)
  const totals: number[] = []
  const leftOut: ProposalScore['leftOut'] = []
  for (const sheet of own) {
    const result = sheetTotal(criteria, sheet, rounding)
    if (result.complete) totals.push(hundredths(result.total)!)
    else leftOut.push({ evaluator: sheet.evaluator, missing: result.missing })
  }
  leftOut.sort((a, b) => byCodeUnit(a.evaluator, b.evaluator))
  const n = totals.length
  const sum = totals.reduce((a, b) => a + b, 0)
  const squares = totals.reduce((a, b) => a + b * b, 0)
  return {
    proposal,
    n,
    mean: n === 0 ? undefined : roundRatio(sum, n * 100, rounding),
    // n Σt² - (Σt)² is a whole number of square hundredths, so no order of the sheets can change a bit of it
    spread: n < 2 ? undefined : Math.sqrt((n * squares - sum * sum) / (n * (n - 1))) / 100,
    gap: n < 2 ? undefined : (Math.max(...totals) - Math.min(...totals)) / 100,
    leftOut,
  }
}

/** Do exactly two readers differ by more than the round allows? At the limit itself they do not. `gapLimit` in points. */
export function needsThirdReader(score: Pick<ProposalScore, 'n' | 'gap'>, gapLimit: number): boolean {
  return score.n === 2 && score.gap !== undefined && score.gap > gapLimit
}

/** `numerator / denominator` rounded, decided in whole numbers. Both must be whole, the first not negative. */
export function roundRatio(numerator: number, denominator: number, { decimals, half }: Rounding): number {
  const scale = [1, 10, 100][decimals]!
  const scaled = numerator * scale
  const floor = Math.floor(scaled / denominator)
  const twiceRest = 2 * (scaled - floor * denominator)
  const up = twiceRest > denominator || (twiceRest === denominator && (half === 'up' || floor % 2 === 1))
  return (floor + (up ? 1 : 0)) / scale
}

function given(sheet: Sheet, criterion: string): number | null {
  return Object.hasOwn(sheet.points, criterion) ? (sheet.points[criterion] ?? null) : null
}

/** A number as whole hundredths, or undefined when it is finer than that or not a number. */
function hundredths(value: number): number | undefined {
  const whole = Math.round(value * 100)
  return Number.isFinite(whole) && whole / 100 === value ? whole : undefined
}
