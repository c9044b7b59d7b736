import { respellAnswers } from './answers.ts'
import type { Event } from './archive.ts'
import type { Findings } from './findings.ts'
import {
  blankOrNothing,
  blankOrValues,
  type Ciphertext,
  inValues,
  knows,
  product,
  range,
  readCiphertext,
  readProof,
} from './proofs.ts'
import { choices, type Election, type Question, type Setup } from './setup.ts'
import { b64, Reader } from './texts.ts'

/** A ballot by its credential, with its choices question by question. */
export type Ballot = { credential: string; choices: Ciphertext[][] }

/**
 * Judges each ballot and gives back those that can be counted at all: the signature and the proofs of a ballot do not
 * decide that, so that a tally of wrong ballots is found to be consistent where it is.
 */
export function judgeBallots(events: Event[], setup: Setup, findings: Findings): Ballot[] {
  const ballots: Ballot[] = []
  const seen = new Set<string>()
  for (const [k, { data }] of events.entries()) {
    const place = `ballot ${k}`
    const { hash, text } = data[0]!
    findings.counts.ballots += 1
    findings.expect(!seen.has(hash), 'event.duplicate-ballot', place)
    seen.add(hash)
    const ballot = findings.attempt(() => judgeBallot(text, setup, findings, place))
    if (ballot) ballots.push(ballot)
  }
  return ballots
}

/** The last ballot of each credential. */
export function lastOfEach(ballots: Ballot[]): Ballot[] {
  return ballots.filter(({ credential }, k) => !ballots.slice(k + 1).some((later) => later.credential === credential))
}

function judgeBallot(text: string, { election, weights }: Setup, findings: Findings, place: string): Ballot {
  const { group, uuid, phi, questions } = election
  const reader = new Reader('ballot', place)

  // {"election_uuid":S,"election_hash":φ,"credential":G,"answers":[…],"signature":{"hash":S,"proof":{…}}}
  const outside = new Reader('ballot', place, 'ballot.canonical')
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    outside.refuse()
  }
  const ballot = outside.members(parsed, 'election_uuid election_hash credential answers signature')
  const { hash, proof } = outside.members(ballot.signature, 'hash proof')
  const credential = outside.text(ballot.credential)
  // All but the answers is written in one way only, so that the text is HEAD answers TAIL.
  const outer = JSON.stringify({ ...ballot, answers: 0 })
  const tail = `,"signature":${JSON.stringify(ballot.signature)}}`
  const head = outer.slice(0, -tail.length - 1)
  if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length) outside.refuse()
  const raw = text.slice(head.length, -tail.length)
  const { answers, what } = respellAnswers(raw, group, place)
  findings.notCanonical.push(...what.map((kind) => ({ place, what: kind })))

  findings.expect(ballot.election_uuid === uuid, 'ballot.uuid', place)
  findings.expect(ballot.election_hash === phi, 'ballot.fingerprint', place)
  findings.expect(weights.has(credential), 'ballot.credential-unknown', place)
  const publicKey = reader.element(credential, group)
  findings.counts.memberships += 1

  // hash = b64(ballot text without the signature member); challenge = HZ(sig|hash|str(A))
  findings.expect(hash === b64(`${head}${raw}}`), 'ballot.hash', place)
  const signature = readProof(proof, group.q, outside)
  findings.expect(knows(group, publicKey, signature, `sig|${hash}|`), 'ballot.signature', place)
  findings.counts.signatures += 1

  const S0 = `${phi}|${credential}`
  const judged = reader
    .list(answers, questions.length)
    .map((answer, k) => judgeAnswer(answer, questions[k]!, election, S0, findings, `${place}, question ${k}`))
  return { credential, choices: judged }
}

function judgeAnswer(
  value: unknown,
  question: Question,
  { group, y }: Election,
  S0: string,
  findings: Findings,
  place: string,
): Ciphertext[] {
  const reader = new Reader('ballot', place)
  const answer = reader.members(value, 'choices individual_proofs overall_proof blank_proof?')
  if ('blank_proof' in answer !== question.blank) reader.refuse('ballot.shape')
  const proofs = (list: unknown, length: number) =>
    reader.list(list, length).map((proof) => readProof(proof, group.q, reader))

  const ciphertexts = reader
    .list(answer.choices, choices(question))
    .map((choice) => readCiphertext(choice, group, reader))
  findings.counts.memberships += 2 * ciphertexts.length

  // Each choice is 0 or 1, proved with S0.
  const individual = reader.list(answer.individual_proofs, ciphertexts.length)
  for (const [k, choice] of ciphertexts.entries()) {
    const holds = inValues(group, y, S0, choice, [0, 1], proofs(individual[k], 2))
    findings.expect(holds, 'ballot.individual-proof', `${place}, choice ${k}`)
    findings.counts.proofs += 1
  }

  // S = S0|alpha_1,beta_1,alpha_2,beta_2,…
  const S = `${S0}|${ciphertexts.map(({ alpha, beta }) => `${alpha.text},${beta.text}`).join(',')}`
  const { min, max } = question
  const alternatives = Math.max(0, max - min + 1)
  if (question.blank) {
    const flag = ciphertexts[0]!
    const sum = product(group, ciphertexts.slice(1))
    const blank = blankOrNothing(group, y, S, flag, sum, proofs(answer.blank_proof, 2))
    findings.expect(blank, 'ballot.blank-proof', place)
    const overall = proofs(answer.overall_proof, alternatives + 1)
    const holds = blankOrValues(group, y, S, flag, sum, range(min, max), overall)
    findings.expect(holds, 'ballot.overall-proof', place)
    findings.counts.proofs += 2
  } else {
    const overall = proofs(answer.overall_proof, alternatives)
    const holds = inValues(group, y, S, product(group, ciphertexts), range(min, max), overall)
    findings.expect(holds, 'ballot.overall-proof', place)
    findings.counts.proofs += 1
  }
  return ciphertexts
}
