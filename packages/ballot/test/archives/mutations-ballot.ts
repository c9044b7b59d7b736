import { belenios2048 } from '../../src/group/parameters.ts'
import {
  type AnswerText,
  alter,
  type BallotText,
  blank,
  edit,
  known,
  leaveGroup,
  plusOne,
  type Sheet,
  timesG,
} from './alter.ts'
import { ed } from './forge.ts'
import type { Mutation } from './mutations.ts'

/** An open election with one ballot, whose text is changed, and signed again by its voter unless it says not. */
export const ballotText = (change: (text: string, sheet: Sheet) => string, signed = true, name = blank) =>
  alter(name, (sheet) => {
    sheet.events.splice(2)
    const text = change(sheet.events[1]!.texts[0]!, sheet)
    sheet.events[1]!.texts = [signed ? sheet.forge.sign(text) : text]
    return undefined
  })
export const ballot = (change: (value: BallotText) => void, signed?: boolean, name?: string) =>
  ballotText((text) => edit(text, change), signed, name)
const answer = (change: (value: AnswerText) => void) => ballot(({ answers }) => change(answers[0]!))
export const within = (from: string | RegExp, to: string) =>
  ballotText((text) => {
    const at = text.indexOf('"answers"')
    const changed = text.slice(at).replace(from, to)
    if (changed === text.slice(at)) throw new Error(`nothing to replace: ${from}`)
    return text.slice(0, at) + changed
  })
export const ballotMutations: Mutation[] = [
  { name: 'an open election with one ballot', bytes: ballotText((text) => text, false), rules: [], verdict: 'sound' },
  { name: 'the same, signed again', bytes: ballotText((text) => text), rules: [], verdict: 'sound' },
  { name: 'a ballot that is no JSON', bytes: ballotText(() => 'x', false), rules: ['ballot.canonical'] },
  {
    name: 'a ballot without its credential',
    bytes: ballotText((text) => text.replace(/"credential":"\w+",/, ''), false),
    rules: ['ballot.canonical'],
  },
  {
    name: 'a number in place of an answer',
    bytes: ballot((value) => Object.assign(value, { answers: [0] })),
    rules: ['ballot.form'],
  },
  {
    name: 'a space behind the identifier',
    bytes: ballotText((text) => text.replace(',"election_hash"', ', "election_hash"'), false),
    rules: ['ballot.canonical'],
  },
  { name: 'a space inside the answers', bytes: within('"beta"', ' "beta"'), rules: ['ballot.canonical'] },
  {
    name: 'a line break behind the ballot',
    bytes: ballotText((text) => `${text}\n`, false),
    rules: ['ballot.canonical'],
  },
  { name: 'a letter inside the answers as \\u', bytes: within('"beta"', '"\\u0062eta"'), rules: ['ballot.canonical'] },
  { name: 'a number as JSON', bytes: within(/"challenge":"(\d+)"/, '"challenge":$1'), rules: ['ballot.form'] },
  { name: 'a number with a space', bytes: within('"challenge":"', '"challenge":" '), rules: ['ballot.form'] },
  { name: 'a negative number', bytes: within('"challenge":"', '"challenge":"-'), rules: ['ballot.form'] },
  {
    name: 'an element with a leading zero, which Belenios does not accept on the curve',
    bytes: within('"alpha":"', '"alpha":"0'),
    rules: ['ballot.membership'],
  },
  {
    name: 'an identifier spelt with \\u',
    bytes: ballotText((text) => text.replace('"election_uuid":"', '"election_uuid":"\\u0031'), false),
    rules: ['ballot.canonical'],
  },
  {
    name: 'the identifier of another election',
    bytes: ballot((value) => {
      value.election_uuid = `${value.election_uuid}1`
    }),
    rules: ['ballot.uuid'],
  },
  {
    name: 'the fingerprint of another election',
    bytes: ballot((value) => {
      value.election_hash = value.election_hash.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))
    }),
    rules: ['ballot.fingerprint'],
  },
  {
    name: 'a ballot of somebody who was taken off the roll',
    bytes: alter(blank, (sheet) => {
      sheet.events.splice(2)
      sheet.setup[2] = JSON.stringify([ed.g.text])
      return undefined
    }),
    rules: ['ballot.credential-unknown'],
  },
  {
    name: 'the ballot of one voter under the credential of another',
    bytes: alter(known, (sheet) => {
      sheet.events.splice(3)
      const [first, second] = [1, 2].map((k) => JSON.parse(sheet.events[k]!.texts[0]!) as BallotText)
      sheet.events.splice(2)
      sheet.events[1]!.texts = [sheet.forge.sign(JSON.stringify({ ...first!, credential: second!.credential }))]
      return undefined
    }),
    rules: ['ballot.individual-proof', 'ballot.overall-proof'],
  },
  {
    name: 'no answer',
    bytes: ballot((value) => {
      value.answers = []
    }),
    rules: ['ballot.shape'],
    or: 'ballot.form',
  },
  {
    name: 'two answers to one question',
    bytes: ballot(({ answers }) => void answers.push(answers[0]!)),
    rules: ['ballot.shape'],
  },
  { name: 'a choice too few', bytes: answer((value) => void value.choices.pop()), rules: ['ballot.shape'] },
  {
    name: 'a choice too many',
    bytes: answer(({ choices }) => void choices.push(choices[0]!)),
    rules: ['ballot.shape'],
  },
  {
    name: 'a proof for a choice left out',
    bytes: answer((value) => void value.individual_proofs.pop()),
    rules: ['ballot.shape'],
  },
  {
    name: 'half a proof for a choice',
    bytes: answer((value) => void value.individual_proofs[0]!.pop()),
    rules: ['ballot.shape'],
  },
  {
    name: 'a third alternative for a choice',
    bytes: answer(({ individual_proofs: [a] }) => void a!.push(a![0]!)),
    rules: ['ballot.shape'],
  },
  {
    name: 'no proof of the sum',
    bytes: answer((value) => {
      value.overall_proof = []
    }),
    rules: ['ballot.shape'],
  },
  {
    name: 'an alternative too many for the sum',
    bytes: answer(({ overall_proof: p }) => void p.push(p[0]!)),
    rules: ['ballot.shape'],
  },
  {
    name: 'no proof that it is blank or not',
    bytes: answer((value) => {
      value.blank_proof = undefined
    }),
    rules: ['ballot.shape'],
  },
  {
    name: 'a proof about blank where blank is not allowed',
    bytes: ballot(
      ({ answers: [a] }) => {
        a!.blank_proof = a!.overall_proof
      },
      true,
      known,
    ),
    rules: ['ballot.shape'],
  },
  {
    name: 'a challenge larger by q',
    bytes: answer(({ overall_proof: [p] }) => {
      p!.challenge = `${BigInt(p!.challenge) + ed.q}`
    }),
    rules: ['ballot.scalar'],
  },
  {
    name: 'a response of the signature larger by q',
    bytes: ballot(({ signature: { proof } }) => {
      proof.response = `${BigInt(proof.response) + ed.q}`
    }, false),
    rules: ['ballot.scalar'],
  },
  {
    name: 'a choice outside the group by a point of order 2',
    bytes: answer(({ choices: [c] }) => {
      c!.alpha = leaveGroup(c!.alpha)
    }),
    rules: ['ballot.membership'],
  },
  {
    name: 'a credential outside the group by a point of order 2',
    bytes: ballot((value) => {
      value.credential = leaveGroup(value.credential)
    }, false),
    rules: ['ballot.credential-unknown', 'ballot.membership'],
  },
  {
    name: 'a choice with the other sign modulo p, which nobody signed',
    bytes: ballot(
      ({ answers: [a] }) => {
        const [c] = a!.choices
        c!.alpha = `${belenios2048.p - BigInt(c!.alpha)}`
      },
      false,
      '2.0-known',
    ),
    rules: ['ballot.hash', 'ballot.membership'],
  },
  {
    name: 'a choice that is no point',
    bytes: answer(({ choices: [c] }) => {
      c!.beta = `${'0'.repeat(63)}2`
    }),
    rules: ['ballot.membership'],
  },
  {
    name: 'an individual proof with another response',
    bytes: answer(({ individual_proofs: [a] }) => {
      a![1]!.response = plusOne(a![1]!.response)
    }),
    rules: ['ballot.individual-proof'],
  },
  {
    name: 'an individual proof with its alternatives exchanged',
    bytes: answer(({ individual_proofs: [a] }) => void a!.reverse()),
    rules: ['ballot.individual-proof'],
  },
  {
    name: 'a proof of the sum with another challenge',
    bytes: answer(({ overall_proof: p }) => {
      p[0]!.challenge = plusOne(p[0]!.challenge)
    }),
    rules: ['ballot.overall-proof'],
  },
  {
    name: 'a proof of the sum with another response, where blank is not allowed',
    bytes: ballot(
      ({ answers: [a] }) => {
        a!.overall_proof[0]!.response = plusOne(a!.overall_proof[0]!.response)
      },
      true,
      known,
    ),
    rules: ['ballot.overall-proof'],
  },
  {
    name: 'a proof about blank with another response',
    bytes: answer(({ blank_proof: p }) => {
      p![1]!.response = plusOne(p![1]!.response)
    }),
    rules: ['ballot.blank-proof'],
  },
  {
    name: 'a hundred votes in one choice',
    bytes: answer(({ choices: [, c] }) => {
      c!.beta = timesG(c!.beta, 100n)
    }),
    // Every proof hashes all choices of the answer or the one that was changed.
    rules: ['ballot.individual-proof', 'ballot.blank-proof', 'ballot.overall-proof'],
  },
  {
    name: 'another hash under the signature',
    bytes: ballot(({ signature }) => {
      signature.hash = signature.hash.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))
    }, false),
    rules: ['ballot.hash', 'ballot.signature'],
  },
  {
    name: 'a signature with another response',
    bytes: ballot(({ signature: { proof } }) => {
      proof.response = plusOne(proof.response)
    }, false),
    rules: ['ballot.signature'],
  },
  {
    name: 'answers changed after they were signed, though the vote is the same',
    bytes: ballotText((text) => text.replace('"overall_proof":[', '"note":"x","overall_proof":['), false),
    rules: ['ballot.hash'],
    notCanonical: 'unknown member',
  },
]
