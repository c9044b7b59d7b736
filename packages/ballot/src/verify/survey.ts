import {
  type ArchiveRecord,
  type Entry,
  type EventType,
  eventTypes,
  type Fault,
  Order,
  records,
  type Source,
  type Stage,
} from '../archive/index.ts'
import type { Election } from '../format/election.ts'
import type { SizedTally } from '../format/tally.ts'
import type { Group, GroupName } from '../group/group.ts'
import { base64Hash } from '../hash.ts'
import { BallotIndex, type Slot, slotOf } from './ballot-index.ts'
import { credentialOf, textOf } from './ballot-text.ts'
import { checkCredentials, type Roll } from './credentials.ts'
import { checkElection } from './election.ts'
import type { EventNumbers } from './expected.ts'
import type { FindingList, Kind, Place } from './findings.ts'
import type { Counts } from './judge.ts'
import type { Pilkades } from './pilkades.ts'
import { type CheckedTrustees, checkTrustees } from './trustees.ts'

/** What the first reading of an archive gives: the set-up, judged, and where everything else stands. */
export interface Survey {
  stage: Stage
  /** Hash of the last event. */
  head?: string
  readonly events: { -readonly [type in keyof EventNumbers]: number }
  /** Records of the set-up beyond the usual five. */
  extra: number
  election?: ReadElection
  trustees?: CheckedTrustees<unknown>
  roll?: Roll
  readonly ballots: BallotIndex
  tally?: { readonly slot: Slot; readonly sized?: SizedTally }
  readonly decryptions: { readonly slot: Slot; readonly owner: number }[]
  result?: Slot
}

export interface ReadElection {
  /** As it stands in the archive. */
  readonly text: string
  readonly value: Election
  readonly fingerprint: string
  readonly group: Group<unknown>
}

export interface SurveyTools {
  readonly findings: FindingList
  readonly counts: Counts
  readonly openGroup: (name: GroupName) => Group<unknown> | Promise<Group<unknown>>
  readonly hash: (body: Uint8Array) => string | Promise<string>
  readonly pilkades: Pilkades | undefined
  /** Called now and then with the number of bytes read. */
  readonly progress: (bytes: number, ballots: number) => Promise<void>
}

type Where = { readonly record: number; readonly offset: number; readonly name: string }
export const placeAt = ({ record, offset, name }: Where, kind: Kind): Place => ({ record, offset, name, kind })

/** How many bytes are read between two calls of `progress`. */
const step = 1024 * 1024

/** Reads an archive from its beginning to its end, once: framing, hashes, order of events, and the set-up. */
export async function surveyArchive(source: Source, tools: SurveyTools): Promise<Survey> {
  const { findings, counts } = tools
  const order = new Order()
  const events = Object.fromEntries(eventTypes.map((type) => [type, 0])) as Record<EventType, number>
  const survey: Survey = { stage: 'setup', events, extra: 0, ballots: new BallotIndex(), decryptions: [] }
  const hash = (body: Uint8Array) => {
    counts.hashes++
    return tools.hash(body)
  }
  const say = (fault: Fault) => findings.require(fault.rule, false, placeAt(fault, 'archive'), fault.detail)
  let said = 0
  for await (const item of records(source, { hash })) {
    if (item.kind === 'fault') {
      say(item)
      continue
    }
    counts.records++
    const { faults, entry } = order.take(item)
    for (const fault of faults) say(fault)
    if (entry) await takeEntry(survey, entry, tools)
    if (item.offset - said >= step) {
      said = item.offset
      await tools.progress(said, survey.ballots.length)
    }
  }
  for (const fault of order.finish()) say(fault)
  survey.stage = order.stage
  survey.head = order.state.parent
  return survey
}

async function takeEntry(survey: Survey, entry: Entry, tools: SurveyTools): Promise<void> {
  const { event, parts, sized, owned } = entry
  const isFirst = survey.events[event.type]++ === 0
  if (event.type === 'Ballot' && parts.ballot) takeBallot(survey, parts.ballot, tools)
  else if (event.type === 'Setup' && isFirst) await takeSetup(survey, parts, tools)
  else if (event.type === 'EncryptedTally' && isFirst && parts.encrypted_tally)
    survey.tally = { slot: slotOf(parts.encrypted_tally), ...(sized && { sized }) }
  else if (event.type === 'PartialDecryption' && parts.partial_decryption && owned)
    survey.decryptions.push({ slot: slotOf(parts.partial_decryption), owner: owned.owner })
  else if (event.type === 'Result' && isFirst && parts.result) survey.result = slotOf(parts.result)
}

function takeBallot(survey: Survey, part: ArchiveRecord, { findings, pilkades }: SurveyTools): void {
  const { ballots, roll, election } = survey
  const place = { ...placeAt(part, 'ballot'), ballot: ballots.length + 1 }
  // One whose outer fields are not canonical has none; its judge says so.
  const credential = credentialOf(part.body, election?.value.uuid ?? '')
  const index = credential === undefined ? undefined : roll?.indices.get(credential)
  const known = credential === undefined || roll === undefined || index !== undefined
  findings.require('ballot.credential-unknown', known, { ...place, path: 'credential' })
  pilkades?.ballot(part.hash, index !== undefined && ballots.has(index), place)
  ballots.add(slotOf(part), index ?? -1)
}

async function takeSetup(survey: Survey, parts: Entry['parts'], tools: SurveyTools): Promise<void> {
  const { findings, counts, pilkades } = tools
  if (parts.credentials_certificate) survey.extra = 1
  const { election, trustees, public_credentials } = parts
  const electionText = election && textOf(election.body, 'election.form', placeAt(election, 'election'), findings)
  if (electionText === undefined) return
  const place = placeAt(election!, 'election')
  const value = checkElection(electionText, place, findings)
  if (!value) return
  const group = await tools.openGroup(value.group)
  survey.election = { text: electionText, value, fingerprint: base64Hash(electionText), group }
  pilkades?.election(value, place)

  const trusteesText = trustees && textOf(trustees.body, 'trustee.form', placeAt(trustees, 'trustees'), findings)
  if (trusteesText !== undefined) {
    survey.trustees = checkTrustees(group, trusteesText, placeAt(trustees!, 'trustees'), findings, counts)
    const y = survey.trustees?.product
    const follows = y === undefined || group.encode(y) === value.public_key
    findings.require('election.public-key', follows, { ...place, path: 'public_key' })
    const hides = value.public_key !== group.encode(group.neutral)
    findings.require('election.neutral', hides, { ...place, path: 'public_key' })
  }

  const roll = public_credentials
  const rollText = roll && textOf(roll.body, 'credential.form', placeAt(roll, 'credentials'), findings)
  if (rollText === undefined) return
  const pause = () => tools.progress(roll!.offset, 0)
  survey.roll = await checkCredentials(group, rollText, placeAt(roll!, 'credentials'), findings, counts, pause)
  if (survey.roll) pilkades?.roll(group, survey.roll, placeAt(roll!, 'credentials'))
}
