import type { Data } from './archive.ts'
import { type Findings, Unsupported } from './findings.ts'
import { type Element, type PlainGroup, plainGroup } from './groups.ts'
import { b64, Reader } from './texts.ts'
import { judgeTrustees, type Trustees } from './trustees.ts'

export type Question = { answers: number; blank: boolean; min: number; max: number }
export type Election = {
  uuid: string
  /** The fingerprint: b64(raw text of the election). */
  phi: string
  group: PlainGroup
  /** The key that votes are encrypted to. */
  y: Element
  questions: Question[]
}
export type Setup = { election: Election; trustees: Trustees /** credential → weight */; weights: Map<string, bigint> }

/** Choices in a ballot: the blank flag first, where there is one, then the answers. */
export const choices = (question: Question): number => question.answers + (question.blank ? 1 : 0)

export function judgeSetup(data: Data[], findings: Findings): Setup | undefined {
  const reader = new Reader('record', 'setup', 'record.shape')
  const names = 'election trustees credentials credentials_certificate?'
  const setup = reader.members(reader.parse(data.at(-1)!.text, 'record.canonical'), names)
  const named = Object.values(setup)
  const recorded = data.slice(0, -1).map(({ hash }) => hash)
  const inOrder = named.join() === recorded.join()
  const there = named.every((hash) => recorded.includes(hash as string))
  findings.expect(there, 'record.missing', 'setup')
  findings.expect(inOrder || !there, named.length < recorded.length ? 'record.unreferenced' : 'record.order', 'setup')
  if (!inOrder) return undefined
  if ('credentials_certificate' in setup) throw new Unsupported('setup: a certificate of the credentials')
  const election = findings.attempt(() => readElection(data[0]!.text))
  if (!election) return undefined
  const weights = findings.attempt(() => readCredentials(data[2]!.text, election.group, findings))
  const trustees = findings.attempt(() => judgeTrustees(data[1]!.text, election.group, findings))
  // y = ∏ public keys of Single · ∏ over Pedersen of ∏ A_{i,0}
  if (trustees) findings.expect(trustees.y.text === election.y.text, 'election.public-key', 'election')
  return trustees && weights && { election, trustees, weights }
}

function readElection(text: string): Election {
  const reader = new Reader('election', 'election')
  const value = reader.parse(text)
  if (typeof value === 'object' && value !== null && 'version' in value && value.version !== 1)
    throw new Unsupported(`election: version ${JSON.stringify(value.version)}`)
  const election = reader.members(
    value,
    'version description name group public_key questions uuid administrator? credential_authority? language?',
  )
  for (const name of ['description', 'name', 'administrator', 'credential_authority', 'language'])
    if (name in election) reader.text(election[name])
  const uuid = reader.text(election.uuid)
  if (!/^[1-9A-HJ-NP-Za-km-z]{14,}$/.test(uuid)) reader.refuse()
  const group = plainGroup(reader.text(election.group))
  if (!group) throw new Unsupported(`election: group ${election.group}`)
  const y = group.read(reader.text(election.public_key)) ?? reader.refuse('election.public-key')
  const questions = reader.list(election.questions).map(readQuestion)
  if (questions.length === 0) reader.refuse()
  return { uuid, phi: b64(text), group, y, questions }
}

function readQuestion(value: unknown, index: number): Question {
  const reader = new Reader('election', `question ${index}`)
  if (typeof value === 'object' && value !== null && 'type' in value)
    throw new Unsupported(`${reader.place}: type ${JSON.stringify(value.type)}`)
  const question = reader.members(value, 'answers blank? min max question')
  const answers = reader.list(question.answers)
  for (const text of [...answers, question.question]) reader.text(text)
  if (answers.length === 0 || !['undefined', 'boolean'].includes(typeof question.blank)) reader.refuse()
  // Limits that no ballot can keep are no fault: Belenios makes such elections too, and nobody can vote in them.
  const [min, max] = [reader.whole(question.min), reader.whole(question.max)]
  return { answers: answers.length, blank: question.blank === true, min, max }
}

/** ["str" or "str,weight", …]: each a member of the group, none twice. */
function readCredentials(text: string, group: PlainGroup, findings: Findings): Map<string, bigint> {
  const reader = new Reader('credential', 'credentials')
  const weights = new Map<string, bigint>()
  for (const [k, line] of reader.list(reader.parse(text)).entries()) {
    const place = `credential ${k}`
    const [, credential = '', weight = '1'] =
      /^([0-9a-f]+)(?:,(0|[1-9][0-9]{0,76}))?$/.exec(reader.text(line)) ?? reader.refuse()
    findings.expect(group.read(credential) !== undefined, 'credential.membership', place)
    findings.counts.memberships += 1
    // Everybody knows the secret of g^0.
    findings.expect(credential !== group.one.text, 'credential.neutral', place)
    findings.expect(!weights.has(credential), 'credential.duplicate', place)
    weights.set(credential, BigInt(weight))
  }
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0n)
  // A result n is known from g^n only as long as it is below q.
  findings.expect(total < group.q, 'credential.weight', 'credentials')
  findings.counts.voters = weights.size
  return weights
}
