import { deepEqual, equal } from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { belenios2048, ed25519Order, rfc3526 } from '../src/group/parameters.ts'
import { powerModulo } from '../src/scalar.ts'

/** Specification, section 5.1. */
const seed =
  478953892617249466166106476098847626563138168027716882488732447198349000396592020632875172724552145560167746n
const counter = 109
const seedLength = 45

/** FIPS 186-4 hashes integers with the highest byte first; these parameters were made with the lowest one first. */
const littleEndian = (value: bigint, length: number) =>
  Uint8Array.from({ length }, (_, at) => Number((value >> BigInt(8 * at)) & 255n))

/** SHA-256, as a big-endian number. */
const hash = (bytes: Uint8Array) => BigInt(`0x${createHash('sha256').update(bytes).digest('hex')}`)

const smallPrimes = Array.from({ length: 2000 }, (_, i) => i + 2).filter((n) => {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false
  return true
})

/** Trial division, then Miller and Rabin with the first primes as bases: more than enough for numbers nobody chose. */
function isPrime(n: bigint, bases = 20): boolean {
  for (const prime of smallPrimes) if (n % BigInt(prime) === 0n) return n === BigInt(prime)
  let [odd, twos] = [n - 1n, 0]
  for (; odd % 2n === 0n; odd /= 2n) twos++
  return smallPrimes.slice(0, bases).every((base) => {
    let x = powerModulo(BigInt(base), odd, n)
    if (x === 1n) return true
    for (let i = 0; i < twos; i++, x = (x * x) % n) if (x === n - 1n) return true
    return false
  })
}

/** FIPS 186-4, A.1.1.2, steps 6 and 7: q from the seed (L = 2048, N = 256, outlen = 256). */
function deriveQ(): bigint {
  const u = hash(littleEndian(seed, seedLength)) % (1n << 255n)
  return (1n << 255n) + u + 1n - (u % 2n)
}

/** Step 11 with n = 7 and b = 255: the p that a counter gives, undefined if it is too small. */
function deriveP(q: bigint, at: number): bigint | undefined {
  const offset = BigInt(1 + 8 * at)
  let w = 0n
  for (let j = 0n; j < 8n; j++) {
    const v = hash(littleEndian((seed + offset + j) % (1n << BigInt(8 * seedLength)), seedLength))
    w += (j === 7n ? v % (1n << 255n) : v) << (256n * j)
  }
  const x = w + (1n << 2047n)
  const p = x - ((x % (2n * q)) - 1n)
  return p >= 1n << 2047n ? p : undefined
}

test('BELENIOS-2048: the seed is a text, which names what it is for', () => {
  equal(Buffer.from(littleEndian(seed, seedLength)).toString(), 'Belenios: Verifiable online voting system 154')
})

test('BELENIOS-2048: p and q come from the seed by FIPS 186-4, A.1.1.2, at counter 109 and at none before', () => {
  const { p, q } = belenios2048
  equal(deriveQ(), q)
  equal(isPrime(q), true)
  equal(deriveP(q, counter), p)
  equal(isPrime(p, 5), true)
  const earlier = Array.from({ length: counter }, (_, at) => deriveP(q, at))
  deepEqual(
    earlier.filter((candidate) => candidate !== undefined && isPrime(candidate, 1)),
    [],
  )
})

test('BELENIOS-2048: g comes from the seed by FIPS 186-4, A.2.3, with index 0 and count 1, and has order q', () => {
  const { p, q, g } = belenios2048
  // U = seed || "ggen" || index || count, as one integer. The standard has 8 bits for the index; here it takes 16.
  const [ggen, index, count] = [0x6767656en, 0n, 1n]
  const u = (seed << 64n) | (ggen << 32n) | (index << 16n) | count
  equal(powerModulo(hash(littleEndian(u, seedLength + 8)), (p - 1n) / q, p), g)
  equal(powerModulo(g, q, p), 1n)
  equal(g > 1n, true)
})

/** arctan(1/x) · 2^bits, rounded down by a little. */
function arctangentOfInverse(x: bigint, bits: bigint): bigint {
  let [power, sum] = [(1n << bits) / x, 0n]
  for (let k = 1n; power > 0n; k += 2n) {
    sum += (k % 4n === 1n ? power : -power) / k
    power /= x * x
  }
  return sum
}

test('RFC-3526-2048: p is 2^2048 - 2^1984 - 1 + 2^64 · (floor(2^1918 π) + 124476), p = 2q + 1, and g = 2 has order q', () => {
  const guard = 64n
  const bits = 1918n + guard
  // Machin: π = 16 arctan(1/5) - 4 arctan(1/239).
  const pi = (16n * arctangentOfInverse(5n, bits) - 4n * arctangentOfInverse(239n, bits)) >> guard
  const { p, q, g } = rfc3526
  equal(p, 2n ** 2048n - 2n ** 1984n - 1n + 2n ** 64n * (pi + 124476n))
  equal(p, 2n * q + 1n)
  equal(g, 2n)
  equal(powerModulo(g, q, p), 1n)
  equal(isPrime(p, 2), true)
  equal(isPrime(q, 2), true)
})

test('Ed25519: the order is the prime of RFC 8032, section 5.1', () => {
  equal(ed25519Order, 2n ** 252n + 0x14def9dea2f79cd65812631a5cf5d3edn)
  equal(isPrime(ed25519Order), true)
})
