import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { newSigningKey, resultKind, type Signature, sign, signatureHolds } from '@melayani/polling/format'
import { ed25519 } from '@noble/curves/ed25519.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import fc from 'fast-check'
import { type SignedInput, signaturesHold } from './signature.ts'

const text = '{"votes":[120,90]}'
const holds = (each: Signature, of = text) =>
  signaturesHold(resultKind, { text: of, signatures: [each] } as SignedInput)
const station = newSigningKey()
const good = sign(resultKind, text, { role: 'device', signer: 'Stasiun' }, station.secret)

describe('voting: signatures of results', () => {
  it('hold here exactly when they hold for whoever checks them by RFC 8032, whatever digit is changed', async () => {
    assert.equal(await holds(good), true)
    assert.equal(await holds(good, `${text} `), false)
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('key' as const, 'signature' as const),
        fc.nat(127),
        fc.integer({ min: 1, max: 15 }),
        async (field, at, by) => {
          const digits = [...good[field]]
          const place = at % digits.length
          digits[place] = (Number.parseInt(digits[place]!, 16) ^ by).toString(16)
          const changed = { ...good, [field]: digits.join('') }
          assert.equal(signatureHolds(resultKind, text, changed), false)
          assert.equal(await holds(changed), false)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('of a key that fits any text hold for none: every point of small order, in every way of writing it', async () => {
    const { Point } = ed25519
    const p = 2n ** 255n - 19n
    const little = (n: bigint) => hexToBytes(n.toString(16).padStart(64, '0')).reverse()
    const written = (y: bigint, bit: number) => {
      const out = little(y)
      out[31]! |= bit << 7
      return bytesToHex(out)
    }
    // Any point times the order of the large group is one of the eight; this one is of order eight.
    const eighth = Point.fromHex(written(3n, 0))
    const torsion = eighth.multiplyUnsafe(Point.Fn.ORDER - 1n).add(eighth)
    assert.ok(!torsion.multiplyUnsafe(4n).equals(Point.ZERO) && torsion.isSmallOrder())
    const heights = new Set(Array.from({ length: 8 }, (_, i) => torsion.multiplyUnsafe(BigInt(i)).toAffine().y))
    assert.equal(heights.size, 5)
    const keys = [...heights].flatMap((y) =>
      [y, y + p].flatMap((each) => (each < 2n ** 255n ? [written(each, 0), written(each, 1)] : [])),
    )
    assert.equal(keys.length, 14)
    // R = B·s and s: made without any secret.
    const made = Array.from({ length: 16 }, (_, i) => BigInt(i + 1)).map(
      (s) => Point.BASE.multiply(s).toHex() + bytesToHex(little(s)),
    )
    for (const key of keys)
      for (const signature of made) assert.equal(await holds({ ...good, key, signature }), false, key)
  })

  it('are not taken in a second form, with the order of the group added to their scalar', async () => {
    const scalar = BigInt(`0x${bytesToHex(hexToBytes(good.signature.slice(64)).reverse())}`) + ed25519.Point.Fn.ORDER
    const second = bytesToHex(hexToBytes(scalar.toString(16).padStart(64, '0')).reverse())
    assert.equal(await holds({ ...good, signature: good.signature.slice(0, 64) + second }), false)
  })
})
