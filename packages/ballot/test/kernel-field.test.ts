import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import fc from 'fast-check'
import { type Machine, pairBytes, startMachine } from '../src/kernel/machine.ts'

const p = 2n ** 255n - 19n
const modulo = (value: bigint) => ((value % p) + p) % p
/** The bound that assembly/field.ts promises for a limb. */
const u = 2 ** 50 + 2 ** 15

for (const which of ['best', 'plain'] as const)
  describe(`field products two at a time, ${which} module`, () => {
    let machine: Machine
    before(async () => {
      machine = await startMachine(which)
    })

    const pair = (n: number) => machine.point(0) + n * pairBytes
    const put = (n: number, lane: number, limbs: readonly number[]) => {
      for (const [i, limb] of limbs.entries()) machine.doubles[pair(n) / 8 + 2 * i + lane] = limb
    }
    const limbs = (n: number, lane: number) => [0, 1, 2, 3, 4].map((i) => machine.doubles[pair(n) / 8 + 2 * i + lane]!)
    const value = (of: readonly number[]) => modulo(of.reduceRight((sum, limb) => (sum << 51n) + BigInt(limb), 0n))

    /** Every operation on two pairs against BigInt, and the size of what comes out. */
    function check(a: readonly number[][], b: readonly number[][]) {
      for (const lane of [0, 1]) {
        put(1, lane, a[lane]!)
        put(2, lane, b[lane]!)
      }
      const [x, y] = [value(a[0]!) * value(b[0]!), value(a[1]!) * value(b[1]!)]
      const [r, s] = [value(a[0]!) ** 2n, value(a[1]!) ** 2n]
      const expect = (first: bigint, second: bigint) => {
        assert.deepEqual([value(limbs(0, 0)), value(limbs(0, 1))], [modulo(first), modulo(second)])
        for (const limb of [...limbs(0, 0), ...limbs(0, 1)]) assert.equal(Math.abs(limb) <= u, true, `limb ${limb}`)
      }
      const { run } = machine
      run.multiply(pair(0), pair(1), pair(2))
      expect(x, y)
      run.multiplyCross(pair(0), pair(1), pair(2))
      expect(y - x, y + x)
      run.multiplyDoubled(pair(0), pair(1), pair(2))
      expect(4n * y - 2n * x, 2n * x)
      run.square(pair(0), pair(1))
      expect(r, s)
      run.squareCross(pair(0), pair(1))
      expect(s - r, s + r)
    }

    it('are right at the bounds of the limbs, in every mixture of signs', () => {
      const edges = [u, -u, 2 ** 50, -(2 ** 50), 2 ** 50 - 1, 1, -1, 0]
      for (const a of edges)
        for (const b of edges) {
          const alternating = [b, -b, b, -b, b]
          check(
            [
              [a, a, a, a, a],
              [0, 0, 0, 0, a],
            ],
            [[b, b, b, b, b], alternating],
          )
          check([alternating, [a, b, a, b, a]], [[a, -b, -a, b, a], alternating])
        }
    })

    it('are right for random limbs', () => {
      const limb = fc.oneof(fc.integer({ min: -u, max: u }), fc.constantFrom(u, -u, 0))
      const element = fc.array(limb, { minLength: 5, maxLength: 5 })
      const two = fc.tuple(element, element)
      fc.assert(
        fc.property(two, two, (a, b) => check(a, b)),
        { numRuns: 1000 },
      )
    })

    const write = (at: number, number: bigint) => {
      for (let i = 0; i < 32; i++) machine.bytes[at + i] = Number((number >> BigInt(8 * i)) & 255n)
    }
    const read = (at: number) =>
      machine.bytes.slice(at, at + 32).reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n)

    it('take 255 bits in and give the number in [0, p) out', () => {
      const numbers = [0n, 1n, 2n, p - 2n, p - 1n, p, p + 1n, p + 18n, 2n ** 255n - 1n, 2n ** 254n, (1n << 51n) - 1n]
      for (let bit = 0n; bit < 255n; bit++) numbers.push(1n << bit, (1n << 255n) - 1n - (1n << bit))
      for (const number of numbers)
        for (const lane of [0, 1]) {
          write(machine.io, number)
          machine.run.loadLane(pair(0), lane, machine.io)
          for (const limb of limbs(0, lane)) assert.equal(Math.abs(limb) <= u, true)
          machine.run.storeLane(machine.io + 32, pair(0), lane)
          assert.equal(read(machine.io + 32), number % p)
        }
    })

    it('give the number in [0, p) for limbs up to four times the bound', () => {
      const edges = [4 * u, -4 * u, 2 ** 51, -(2 ** 51), 0]
      for (const a of edges)
        for (const b of edges)
          for (const five of [
            [a, b, a, b, a],
            [a, a, a, a, b],
            [b, a, a, a, a],
            [0, 0, 0, 0, a],
            [a, 0, 0, 0, b],
          ]) {
            put(0, 1, five)
            machine.run.storeLane(machine.io, pair(0), 1)
            assert.equal(read(machine.io), value(five))
          }
      // p and 2p in limbs of 51 bits: the edges of the last subtraction.
      const ones = 2 ** 51 - 1
      for (const [five, expected] of [
        [[ones - 18, ones, ones, ones, ones], 0n],
        [[ones - 19, ones, ones, ones, ones], p - 1n],
        [[ones - 17, ones, ones, ones, ones], 1n],
        [[2 * (ones - 18), 2 * ones, 2 * ones, 2 * ones, 2 * ones], 0n],
        [[-1, 0, 0, 0, 0], p - 1n],
      ] as const) {
        put(0, 0, five)
        machine.run.storeLane(machine.io, pair(0), 0)
        assert.equal(read(machine.io), expected)
      }
    })

    it('invert: a · a^-1 = 1, and 0 stays 0', () => {
      for (const number of [1n, 2n, p - 1n, 3n ** 150n % p, 2n ** 254n + 12345n]) {
        write(machine.io, number)
        machine.run.loadLane(pair(0), 0, machine.io)
        machine.run.loadLane(pair(0), 1, machine.io)
        put(0, 1, [0, 0, 0, 0, 0])
        machine.run.invert(pair(1), pair(0))
        assert.equal((value(limbs(1, 0)) * number) % p, 1n)
        assert.equal(value(limbs(1, 1)), 0n)
      }
    })

    it('read and write exactly 64 lower-case digits', () => {
      const text = '0123456789abcdef'.repeat(4)
      const put = (characters: string) => machine.bytes.set(new TextEncoder().encode(characters), machine.io)
      put(text)
      assert.equal(machine.run.readHex(machine.io + 64, machine.io), 1)
      assert.equal(read(machine.io + 64), BigInt(`0x${text}`))
      machine.run.writeHex(machine.io + 128, machine.io + 64)
      assert.equal(new TextDecoder().decode(machine.bytes.slice(machine.io + 128, machine.io + 192)), text)
      for (let code = 0; code < 256; code++) {
        put(text)
        machine.bytes[machine.io + 17] = code
        const digit = /[0-9a-f]/.test(String.fromCharCode(code))
        assert.equal(machine.run.readHex(machine.io + 64, machine.io), digit ? 1 : 0, `character ${code}`)
      }
    })
  })
