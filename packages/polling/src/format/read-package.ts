import {
  type Election,
  FormatError,
  keysOf,
  openGroup,
  readCredentials,
  readElection,
  readTrustees,
  type Trustee,
} from '@melayani/ballot'
import { electionKey } from '@melayani/ballot/trustee'
import type { Candidate, ElectionPackage, PollingRules } from './election-package.ts'
import { packageKind } from './election-package.ts'
import { packageShape, signedShape } from './package-shape.ts'
import { hashOf, type Signature, type Signed, signatureHolds } from './signed.ts'

/** What can be wrong with an election package. Each is a reason not to open a polling place with it. */
export const packageRules = [
  'package.form', // it is not JSON of the shape of an election package
  'signature.centre', // no signature of the centre that holds
  'signature.committee',
  'signature.strange', // a signature under it does not hold, or is of somebody else
  'trusted.centre', // the centre's key is not the one that was confirmed on this device
  'trusted.committee',
  'candidates.numbers', // not 1, 2, 3 … in this order
  'candidates.photo', // the photograph is not the one of the hash
  'candidates.proof', // what the candidate signed is not this number, name and photograph
  'candidates.empty-box', // an empty box stands against exactly one candidate, after them
  'election.form', // the text of the election cannot be read
  'election.question', // not one question, choose exactly one, blank allowed
  'election.answers', // an answer is not "number. name" of the candidate in that place
  'election.key', // the trustees do not give the election's key
  'trustees.form',
  'trustees.names', // not one name for each key, by owner number from 1
  'trustees.threshold', // not the threshold group that the keys say
  'trustees.outside', // nobody from outside must help to open the tally
  'credentials.form',
  'pool.size', // tokens said and credentials given differ
  'pool.hash',
  'pool.repeated', // a credential stands twice, or has another weight than 1
  'pool.small', // fewer tokens than voters
  'roll.count', // more additional voters than voters
  'officers.chair', // no chair
  'officers.two', // fewer than two officers of the polling place (chair and members)
  'officers.repeated', // an id or a key stands twice
  'officers.witness', // a witness of no candidate
  'rules.hours', // closes before it opens, or a zone nobody knows
  'rules.quorum', // a share above one
] as const
export type PackageRule = (typeof packageRules)[number]
export type PackageFault = { readonly rule: PackageRule; readonly at: string }

export type ReadPackage =
  | {
      readonly ok: true
      readonly package: ElectionPackage
      /** hashOf of the text. */
      readonly hash: string
      /** The signed document as it came. */
      readonly signed: Signed
      readonly election: Election
      readonly trustees: readonly Trustee[]
    }
  | { readonly ok: false; readonly faults: readonly PackageFault[] }

/** Keys which people have compared with the printed ones on this device's first start. */
export type TrustedKeys = { readonly centre: string; readonly committee: string }

/**
 * Reads a signed election package and names everything that is wrong with it (R33, R37, R68). Without `trusted` the keys
 * are those that the package itself names: the caller then shows their `shortHash` and has them confirmed by eye.
 */
export function readPackage(given: unknown, trusted?: TrustedKeys): ReadPackage {
  const signed = signedShape.safeParse(given)
  if (!signed.success) return refused('package.form', placeOf(signed.error.issues[0]?.path))
  const { text, signatures } = signed.data
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return refused('package.form', 'text')
  }
  const shaped = packageShape.strict().safeParse(parsed)
  if (!shaped.success) return refused('package.form', placeOf(shaped.error.issues[0]?.path))
  const content: ElectionPackage = shaped.data

  const faults: PackageFault[] = []
  const demand = (rule: PackageRule, at: string, holds: boolean) => {
    if (!holds) faults.push({ rule, at })
  }
  signatureFaults(text, signatures, content, trusted, demand)
  candidateFaults(content, demand)
  const { election, trustees } = ballotFaults(content, demand)
  officerFaults(content, demand)
  ruleFaults(content, demand)
  if (faults.length > 0 || !election || !trustees) return { ok: false, faults }
  return { ok: true, package: content, hash: hashOf(text), signed: signed.data, election, trustees }
}

type Demand = (rule: PackageRule, at: string, holds: boolean) => void

const refused = (rule: PackageRule, at: string): ReadPackage => ({ ok: false, faults: [{ rule, at }] })
const placeOf = (path: readonly PropertyKey[] | undefined) => path?.map(String).join('.') || 'package'

function signatureFaults(
  text: string,
  signatures: readonly Signature[],
  { centre, committee }: ElectionPackage,
  trusted: TrustedKeys | undefined,
  demand: Demand,
) {
  for (const [role, key] of [
    ['centre', centre.key],
    ['committee', committee.key],
  ] as const) {
    const own = signatures.filter((each) => each.role === role && each.key === key)
    demand(
      `signature.${role}`,
      'signatures',
      own.length > 0 && own.every((each) => signatureHolds(packageKind, text, each)),
    )
    if (trusted) demand(`trusted.${role}`, `${role}.key`, trusted[role] === key)
  }
  // One key for both would let one hand sign for two.
  demand('signature.committee', 'committee.key', centre.key !== committee.key)
  for (const [at, each] of signatures.entries()) {
    const known =
      (each.role === 'centre' && each.key === centre.key) || (each.role === 'committee' && each.key === committee.key)
    demand('signature.strange', `signatures.${at}`, known)
  }
}

/** The proof sheet a candidate signs: what stands on the ballot for them, in this election (R37). Kind `candidate-proof/1`. */
export const candidateProofKind = 'candidate-proof/1'
export const candidateProofText = (election: string, { number, name, photoHash }: Candidate): string =>
  JSON.stringify({ election, number, name, photo: photoHash ?? null })

function candidateFaults({ candidates, election }: ElectionPackage, demand: Demand) {
  for (const [at, each] of candidates.entries()) {
    const place = `candidates.${at}`
    demand('candidates.numbers', `${place}.number`, each.number === at + 1)
    const photo = each.photo === undefined ? undefined : bytesOf(each.photo)
    demand(
      'candidates.photo',
      `${place}.photo`,
      each.photo === undefined ? each.photoHash === undefined : photo !== undefined && hashOf(photo) === each.photoHash,
    )
    if (each.proof)
      demand(
        'candidates.proof',
        `${place}.proof`,
        signatureHolds(candidateProofKind, candidateProofText(election.id, each), { ...each.proof, role: 'witness' }),
      )
    demand('candidates.empty-box', place, !each.emptyBox || (at === 1 && candidates.length === 2 && !each.photo))
  }
}

function bytesOf(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  } catch {
    return undefined
  }
}

/** What stands in the archive for a candidate. Screen, slip, ballot, tally and plano all write it so. */
export const answerOf = ({ number, name }: Pick<Candidate, 'number' | 'name'>): string => `${number}. ${name}`

function ballotFaults(content: ElectionPackage, demand: Demand): { election?: Election; trustees?: Trustee[] } {
  const election = readOr(() => readElection(content.ballot.election))
  demand('election.form', 'ballot.election', election !== undefined)
  const trustees = readOr(() => readTrustees(content.ballot.trustees))
  demand('trustees.form', 'ballot.trustees', trustees !== undefined)
  const credentials = readOr(() => readCredentials(content.ballot.credentials))
  demand('credentials.form', 'ballot.credentials', credentials !== undefined)
  if (election) questionFaults(election, content.candidates, demand)
  if (election && trustees) trusteeFaults(content, election, trustees, demand)
  if (credentials) {
    const { pool, roll, ballot } = content
    demand('pool.size', 'pool.size', credentials.length === pool.size)
    demand('pool.hash', 'pool.hash', hashOf(ballot.credentials) === pool.hash)
    demand('pool.small', 'pool.size', pool.size >= roll.count)
    const elements = credentials.map(({ element }) => element)
    demand('pool.repeated', 'ballot.credentials', new Set(elements).size === elements.length)
    demand(
      'pool.repeated',
      'ballot.credentials',
      credentials.every(({ weight }) => weight === 1n),
    )
  }
  demand('roll.count', 'roll.additional', content.roll.additional <= content.roll.count)
  return { ...(election && { election }), ...(trustees && { trustees }) }
}

function questionFaults({ questions }: Election, candidates: readonly Candidate[], demand: Demand) {
  const [question] = questions
  demand(
    'election.question',
    'ballot.election.questions',
    questions.length === 1 && question?.min === 1 && question.max === 1 && question.blank === true,
  )
  const answers = question?.answers ?? []
  demand('election.answers', 'ballot.election.questions.0.answers', answers.length === candidates.length)
  for (const [at, each] of candidates.entries())
    demand('election.answers', `ballot.election.questions.0.answers.${at}`, answers[at] === answerOf(each))
}

function trusteeFaults(
  { trustees: named, threshold }: ElectionPackage,
  election: Election,
  trustees: readonly Trustee[],
  demand: Demand,
) {
  const key = readOr(() => electionKey(openGroup(election.group), trustees))
  demand('election.key', 'ballot.election.public_key', key === election.public_key)
  const keys = keysOf(trustees)
  const inOrder = named.length === keys.length && named.every(({ owner }, at) => owner === at + 1)
  demand('trustees.names', 'trustees', inOrder)
  const groups = trustees.flatMap((each) => (each[0] === 'Pedersen' ? [each[1]] : []))
  const [group] = groups
  const fits = group?.threshold === threshold.needed && group.verification_keys.length === threshold.of
  demand('trustees.threshold', 'threshold', groups.length === 1 && fits)
  // A Single key must help whatever the others do, so it is the one that must not sit at the polling place (T25).
  let owner = 0
  const singles = trustees.flatMap((each) => {
    owner += each[0] === 'Single' ? 1 : each[1].verification_keys.length
    return each[0] === 'Single' ? [owner] : []
  })
  const outside = new Set(named.flatMap((each) => (each.outside ? [each.owner] : [])))
  demand(
    'trustees.outside',
    'trustees',
    singles.some((each) => outside.has(each)),
  )
}

function officerFaults({ officers, candidates }: ElectionPackage, demand: Demand) {
  demand(
    'officers.chair',
    'officers',
    officers.some(({ role }) => role === 'chair'),
  )
  demand('officers.two', 'officers', officers.filter(({ role }) => role === 'chair' || role === 'officer').length >= 2)
  for (const [at, each] of officers.entries()) {
    const first = officers.findIndex(({ id, key }) => id === each.id || key === each.key)
    demand('officers.repeated', `officers.${at}`, first === at)
    if (each.role === 'witness' || each.candidate !== undefined) {
      const known = candidates.some(({ number }) => number === each.candidate)
      demand('officers.witness', `officers.${at}`, each.role === 'witness' && known)
    }
  }
}

/** What readers would refuse of the rules of a package that is still to be made: nobody should hold a ceremony for these. */
export function faultsOfRules(given: PollingRules): PackageFault[] {
  const shaped = packageShape.shape.rules.strict().safeParse(given)
  if (!shaped.success)
    return shaped.error.issues.map(({ path }) => ({ rule: 'package.form', at: placeOf(['rules', ...path]) }))
  const faults: PackageFault[] = []
  ruleFaults({ rules: shaped.data }, (rule, at, holds) => {
    if (!holds) faults.push({ rule, at })
  })
  return faults
}

function ruleFaults({ rules }: Pick<ElectionPackage, 'rules'>, demand: Demand) {
  demand('rules.hours', 'rules.closes', rules.opens < rules.closes)
  demand(
    'rules.hours',
    'rules.zone',
    readOr(() => new Intl.DateTimeFormat('en', { timeZone: rules.zone })) !== undefined,
  )
  if (rules.quorum) demand('rules.quorum', 'rules.quorum', rules.quorum[0] <= rules.quorum[1])
}

/** What a reader of the archive's texts refuses is a fault of the package; anything else is a fault of ours. */
function readOr<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof FormatError || error instanceof RangeError || /not an element/.test(String(error)))
      return undefined
    throw error
  }
}
