import type { Answer } from '../format/ballot.ts'
import type { Ciphertext, Proof } from '../format/proof.ts'
import { FormatError } from '../format/shape.ts'
import type { GroupName } from '../group/group.ts'

/**
 * The answers of a ballot as Belenios reads them (observed, 2.0 and 3.3.0): more than the format. Fields in any order
 * and others beside them, `"blank_proof":null`, numbers with a sign, leading zeros, underscores or a
 * base, points of the curve in capitals. A judge
 * first reads strictly; what only this reader takes is judged by its normalised values and reported as not canonical.
 * Throws a FormatError for what is not even this.
 */
export const readAnswersLeniently = (value: unknown): Answer[] => list(value, 'answers', readAnswer, 1)

function readAnswer(value: unknown, at: string): Answer {
  const { choices, individual_proofs, overall_proof, blank_proof } = members(value, at)
  const proofs = (given: unknown, here: string) => list(given, here, readProof)
  return {
    choices: list(choices, `${at}.choices`, readCiphertext, 1),
    individual_proofs: list(individual_proofs, `${at}.individual_proofs`, proofs, 1),
    overall_proof: proofs(overall_proof, `${at}.overall_proof`),
    ...(blank_proof === undefined || blank_proof === null
      ? {}
      : { blank_proof: proofs(blank_proof, `${at}.blank_proof`) }),
  }
}

function readCiphertext(value: unknown, at: string): Ciphertext {
  const { alpha, beta } = members(value, at)
  if (typeof alpha !== 'string' || typeof beta !== 'string') throw new FormatError(at, 'two texts')
  return { alpha, beta }
}

function readProof(value: unknown, at: string): Proof {
  const { challenge, response } = members(value, at)
  return { challenge: scalar(challenge, `${at}.challenge`), response: scalar(response, `${at}.response`) }
}

function scalar(value: unknown, at: string): bigint {
  const number = typeof value === 'string' ? readNumber(value) : undefined
  if (number === undefined) throw new FormatError(at, 'a number in a text')
  return number
}

/** A whole number, at least 0: `12`, `+12`, `0012`, `1_2`, `0xc`, `0o14`, `0b1100`. Limited to 2048 bits and some filling. */
export function readNumber(text: string): bigint | undefined {
  const match = /^\+?(0[xX][0-9a-fA-F][0-9a-fA-F_]*|0[oO][0-7][0-7_]*|0[bB][01][01_]*|\d[\d_]*)$/.exec(text)
  if (!match || text.length > 4096) return undefined
  const digits = match[1]!.replaceAll('_', '')
  return BigInt(digits.replace(/^0+(?=\d)/, ''))
}

/**
 * The canonical spelling of a group element that Belenios would read; undefined when it would read none. On the curve it
 * takes capitals, but no other number of digits than 64.
 */
export function normaliseElement(group: GroupName, text: string): string | undefined {
  if (group !== 'Ed25519') return readNumber(text)?.toString()
  return /^[0-9a-fA-F]{64}$/.test(text) ? text.toLowerCase() : undefined
}

function members(value: unknown, at: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new FormatError(at, 'an object')
  return value as Record<string, unknown>
}

function list<T>(value: unknown, at: string, read: (entry: unknown, at: string) => T, least = 0): T[] {
  if (!Array.isArray(value) || value.length < least) throw new FormatError(at, `a list of at least ${least}`)
  return value.map((entry, index) => read(entry, `${at}[${index}]`))
}
