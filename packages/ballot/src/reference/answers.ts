import { Refusal } from './findings.ts'
import { type PlainGroup, respellNumber } from './groups.ts'

/**
 * The answers of a ballot, respelt. Belenios accepts inside answers (and only there) other spellings of numbers and
 * elements, members in another order, members that mean nothing or stand twice (the last one counts, as everywhere),
 * and "blank_proof":null; all this was observed with 3.0 and 3.3.0. The vote is the same, but the voter can carry a
 * message on the board: a class of its own in the report. `what` says which.
 */
export function respellAnswers(raw: string, group: PlainGroup, place: string): { answers: unknown; what: string[] } {
  const what = new Set<string>()
  const refuse = (rule = 'ballot.form'): never => {
    throw new Refusal(rule, place)
  }

  let parsed: unknown
  try {
    parsed = JSON.parse(raw)
  } catch {
    refuse()
  }
  // Belenios refuses what it would write otherwise as JSON: white space, an escape that need not be, 1.0 for 1.
  const tokens = raw.match(/[[\]{},:]|"(?:[^"\\]|\\.)*"|[-+.\w]+/g) ?? []
  if (tokens.join('') !== raw || !tokens.every(isCanonical)) refuse('ballot.canonical')
  if (countMembers(parsed) !== tokens.filter((token) => token === ':').length) what.add('member twice')

  const list = (value: unknown, read: (entry: unknown) => unknown) =>
    Array.isArray(value) ? value.map(read) : refuse()

  const members = (value: unknown, names: string[], optional: string[] = []): Record<string, unknown> => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse()
    const given = value as Record<string, unknown>
    if (names.some((name) => !Object.hasOwn(given, name))) refuse()
    const known = [...names, ...optional]
    const present = Object.keys(given)
    if (present.some((name) => !known.includes(name))) what.add('unknown member')
    if (optional.some((name) => given[name] === null)) what.add('null')
    const inOrder = known.filter((name) => present.includes(name))
    if (present.filter((name) => known.includes(name)).join() !== inOrder.join()) what.add('order of members')
    return Object.fromEntries(inOrder.filter((name) => given[name] !== null).map((name) => [name, given[name]]))
  }

  const respelt = (value: unknown, plain: string, kind: string) => {
    if (plain !== value) what.add(kind)
    return plain
  }
  const number = (value: unknown) => {
    const x = typeof value === 'string' ? respellNumber(value) : undefined
    return x === undefined ? refuse() : respelt(value, x.toString(), 'number')
  }
  const element = (value: unknown) =>
    typeof value === 'string' ? respelt(value, group.respell(value), 'element') : refuse()

  const proof = (value: unknown) => {
    const { challenge, response } = members(value, ['challenge', 'response'])
    return { challenge: number(challenge), response: number(response) }
  }
  const ciphertext = (value: unknown) => {
    const { alpha, beta } = members(value, ['alpha', 'beta'])
    return { alpha: element(alpha), beta: element(beta) }
  }
  const proofs = (value: unknown) => list(value, proof)
  const answers = list(parsed, (value) => {
    const answer = members(value, ['choices', 'individual_proofs', 'overall_proof'], ['blank_proof'])
    return {
      choices: list(answer.choices, ciphertext),
      individual_proofs: list(answer.individual_proofs, proofs),
      overall_proof: proofs(answer.overall_proof),
      ...('blank_proof' in answer ? { blank_proof: proofs(answer.blank_proof) } : {}),
    }
  })
  return { answers, what: [...what] }
}

/** Is a token of JSON written as it would be written again? Whole numbers may have any length. */
function isCanonical(token: string): boolean {
  if (/^[[\]{},:]$|^-?(0|[1-9][0-9]*)$/.test(token)) return true
  const value: unknown = JSON.parse(token)
  if (typeof value === 'string' && !value.isWellFormed()) return false
  return JSON.stringify(value).replaceAll('\x7f', '\\u007f') === token
}

function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const own = Array.isArray(value) ? 0 : Object.keys(value).length
  return Object.values(value).reduce<number>((sum, inner) => sum + countMembers(inner), own)
}
