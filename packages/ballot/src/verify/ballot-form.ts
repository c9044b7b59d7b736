import type { Answer } from '../format/ballot.ts'
import { choicesOf, type Election, type Question } from '../format/election.ts'
import type { Proof } from '../format/proof.ts'
import { disjunctsOf, type ReadBallot } from './statements.ts'
import type { TextHash } from './text-hash.ts'

/**
 * How every canonical ballot of an election is written. There is exactly one way: which members stand where is settled
 * by the election, and only elements, numbers and the signature's hash differ. So a ballot is read, and proven to be
 * canonical, in one walk along the texts that never differ. It takes two thirds of the time of reading JSON and writing
 * it again, and leaves no question open about JSON.
 *
 * What it does not take, the plain judge reads in its own way and names the fault. `test/ballot-form.test.ts` shows that
 * both take the same texts.
 */
export type BallotForm = {
  readonly election: Election
  /** φ */
  readonly fingerprint: string
  readonly order: bigint
  /** What never differs, cut where a part begins: one more than `kinds`. */
  readonly literals: readonly string[]
  readonly kinds: readonly Kind[]
  /** Digits of q. */
  readonly digits: number
}

/** A curve element, a residue, a number of Z_q, the signature's hash. */
type Kind = 'point' | 'residue' | 'number' | 'hash'

/** A canonical ballot of the election. */
export type CanonicalBallot = {
  readonly ballot: ReadBallot
  /** The hash that the signature names; `ballot.hash` is the one computed. */
  readonly named: string
}

/** Beyond this many parts (an answer has ten or more) hints would be large: the election is judged the plain way. */
const mostParts = 10_000

/** The form for an election with this fingerprint; undefined when its ballots have too many parts. */
export function ballotForm(election: Election, fingerprint: string, order: bigint): BallotForm | undefined {
  const parts = election.questions.reduce(
    (sum, question) => sum + choicesOf(question) * 6 + (question.blank ? 4 : 0) + disjunctsOf(question) * 2,
    4,
  )
  if (parts > mostParts) return undefined
  const element = election.group === 'Ed25519' ? '<point>' : '<residue>'
  const proof = '{"challenge":"<number>","response":"<number>"}'
  const listOf = (part: string, count: number) => `[${Array(count).fill(part).join(',')}]`
  const answer = (question: Question) => {
    const choices = listOf(`{"alpha":"${element}","beta":"${element}"}`, choicesOf(question))
    const individual = listOf(listOf(proof, 2), choicesOf(question))
    const blank = question.blank ? `,"blank_proof":${listOf(proof, 2)}` : ''
    const overall = listOf(proof, disjunctsOf(question))
    return `{"choices":${choices},"individual_proofs":${individual},"overall_proof":${overall}${blank}}`
  }
  // Neither the uuid (base 58) nor the fingerprint (base 64) nor JSON has the sign "<".
  const whole = [
    `{"election_uuid":"${election.uuid}"`,
    `"election_hash":"${fingerprint}"`,
    `"credential":"${element}"`,
    `"answers":[${election.questions.map(answer).join(',')}]`,
    `"signature":{"hash":"<hash>","proof":${proof}}}`,
  ].join(',')
  const [first, ...rest] = whole.split('<').map((piece) => piece.split('>'))
  const literals = [first![0]!, ...rest.map(([, literal]) => literal!)]
  const kinds = rest.map(([kind]) => kind as Kind)
  return { election, fingerprint, order, literals, kinds, digits: order.toString().length }
}

/** Reads a canonical ballot of the election, its numbers below q; undefined for any other text. */
export function readForm(form: BallotForm, text: string, hash: TextHash): CanonicalBallot | undefined {
  const parts = readParts(form, text)
  if (!parts) return undefined
  let at = 0
  let below = true
  const next = () => parts[at++]!
  const proof = (): Proof => {
    const challenge = BigInt(next())
    const response = BigInt(next())
    below &&= challenge < form.order && response < form.order
    return { challenge, response }
  }
  const times = <T>(count: number, part: () => T): T[] => {
    const all: T[] = []
    for (let k = 0; k < count; k++) all.push(part())
    return all
  }
  const pair = () => [proof(), proof()]
  const credential = next()
  const answers = form.election.questions.map((question): Answer => {
    const count = choicesOf(question)
    const choices = times(count, () => ({ alpha: next(), beta: next() }))
    const individual_proofs = times(count, pair)
    const overall_proof = times(disjunctsOf(question), proof)
    return { choices, individual_proofs, overall_proof, ...(question.blank ? { blank_proof: pair() } : {}) }
  })
  const named = next()
  const tail = signatureLength + parts[at]!.length + parts[at + 1]!.length
  const signature = proof()
  if (!below) return undefined
  const unsigned = `${text.slice(0, text.length - tail)}}`
  return { ballot: { credential, answers, hash: hash(unsigned, 'base64'), signature }, named }
}

/** `,"signature":{"hash":"…","proof":{"challenge":"","response":""}}}` without the two numbers. */
const signatureLength = `,"signature":{"hash":"${'-'.repeat(43)}","proof":{"challenge":"","response":""}}}`.length

/** What stands between the literals, each part of its kind; undefined when something else is there. */
function readParts({ literals, kinds, digits }: BallotForm, text: string): string[] | undefined {
  const parts: string[] = []
  let at = 0
  for (let k = 0; k < kinds.length; k++) {
    const literal = literals[k]!
    if (!text.startsWith(literal, at)) return undefined
    at += literal.length
    const end = endOf(kinds[k]!, text, at, digits)
    if (end === undefined) return undefined
    parts.push(text.slice(at, end))
    at = end
  }
  const last = literals[kinds.length]!
  return text.length === at + last.length && text.endsWith(last) ? parts : undefined
}

/** Where a part of that kind ends which begins at `from`; undefined when there is none. */
function endOf(kind: Kind, text: string, from: number, digits: number): number | undefined {
  if (kind === 'point') return areAll(text, from, from + 64, isLowerHex)
  if (kind === 'hash') return areAll(text, from, from + 43, isBase64)
  let end = from
  while (isDigit(text.charCodeAt(end)) && end - from <= 617) end++
  const length = end - from
  const zero = text.charCodeAt(from) === 48
  if (kind === 'residue') return length > 0 && length <= 617 && !zero ? end : undefined
  return length > 0 && length <= digits && (!zero || length === 1) ? end : undefined
}

function areAll(text: string, from: number, end: number, isOne: (code: number) => boolean): number | undefined {
  // Beyond the end charCodeAt gives NaN, which is none of them.
  for (let k = from; k < end; k++) if (!isOne(text.charCodeAt(k))) return undefined
  return end
}

const isDigit = (code: number) => code >= 48 && code <= 57
const isLowerHex = (code: number) => isDigit(code) || (code >= 97 && code <= 102)
const isBase64 = (code: number) =>
  isDigit(code) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 43 || code === 47
