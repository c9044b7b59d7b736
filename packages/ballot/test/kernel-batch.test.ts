import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { ED25519_TORSION_SUBGROUP, ed25519 } from '@noble/curves/ed25519.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import type { CurvePoint } from '../src/group/curve.ts'
import { ed25519Order as q } from '../src/group/parameters.ts'
import type { Claim } from '../src/kernel/batch.ts'
import { type EdwardsKernel, openEdwardsKernel } from '../src/kernel/ed25519.ts'
import type { EdwardsBatch } from '../src/kernel/edwards-batch.ts'
import { planFor } from '../src/kernel/membership.ts'
import { platformRandom, randomScalar } from '../src/random.ts'

const Point = ed25519.Point
const p = 2n ** 255n - 19n
const modulo = (value: bigint) => ((value % q) + q) % q
const reversed = (point: CurvePoint) => bytesToHex(point.toBytes().reverse())
const times = (point: CurvePoint, by: bigint) => (modulo(by) === 0n ? Point.ZERO : point.multiplyUnsafe(modulo(by)))
const fieldBytes = (value: bigint) => hexToBytes(value.toString(16).padStart(64, '0')).reverse()
const torsion = ED25519_TORSION_SUBGROUP.map((hex) => Point.fromBytes(hexToBytes(hex)))
/** A point of exactly this order. */
const ofOrder = (order: 2 | 4 | 8) => torsion[8 / order]!
const scalar = () => randomScalar(q, platformRandom)

const elementHint = (point: CurvePoint) => fieldBytes(point.toAffine().x)
const commitmentHint = (point: CurvePoint) => Uint8Array.from([...elementHint(point), ...point.toBytes()])

const y = times(Point.BASE, 987654321n)

/** A claim by points, as @noble/curves has them. */
type Written = {
  commitment: CurvePoint
  base: 'g' | 'y'
  response: bigint
  challenge: bigint
  elements: CurvePoint[]
  shift: bigint
}

/** A true claim about random elements. */
function write(base: 'g' | 'y', count: number, shifted: boolean): Written {
  const elements = Array.from({ length: count }, () => times(Point.BASE, scalar()))
  return trueClaim(base, elements, scalar(), scalar(), shifted ? scalar() : 0n)
}

function trueClaim(
  base: 'g' | 'y',
  elements: CurvePoint[],
  response: bigint,
  challenge: bigint,
  shift: bigint,
): Written {
  const product = elements.reduce((sum, element) => sum.add(element), Point.ZERO)
  const commitment = times(base === 'g' ? Point.BASE : y, response)
    .add(times(product, challenge))
    .add(times(Point.BASE, shift))
  return { commitment, base, response, challenge, elements, shift }
}

for (const which of ['best', 'plain'] as const)
  describe(`a batch of claims, ${which} module`, () => {
    let kernel: EdwardsKernel
    before(async () => {
      kernel = await openEdwardsKernel(undefined, which)
    })

    /** What is the same whichever module does the products. */
    const once = which === 'best' ? it : () => undefined

    const open = (capacity: number) => kernel.batch(kernel.decode(reversed(y))!, capacity) as EdwardsBatch

    function put(batch: EdwardsBatch, written: readonly Written[]): Claim[] {
      const claims = written.map(({ commitment, elements, ...rest }) => ({
        ...rest,
        commitment: batch.commitment(commitmentHint(commitment))!.number,
        elements: elements.map((element) => batch.element(reversed(element), elementHint(element))!),
      }))
      for (const claim of claims) batch.claim(claim)
      return claims
    }

    function judge(written: readonly Written[]) {
      const batch = open(written.reduce((sum, { elements }) => sum + elements.length + 1, 0))
      put(batch, written)
      return batch.verdict(platformRandom)
    }

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

    it('finds a point of small order in a commitment of no claim, of one and of two', () => {
      for (const uses of [0, 1, 2])
        for (const order of [2, 4, 8] as const) {
          const batch = open(40)
          put(
            batch,
            Array.from({ length: 10 }, () => write('y', 1, false)),
          )
          const bad = trueClaim('g', [], 3n, 0n, 0n)
          const commitment = batch.commitment(commitmentHint(bad.commitment.add(ofOrder(order))))!.number
          for (let i = 0; i < uses; i++) batch.claim({ ...bad, commitment, elements: [] })
          assert.equal(batch.verdict(platformRandom).members, false, `order ${order}, ${uses} claims`)
          assert.equal(batch.holds(platformRandom), false)
        }
    })

    it('refuses commitments off by a point of small order, which the claims alone let through', () => {
      // The claims fit when the order of the point divides the commitment's random exponent: about 1/2, 1/4 and 1/8 of
      // the tries. The numbers are seeded, so that this test says the same every time.
      const seen: Record<number, number> = { 2: 0, 4: 0, 8: 0 }
      for (const order of [2, 4, 8] as const) {
        const written = Array.from({ length: 6 }, (_, i) => write(i % 2 ? 'y' : 'g', 1, false))
        written[3]!.commitment = written[3]!.commitment.add(ofOrder(order))
        const batch = open(20)
        put(batch, written)
        for (let attempt = 0; attempt < 60; attempt++) {
          const { members, claims } = batch.verdict(seeded(order * 1000 + attempt))
          if (claims) seen[order]! += 1
          assert.equal(members, false, `order ${order}, try ${attempt}`)
        }
        assert.equal(batch.holds(platformRandom), false)
      }
      for (const [order, least, most] of [
        [2, 20, 40],
        [4, 7, 25],
        [8, 2, 16],
      ] as const)
        assert.equal(seen[order]! >= least && seen[order]! <= most, true, `order ${order}: ${seen[order]} of 60 pass`)
    })

    it('refuses elements off by a point of small order, also where the challenge makes it vanish from the claim', () => {
      for (const order of [2, 4, 8] as const) {
        const element = times(Point.BASE, scalar())
        const claim = trueClaim('g', [element], scalar(), 8n * 12345n, 0n)
        claim.elements = [element.add(ofOrder(order))]
        const others = Array.from({ length: 5 }, () => write('y', 2, true))
        const { members } = judge([...others, claim])
        assert.equal(members, false, `order ${order}`)
        // Two elements off by T and -T: their product is a member.
        const pair = trueClaim('g', [element, element], scalar(), scalar(), 0n)
        pair.elements = [element.add(ofOrder(order)), element.subtract(ofOrder(order))]
        assert.equal(judge([pair, ...others]).members, false, `two of order ${order}`)
      }
    })

    once('rests the membership of an element on every bit of its lift, whatever its exponent is', () => {
      // An element of no claim: its exponent is 0, and its digits are those of q times the lift.
      const batch = open(1)
      batch.element(reversed(ofOrder(2)), elementHint(ofOrder(2)))
      const { c, windows } = planFor(3, 0, 253)
      for (let bit = 0; bit < c * windows + 2; bit++) {
        // The first random number is the element's; g and y follow. The top bit alone makes -2^(c-1) the last digit.
        const lift = (length: number) => withBit(length, bit)
        assert.equal(batch.verdict(lift).members, bit >= c * windows - 1, `bit ${bit} of ${c * windows}`)
      }
    })

    once('rests the membership of a commitment on the low bits of every random digit', () => {
      const claim = trueClaim('g', [], 3n, 0n, 0n)
      claim.commitment = claim.commitment.add(ofOrder(2))
      const batch = open(1)
      put(batch, [claim])
      const { c, windows } = planFor(2, 1, 253)
      const half = (((1n << BigInt(c * windows)) - 1n) / ((1n << BigInt(c)) - 1n)) << BigInt(c - 1)
      for (let bit = 0; bit < c * windows; bit++) {
        // Digits are 0 where the random bits are 2^(c-1), as in `half`.
        const exponent = half ^ (1n << BigInt(bit))
        const random = (length: number) =>
          Uint8Array.from({ length }, (_, i) => Number((exponent >> BigInt(8 * i)) & 255n))
        assert.equal(batch.verdict(random).members, bit % c === c - 1, `bit ${bit}`)
      }
    })

    it('throws when the random numbers are fewer than it asked for', () => {
      const batch = open(1)
      assert.throws(() => batch.holds((length) => platformRandom(length - 1)), RangeError)
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
      put(batch, [good, bad])
      assert.equal(batch.holds(platformRandom), false)
      assert.throws(() => batch.element(reversed(y), elementHint(y)), RangeError)
      assert.throws(() => batch.commitment(commitmentHint(y)), RangeError)
      assert.equal(batch.holds(platformRandom), false)
      batch.clear()
      put(batch, [good, good])
      assert.throws(() => batch.element(reversed(y), elementHint(y)), RangeError)
      assert.equal(batch.holds(platformRandom), true)
      batch.clear()
      assert.equal(batch.holds(platformRandom), true)
      // A number that had one claim before has none now.
      const other = open(2)
      put(other, [write('g', 0, false)])
      other.clear()
      other.commitment(commitmentHint(y))
      assert.equal(other.holds(platformRandom), true)
      put(batch, [good])
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
      put(first, [good])
      put(second, [bad])
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
        const ours = kernel.decode(reversed(point))!
        assert.deepEqual(kernel.hints.writeElement(ours), elementHint(point))
        assert.deepEqual(kernel.hints.writeCommitment(ours), commitmentHint(point))
      }
      assert.deepEqual([kernel.hints.elementLength, kernel.hints.commitmentLength], [32, 64])
    })
  })

describe('the plan of a batch', () => {
  it('has at least 128 random subsets, room for every exponent, and exponents distinct modulo q', () => {
    for (const long of [0, 2, 3, 10, 100, 1000, 7000, 50_000, 500_000])
      for (const short of [0, 1, 15, 1000, 15_000, 100_000]) {
        const { c, windows, longWindows } = planFor(long, short, 253)
        assert.equal((c - 1) * windows >= 128, true)
        assert.equal(c * windows <= 252, true)
        // Digits of 253 bits and a lift, with a bit for the sign: half of the range is below 0.
        if (long > 0) assert.equal(c * longWindows - 1 > 253 + c * windows, true)
        // A window is read from 32 bits that begin at a byte.
        assert.equal(c + 7 <= 32, true)
      }
  })
})

/** A y of the curve for an x, if there is one: y^2 = (1 + x^2) / (1 - d x^2). */
function ordinateOf(x: bigint): bigint | undefined {
  const { Fp } = Point
  const square = Fp.div(1n + x * x, Fp.create(1n - ed25519.Point.CURVE().d * x * x))
  try {
    return Fp.sqrt(square)
  } catch {
    return undefined
  }
}

/** Zeros but for one bit, counted from the lowest of the first byte. */
const withBit = (length: number, bit: number) =>
  Uint8Array.from({ length }, (_, i) => (i === bit >> 3 ? 1 << (bit & 7) : 0))

/** Numbers that are the same in every run: a xorshift, for tests only. */
function seeded(seed: number) {
  let state = BigInt(seed) * 0x9e3779b97f4a7c15n + 1n
  return (length: number) =>
    Uint8Array.from({ length }, () => {
      state ^= (state << 13n) & 0xffffffffffffffffn
      state ^= state >> 7n
      state ^= (state << 17n) & 0xffffffffffffffffn
      return Number((state >> 24n) & 255n)
    })
}
