import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawUuid, type ElectionDraft, electionFaults, makeElection } from '../src/election.ts'
import { type Question, readElection } from '../src/format/election.ts'
import { openGroup } from '../src/group/index.ts'
import { base64Hash } from '../src/hash.ts'
import { ask, keyedElection } from './keyed-election.ts'
import { seeded } from './seeded.ts'

const { draft } = keyedElection('Ed25519', [ask(2), ask(3, 0, 2, 1)])
const uuid = drawUuid(seeded('uuid'))
/** Faults as "at: rule". */
const faults = (changes: Partial<ElectionDraft>) =>
  electionFaults({ ...draft, ...changes }).map(({ at, rule }) => `${at}: ${rule}`)
const asking = (...questions: Question[]) => faults({ questions })

test('the text of an election reads back as it was made, and its fingerprint is that of the text', () => {
  const full = { ...draft, administrator: 'Panitia', credentialAuthority: 'Pengawas', language: 'id' }
  for (const each of [draft, full]) {
    const { text, fingerprint, election } = makeElection(each, uuid)
    assert.deepEqual(readElection(text), election)
    assert.equal(fingerprint, base64Hash(text))
    assert.equal(election.uuid, uuid)
  }
  assert.match(
    makeElection(full, uuid).text,
    /"administrator":"Panitia","credential_authority":"Pengawas","language":"id"}$/,
  )
})

test('a uuid is 14 characters of base 58, and two differ', () => {
  const random = seeded('uuids')
  const drawn = Array.from({ length: 50 }, () => drawUuid(random))
  for (const each of drawn) assert.match(each, /^[1-9A-HJ-NP-Za-km-z]{14}$/)
  assert.equal(new Set(drawn).size, 50)
})

test('an election that can be held has no fault: one answer, min 0, min = max = all, letters of all scripts', () => {
  assert.deepEqual(asking(ask(1)), [])
  assert.deepEqual(asking(ask(3, 0, 3)), [])
  assert.deepEqual(asking(ask(3, 3, 3, 1)), [])
  assert.deepEqual(faults({ name: 'Pilkadès 𝟙 – “satu/dua” \\ "tiga" ꦗꦮ', description: 'satu\ndua' }), [])
})

test('each thing that stands against an election is named', () => {
  assert.deepEqual(faults({ name: ' ' }), ['name: empty'])
  assert.deepEqual(faults({ administrator: '' }), ['administrator: empty'])
  assert.deepEqual(faults({ name: 'a\tb' }), ['name: control character'])
  assert.deepEqual(faults({ name: 'a\nb' }), ['name: control character'])
  assert.deepEqual(faults({ description: 'a\rb' }), ['description: control character'])
  assert.deepEqual(faults({ name: 'a\x7f' }), ['name: control character'])
  assert.deepEqual(faults({ name: 'a\ud835' }), ['name: half a character'])
  assert.deepEqual(asking(), ['questions: empty'])
  assert.deepEqual(asking({ ...ask(1), answers: [] }), [
    'questions[0].answers: empty',
    'questions[0]: max above answers',
  ])
  assert.deepEqual(asking(ask(2), { ...ask(2), answers: ['A', 'A'] }), ['questions[1].answers[1]: twice'])
  assert.deepEqual(asking({ ...ask(2), answers: ['A', ''] }), ['questions[0].answers[1]: empty'])
  assert.deepEqual(asking({ ...ask(2), question: '' }), ['questions[0].question: empty'])
  assert.deepEqual(asking(ask(3, 2, 1)), ['questions[0]: min above max'])
  assert.deepEqual(asking(ask(3, -1, 1)), ['questions[0]: min above max'])
  assert.deepEqual(asking(ask(3, 0.5, 1)), ['questions[0]: min above max'])
  assert.deepEqual(asking(ask(3, 0, 0)), ['questions[0]: max is 0'])
  assert.deepEqual(asking(ask(3, 0, 4)), ['questions[0]: max above answers'])
})

test('a public key that is no element of the group, or 1, is no key', () => {
  const group = openGroup('Ed25519')
  const noKey = ['publicKey: no element']
  for (const publicKey of ['', '0', 'f'.repeat(64), group.encode(group.neutral), draft.publicKey.toUpperCase()])
    assert.deepEqual(faults({ publicKey }), noKey, publicKey)
  assert.deepEqual(faults({ group: 'BELENIOS-2048' }), noKey)
})

test('nothing is made of a draft with a fault, nor with a uuid that is none', () => {
  assert.throws(() => makeElection({ ...draft, name: '' }, uuid), /"at":"name","rule":"empty"/)
  for (const wrong of ['', 'short', '0OIl1234567890', `${uuid}-`])
    assert.throws(() => makeElection(draft, wrong), RangeError)
})
