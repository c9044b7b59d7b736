import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { sha256 } from './sha256.ts'

test('judging: the fingerprint that browsers compute is the one that Node computes, for any text and any bytes', () => {
  const node = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')
  assert.equal(sha256('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  for (let n = 0; n < 200; n++) assert.equal(sha256('x'.repeat(n)), node('x'.repeat(n)))
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => assert.equal(sha256(text), node(text))),
  )
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => assert.equal(sha256(bytes), node(bytes))))
})
