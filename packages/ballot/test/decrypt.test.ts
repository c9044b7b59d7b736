import { deepEqual, equal, throws } from 'node:assert/strict'
import { test } from 'node:test'
import { writeElection } from '../src/format/election.ts'
import { readEncryptedTally, writeEncryptedTally } from '../src/format/tally.ts'
import { writeTrustees } from '../src/format/trustees.ts'
import { openGroup } from '../src/group/index.ts'
import { base64Hash, hexHash } from '../src/hash.ts'
import { platformRandom } from '../src/random.ts'
import { type DecryptionOrder, decrypt, type Opened, type OrderRule, orderRules } from '../src/trustee/decrypt.ts'
import { must } from './hold-ceremony.ts'
import { single, talliedElection } from './tallied-election.ts'

const group = openGroup('Ed25519')
const [ours, other] = [single(group), single(group)]
const { order, election } = talliedElection(group, [other.trustee, ours.trustee], [2], [{ choices: [[0, 1]] }])
const triggered = new Set<OrderRule>()

function rules(asked: DecryptionOrder, opened: readonly Opened[] = [], options?: { sharedKey: boolean }): string[] {
  const outcome = decrypt(group, ours.secret, asked, opened, platformRandom, options)
  if (outcome.ok) return []
  for (const { rule } of outcome.faults) triggered.add(rule)
  return outcome.faults.map(({ rule, at }) => `${rule} at ${at}`)
}
/** The same order with another text, announced as it now is. */
const announcing = (change: Partial<Omit<DecryptionOrder, 'announced'>>): DecryptionOrder => {
  const next = { ...order, ...change }
  return { ...next, announced: { election: base64Hash(next.election), tally: hexHash(next.tally) } }
}
const tally = readEncryptedTally(order.tally)
const otherTally = writeEncryptedTally([[tally[0]![1]!, tally[0]![0]!]])

test('a trustee decrypts the announced tally, under the number of its key, and remembers it', () => {
  const { owner, decryption, opened } = must(decrypt(group, ours.secret, order, [], platformRandom))
  equal(owner, 2)
  deepEqual(
    decryption.decryption_factors[0],
    tally[0]!.map(({ alpha }) => group.encode(group.power(group.decode(alpha)!, ours.secret.exponent))),
  )
  deepEqual(opened, [{ key: ours.secret.publicKey, ...order.announced }])
  const again = must(decrypt(group, ours.secret, order, opened, platformRandom))
  deepEqual(again.opened, opened)
  deepEqual(again.decryption.decryption_factors, decryption.decryption_factors)
})

test('what is not what was announced is not decrypted: another tally, another election, one byte', () => {
  deepEqual(rules({ ...order, tally: otherTally }), ['order.tally at announced.tally'])
  const renamed = writeElection({ ...election, name: 'Lain' })
  deepEqual(rules({ ...order, election: renamed }), ['order.election at announced.election'])
  const { announced } = order
  deepEqual(rules({ ...order, announced: { ...announced, tally: announced.tally.toUpperCase() } }), [
    'order.tally at announced.tally',
  ])
})

test('a second tally of the same election is never decrypted, though it be announced; the first may be again', () => {
  const { opened } = must(decrypt(group, ours.secret, order, [], platformRandom))
  const second = announcing({ tally: otherTally })
  deepEqual(rules(second, opened), ['order.second-tally at announced.tally'])
  deepEqual(rules(second, opened, { sharedKey: true }), ['order.second-tally at announced.tally'])
  deepEqual(rules(order, opened), [])
  const elsewhere = opened.map((each) => ({ ...each, key: other.secret.publicKey }))
  deepEqual(rules(second, elsewhere), [], 'what another key has decrypted does not bind this one')
})

test('a key that has decrypted for one election decrypts for no other, unless it is known to be shared', () => {
  const { opened } = must(decrypt(group, ours.secret, order, [], platformRandom))
  const next = announcing({ election: writeElection({ ...election, name: 'TPS 2' }) })
  deepEqual(rules(next, opened), ['order.second-election at announced.election'])
  const both = must(decrypt(group, ours.secret, next, opened, platformRandom, { sharedKey: true })).opened
  equal(both.length, 2)
  deepEqual(
    rules({ ...next, ...announcing({ election: next.election, tally: otherTally }) }, both, { sharedKey: true }),
    ['order.second-tally at announced.tally'],
  )
})

test('an order whose parts do not belong together is refused, part by part', () => {
  deepEqual(rules(announcing({ trustees: writeTrustees([other.trustee]) })), [
    'order.trustee at trustees',
    'order.key at election.public_key',
  ])
  deepEqual(rules(announcing({ election: writeElection({ ...election, public_key: ours.secret.publicKey }) })), [
    'order.key at election.public_key',
  ])
  deepEqual(rules(announcing({ election: writeElection({ ...election, group: 'RFC-3526-2048' }) })), [
    'order.group at election.group',
  ])
  deepEqual(rules(announcing({ tally: writeEncryptedTally([[tally[0]![0]!]]) })), ['order.shape at tally'])
  deepEqual(rules(announcing({ tally: writeEncryptedTally([tally[0]!, tally[0]!]) })), ['order.shape at tally'])
  for (const part of ['alpha', 'beta'])
    deepEqual(rules(announcing({ tally: writeEncryptedTally([[tally[0]![0]!, { ...tally[0]![1]!, [part]: '5' }]]) })), [
      'order.element at tally[0][1]',
    ])
})

test('an order that is not in the form of the archive is refused, and says where', () => {
  deepEqual(rules(announcing({ election: `${order.election} ` })), ['order.unreadable at election'])
  deepEqual(rules(announcing({ trustees: '[["Triple",{}]]' })), ['order.unreadable at trustees: [0][0]'])
  deepEqual(rules(announcing({ trustees: '[]' })), ['order.unreadable at trustees'])
  deepEqual(rules(announcing({ tally: '[[]]' })), ['order.unreadable at tally: [0]'])
})

test('a secret of another group is a mistake of the caller', () => {
  throws(() => decrypt(openGroup('BELENIOS-2048'), ours.secret, order, [], platformRandom), /a secret for Ed25519/)
})

test('every rule of an order has refused something above', () => {
  deepEqual(
    [...orderRules].filter((rule) => !triggered.has(rule)),
    [],
  )
})
