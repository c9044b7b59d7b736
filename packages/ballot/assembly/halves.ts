/**
 * The two halves of products of limbs, as field.ts explains them: doubles whose bits are summed as integers.
 */
const HIGH: f64 = 15211807202738752817960438464512.0 // 3 * 2^102
const LOW: f64 = 6755399441055744.0 // 3 * 2^51

// In memory, since V8 makes a constant of code anew, in three instructions, each time a fused multiplication needs it.
const CONSTANTS: usize = memory.data<f64>([HIGH, HIGH, HIGH + LOW, HIGH + LOW], 16)

@inline
export function high(a: v128, b: v128): v128 {
  const constant = v128.load(CONSTANTS)
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, constant)
  return f64x2.add(f64x2.mul(a, b), constant)
}

@inline
export function low(a: v128, b: v128, h: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, f64x2.sub(v128.load(CONSTANTS, 16), h))
  const product = f64x2.mul(a, b)
  const a1 = upper(a)
  const a0 = f64x2.sub(a, a1)
  const b1 = upper(b)
  const b0 = f64x2.sub(b, b1)
  const error = f64x2.add(
    f64x2.add(f64x2.add(f64x2.sub(f64x2.mul(a1, b1), product), f64x2.mul(a1, b0)), f64x2.mul(a0, b1)),
    f64x2.mul(a0, b0),
  )
  const rest = f64x2.sub(product, f64x2.sub(h, v128.load(CONSTANTS)))
  return f64x2.add(f64x2.add(rest, error), f64x2.splat(LOW))
}

/** The upper 26 bits of a double (Veltkamp). */
@inline
function upper(a: v128): v128 {
  const c = f64x2.mul(a, f64x2.splat(134217729.0)) // 2^27 + 1
  return f64x2.sub(c, f64x2.sub(c, a))
}
