/** Multiples of one point (in the multiplicative language of the format: powers). */
import { POINT, addCached, addSigned, copyPoint, double, isNeutral, setNeutral, toCached } from './point'

/** 8 odd multiples, 1 to 15 times the point: what digits of width 5 need. */
const odd: usize = memory.data(8 * 160, 16)
const digits: usize = memory.data(264)
const padded: usize = memory.data(40, 8)
const cached: usize = memory.data(160, 16)
const sum: usize = memory.data(160, 16)

/** The digits of q, the order of the subgroup. */
const order: usize = memory.data<u64>([0x5812631a5cf5d3ed, 0x14def9dea2f79cd6, 0, 0x1000000000000000], 8)
const orderDigits: usize = memory.data(264)
recode(orderDigits, order)

/** Digits of a number of 256 bits: odd, below 16 in size, at least five places apart (wNAF, Solinas 2000), or 0. */
function recode(out: usize, scalar: usize): void {
  memory.copy(padded, scalar, 32)
  store<u64>(padded, 0, 32)
  memory.fill(out, 0, 264)
  let carry: u32 = 0
  let at: usize = 0
  while (at < 257) {
    const window = ((load<u32>(padded + (at >> 3)) >> <u32>(at & 7)) & 31) + carry
    if ((window & 1) == 0) {
      at++
      continue
    }
    carry = u32(window >= 16)
    store<i8>(out + at, <i8>(<i32>window - (<i32>carry << 5)))
    at += 5
  }
}

function raise(out: usize, base: usize, places: usize): void {
  toCached(odd, base)
  double(sum, base)
  toCached(cached, sum)
  copyPoint(sum, base)
  for (let i: usize = 1; i < 8; i++) {
    addCached(sum, sum, cached)
    toCached(odd + i * POINT, sum)
  }
  setNeutral(sum)
  let at = 263
  while (at >= 0 && load<i8>(places + at) == 0) at--
  for (; at >= 0; at--) {
    double(sum, sum)
    const place = <i32>load<i8>(places + at)
    if (place != 0) addSigned(sum, sum, odd + <usize>(abs(place) >> 1) * POINT, i64(place >> 31))
  }
  copyPoint(out, sum)
}

/** out = base^scalar, a number of 256 bits. */
export function power(out: usize, base: usize, scalar: usize): void {
  recode(digits, scalar)
  raise(out, base, digits)
}

/** Whether base^q is the neutral element: whether a point of the curve belongs to the subgroup of order q. */
export function isMember(base: usize): bool {
  raise(cached, base, orderDigits)
  return isNeutral(cached)
}

/** Bytes of a table of powers: for each of 32 bytes of the exponent, base^(256^i) to the powers 1 to 128. */
export const TABLE: usize = 32 * 128 * POINT

export function makeTable(table: usize, base: usize): void {
  copyPoint(sum, base)
  for (let i = 0; i < 32; i++) {
    const unit = table
    toCached(unit, sum)
    table += POINT
    for (let k = 2; k <= 128; k++) {
      addCached(sum, sum, unit)
      toCached(table, sum)
      table += POINT
    }
    double(sum, sum)
  }
}

/**
 * out = out * base^scalar from the base's table; scalar below 2^255. With 128 added to each byte of the scalar, its
 * bytes less 128 are digits from -128 to 127.
 */
export function multiplyByTable(out: usize, table: usize, scalar: usize): void {
  let carry = 0
  for (let i: usize = 0; i < 32; i++) {
    const byte = <i32>load<u8>(scalar + i) + 128 + carry
    carry = byte >> 8
    const digit = (byte & 255) - 128
    if (digit != 0) addSigned(out, out, table + <usize>(abs(digit) - 1) * POINT, i64(digit >> 31))
    table += 128 * POINT
  }
}
