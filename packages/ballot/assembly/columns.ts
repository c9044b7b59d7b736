/**
 * From columns of a product, 64-bit integers with the constants of field.ts on them, to limbs.
 */

/** What becomes of the pair (a, b) of products before it is carried. */
export const PLAIN = 0 //  (a, b)
export const CROSS = 1 //  (b - a, b + a)
export const DOUBLED = 2 // (4b - 2a, 2a)

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
export function settle(r: v128, form: i32, squares: usize, k: usize): v128 {
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
export function fold(low: v128, high: v128): v128 {
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
export function carry(out: usize, r0: v128, r1: v128, r2: v128, r3: v128, r4: v128): void {
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
