/** Pairs moved, added and raised to the two powers that the curve needs. */
import { PAIR, multiply, square, squareTimes } from './field'

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
