/**
 * The kernel of edwards25519 for verifiers. It sees public values only, and is not constant-time: its time and the
 * memory it touches depend on points and exponents. Nothing secret may be given to it.
 *
 * It keeps no state but its constants. Whoever calls it lays out the memory from `start()` on, and grows it.
 */
export { multiply, multiplyCross, multiplyDoubled, square, squareCross } from './field'
export { invert } from './pairs'
export { loadLane, storeLane, readHex, writeHex } from './bytes'
export { addCached, addSigned, double, toCached, negate, equal, isNeutral, setNeutral } from './point'
export { decodeTwo, fromHint, toBytes } from './affine'
export { power, isMember, makeTable, multiplyByTable } from './power'
export { sum } from './sum'
export { lift } from './lift'

/** Where memory is free to use. */
export function start(): usize {
  return (__heap_base + 15) & ~15
}

/** Whether relaxed_madd, if this module has it, rounds once: (2^27 + 1)^2 - 2^54 = 2^28 + 1 takes 55 bits between. */
export function isFused(factor: f64): bool {
  if (!ASC_FEATURE_RELAXED_SIMD) return true
  const a = f64x2.splat(factor)
  const rest = f64x2.relaxed_madd(a, a, f64x2.splat(-18014398509481984.0))
  return f64x2.extract_lane(rest, 0) == 268435457.0 && f64x2.extract_lane(rest, 1) == 268435457.0
}
