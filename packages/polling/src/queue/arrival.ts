import type { Draw } from './draw.ts'

/** How voters spread over the hours: weights of equal parts of the opening time. */
export type Curve = readonly number[]

/**
 * Curves to plan with. `morning`: most come early, as pictures and reports of village elections show (assumed weights).
 * `rush`: half in the first quarter. `slots`: invitations name an hour (R32) and most keep to it.
 */
export const curves = {
  slots: [1],
  morning: [5, 6, 5, 4, 3, 2],
  rush: [6, 2, 2, 2],
} as const satisfies Record<string, Curve>
export type CurveName = keyof typeof curves

/** When each voter arrives, in seconds after opening, in order. `open`: seconds between opening and closing. */
export function arrivals(voters: number, open: number, curve: Curve, draw: Draw): number[] {
  const whole = curve.reduce((sum, weight) => sum + weight, 0)
  if (!(whole > 0) || curve.some((weight) => weight < 0))
    throw new RangeError('A curve needs weights, some above zero.')
  const ends = curve.map((_, at) => curve.slice(0, at + 1).reduce((sum, weight) => sum + weight, 0))
  const part = open / curve.length
  return Array.from({ length: voters }, () => {
    const at = draw() * whole
    const found = ends.findIndex((end) => at < end)
    const index = found < 0 ? curve.length - 1 : found
    return (index + (at - (ends[index]! - curve[index]!)) / curve[index]!) * part
  }).sort((a, b) => a - b)
}
