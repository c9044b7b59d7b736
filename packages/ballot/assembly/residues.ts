import { constants } from './residues-limbs'
import { multiply, prepareProducts, square } from './residues-product'
import { fillTable, powers, subsetProducts, tablePower, weigh } from './residues-power'
import { fromBytes, fromDecimal, isEqual, isOne, prepareText, readCommitment, toBytes, toDecimal } from './residues-text'

export { fillTable, multiply, powers, square, subsetProducts, tablePower, weigh }
export { fromBytes, fromDecimal, isEqual, isOne, readCommitment, toBytes, toDecimal }

/** Where the constants of p go; then `prepare`. */
export function room(): usize {
  return constants
}

/** The first byte that is free. */
export function free(): usize {
  return __heap_base
}

/** Whether relaxed_madd rounds once here: (2^27 + 1)^2 - 2^54 = 2^28 + 1 needs it. */
export function isFused(): bool {
  if (!ASC_FEATURE_RELAXED_SIMD) return true
  const a = f64x2.splat(load<f64>(constants))
  const rest = f64x2.relaxed_madd(a, a, f64x2.splat(-18014398509481984.0))
  return f64x2.extract_lane(rest, 0) == 268435457.0
}

export function prepare(): void {
  prepareProducts()
  prepareText()
}
