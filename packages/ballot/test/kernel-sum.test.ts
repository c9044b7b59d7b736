import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { ED25519_TORSION_SUBGROUP, ed25519 } from '@noble/curves/ed25519.js'
import { hexToBytes } from '@noble/hashes/utils.js'
import type { CurvePoint } from '../src/group/curve.ts'
import { ed25519Order as q } from '../src/group/parameters.ts'
import { type Machine, pointBytes, startMachine, writeNumber } from '../src/kernel/machine.ts'
import { exponentBytes, members, neutral } from '../src/kernel/membership.ts'
import { bigEndian, platformRandom } from '../src/random.ts'

const Point = ed25519.Point
const torsion = ED25519_TORSION_SUBGROUP.map((hex) => Point.fromBytes(hexToBytes(hex)))
/** Also for exponents of any size and sign, and for points outside the subgroup. */
function times(point: CurvePoint, by: bigint): CurvePoint {
  if (by < 0n) return times(point, -by).negate()
  if (torsion.some((one) => one.equals(point))) return doubleAndAdd(point, by % 8n)
  return by % q === 0n ? Point.ZERO : point.multiplyUnsafe(by % q)
}

function doubleAndAdd(point: CurvePoint, by: bigint): CurvePoint {
  let sum = Point.ZERO
  for (const bit of by.toString(2)) {
    sum = sum.double()
    if (bit === '1') sum = sum.add(point)
  }
  return sum
}

type Term = { point: CurvePoint; exponent: bigint }

for (const which of ['best', 'plain'] as const)
  describe(`many multiples summed at once, ${which} module`, () => {
    let machine: Machine
    before(async () => {
      machine = await startMachine(which)
    })

    const lowest = (c: number, windows: number) =>
      (((1n << BigInt(c * windows)) - 1n) / ((1n << BigInt(c)) - 1n)) << BigInt(c - 1)

    /** The sum as 64 bytes, and what the kernel says of it. */
    function sum(long: Term[], longWindows: number, short: Term[], shortWindows: number, c: number, checked: number) {
      const { run, work, io } = machine
      const all = [...long, ...short]
      const [longBytes, shortBytes] = [exponentBytes(longWindows, c), exponentBytes(shortWindows, c)]
      const exponents = work + all.length * pointBytes
      const shorts = exponents + long.length * longBytes
      const buckets = Math.ceil((shorts + short.length * shortBytes + 8) / 16) * 16
      machine.reserve(buckets - work + (2 ** (c - 1) + 1 + checked * (c - 1)) * pointBytes)
      all.forEach(({ point, exponent }, i) => {
        machine.bytes.set(point.toBytes(), io)
        machine.bytes.set(point.toBytes(), io + 32)
        assert.equal(run.decodeTwo(machine.point(0), io), 3)
        run.toCached(work + i * pointBytes, machine.point(1))
        const [at, windows, bytes] =
          i < long.length
            ? [exponents + i * longBytes, longWindows, longBytes]
            : [shorts + (i - long.length) * shortBytes, shortWindows, shortBytes]
        const digits = exponent + lowest(c, windows)
        assert.equal(digits >= 0n && digits < 1n << BigInt(c * windows), true, 'the exponent has room')
        writeNumber(machine, at, digits, bytes / 8)
      })
      const out = machine.point(2)
      const answer = run.sum(
        out,
        work,
        exponents,
        long.length,
        longWindows,
        longBytes,
        short.length,
        shortWindows,
        shortBytes,
        c,
        checked,
        buckets,
      )
      run.toBytes(io, out, 1, work)
      const expected = all.reduce((total, { point, exponent }) => total.add(times(point, exponent)), Point.ZERO)
      assert.deepEqual(machine.bytes.slice(io + 32, io + 64), expected.toBytes())
      assert.equal((answer & neutral) !== 0, expected.is0())
      return answer
    }

    let next = Point.BASE
    const terms = (count: number, bits: number): Term[] =>
      Array.from({ length: count }, () => {
        next = next.add(next).add(Point.BASE)
        return { point: next, exponent: bigEndian(platformRandom(bits / 8)) - (1n << BigInt(bits - 1)) }
      })

    it('is the plain sum for 0, 1, 2, 3 and 100 points, whatever the windows', () => {
      for (const count of [0, 1, 2, 3, 100])
        for (const c of count === 100 ? [9] : [3, 4, 8, 11]) {
          const [longWindows, shortWindows] = [Math.ceil(258 / c), Math.ceil(130 / c)]
          sum(terms(count, 256), longWindows, [], 0, c, 0)
          sum([], 0, terms(count, 128), shortWindows, c, 0)
          sum(terms(count, 256), longWindows, terms(count, 128), shortWindows, c, shortWindows)
        }
    })

    it('is right for digits at both ends, for equal and opposite points, and for points of small order', () => {
      const c = 5
      const windows = 52
      const least = -lowest(c, windows)
      const most = (1n << BigInt(c * windows)) - 1n + least
      const points = [Point.BASE, Point.BASE, Point.BASE.negate(), Point.ZERO, ...torsion]
      for (const exponent of [0n, 1n, -1n, least, most, q, 8n * q, -q]) {
        const all = points.map((point) => ({ point, exponent }))
        sum(all, windows, [], 0, c, 0)
        sum([], 0, all, windows, c, 0)
      }
    })

    it('says that all subsets are members just when the points are', () => {
      const good = terms(10, 128)
      assert.equal(sum([], 0, good, 44, 3, 44) & members, members)
      for (const point of torsion.slice(1)) {
        const exponent = bigEndian(platformRandom(16)) - (1n << 127n)
        assert.equal(sum([], 0, [...good, { point, exponent }], 44, 3, 44) & members, 0)
        // No window tested, nothing found.
        assert.equal(sum([], 0, [...good, { point, exponent }], 44, 3, 0) & members, members)
      }
    })

    it('puts every bit of every digit of the windows that are tested into a subset of its own', () => {
      const [c, windows, checked] = [4, 5, 3]
      for (let window = 0; window < windows; window++)
        for (let bit = 0; bit < c; bit++)
          for (const sign of [1n, -1n]) {
            const exponent = sign << BigInt(window * c + bit)
            // +2^(c-1) is no digit of one window; -2^(c-1) is one, and has no low bit.
            if (bit === c - 1 && sign === 1n) continue
            const found = window < checked && bit < c - 1
            for (const order of [2, 4, 8]) {
              const all = [{ point: torsion[8 / order]!, exponent }]
              assert.equal(sum([], 0, all, windows, c, checked) & members, found ? 0 : members)
              assert.equal(sum(all, windows, [], 0, c, checked) & members, found ? 0 : members)
            }
          }
    })

    it('takes no more memory than the largest job needed, and never more than half a gigabyte', () => {
      const length = () => machine.run.memory.buffer.byteLength
      machine.reserve(3 << 20)
      const before = length()
      machine.reserve(1 << 20)
      machine.reserve(3 << 20)
      assert.equal(length(), before)
      machine.reserve(before)
      assert.equal(length() >= machine.work + before && length() < machine.work + before + 65_536, true)
      assert.equal(machine.bytes.length, length())
      for (const wrong of [1 << 29, Number.POSITIVE_INFINITY, Number.NaN])
        assert.throws(() => machine.reserve(wrong), RangeError)
      assert.equal(length() < 1 << 25, true)
    })
  })
