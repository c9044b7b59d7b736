/** A source of numbers in [0, 1). */
export type Draw = () => number

/** A repeatable source: the same seed gives the same day, so that a plan looks the same whenever it is opened. */
export function drawFrom(seed: number): Draw {
  // mulberry32; for simulation only, never for anything secret.
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A standard normal number (Box and Muller). */
export const normal = (draw: Draw): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())
