import { writeBallot, writeUnsigned } from '../format/ballot.ts'
import { type Election, type Question, readElection } from '../format/election.ts'
import type { Proof } from '../format/proof.ts'
import type { Group } from '../group/group.ts'
import { openGroup } from '../group/index.ts'
import { base64Hash } from '../hash.ts'
import { type Random, randomScalar } from '../random.ts'
import { ballotFaults } from './check.ts'
import { ChoiceError, type ChoiceFault, type Choices, choiceFault, countChosen } from './choices.ts'
import { secretExponent } from './credential.ts'
import {
  type Bases,
  type Committed,
  challenges,
  commitDisjunction,
  commitSignature,
  type Disjunct,
  openBases,
} from './proofs.ts'

/** A group element and str of it. */
export type Shown<E> = { readonly element: E; readonly text: string }

/**
 * Every element that a verifier of the ballot needs and would have to compute anew. In the order of their names here, and
 * within each list as the ballot has its proofs, disjunct by disjunct, A before B:
 *
 * 1. per question `ciphertexts` (alpha, beta of each choice, the flag "blank" first), then the `credential`;
 * 2. per question the commitments of the `individual` proofs choice by choice, of the `blank` proof (none where blank
 *    is not allowed), `product` (alpha, beta of all choices multiplied; only where blank is not allowed), `overall`;
 * 3. the commitment of the `signature`.
 *
 * All are public: whoever has the ballot can compute them. They are no secret of the voter's.
 */
export type Commitments<E> = {
  readonly questions: readonly {
    readonly ciphertexts: readonly Shown<E>[]
    readonly individual: readonly Shown<E>[]
    readonly blank: readonly Shown<E>[]
    readonly product: readonly Shown<E>[]
    readonly overall: readonly Shown<E>[]
  }[]
  readonly credential: Shown<E>
  readonly signature: Shown<E>
}

/** Randomness r and plain value m of one ciphertext. Opens the vote to whoever has it. */
export type Opened = { readonly r: bigint; readonly m: number }

export type Encrypted<E = unknown> = {
  /** The ballot as it goes into the archive. */
  readonly text: string
  /** b64 of the text. */
  readonly trackingCode: string
  /** Per question and choice. To be forgotten once the ballot is cast, and given out only to spoil it. */
  readonly secrets: readonly (readonly Opened[])[]
  readonly commitments: Commitments<E>
}

export interface Booth<E = unknown> {
  readonly election: Election
  /** φ */
  readonly fingerprint: string
  readonly group: Group<E>
  /** Why these choices cannot be encrypted; undefined when they can. */
  fault(choices: readonly Choices[]): ChoiceFault | undefined
  /**
   * A ballot for these choices. Throws a ChoiceError for choices that are not allowed, a RangeError for a text that is
   * no credential, and an Error when the source of randomness repeats itself or the ballot does not stand its own check:
   * such a booth must be closed.
   */
  encrypt(credential: string, choices: readonly Choices[], random: Random): Encrypted<E>
}

/**
 * Opens a booth for an election, given as the very text in the archive. Making the tables of g and y takes some
 * milliseconds to some hundred (RFC-3526-2048), so a booth is opened once and serves many voters.
 */
export const openBooth = (electionText: string, options: BoothOptions = {}): Booth =>
  openBoothWith(openGroup(readElection(electionText).group), electionText, options)

/**
 * `check`: each ballot is checked by the formulas of those who will check it, before it is handed out. Costs a few times
 * the encryption; finds a processor or a memory that miscalculates while the voter is still there.
 */
export type BoothOptions = { readonly check?: boolean }

/** As `openBooth`, over a given implementation of the group, which must be fit for secrets. */
export function openBoothWith<E>(group: Group<E>, electionText: string, options: BoothOptions = {}): Booth<E> {
  const election = readElection(electionText)
  if (group.name !== election.group) throw new RangeError(`openBooth: the election's group is ${election.group}`)
  const fingerprint = base64Hash(electionText)
  const key = group.decode(election.public_key)
  if (key === undefined) throw new RangeError('openBooth: the public key of the election is no element of its group')
  if (group.equal(key, group.neutral)) throw new RangeError('openBooth: the public key of the election is 1')
  for (const [at, { answers, min, max }] of election.questions.entries())
    if (min > max || max > answers.length) throw new RangeError(`openBooth: question ${at} cannot be answered`)
  const bases = openBases(group, key)
  const fault = (choices: readonly Choices[]) => choiceFault(election.questions, choices)
  const seen = new Set<string>()
  return {
    election,
    fingerprint,
    group,
    fault,
    encrypt(credential, choices, random) {
      const reason = fault(choices)
      if (reason) throw new ChoiceError(reason)
      const s = secretExponent(group.order, election.uuid, credential)
      const sealed = seal(bases, { election, fingerprint }, s, choices, random)
      for (const { ciphertexts } of sealed.commitments.questions)
        for (let at = 0; at < ciphertexts.length; at += 2) refuseRepetition(seen, ciphertexts[at]!.text)
      const faults = options.check ? ballotFaults(group, electionText, sealed.text) : []
      if (faults.length > 0) throw new Error(`encrypt: the ballot is wrong at ${faults.map(({ at }) => at).join(', ')}`)
      return sealed
    },
  }
}

/** The same alpha twice means the same r twice, and two ballots that betray each other. */
function refuseRepetition(seen: Set<string>, alpha: string): void {
  if (seen.has(alpha)) throw new Error('encrypt: the source of randomness repeats itself')
  seen.add(alpha)
}

type Ground = { readonly election: Election; readonly fingerprint: string }

/** Everything that needs the group, then all texts at once (on the curve they share an inversion), then all hashes. */
function seal<E>(
  bases: Bases<E>,
  { election, fingerprint }: Ground,
  s: bigint,
  choices: readonly Choices[],
  random: Random,
): Encrypted<E> {
  const { group } = bases
  const credential = bases.g.power(s)
  const answers = election.questions.map((question, at) => commitAnswer(bases, question, choices[at]!, random))
  const signer = commitSignature(bases, s, random)

  const shown = showAll(group, [...answers.flatMap(elementsOf), credential, ...signer.commitments])
  const questions = answers.map((answer) => ({
    ciphertexts: shown(answer.ciphertexts),
    individual: shown(answer.individual.flatMap((each) => each.commitments)),
    blank: shown(answer.blank?.commitments ?? []),
    product: shown(answer.product),
    overall: shown(answer.overall.commitments),
  }))
  const [shownCredential, signature] = shown([credential, ...signer.commitments]) as [Shown<E>, Shown<E>]
  // S0
  const statement = `${fingerprint}|${shownCredential.text}`
  const unsigned = {
    election_uuid: election.uuid,
    election_hash: fingerprint,
    credential: shownCredential.text,
    answers: answers.map((answer, at) => proveAnswer(group.order, statement, answer, questions[at]!)),
  }
  const hash = base64Hash(writeUnsigned(unsigned))
  const proof = signer.respond(challenges.signature(group.order, hash, signature.text))[0]!
  const text = writeBallot({ ...unsigned, signature: { hash, proof } })
  return {
    text,
    trackingCode: base64Hash(text),
    secrets: answers.map((answer) => answer.opened),
    commitments: { questions, credential: shownCredential, signature },
  }
}

type Answered<E> = {
  readonly opened: readonly Opened[]
  /** alpha, beta of each choice */
  readonly ciphertexts: readonly E[]
  readonly individual: readonly Committed<E>[]
  readonly blank: Committed<E> | undefined
  /** alpha, beta of the product of all choices, or nothing */
  readonly product: readonly E[]
  readonly overall: Committed<E>
}

const elementsOf = <E>({ ciphertexts, individual, blank, product, overall }: Answered<E>): E[] => [
  ...ciphertexts,
  ...individual.flatMap((each) => each.commitments),
  ...(blank?.commitments ?? []),
  ...product,
  ...overall.commitments,
]

function commitAnswer<E>(bases: Bases<E>, question: Question, choices: Choices, random: Random): Answered<E> {
  const q = bases.group.order
  const opened = choices.map((m): Opened => ({ r: randomScalar(q, random), m }))
  const ciphertexts = opened.flatMap(({ r, m }) => encryptBit(bases, r, m))
  // 4.12 over 0 and 1: the disjunct m is the real one.
  const individual = opened.map(({ r, m }) =>
    commitDisjunction(
      bases,
      [
        { r, excess: m },
        { r, excess: m - 1 },
      ],
      m,
      random,
    ),
  )
  const { blank: m0, chosen } = countChosen(question, choices)
  const counted = question.blank ? opened.slice(1) : opened
  const rSum = counted.reduce((sum, { r }) => sum + r, 0n) % q
  const totals: Disjunct[] = []
  for (let total = question.min; total <= question.max; total++) totals.push({ r: rSum, excess: chosen - total })
  const inRange = chosen - question.min
  if (!question.blank) {
    const product = [0, 1].map((part) =>
      ciphertexts.filter((_, at) => at % 2 === part).reduce((all, each) => bases.group.multiply(all, each)),
    )
    const overall = commitDisjunction(bases, totals, inRange, random)
    return { opened, ciphertexts, individual, blank: undefined, product, overall }
  }
  const r0 = opened[0]!.r
  // 4.13: m_0 = 0 or m_Σ = 0. If both, the first is the real one.
  const blank = commitDisjunction(
    bases,
    [
      { r: r0, excess: m0 },
      { r: rSum, excess: chosen },
    ],
    m0,
    random,
  )
  // 4.13: m_0 = 1 or m_Σ = min … max. If blank, the first is the real one.
  const flag = { r: r0, excess: m0 - 1 }
  const overall = commitDisjunction(bases, [flag, ...totals], [1 + inRange, 0][m0]!, random)
  return { opened, ciphertexts, individual, blank, product: [], overall }
}

/** alpha = g^r, beta = y^r·g^m. Both betas are computed, the index takes one. */
function encryptBit<E>({ group, g, y }: Bases<E>, r: bigint, m: number): E[] {
  const mask = y.power(r)
  const betas = [mask, group.multiply(mask, group.generator)]
  return [g.power(r), betas[m]!]
}

function proveAnswer<E>(q: bigint, s0: string, answer: Answered<E>, shown: Commitments<E>['questions'][number]) {
  const texts = (list: readonly Shown<E>[]) => list.map((each) => each.text)
  const ciphertexts = texts(shown.ciphertexts)
  const statement = `${s0}|${ciphertexts.join(',')}`
  const choices = answer.opened.map((_, at) => ({ alpha: ciphertexts[2 * at]!, beta: ciphertexts[2 * at + 1]! }))
  const individual_proofs = answer.individual.map((each, at): Proof[] => {
    const commitments = texts(shown.individual.slice(4 * at, 4 * at + 4))
    return each.respond(challenges.interval(q, s0, choices[at]!.alpha, choices[at]!.beta, commitments))
  })
  const overall = texts(shown.overall)
  if (!answer.blank) {
    const [alpha, beta] = texts(shown.product)
    const overall_proof = answer.overall.respond(challenges.interval(q, statement, alpha!, beta!, overall))
    return { choices, individual_proofs, overall_proof }
  }
  const overall_proof = answer.overall.respond(challenges.overall(q, statement, overall))
  const blank_proof = answer.blank.respond(challenges.blank(q, statement, texts(shown.blank)))
  return { choices, individual_proofs, overall_proof, blank_proof }
}

/** Encodes all elements together, then hands them out, each with its text, to those who ask in the same order. */
function showAll<E>(group: Group<E>, elements: readonly E[]): (some: readonly E[]) => Shown<E>[] {
  const texts = group.encodeAll(elements)
  let at = 0
  return (some) => some.map((element) => ({ element, text: texts[at++]! }))
}
