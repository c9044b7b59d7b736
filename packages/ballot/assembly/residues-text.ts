import { NUMBER, high, magic, modulus, one, remainder, squareOfR, unit } from './residues-limbs'
import { fraction, fromTens, multiply } from './residues-product'

const LIMBS: usize = 41
const MASK: i64 = (1 << 51) - 1
/** The limbs of p and of the number at hand, in [0, W). */
const prime: usize = memory.data(336, 16)
const digits: usize = memory.data(344, 16)
const rest: usize = memory.data(336, 16)
const work: usize = memory.data(336, 16)
const groups: usize = memory.data(336, 16)

/** Where limb j of a number stands. */
@inline
function place(j: usize): usize {
  return j < 21 ? j << 4 : ((j - 21) << 4) + 8
}

/** The limbs of a + times p, which must not be negative, carried from the bottom up. */
function carryUp(a: usize, times: i64): void {
  let carry: i64 = 0
  for (let j: usize = 0; j < LIMBS; j++) {
    const t = i64(load<f64>(a + place(j))) + times * load<i64>(prime + (j << 3)) + carry
    store<i64>(digits + (j << 3), t & MASK)
    carry = t >> 51
  }
}

/** rest = digits - 2^shift p; whether that is not negative. */
function subtract(shift: i64): bool {
  let carry: i64 = 0
  for (let j: usize = 0; j < LIMBS; j++) {
    const t = load<i64>(digits + (j << 3)) - (load<i64>(prime + (j << 3)) << shift) + carry
    store<i64>(rest + (j << 3), t & MASK)
    carry = t >> 51
  }
  return carry == 0
}

/** The digits of a / R in [0, p): the value that a stands for. */
function canonical(a: usize): void {
  multiply(work, a, unit)
  carryUp(work, 3) // in (0, 8 p)
  for (let shift: i64 = 2; shift >= 0; shift--) {
    if (subtract(shift)) memory.copy(digits, rest, LIMBS << 3)
  }
}

/** 256 big-endian bytes at `to`: the value that a stands for. */
export function toBytes(to: usize, a: usize): void {
  canonical(a)
  let bits: i64 = 0
  let have: i64 = 0
  let at = to + 255
  for (let j: usize = 0; j < LIMBS; j++) {
    bits |= load<i64>(digits + (j << 3)) << have
    for (have += 51; have >= 8 && at >= to; have -= 8, bits = i64(u64(bits) >> 8)) store<u8>(at--, u8(bits))
  }
}

/**
 * 630 decimal digits at `to` (ASCII, leading zeros) of the plain number in `work`: its 10^-617 part as a binary fraction
 * is multiplied by 10^2 and forty-one times by 10^15, each time the whole part is a group of digits and goes. Carries go
 * one limb up in every step, which keeps limbs below 2^51; limbs too low to matter are left out. What is left of the
 * fraction is at most 0.9 and may be negative, so groups are above -10^15 and below 10^15, and the last loop borrows for
 * the negative ones. In the end less than 1 is left of a number that is whole: so the digits are exact.
 */
function writeDigits(to: usize): void {
  fraction(work, work)
  const constant = v128.load(magic)
  const down = v128.load(magic, 64)
  for (let step: usize = 0; step < 42; step++) {
    const factor = f64x2.splat(step ? 1000000000000000.0 : 100.0)
    const start = step > 23 ? (step - 23) << 4 : 0
    let before = f64x2.splat(0)
    let last = before
    for (let i = start; i < NUMBER; i += 16) {
      const a = v128.load(work + i)
      const negative = f64x2.sub(constant, high(a, factor, constant)) // of the multiple of 2^51 nearest to a * factor
      v128.store(work + i, f64x2.add(remainder(a, factor, negative), f64x2.mul(before, down)))
      last = before
      before = negative
    }
    // `before` is of limbs 20 and 41, `last` of 19 and 40.
    store<f64>(work + 8, load<f64>(work + 8) - f64x2.extract_lane(before, 0) * 4.440892098500626e-16)
    store<f64>(work + NUMBER - 8, 0)
    store<i64>(groups + (step << 3), i64(f64x2.extract_lane(last, 1) * -4.440892098500626e-16))
  }
  let carry: i64 = 0
  for (let step: usize = 41; step < 42; step--) {
    let group = load<i64>(groups + (step << 3)) + carry
    carry = 0
    if (group < 0) {
      group += 1000000000000000
      carry = -1
    }
    const upper = group / 100000000
    // The eighth digit of the upper part is 0 and is written over by the group before.
    store<u64>(to + 15 * step - 1, eightDigits(u32(upper)))
    store<u64>(to + 15 * step + 7, eightDigits(u32(group - upper * 100000000)))
  }
}

/** The ASCII of eight decimal digits, the first in the lowest byte. */
@inline
function eightDigits(number: u32): u64 {
  const upper = number / 10000
  let t = u64(upper) | (u64(number - upper * 10000) << 32)
  let high = ((t * 10486) >> 20) & 0x7f0000007f
  t = high | ((t - high * 100) << 16)
  high = ((t * 103) >> 10) & 0x0f000f000f000f
  return (high | ((t - high * 10) << 8)) + 0x3030303030303030
}

/** The number of eight ASCII digits. */
@inline
function fromEight(text: u64): u64 {
  let t = ((text & 0x0f0f0f0f0f0f0f0f) * 2561) >> 8
  t = ((t & 0x00ff00ff00ff00ff) * 6553601) >> 16
  return ((t & 0x0000ffff0000ffff) * 42949672960001) >> 32
}

/** out = the number of 630 ASCII digits at `from`, which must be below p. The byte before is read. */
export function fromDecimal(out: usize, from: usize): void {
  for (let k: usize = 0; k < 42; k++) {
    const at = from + 15 * (41 - k)
    const upper = fromEight(load<u64>(at - 1) & ~0xff)
    store<f64>(work + (k << 3), f64(i64(upper * 100000000 + fromEight(load<u64>(at + 7)))))
  }
  fromTens(out, work)
}

/** 630 decimal digits at `to`, with leading zeros: the value that a stands for. The byte before is written. */
export function toDecimal(to: usize, a: usize): void {
  canonical(a)
  for (let j: usize = 0; j < LIMBS; j++) store<f64>(work + place(j), f64(load<i64>(digits + (j << 3))))
  store<f64>(work + NUMBER - 8, 0)
  writeDigits(to)
}

/** `fromBytes`, and the 630 decimal digits at `to`. */
export function readCommitment(out: usize, to: usize, from: usize): bool {
  if (!fromBytes(out, from)) return false
  writeDigits(to)
  return true
}

/** out = what 256 big-endian bytes at `from` stand for; false, and nothing done, unless it is in [1, p). */
export function fromBytes(out: usize, from: usize): bool {
  let any: i64 = 0
  for (let j: usize = 0; j < LIMBS; j++) {
    const bit = 51 * j
    // Eight bytes that hold 57 bits or more from there on; the highest stop at the first byte.
    const end = 256 - (bit >> 3)
    const t =
      end >= 8
        ? i64(u64(bswap(load<u64>(from + end - 8))) >> u64(bit & 7)) & MASK
        : i64(u64(bswap(load<u64>(from))) >> u64((bit & 7) + 64 - 8 * end)) & MASK
    any |= t
    store<i64>(digits + (j << 3), t)
    store<f64>(work + place(j), f64(t))
  }
  store<f64>(work + NUMBER - 8, 0)
  if (any == 0 || subtract(0)) return false
  multiply(out, work, squareOfR)
  return true
}

/** Whether two numbers stand for the same value. */
export function isEqual(a: usize, b: usize): bool {
  for (let i: usize = 0; i < NUMBER; i += 16) v128.store(work + i, f64x2.sub(v128.load(a + i), v128.load(b + i)))
  canonical(work)
  let any: i64 = 0
  for (let j: usize = 0; j < LIMBS; j++) any |= load<i64>(digits + (j << 3))
  return any == 0
}

/** Whether a number stands for 1. */
export function isOne(a: usize): bool {
  return isEqual(a, one)
}

export function prepareText(): void {
  carryUp(modulus, 0)
  memory.copy(prime, digits, LIMBS << 3)
}
