/**
 * Products of many powers at once (Pippenger's buckets; in the additive language of curves: sums of multiples), and the
 * membership of all points, from the same buckets.
 *
 * An exponent is given as u = e + H, H the sum of 2^(c-1) 2^(cw) over its windows: then the bits of u in window w, less
 * 2^(c-1), are its digit, from -2^(c-1) to 2^(c-1) - 1, and nothing carries. A point goes into the bucket of |digit|,
 * with the sign of the digit.
 *
 * Buckets are put together by bits: S_j is the sum of all buckets whose number has bit j, and the window's sum is the
 * sum of 2^j S_j. If the low bits of |digit| are random, each S_j is the sum of a random subset of the points (with
 * signs), and must be a member; see `Soundness` in src/kernel/edwards-batch.ts.
 */
import { POINT, addCached, addSigned, copyPoint, double, isNeutral, setNeutral, toCached } from './point'
import { isMember } from './power'

const total: usize = memory.data(160, 16)
const subset: usize = memory.data(160, 16)
const cached: usize = memory.data(160, 16)

/** What the sum says: the product is 1; every random subset is a member. */
export const NEUTRAL: u32 = 1
export const MEMBERS: u32 = 2

/**
 * `points` cached points, `long` of them with exponents of `longWindows` windows, then `short` ones with exponents of
 * `shortWindows`. Exponents lie at `exponents`, `longBytes` and then `shortBytes` apart (four bytes more than needed are
 * read). `work` has room for (2^(c-1) + 1) points and `checked` * (c - 1) more: the subsets of the lowest windows that
 * are tested for membership. Writes the product to `out`.
 */
export function sum(
  out: usize,
  points: usize,
  exponents: usize,
  long: i32,
  longWindows: i32,
  longBytes: usize,
  short: i32,
  shortWindows: i32,
  shortBytes: usize,
  c: i32,
  checked: i32,
  work: usize,
): u32 {
  const buckets = work
  const top = work + ((<usize>1) << (c - 1)) * POINT
  const subsets = top + POINT
  setNeutral(total)
  for (let window = max(longWindows, shortWindows) - 1; window >= 0; window--) {
    for (let bucket = buckets; bucket <= top; bucket += POINT) setNeutral(bucket)
    if (window < longWindows) scatter(buckets, points, exponents, long, longBytes, window, c)
    if (window < shortWindows)
      scatter(buckets, points + long * POINT, exponents + long * longBytes, short, shortBytes, window, c)
    double(total, total)
    toCached(cached, top)
    addCached(total, total, cached)
    for (let bit = c - 2; bit >= 0; bit--) {
      gather(buckets, bit)
      if (window < checked) copyPoint(subsets + (window * (c - 1) + bit) * POINT, subset)
      double(total, total)
      toCached(cached, subset)
      addCached(total, total, cached)
    }
  }
  copyPoint(out, total)
  return (isNeutral(total) ? NEUTRAL : 0) | (areMembers(subsets, checked * (c - 1)) ? MEMBERS : 0)
}

/** Puts each point into the bucket of its digit. */
function scatter(
  buckets: usize, points: usize, exponents: usize, count: i32, bytes: usize, window: i32, c: i32,
): void {
  const mask = (<u32>1 << c) - 1
  const half = 1 << (c - 1)
  const shift = <u32>((window * c) & 7)
  let at = exponents + ((window * c) >> 3)
  for (let i = 0; i < count; i++) {
    const digit = <i32>((load<u32>(at) >> shift) & mask) - half
    if (digit != 0) {
      const bucket = buckets + <usize>abs(digit) * POINT
      addSigned(bucket, bucket, points, i64(digit >> 31))
    }
    at += bytes
    points += POINT
  }
}

/** subset = the sum of the upper half of 2^(bit + 1) buckets, which is added to the lower half. */
function gather(buckets: usize, bit: i32): void {
  const half = ((<usize>1) << bit) * POINT
  toCached(cached, buckets + half)
  setNeutral(subset)
  addCached(subset, subset, cached)
  // Bucket 0 has no bit, and is never asked for.
  for (let bucket = buckets + POINT; bucket < buckets + half; bucket += POINT) {
    toCached(cached, bucket + half)
    addCached(subset, subset, cached)
    addCached(bucket, bucket, cached)
  }
}

function areMembers(points: usize, count: i32): bool {
  for (let i = 0; i < count; i++) if (!isMember(points + <usize>i * POINT)) return false
  return true
}
