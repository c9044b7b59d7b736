import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashOf, nikMark, openRoll, packageKind, shortHash, signatureHolds } from '../src/format/index.ts'
import { makeTps, testNik } from './village.ts'

test('a package is signed by centre and committee, and its roll opens with its key alone', () => {
  const made = makeTps({ voters: 3 })
  assert.deepEqual(
    made.signed.signatures.map((each) => [each.role, signatureHolds(packageKind, made.signed.text, each)]),
    [
      ['centre', true],
      ['committee', true],
    ],
  )
  assert.equal(signatureHolds('result/1', made.signed.text, made.signed.signatures[0]!), false)
  assert.equal(signatureHolds(packageKind, `${made.signed.text} `, made.signed.signatures[0]!), false)
  const { sealed, hash } = made.package.roll
  const text = openRoll(made.rollKey, sealed)!
  assert.equal(hashOf(text), hash)
  assert.equal(openRoll('00'.repeat(32), sealed), undefined)
  assert.equal(JSON.parse(text).voters[2].nik, nikMark(made.rollKey, testNik(1, 3)))
  assert.equal(made.signed.text.includes(testNik(1, 3)), false)
  assert.match(shortHash(made.hash), /^([0-9A-F]{4} ){4}[0-9A-F]{4}$/)
})
