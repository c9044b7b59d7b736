import type { Random } from '../random.ts'
import type { EdwardsPoint } from './edwards-group.ts'
import { type Machine, pointBytes } from './machine.ts'

/** An error of at most 2^-128 for the membership of all points together. */
export const securityBits = 128

/** What `sum` answers, bit by bit (assembly/sum.ts). */
export const neutral = 1
export const members = 2

/** How the sum of many multiples is cut up. */
export type Plan = {
  /** Bits of a window. */
  readonly c: number
  /** Windows whose digits are random, from the lowest: (c - 1) · windows >= 128. */
  readonly windows: number
  /** Windows of the exponents that are lifted modulo the order (edwards-batch.ts). */
  readonly longWindows: number
}

/** The cheapest plan, counted in products of field elements: 8 an addition, 18 a bucket, 8 a doubling. */
export function planFor(long: number, short: number, longBits: number): Plan {
  let best: Plan | undefined
  let least = Number.POSITIVE_INFINITY
  for (let c = 3; c <= 15; c++) {
    const windows = Math.ceil(securityBits / (c - 1))
    const longWindows = long === 0 ? 0 : Math.ceil((longBits + c * windows + 2) / c)
    const most = Math.max(windows, longWindows)
    const cost =
      8 * (long * longWindows + short * windows) + 18 * most * 2 ** (c - 1) + windows * (c - 1) * (253 * 8 + 400)
    if (cost < least) {
      least = cost
      best = { c, windows, longWindows }
    }
  }
  return best!
}

/** Bytes of an exponent of so many windows, in whole words. */
export const exponentBytes = (windows: number, c: number): number => Math.ceil((windows * c) / 64) * 8

/** Random words of 64 bits. */
export function draw(random: Random, length: number): BigUint64Array {
  const bytes = new Uint8Array(length)
  const drawn = random(length)
  if (drawn.length !== length) throw new RangeError(`${length} random bytes were asked for, ${drawn.length} came.`)
  bytes.set(drawn)
  return new BigUint64Array(bytes.buffer)
}

/** Bytes of room for buckets and for the subsets that are kept. */
export const bucketBytes = ({ c, windows }: Plan): number => (2 ** (c - 1) + 1 + windows * (c - 1)) * pointBytes

/**
 * Whether all points of the curve are members, with an error of at most 2^-128: the random subsets of `sum`, whose
 * product nobody asks for. See "Soundness" in edwards-batch.ts.
 */
export function areMembers(machine: Machine, points: readonly EdwardsPoint[], random: Random): boolean {
  const { run, work } = machine
  const plan = planFor(0, points.length, 0)
  const length = exponentBytes(plan.windows, plan.c)
  const exponents = work + points.length * pointBytes
  const buckets = Math.ceil((exponents + points.length * length + 8) / 16) * 16
  machine.reserve(buckets - work + bucketBytes(plan))
  points.forEach((point, i) => {
    const at = work + i * pointBytes
    machine.doubles.set(point, at / 8)
    run.toCached(at, at)
  })
  machine.words.set(draw(random, points.length * length), exponents / 8)
  const { c, windows } = plan
  const out = machine.point(0)
  return (run.sum(out, work, exponents, 0, 0, 0, points.length, windows, length, c, windows, buckets) & members) !== 0
}
