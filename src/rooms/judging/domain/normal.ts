/** Central intervals that a round may ask for; the number is the share covered. */
export type Level = 0.8 | 0.9 | 0.95 | 0.99

const quantiles: Record<Level, number> = {
  0.8: 1.2815515655446004,
  0.9: 1.6448536269514722,
  0.95: 1.959963984540054,
  0.99: 2.5758293035489004,
}

/** Half width, in standard deviations, of the central normal interval that covers `level`. */
export function halfWidth(level: Level): number {
  return quantiles[level]
}

/**
 * Standard normal distribution function, within 3e-7.
 *
 * Abramowitz and Stegun 7.1.28. It is chosen because it needs only + * /: `Math.exp` may differ in its last bit between
 * engines, and a published ranking must recompute to the same bytes everywhere.
 */
export function normalCdf(z: number): number {
  // Beyond six deviations the tail is a billionth, far below the error of the formula.
  if (z > 6) return 1
  if (z < -6) return 0
  const x = (z < 0 ? -z : z) * Math.SQRT1_2
  const p =
    1 +
    x *
      (0.0705230784 +
        x * (0.0422820123 + x * (0.0092705272 + x * (0.0001520143 + x * (0.0002765672 + x * 0.0000430638)))))
  const p2 = p * p
  const p4 = p2 * p2
  const p8 = p4 * p4
  const tail = 0.5 / (p8 * p8)
  return z < 0 ? tail : 1 - tail
}

/** Chance that a normal value with this mean and standard deviation lies above `x`; a sure value at `x` counts half. */
export function chanceAbove(x: number, mean: number, deviation: number): number {
  if (deviation > 0) return normalCdf((mean - x) / deviation)
  if (mean === x) return 0.5
  return mean > x ? 1 : 0
}
