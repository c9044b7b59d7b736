import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytesSource } from '../src/archive/index.ts'
import type { Question } from '../src/format/election.ts'
import type { Trustee } from '../src/format/trustees.ts'
import { openGroup } from '../src/group/index.ts'
import { makeSingle } from '../src/trustee/single.ts'
import { verify } from '../src/verify/verify.ts'
import { alter, changeText, changeValue, latin1, putTogether, stepOf, takeApart } from './alter.ts'
import { cancelling, type Forgery, forge } from './forge.ts'
import { holdCeremony } from './hold-ceremony.ts'
import { quickGroup } from './quick-group.ts'
import { seeded } from './seeded.ts'

const group = openGroup('Ed25519')
const q = group.order
const g = group.encode(group.generator)
const neutral = group.encode(group.neutral)
/** A point of order 8 of edwards25519, in the spelling of the format. */
const order8 = '7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7'

/** Rules and paths. */
async function named(bytes: Uint8Array): Promise<string[]> {
  const { findings } = await verify(bytesSource(bytes), { openGroup: quickGroup })
  return findings.map(({ rule, place }) => `${rule} ${place.path ?? ''}`.trim())
}

const question: Question = { answers: ['Ani', 'Budi'], min: 1, max: 1, question: 'Siapa?' }
const random = seeded('trustees')
const single = makeSingle(group, random).key
const threshold = holdCeremony(group, { size: 3, threshold: 2 }, random).trustee

const oneOfThree = holdCeremony(group, { size: 3, threshold: 1 }, random).trustee

const forged = (forgery: Forgery) => async () => forge(forgery).open()
const alone: Trustee = ['Single', single]
/** Nobody's key: its secret is 0, and that is proven. */
const nobody = forge().prove(0n, `pok|Ed25519|${neutral}|`)
const asText = ({ challenge, response }: typeof nobody) => ({ challenge: `${challenge}`, response: `${response}` })

// biome-ignore lint/suspicious/noExplicitAny: somebody who forges a record keeps to no type
type Change = (value: any) => void
/** An open election without ballots, whose trustees (one alone, three of whom two are needed) are changed. */
const trustees = (change: Change) => () =>
  alter(forge({ trustees: () => [alone, threshold] }).open(), (taken) => changeValue(taken, 'trustees', change))
const shared = (change: Change) => trustees(([, [, value]]) => change(value))
const text = (role: 'election' | 'trustees' | 'public_credentials', from: string | RegExp, to: string) => () =>
  alter(forge({ questions: [question] }).open(), (taken) =>
    changeText(taken, role, (before) => before.replace(from, to)),
  )
/** With a byte that is no UTF-8. */
const garbled = (role: 'election' | 'trustees' | 'public_credentials') => async () => {
  const taken = await takeApart(forge().open())
  changeText(taken, role, (before) => before.replace('"', '\xff"'))
  return putTogether(taken, latin1)
}
const next = (number: string) => ((BigInt(number) + 1n) % q).toString()
const above = (number: string) => (BigInt(number) + q).toString()

const cases: [what: string, bytes: () => Promise<Uint8Array>, findings: string[]][] = [
  ['an honest set-up', forged({}), []],
  ['trustees alone and together', forged({ trustees: () => [alone, threshold] }), []],

  ['an election with white space', text('election', ',', ', '), ['election.form']],
  [
    'an election with a field more',
    text('election', '"version":1', '"version":1,"note":"halo"'),
    ['election.form description'],
  ],
  ['an election that is no JSON', text('election', '{', '{{'), ['election.form']],
  ['an election that is null', text('election', /^.*$/s, 'null'), ['election.form']],
  ['an election that is not UTF-8', garbled('election'), ['election.form']],
  ['an election of version 2', text('election', '"version":1', '"version":2'), ['election.unsupported']],
  ['a group that nobody knows', text('election', 'Ed25519', 'Ed448'), ['election.unsupported']],
  [
    'a question of another kind',
    text('election', /"questions":\[.*\]/, '"questions":[{"type":"Lists","value":{"answers":[],"question":"?"}}]'),
    ['election.unsupported'],
  ],
  [
    'a question that is null',
    text('election', /"questions":\[.*\]/, '"questions":[null]'),
    ['election.form questions[0]'],
  ],
  ['questions that are no list', text('election', /"questions":\[.*\]/, '"questions":{}'), ['election.form questions']],
  [
    'the least above the greatest, which Belenios does not mind',
    forged({ questions: [question, { ...question, min: 2, max: 1 }] }),
    [],
  ],
  [
    'the greatest above the answers, which Belenios does not mind',
    forged({ questions: [{ ...question, max: 3 }] }),
    [],
  ],
  ['another election key', forged({ key: () => g }), ['election.public-key public_key']],

  ['trustees with white space', text('trustees', ',', ', '), ['trustee.form']],
  ['trustees that are not UTF-8', garbled('trustees'), ['trustee.form']],
  [
    'a wrong proof of a trustee alone',
    trustees(([[, key]]) => (key.pok.response = next(key.pok.response))),
    ['trustee.pok [0][1].pok'],
  ],
  [
    'a number not below q in it',
    trustees(([[, key]]) => (key.pok.response = above(key.pok.response))),
    ['trustee.scalar [0][1].pok'],
  ],
  [
    'a key outside the group',
    trustees(([[, key]]) => (key.public_key = order8)),
    ['trustee.membership [0][1].public_key', 'count.proofs'],
  ],
  [
    'a signature beside a trustee alone',
    trustees(([[, key]]) => (key.signature = key.pok)),
    ['trustee.single [0][1].signature'],
  ],
  [
    'a key that is 1',
    trustees((all) => all.push(['Single', { pok: asText(nobody), public_key: neutral }])),
    ['trustee.neutral [2][1]'],
  ],
  ['two keys that cancel each other', forged({ trustees: cancelling }), ['election.neutral public_key']],
  ['the same key twice', forged({ trustees: () => [alone, alone] }), ['trustee.distinct [1][1]']],
  [
    'two places of those who share a key, with one key',
    shared(({ verification_keys: keys }) => {
      keys[1] = keys[0]
    }),
    [
      'trustee.verification-key [1][1].verification_keys[1].public_key',
      'trustee.key-signature [1][1].verification_keys[1]',
      'trustee.distinct [1][1]',
    ],
  ],
  ['one of three suffices, so that all have the same key', forged({ trustees: () => [alone, oneOfThree] }), []],
  ['the same three, twice', forged({ trustees: () => [oneOfThree, oneOfThree] }), ['trustee.distinct [1][1]']],
  [
    'a threshold above the number',
    shared((value) => (value.threshold = 4)),
    [
      'trustee.threshold [1][1].threshold',
      'trustee.context [1][1].certs[0].message',
      'trustee.context [1][1].certs[1].message',
      'trustee.context [1][1].certs[2].message',
      'trustee.coefexps-form [1][1].coefexps[0].message',
      'trustee.coefexps-form [1][1].coefexps[1].message',
      'trustee.coefexps-form [1][1].coefexps[2].message',
      'count.memberships',
    ],
  ],
  [
    'a threshold below what was agreed',
    shared((value) => (value.threshold = 1)),
    [
      'trustee.context [1][1].certs[0].message',
      'trustee.context [1][1].certs[1].message',
      'trustee.context [1][1].certs[2].message',
      'trustee.coefexps-form [1][1].coefexps[0].message',
      'trustee.coefexps-form [1][1].coefexps[1].message',
      'trustee.coefexps-form [1][1].coefexps[2].message',
      'trustee.verification-key [1][1].verification_keys[0].public_key',
      'trustee.verification-key [1][1].verification_keys[1].public_key',
      'trustee.verification-key [1][1].verification_keys[2].public_key',
      'count.memberships',
    ],
  ],
  [
    'a certificate missing',
    shared(({ certs }) => certs.pop()),
    [
      'trustee.size [1][1]',
      'trustee.signatures [1][1].signatures[0]',
      'trustee.signatures [1][1].signatures[1]',
      'count.memberships',
      'count.signatures',
    ],
  ],
  [
    'a polynomial missing',
    shared(({ coefexps }) => coefexps.pop()),
    [
      'election.public-key public_key',
      'trustee.size [1][1]',
      'trustee.signatures [1][1].signatures[2]',
      'trustee.verification-key [1][1].verification_keys[0].public_key',
      'trustee.verification-key [1][1].verification_keys[1].public_key',
      'trustee.verification-key [1][1].verification_keys[2].public_key',
      'count.memberships',
      'count.signatures',
    ],
  ],
  ['a signature missing', shared(({ signatures }) => signatures.pop()), ['trustee.size [1][1]', 'count.signatures']],
  [
    'a certificate with a wrong signature',
    shared(({ certs: [c] }) => (c.signature.response = next(c.signature.response))),
    [
      'trustee.cert [1][1].certs[0]',
      'trustee.signatures [1][1].signatures[0]',
      'trustee.signatures [1][1].signatures[1]',
      'trustee.signatures [1][1].signatures[2]',
    ],
  ],
  [
    'one with a number not below q',
    shared(({ certs: [c] }) => (c.signature.response = above(c.signature.response))),
    [
      'trustee.scalar [1][1].certs[0]',
      'trustee.signatures [1][1].signatures[0]',
      'trustee.signatures [1][1].signatures[1]',
      'trustee.signatures [1][1].signatures[2]',
    ],
  ],
  [
    'a certificate with white space',
    shared(({ certs: [c] }) => (c.message = c.message.replace(',', ', '))),
    [
      'trustee.cert-form [1][1].certs[0].message',
      'trustee.signatures [1][1].signatures[1]',
      'trustee.signatures [1][1].signatures[2]',
      'count.memberships',
      'count.signatures',
    ],
  ],
  [
    'a certificate for another place',
    shared(({ certs: [, c] }) => (c.message = c.message.replace('"index":2', '"index":3'))),
    [
      'trustee.cert [1][1].certs[1]',
      'trustee.context [1][1].certs[1].message',
      'trustee.signatures [1][1].signatures[0]',
      'trustee.signatures [1][1].signatures[1]',
      'trustee.signatures [1][1].signatures[2]',
    ],
  ],
  [
    'one for another group',
    shared(({ certs: [, c] }) => (c.message = c.message.replace('Ed25519', 'BELENIOS-2048'))),
    [
      'trustee.cert [1][1].certs[1]',
      'trustee.context [1][1].certs[1].message',
      'trustee.signatures [1][1].signatures[0]',
      'trustee.signatures [1][1].signatures[1]',
      'trustee.signatures [1][1].signatures[2]',
    ],
  ],
  [
    'one for another number of trustees',
    shared(({ certs: [, c] }) => (c.message = c.message.replace('"size":3', '"size":4'))),
    [
      'trustee.cert [1][1].certs[1]',
      'trustee.context [1][1].certs[1].message',
      'trustee.signatures [1][1].signatures[0]',
      'trustee.signatures [1][1].signatures[1]',
      'trustee.signatures [1][1].signatures[2]',
    ],
  ],
  [
    'one for another threshold',
    shared(({ certs: [, c] }) => (c.message = c.message.replace('"threshold":2', '"threshold":3'))),
    [
      'trustee.cert [1][1].certs[1]',
      'trustee.context [1][1].certs[1].message',
      'trustee.signatures [1][1].signatures[0]',
      'trustee.signatures [1][1].signatures[1]',
      'trustee.signatures [1][1].signatures[2]',
    ],
  ],
  [
    'one key of a certificate outside the group',
    shared(({ certs: [c] }) => (c.message = c.message.replace(/"encryption":"\w+"/, `"encryption":"${order8}"`))),
    [
      'trustee.membership [1][1].certs[0].encryption',
      'trustee.cert [1][1].certs[0]',
      'trustee.signatures [1][1].signatures[0]',
      'trustee.signatures [1][1].signatures[1]',
      'trustee.signatures [1][1].signatures[2]',
    ],
  ],
  [
    'the other key outside the group',
    shared(({ certs: [c] }) => (c.message = c.message.replace(/"verification":"\w+"/, `"verification":"${order8}"`))),
    [
      'trustee.membership [1][1].certs[0].verification',
      'trustee.signatures [1][1].signatures[1]',
      'trustee.signatures [1][1].signatures[2]',
      'count.signatures',
    ],
  ],
  [
    'a polynomial with a wrong signature',
    shared(({ coefexps: [, c] }) => (c.signature.response = next(c.signature.response))),
    ['trustee.coefexps [1][1].coefexps[1]'],
  ],
  [
    'another polynomial',
    shared(({ coefexps: [, c] }) => (c.message = c.message.replace(/"\w+"\]/, `"${g}"]`))),
    [
      'trustee.coefexps [1][1].coefexps[1]',
      'trustee.signatures [1][1].signatures[1]',
      'trustee.verification-key [1][1].verification_keys[0].public_key',
      'trustee.verification-key [1][1].verification_keys[1].public_key',
      'trustee.verification-key [1][1].verification_keys[2].public_key',
    ],
  ],
  [
    'a polynomial of another degree',
    shared(({ coefexps: [, c] }) => (c.message = c.message.replace(']', `,"${g}"]`))),
    [
      'trustee.coefexps-form [1][1].coefexps[1].message',
      'trustee.coefexps [1][1].coefexps[1]',
      'trustee.signatures [1][1].signatures[1]',
      'count.memberships',
    ],
  ],
  [
    'a polynomial outside the group',
    shared(({ coefexps: [, c] }) => (c.message = c.message.replace(/"\w+"\]/, `"${order8}"]`))),
    [
      'trustee.coefexps [1][1].coefexps[1]',
      'trustee.membership [1][1].coefexps[1].coefexps[1]',
      'trustee.signatures [1][1].signatures[1]',
    ],
  ],
  [
    'a polynomial that is no JSON',
    shared(({ coefexps: [, c] }) => (c.message = 'halo')),
    [
      'trustee.coefexps-form [1][1].coefexps[1].message',
      'trustee.coefexps [1][1].coefexps[1]',
      'trustee.signatures [1][1].signatures[1]',
      'count.memberships',
    ],
  ],
  [
    'a wrong signature of what all have seen',
    shared(({ signatures }) => (signatures[2].response = next(signatures[2].response))),
    ['trustee.signatures [1][1].signatures[2]'],
  ],
  ['none of these', shared((value) => delete value.signatures), ['trustee.generation [1][1]', 'count.signatures']],
  [
    'another key of one of them',
    shared(({ verification_keys: [k] }) => (k.public_key = g)),
    [
      'trustee.verification-key [1][1].verification_keys[0].public_key',
      'trustee.pok [1][1].verification_keys[0].pok',
      'trustee.key-signature [1][1].verification_keys[0]',
    ],
  ],
  [
    'a key of one of them outside the group',
    shared(({ verification_keys: [k] }) => (k.public_key = order8)),
    [
      'trustee.membership [1][1].verification_keys[0].public_key',
      'trustee.verification-key [1][1].verification_keys[0].public_key',
      'trustee.key-signature [1][1].verification_keys[0]',
      'count.proofs',
    ],
  ],
  [
    'a wrong proof of one of them',
    shared(({ verification_keys: [k] }) => (k.pok.challenge = next(k.pok.challenge))),
    ['trustee.pok [1][1].verification_keys[0].pok'],
  ],
  [
    'a wrong signature of a key',
    shared(({ verification_keys: [, , k] }) => (k.signature.response = next(k.signature.response))),
    ['trustee.key-signature [1][1].verification_keys[2]'],
  ],
  [
    'a key without a signature',
    shared(({ verification_keys: [, , k] }) => delete k.signature),
    ['trustee.generation [1][1]', 'count.signatures'],
  ],

  ['a roll with white space', text('public_credentials', ',', ', '), ['credential.form']],
  ['a roll that is not UTF-8', garbled('public_credentials'), ['credential.form']],
  ['a credential twice', forged({ roll: ([a, b]) => [a!, b!, a!] }), ['credential.duplicate [2]']],
  [
    'a credential twice, with another weight',
    forged({ roll: ([a, b]) => [a!, b!, `${a},2`] }),
    ['credential.duplicate [2]'],
  ],
  ['a credential outside the group', forged({ roll: ([a]) => [a!, order8] }), ['credential.membership [1]']],
  ['a credential that is no point', forged({ roll: ([a]) => [a!, 'ab'] }), ['credential.membership [1]']],
  ['a credential that is 1', forged({ roll: ([a]) => [neutral, a!] }), ['credential.neutral [0]']],
  ['weights of q together', forged({ roll: ([a, b]) => [`${a},${q - 1n}`, `${b},1`] }), ['credential.weight']],
  ['weights of q - 1 together', forged({ roll: ([a, b]) => [`${a},${q - 2n}`, `${b},1`] }), []],
  ['a roll out of order, which Belenios does not mind', forged({ roll: ([a, b]) => [b!, a!] }), []],
  ['an empty roll', forged({ roll: () => [] }), []],
]

for (const [what, bytes, findings] of cases)
  test(`${what}: ${[...new Set(findings.map((each) => each.split(' ')[0]))].join(', ') || 'sound'}`, async () => {
    assert.deepEqual(await named(await bytes()), findings)
  })

test('a certificate of the set-up, which 3.2 brought, is one record more', async () => {
  const bytes = await alter(forge().open(), (taken) => {
    stepOf(taken, 'Setup').texts.credentials_certificate = '{"any":"thing"}'
  })
  const report = await verify(bytesSource(bytes))
  assert.deepEqual([report.verdict, report.findings, report.counts.records], ['sound', [], 7])
})
