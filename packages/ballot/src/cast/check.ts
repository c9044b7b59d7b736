import { type Answer, type Ballot, readBallot, writeUnsigned } from '../format/ballot.ts'
import { choicesOf, type Question, readElection } from '../format/election.ts'
import type { Proof } from '../format/proof.ts'
import { FormatError } from '../format/shape.ts'
import type { Group, Table } from '../group/group.ts'
import { base64Hash } from '../hash.ts'
import { challenges } from './proofs.ts'

/** What does not hold in a ballot, and where: `answers[0].overall_proof`, `signature.hash`. */
export type BallotFault = { readonly at: string; readonly rule: 'form' | 'election' | 'member' | 'proof' | 'signature' }

/** alpha and beta of a ciphertext or of a product. */
type Pair<E> = { readonly alpha: E; readonly beta: E }

/**
 * Checks one ballot as strangers would: from its text, with the left sides of the formulas of the specification, and
 * none of the shortcuts of the one who made it. A booth checks its own ballots with it before it hands them out (a
 * processor that miscalculates is noticed while the voter is there), and so does whoever checks a spoiled one. It is not
 * the verifier of archives: it shares the texts of the challenges with the booth, which the verifier does not.
 *
 * Whether the credential is in the roll is not asked. Only public values are used, so any group will do.
 */
export function ballotFaults<E>(group: Group<E>, electionText: string, ballotText: string): BallotFault[] {
  const election = readElection(electionText)
  const y = group.decode(election.public_key)
  if (y === undefined) throw new RangeError('ballotFaults: the public key of the election is no element of its group')
  let ballot: Ballot
  try {
    ballot = readBallot(ballotText)
  } catch (error) {
    if (error instanceof FormatError) return [{ at: error.at, rule: 'form' }]
    throw error
  }
  const faults: BallotFault[] = []
  const fingerprint = base64Hash(electionText)
  if (ballot.election_uuid !== election.uuid) faults.push({ at: 'election_uuid', rule: 'election' })
  if (ballot.election_hash !== fingerprint) faults.push({ at: 'election_hash', rule: 'election' })
  if (ballot.answers.length !== election.questions.length) return [...faults, { at: 'answers', rule: 'form' }]
  const ground = {
    group,
    g: group.table(group.generator),
    y: group.table(y),
    s0: `${fingerprint}|${ballot.credential}`,
  }
  for (const [at, question] of election.questions.entries())
    faults.push(...answerFaults(ground, question, ballot.answers[at]!, `answers[${at}]`))
  return [...faults, ...signatureFaults(ground, ballot)]
}

type Ground<E> = {
  readonly group: Group<E>
  readonly g: Table<E>
  readonly y: Table<E>
  readonly s0: string
}

function answerFaults<E>(ground: Ground<E>, question: Question, answer: Answer, at: string): BallotFault[] {
  const { group, s0 } = ground
  const count = choicesOf(question)
  const totals = Array.from({ length: question.max - question.min + 1 }, (_, k) => question.min + k)
  if (
    answer.choices.length !== count ||
    answer.individual_proofs.length !== count ||
    (answer.blank_proof !== undefined) !== (question.blank === true)
  )
    return [{ at, rule: 'form' }]
  const pairs: Pair<E>[] = []
  for (const [k, { alpha: alphaText, beta: betaText }] of answer.choices.entries()) {
    const [alpha, beta] = [group.decode(alphaText), group.decode(betaText)]
    if (alpha === undefined || beta === undefined) return [{ at: `${at}.choices[${k}]`, rule: 'member' }]
    pairs.push({ alpha, beta })
  }
  const faults: BallotFault[] = []
  const statement = `${s0}|${answer.choices.map(({ alpha, beta }) => `${alpha},${beta}`).join(',')}`
  const require = (where: string, holds: boolean) => {
    if (!holds) faults.push({ at: `${at}.${where}`, rule: 'proof' })
  }
  for (const [k, pair] of pairs.entries()) {
    const { alpha, beta } = answer.choices[k]!
    const sides = [0, 1].map((value) => ({ pair, value }))
    const challenge = (texts: string[]) => challenges.interval(group.order, s0, alpha, beta, texts)
    require(`individual_proofs[${k}]`, disjunctionHolds(ground, answer.individual_proofs[k]!, sides, challenge))
  }
  const sum = productOf(group, question.blank ? pairs.slice(1) : pairs)
  const inRange = totals.map((value) => ({ pair: sum, value }))
  if (!question.blank) {
    const [alpha, beta] = [group.encode(sum.alpha), group.encode(sum.beta)]
    const challenge = (texts: string[]) => challenges.interval(group.order, statement, alpha, beta, texts)
    require('overall_proof', disjunctionHolds(ground, answer.overall_proof, inRange, challenge))
    return faults
  }
  const flag = pairs[0]!
  const neither = [flag, sum].map((pair) => ({ pair, value: 0 }))
  const blank = (texts: string[]) => challenges.blank(group.order, statement, texts)
  require('blank_proof', disjunctionHolds(ground, answer.blank_proof!, neither, blank))
  const overall = (texts: string[]) => challenges.overall(group.order, statement, texts)
  const either = [{ pair: flag, value: 1 }, ...inRange]
  require('overall_proof', disjunctionHolds(ground, answer.overall_proof, either, overall))
  return faults
}

/** A = g^response·alpha^challenge, B = y^response·(beta/g^value)^challenge, and the challenges add up to their hash. */
function disjunctionHolds<E>(
  { group, g, y }: Ground<E>,
  proofs: readonly Proof[],
  sides: readonly { readonly pair: Pair<E>; readonly value: number }[],
  hash: (commitments: string[]) => bigint,
): boolean {
  const q = group.order
  if (proofs.length !== sides.length || proofs.some((each) => each.challenge >= q || each.response >= q)) return false
  const commitments = proofs.flatMap(({ challenge, response }, k) => {
    const { pair, value } = sides[k]!
    const rest = group.multiply(pair.beta, group.inverse(g.power(BigInt(value))))
    return [g.combine(response, pair.alpha, challenge), y.combine(response, rest, challenge)]
  })
  const sum = proofs.reduce((total, { challenge }) => total + challenge, 0n) % q
  return sum === hash(group.encodeAll(commitments))
}

const productOf = <E>(group: Group<E>, pairs: readonly Pair<E>[]): Pair<E> =>
  pairs.reduce((product, { alpha, beta }) => ({
    alpha: group.multiply(product.alpha, alpha),
    beta: group.multiply(product.beta, beta),
  }))

function signatureFaults<E>({ group, g }: Ground<E>, ballot: Ballot): BallotFault[] {
  const { hash, proof } = ballot.signature
  const credential = group.decode(ballot.credential)
  if (credential === undefined) return [{ at: 'credential', rule: 'member' }]
  if (hash !== base64Hash(writeUnsigned(ballot))) return [{ at: 'signature.hash', rule: 'signature' }]
  const q = group.order
  const commitment = group.encode(g.combine(proof.response, credential, proof.challenge))
  const holds = proof.response < q && proof.challenge === challenges.signature(q, hash, commitment)
  return holds ? [] : [{ at: 'signature.proof', rule: 'signature' }]
}
