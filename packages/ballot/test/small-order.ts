import type { Residues } from '../src/group/parameters.ts'
import { powerModulo } from '../src/scalar.ts'

/**
 * Elements that are no members because they have a small order, by that order: p - 1 = q · h, the primes below 1,000 that
 * divide h are found by trial, and h^((p - 1)/r) has order r for most h.
 */
export function elementsOfSmallOrder({ p, q }: Residues): Map<number, bigint> {
  const cofactor = (p - 1n) / q
  const found = new Map<number, bigint>()
  for (let order = 2; order < 1000; order++) {
    if (cofactor % BigInt(order) !== 0n) continue
    for (let h = 2n; !found.has(order); h++) {
      const element = powerModulo(h, (p - 1n) / BigInt(order), p)
      if (orderOf(element, order, p) === order) found.set(order, element)
    }
  }
  return found
}

function orderOf(element: bigint, limit: number, p: bigint): number {
  let power = element
  for (let order = 1; order <= limit; order++) {
    if (power === 1n) return order
    power = (power * element) % p
  }
  throw new Error(`The order is not a divisor of ${limit}.`)
}
