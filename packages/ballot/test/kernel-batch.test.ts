import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { hexToBytes } from '@noble/hashes/utils.js'
import { ed25519Order as q } from '../src/group/parameters.ts'
import { planFor } from '../src/kernel/membership.ts'
import { platformRandom } from '../src/random.ts'
import {
  commitmentHint,
  elementHint,
  fieldBytes,
  modulo,
  openBatches,
  Point,
  p,
  putClaims,
  reversed,
  scalar,
  times,
  trueClaim,
  type Written,
  write,
  y,
} from './written-claims.ts'

for (const which of ['best', 'plain'] as const)
  describe(`a batch of claims, ${which} module`, () => {
    let batches: Awaited<ReturnType<typeof openBatches>>
    before(async () => {
      batches = await openBatches(which)
    })
    const open = (capacity: number) => batches.open(capacity)
    const judge = (written: readonly Written[]) => batches.judge(written)

    it('holds for true claims: none, 1, 2, 3 and 100 of them, of every shape', () => {
      for (const count of [0, 1, 2, 3, 100]) {
        const written = Array.from({ length: count }, (_, i) => write(i % 2 ? 'y' : 'g', i % 4, i % 3 === 0))
        assert.deepEqual(judge(written), { members: true, claims: true }, `${count}`)
      }
    })

    it('holds for 1,000 points, whose exponents end within a word, and refuses one of 500 false claims', () => {
      const { c, windows } = planFor(502, 500, 253)
      assert.equal((c * windows) % 32 > 0, true)
      const claims = [write('g', 1, true), write('y', 1, true)]
      const written = Array.from({ length: 500 }, (_, i) => claims[i % 2]!)
      assert.deepEqual(judge(written), { members: true, claims: true })
      assert.deepEqual(judge(written.with(499, { ...claims[1]!, shift: 0n })), { members: true, claims: false })
    })

    it('holds for the edge values of every number, and for neutral points', () => {
      const edges = [0n, 1n, q - 1n]
      const written: Written[] = []
      for (const response of edges)
        for (const challenge of edges)
          for (const shift of edges)
            for (const element of [Point.ZERO, Point.BASE, y, Point.BASE.negate()])
              written.push(trueClaim(written.length % 2 ? 'y' : 'g', [element], response, challenge, shift))
      assert.deepEqual(judge(written), { members: true, claims: true })
    })

    it('refuses a claim in which any one thing is false, though 20 others are true', () => {
      const others = Array.from({ length: 20 }, (_, i) => write(i % 2 ? 'y' : 'g', 1 + (i % 3), i % 3 === 0))
      const good = write('g', 2, true)
      const spoilt: Record<string, Partial<Written>> = {
        response: { response: modulo(good.response + 1n) },
        challenge: { challenge: modulo(good.challenge - 1n) },
        shift: { shift: modulo(good.shift + 1n) },
        'no shift': { shift: 0n },
        base: { base: 'y' },
        commitment: { commitment: good.commitment.add(Point.BASE) },
        'negative commitment': { commitment: good.commitment.negate() },
        'an element less': { elements: good.elements.slice(1) },
        'an element twice': { elements: [...good.elements, good.elements[0]!] },
        'another element': { elements: [good.elements[0]!, good.elements[1]!.add(Point.BASE)] },
        'a negative element': { elements: [good.elements[0]!, good.elements[1]!.negate()] },
      }
      assert.deepEqual(judge([...others, good]), { members: true, claims: true })
      for (const [what, change] of Object.entries(spoilt)) {
        const written = [...others.slice(0, 10), { ...good, ...change }, ...others.slice(10)]
        assert.deepEqual(judge(written), { members: true, claims: false }, what)
      }
      // Two false claims whose errors are each other's opposite.
      const [a, b] = [write('g', 1, false), write('g', 1, false)]
      a.commitment = a.commitment.add(Point.BASE)
      b.commitment = b.commitment.subtract(Point.BASE)
      assert.deepEqual(judge([a, b]), { members: true, claims: false })
    })

    it('takes an element in several claims and twice in one, and a commitment in none, one or several', () => {
      const element = times(Point.BASE, scalar())
      const claim = trueClaim('g', [element, element], 5n, 7n, 0n)
      const batch = open(10)
      const number = batch.element(reversed(element), elementHint(element))!
      const commitment = batch.commitment(commitmentHint(claim.commitment))!.number
      const alone = batch.commitment(commitmentHint(y))!.number
      const stated = { ...claim, commitment, elements: [number, number] }
      batch.claim(stated)
      assert.equal(batch.holds(platformRandom), true)
      batch.claim(stated)
      assert.equal(batch.holds(platformRandom), true)
      // g^0 · element^0 · g^987654321 = y
      const ofY = {
        commitment: alone,
        base: 'g',
        response: 0n,
        challenge: 0n,
        elements: [number],
        shift: 987654321n,
      } as const
      batch.claim(ofY)
      assert.equal(batch.holds(platformRandom), true)
      batch.claim({ ...ofY, response: 1n })
      assert.deepEqual(batch.verdict(platformRandom), { members: true, claims: false })
    })

    it('takes no point in that is not on the curve, not canonical, or not what the text says', () => {
      const batch = open(40)
      const point = times(Point.BASE, 31337n)
      const { x, y: ordinate } = point.toAffine()
      const [text, hint] = [reversed(point), elementHint(point)]
      assert.equal(batch.element(text, hint), 0)
      const wrongHints: Uint8Array[] = [
        fieldBytes(p - x),
        fieldBytes(x + 1n),
        fieldBytes(x ^ 2n),
        fieldBytes(0n),
        fieldBytes(2n ** 256n - 1n),
        hint.with(31, hint[31]! | 0x80),
        hint.slice(1),
        new Uint8Array(33),
        new Uint8Array(0),
      ]
      // x + p below 2^255 is x spelt otherwise, and of the other parity: it must not turn a sign.
      let spelt = 0
      for (let small = 0n; small < 19n; small++) {
        const ordinate = ordinateOf(small)
        if (ordinate === undefined) continue
        spelt++
        for (const bit of [0n, 1n]) {
          const text = (ordinate + (bit << 255n)).toString(16).padStart(64, '0')
          assert.equal(batch.element(text, fieldBytes(small + p)), undefined, text)
          const bytes = Uint8Array.from([...fieldBytes(small + p), ...hexToBytes(text).reverse()])
          assert.equal(batch.commitment(bytes), undefined, text)
        }
      }
      assert.equal(spelt > 3, true)
      for (const wrong of wrongHints) {
        assert.equal(batch.element(text, wrong), undefined)
        if (wrong.length === 32)
          assert.equal(batch.commitment(Uint8Array.from([...wrong, ...point.toBytes()])), undefined)
      }
      const sign = (y: bigint, bit: bigint) => (y + (bit << 255n)).toString(16).padStart(64, '0')
      const wrongTexts: [string, bigint][] = [
        [text.toUpperCase(), x],
        [`0${text}`, x],
        [text.slice(1), x],
        [`İ${text.slice(1)}`, x],
        // Its last digit may still lie where the text before was put.
        [`${text.slice(0, 63)}é`, x],
        [sign(ordinate, 1n - (x & 1n)), x],
        [sign(1n, 1n), 0n],
        [sign(p - 1n, 1n), 0n],
        [sign(p + 1n, 0n), 0n],
        [sign(p + 1n, 1n), 0n],
      ]
      for (const [wrong, abscissa] of wrongTexts) {
        assert.equal(batch.element(wrong, fieldBytes(abscissa)), undefined, wrong)
        if (!/^[0-9a-f]{64}$/.test(wrong)) continue
        const bytes = Uint8Array.from([...fieldBytes(abscissa), ...hexToBytes(wrong).reverse()])
        assert.equal(batch.commitment(bytes), undefined, wrong)
      }
      assert.equal(batch.commitment(new Uint8Array(63)), undefined)
      assert.equal(batch.commitment(new Uint8Array(65)), undefined)
      assert.equal(batch.commitment(new Uint8Array(64)), undefined)
      // Nothing of all this left a trace.
      assert.deepEqual(batch.commitment(commitmentHint(point)), { number: 1, text })
      assert.equal(batch.holds(platformRandom), true)
    })

    it('forgets everything when cleared, and holds no more than its capacity', () => {
      const batch = open(4)
      const [good, bad] = [write('g', 1, false), write('y', 1, true)]
      bad.response += 1n
      putClaims(batch, [good, bad])
      assert.equal(batch.holds(platformRandom), false)
      assert.throws(() => batch.element(reversed(y), elementHint(y)), RangeError)
      assert.throws(() => batch.commitment(commitmentHint(y)), RangeError)
      assert.equal(batch.holds(platformRandom), false)
      batch.clear()
      putClaims(batch, [good, good])
      assert.throws(() => batch.element(reversed(y), elementHint(y)), RangeError)
      assert.equal(batch.holds(platformRandom), true)
      batch.clear()
      assert.equal(batch.holds(platformRandom), true)
      // A number that had one claim before has none now.
      const other = open(2)
      putClaims(other, [write('g', 0, false)])
      other.clear()
      other.commitment(commitmentHint(y))
      assert.equal(other.holds(platformRandom), true)
      putClaims(batch, [good])
      assert.equal(batch.holds(platformRandom), true)
      assert.throws(() => batch.claim({ ...good, commitment: 1, elements: [1] }), RangeError)
      assert.throws(() => batch.claim({ ...good, commitment: 0, elements: [0] }), RangeError)
      assert.throws(() => batch.claim({ ...good, commitment: 0, elements: [2] }), RangeError)
      assert.throws(() => open(-1), RangeError)
      assert.throws(() => open(2 ** 30), RangeError)
    })

    it('keeps two batches apart', () => {
      const [first, second] = [open(10), open(10)]
      const [good, bad] = [write('g', 2, false), write('g', 2, false)]
      bad.challenge += 1n
      putClaims(first, [good])
      putClaims(second, [bad])
      assert.deepEqual([first.holds(platformRandom), second.holds(platformRandom)], [true, false])
      assert.equal(first.holds(platformRandom), true)
    })

    it('gives the texts of products of elements, of lists of any length', () => {
      const batch = open(6)
      const points = [Point.BASE, y, Point.ZERO, times(y, 5n), Point.BASE.negate()]
      for (const [i, point] of points.entries()) assert.equal(batch.element(reversed(point), elementHint(point)), i)
      batch.commitment(commitmentHint(y))
      const lists = [[], [0], [2], [0, 1], [0, 4], [3, 3, 3], [0, 1, 2, 3, 4]]
      const expected = lists.map((list) => reversed(list.reduce((sum, i) => sum.add(points[i]!), Point.ZERO)))
      assert.deepEqual(batch.products(lists), expected)
      assert.deepEqual(batch.products([]), [])
      assert.deepEqual(batch.products(Array(5000).fill([1])), Array(5000).fill(reversed(y)))
      for (const wrong of [[5], [6], [-1]]) assert.throws(() => batch.products([wrong]), RangeError)
      assert.equal(batch.holds(platformRandom), true)
    })

    it('writes the hints that it reads', () => {
      for (const point of [Point.ZERO, Point.BASE, y, y.negate()]) {
        const ours = batches.kernel.decode(reversed(point))!
        assert.deepEqual(batches.kernel.hints.writeElement(ours), elementHint(point))
        assert.deepEqual(batches.kernel.hints.writeCommitment(ours), commitmentHint(point))
      }
      assert.deepEqual([batches.kernel.hints.elementLength, batches.kernel.hints.commitmentLength], [32, 64])
    })
  })

/** A y of the curve for an x, if there is one: y^2 = (1 + x^2) / (1 - d x^2). */
function ordinateOf(x: bigint): bigint | undefined {
  const { Fp } = Point
  const square = Fp.div(1n + x * x, Fp.create(1n - Point.CURVE().d * x * x))
  try {
    return Fp.sqrt(square)
  } catch {
    return undefined
  }
}
