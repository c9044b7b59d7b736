import { type Answer, answer } from '../format/ballot.ts'
import type { Proof } from '../format/proof.ts'
import { decodeText, FormatError, list, parseText } from '../format/shape.ts'
import { base64Hash } from '../hash.ts'
import type { Findings, Place } from './findings.ts'
import { readAnswersLeniently } from './lenient.ts'
import type { RuleId } from './rules.ts'

/** What a ballot says, before anything of it is judged. */
export interface BallotText {
  readonly election_uuid: string
  readonly election_hash: string
  readonly credential: string
  readonly answers: readonly Answer[]
  readonly signature: { readonly hash: string; readonly proof: Proof }
  /** b64 of the bytes without the signature: what `signature.hash` must be. */
  readonly hash: string
}

/** So many bytes at most; an election of ten questions with fifty answers each over 2048 bits needs four million. */
export const largestBallot = 16 * 1024 * 1024

const text = '"([^"\\\\]*)"'
const number = '"(0|[1-9]\\d{0,616})"'
const opening = `\\{"election_uuid":${text},"election_hash":${text},"credential":${text},"answers":`
/** The outer fields in their one spelling; between them the answers, which are read by themselves. */
const outer = new RegExp(
  `^${opening}(\\[.*\\]),"signature":\\{"hash":${text},"proof":\\{"challenge":${number},"response":${number}\\}\\}\\}$`,
  's',
)
const credentialAt = new RegExp(`^${opening}`)
const answersShape = list(answer, 1)

/**
 * The credential of a ballot without reading all of it; undefined when its outer fields are not canonical. `uuid`: of
 * the election, which may be long.
 */
export const credentialOf = (body: Uint8Array, uuid: string): string | undefined =>
  credentialAt.exec(decoder.decode(body.subarray(0, 4096 + uuid.length)))?.[3]
const decoder = new TextDecoder()

/**
 * Reads a ballot: the outer fields must be in their one spelling (Belenios demands the same), the answers should be.
 * Undefined when it cannot be read, with a finding.
 */
export function readBallotText(body: Uint8Array, place: Place, findings: Findings): BallotText | undefined {
  const tooLarge = `${body.length} bytes, the limit is ${largestBallot}`
  if (!findings.require('ballot.form', body.length <= largestBallot, place, tooLarge)) return undefined
  const source = textOf(body, 'ballot.form', place, findings)
  if (source === undefined) return undefined
  const match = outer.exec(source)
  const other = 'its outer fields are not those of a ballot in their one spelling'
  if (!findings.require('ballot.canonical', match !== null, place, other)) return undefined
  const [, election_uuid, election_hash, credential, inner, hash, challenge, response] = match! as unknown as string[]

  const parsed = attempt(() => parseText(inner!)).value
  if (!findings.require('ballot.form', parsed !== undefined, place, 'its answers are not JSON')) return undefined
  const again = attempt(() => JSON.stringify(parsed)).value
  // JSON.stringify writes half a character as an escape; no writer of UTF-8 can.
  const same = (again === inner || again?.replaceAll('\x7f', '\\u007f') === inner) && !inner!.includes('\\ud')
  const tokens = same || hasCanonicalTokens(inner!)
  findings.require('ballot.canonical', tokens, { ...place, path: 'answers' }, 'written again, the answers differ')

  const strict = attempt(() => answersShape(parsed, 'answers'))
  const lenient = strict.value ? strict : attempt(() => readAnswersLeniently(parsed))
  const { at, expected } = lenient.error ?? { at: '', expected: '' }
  if (!findings.require('ballot.form', lenient.value !== undefined, { ...place, path: at }, `expected: ${expected}`))
    return undefined
  // A member twice: the last one counts, for Belenios as for JSON.parse.
  const { at: path, expected: usual } = strict.error ?? { at: 'answers', expected: 'each member once' }
  const usualForm = strict.error === undefined && (same || !tokens)
  findings.require('ballot.answers-canonical', usualForm, { ...place, path }, `expected: ${usual}`)
  return {
    election_uuid: election_uuid!,
    election_hash: election_hash!,
    credential: credential!,
    answers: lenient.value!,
    signature: { hash: hash!, proof: { challenge: BigInt(challenge!), response: BigInt(response!) } },
    hash: base64Hash(`${source.slice(0, source.lastIndexOf(',"signature":{"hash":'))}}`),
  }
}

/**
 * Is every token of a JSON text written as it would be written again? Belenios demands that much inside answers: it
 * refuses white space and needless escapes, but not a member that stands twice. Whole numbers may have any length.
 */
function hasCanonicalTokens(json: string): boolean {
  const other = /[[\]{},:]|[-+.\w]+/y
  for (let at = 0; at < json.length; ) {
    const end = json[at] === '"' ? endOfText(json, at) : undefined
    other.lastIndex = at
    const written = end === undefined ? other.exec(json)?.[0] : json.slice(at, end)
    if (written === undefined) return false
    at += written.length
    if (/^[[\]{},:]$|^-?(?:0|[1-9]\d*)$/.test(written)) continue
    const value: unknown = JSON.parse(written)
    if (typeof value === 'string' && !value.isWellFormed()) return false
    if (JSON.stringify(value).replaceAll('\x7f', '\\u007f') !== written) return false
  }
  return true
}

/** Where a text that begins at `from` ends; in a loop, since a regular expression runs out of stack on millions of letters. */
function endOfText(json: string, from: number): number {
  let at = from + 1
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1
  return at + 1
}

/** The text of a record; undefined, with a finding, when its bytes are not UTF-8. */
export function textOf(body: Uint8Array, rule: RuleId, place: Place, findings: Findings): string | undefined {
  const text = attempt(() => decodeText(body)).value
  findings.require(rule, text !== undefined, place, 'it is not UTF-8')
  return text
}

/** A value, or why there is none. */
export function attempt<T>(read: () => T): { value?: T; error?: FormatError } {
  try {
    return { value: read() }
  } catch (error) {
    if (error instanceof FormatError) return { error }
    // SyntaxError of JSON.parse, RangeError of a nesting too deep: hostile input, not a fault of ours.
    if (error instanceof SyntaxError || error instanceof RangeError) return { error: new FormatError('', 'JSON') }
    throw error
  }
}
