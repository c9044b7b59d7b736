import { HALF, MASK, NUMBER, VECTORS, add1, add2, add4, fold1, fold2, fold4, modulus, quotient } from './residues-limbs'

/**
 * The columns of a product: lane 0 of vector i has weight W^i, lane 1 W^(i + 21). 21 zero vectors stand before, where a
 * sum over both lanes reaches over the beginning.
 */
export const columns: usize = memory.data(336 + 1024, 16) + NUMBER

/** Both lanes' share of a column. */
@inline
function column(at: usize): i64 {
  return load<i64>(at) + load<i64>(at - NUMBER + 8)
}

/** t = digit + W carry, the digit in [-2^50, 2^50). */
@inline
function digit(t: i64): i64 {
  return ((t + HALF) & MASK) - HALF
}

@inline
function carry(t: i64): i64 {
  return (t + HALF) >> 51
}

@inline
function splat(limb: i64): v128 {
  return f64x2.splat(f64(limb))
}

@inline
function carryInto(at: usize, t: i64): void {
  store<i64>(at, load<i64>(at) + carry(t))
}

@inline
function fold1At(at: usize): void {
  const t0 = column(at)
  carryInto(at + 16, t0)
  add1(at + 16, fold1, VECTORS, splat(digit(t0)))
}

/**
 * The columns, divided by R modulo p, into `out`. For N_j = (k p + 1) / W^j with k = -1/p mod W^j, that is W^-j mod p,
 *
 *     T / W^j = (T div W^j) + (T mod W^j) / W^j  is congruent to  (T div W^j) + (T mod W^j) N_j
 *
 * which takes j limbs off the bottom with no quotient to be computed, at the price of up to j limbs at the top. So 41
 * limbs go as 1 + 9*4 + 2 + 1 in this way and the last by Montgomery's own step, with the quotient modulo W. The last
 * four steps leave at most p/2 each, whatever was before less than 2^-40 p: the result is at most 2.01 p in size.
 */
export function reduce(out: usize): void {
  let at = columns
  fold1At(at)
  at += 16
  for (const end = columns + 37 * 16; at < end; at += 64) {
    const t0 = column(at)
    const t1 = column(at + 16)
    const t2 = column(at + 32)
    const t3 = column(at + 48)
    const u1 = splat(digit(t1) + carry(t0))
    const u2 = splat(digit(t2) + carry(t1))
    const u3 = splat(digit(t3) + carry(t2))
    carryInto(at + 64, t3)
    add4(at + 64, fold4, VECTORS, splat(digit(t0)), u1, u2, u3)
  }
  const t0 = column(at)
  const t1 = column(at + 16)
  carryInto(at + 32, t1)
  add2(at + 32, fold2, splat(digit(t0)), splat(digit(t1) + carry(t0)))
  lastTwo(out)
}

/** The last two limbs. */
@inline
export function lastTwo(out: usize): void {
  let at = columns + 39 * 16
  fold1At(at)
  at += 16
  // The constants of this last addition, still to come, are multiples of W.
  add1(at, modulus, VECTORS, splat(digit(column(at) * load<i64>(quotient))))
  store<i64>(at + 16, load<i64>(at + 16) + (column(at) >> 51))
  settle(out, at + 16)
}

/**
 * The 42 columns from `at` on as settled limbs: each one's digit and the carry of the one before, made a double by
 * putting their sum, which is below 2^52, into the fraction of 2^52. Lanes 0 end before column 62. Limb 40 is small enough
 * to have no carry, so limb 41 comes out 0.
 */
@inline
export function settle(out: usize, at: usize): void {
  const up = i64x2.splat(HALF + i64.MIN_VALUE)
  const mask = i64x2.splat(MASK)
  const exponent = i64x2.splat(0x4330000000000000) // the bits of 2^52
  const start = f64x2.splat(5629499534217216.0) // 2^52 + 2^50 + 2^12, the last for 2^63 / 2^51
  const zero = i64x2.splat(0)
  let carried = i64x2.splat(4096)
  for (const end = out + NUMBER; out < end; out += 16, at += 16) {
    const crossing = v128.shuffle<i64>(v128.load(at - NUMBER), zero, 1, 2)
    const t = i64x2.add(i64x2.add(v128.load(at), up), crossing)
    v128.store(out, f64x2.sub(i64x2.add(i64x2.add(v128.and(t, mask), exponent), carried), start))
    carried = i64x2.shr_u(t, 51)
  }
  store<f64>(out - NUMBER + 8, load<f64>(out - NUMBER + 8) + f64(i64x2.extract_lane(carried, 0) - 4096))
}

/** The constants that the steps of `reduce` leave in the columns: its additions, of zeros. */
export function reduceZero(): void {
  const zero = f64x2.splat(0)
  let at = columns
  add1(at + 16, fold1, VECTORS, zero)
  at += 16
  for (const end = columns + 37 * 16; at < end; at += 64) add4(at + 64, fold4, VECTORS, zero, zero, zero, zero)
  add2(at + 32, fold2, zero, zero)
  lastTwoZero()
}

export function lastTwoZero(): void {
  const zero = f64x2.splat(0)
  add1(columns + 40 * 16, fold1, VECTORS, zero)
  add1(columns + 40 * 16, modulus, VECTORS, zero)
}
