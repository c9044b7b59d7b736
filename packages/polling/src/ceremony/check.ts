import {
  type Election,
  kernelsOnce,
  keysOf,
  platformRandom,
  readElection,
  readTrustees,
  type Trustee,
} from '@melayani/ballot'
import { ArchiveWriter, bytesSource } from '@melayani/ballot/archive'
import { verify } from '@melayani/ballot/verify'
import { electionFingerprint, hashOf, signatureHolds } from '../format/index.ts'
import { type CeremonyAnswer, ceremonyKind, readAnswer } from './answer.ts'
import { commitmentOf, trusteeKeyKind, trusteeKeyText } from './key-card.ts'
import { type CeremonyOrder, readOrder } from './order.ts'
import { peopleOf, trusteesOf } from './people.ts'

/** All that can be wrong with what a ceremony answered. */
export const ceremonyRules = [
  'ceremony.order', // the order itself cannot be held
  'ceremony.form', // no answer of this format
  'ceremony.other-order', // the answer to another order, election or mode
  'ceremony.committee', // not the committee's key, or the committee has not signed
  'ceremony.signature', // a signature under it does not hold
  'ceremony.strange-signature', // signed by a card that this ceremony did not make
  'ceremony.witness', // nobody but the committee has signed
  'ceremony.officers', // other officers than ordered
  'ceremony.officer-key', // two officers with one key
  'ceremony.tps', // other polling places than ordered
  'ceremony.election', // the election's text: group, question, answers
  'ceremony.uuid', // two polling places with one uuid
  'ceremony.setup', // what the verifier of archives refuses: keys, proofs, credentials
  'ceremony.trustees', // other trustees than ordered, or another threshold
  'ceremony.owner', // no signature of a trustee's card under their key
  'ceremony.commitment', // coefficients that are not those committed to
  'ceremony.pool', // another number of tokens than ordered, or another hash
  'ceremony.credential', // one credential at two polling places, or with a weight
] as const
export type CeremonyRule = (typeof ceremonyRules)[number]
export type CeremonyFault = { readonly rule: CeremonyRule; readonly at: string; readonly detail?: string }

/**
 * Everything that stands against taking the answer of a ceremony: nothing is believed because a laptop said so. Pure (the
 * promise is that of the verifier). Empty: the package may be built of it.
 */
export async function checkCeremony(orderText: string, answerText: string): Promise<CeremonyFault[]> {
  const faults: CeremonyFault[] = []
  const require = (rule: CeremonyRule, holds: boolean, at: string, detail?: string) => {
    if (!holds) faults.push({ rule, at, ...(detail === undefined ? {} : { detail }) })
  }
  const ordered = readOrder(orderText)
  if (!ordered.ok) return ordered.faults.map(({ rule, at }) => ({ rule: 'ceremony.order', at, detail: rule }))
  const read = readAnswer(answerText)
  if (!read) return [{ rule: 'ceremony.form', at: '' }]
  const { order, hash } = ordered
  const { signed, answer } = read

  require('ceremony.other-order', answer.order === hash, 'order')
  require('ceremony.other-order', answer.election === order.election.id, 'election')
  require('ceremony.other-order', answer.mode === order.mode, 'mode')
  checkSignatures(order, answer, signed, require)
  checkOfficers(order, answer, require)
  const same = (a: readonly unknown[], b: readonly unknown[]) => JSON.stringify(a) === JSON.stringify(b)
  const placesOf = (list: readonly { id: string; number: number }[]) => list.map(({ id, number }) => [id, number])
  require('ceremony.tps', same(placesOf(answer.tps), placesOf(order.tps)), 'tps')
  if (faults.some(({ rule }) => rule === 'ceremony.tps')) return faults

  const seen = new Map<string, string>()
  const uuids = new Set<string>()
  for (const [at, tps] of answer.tps.entries()) {
    const election = electionOf(tps.election)
    require('ceremony.election', election !== undefined && asks(election, order), `tps.${at}.election`)
    if (!election) continue
    require('ceremony.uuid', !uuids.has(election.uuid), `tps.${at}.election`)
    uuids.add(election.uuid)
    const findings = await setupFindings(tps)
    for (const finding of findings) require('ceremony.setup', false, `tps.${at}.${finding.at}`, finding.rule)
    // What cannot be read needs no further word.
    if (findings.length > 0) continue
    checkTrustees(order, answer, at, require)
    const credentials = JSON.parse(tps.credentials) as string[]
    const pool = { size: credentials.length, hash: hashOf(tps.credentials) }
    require('ceremony.pool', pool.size === order.tps[at]!.pool && tps.pool.size === pool.size, `tps.${at}.pool.size`)
    require('ceremony.pool', tps.pool.hash === pool.hash, `tps.${at}.pool.hash`)
    for (const [place, credential] of credentials.entries()) {
      const fine = !credential.includes(',') && !seen.has(credential)
      require('ceremony.credential', fine, `tps.${at}.credentials[${place}]`, seen.get(credential))
      seen.set(credential, `tps.${at}`)
    }
  }
  return faults
}

type Require = (rule: CeremonyRule, holds: boolean, at: string, detail?: string) => void

function checkSignatures(
  order: CeremonyOrder,
  answer: CeremonyAnswer,
  { text, signatures }: NonNullable<ReturnType<typeof readAnswer>>['signed'],
  require: Require,
): void {
  const named = new Set([
    answer.committee.key,
    ...answer.officers.map(({ key }) => key),
    ...answer.tps.flatMap(({ owners }) => owners.map(({ signature }) => signature.key)),
  ])
  for (const [at, signature] of signatures.entries()) {
    require('ceremony.signature', signatureHolds(ceremonyKind, text, signature), `signatures.${at}`)
    require('ceremony.strange-signature', named.has(signature.key), `signatures.${at}`)
  }
  const committee = answer.officers.find(({ id }) => id === peopleOf(order).committee)
  require('ceremony.committee', committee === undefined || committee.key === answer.committee.key, 'committee.key')
  require('ceremony.committee', signatures.some(({ key }) => key === answer.committee.key), 'signatures')
  require('ceremony.witness', signatures.some(({ key }) => key !== answer.committee.key), 'signatures')
}

function checkOfficers(order: CeremonyOrder, answer: CeremonyAnswer, require: Require): void {
  const line = ({ id, name, role, candidate, tps }: CeremonyOrder['officers'][number]) =>
    JSON.stringify([id, name, role, candidate, tps])
  const ordered = order.officers.map(line)
  const given = answer.officers.map(line)
  require('ceremony.officers', JSON.stringify(given) === JSON.stringify(ordered), 'officers')
  const keys = answer.officers.map(({ key }) => key)
  for (const [at, key] of keys.entries())
    require('ceremony.officer-key', keys.indexOf(key) === at, `officers.${at}.key`)
}

function electionOf(text: string): Election | undefined {
  try {
    return readElection(text)
  } catch {
    return undefined
  }
}

/** One question, choose exactly one of the candidates in their order, blank allowed (R8, R37). */
function asks({ group, questions }: Election, order: CeremonyOrder): boolean {
  const [question] = questions
  return (
    group === order.group &&
    questions.length === 1 &&
    question!.min === 1 &&
    question!.max === 1 &&
    question!.blank === true &&
    JSON.stringify(question!.answers) ===
      JSON.stringify(order.candidates.map(({ number, name }) => `${number}. ${name}`))
  )
}

/** Public values only. */
const kernels = kernelsOnce(platformRandom)

/** What the verifier of archives says of an archive that holds nothing but this setup. */
async function setupFindings({
  election,
  trustees,
  credentials,
}: CeremonyAnswer['tps'][number]): Promise<{ rule: string; at: string }[]> {
  const writer = new ArchiveWriter()
  let bytes: Uint8Array
  try {
    bytes = Buffer.concat([writer.begin(1_000_000_000), writer.setup({ election, trustees, credentials })])
  } catch (error) {
    return [{ rule: 'archive.write', at: error instanceof Error ? error.message : '' }]
  }
  const report = await verify(bytesSource(new Uint8Array(bytes)), { openGroup: kernels, profile: 'pilkades' })
  return report.findings.map(({ rule, place }) => ({ rule, at: `${place.kind ?? ''} ${place.path ?? ''}`.trim() }))
}

function checkTrustees(order: CeremonyOrder, answer: CeremonyAnswer, at: number, require: Require): void {
  const tps = answer.tps[at]!
  const trustees = readTrustees(tps.trustees)
  const people = peopleOf(order)
  const expected = trusteesOf(people, tps.id)
  const singles = expected.filter(({ single }) => single)
  const kinds = trustees.map(([kind]) => kind)
  const wanted = [...singles.map(() => 'Single'), 'Pedersen']
  const pedersen = trustees.at(-1)
  const threshold = pedersen?.[0] === 'Pedersen' && pedersen[1].threshold === order.threshold.needed
  const keys = keysOf(trustees)
  const fits = JSON.stringify(kinds) === JSON.stringify(wanted) && threshold && keys.length === expected.length
  require('ceremony.trustees', fits, `tps.${at}.trustees`)
  const names = expected.map(({ name, single }, place) => [place + 1, name, single !== undefined])
  const given = tps.owners.map(({ owner, name, outside }) => [owner, name, outside === true])
  require('ceremony.trustees', JSON.stringify(names) === JSON.stringify(given), `tps.${at}.owners`)
  if (!fits) return

  const fingerprint = electionFingerprint(tps.election)
  const cards = new Map(answer.officers.map(({ id, key }) => [id, key]))
  for (const [place, key] of keys.entries()) {
    const signature = tps.owners[place]?.signature
    const text = trusteeKeyText(fingerprint, key.public_key)
    const card = cards.get(expected[place]!.id)
    const holds =
      signature !== undefined &&
      signatureHolds(trusteeKeyKind, text, signature) &&
      (card === undefined || card === signature.key)
    require('ceremony.owner', holds, `tps.${at}.owners.${place}`)
  }
  checkCommitments(pedersen!, tps.commitments, `tps.${at}.commitments`, require)
}

function checkCommitments(pedersen: Trustee, commitments: readonly string[], at: string, require: Require): void {
  if (pedersen[0] !== 'Pedersen') return
  const shown = pedersen[1].coefexps.map(commitmentOf)
  require('ceremony.commitment', JSON.stringify(shown) === JSON.stringify(commitments), at)
}
