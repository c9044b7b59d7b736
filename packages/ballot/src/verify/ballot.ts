import { choicesOf, type Election } from '../format/election.ts'
import type { Proof } from '../format/proof.ts'
import type { Group } from '../group/group.ts'
import { type BallotText, readBallotText } from './ballot-text.ts'
import type { Findings, Place } from './findings.ts'
import type { BallotTask, Counts } from './judge.ts'
import { normaliseElement } from './lenient.ts'
import { disjunctsOf, elementsOf, hasShape, pathOf, type ReadBallot } from './statements.ts'

/** A ballot that could be read, whose elements are still to be decoded. */
export interface Candidate {
  readonly task: BallotTask
  readonly place: Place
  readonly text: BallotText
  /** As they stand in the ballot, numbered as `elementsOf` does. */
  readonly elements: readonly string[]
}

export const placeOf = (task: BallotTask): Place => ({
  record: task.record,
  offset: task.offset,
  name: `${task.hash}.data.json`,
  kind: 'ballot',
  ballot: task.number,
})

/**
 * Everything that can be said of a ballot without arithmetic: form, election, shape, the hash under its signature.
 * Undefined when its proofs cannot be judged; why not is among the findings.
 */
export function readCandidate(
  task: BallotTask,
  election: Election,
  fingerprint: string,
  order: bigint,
  findings: Findings,
  counts: Counts,
): Candidate | undefined {
  counts.ballots++
  const place = placeOf(task)
  const text = readBallotText(task.body, place, findings)
  if (!text) return undefined
  const at = (path: string): Place => ({ ...place, path })
  findings.require('ballot.uuid', text.election_uuid === election.uuid, at('election_uuid'))
  findings.require('ballot.fingerprint', text.election_hash === fingerprint, at('election_hash'))
  findings.require('ballot.hash', text.signature.hash === text.hash, at('signature.hash'), `it is ${text.hash}`)
  const complete = findings.require(
    'ballot.shape',
    text.answers.length === election.questions.length,
    at('answers'),
    `${text.answers.length} answers to ${election.questions.length} questions`,
  )
  if (!complete) return undefined
  let shaped = true
  for (const [index, q] of election.questions.entries()) {
    const expected = `expected: ${choicesOf(q)} choices, ${choicesOf(q)} × 2 individual, ${disjunctsOf(q)} overall${q.blank ? ', 2 blank' : ''}`
    if (!findings.require('ballot.shape', hasShape(q, text.answers[index]!), at(`answers[${index}]`), expected))
      shaped = false
  }
  if (!shaped) return undefined
  for (const [path, proof] of proofsOf(text))
    findings.require('ballot.scalar', proof.challenge < order && proof.response < order, at(path))
  return { task, place, text, elements: elementsOf(text) }
}

/**
 * The elements of ballots, decoded together. Where a text is not canonical but Belenios would read it, its canonical
 * spelling takes its place, with a finding. Undefined for a ballot with an element that is no member of the group.
 */
export function decodeBallots<E>(
  group: Group<E>,
  election: Election,
  candidates: readonly Candidate[],
  findings: Findings,
  counts: Counts,
): (DecodedBallot<E> | undefined)[] {
  const decoded = group.decodeAll(candidates.flatMap(({ elements }) => elements))
  let first = 0
  return candidates.map((candidate) => {
    const elements = decoded.slice(first, first + candidate.elements.length)
    first += candidate.elements.length
    counts.memberships += candidate.elements.length
    const texts = [...candidate.elements]
    let members = true
    for (const [index, text] of texts.entries()) {
      if (elements[index] !== undefined) continue
      const place = { ...candidate.place, path: pathOf(election.questions, index) }
      // The credential is an outer field: no second spelling there.
      const spelling = index === 0 ? undefined : normaliseElement(group.name, text)
      if (spelling !== undefined && spelling !== text) {
        elements[index] = group.decode(spelling)
        texts[index] = spelling
        const read = elements[index] !== undefined
        findings.require('ballot.answers-canonical', !read, place, 'the element has another spelling')
      }
      if (!findings.require('ballot.membership', elements[index] !== undefined, place)) members = false
    }
    return members ? { candidate, elements: elements as E[], ballot: withElements(candidate.text, texts) } : undefined
  })
}

export interface DecodedBallot<E> {
  readonly candidate: Candidate
  readonly elements: readonly E[]
  /** With canonical texts. */
  readonly ballot: ReadBallot
}

function withElements(text: BallotText, elements: readonly string[]): ReadBallot {
  let next = 1
  const answers = text.answers.map((answer) => ({
    ...answer,
    choices: answer.choices.map(() => ({ alpha: elements[next++]!, beta: elements[next++]! })),
  }))
  return { credential: elements[0]!, answers, hash: text.hash, signature: text.signature.proof }
}

/** Every proof of a ballot with its path. */
function* proofsOf(text: BallotText): Generator<readonly [string, Proof]> {
  for (const [index, answer] of text.answers.entries()) {
    const at = `answers[${index}]`
    for (const [i, proofs] of answer.individual_proofs.entries())
      for (const [j, proof] of proofs.entries()) yield [`${at}.individual_proofs[${i}][${j}]`, proof]
    for (const [j, proof] of answer.overall_proof.entries()) yield [`${at}.overall_proof[${j}]`, proof]
    for (const [j, proof] of (answer.blank_proof ?? []).entries()) yield [`${at}.blank_proof[${j}]`, proof]
  }
  yield ['signature.proof', text.signature.proof]
}
