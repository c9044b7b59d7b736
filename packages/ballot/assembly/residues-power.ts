import { NUMBER, one } from './residues-limbs'
import { multiply, square } from './residues-product'

/** Odd powers of up to eight bases. */
const odd: usize = memory.data(8 * 16 * 336, 16)
/** Of up to eight exponents, at the place of each window's lowest bit, the window. */
const windows: usize = memory.data(8 * 2304, 16)
const WINDOW: usize = 5
const BITS: usize = 2304

@inline
export function copy(to: usize, from: usize): void {
  for (const end = to + NUMBER; to < end; to += 16, from += 16) v128.store(to, v128.load(from))
}

/** `count` (at most 16) bits of a little-endian number from bit `at` on; the memory behind it must be readable. */
@inline
function bits(exponent: usize, at: usize, count: usize): usize {
  return (load<u32>(exponent + (at >> 3)) >> u32(at & 7)) & ((1 << u32(count)) - 1)
}

/** Sliding windows from the right; the place of the highest one, or -1. */
function recode(exponent: usize, length: usize, to: usize): i32 {
  memory.fill(to, 0, length)
  let top: i32 = -1
  for (let at: usize = 0; at < length; ) {
    if (!bits(exponent, at, 1)) {
      at++
      continue
    }
    const count: usize = length - at < WINDOW ? length - at : WINDOW
    store<u8>(to + at, u8(bits(exponent, at, count)))
    top = i32(at)
    at += count
  }
  return top
}

/**
 * out = the product of up to eight bases, each to its exponent, with common squarings (Straus, "Addition chains of
 * vectors", 1964). The bases stand one behind the other from `base` on; exponents have `length` bits, little-endian,
 * and stand `stride` bytes apart.
 */
export function powers(out: usize, base: usize, count: i32, exponent: usize, stride: usize, length: usize): void {
  let top: i32 = -1
  for (let i = 0; i < count; i++, base += NUMBER, exponent += stride) {
    const last = recode(exponent, length, windows + i * BITS)
    if (last > top) top = last
    const row = odd + i * 16 * NUMBER
    const square2 = out
    copy(row, base)
    square(square2, base)
    for (let k = 1; k < 16; k++) multiply(row + k * NUMBER, row + (k - 1) * NUMBER, square2)
  }
  let empty = true
  for (let at = top; at >= 0; at--) {
    if (!empty) square(out, out)
    for (let i = 0; i < count; i++) {
      const window = load<u8>(windows + i * BITS + at)
      if (!window) continue
      const factor = odd + (i * 16 + (window >> 1)) * NUMBER
      if (empty) copy(out, factor)
      else multiply(out, out, factor)
      empty = false
    }
  }
  if (empty) copy(out, one)
}

/** `rows` rows of 63 numbers: in row r, base^(d 64^r) for d = 1 … 63. */
export function fillTable(table: usize, base: usize, rows: i32): void {
  copy(table, base)
  for (let row = 0; row < rows; row++, table += 63 * NUMBER) {
    for (let d: usize = 1; d < 63; d++) multiply(table + d * NUMBER, table + (d - 1) * NUMBER, table)
    if (row + 1 < rows) multiply(table + 63 * NUMBER, table + 62 * NUMBER, table)
  }
}

/** out = the base of a table to the exponent of 6 `rows` bits. */
export function tablePower(out: usize, table: usize, rows: i32, exponent: usize): void {
  let empty = true
  for (let row: usize = 0; row < usize(rows); row++) {
    const digit = bits(exponent, 6 * row, 6)
    if (!digit) continue
    const factor = table + (63 * row + digit - 1) * NUMBER
    if (empty) copy(out, factor)
    else multiply(out, out, factor)
    empty = false
  }
  if (empty) copy(out, one)
}

/**
 * out[j], j = 0 … length - 1: the product of those of `count` points whose exponent has bit j. Exponents are
 * little-endian, `stride` bytes apart. Windows of `width` bits (at most 12): a product per point into the bucket of its
 * digit (`buckets`: room for 2^width numbers and as many bytes), then for each bit from the top the upper half of the
 * buckets is multiplied up and added to the lower half: 2 * 2^width products.
 */
export function subsetProducts(
  out: usize, point: usize, count: i32, exponent: usize, stride: usize, length: usize, width: usize, buckets: usize,
): void {
  for (let at: usize = 0; at < length; at += width) {
    const size = length - at < width ? length - at : width
    const full = buckets + (NUMBER << size)
    memory.fill(full, 0, 1 << size)
    for (let i: i32 = 0; i < count; i++) {
      const digit = bits(exponent + usize(i) * stride, at, size)
      if (digit) collect(buckets + digit * NUMBER, full + digit, point + usize(i) * NUMBER)
    }
    for (let bit = i32(size) - 1; bit >= 0; bit--) {
      const half: usize = 1 << bit
      const to = out + (at + bit) * NUMBER
      let empty = true
      for (let digit = half; digit < 2 * half; digit++) {
        if (!load<u8>(full + digit)) continue
        const bucket = buckets + digit * NUMBER
        if (empty) copy(to, bucket)
        else multiply(to, to, bucket)
        empty = false
        if (digit > half) collect(bucket - half * NUMBER, full + digit - half, bucket)
      }
      if (empty) copy(to, one)
    }
  }
}

@inline
function collect(bucket: usize, full: usize, point: usize): void {
  if (load<u8>(full)) multiply(bucket, bucket, point)
  else copy(bucket, point)
  store<u8>(full, 1)
}

/** out = the product of the `length` numbers from `from` on, number j to the power 2^j: of subset products, the powers. */
export function weigh(out: usize, from: usize, length: i32): void {
  copy(out, from + (length - 1) * NUMBER)
  for (let j = length - 2; j >= 0; j--) {
    square(out, out)
    multiply(out, out, from + j * NUMBER)
  }
}
