import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { base58Alphabet, base58Number, drawBase58 } from '../src/base58.ts'
import {
  credentialForm,
  drawCredential,
  publicCredential,
  publicCredentials,
  readCredential,
  secretExponent,
  withCheck,
} from '../src/cast/credential.ts'
import type { GroupName } from '../src/group/group.ts'
import { openGroup } from '../src/group/index.ts'
import { seeded } from './seeded.ts'
import vectors from './vectors/credentials.json' with { type: 'json' }

const cases = vectors.flatMap(({ tool, group, uuid, credentials }) =>
  credentials.map((each) => ({ ...each, tool, uuid, group: openGroup(group as GroupName) })),
)

test('every credential made by belenios-tool has the public credential that the tool gave it', () => {
  assert.equal(cases.length, 15)
  for (const { group, uuid, private: secret, public: element } of cases)
    assert.equal(publicCredential(group, uuid, secret), element, secret)
})

test('the tools print credentials to the letter as we read them', () => {
  for (const { tool, private: secret } of cases)
    assert.equal(credentialForm(secret), tool === '2.0' || secret.length === 19 ? '2.0' : '3.x')
})

test('another uuid gives another secret, in both forms', () => {
  const { order } = openGroup('Ed25519')
  for (const secret of ['gPt-QmX-3Ch-auM-fL8', 'w5tFd-cf6JC2-eivj9-HukHR8'])
    assert.notEqual(secretExponent(order, '9ozu2qKvZo5cMC', secret), secretExponent(order, '9ozu2qKvZo5cMD', secret))
})

test('a drawn credential is read back in its form, and two drawings differ', () => {
  const random = seeded('draw')
  for (const form of ['2.0', '3.x'] as const) {
    const drawn = Array.from({ length: 200 }, () => drawCredential(random, form))
    for (const credential of drawn) assert.deepEqual(readCredential(credential), { credential, form })
    assert.equal(new Set(drawn).size, 200)
  }
  assert.match(drawCredential(random), /^\w{5}-\w{6}-\w{5}-\w{6}$/)
  assert.match(drawCredential(random, '2.0'), /^(\w{3}-){4}\w{3}$/)
})

test('the drawn characters are the number that was drawn, the lowest and the highest included', () => {
  const bytes = (...values: number[]) => {
    const given = values.values()
    return () => Uint8Array.of(given.next().value!)
  }
  assert.equal(drawBase58(1, bytes(0)), '1')
  assert.equal(drawBase58(1, bytes(57)), 'z')
  // 58 … 63 are thrown away and drawn anew, and of a byte only the six low bits are used.
  assert.equal(drawBase58(1, bytes(58, 63, 64 + 9)), 'A')
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...base58Alphabet), minLength: 22, maxLength: 22 }), (characters) => {
      const number = base58Number(characters)
      const drawn = drawBase58(22, (length) =>
        Uint8Array.from({ length }, (_, at) => Number((number >> BigInt(8 * (length - 1 - at))) & 255n)),
      )
      assert.equal(drawn, characters)
    }),
  )
})

test('typed without dashes, with spaces or with dashes elsewhere, it is the same credential', () => {
  const credential = 'w5tFd-cf6JC2-eivj9-HukHR8'
  for (const typed of ['w5tFdcf6JC2eivj9HukHR8', ' w5tF dcf6 JC2e ivj9 HukH R8\n', 'w5tFd-cf6JC2-eivj9-HukHR8'])
    assert.deepEqual(readCredential(typed), { credential, form: '3.x' })
  assert.equal(credentialForm('w5tFdcf6JC2eivj9HukHR8'), undefined)
  assert.throws(() => secretExponent(7n, 'u', 'w5tFdcf6JC2eivj9HukHR8'), RangeError)
})

test('a wrong length, a character outside the alphabet and a wrong check are three faults', () => {
  assert.deepEqual(readCredential(''), { fault: 'length', characters: 0 })
  assert.deepEqual(readCredential('gPt-QmX-3Ch-auM-fL'), { fault: 'length', characters: 14 })
  assert.deepEqual(readCredential('w5tFd-cf6JC2-eivj9-HukHR8z'), { fault: 'length', characters: 23 })
  assert.deepEqual(readCredential('gPt-QmX-3Ch-auM-fL0'), { fault: 'character', at: 15, character: '0' })
  assert.deepEqual(readCredential('gPt-QmX-3Ch-auM-fI𝟏'), { fault: 'character', at: 14, character: 'I' })
  assert.deepEqual(readCredential('gPt-QmX-3Ch-auM-fL9'), { fault: 'check' })
})

test('the 2.0 checksum is taken modulo 53, as belenios-tool 2.0 takes it', () => {
  // Observed: 2.0 derives a key from each of the first five and refuses the last three.
  for (const good of [
    '111-111-111-111-111',
    '111-111-111-111-11v',
    '111-111-111-111-1s4',
    '111-111-111-111-1sy',
    'gPt-QmX-3Ch-auM-fL8',
  ])
    assert.equal(credentialForm(good), '2.0', good)
  for (const bad of ['111-111-111-111-11u', '111-111-111-111-112', '111-111-111-111-121'])
    assert.deepEqual(readCredential(bad), { fault: 'check' }, bad)
})

/** Each single wrong character and each swap of two different characters. */
function* mistypings(characters: string): Generator<string> {
  for (let at = 0; at < characters.length; at++) {
    for (const other of base58Alphabet)
      if (other !== characters[at]) yield characters.slice(0, at) + other + characters.slice(at + 1)
    for (let with_ = at + 1; with_ < characters.length; with_++)
      if (characters[with_] !== characters[at])
        yield `${characters.slice(0, at)}${characters[with_]}${characters.slice(at + 1, with_)}${characters[at]}${characters.slice(with_ + 1)}`
  }
}

test('with its check characters, every single wrong character and every swap of two is refused', () => {
  const random = seeded('mistypings')
  const extremes = ['11111-111111-11111-111111', 'zzzzz-zzzzzz-zzzzz-zzzzzz', '12121-212121-21212-121212']
  for (const credential of [...extremes, ...Array.from({ length: 20 }, () => drawCredential(random))]) {
    const checked = withCheck(credential)
    assert.match(checked, /^.{25}-\w\w$/)
    assert.deepEqual(readCredential(checked), { credential, form: '3.x' })
    let tried = 0
    for (const wrong of mistypings(checked.replaceAll('-', ''))) {
      assert.deepEqual(readCredential(wrong), { fault: 'check' }, wrong)
      tried++
    }
    assert.ok(tried >= 24 * 57, String(tried))
  }
})

test('the two facts that the check rests on: 3361 is prime, and the powers of 58 below the 24th differ modulo it', () => {
  for (let divisor = 2; divisor * divisor <= 3361; divisor++) assert.notEqual(3361 % divisor, 0)
  const powers = new Set<number>()
  for (let at = 0, power = 1; at < 24; at++, power = (power * 58) % 3361) powers.add(power)
  assert.equal(powers.size, 24)
})

test('check characters are for the 3.x form alone', () => {
  assert.throws(() => withCheck('gPt-QmX-3Ch-auM-fL8'), RangeError)
  assert.throws(() => withCheck('w5tFdcf6JC2eivj9HukHR8'), RangeError)
})

test('public credentials are sorted as the tools sort them, whatever order they come in', () => {
  for (const { group: name, sorted } of vectors.flatMap((each) => ('sorted' in each ? [each] : []))) {
    const group = openGroup(name as GroupName)
    const given = sorted!.toReversed().map((element) => ({ element, weight: 1n }))
    assert.deepEqual(
      publicCredentials(group, given).map(({ element }) => element),
      sorted,
    )
    assert.throws(() => publicCredentials(group, [...given, given[1]!]), RangeError)
  }
  assert.deepEqual(publicCredentials(openGroup('Ed25519'), []), [])
})

test('the weight stays with its credential when sorted', () => {
  const group = openGroup('BELENIOS-2048')
  const roll = ['30', '9', '200'].map((element, at) => ({ element, weight: BigInt(at) }))
  assert.deepEqual(publicCredentials(group, roll), [roll[1], roll[0], roll[2]])
})
