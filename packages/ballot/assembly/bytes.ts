/**
 * Field elements as 32 bytes, least significant first (RFC 8032), and as the 64 hexadecimal digits of Belenios, most
 * significant first.
 */
import { PAIR } from './field'

const MASK: i64 = 0x7ffffffffffff
const HALF: i64 = 1 << 50

/** Puts a number of 255 bits (bit 255 is left out) into a lane of a pair, reduced. */
export function loadLane(pair: usize, lane: usize, bytes: usize): void {
  const w0 = load<u64>(bytes)
  const w1 = load<u64>(bytes, 8)
  const w2 = load<u64>(bytes, 16)
  const w3 = load<u64>(bytes, 24)
  let l0 = (<i64>w0) & MASK
  let l1 = (<i64>((w0 >> 51) | (w1 << 13))) & MASK
  let l2 = (<i64>((w1 >> 38) | (w2 << 26))) & MASK
  let l3 = (<i64>((w2 >> 25) | (w3 << 39))) & MASK
  let l4 = (<i64>(w3 >> 12)) & MASK
  // Limbs from -2^50 to 2^50: what is in the upper half goes on to the next.
  let carry = (l4 + HALF) >> 51
  l4 -= carry << 51
  l0 += 19 * carry
  carry = (l0 + HALF) >> 51
  l0 -= carry << 51
  l1 += carry
  carry = (l1 + HALF) >> 51
  l1 -= carry << 51
  l2 += carry
  carry = (l2 + HALF) >> 51
  l2 -= carry << 51
  l3 += carry
  carry = (l3 + HALF) >> 51
  l3 -= carry << 51
  l4 += carry
  const at = pair + lane * 8
  store<f64>(at, <f64>l0)
  store<f64>(at, <f64>l1, 16)
  store<f64>(at, <f64>l2, 32)
  store<f64>(at, <f64>l3, 48)
  store<f64>(at, <f64>l4, 64)
}

/** Writes the number in [0, p) that a lane stands for; its limbs may be up to 4u in size. */
export function storeLane(bytes: usize, pair: usize, lane: usize): void {
  const at = pair + lane * 8
  // 8p on top, limb by limb, makes every limb positive and below 2^55.
  let l0 = <i64>load<f64>(at) + 8 * ((1 << 51) - 19)
  let l1 = <i64>load<f64>(at, 16) + 8 * MASK
  let l2 = <i64>load<f64>(at, 32) + 8 * MASK
  let l3 = <i64>load<f64>(at, 48) + 8 * MASK
  let l4 = <i64>load<f64>(at, 64) + 8 * MASK
  // Twice around: after the first, l4 < 2^51 and l0 < 2^51 + 19 * 2^4; after the second the value is below 2^255.
  for (let round = 0; round < 2; round++) {
    l1 += l0 >> 51
    l0 &= MASK
    l2 += l1 >> 51
    l1 &= MASK
    l3 += l2 >> 51
    l2 &= MASK
    l4 += l3 >> 51
    l3 &= MASK
    l0 += 19 * (l4 >> 51)
    l4 &= MASK
  }
  // It is p or more just when 19 more reach 2^255.
  let over = (l0 + 19) >> 51
  over = (l1 + over) >> 51
  over = (l2 + over) >> 51
  over = (l3 + over) >> 51
  over = (l4 + over) >> 51
  l0 += 19 * over
  l1 += l0 >> 51
  l0 &= MASK
  l2 += l1 >> 51
  l1 &= MASK
  l3 += l2 >> 51
  l2 &= MASK
  l4 += l3 >> 51
  l3 &= MASK
  l4 &= MASK
  store<u64>(bytes, <u64>l0 | (<u64>l1 << 51))
  store<u64>(bytes, (<u64>l1 >> 13) | (<u64>l2 << 38), 8)
  store<u64>(bytes, (<u64>l2 >> 26) | (<u64>l3 << 25), 16)
  store<u64>(bytes, (<u64>l3 >> 39) | (<u64>l4 << 12), 24)
}

/** Puts a small number into both lanes. */
export function loadSmall(pair: usize, first: f64, second: f64): void {
  memory.fill(pair, 0, PAIR)
  store<f64>(pair, first)
  store<f64>(pair, second, 8)
}

/** Room for constants, filled when the module starts. */
let free: usize = memory.data(16 * 80, 16)

/** A pair of two numbers of 255 bits, words from the least significant. */
export function constant(a0: u64, a1: u64, a2: u64, a3: u64, b0: u64, b1: u64, b2: u64, b3: u64): usize {
  const pair = free
  free += PAIR
  putWords(a0, a1, a2, a3)
  loadLane(pair, 0, scratch)
  putWords(b0, b1, b2, b3)
  loadLane(pair, 1, scratch)
  return pair
}

const scratch: usize = memory.data(32, 16)

function putWords(w0: u64, w1: u64, w2: u64, w3: u64): void {
  store<u64>(scratch, w0)
  store<u64>(scratch, w1, 8)
  store<u64>(scratch, w2, 16)
  store<u64>(scratch, w3, 24)
}

/** Whether a lane stands for 0; limbs as in `storeLane`. */
export function isZero(pair: usize, lane: usize): bool {
  storeLane(scratch, pair, lane)
  return (load<u64>(scratch) | load<u64>(scratch, 8) | load<u64>(scratch, 16) | load<u64>(scratch, 24)) == 0
}

/** The lowest bit of the number that a lane stands for: the sign of x in RFC 8032. */
export function parity(pair: usize, lane: usize): u32 {
  storeLane(scratch, pair, lane)
  return load<u8>(scratch) & 1
}

/** Whether 32 bytes without their top bit are below p. */
export function isCanonical(bytes: usize): bool {
  const top = load<u64>(bytes, 24) & 0x7fffffffffffffff
  if (top != 0x7fffffffffffffff) return true
  if ((load<u64>(bytes, 8) & load<u64>(bytes, 16)) != 0xffffffffffffffff) return true
  return load<u64>(bytes) < 0xffffffffffffffed
}

/** Reads 64 hexadecimal digits, lower case only, most significant first, into 32 bytes, least significant first. */
export function readHex(bytes: usize, text: usize): bool {
  let wrong: u32 = 0
  for (let i: usize = 0; i < 32; i++) {
    const high = digit(load<u8>(text + 2 * i))
    const low = digit(load<u8>(text + 2 * i + 1))
    wrong |= high | low
    store<u8>(bytes + 31 - i, (high << 4) | low)
  }
  return wrong < 16
}

/** The value of a digit, or 16 and more. */
@inline
function digit(character: u32): u32 {
  const decimal = character - 0x30
  const letter = character - 0x61
  return decimal < 10 ? decimal : letter < 6 ? letter + 10 : 16
}

export function writeHex(text: usize, bytes: usize): void {
  for (let i: usize = 0; i < 32; i++) {
    const byte = <u32>load<u8>(bytes + 31 - i)
    store<u8>(text + 2 * i, character(byte >> 4))
    store<u8>(text + 2 * i + 1, character(byte & 15))
  }
}

@inline
function character(value: u32): u32 {
  return value + (value < 10 ? 0x30 : 0x57)
}
