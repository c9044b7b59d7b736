import { deepEqual, equal } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { keysOf, readTrustees, writeTrustees } from '../src/format/trustees.ts'
import { openGroup } from '../src/group/index.ts'
import { platformRandom } from '../src/random.ts'
import { makeCertificate } from '../src/trustee/pedersen/certificates.ts'
import { keysOfSeed, seal } from '../src/trustee/pedersen/channel.ts'
import {
  readPolynomialMessage,
  readSigned,
  readTrusteeOutput,
  writeDecryptionKey,
} from '../src/trustee/pedersen/messages.ts'
import {
  coordinate,
  type Dealt,
  openShare,
  takeCertificates,
  takeOutputs,
  takePolynomials,
  takeShares,
} from '../src/trustee/pedersen.ts'
import { must } from './hold-ceremony.ts'

/**
 * A key generation of 2 of 3 by belenios-tool 3.3.0 alone, with all that its parties sent and kept: steps 1 to 6 of
 * `setup generate-trustee-key-threshold --group Ed25519 --threshold-context i/2/3`. `inputs` are its files .vinput, `keys`
 * its .dkey, `seeds` its .key. The keys were made for this test and serve nothing else.
 */
const recorded: {
  size: number
  threshold: number
  seeds: string[]
  certs: string[]
  polynomials: string[]
  inputs: string[]
  outputs: string[]
  keys: string[]
  record: string
} = JSON.parse(readFileSync(new URL('vectors/ceremony-3.3.0.json', import.meta.url), 'utf8'))
const group = openGroup('Ed25519')
const { seeds, certs, polynomials, inputs, outputs } = recorded
const plan = { size: recorded.size, threshold: recorded.threshold }
const certified = must(takeCertificates(group, coordinate(plan), certs))

test('as coordinator we carry and assemble what belenios-tool did, byte for byte', () => {
  const routed = must(takePolynomials(group, certified, polynomials))
  deepEqual(routed.inputs, inputs)
  const trustee = must(takeOutputs(group, routed.state, outputs))
  equal(writeTrustees([trustee]), `[["Pedersen",${recorded.record}]]`)
})

test('as each of its trustees we make the same certificate and come to the same secret', () => {
  const publicKeys = keysOf(readTrustees(`[["Pedersen",${recorded.record}]]`)).map(({ public_key }) => public_key)
  for (const [at, seed] of seeds.entries()) {
    const ours = makeCertificate(group, plan, at + 1, keysOfSeed(group, seed), platformRandom)
    equal(readSigned(ours).message, readSigned(certs[at]!).message)
    const coefexps = readPolynomialMessage(polynomials[at]!).coefexps.message
    const state: Dealt = { stage: 'dealt', plan, index: at + 1, seed, certs, coefexps }
    const { secret } = must(takeShares(group, state, inputs[at]!, platformRandom))
    equal(secret.publicKey, publicKeys[at])
    deepEqual(must(openShare(group, seed, recorded.keys[at]!)), secret)
    deepEqual(must(openShare(group, seed, readTrusteeOutput(outputs[at]!).private_key)), secret)
  }
})

test('a kept share opens for its own seed alone', () => {
  const faults = [{ rule: 'ceremony.message-sealed', at: 'private_key' }]
  deepEqual(openShare(group, seeds[1]!, recorded.keys[0]!), { ok: false, faults })
  const unreadable = [{ rule: 'ceremony.unreadable', at: 'private_key' }]
  deepEqual(openShare(group, seeds[0]!, recorded.keys[0]!.slice(1)), { ok: false, faults: unreadable })
  const ours = must(takePolynomials(group, certified, polynomials)).inputs[0]!
  const share: string = JSON.parse(ours).secrets[0]
  const wrong = [{ rule: 'ceremony.unreadable', at: 'private_key: decryption_key' }]
  deepEqual(openShare(group, seeds[0]!, share), { ok: false, faults: wrong }, 'a share of one polynomial is no key')

  const { encryption, signing } = keysOfSeed(group, seeds[0]!)
  const to = { encryption: group.decode(encryption), encryptionText: encryption }
  const outside = [{ rule: 'ceremony.share', at: 'private_key' }]
  for (const exponent of [0n, group.order]) {
    const sealed = seal(group, signing, to, writeDecryptionKey(exponent), platformRandom)
    deepEqual(openShare(group, seeds[0]!, sealed), { ok: false, faults: outside })
  }
})
