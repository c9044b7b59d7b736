/**
 * Arithmetic modulo p = 2^255 - 19, two products at a time. Variable-time: public values only.
 *
 * A pair holds two field elements (a, b) in 80 bytes: five vectors of two doubles, vector i with limb i of a and of b,
 * weight 2^(51 i). Limbs are whole numbers with a sign, at most u = 2^50 + 2^15 in size ("reduced"), and every function
 * here takes and gives reduced pairs. A value has many forms; `freeze` in bytes.ts gives the one in [0, p).
 *
 * A product of two limbs does not fit a double, but its two halves do (Emmart, Zheng, Weems, "Faster modular
 * exponentiation using double precision floating point arithmetic on the GPU", ARITH 2018), with a fused a*b+c that
 * rounds once:
 *
 *     high = fma(a, b, 3*2^102)                  the multiple of 2^51 nearest to ab, and a constant
 *     low  = fma(a, b, 3*2^102 + 3*2^51 - high)  the rest, in [-2^50, 2^50], and a constant: exact
 *
 * While |ab| <= 2^102 both stay between two powers of two (2^103 to 2^104 and 2^52 to 2^53), where the bits of a double,
 * read as an integer, count its units in the last place. So columns are summed as 64-bit integers, and the constants
 * taken off once. Here |ab| <= 2 u^2 < 2^102.
 *
 * relaxed_madd is fused wherever the processor has such an instruction, but need not be: `isFused` (ed25519.ts) asks.
 * The module without it gets the same two halves by Dekker's splitting ("A floating-point technique for extending the
 * available precision", 1971), at more than twice the time.
 */
export const PAIR: usize = 80

const HIGH: f64 = 15211807202738752817960438464512.0 // 3 * 2^102
const LOW: f64 = 6755399441055744.0 // 3 * 2^51

// In memory, since V8 makes a constant of code anew, in three instructions, each time a fused multiplication needs it.
const CONSTANTS: usize = memory.data<f64>([HIGH, HIGH, HIGH + LOW, HIGH + LOW], 16)

@inline
function high(a: v128, b: v128): v128 {
  const constant = v128.load(CONSTANTS)
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, constant)
  return f64x2.add(f64x2.mul(a, b), constant)
}

@inline
function low(a: v128, b: v128, h: v128): v128 {
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

/** What becomes of the pair (a, b) of products before it is carried. */
const PLAIN = 0 //  (a, b)
const CROSS = 1 //  (b - a, b + a)
const DOUBLED = 2 // (4b - 2a, 2a)

// The constants of a low and of a high half, as integers, and what makes a sum positive: 2^60 + 2^50.
const L: i64 = 0x4338000000000000
const H: i64 = 0x4668000000000000
const BIAS: i64 = 0x1004000000000000

/** What is added to the five columns of products and of squares in each form, 16 bytes each. */
const SETTLE: usize = memory.data(2 * 3 * 5 * 16, 16)
fillSettle()

/**
 * Takes off the constants that the halves brought along, and puts on the bias. Column k is the sum of as many low halves
 * as there are i + j = k, and as many high ones as there are i + j = k - 1; of squares, i <= j only.
 */
function fillSettle(): void {
  for (let squares = 0; squares < 2; squares++)
    for (let k = 0; k < 5; k++) {
      const constant = halves(k, squares) + 19 * halves(k + 5, squares)
      const at = SETTLE + (squares * 15 + k) * 16
      put(at, BIAS - constant, BIAS - constant)
      put(at + CROSS * 80, BIAS, BIAS - 2 * constant)
      put(at + DOUBLED * 80, BIAS - 2 * constant, BIAS - 2 * constant)
    }
}

function halves(column: i32, squares: i32): i64 {
  return terms(column, squares) * L + terms(column - 1, squares) * H
}

function terms(column: i32, squares: i32): i64 {
  const all = max(0, 5 - abs(column - 4))
  return squares ? (all + 1) >> 1 : all
}

function put(at: usize, first: i64, second: i64): void {
  store<i64>(at, first)
  store<i64>(at, second, 8)
}

/** The pair of columns in the form that is asked for, without constants, biased. */
@inline
function settle(r: v128, form: i32, squares: usize, k: usize): v128 {
  const constant = v128.load(SETTLE + (squares * 15 + form * 5 + k) * 16)
  if (form == CROSS) {
    const swapped = i64x2.shuffle(r, r, 1, 0)
    const sum = i64x2.add(swapped, r)
    const difference = i64x2.sub(swapped, r)
    return i64x2.add(i64x2.shuffle(difference, sum, 0, 3), constant)
  }
  if (form == DOUBLED) {
    const twice = i64x2.shl(r, 1)
    const quadruple = i64x2.shl(r, 2)
    const first = i64x2.sub(i64x2.shuffle(quadruple, quadruple, 1, 0), twice)
    return i64x2.add(i64x2.shuffle(first, twice, 0, 2), constant)
  }
  return i64x2.add(r, constant)
}

/** low + 19 * high: 2^255 is 19. */
@inline
function fold(low: v128, high: v128): v128 {
  return i64x2.add(i64x2.add(low, high), i64x2.add(i64x2.shl(high, 1), i64x2.shl(high, 4)))
}

// A limb's bits, and 2^52 as a double's bits: a number below 2^52 put into its mantissa.
const MASKS: usize = memory.data<i64>([0x7ffffffffffff, 0x7ffffffffffff, 0x4330000000000000, 0x4330000000000000], 16)
// 2^52 + 2^50 + 2^9, and 2^52 + 2^50 + 19 * 2^9.
const BASES: usize = memory.data<f64>([5629499534213632.0, 5629499534213632.0, 5629499534222848.0, 5629499534222848.0], 16)

/**
 * Carries five columns in [0, 2^61) (biased by 2^60 + 2^50) at once and writes them as limbs. A carry is below 2^10
 * and biased by 2^9, so that a limb is at most 2^50 + 19 * 2^9 < u in size.
 */
@inline
function carry(out: usize, r0: v128, r1: v128, r2: v128, r3: v128, r4: v128): void {
  const mask = v128.load(MASKS)
  const one = v128.load(MASKS, 16)
  const base = v128.load(BASES)
  const base0 = v128.load(BASES, 16)
  const k4 = i64x2.shr_u(r4, 51)
  const k4by19 = i64x2.add(k4, i64x2.add(i64x2.shl(k4, 1), i64x2.shl(k4, 4)))
  limb(out, 0, r0, k4by19, mask, one, base0)
  limb(out, 16, r1, i64x2.shr_u(r0, 51), mask, one, base)
  limb(out, 32, r2, i64x2.shr_u(r1, 51), mask, one, base)
  limb(out, 48, r3, i64x2.shr_u(r2, 51), mask, one, base)
  limb(out, 64, r4, i64x2.shr_u(r3, 51), mask, one, base)
}

@inline
function limb(out: usize, at: usize, column: v128, carried: v128, mask: v128, one: v128, base: v128): void {
  const bits = i64x2.add(i64x2.add(v128.and(column, mask), one), carried)
  v128.store(out + at, f64x2.sub(bits, base))
}

@inline
function products(out: usize, a: usize, b: usize, form: i32): void {
  const a0 = v128.load(a, 0)
  const a1 = v128.load(a, 16)
  const a2 = v128.load(a, 32)
  const a3 = v128.load(a, 48)
  const a4 = v128.load(a, 64)
  const b0 = v128.load(b, 0)
  const b1 = v128.load(b, 16)
  const b2 = v128.load(b, 32)
  const b3 = v128.load(b, 48)
  const b4 = v128.load(b, 64)
  let h = high(a0, b0)
  let c0 = low(a0, b0, h)
  let next = h
  h = high(a0, b1)
  let c1 = i64x2.add(next, low(a0, b1, h))
  next = h
  h = high(a1, b0)
  c1 = i64x2.add(c1, low(a1, b0, h))
  next = i64x2.add(next, h)
  h = high(a0, b2)
  let c2 = i64x2.add(next, low(a0, b2, h))
  next = h
  h = high(a1, b1)
  c2 = i64x2.add(c2, low(a1, b1, h))
  next = i64x2.add(next, h)
  h = high(a2, b0)
  c2 = i64x2.add(c2, low(a2, b0, h))
  next = i64x2.add(next, h)
  h = high(a0, b3)
  let c3 = i64x2.add(next, low(a0, b3, h))
  next = h
  h = high(a1, b2)
  c3 = i64x2.add(c3, low(a1, b2, h))
  next = i64x2.add(next, h)
  h = high(a2, b1)
  c3 = i64x2.add(c3, low(a2, b1, h))
  next = i64x2.add(next, h)
  h = high(a3, b0)
  c3 = i64x2.add(c3, low(a3, b0, h))
  next = i64x2.add(next, h)
  h = high(a0, b4)
  let c4 = i64x2.add(next, low(a0, b4, h))
  next = h
  h = high(a1, b3)
  c4 = i64x2.add(c4, low(a1, b3, h))
  next = i64x2.add(next, h)
  h = high(a2, b2)
  c4 = i64x2.add(c4, low(a2, b2, h))
  next = i64x2.add(next, h)
  h = high(a3, b1)
  c4 = i64x2.add(c4, low(a3, b1, h))
  next = i64x2.add(next, h)
  h = high(a4, b0)
  c4 = i64x2.add(c4, low(a4, b0, h))
  next = i64x2.add(next, h)
  h = high(a1, b4)
  let c5 = i64x2.add(next, low(a1, b4, h))
  next = h
  h = high(a2, b3)
  c5 = i64x2.add(c5, low(a2, b3, h))
  next = i64x2.add(next, h)
  h = high(a3, b2)
  c5 = i64x2.add(c5, low(a3, b2, h))
  next = i64x2.add(next, h)
  h = high(a4, b1)
  c5 = i64x2.add(c5, low(a4, b1, h))
  next = i64x2.add(next, h)
  h = high(a2, b4)
  let c6 = i64x2.add(next, low(a2, b4, h))
  next = h
  h = high(a3, b3)
  c6 = i64x2.add(c6, low(a3, b3, h))
  next = i64x2.add(next, h)
  h = high(a4, b2)
  c6 = i64x2.add(c6, low(a4, b2, h))
  next = i64x2.add(next, h)
  h = high(a3, b4)
  let c7 = i64x2.add(next, low(a3, b4, h))
  next = h
  h = high(a4, b3)
  c7 = i64x2.add(c7, low(a4, b3, h))
  next = i64x2.add(next, h)
  h = high(a4, b4)
  let c8 = i64x2.add(next, low(a4, b4, h))
  next = h
  const c9 = next
  carry(
    out,
    settle(fold(c0, c5), form, 0, 0),
    settle(fold(c1, c6), form, 0, 1),
    settle(fold(c2, c7), form, 0, 2),
    settle(fold(c3, c8), form, 0, 3),
    settle(fold(c4, c9), form, 0, 4),
  )
}

@inline
function squares(out: usize, a: usize, form: i32): void {
  const a0 = v128.load(a, 0)
  const a1 = v128.load(a, 16)
  const a2 = v128.load(a, 32)
  const a3 = v128.load(a, 48)
  const a4 = v128.load(a, 64)
  const d0 = f64x2.add(a0, a0)
  const d1 = f64x2.add(a1, a1)
  const d2 = f64x2.add(a2, a2)
  const d3 = f64x2.add(a3, a3)
  let h = high(a0, a0)
  let c0 = low(a0, a0, h)
  let next = h
  h = high(d0, a1)
  let c1 = i64x2.add(next, low(d0, a1, h))
  next = h
  h = high(d0, a2)
  let c2 = i64x2.add(next, low(d0, a2, h))
  next = h
  h = high(a1, a1)
  c2 = i64x2.add(c2, low(a1, a1, h))
  next = i64x2.add(next, h)
  h = high(d0, a3)
  let c3 = i64x2.add(next, low(d0, a3, h))
  next = h
  h = high(d1, a2)
  c3 = i64x2.add(c3, low(d1, a2, h))
  next = i64x2.add(next, h)
  h = high(d0, a4)
  let c4 = i64x2.add(next, low(d0, a4, h))
  next = h
  h = high(d1, a3)
  c4 = i64x2.add(c4, low(d1, a3, h))
  next = i64x2.add(next, h)
  h = high(a2, a2)
  c4 = i64x2.add(c4, low(a2, a2, h))
  next = i64x2.add(next, h)
  h = high(d1, a4)
  let c5 = i64x2.add(next, low(d1, a4, h))
  next = h
  h = high(d2, a3)
  c5 = i64x2.add(c5, low(d2, a3, h))
  next = i64x2.add(next, h)
  h = high(d2, a4)
  let c6 = i64x2.add(next, low(d2, a4, h))
  next = h
  h = high(a3, a3)
  c6 = i64x2.add(c6, low(a3, a3, h))
  next = i64x2.add(next, h)
  h = high(d3, a4)
  let c7 = i64x2.add(next, low(d3, a4, h))
  next = h
  h = high(a4, a4)
  let c8 = i64x2.add(next, low(a4, a4, h))
  next = h
  const c9 = next
  carry(
    out,
    settle(fold(c0, c5), form, 1, 0),
    settle(fold(c1, c6), form, 1, 1),
    settle(fold(c2, c7), form, 1, 2),
    settle(fold(c3, c8), form, 1, 3),
    settle(fold(c4, c9), form, 1, 4),
  )
}

/** out = (a0 b0, a1 b1). All of these may write over what they read. */
export function multiply(out: usize, a: usize, b: usize): void {
  products(out, a, b, PLAIN)
}

/** out = (Q - P, Q + P) of the products P = a0 b0, Q = a1 b1. */
export function multiplyCross(out: usize, a: usize, b: usize): void {
  products(out, a, b, CROSS)
}

/** out = (4Q - 2P, 2P) of the products P = a0 b0, Q = a1 b1. */
export function multiplyDoubled(out: usize, a: usize, b: usize): void {
  products(out, a, b, DOUBLED)
}

/** out = (a0^2, a1^2) */
export function square(out: usize, a: usize): void {
  squares(out, a, PLAIN)
}

/** out = (a1^2 - a0^2, a1^2 + a0^2) */
export function squareCross(out: usize, a: usize): void {
  squares(out, a, CROSS)
}

/** out = a^(2^times) */
export function squareTimes(out: usize, a: usize, times: i32): void {
  square(out, a)
  for (let i = 1; i < times; i++) square(out, out)
}

/** out = (a0, b0) and other = (a1, b1): the lanes of two pairs put together. */
export function zip(out: usize, other: usize, a: usize, b: usize): void {
  zipLimb(out, other, a, b)
  zipLimb(out + 16, other + 16, a + 16, b + 16)
  zipLimb(out + 32, other + 32, a + 32, b + 32)
  zipLimb(out + 48, other + 48, a + 48, b + 48)
  zipLimb(out + 64, other + 64, a + 64, b + 64)
}

@inline
function zipLimb(out: usize, other: usize, a: usize, b: usize): void {
  const x = v128.load(a)
  const y = v128.load(b)
  v128.store(out, i64x2.shuffle(x, y, 0, 2))
  v128.store(other, i64x2.shuffle(x, y, 1, 3))
}

@inline
export function copy(out: usize, a: usize): void {
  memory.copy(out, a, PAIR)
}

/** out = a - b, at most 2u in size: to be asked for its bytes or to be multiplied by something reduced, no more. */
export function subtract(out: usize, a: usize, b: usize): void {
  for (let at: usize = 0; at < PAIR; at += 16)
    v128.store(out + at, f64x2.sub(v128.load(a + at), v128.load(b + at)))
}

/** out = a + b, at most 2u in size. */
export function add(out: usize, a: usize, b: usize): void {
  for (let at: usize = 0; at < PAIR; at += 16)
    v128.store(out + at, f64x2.add(v128.load(a + at), v128.load(b + at)))
}

// The chain for 2^250 - 1 and what both exponents below take from it.
const b1: usize = memory.data(80, 16)
const b3: usize = memory.data(80, 16)
const b5: usize = memory.data(80, 16)
const b10: usize = memory.data(80, 16)
const b20: usize = memory.data(80, 16)
const b40: usize = memory.data(80, 16)
const b80: usize = memory.data(80, 16)
const step: usize = memory.data(80, 16)

/** out = a^((p - 5) / 8) = a^(2^252 - 3), for square roots. Leaves a^3 in b3. */
export function power58(out: usize, a: usize): void {
  copy(b1, a)
  square(b3, b1)
  multiply(b3, b3, b1)
  squareTimes(step, b3, 2)
  multiply(step, step, b3)
  square(b5, step)
  multiply(b5, b5, b1)
  squareTimes(step, b5, 5)
  multiply(b10, step, b5)
  squareTimes(step, b10, 10)
  multiply(b20, step, b10)
  squareTimes(step, b20, 20)
  multiply(b40, step, b20)
  squareTimes(step, b40, 40)
  multiply(b80, step, b40)
  squareTimes(step, b80, 80)
  multiply(step, step, b80)
  squareTimes(step, step, 80)
  multiply(step, step, b80)
  squareTimes(step, step, 10)
  multiply(step, step, b10)
  squareTimes(step, step, 2)
  multiply(out, step, b1)
}

/** out = 1 / a = a^(p - 2), p - 2 = 8 (2^252 - 3) + 3; 0 for 0. */
export function invert(out: usize, a: usize): void {
  power58(out, a)
  squareTimes(out, out, 3)
  multiply(out, out, b3)
}
