/**
 * Numbers modulo a prime p of 2048 bits, and sums of products of their limbs. Variable-time: public values only.
 *
 * W = 2^51. A number has 41 limbs of weight W^0 … W^40, whole numbers with a sign held as doubles, in 21 vectors: vector
 * i has limb i in lane 0 and limb i + 21 in lane 1 (lane 1 of the last is 0). So one vector instruction multiplies both
 * halves of a number by the same limb of another, and no limb ever has to change lanes. Limbs 0 … 39 are at most
 * u = 2^50 + 2^7 in size ("settled"; what comes from bytes has [0, 2^51) instead, which does as long as it meets a
 * settled factor). A value x stands for x R mod p with R = W^41 and is at most 2.01 p in size; it has many forms, and
 * `canonical` in residues-text.ts gives the one in [0, p).
 *
 * A product of two limbs does not fit a double, but its two halves do (Emmart, Zheng, Weems, "Faster modular
 * exponentiation using double precision floating point arithmetic on the GPU", ARITH 2018), with a fused a*b+c that
 * rounds once:
 *
 *     high = fma(a, b, 3*2^102)                  the multiple of 2^51 nearest to ab, and a constant
 *     low  = fma(a, b, 3*2^102 + 3*2^51 - high)  the rest, in [-2^50, 2^50], and a constant: exact
 *
 * While |ab| <= 2^102 both stay between two powers of two (2^103 to 2^104, 2^52 to 2^53), where the bits of a double, read
 * as an integer, count its units in the last place. So columns are summed as 64-bit integers, and all constants of a
 * column are taken off at once, before it begins (`takeStart` in residues-product.ts). The largest |ab| is 2u * u < 2^102; a
 * column has at most 82 products of 2^51 and stays below 2^58.
 *
 * relaxed_madd is fused wherever the processor has such an instruction, but need not be; it is always the same on one
 * machine, and `isFused` (residues.ts) asks which. The module without it gets the same two halves by Dekker's splitting,
 * at four times the time.
 */
export const VECTORS: i32 = 21
export const NUMBER: usize = 336 // bytes of a number: 21 vectors
export const COLUMNS: usize = 64 * 16

/**
 * N_4, N_2, N_1, p, R^2 mod p, R mod p, 1, W^82 / 10^617, and 42 numbers 10^(15k) R W^2 mod p: written by
 * src/kernel/residues-machine.ts before `prepare`, and -1/p mod W, an integer, behind them.
 */
export const constants: usize = memory.data(51 * 336, 16)
export const fold4: usize = constants
export const fold2: usize = constants + NUMBER
export const fold1: usize = constants + 2 * NUMBER
export const modulus: usize = constants + 3 * NUMBER
export const squareOfR: usize = constants + 4 * NUMBER
export const one: usize = constants + 5 * NUMBER
export const unit: usize = constants + 6 * NUMBER
export const decimals: usize = constants + 7 * NUMBER
export const tens: usize = constants + 8 * NUMBER
export const quotient: usize = constants + 50 * NUMBER

/**
 * HIGH, HIGH + LOW, LOW, 2^27 + 1 and -2^-51, in both lanes each. From memory: V8 builds a constant vector anew at every
 * use, which made products take twice the time.
 */
export const magic: usize = memory.data(80, 16)

export const HALF: i64 = 1 << 50
export const MASK: i64 = (1 << 51) - 1
export const HIGH: f64 = 15211807202738752817960438464512.0 // 3 * 2^102
export const LOW: f64 = 6755399441055744.0 // 3 * 2^51

@inline
export function high(a: v128, b: v128, constant: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, constant)
  return f64x2.add(f64x2.mul(a, b), constant)
}

@inline
export function low(a: v128, b: v128, h: v128, constant: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, f64x2.sub(constant, h))
  return f64x2.add(remainder(a, b, f64x2.sub(v128.load(magic), h)), v128.load(magic, 32))
}

/**
 * a b + c for the negative c of a multiple of 2^51 near to ab: exact. Without a fused instruction by Dekker ("A
 * floating-point technique for extending the available precision", 1971).
 */
@inline
export function remainder(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, c)
  const product = f64x2.mul(a, b)
  const a1 = upper(a)
  const a0 = f64x2.sub(a, a1)
  const b1 = upper(b)
  const b0 = f64x2.sub(b, b1)
  const error = f64x2.add(
    f64x2.add(f64x2.add(f64x2.sub(f64x2.mul(a1, b1), product), f64x2.mul(a1, b0)), f64x2.mul(a0, b1)),
    f64x2.mul(a0, b0),
  )
  return f64x2.add(f64x2.add(product, c), error)
}

/** The upper 26 bits of a double (Veltkamp). */
@inline
function upper(a: v128): v128 {
  const c = f64x2.mul(a, v128.load(magic, 48))
  return f64x2.sub(c, f64x2.sub(c, a))
}

/** The columns from `to` on += the n vectors at a, times u0 + u1 W + u2 W^2 + u3 W^3. */
@inline
export function add4(to: usize, a: usize, n: i32, u0: v128, u1: v128, u2: v128, u3: v128): void {
  const c = v128.load(magic)
  const d = v128.load(magic, 16)
  let t0 = v128.load(to)
  let t1 = v128.load(to, 16)
  let t2 = v128.load(to, 32)
  let t3 = v128.load(to, 48)
  for (const end = a + (n << 4); a < end; a += 16, to += 16) {
    const b = v128.load(a)
    const h0 = high(b, u0, c)
    const h1 = high(b, u1, c)
    const h2 = high(b, u2, c)
    const h3 = high(b, u3, c)
    const t4 = v128.load(to, 64)
    v128.store(to, i64x2.add(t0, low(b, u0, h0, d)))
    t0 = i64x2.add(i64x2.add(t1, h0), low(b, u1, h1, d))
    t1 = i64x2.add(i64x2.add(t2, h1), low(b, u2, h2, d))
    t2 = i64x2.add(i64x2.add(t3, h2), low(b, u3, h3, d))
    t3 = i64x2.add(t4, h3)
  }
  v128.store(to, t0)
  v128.store(to, t1, 16)
  v128.store(to, t2, 32)
  v128.store(to, t3, 48)
}

@inline
export function add2(to: usize, a: usize, u0: v128, u1: v128): void {
  const c = v128.load(magic)
  const d = v128.load(magic, 16)
  let t0 = v128.load(to)
  let t1 = v128.load(to, 16)
  for (const end = a + NUMBER; a < end; a += 16, to += 16) {
    const b = v128.load(a)
    const h0 = high(b, u0, c)
    const h1 = high(b, u1, c)
    const t2 = v128.load(to, 32)
    v128.store(to, i64x2.add(t0, low(b, u0, h0, d)))
    t0 = i64x2.add(i64x2.add(t1, h0), low(b, u1, h1, d))
    t1 = i64x2.add(t2, h1)
  }
  v128.store(to, t0)
  v128.store(to, t1, 16)
}

@inline
export function add1(to: usize, a: usize, n: i32, u0: v128): void {
  const c = v128.load(magic)
  const d = v128.load(magic, 16)
  let t0 = v128.load(to)
  for (const end = a + (n << 4); a < end; a += 16, to += 16) {
    const b = v128.load(a)
    const h0 = high(b, u0, c)
    const t1 = v128.load(to, 16)
    v128.store(to, i64x2.add(t0, low(b, u0, h0, d)))
    t0 = i64x2.add(t1, h0)
  }
  v128.store(to, t0)
}

/** Limb j of the number at b in both lanes; `j`: its place in bytes. */
@inline
export function limb(b: usize, j: usize): v128 {
  return v128.load64_splat(b + j)
}
