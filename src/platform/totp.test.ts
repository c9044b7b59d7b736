import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { acceptedStep, codeAt, codeOf, fromBase32, stepOf, toBase32 } from './totp.ts'

const key = Buffer.from('12345678901234567890')

describe('one-time codes', () => {
  it('are those of RFC 4226, appendix D', () => {
    const codes = Array.from({ length: 10 }, (_, counter) => codeOf(key, counter))
    assert.deepEqual(codes, [
      '755224',
      '287082',
      '359152',
      '969429',
      '338314',
      '254676',
      '287922',
      '162583',
      '399871',
      '520489',
    ])
  })

  it('are those of RFC 6238, appendix B (SHA-1)', () => {
    const vectors: [number, string][] = [
      [59, '94287082'],
      [1111111109, '07081804'],
      [1111111111, '14050471'],
      [1234567890, '89005924'],
      [2000000000, '69279037'],
      [20000000000, '65353130'],
    ]
    for (const [time, code] of vectors) assert.equal(codeOf(key, stepOf(new Date(time * 1000)), 8), code)
  })

  it('work in their own half minute and the ones beside it, once, and never again after a later one', () => {
    const secret = toBase32(key)
    const now = new Date('2017-02-01T03:00:10Z')
    const at = (seconds: number) => codeAt(secret, new Date(now.getTime() + seconds * 1000))
    const here = stepOf(now)
    assert.equal(acceptedStep(secret, at(0), now, null), here)
    assert.equal(acceptedStep(secret, at(-30), now, null), here - 1)
    assert.equal(acceptedStep(secret, at(30), now, null), here + 1)
    assert.equal(acceptedStep(secret, at(-60), now, null), undefined)
    assert.equal(acceptedStep(secret, at(60), now, null), undefined)
    assert.equal(acceptedStep(secret, at(0), now, here), undefined)
    assert.equal(acceptedStep(secret, at(-30), now, here), undefined)
    assert.equal(acceptedStep(secret, '', now, null), undefined)
  })

  it('base32 gives back every secret', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), (bytes) =>
        fromBase32(toBase32(Buffer.from(bytes))).equals(Buffer.from(bytes)),
      ),
    )
  })
})
