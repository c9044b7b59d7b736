import { deepEqual, equal } from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { base64Hash, hashNumber, hashScalar, hexHash } from '../src/hash.ts'
import { bigEndian, platformRandom, type Random, randomScalar } from '../src/random.ts'
import { inverseModulo, modulo, powerModulo } from '../src/scalar.ts'

const primes = [3n, 7n, 251n, 2n ** 255n - 19n]

test('modulo gives the rest in [0, n) also for negative numbers', () => {
  deepEqual(
    [-7n, -1n, 0n, 6n, 7n].map((value) => modulo(value, 7n)),
    [0n, 6n, 0n, 6n, 0n],
  )
})

test('an inverse times its number is 1, and a power is the repeated product', () => {
  for (const prime of primes) {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: prime - 1n }), (a) => {
        equal((inverseModulo(a, prime) * a) % prime, 1n)
        equal(powerModulo(a, 5n, prime), (a * a * a * a * a) % prime)
        equal(powerModulo(a, 0n, prime), 1n)
      }),
    )
  }
})

test('hashes are SHA-256 of the UTF-8 bytes in the four forms of the format', () => {
  for (const text of ['', 'abc', 'Desa Sukamaju é 😀']) {
    const hex = createHash('sha256').update(text).digest('hex')
    equal(hexHash(text), hex)
    equal(hashNumber(text), BigInt(`0x${hex}`))
    equal(hashScalar(text, 1_000_003n), BigInt(`0x${hex}`) % 1_000_003n)
    equal(`${base64Hash(text)}=`, createHash('sha256').update(text).digest('base64'))
  }
})

/** Random bytes that a test knows: the given ones, one after the other. */
const given =
  (...bytes: number[]): Random =>
  (length) =>
    Uint8Array.from(bytes.splice(0, length))

test('a random number is below the order: larger draws are thrown away, the bits above are not used', () => {
  equal(randomScalar(5n, given(0b1111_1101, 0b1111_1110, 0b100)), 4n)
  equal(randomScalar(256n, given(0x01, 0x80, 0x00, 0xff)), 255n)
  equal(randomScalar(257n, given(0xff, 0x01, 0x00, 0xff)), 255n)
})

test('each number is drawn equally often', () => {
  const counts = new Map<bigint, number>()
  for (let byte = 0; byte < 256; byte++) {
    const value = randomScalar(6n, given(byte, 0))
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  // Of 256 bytes, 64 draw 6 or 7 and are replaced by 0.
  deepEqual(
    [...counts].sort().map(([, count]) => count),
    [32 + 64, 32, 32, 32, 32, 32],
  )
})

test("the platform's bytes come in any number and differ", () => {
  equal(platformRandom(0).length, 0)
  const long = platformRandom(200_000)
  equal(long.length, 200_000)
  equal(new Set([0, 65_536, 131_072].map((at) => bigEndian(long.subarray(at, at + 32)))).size, 3)
})
