import { ArchiveWriter } from '../src/archive/index.ts'
import { joined } from '../src/archive/source.ts'
import { type CredentialForm, drawCredential, publicCredential, publicCredentials } from '../src/cast/credential.ts'
import { type Encrypted, openBoothWith } from '../src/cast/encrypt.ts'
import { drawUuid, makeElection } from '../src/election.ts'
import { readBallot } from '../src/format/ballot.ts'
import { type PublicCredential, writeCredentials } from '../src/format/credentials.ts'
import type { Election, Question } from '../src/format/election.ts'
import {
  type PartialDecryption,
  type Result,
  writeEncryptedTally,
  writePartialDecryption,
  writeResult,
} from '../src/format/tally.ts'
import { keysOf, type Trustee, writeTrustees } from '../src/format/trustees.ts'
import type { Group, GroupName } from '../src/group/group.ts'
import { openGroup } from '../src/group/index.ts'
import { hexHash } from '../src/hash.ts'
import type { Random } from '../src/random.ts'
import { encryptedTally, lastOfEach, type Tallied } from '../src/tally.ts'
import { decrypt } from '../src/trustee/decrypt.ts'
import { electionKey } from '../src/trustee/election-key.ts'
import { combine } from '../src/trustee/result.ts'
import { makeSingle, type TrusteeSecret } from '../src/trustee/single.ts'
import { holdCeremony } from './hold-ceremony.ts'
import { allChoices } from './keyed-election.ts'
import { seeded } from './seeded.ts'

/**
 * One election to be made by us, from the first key to the stage asked for. The same plan gives the same bytes, and at an
 * earlier stage the beginning of the same bytes.
 */
export type ArchivePlan = {
  group: GroupName
  questions: readonly Question[]
  voters: number
  /** One per voter; without it the roll has no weights. */
  weights?: readonly number[]
  /**
   * Who votes what, voters counted from 0; a voter who stands here twice has revoted. A number: so many voters, from the
   * first on, each with a vote that the seed decides.
   */
  votes: number | readonly { voter: number; choices: readonly (readonly number[])[] }[]
  /** Owners are numbered single ones first, then those who share the threshold key. */
  trustees: { single: number; threshold?: { t: number; n: number } }
  stage: 'open' | 'ended' | 'tallied' | 'decrypted' | 'final'
  /** Owners in the order in which they decrypt, from 1; all of them when not given. */
  owners?: readonly number[]
  /** Ballots as they were cast, or by the hash of their text, as our profile for polling places wants them. */
  order?: 'cast' | 'hash'
  credentials?: CredentialForm
  seed?: string
  /** What is recorded instead of a ballot; all that follows is made of what is recorded. */
  alter?: (ballot: string, at: number) => string
}

/** The archive, and everything that only its makers know. */
export type MadeArchive = {
  bytes: Uint8Array
  group: Group<unknown>
  election: Election
  fingerprint: string
  /** The texts of the records. */
  texts: { election: string; trustees: string; credentials: string; ballots: string[] }
  trustees: Trustee[]
  trusteeSecrets: TrusteeSecret[]
  /** One per voter, as printed. */
  credentials: string[]
  roll: PublicCredential[]
  /** In the order of the archive. */
  ballots: { voter: number; encrypted: Encrypted }[]
  /** From the stage that has them. */
  tallied?: Tallied
  decryptions?: Map<number, PartialDecryption>
  result?: Result
}

const stages = ['open', 'ended', 'tallied', 'decrypted', 'final'] as const
export const madeTimestamp = 1_795_332_664

/** `group`: another implementation of the plan's group, for a bench in which there are no secrets. */
export function makeArchive(plan: ArchivePlan, group = openGroup(plan.group)): MadeArchive {
  const { seed, stage, owners, order: _, alter, ...rest } = plan
  const random = seeded(seed ?? JSON.stringify(rest))
  const { trustees, secrets: trusteeSecrets } = makeTrustees(group, plan, random)
  const publicKey = electionKey(group, trustees)
  const draft = {
    name: 'Percobaan – “satu/dua”',
    description: 'Pemilihan percobaan',
    group: plan.group,
    publicKey,
    questions: plan.questions,
    administrator: 'Panitia',
    credentialAuthority: 'Pengawas',
  }
  const { text, fingerprint, election } = makeElection(draft, drawUuid(random))
  const credentials = Array.from({ length: plan.voters }, () => drawCredential(random, plan.credentials))
  const elements = credentials.map((each) => publicCredential(group, election.uuid, each))
  const weightOf = (voter: number) => BigInt(plan.weights?.[voter] ?? 1)
  const roll = publicCredentials(
    group,
    elements.map((element, voter) => ({ element, weight: weightOf(voter) })),
  )
  const ballots = castAll(group, text, plan, credentials, random)
  const recorded = ballots.map(({ encrypted }, at) => alter?.(encrypted.text, at) ?? encrypted.text)
  const texts = {
    election: text,
    trustees: writeTrustees(trustees),
    credentials: writeCredentials(roll, plan.weights !== undefined),
    ballots: recorded,
  }
  const made = { group, election, fingerprint, texts, trustees, trusteeSecrets, credentials, roll, ballots }

  const writer = new ArchiveWriter()
  const parts = [writer.begin(madeTimestamp), writer.setup(texts), ...texts.ballots.map((each) => writer.ballot(each))]
  const reached = stages.indexOf(stage)
  if (reached >= 1) parts.push(writer.endBallots())
  if (reached < 2) return { ...made, bytes: joined(parts) }
  const tallied = tallyOf(group, election, recorded, roll)
  const tallyText = writeEncryptedTally(tallied.tally)
  parts.push(writer.encryptedTally(tallyText, tallied))
  if (reached < 3) return { ...made, tallied, bytes: joined(parts) }
  const decryptions = new Map<number, PartialDecryption>()
  for (const owner of owners ?? keysOf(trustees).map((_, at) => at + 1)) {
    const announced = { election: fingerprint, tally: hexHash(tallyText) }
    const order = { election: text, trustees: texts.trustees, tally: tallyText, announced }
    const outcome = decrypt(group, trusteeSecrets[owner - 1]!, order, [], random)
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.faults))
    decryptions.set(owner, outcome.value.decryption)
    parts.push(writer.partialDecryption(owner, writePartialDecryption(outcome.value.decryption)))
  }
  if (reached < 4) return { ...made, tallied, decryptions, bytes: joined(parts) }
  const combined = combine(group, { fingerprint, trustees, ...tallied }, decryptions)
  if (combined.state !== 'result') throw new Error(JSON.stringify(combined))
  parts.push(writer.result(writeResult(combined.result)))
  return { ...made, tallied, decryptions, result: combined.result, bytes: joined(parts) }
}

function makeTrustees(group: Group<unknown>, plan: ArchivePlan, random: Random) {
  const singles = Array.from({ length: plan.trustees.single }, () => makeSingle(group, random))
  const trustees = singles.map(({ key }): Trustee => ['Single', key])
  const secrets = singles.map(({ secret }) => secret)
  if (!plan.trustees.threshold) return { trustees, secrets }
  const { t, n } = plan.trustees.threshold
  const held = holdCeremony(group, { threshold: t, size: n }, random)
  return { trustees: [...trustees, held.trustee], secrets: [...secrets, ...held.secrets] }
}

/** All votes, each encrypted with randomness of its own, in the order asked for. */
function castAll(
  group: Group<unknown>,
  electionText: string,
  plan: ArchivePlan,
  credentials: readonly string[],
  random: Random,
) {
  const booth = openBoothWith(group, electionText)
  const choicesOfEach = plan.questions.map(allChoices)
  const drawn = (choices: number[][]) => choices[random(1)[0]! % choices.length]!
  const votes =
    typeof plan.votes === 'number'
      ? Array.from({ length: plan.votes }, (_, voter) => ({ voter, choices: choicesOfEach.map(drawn) }))
      : plan.votes
  const ballots = votes.map(({ voter, choices }) => ({
    voter,
    encrypted: booth.encrypt(credentials[voter]!, choices, random),
  }))
  if (plan.order !== 'hash') return ballots
  const hashed = ballots.map((each) => ({ ...each, hash: hexHash(each.encrypted.text) }))
  hashed.sort((a, b) => (a.hash < b.hash ? -1 : 1))
  return hashed.map(({ voter, encrypted }) => ({ voter, encrypted }))
}

function tallyOf(group: Group<unknown>, election: Election, ballots: string[], roll: PublicCredential[]): Tallied {
  const weights = new Map(roll.map(({ element, weight }) => [element, weight]))
  const read = ballots.map(readBallot)
  const last = lastOfEach(read.map(({ credential }) => credential))
  const counted = read.filter((_, at) => last.has(at))
  return encryptedTally(
    group,
    election,
    counted.map(({ answers, credential }) => ({ answers, weight: weights.get(credential)! })),
  )
}
