import { deepEqual, equal, notEqual, throws } from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { FormatError } from '../src/format/shape.ts'
import { groupNames } from '../src/group/group.ts'
import { openGroup } from '../src/group/index.ts'
import { platformRandom } from '../src/random.ts'
import { inverseModulo, modulo } from '../src/scalar.ts'
import {
  decryptionProofHolds,
  generatorTable,
  keyProofHolds,
  nonce,
  proveDecryption,
  proveKey,
  sign,
  signatureHolds,
} from '../src/trustee/proof.ts'
import { keyHolds, makeSingle, readSecret, readToolKey, secretOf, writeSecret } from '../src/trustee/single.ts'

const curve = openGroup('Ed25519')
const constant = (length: number) => new Uint8Array(length).fill(7)

for (const name of groupNames) {
  const group = openGroup(name)

  test(`${name}: a new key pair belongs together, its proof holds, and no part of it can be another's`, () => {
    const { key, secret } = makeSingle(group, platformRandom, 'Panitia')
    equal(key.public_key, group.encode(group.power(group.generator, secret.exponent)))
    equal(keyHolds(group, key), true)
    equal(key.name, 'Panitia')
    const other = makeSingle(group, platformRandom).key
    equal('name' in other, false)
    equal(keyHolds(group, { ...key, public_key: other.public_key }), false)
    equal(keyHolds(group, { ...key, pok: other.pok }), false)
    const { challenge, response } = key.pok
    equal(keyHolds(group, { ...key, pok: { challenge, response: (response + 1n) % group.order } }), false)
    equal(keyHolds(group, { ...key, pok: { challenge: (challenge + 1n) % group.order, response } }), false)
  })

  test(`${name}: a decryption is proved for its election, key and ciphertext alone`, () => {
    const { secret } = makeSingle(group, platformRandom)
    const X = group.decode(secret.publicKey)!
    const context = { fingerprint: 'f', key: secret.publicKey }
    const [alpha, other] = [group.power(group.generator, 5n), group.power(group.generator, 6n)]
    const factor = group.power(alpha, secret.exponent)
    const proof = proveDecryption(group, secret.exponent, context, alpha, platformRandom)
    const holds = (c: typeof context, a: unknown, f: unknown, p = proof) => decryptionProofHolds(group, c, X, a, f, p)
    equal(holds(context, alpha, factor), true)
    equal(holds({ ...context, fingerprint: 'g' }, alpha, factor), false)
    equal(holds({ ...context, key: group.encode(alpha) }, alpha, factor), false)
    equal(holds(context, other, factor), false)
    equal(holds(context, alpha, group.multiply(factor, group.generator)), false)
    equal(holds(context, alpha, factor, { ...proof, response: proof.response + group.order }), false)
    equal(holds(context, alpha, factor, { ...proof, challenge: proof.challenge + group.order }), false)
  })
}

test('a key of 1 and a key outside the group are no keys, whatever proof stands beside them', () => {
  const one = curve.encode(curve.neutral)
  const pok = proveKey(curve, 0n, one, platformRandom)
  equal(keyProofHolds(curve, curve.neutral, pok), true, 'everybody knows the secret of 1')
  equal(keyHolds(curve, { public_key: one, pok }), false)
  equal(keyHolds(curve, { public_key: 'ff'.repeat(32), pok }), false)
})

test('a signature holds for its text and its key, and for no other spelling of its numbers', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.bigInt({ min: 1n, max: curve.order - 2n }), (text, other, secret) => {
      const key = generatorTable(curve).power(secret)
      const signature = sign(curve, secret, text, platformRandom)
      equal(signatureHolds(curve, key, text, signature), true)
      equal(signatureHolds(curve, key, other, signature), text === other)
      equal(signatureHolds(curve, generatorTable(curve).power(secret + 1n), text, signature), false)
      equal(signatureHolds(curve, key, text, { ...signature, response: signature.response + curve.order }), false)
      equal(signatureHolds(curve, key, text, { ...signature, challenge: signature.challenge + curve.order }), false)
    }),
    { numRuns: 8 },
  )
})

test('a signature of a text that begins like a proof of a key is no proof of a key', () => {
  const { key, secret } = makeSingle(curve, platformRandom)
  const signature = sign(curve, secret.exponent, `pok|Ed25519|${key.public_key}`, platformRandom)
  equal(keyProofHolds(curve, curve.decode(key.public_key)!, signature), false)
})

test('random numbers that repeat do not betray the secret through two signatures', () => {
  const secret = 123_456_789n
  const first = sign(curve, secret, 'satu', constant)
  const second = sign(curve, secret, 'dua', constant)
  // With the same w in both, x = (response - response') / (challenge' - challenge).
  const above = modulo(first.response - second.response, curve.order)
  const below = inverseModulo(second.challenge - first.challenge, curve.order)
  notEqual(modulo(above * below, curve.order), secret)
  deepEqual(sign(curve, secret, 'satu', constant), first)
})

test('nonces lie below q, and differ with the secret, the statement and the random numbers', () => {
  for (const { order } of groupNames.map(openGroup)) {
    const made = [nonce(order, 1n, 'a', constant), nonce(order, 2n, 'a', constant), nonce(order, 1n, 'b', constant)]
    equal(new Set([...made, nonce(order, 1n, 'a', platformRandom)]).size, 4)
    equal(
      made.every((each) => each >= 0n && each < order),
      true,
    )
  }
})

test('a stored secret is read back as it was, and no altered one is taken for it', () => {
  const { secret } = makeSingle(curve, platformRandom)
  const text = writeSecret(secret)
  deepEqual(readSecret(curve, text), secret)
  deepEqual(readSecret(curve, writeSecret({ ...secret, kind: 'Pedersen' })), { ...secret, kind: 'Pedersen' })
  const other = makeSingle(curve, platformRandom).secret
  throws(() => readSecret(curve, text.replace(`${secret.exponent}`, `${other.exponent}`)), /does not belong/)
  throws(() => readSecret(curve, text.replace(secret.publicKey, other.publicKey)), /does not belong/)
  throws(() => readSecret(openGroup('BELENIOS-2048'), text), /a secret for the group Ed25519/)
  throws(() => readSecret(curve, text.replace('trustee-1', 'trustee-2')), FormatError)
  throws(() => readSecret(curve, text.replace(`${secret.exponent}`, '0')), RangeError)
  for (let at = 0; at < text.length; at++)
    throws(() => readSecret(curve, text.slice(0, at) + text.slice(at + 1)), `without character ${at}`)
})

test('a private key as belenios-tool keeps it is read; 0 and q are no keys', () => {
  deepEqual(readToolKey(curve, '"5"\n'), secretOf(curve, 'Single', 5n))
  deepEqual(readToolKey(curve, '"5"'), secretOf(curve, 'Single', 5n))
  throws(() => readToolKey(curve, '"0"\n'), RangeError)
  throws(() => readToolKey(curve, `"${curve.order}"\n`), RangeError)
  throws(() => readToolKey(curve, '5\n'), FormatError)
})
