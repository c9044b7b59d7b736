import { deepEqual, equal, rejects, throws } from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { belenios2048, rfc3526 } from '../src/group/parameters.ts'
import { openResidueKernel } from '../src/kernel/residues.ts'
import { type Machine, startMachine } from '../src/kernel/residues-machine.ts'
import { inverseModulo } from '../src/scalar.ts'

const limb = 1n << 51n

/** Numbers on which carries, signs and borders of limbs show. */
const edges = (p: bigint) => [
  0n,
  1n,
  2n,
  p - 1n,
  p - 2n,
  (p - 1n) / 2n,
  (1n << 2047n) - 1n,
  ...[1, 2, 20, 21, 39, 40].flatMap((limbs) => {
    const power = limb ** BigInt(limbs)
    return [power - 1n, power, power / 2n, power / 2n - 1n]
  }),
  // All limbs at the top of the range that they have in the kernel, or just above it.
  [...Array(40).keys()].reduce((sum, j) => sum + ((1n << 50n) - 1n) * limb ** BigInt(j), 0n),
  [...Array(40).keys()].reduce((sum, j) => sum + (1n << 50n) * limb ** BigInt(j), 0n),
  10n ** 616n,
  10n ** 616n - 1n,
  10n ** 15n,
]

const number = (p: bigint) =>
  fc.oneof(fc.bigInt({ min: 0n, max: p - 1n }), fc.constantFrom(...edges(p)), fc.bigInt({ min: 0n, max: limb }))

/** The kernel's numbers as BigInt: in by decimal digits, out by bytes. */
function outside(machine: Machine) {
  const { run, text } = machine
  return {
    write(at: number, value: bigint) {
      new TextEncoder().encodeInto(value.toString().padStart(630, '0'), machine.memory.subarray(text))
      run.fromDecimal(at, text)
    },
    read(at: number): bigint {
      run.toBytes(text, at)
      return BigInt(`0x${Buffer.from(machine.memory.subarray(text, text + 256)).toString('hex')}`)
    },
  }
}

for (const group of [belenios2048, rfc3526])
  for (const which of ['best', 'plain'] as const) {
    const { p, name } = group
    const machine = await startMachine(group, which)
    const { run, text } = machine
    const { write, read } = outside(machine)
    const [a, b, out] = [machine.number(0), machine.number(1), machine.number(2)]
    const what = `${name}, ${machine.fused ? 'fused' : 'not fused'}`

    test(`${what}: products and squares are those of BigInt, on every pair of edge values`, () => {
      for (const x of edges(p)) {
        write(a, x)
        run.square(out, a)
        equal(read(out), (x * x) % p)
        for (const y of edges(p)) {
          write(b, y)
          run.multiply(out, a, b)
          equal(read(out), (x * y) % p)
        }
      }
    })

    test(`${what}: a hundred products and squares in a row, each of the one before, stay right`, () => {
      fc.assert(
        fc.property(number(p), number(p), (x, y) => {
          write(a, x)
          write(b, y)
          let expected = x
          for (let i = 0; i < 50; i++) {
            run.multiply(a, a, b)
            run.square(a, a)
            expected = ((expected * y) % p) ** 2n % p
          }
          equal(read(a), expected)
        }),
        { numRuns: 30 },
      )
    })

    test(`${what}: what limbs of the largest size, with any sign, stand for is multiplied without an error`, () => {
      // Written past the conversions: limbs that a computation could leave, all at the border.
      const bound = 2 ** 50 + 2 ** 7
      const inverse = inverseModulo(limb ** 41n, p)
      const value = (limbs: readonly number[]) => limbs.reduce((sum, x, j) => sum + BigInt(x) * limb ** BigInt(j), 0n)
      const put = (at: number, limbs: readonly number[]) =>
        limbs.forEach((x, j) => {
          machine.doubles[at / 8 + (j < 21 ? 2 * j : 2 * (j - 21) + 1)] = x
        })
      const extreme = fc
        .array(fc.constantFrom(bound, -bound, bound - 1, 0), { minLength: 40, maxLength: 40 })
        .chain((limbs) => fc.integer({ min: -1000, max: 1000 }).map((top) => [...limbs, top, 0]))
      const same = (sign: number) => [...new Array<number>(40).fill(sign * bound), sign * 1000, 0]
      const check = (x: readonly number[], y: readonly number[]) => {
        put(a, x)
        put(b, y)
        run.multiply(out, a, b)
        const product = (((value(x) * value(y) * inverse) % p) + p) % p
        equal(read(out), (product * inverse) % p)
        run.square(out, a)
        equal(read(out), (((value(x) ** 2n * inverse) % p) * inverse) % p)
      }
      for (const x of [1, -1]) for (const y of [1, -1]) check(same(x), same(y))
      fc.assert(fc.property(extreme, extreme, check), { numRuns: 100 })
    })

    test(`${what}: decimal digits and bytes come out as BigInt writes them`, () => {
      const check = (x: bigint) => {
        write(a, x)
        run.toDecimal(text, a)
        equal(Buffer.from(machine.memory.subarray(text, text + 630)).toString(), x.toString().padStart(630, '0'))
        equal(read(a), x)
      }
      edges(p).forEach(check)
      fc.assert(fc.property(number(p), check), { numRuns: 200 })
    })

    test(`${what}: bytes of 1 to p - 1 are taken, with their text; 0, p, p + 1 and what is above are not`, () => {
      const from = text + 640
      const take = (x: bigint) => {
        machine.memory.set(Buffer.from(x.toString(16).padStart(512, '0'), 'hex'), from)
        if (run.readCommitment(out, text, from) === 0) return undefined
        return [read(out), Buffer.from(machine.memory.subarray(text, text + 630)).toString()]
      }
      const check = (x: bigint) => {
        machine.memory.set(Buffer.from(x.toString(16).padStart(512, '0'), 'hex'), from)
        equal(run.readCommitment(out, text, from), 1)
        equal(Buffer.from(machine.memory.subarray(text, text + 630)).toString(), x.toString().padStart(630, '0'))
        equal(read(out), x)
      }
      for (const x of edges(p)) if (x > 0n) check(x)
      fc.assert(fc.property(fc.bigInt({ min: 1n, max: p - 1n }), check), { numRuns: 100 })
      for (const x of [0n, p, p + 1n, (1n << 2048n) - 1n]) equal(take(x), undefined)
    })

    test(`${what}: numbers are equal when they stand for the same value, in whatever form`, () => {
      fc.assert(
        fc.property(number(p), number(p), (x, y) => {
          write(a, x)
          write(b, y)
          run.multiply(out, a, b)
          equal(run.isEqual(out, a), Number((x * y) % p === x))
          equal(run.isEqual(a, b), Number(x === y))
          run.multiply(b, b, a)
          equal(run.isEqual(out, b), 1)
          equal(run.isOne(a), Number(x === 1n))
        }),
        { numRuns: 50 },
      )
    })
  }

test('a group without a kernel and a job without bounds are refused', async () => {
  await rejects(openResidueKernel('Ed25519' as never))
  const machine = await startMachine(belenios2048)
  throws(() => machine.reserve(2 ** 31), RangeError)
  throws(() => machine.reserve(Number.NaN), RangeError)
})

test('the two modules give the same powers, and the one that was asked for runs', async () => {
  const [best, plain] = await Promise.all(
    (['best', 'plain'] as const).map((which) => openResidueKernel('BELENIOS-2048', undefined, which)),
  )
  equal(plain!.fused, false)
  const texts = [best!, plain!].map((kernel) =>
    [0n, 1n, 2n, 1n << 200n, kernel.order - 1n].map((e) => kernel.encode(kernel.power(kernel.generator, e))),
  )
  deepEqual(texts[0], texts[1])
})
