import { normalizeZ } from '@noble/curves/abstract/curve.js'
import { ed25519 } from '@noble/curves/ed25519.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { modulo } from '../scalar.ts'
import type { Group, Table } from './group.ts'
import { ed25519Order as q } from './parameters.ts'

const Point = ed25519.Point
export type CurvePoint = InstanceType<typeof Point>

/** noble's `multiply` takes 1 … q-1 and is constant-time; a secret is 0 with a probability of 2^-252. */
const times = (point: CurvePoint, exponent: bigint): CurvePoint => {
  const scalar = modulo(exponent, q)
  return scalar === 0n || point.is0() ? Point.ZERO : point.multiply(scalar)
}

/** Belenios writes RFC 8032's 32 bytes as one big-endian number, that is, in reverse. */
const encode = (point: CurvePoint): string => bytesToHex(point.toBytes().reverse())

function decode(text: string): CurvePoint | undefined {
  if (!/^[0-9a-f]{64}$/.test(text)) return undefined
  let point: CurvePoint
  try {
    point = Point.fromBytes(hexToBytes(text).reverse())
  } catch {
    return undefined
  }
  return encode(point) === text && point.isTorsionFree() ? point : undefined
}

function table(base: CurvePoint): Table<CurvePoint> {
  if (!base.equals(Point.BASE) && !base.is0()) base.precompute(8, false)
  return {
    base,
    power: (exponent) => times(base, exponent),
    combine: (exponent, other, by) => times(base, exponent).add(times(other, by)),
  }
}

const bytewise = (text: string) => text.match(/../g)!.reverse().join('')

/** The subgroup of prime order of edwards25519 by @noble/curves, whose multiplication is constant-time. */
export const curveGroup: Group<CurvePoint> = {
  name: 'Ed25519',
  order: q,
  generator: Point.BASE,
  neutral: Point.ZERO,
  decode,
  decodeAll: (texts) => texts.map(decode),
  encode,
  // One inversion for all.
  encodeAll: (points) => normalizeZ(Point, [...points]).map(encode),
  compare: (a, b) => (bytewise(a) < bytewise(b) ? -1 : a === b ? 0 : 1),
  equal: (a, b) => a.equals(b),
  multiply: (a, b) => a.add(b),
  inverse: (a) => a.negate(),
  power: times,
  table,
}
