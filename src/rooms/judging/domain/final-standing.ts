import type { Rules, StageKind } from '#competition'

/** The figure of each weighted stage, 0-100; null where there is none. */
export type StageFigures = Partial<Record<StageKind, number | null>>
export type FinalFigure = { total: number | null; parts: { kind: StageKind; weight: number; figure: number | null }[] }

/**
 * The stages of a round joined by their weights. A stage without a figure is left out and the weights of the others are
 * scaled up: what is missing lowers nobody. Rounded to the decimals of the round, a half up.
 */
export function finalFigure(rules: Rules, figures: StageFigures): FinalFigure {
  const parts = rules.stages.flatMap((stage) =>
    'weight' in stage && stage.weight > 0
      ? [{ kind: stage.kind, weight: stage.weight, figure: figures[stage.kind] ?? null }]
      : [],
  )
  const given = parts.filter((part) => part.figure !== null)
  const weight = given.reduce((sum, part) => sum + part.weight, 0)
  if (weight === 0) return { total: null, parts }
  const mean = given.reduce((sum, part) => sum + part.weight * part.figure!, 0) / weight
  const scale = 10 ** rules.scoring.decimals
  return { total: Math.round(mean * scale + 1e-9) / scale, parts }
}

/** Stars from 1 to 5 as points from 0 to 100; null below the least number of ratings that the round asks for. */
export const pointsOfStars = (sum: number, n: number, least: number): number | null =>
  n === 0 || n < least ? null : ((sum / n - 1) / 4) * 100
