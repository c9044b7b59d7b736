import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { ED25519_TORSION_SUBGROUP, ed25519 } from '@noble/curves/ed25519.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import fc from 'fast-check'
import { type CurvePoint, curveGroup } from '../src/group/curve.ts'
import { ed25519Order as q } from '../src/group/parameters.ts'
import { type EdwardsKernel, type EdwardsPoint, openEdwardsKernel } from '../src/kernel/ed25519.ts'
import { tableSlots } from '../src/kernel/machine.ts'

const Point = ed25519.Point
const p = 2n ** 255n - 19n
const reversed = (point: CurvePoint) => bytesToHex(point.toBytes().reverse())
/** The text of a y and a sign, canonical or not. */
const textOf = (y: bigint, sign = 0n) => (y + (sign << 255n)).toString(16).padStart(64, '0')
const torsion = ED25519_TORSION_SUBGROUP.map((hex) => Point.fromBytes(hexToBytes(hex)))

const edges = [0n, 1n, 2n, 3n, 8n, 15n, 16n, 127n, 128n, 129n, 255n, 256n, q - 1n, q - 2n, (q - 1n) / 2n]
const scalar = fc.oneof(fc.bigInt({ min: 0n, max: q - 1n }), fc.constantFrom(...edges))

for (const which of ['best', 'plain'] as const)
  describe(`the group of Ed25519 in WebAssembly, ${which} module`, () => {
    let kernel: EdwardsKernel
    let base: { ours: EdwardsPoint; noble: CurvePoint }
    before(async () => {
      kernel = await openEdwardsKernel(undefined, which)
      const noble = Point.BASE.multiply(123456789n)
      base = { ours: kernel.decode(reversed(noble))!, noble }
    })

    const same = (ours: EdwardsPoint, noble: CurvePoint) => assert.equal(kernel.encode(ours), reversed(noble))
    const times = (point: CurvePoint, by: bigint) => (by === 0n ? Point.ZERO : point.multiplyUnsafe(by))

    it('has the generator, the neutral element and the order of RFC 8032', () => {
      same(kernel.generator, Point.BASE)
      same(kernel.neutral, Point.ZERO)
      assert.equal(kernel.order, Point.Fn.ORDER)
      assert.equal(kernel.name, 'Ed25519')
    })

    it('decodes and encodes members as @noble/curves does', () => {
      fc.assert(
        fc.property(scalar, (exponent) => {
          const text = reversed(times(Point.BASE, exponent))
          const point = kernel.decode(text)
          assert.equal(kernel.encode(point!), text)
        }),
        { numRuns: 60 },
      )
    })

    it('judges random texts as @noble/curves does: about half are no point, and one in sixteen is a member', () => {
      let members = 0
      fc.assert(
        fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
          const text = bytesToHex(bytes)
          const expected = curveGroup.decode(text)
          const found = kernel.decode(text)
          assert.equal(found && kernel.encode(found), expected && text)
          if (expected) members++
        }),
        { numRuns: 200, seed: 4 },
      )
      assert.equal(members > 0, true)
    })

    it('refuses every text that is not the canonical one of a member', () => {
      const refused: string[] = []
      // y from p on: each is a second spelling of 0 … 18, with either sign.
      for (let y = p; y < 2n ** 255n; y++) refused.push(textOf(y), textOf(y, 1n))
      // x = 0 has no sign: the neutral element and the point of order 2.
      refused.push(textOf(1n, 1n), textOf(p - 1n, 1n))
      // All points of small order but the neutral one.
      for (const point of torsion) if (!point.is0()) refused.push(reversed(point))
      // Members with a point of small order added.
      for (const point of torsion) if (!point.is0()) refused.push(reversed(base.noble.add(point)))
      // No point of the curve.
      let y = 2n
      for (let found = 0; found < 20; y++) {
        try {
          Point.fromBytes(hexToBytes(textOf(y)).reverse())
        } catch {
          refused.push(textOf(y), textOf(y, 1n))
          found++
        }
      }
      const good = reversed(base.noble)
      refused.push('', good.slice(1), `0${good}`, ` ${good.slice(1)}`, `${good.slice(1)}g`, good.replace(/^./, '٣'))
      refused.push(
        `${good.slice(0, 63)}é`,
        `${good.slice(0, 62)}é`,
        `İ${good.slice(1)}`,
        good.toUpperCase(),
        `0x${good.slice(2)}`,
      )
      assert.equal(torsion.length, 8)
      assert.equal(new Set(refused).size > 100, true)
      for (const text of refused) {
        // So that what lies in the kernel from before would do.
        kernel.decode(good)
        assert.equal(kernel.decode(text), undefined, text)
        assert.equal(curveGroup.decode(text), undefined, text)
      }
      // Together with good ones, in either lane.
      const mixed = refused.flatMap((text, i) => (i % 3 === 0 ? [text, good] : [text]))
      const decoded = kernel.decodeAll(mixed).map((point) => point && kernel.encode(point))
      assert.deepEqual(
        decoded,
        mixed.map((text) => (text === good ? good : undefined)),
      )
    })

    it('decodes many with membership tested together, and finds the one that is no member', () => {
      const texts: string[] = []
      let point = Point.BASE
      for (let i = 0; i < 601; i++) {
        texts.push(reversed(point))
        point = point.add(base.noble)
      }
      assert.deepEqual(kernel.encodeAll(kernel.decodeAll(texts) as EdwardsPoint[]), texts)
      for (const [at, order] of [
        [0, 2],
        [300, 4],
        [600, 8],
      ] as const) {
        const bad = torsion[8 / order]!
        assert.equal(times(bad, BigInt(order)).is0() && !times(bad, BigInt(order / 2)).is0(), true)
        const spoilt = texts.with(at, reversed(Point.fromBytes(hexToBytes(texts[at]!).reverse()).add(bad)))
        const decoded = kernel.decodeAll(spoilt)
        assert.deepEqual(
          decoded.flatMap((one, i) => (one ? [] : [i])),
          [at],
        )
      }
      assert.deepEqual(kernel.decodeAll([]), [])
      assert.deepEqual(kernel.encodeAll([]), [])
      for (const count of [1, 2, 3]) {
        const some = kernel.decodeAll(texts.slice(0, count)) as EdwardsPoint[]
        assert.deepEqual(kernel.encodeAll(some), texts.slice(0, count))
      }
    })

    it('multiplies, inverts, compares and raises as @noble/curves does', () => {
      fc.assert(
        fc.property(scalar, scalar, scalar, (a, b, c) => {
          const [x, y] = [kernel.power(kernel.generator, a), kernel.power(base.ours, b)]
          const [X, Y] = [times(Point.BASE, a), times(base.noble, b)]
          same(x, X)
          same(y, Y)
          same(kernel.multiply(x, y), X.add(Y))
          same(kernel.multiply(x, x), X.double())
          same(kernel.multiply(x, kernel.inverse(x)), Point.ZERO)
          same(kernel.inverse(y), Y.negate())
          assert.equal(kernel.equal(kernel.multiply(x, y), kernel.multiply(y, x)), true)
          assert.equal(kernel.equal(x, y), X.equals(Y))
          same(kernel.power(y, c), times(Y, c))
        }),
        { numRuns: 25 },
      )
      assert.equal(kernel.equal(kernel.generator, kernel.inverse(kernel.generator)), false)
      assert.equal(kernel.equal(kernel.neutral, kernel.inverse(kernel.neutral)), true)
    })

    it('keeps the laws of a group', () => {
      fc.assert(
        fc.property(fc.tuple(scalar, scalar, scalar), (exponents) => {
          const [a, b, c] = exponents.map((exponent) => kernel.power(kernel.generator, exponent)) as [
            EdwardsPoint,
            EdwardsPoint,
            EdwardsPoint,
          ]
          const { multiply, equal, power } = kernel
          assert.equal(equal(multiply(multiply(a, b), c), multiply(a, multiply(b, c))), true)
          assert.equal(equal(multiply(a, kernel.neutral), a), true)
          const [x, y] = exponents
          assert.equal(equal(multiply(power(c, x), power(c, y)), power(c, (x + y) % q)), true)
        }),
        { numRuns: 20 },
      )
    })

    it('raises by a table, and combines, as without one', () => {
      const [g, y] = [kernel.table(kernel.generator), kernel.table(base.ours)]
      for (const exponent of edges) {
        same(g.power(exponent), times(Point.BASE, exponent))
        same(y.power(exponent), times(base.noble, exponent))
      }
      fc.assert(
        fc.property(scalar, scalar, scalar, (a, b, c) => {
          const other = kernel.power(base.ours, c)
          const expected = times(times(base.noble, c), b)
          same(g.combine(a, other, b), times(Point.BASE, a).add(expected))
          same(y.combine(a, other, b), times(base.noble, a).add(expected))
        }),
        { numRuns: 25 },
      )
    })

    it('keeps few tables, and makes one anew that had to go', () => {
      const exponents = Array.from({ length: tableSlots + 2 }, (_, i) => BigInt(i + 1))
      const tables = exponents.map((exponent) => kernel.table(kernel.power(kernel.generator, exponent)))
      for (let round = 0; round < 2; round++)
        for (const [i, table] of tables.entries()) {
          same(table.power(7n), times(Point.BASE, 7n * exponents[i]!))
          same(table.combine(5n, base.ours, 3n), times(Point.BASE, 5n * exponents[i]!).add(times(base.noble, 3n)))
        }
    })

    it('sorts texts as Belenios sorts credentials', () => {
      const texts = Array.from({ length: 50 }, (_, i) => reversed(times(base.noble, BigInt(i + 1))))
      assert.deepEqual(texts.toSorted(kernel.compare), texts.toSorted(curveGroup.compare))
      assert.equal(kernel.compare(texts[0]!, texts[0]!), 0)
    })
  })
