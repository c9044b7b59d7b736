/**
 * Products modulo a prime p of 2048 bits, by Montgomery's method. Variable-time: public values only.
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
 * column are taken off at once, before it begins (`productStart`, `squareStart`). The largest |ab| is 2u * u < 2^102; a
 * column has at most 82 products of 2^51 and stays below 2^58.
 *
 * Reduction: for N_j = (k p + 1) / W^j with k = -1/p mod W^j, that is N_j = W^-j mod p,
 *
 *     T / W^j = (T div W^j) + (T mod W^j) / W^j  is congruent to  (T div W^j) + (T mod W^j) N_j
 *
 * which takes j limbs off the bottom with no quotient to be computed, at the price of up to j limbs at the top. So 41
 * limbs go as 1 + 9*4 + 2 + 1 in this way and the last by Montgomery's own step, with the quotient modulo W. The last
 * four steps leave at most p/2 each, whatever was before less than 2^-40 p: the result is at most 2.01 p in size.
 */
export const VECTORS: i32 = 21
export const NUMBER: usize = 336 // bytes of a number: 21 vectors
const COLUMNS: usize = 64 * 16

/**
 * N_4, N_2, N_1, p, R^2 mod p, R mod p, 1, W^82 / 10^617, and 42 numbers 10^(15k) R W^2 mod p: written by
 * src/kernel/residues-machine.ts before `prepare`, and -1/p mod W, an integer, behind them.
 */
export const constants: usize = memory.data(51 * 336, 16)
const fold4: usize = constants
const fold2: usize = constants + NUMBER
const fold1: usize = constants + 2 * NUMBER
export const modulus: usize = constants + 3 * NUMBER
export const squareOfR: usize = constants + 4 * NUMBER
export const one: usize = constants + 5 * NUMBER
export const unit: usize = constants + 6 * NUMBER
export const decimals: usize = constants + 7 * NUMBER
export const tens: usize = constants + 8 * NUMBER
const quotient: usize = constants + 50 * NUMBER

/** The constants of `high` and `low`. From memory: V8 would build a constant vector anew at every use. */
const magic: usize = memory.data(32, 16)

const productStart: usize = memory.data(1024, 16)
const squareStart: usize = memory.data(1024, 16)
const decimalStart: usize = memory.data(1024, 16)
const sumStart: usize = memory.data(1024, 16)
/**
 * The columns of a product: lane 0 of vector i has weight W^i, lane 1 W^(i + 21). 21 zero vectors stand before and
 * after, where a sum over both lanes reaches over the ends.
 */
const columns: usize = memory.data(336 + 1024 + 336, 16) + NUMBER
/** Squares of both halves (lane 1 has weight W^(i + 42)), and the mixed products (W^(i + 21) and W^(i + 32)). */
const squares: usize = memory.data(336 + 1024, 16) + NUMBER
const mixed: usize = memory.data(336 + 1024, 16) + NUMBER
const lower: usize = memory.data(176, 16)
const zeros: usize = memory.data(336, 16) // at least 42 doubles

const HALF: i64 = 1 << 50
const MASK: i64 = (1 << 51) - 1
export const HIGH: f64 = 15211807202738752817960438464512.0 // 3 * 2^102
const LOW: f64 = 6755399441055744.0 // 3 * 2^51

@inline
export function high(a: v128, b: v128, constant: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, constant)
  return f64x2.add(f64x2.mul(a, b), constant)
}

@inline
function low(a: v128, b: v128, h: v128, constant: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, f64x2.sub(constant, h))
  return f64x2.add(remainder(a, b, f64x2.sub(f64x2.splat(HIGH), h)), f64x2.splat(LOW))
}

/**
 * a b + c for the negative c of a multiple of 2^51 near to ab: exact. Without a fused instruction by Dekker ("A
 * floating-point technique for extending the available precision", 1971).
 */
@inline
export function remainder(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, c)
  return splitRemainder(a, b, c)
}

function splitRemainder(a: v128, b: v128, c: v128): v128 {
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
  const c = f64x2.mul(a, f64x2.splat(134217729.0)) // 2^27 + 1
  return f64x2.sub(c, f64x2.sub(c, a))
}

/** The columns from `to` on += the n vectors at a, times u0 + u1 W + u2 W^2 + u3 W^3. */
@inline
function add4(to: usize, a: usize, n: i32, u0: v128, u1: v128, u2: v128, u3: v128): void {
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
function add2(to: usize, a: usize, u0: v128, u1: v128): void {
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
function add1(to: usize, a: usize, n: i32, u0: v128): void {
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

/** Limb j of the number at b in both lanes; `j`: its place in bytes. */
@inline
function limb(b: usize, j: usize): v128 {
  return v128.load64_splat(b + j)
}

@inline
function fold1At(at: usize): void {
  const t0 = column(at)
  carryInto(at + 16, t0)
  add1(at + 16, fold1, VECTORS, splat(digit(t0)))
}

/** The columns, divided by R modulo p, into `out`. */
function reduce(out: usize): void {
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
function lastTwo(out: usize): void {
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
 * putting their sum, which is below 2^52, into the fraction of 2^52. Limb 41 holds no more than the carry of limb 40,
 * which takes it back.
 */
@inline
function settle(out: usize, at: usize): void {
  const up = i64x2.splat(HALF + i64.MIN_VALUE)
  const mask = i64x2.splat(MASK)
  const exponent = i64x2.splat(0x4330000000000000) // the bits of 2^52
  const start = f64x2.splat(5629499534217216.0) // 2^52 + 2^50 + 2^12, the last for 2^63 / 2^51
  let carried = i64x2.splat(4096)
  for (const end = out + NUMBER; out < end; out += 16, at += 16) {
    const crossing = v128.shuffle<i64>(v128.load(at - NUMBER), v128.load(at + NUMBER), 1, 2)
    const t = i64x2.add(i64x2.add(v128.load(at), up), crossing)
    v128.store(out, f64x2.sub(i64x2.add(i64x2.add(v128.and(t, mask), exponent), carried), start))
    carried = i64x2.shr_u(t, 51)
  }
  store<f64>(out - NUMBER + 8, load<f64>(out - NUMBER + 8) + f64(i64x2.extract_lane(carried, 0) - 4096))
  store<f64>(out - 24, load<f64>(out - 24) + 2251799813685248.0 * load<f64>(out - 8))
  store<f64>(out - 8, 0)
}

function allProducts(a: usize, b: usize): void {
  let to = columns
  for (let j: usize = 0; j < 320; j += 64, to += 64)
    add4(to, a, VECTORS, limb(b, j), limb(b, j + 16), limb(b, j + 32), limb(b, j + 48))
  add1(to, a, VECTORS, limb(b, 320))
  to += 16
  for (let j: usize = 8; j < 328; j += 64, to += 64)
    add4(to, a, VECTORS, limb(b, j), limb(b, j + 16), limb(b, j + 32), limb(b, j + 48))
}

@inline
function begin(start: usize): void {
  for (let i: usize = 0; i < COLUMNS; i += 64) {
    v128.store(columns + i, v128.load(start + i))
    v128.store(columns + i, v128.load(start + i, 16), 16)
    v128.store(columns + i, v128.load(start + i, 32), 32)
    v128.store(columns + i, v128.load(start + i, 48), 48)
  }
}

/** out = a b / R. `out` may be a or b. */
export function multiply(out: usize, a: usize, b: usize): void {
  begin(productStart)
  allProducts(a, b)
  reduce(out)
}

/** The square of four limbs at a, lane by lane, onto eight columns. */
@inline
function addSquare4(to: usize, a: usize): void {
  const c = v128.load(magic)
  const d = v128.load(magic, 16)
  const a0 = v128.load(a)
  const a1 = v128.load(a, 16)
  const a2 = v128.load(a, 32)
  const a3 = v128.load(a, 48)
  const b0 = f64x2.add(a0, a0)
  const b1 = f64x2.add(a1, a1)
  const b2 = f64x2.add(a2, a2)
  const h0 = high(a0, a0, c)
  const h1 = high(b0, a1, c)
  const h2 = high(b0, a2, c)
  const h3 = high(b0, a3, c)
  const k2 = high(a1, a1, c)
  const k3 = high(b1, a2, c)
  const k4 = high(b1, a3, c)
  const l4 = high(a2, a2, c)
  const l5 = high(b2, a3, c)
  const m6 = high(a3, a3, c)
  accumulate(to, low(a0, a0, h0, d))
  accumulate(to + 16, i64x2.add(h0, low(b0, a1, h1, d)))
  accumulate(to + 32, i64x2.add(h1, i64x2.add(low(b0, a2, h2, d), low(a1, a1, k2, d))))
  accumulate(to + 48, i64x2.add(i64x2.add(h2, k2), i64x2.add(low(b0, a3, h3, d), low(b1, a2, k3, d))))
  accumulate(to + 64, i64x2.add(i64x2.add(h3, k3), i64x2.add(low(b1, a3, k4, d), low(a2, a2, l4, d))))
  accumulate(to + 80, i64x2.add(i64x2.add(k4, l4), low(b2, a3, l5, d)))
  accumulate(to + 96, i64x2.add(l5, low(a3, a3, m6, d)))
  accumulate(to + 112, m6)
}

@inline
function accumulate(to: usize, t: v128): void {
  v128.store(to, i64x2.add(v128.load(to), t))
}

@inline
function clear(at: usize, end: usize): void {
  for (const zero = i64x2.splat(0); at < end; at += 64) {
    v128.store(at, zero)
    v128.store(at, zero, 16)
    v128.store(at, zero, 32)
    v128.store(at, zero, 48)
  }
}

@inline
function twice(at: usize): v128 {
  const a = v128.load(at)
  return f64x2.add(a, a)
}

/** With a = a0 + a1 W^21: a0^2 and a1^2, lane by lane, and 2 a0 a1, with a0 cut into its limbs 0 … 10 and 11 … 20. */
function allSquares(a: usize): void {
  clear(squares, squares + 44 * 16)
  clear(mixed, mixed + 36 * 16)
  let n = 17
  let to = squares
  for (let row = a; row < a + 320; row += 64, n -= 4, to += 128) {
    addSquare4(to, row)
    add4(to + 64, row + 64, n, twice(row), twice(row + 16), twice(row + 32), twice(row + 48))
  }
  add1(to, a + 320, 1, v128.load(a + 320))
  for (let i: usize = 0; i < 160; i += 16) {
    const both = v128.shuffle<i64>(v128.load(a + i), v128.load(a + i, 176), 0, 2)
    v128.store(lower + i, f64x2.add(both, both))
  }
  const last = load<f64>(a + 160)
  v128.store(lower + 160, f64x2.replace_lane(f64x2.splat(0), 0, last + last))
  to = mixed
  for (let j: usize = 8; j < 328; j += 64, to += 64)
    add4(to, lower, 11, limb(a, j), limb(a, j + 16), limb(a, j + 32), limb(a, j + 48))
}

function gatherSquares(): void {
  for (let i: usize = 0; i < 1008; i += 16) {
    const own = v128.shuffle<i64>(v128.load(squares + i), v128.load(squares + i - 336), 0, 3)
    const cross = v128.shuffle<i64>(v128.load(mixed + i - 336), v128.load(mixed + i - 176), 0, 3)
    v128.store(columns + i, i64x2.add(v128.load(squareStart + i), i64x2.add(own, cross)))
  }
}

/** out = a^2 / R. `out` may be a. */
export function square(out: usize, a: usize): void {
  allSquares(a)
  gatherSquares()
  reduce(out)
}

/** out = x / 10^617 W^41, with an error below 2^7, for a plain number x in [0, p). */
export function fraction(out: usize, x: usize): void {
  begin(decimalStart)
  allProducts(decimals, x)
  settle(out, columns + 41 * 16)
}

/** Onto the last columns: the sum of 42 rows of `tens`, each times its digit (a double below 10^15, at `digits`). */
function addTens(digits: usize): void {
  const c = v128.load(magic)
  const d = v128.load(magic, 16)
  let before = i64x2.splat(0)
  for (let i: usize = 0; i < NUMBER; i += 16) {
    let lows = before
    before = i64x2.splat(0)
    for (let row = tens + i, at = digits; row < tens + 42 * NUMBER; row += NUMBER, at += 8) {
      const a = v128.load(row)
      const b = v128.load64_splat(at)
      const h = high(a, b, c)
      before = i64x2.add(before, h)
      lows = i64x2.add(lows, low(a, b, h, d))
    }
    accumulate(columns + 39 * 16 + i, lows)
  }
  accumulate(columns + 60 * 16, before)
}

/** out = what 42 digits to the base 10^15 stand for, the lowest first. The sum is below 2^56 p, so two steps will do. */
export function fromTens(out: usize, digits: usize): void {
  begin(sumStart)
  addTens(digits)
  lastTwo(out)
}

/** The constants that the steps of `reduce` leave in the columns: its additions, of zeros. */
function reduceZero(): void {
  const zero = f64x2.splat(0)
  let at = columns
  add1(at + 16, fold1, VECTORS, zero)
  at += 16
  for (const end = columns + 37 * 16; at < end; at += 64) add4(at + 64, fold4, VECTORS, zero, zero, zero, zero)
  add2(at + 32, fold2, zero, zero)
  lastTwoZero()
}

function lastTwoZero(): void {
  const zero = f64x2.splat(0)
  add1(columns + 40 * 16, fold1, VECTORS, zero)
  add1(columns + 40 * 16, modulus, VECTORS, zero)
}

function takeStart(start: usize): void {
  for (let i: usize = 0; i < COLUMNS; i += 16) {
    v128.store(start + i, i64x2.neg(v128.load(columns + i)))
    v128.store(columns + i, i64x2.splat(0))
  }
}

/** Once, when the constants are written. */
export function prepareProducts(): void {
  v128.store(magic, f64x2.splat(HIGH))
  v128.store(magic, f64x2.splat(HIGH + LOW), 16)
  allProducts(zeros, zeros)
  reduceZero()
  takeStart(productStart)
  allSquares(zeros)
  gatherSquares()
  reduceZero()
  takeStart(squareStart)
  allProducts(zeros, zeros)
  takeStart(decimalStart)
  addTens(zeros)
  lastTwoZero()
  takeStart(sumStart)
}
