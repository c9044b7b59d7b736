/** Points as bytes: RFC 8032, section 5.1.2 and 5.1.3, and points whose x somebody gives beside the y. */
import { constant, isCanonical, isZero, loadLane, loadSmall, parity, storeLane } from './bytes'
import { PAIR, multiply, multiplyCross, square } from './field'
import { add, invert, power58, subtract, zip } from './pairs'
import { D, POINT, setNeutral } from './point'

const ONE: usize = constant(1, 0, 0, 0, 1, 0, 0, 0)
/** (d, d) */
const DD: usize = constant(
  0x75eb4dca135978a3, 0x00700a4d4141d8ab, 0x8cc740797779e898, 0x52036cee2b6ffe73,
  0x75eb4dca135978a3, 0x00700a4d4141d8ab, 0x8cc740797779e898, 0x52036cee2b6ffe73,
)
/** (i, i), i = 2^((p-1)/4), a square root of -1. */
const I: usize = constant(
  0xc4ee1b274a0ea0b0, 0x2f431806ad2fe478, 0x2b4d00993dfbd7a7, 0x2b8324804fc1df0b,
  0xc4ee1b274a0ea0b0, 0x2f431806ad2fe478, 0x2b4d00993dfbd7a7, 0x2b8324804fc1df0b,
)

const y: usize = memory.data(80, 16)
const u: usize = memory.data(80, 16)
const v: usize = memory.data(80, 16)
const x: usize = memory.data(80, 16)
const other: usize = memory.data(80, 16)
const v3: usize = memory.data(80, 16)
const t: usize = memory.data(80, 16)

/**
 * Decodes two points at once, from 64 bytes at `bytes` to two points at `points`. Bit 0 and bit 1 of the answer say
 * which are points of the curve in their only encoding; in place of another there is the neutral one.
 * x^2 = u/v with u = y^2 - 1, v = d y^2 + 1; the candidate is u v^3 (u v^7)^((p-5)/8), or that times i.
 */
export function decodeTwo(points: usize, bytes: usize): u32 {
  loadLane(y, 0, bytes)
  loadLane(y, 1, bytes + 32)
  square(t, y)
  subtract(u, t, ONE)
  multiply(v, t, DD)
  add(v, v, ONE)
  square(v3, v)
  multiply(v3, v3, v)
  square(t, v3)
  multiply(t, t, v)
  multiply(t, t, u)
  power58(t, t)
  multiply(t, t, v3)
  multiply(x, t, u)
  multiply(other, x, I)
  square(t, x)
  multiply(t, t, v)
  // What v x^2 is short of u and of -u.
  subtract(v3, t, u)
  add(t, t, u)
  const found: u32 = u32(root(0, bytes)) | (u32(root(1, bytes + 32)) << 1)
  multiply(t, x, y)
  zip(u, v, x, y)
  place(points, 0, u, (found & 1) != 0)
  place(points + POINT, 1, v, (found & 2) != 0)
  return found
}

/** Puts the x with the sign that the bytes ask for into its lane; whether there is one. */
function root(lane: usize, bytes: usize): bool {
  if (!isCanonical(bytes)) return false
  const at = lane * 8
  if (!isZero(v3, lane)) {
    if (!isZero(t, lane)) return false
    for (let i = at; i < PAIR; i += 16) store<f64>(x + i, load<f64>(other + i))
  }
  const sign = <u32>load<u8>(bytes, 31) >> 7
  if (sign != 0 && isZero(x, lane)) return false
  if (parity(x, lane) != sign) for (let i = at; i < PAIR; i += 16) store<f64>(x + i, -load<f64>(x + i))
  return true
}

/** The point (x, y) of a pair, with the xy of a lane of `t`. */
function place(point: usize, lane: usize, xy: usize, found: bool): void {
  if (!found) return setNeutral(point)
  multiplyCross(point, xy, ONE)
  loadSmall(point + PAIR, 0, 1)
  for (let i: usize = 0; i < PAIR; i += 16) store<f64>(point + PAIR + i, load<f64>(t + lane * 8 + i))
}

/**
 * Makes a cached point of an encoding and of the x that somebody says goes with it, without a root: x in [0, p), of the
 * parity that the encoding says, and -x^2 + y^2 = 1 + d x^2 y^2. Whether that is all so.
 */
export function fromHint(cached: usize, encoding: usize, hint: usize): bool {
  if (!isCanonical(encoding) || !isCanonical(hint) || load<u8>(hint, 31) >> 7) return false
  if ((load<u8>(encoding, 31) >> 7) != (load<u8>(hint) & 1)) return false
  loadLane(x, 0, hint)
  loadLane(x, 1, encoding)
  square(u, x)
  // (x^2, x) (y^2, y) (d, 2d)
  zip(v, v3, u, x)
  multiply(t, v, v3)
  multiply(t, t, D)
  for (let i: usize = 0; i < PAIR; i += 16)
    store<f64>(y + i, load<f64>(u + i, 8) - load<f64>(u + i) - load<f64>(t + i))
  store<f64>(y, load<f64>(y) - 1)
  if (!isZero(y, 0)) return false
  multiplyCross(cached, x, ONE)
  loadSmall(cached + PAIR, 0, 2)
  for (let i: usize = 0; i < PAIR; i += 16) store<f64>(cached + PAIR + i, load<f64>(t + i, 8))
  return true
}

/**
 * Writes `count` points as 64 bytes each, x and then the encoding, with one inversion for all (Montgomery's trick, in
 * two lanes). `work` has room for count / 2 + 2 pairs.
 */
export function toBytes(bytes: usize, points: usize, count: i32, work: usize): void {
  memory.copy(work, ONE, PAIR)
  let at = work
  for (let i = 0; i < count; i += 2) {
    twiceZ(points + i * POINT, i + 1 < count)
    multiply(at + PAIR, at, t)
    at += PAIR
  }
  invert(u, at)
  for (let i = (count - 1) & ~1; i >= 0; i -= 2) {
    at -= PAIR
    const point = points + i * POINT
    twiceZ(point, i + 1 < count)
    multiply(v, u, at)
    multiply(u, u, t)
    write(bytes + i * 64, point, 0)
    if (i + 1 < count) write(bytes + i * 64 + 64, point + POINT, 1)
  }
}

/** t = (2Z, 2Z') of two neighbours, or (2Z, 1). */
function twiceZ(point: usize, both: bool): void {
  loadSmall(t, 0, 1)
  for (let i: usize = 0; i < PAIR; i += 16) {
    store<f64>(t + i, 2 * load<f64>(point + PAIR + i, 8))
    if (both) store<f64>(t + i, 2 * load<f64>(point + POINT + PAIR + i, 8), 8)
  }
}

/** x = ((Y+X) - (Y-X)) / 2Z, y = ((Y+X) + (Y-X)) / 2Z, with 1 / 2Z in a lane of v. */
function write(bytes: usize, point: usize, lane: usize): void {
  for (let i: usize = 0; i < PAIR; i += 16) {
    const inverse = load<f64>(v + lane * 8 + i)
    store<f64>(x + i, inverse)
    store<f64>(x + i, inverse, 8)
  }
  multiplyCross(x, point, x)
  storeLane(bytes, x, 0)
  storeLane(bytes + 32, x, 1)
  store<u8>(bytes, load<u8>(bytes, 63) | (load<u8>(bytes) << 7), 63)
}
