import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { planFor } from '../src/kernel/membership.ts'
import { platformRandom } from '../src/random.ts'
import {
  commitmentHint,
  elementHint,
  ofOrder,
  openBatches,
  Point,
  putClaims,
  reversed,
  scalar,
  times,
  trueClaim,
  type Written,
  write,
} from './written-claims.ts'

for (const which of ['best', 'plain'] as const)
  describe(`the membership of a batch's points, ${which} module`, () => {
    let batches: Awaited<ReturnType<typeof openBatches>>
    before(async () => {
      batches = await openBatches(which)
    })
    const open = (capacity: number) => batches.open(capacity)
    const judge = (written: readonly Written[]) => batches.judge(written)
    /** What is the same whichever module does the products. */
    const once = which === 'best' ? it : () => undefined

    it('finds a point of small order in a commitment of no claim, of one and of two', () => {
      for (const uses of [0, 1, 2])
        for (const order of [2, 4, 8] as const) {
          const batch = open(40)
          putClaims(
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
        putClaims(batch, written)
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
      putClaims(batch, [claim])
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
