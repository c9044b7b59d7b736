import { deepEqual, equal, notEqual } from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readBallot } from '../src/format/ballot.ts'
import { readElection } from '../src/format/election.ts'
import { openGroup } from '../src/group/index.ts'
import { base64Hash } from '../src/hash.ts'
import { ballotForm, readForm } from '../src/verify/ballot-form.ts'
import { hasShape } from '../src/verify/statements.ts'
import { plainTextHash } from '../src/verify/text-hash.ts'
import { ballotsOf, textOf } from './hinted.ts'
import { ask } from './keyed-election.ts'

async function opened(name: string) {
  const { context, tasks } = await ballotsOf(name)
  const election = readElection(context.election)
  const { order } = openGroup(election.group)
  const form = ballotForm(election, base64Hash(context.election), order)!
  /** What strict reading and the plain judge's checks of shape make of a text. */
  const strictly = (text: string) => {
    try {
      const { election_uuid, election_hash, credential, answers, signature } = readBallot(text)
      const proofs = [signature.proof, ...answers.flatMap((answer) => Object.values(answer).slice(1).flat(2))]
      const element = election.group === 'Ed25519' ? /^[0-9a-f]{64}$/ : /^[1-9]\d{0,616}$/
      const elements = [credential, ...answers.flatMap(({ choices }) => choices.flatMap(Object.values))]
      const sound =
        election_uuid === election.uuid &&
        election_hash === base64Hash(context.election) &&
        answers.length === election.questions.length &&
        answers.every((answer, k) => hasShape(election.questions[k]!, answer)) &&
        proofs.every((proof) => 'challenge' in proof && proof.challenge < order && proof.response < order) &&
        elements.every((each) => element.test(each)) &&
        /^[A-Za-z0-9+/]{43}$/.test(signature.hash)
      const hash = base64Hash(`${text.slice(0, text.lastIndexOf(',"signature":'))}}`)
      return sound
        ? { ballot: { credential, answers, hash, signature: signature.proof }, named: signature.hash }
        : undefined
    } catch {
      return undefined
    }
  }
  return { form, strictly, texts: tasks.map(textOf) }
}

const single = await opened('3.0-single')
const names = ['3.0-questions', '3.0-blank', '3.0-one-candidate', '3.0-ten-candidates', '2.0-single', '2.0-rfc3526']

for (const name of names)
  test(`${name}: the form of the election reads each ballot as strict reading does`, async () => {
    const { form, strictly, texts } = await opened(name)
    notEqual(texts.length, 0)
    for (const text of texts) {
      const read = readForm(form, text, plainTextHash)
      notEqual(read, undefined)
      deepEqual({ ...read }, strictly(text))
    }
  })

test('A text altered in one place is taken by the form exactly when strict reading takes it, with the same values', async () => {
  const { form, strictly, texts } = await opened('3.0-questions')
  let taken = 0
  fc.assert(
    fc.property(
      fc.nat(texts.length - 1),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      fc.constantFrom(...'0123456789abcdefAF",:{}[] \n+-/_é\x7f'),
      fc.constantFrom('replace', 'insert', 'remove', 'swap'),
      (which, where, character, act) => {
        const text = texts[which]!
        const at = Math.floor(where * text.length)
        const altered =
          act === 'replace'
            ? text.slice(0, at) + character + text.slice(at + 1)
            : act === 'insert'
              ? text.slice(0, at) + character + text.slice(at)
              : act === 'remove'
                ? text.slice(0, at) + text.slice(at + 1)
                : text.slice(0, at) +
                  text
                    .slice(at, at + 2)
                    .split('')
                    .reverse()
                    .join('') +
                  text.slice(at + 2)
        const read = readForm(form, altered, plainTextHash)
        if (read) taken++
        deepEqual(read, strictly(altered))
      },
    ),
    { numRuns: 3000, seed: 4 },
  )
  // A changed digit leaves the form in order: both ways were taken.
  equal([taken > 0, taken < 3000].join(), 'true,true')
})

test('Numbers at the order of the group are not below it: q - 1 is read, q and more are not', async () => {
  const { form, texts } = await opened('3.0-single')
  const q = form.order
  const withChallenge = (value: bigint) => texts[0]!.replace(/"challenge":"\d+"/, `"challenge":"${value}"`)
  equal(readForm(form, withChallenge(0n), plainTextHash)?.ballot.answers[0]?.individual_proofs[0]?.[0]?.challenge, 0n)
  equal(
    readForm(form, withChallenge(q - 1n), plainTextHash)?.ballot.answers[0]?.individual_proofs[0]?.[0]?.challenge,
    q - 1n,
  )
  for (const value of [q, q + 1n, q * 10n, 10n ** 100n])
    equal(readForm(form, withChallenge(value), plainTextHash), undefined)
})

test('A number with a zero before it is another spelling, 0 itself is not', () => {
  for (const [spelling, isRead] of [
    ['0', true],
    ['00', false],
    ['07', false],
    ['7', true],
    ['', false],
  ] as const)
    equal(
      readForm(single.form, single.texts[0]!.replace(/"response":"\d+"/, `"response":"${spelling}"`), plainTextHash) !==
        undefined,
      isRead,
    )
})

test('An election with more parts than an expression should have gets no form; one just below reads its own ballots', () => {
  const election = (answers: number, max: number) => ({
    ...{
      version: 1 as const,
      description: '',
      name: '',
      group: 'Ed25519' as const,
      public_key: '',
      uuid: 'a'.repeat(14),
    },
    questions: [ask(answers, 0, max)],
  })
  const { order } = openGroup('Ed25519')
  equal(ballotForm(election(2000, 1), 'x', order), undefined)
  equal(ballotForm(election(2, Number.MAX_SAFE_INTEGER), 'x', order), undefined)
  equal(ballotForm(election(2, 0), 'x', order)?.kinds.length, 1 + 4 + 8 + 2 + 1 + 2)
  // Limits that nobody can keep: an overall proof of nothing.
  equal(ballotForm({ ...election(2, 2), questions: [ask(2, 3, 2)] }, 'x', order)?.kinds.length, 1 + 4 + 8 + 0 + 1 + 2)
  const form = ballotForm(election(490, 490), 'x', order)!
  const proof = '{"challenge":"1","response":"2"}'
  const of = (part: string, count: number) => `[${Array(count).fill(part).join()}]`
  const point = '0'.repeat(64)
  const answer = `{"choices":${of(`{"alpha":"${point}","beta":"${point}"}`, 490)},"individual_proofs":${of(of(proof, 2), 490)},"overall_proof":${of(proof, 491)}}`
  const text = `{"election_uuid":"${'a'.repeat(14)}","election_hash":"x","credential":"${point}","answers":[${answer}],"signature":{"hash":"${'h'.repeat(43)}","proof":${proof}}}`
  equal(readForm(form, text, plainTextHash)?.ballot.answers[0]?.choices.length, 490)
})
