import { Refusal } from './findings.ts'
import { type PlainGroup, respellNumber } from './groups.ts'

/**
 * The answers of a ballot, respelt. Belenios accepts inside answers (and only there) other spellings of numbers and
 * elements, members in another order, members that mean nothing, and "blank_proof":null. The vote is the same, but the
 * voter can carry a message on the board: a class of its own in the report.
 */
export function respellAnswers(raw: string, group: PlainGroup, place: string): { answers: unknown; what: string[] } {
  const rule = 'ballot.canonical'
  const refuse = (): never => {
    throw new Refusal(rule, place)
  }
  const what = new Set<string>()

  // White space is refused by Belenios too; a member that stands twice would leave open which of the two counts.
  if (/\s/.test(raw.replace(/"(?:[^"\\]|\\.)*"/g, '""'))) refuse()
  let parsed: unknown
  try {
    parsed = JSON.parse(raw)
  } catch {
    refuse()
  }
  if (countMembers(parsed) !== [...raw.matchAll(/"(?:[^"\\]|\\.)*"(:)?/g)].filter((match) => match[1]).length) refuse()

  const list = (value: unknown, read: (entry: unknown) => unknown) =>
    Array.isArray(value) ? value.map(read) : refuse()

  const members = (value: unknown, names: string[], optional: string[] = []): Record<string, unknown> => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse()
    const given = value as Record<string, unknown>
    if (names.some((name) => !Object.hasOwn(given, name))) refuse()
    const known = [...names, ...optional]
    if (Object.keys(given).some((name) => !known.includes(name))) what.add('unknown member')
    if (optional.some((name) => given[name] === null)) what.add('null')
    const present = Object.keys(given).filter((name) => known.includes(name))
    const inOrder = known.filter((name) => present.includes(name))
    if (present.join() !== inOrder.join()) what.add('order of members')
    return Object.fromEntries(inOrder.filter((name) => given[name] !== null).map((name) => [name, given[name]]))
  }

  const respell = (value: unknown, plain: string | undefined, kind: string) => {
    if (plain === undefined) return refuse()
    if (plain !== value) what.add(kind)
    return plain
  }
  const number = (value: unknown) =>
    typeof value === 'string' ? respell(value, respellNumber(value)?.toString(), 'number') : refuse()
  const element = (value: unknown) =>
    typeof value === 'string' ? respell(value, group.respell(value), 'element') : refuse()

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
  // What is left: a letter written as \u0041, say.
  if (what.size === 0 && JSON.stringify(answers) !== raw) what.add('escape')
  return { answers, what: [...what] }
}

function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const own = Array.isArray(value) ? 0 : Object.keys(value).length
  return Object.values(value).reduce<number>((sum, inner) => sum + countMembers(inner), own)
}
