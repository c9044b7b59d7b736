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
import { CROSS, DOUBLED, PLAIN, carry, fold, settle } from './columns'
import { high, low } from './halves'

export const PAIR: usize = 80

/** Columns in order: c_k is the sum of the low halves with i + j = k and of the high ones with i + j = k - 1, `next`. */
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

/** As `products` with b = a, where a_i a_j and a_j a_i are one product with twice a_i. */
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
