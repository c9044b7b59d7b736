import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { belenios2048, rfc3526 } from '../src/group/parameters.ts'
import { jacobi } from '../src/kernel/jacobi.ts'
import { powerModulo } from '../src/scalar.ts'

/** x^((p-1)/2) for a prime p, as 1, -1 or 0. */
const euler = (x: bigint, p: bigint) => {
  const power = powerModulo(x % p, (p - 1n) / 2n, p)
  return power === p - 1n ? -1 : Number(power)
}

test('for every odd prime below 100 and every x up to twice that, the symbol is that of Euler’s criterion', () => {
  for (const p of [
    3n,
    5n,
    7n,
    11n,
    13n,
    17n,
    19n,
    23n,
    29n,
    31n,
    37n,
    41n,
    43n,
    47n,
    53n,
    59n,
    61n,
    67n,
    71n,
    73n,
    97n,
  ])
    for (let x = 0n; x < 2n * p; x++) equal(jacobi(x, p), euler(x, p), `${x}/${p}`)
})

test('for an odd number that is no prime, the symbol is the product of those of its primes', () => {
  for (let x = 0n; x < 400n; x++) {
    equal(jacobi(x, 9n), Math.abs(jacobi(x, 3n)))
    // 0 + makes 0 of -0.
    equal(jacobi(x, 105n), 0 + jacobi(x, 3n) * jacobi(x, 5n) * jacobi(x, 7n))
  }
  deepEqual([jacobi(0n, 1n), jacobi(5n, 1n)], [1, 1])
})

for (const { name, p } of [belenios2048, rfc3526])
  test(`${name}: powers of two, borders and any x modulo p have the symbol of Euler’s criterion`, () => {
    const edge = fc.constantFrom(
      1n,
      2n,
      3n,
      p - 1n,
      p - 2n,
      (p - 1n) / 2n,
      1n << 32n,
      1n << 64n,
      1n << 2047n,
      5n << 96n,
    )
    fc.assert(
      fc.property(fc.oneof(edge, fc.bigInt({ min: 1n, max: p - 1n })), (x) => {
        equal(jacobi(x, p), euler(x, p))
        equal(jacobi((x * x) % p, p), 1)
      }),
      { numRuns: 40, examples: [[1n], [2n], [p - 1n], [1n << 64n]] },
    )
  })
