import { COLUMNS, HIGH, LOW, NUMBER, VECTORS, add1, add4, decimals, high, limb, low, magic, tens } from './residues-limbs'
import { columns, lastTwo, lastTwoZero, reduce, reduceZero, settle } from './residues-reduce'

/** What columns begin with: the constants that everything added to them will leave there, negative. */
const productStart: usize = memory.data(1024, 16)
const squareStart: usize = memory.data(1024, 16)
const decimalStart: usize = memory.data(1024, 16)
const sumStart: usize = memory.data(1024, 16)
/** Squares of both halves (lane 1 has weight W^(i + 42)), and the mixed products (W^(i + 21) and W^(i + 32)). */
const squares: usize = memory.data(336 + 1024, 16) + NUMBER
const mixed: usize = memory.data(336 + 1024, 16) + NUMBER
const lower: usize = memory.data(176, 16)
const zeros: usize = memory.data(336, 16) // at least 42 doubles

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
  v128.store(magic, f64x2.splat(LOW), 32)
  v128.store(magic, f64x2.splat(134217729.0), 48)
  v128.store(magic, f64x2.splat(-4.440892098500626e-16), 64)
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
