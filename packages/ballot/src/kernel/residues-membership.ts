import type { Random } from '../random.ts'
import { jacobi } from './jacobi.ts'
import { elementBytes, type Machine, type Residue, readValue, writeNumber } from './residues-machine.ts'

/** Random subsets of the points, and bits of a random exponent: errors of at most 2^-128. */
export const securityBits = 128
const securityBytes = securityBits / 8

/** Where `number(n)` is free between two computations, and where the order q stands. */
const scratch = 8
const orderSlot = 9

/** Room at `work` in bytes: points, results, buckets of 2^width with a byte each, and exponents. */
export type Job = {
  readonly points: number
  readonly out: number
  readonly exponents: number
  readonly buckets: number
}

/** Width of window for which the fewest products are needed: one a point, and two a bucket. */
export function widthFor(count: number): number {
  let best = 1
  const cost = (width: number) => (count + 2 ** (width + 1)) / width
  for (let width = 2; width <= 12; width++) if (cost(width) < cost(best)) best = width
  return best
}

/**
 * out[j] = the product of those points whose exponent has bit j, for `length` bits. `fill` writes the points and the
 * exponents (`stride` bytes each) at the addresses that it is given.
 */
export function subsetProducts(
  machine: Machine,
  count: number,
  stride: number,
  length: number,
  fill: (points: number, exponents: number) => void,
): Residue[] {
  const { run, work } = machine
  const width = widthFor(count)
  const out = work + count * elementBytes
  const buckets = out + length * elementBytes
  const exponents = Math.ceil((buckets + 2 ** width * (elementBytes + 1)) / 16) * 16
  machine.reserve(exponents - work + count * stride + 8)
  fill(work, exponents)
  run.subsetProducts(out, work, count, exponents, stride, length, width, buckets)
  return Array.from({ length }, (_, j) => machine.take(out + j * elementBytes))
}

/** The product of number j to the power 2^j: of subset products, the product of the powers. */
export function weigh(machine: Machine, products: readonly Residue[]): Residue {
  machine.reserve(products.length * elementBytes)
  products.forEach((product, j) => {
    machine.put(machine.work + j * elementBytes, product)
  })
  machine.run.weigh(machine.number(scratch), machine.work, products.length)
  return machine.take(machine.number(scratch))
}

/** Whether x^q = 1, for an x in [1, p). Where p = 2q + 1 the members are the squares. */
export function isMember(machine: Machine, residue: Residue): boolean {
  const { run, words, bits, group } = machine
  const [base, power] = [machine.number(scratch), machine.number(scratch + 1)]
  if (group.p === 2n * group.q + 1n) {
    machine.put(base, residue)
    return jacobi(readValue(machine, base), group.p) === 1
  }
  const exponent = machine.exponent(orderSlot)
  writeNumber(machine, exponent, group.q, words)
  machine.put(base, residue)
  run.powers(power, base, 1, exponent, 0, bits)
  return run.isOne(power) === 1
}

/** Random bytes, as many as were asked for: a test that rests on fewer says nothing. */
export function draw(random: Random, length: number): Uint8Array {
  const bytes = random(length)
  if (bytes.length !== length) throw new RangeError(`${length} random bytes were asked for, ${bytes.length} came.`)
  return bytes
}

/**
 * Whether all residues are members, with an error of at most 2^-128.
 *
 * The residues not 0 are a cyclic group of order p - 1 = q · h, and x is a member exactly when its image x^q, whose order
 * divides h, is 1. h is even and may have other small factors (6 divides it in BELENIOS-2048), so that a random power of
 * a false x may well be a member. Instead each residue draws 128 random bits, and for each j the product S_j of those
 * whose bit j is set must be a member. Let x be false, and fix the bits of all others: S_j^q is c_j if x's bit j is 0, and
 * c_j · x^q, which is another value, if it is 1. At most one of the two is 1. So at most one of 2^128 choices for x lets
 * all S_j pass, whatever the other residues are and however many of them are false.
 */
export function areMembers(machine: Machine, residues: readonly Residue[], random: Random): boolean {
  const bits = draw(random, residues.length * securityBytes)
  return subsetProducts(machine, residues.length, securityBytes, securityBits, (points, exponents) => {
    residues.forEach((residue, i) => {
      machine.put(points + i * elementBytes, residue)
    })
    machine.memory.set(bits, exponents)
  }).every((product) => isMember(machine, product))
}
