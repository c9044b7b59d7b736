import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytesSource } from '../src/archive/index.ts'
import type { Question } from '../src/format/election.ts'
import { verify } from '../src/verify/verify.ts'
import { forge } from './forge.ts'
import { quickGroup } from './quick-group.ts'

/** What a report names: rule and path. */
async function named(bytes: Uint8Array): Promise<string[]> {
  const { findings } = await verify(bytesSource(bytes), { openGroup: quickGroup })
  return findings.map(({ rule, place }) => `${rule} ${place.path ?? ''}`.trim())
}

/** A point of order 8 of edwards25519, in the spelling of the format. */
const order8 = '7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7'

const blankQuestion: Question = { answers: ['Setuju'], blank: true, min: 1, max: 1, question: 'Setuju, atau kosong?' }
const plain = forge()
const withBlank = forge({ questions: [blankQuestion] })
const q = plain.group.order
const honest = plain.ballot(0, [1])
const honestBlank = withBlank.ballot(0, [1, 0])

// biome-ignore lint/suspicious/noExplicitAny: somebody who forges a ballot keeps to no type
type Change = (ballot: Record<string, any>) => void
/** Changed and signed again by the voter, so that nothing but what was changed is wrong. */
const resigned = (change: Change) => plain.open(plain.resign(honest, 0, (unsigned) => changed(unsigned, change)))
const resignedBlank = (change: Change) =>
  withBlank.open(withBlank.resign(honestBlank, 0, (unsigned) => changed(unsigned, change)))
/** Changed by somebody who cannot sign. */
const unsigned = (change: Change) => plain.open(changed(honest, change))
const respelt = (from: string | RegExp, to: string) =>
  plain.open(plain.resign(honest, 0, (text) => replaced(text, from, to)))

function changed(text: string, change: Change): string {
  const value = JSON.parse(text)
  change(value)
  const again = JSON.stringify(value)
  assert.notEqual(again, text)
  return again
}
function replaced(text: string, from: string | RegExp, to: string): string {
  assert.notEqual(text.replace(from, to), text)
  return text.replace(from, to)
}
const next = (number: string) => ((BigInt(number) + 1n) % q).toString()
const above = (number: string) => (BigInt(number) + q).toString()
const counts = ['count.proofs', 'count.memberships', 'count.signatures']
const alpha = 'answers[0].choices[0].alpha'

const cases: [what: string, bytes: () => Uint8Array, findings: string[]][] = [
  ['an honest ballot', () => plain.open(honest), []],
  ['an honest blank one', () => withBlank.open(honestBlank), []],
  ['an honest one where blank is allowed', () => withBlank.open(withBlank.ballot(1, [0, 1])), []],
  ['signed again by its voter', () => plain.open(plain.resign(honest, 0, (text) => text)), []],
  [
    'a ballot for another election',
    () => resigned((b) => (b.election_uuid = 'another111111111')),
    ['ballot.uuid election_uuid'],
  ],
  [
    'a ballot with another fingerprint',
    () => resigned((b) => (b.election_hash = b.election_hash.toLowerCase())),
    ['ballot.fingerprint election_hash'],
  ],
  [
    'a credential that is in no roll',
    () => plain.open(plain.ballot('stranger', [1])),
    ['ballot.credential-unknown credential'],
  ],
  [
    'the ballot of one under the credential of another, who signs it',
    () => plain.open(plain.resign(honest, 1, (text) => replaced(text, plain.elements[0]!, plain.elements[1]!))),
    ['ballot.individual-proof answers[0].individual_proofs[0]', 'ballot.overall-proof answers[0].overall_proof'],
  ],
  [
    'a proof that a choice is 0 or 1 is wrong',
    () =>
      resigned(({ answers: [a] }) => (a.individual_proofs[0][1].response = next(a.individual_proofs[0][1].response))),
    ['ballot.individual-proof answers[0].individual_proofs[0]'],
  ],
  [
    'its challenge is wrong',
    () =>
      resigned(({ answers: [a] }) => (a.individual_proofs[0][0].challenge = next(a.individual_proofs[0][0].challenge))),
    ['ballot.individual-proof answers[0].individual_proofs[0]'],
  ],
  [
    'the proof of the number of choices is wrong',
    () => resigned(({ answers: [a] }) => (a.overall_proof[1].response = next(a.overall_proof[1].response))),
    ['ballot.overall-proof answers[0].overall_proof'],
  ],
  [
    'the proof that it is blank or chooses is wrong',
    () => resignedBlank(({ answers: [a] }) => (a.blank_proof[0].response = next(a.blank_proof[0].response))),
    ['ballot.blank-proof answers[0].blank_proof'],
  ],
  [
    'the proof of the number of choices is wrong where blank is allowed',
    () => resignedBlank(({ answers: [a] }) => (a.overall_proof[0].challenge = next(a.overall_proof[0].challenge))),
    ['ballot.overall-proof answers[0].overall_proof'],
  ],
  [
    'a number not below q, Belenios 3.0 accepts it in a signature',
    () => unsigned((b) => (b.signature.proof.response = above(b.signature.proof.response))),
    ['ballot.scalar signature.proof'],
  ],
  [
    'a number not below q in a proof',
    () => resigned(({ answers: [a] }) => (a.overall_proof[0].response = above(a.overall_proof[0].response))),
    ['ballot.scalar answers[0].overall_proof[0]'],
  ],
  [
    'a number not below q in a proof of blank',
    () => resignedBlank(({ answers: [a] }) => (a.blank_proof[1].challenge = above(a.blank_proof[1].challenge))),
    ['ballot.scalar answers[0].blank_proof[1]'],
  ],
  [
    'a number not below q in a proof of a choice',
    () =>
      resigned(
        ({ answers: [a] }) => (a.individual_proofs[0][0].challenge = above(a.individual_proofs[0][0].challenge)),
      ),
    ['ballot.scalar answers[0].individual_proofs[0][0]'],
  ],
  [
    'a wrong signature',
    () => unsigned((b) => (b.signature.proof.response = next(b.signature.proof.response))),
    ['ballot.signature signature.proof'],
  ],
  [
    'another hash under the signature',
    () => unsigned((b) => (b.signature.hash = b.signature.hash.replace(/^./, (c: string) => (c === 'A' ? 'B' : 'A')))),
    ['ballot.hash signature.hash'],
  ],
  [
    'a point of order 8 for a choice',
    () => resigned(({ answers: [a] }) => (a.choices[0].alpha = order8)),
    [`ballot.membership ${alpha}`, 'count.proofs', 'count.signatures'],
  ],
  [
    'a point of order 8 for a credential',
    () => plain.open(replaced(honest, plain.elements[0]!, order8)),
    [
      'ballot.credential-unknown credential',
      'ballot.hash signature.hash',
      'ballot.membership credential',
      'count.proofs',
      'count.signatures',
    ],
  ],
  [
    'no point at all',
    () => resigned(({ answers: [a] }) => (a.choices[0].beta = 'halo')),
    ['ballot.membership answers[0].choices[0].beta', 'count.proofs', 'count.signatures'],
  ],
  ['an answer too many', () => resigned((b) => b.answers.push(b.answers[0])), ['ballot.shape answers', ...counts]],
  [
    'a choice too many',
    () => resigned(({ answers: [a] }) => a.choices.push(a.choices[0])),
    ['ballot.shape answers[0]', ...counts],
  ],
  [
    'a proof too many',
    () => resigned(({ answers: [a] }) => a.individual_proofs.push(a.individual_proofs[0])),
    ['ballot.shape answers[0]', ...counts],
  ],
  [
    'three disjuncts for one choice',
    () => resigned(({ answers: [a] }) => a.individual_proofs[0].push(a.individual_proofs[0][0])),
    ['ballot.shape answers[0]', ...counts],
  ],
  [
    'an overall proof too short',
    () => resigned(({ answers: [a] }) => a.overall_proof.pop()),
    ['ballot.shape answers[0]', ...counts],
  ],
  [
    'a proof of blank where none is asked for',
    () => resigned(({ answers: [a] }) => (a.blank_proof = a.overall_proof)),
    ['ballot.shape answers[0]', ...counts],
  ],
  [
    'no proof of blank where one is',
    () => resignedBlank(({ answers: [a] }) => delete a.blank_proof),
    ['ballot.shape answers[0]', ...counts],
  ],
  ['no answers', () => resigned((b) => (b.answers = [])), ['ballot.form answers', ...counts]],
  ['an answer that is a text', () => resigned((b) => (b.answers[0] = 'Setuju')), ['ballot.form answers[0]', ...counts]],
  ['answers that are no JSON', () => respelt('"choices":[', '"choices":[,'), ['ballot.form', ...counts]],
  [
    'white space between outer fields',
    () => respelt(',"credential"', ', "credential"'),
    ['ballot.canonical', ...counts],
  ],
  [
    'outer fields in another order',
    () =>
      plain.open(
        changed(honest, (b) => {
          const { answers } = b
          delete b.answers
          b.answers = answers
        }),
      ),
    ['ballot.canonical', ...counts],
  ],
  [
    'a leading zero in the signature',
    () => plain.open(replaced(honest, /"response":"(\d+)"\}\}\}$/, '"response":"0$1"}}}')),
    ['ballot.canonical', ...counts],
  ],
  [
    'white space in the answers, as Belenios refuses it',
    () => respelt('"choices":[', '"choices": ['),
    ['ballot.canonical answers'],
  ],
  [
    'a member twice, one of them with an escape',
    () => respelt('"choices":[', '"choices":"\\u0061","choices":['),
    ['ballot.canonical answers'],
  ],
  [
    'a number with a fraction',
    () => respelt('"choices":[', '"note":1.0,"choices":['),
    ['ballot.canonical answers', 'ballot.answers-canonical answers[0].choices'],
  ],
  [
    'half a character',
    () => respelt('"choices":[', '"note":"\\ud800","choices":['),
    ['ballot.canonical answers', 'ballot.answers-canonical answers[0].choices'],
  ],
  ['a text with an escape', () => respelt('"alpha"', '"\\u0061lpha"'), ['ballot.canonical answers']],
  [
    'bytes that are not UTF-8',
    () => plain.open(honest.replace('"answers"', '"answers\xff"')),
    ['ballot.form', ...counts],
  ],
]

for (const [what, bytes, findings] of cases)
  test(`${what}: ${findings.length === 0 ? 'sound' : findings.map((each) => each.split(' ')[0]).join(', ')}`, async () => {
    assert.deepEqual(await named(bytes()), findings)
  })
