import { type Machine, pointBytes } from '../src/kernel/machine.ts'
import { exponentBytes } from '../src/kernel/membership.ts'
import { platformRandom } from '../src/random.ts'

/**
 * The least that a verifier of Ed25519 ballots can do with this kernel: one sum of multiples of all points, `long` by
 * numbers of 253 bits (elements) and `short` by 128 (commitments), with no test of membership, no text, no hash. What it
 * gives back does that sum; 1,000 ballots of three candidates are 7,000 and 15,000.
 */
export function pointSum(machine: Machine, long: number, short: number): () => void {
  const { run, work, point } = machine
  const c = widthFor(long, short)
  const [longWindows, shortWindows] = [Math.ceil(254 / c), Math.ceil(129 / c)]
  const [longBytes, shortBytes] = [exponentBytes(longWindows, c), exponentBytes(shortWindows, c)]
  const exponents = work + (long + short) * pointBytes
  const length = long * longBytes + short * shortBytes
  const buckets = Math.ceil((exponents + length + 8) / 16) * 16
  const random = platformRandom(length)
  return () => {
    machine.reserve(buckets - work + (2 ** (c - 1) + 1) * pointBytes)
    run.setNeutral(point(0))
    for (let i = 0; i < long + short; i++) run.toCached(work + i * pointBytes, point(0))
    machine.bytes.set(random, exponents)
    run.sum(point(1), work, exponents, long, longWindows, longBytes, short, shortWindows, shortBytes, c, 0, buckets)
  }
}

/** Bits of the windows that make a sum cheapest: 8 products of field elements an addition, 18 a bucket. */
function widthFor(long: number, short: number): number {
  const cost = (c: number) => {
    const [many, few] = [Math.ceil(254 / c), Math.ceil(129 / c)]
    return 8 * (long * many + short * few) + 9 * 2 ** c * (long > 0 ? many : few)
  }
  return [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15].reduce((best, c) => (cost(c) < cost(best) ? c : best))
}
