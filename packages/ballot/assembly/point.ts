/**
 * Points of edwards25519, -x^2 + y^2 = 1 + d x^2 y^2, in extended coordinates (Hisil, Wong, Carter, Dawson, "Twisted
 * Edwards curves revisited", 2008): x = X/Z, y = Y/Z, T = XY/Z.
 *
 * A point is two pairs, (Y - X, Y + X) and (T, Z): what a sum begins with. A cached point is (Y - X, Y + X) and
 * (2dT, 2Z), what its second operand needs; Z = 1 would save nothing here, as two products are made at a time anyway.
 *
 * -1 is a square modulo p and d is none, so these formulas are complete: right for every two points of the curve, also
 * for equal ones, the neutral one and those outside the subgroup. Nothing hostile can make Z become 0.
 */
import { constant, isZero, loadSmall } from './bytes'
import { PAIR, multiply, multiplyCross, multiplyDoubled, squareCross } from './field'
import { copy, subtract, zip } from './pairs'

export const POINT: usize = 160

/** (d, 2d) */
export const D: usize = constant(
  0x75eb4dca135978a3, 0x00700a4d4141d8ab, 0x8cc740797779e898, 0x52036cee2b6ffe73,
  0xebd69b9426b2f159, 0x00e0149a8283b156, 0x198e80f2eef3d130, 0x2406d9dc56dffce7,
)

/** (2d, 2): makes (T, Z) into what a cached point has. */
const CACHE: usize = constant(0xebd69b9426b2f159, 0x00e0149a8283b156, 0x198e80f2eef3d130, 0x2406d9dc56dffce7, 2, 0, 0, 0)

const left: usize = memory.data(80, 16)
const right: usize = memory.data(80, 16)
const first: usize = memory.data(80, 16)
const second: usize = memory.data(80, 16)
const signed: usize = memory.data(160, 16)

/** From (E, H) in `left` and (F, G) in `right`: X = EF, Y = GH, T = EH, Z = FG. */
@inline
function finish(out: usize): void {
  zip(first, second, left, right)
  multiplyCross(out, left, right)
  multiply(out + PAIR, first, second)
}

/**
 * add-2008-hwcd-3: A = (Y1-X1)(Y2-X2), B = (Y1+X1)(Y2+X2), C = T1 2d T2, D = Z1 2 Z2,
 * E = B-A, F = D-C, G = D+C, H = B+A.
 */
export function addCached(out: usize, point: usize, cached: usize): void {
  multiplyCross(left, point, cached)
  multiplyCross(right, point + PAIR, cached + PAIR)
  finish(out)
}

/** out = point + cached, or point - cached when `negative` is all ones (it is all zeros otherwise): no branch to guess. */
export function addSigned(out: usize, point: usize, cached: usize, negative: i64): void {
  const mask = i64x2.splat(negative)
  const flip = v128.and(mask, i64x2(i64.MIN_VALUE, 0))
  signLimb(0, cached, mask, flip)
  signLimb(16, cached, mask, flip)
  signLimb(32, cached, mask, flip)
  signLimb(48, cached, mask, flip)
  signLimb(64, cached, mask, flip)
  addCached(out, point, signed)
}

/** -(x, y) is (-x, y): Y - X and Y + X change places, T its sign. */
@inline
function signLimb(at: usize, cached: usize, mask: v128, flip: v128): void {
  const a = v128.load(cached + at)
  const swapped = i64x2.shuffle(a, a, 1, 0)
  v128.store(signed + at, v128.bitselect(swapped, a, mask))
  v128.store(signed + PAIR + at, v128.xor(v128.load(cached + PAIR + at), flip))
}

/**
 * dbl-2008-hwcd, everything twice: with P = Y-X and Q = Y+X, E = 4XY = Q^2 - P^2, H = 2(X^2 + Y^2) = Q^2 + P^2,
 * G = 2(Y^2 - X^2) = 2PQ, F = 4Z^2 - G.
 */
export function double(out: usize, point: usize): void {
  squareCross(left, point)
  doubleLimb(0, point)
  doubleLimb(16, point)
  doubleLimb(32, point)
  doubleLimb(48, point)
  doubleLimb(64, point)
  multiplyDoubled(right, first, second)
  finish(out)
}

/** (P, Z) and (Q, Z) */
@inline
function doubleLimb(at: usize, point: usize): void {
  const pq = v128.load(point + at)
  const tz = v128.load(point + PAIR + at)
  v128.store(first + at, i64x2.shuffle(pq, tz, 0, 3))
  v128.store(second + at, i64x2.shuffle(pq, tz, 1, 3))
}

export function toCached(out: usize, point: usize): void {
  copy(out, point)
  multiply(out + PAIR, point + PAIR, CACHE)
}

export function copyPoint(out: usize, point: usize): void {
  memory.copy(out, point, POINT)
}

/** (0, 1) */
export function setNeutral(out: usize): void {
  loadSmall(out, 1, 1)
  loadSmall(out + PAIR, 0, 1)
}

export function negate(out: usize, point: usize): void {
  for (let at: usize = 0; at < PAIR; at += 16) {
    const pq = v128.load(point + at)
    const tz = v128.load(point + PAIR + at)
    v128.store(out + at, i64x2.shuffle(pq, pq, 1, 0))
    v128.store(out + PAIR + at, v128.xor(tz, i64x2(i64.MIN_VALUE, 0)))
  }
}

/** out = (Z, Z) */
function spreadZ(out: usize, point: usize): void {
  for (let at: usize = 0; at < PAIR; at += 16) {
    const tz = v128.load(point + PAIR + at)
    v128.store(out + at, i64x2.shuffle(tz, tz, 1, 1))
  }
}

/** Whether Y-X and Y+X over Z are the same for both. */
export function equal(a: usize, b: usize): bool {
  spreadZ(left, a)
  spreadZ(right, b)
  multiply(first, a, right)
  multiply(second, b, left)
  subtract(first, first, second)
  return isZero(first, 0) && isZero(first, 1)
}

export function isNeutral(a: usize): bool {
  spreadZ(left, a)
  subtract(first, a, left)
  return isZero(first, 0) && isZero(first, 1)
}
