import type { Source } from '../archive/index.ts'
import { openWindow } from '../archive/source.ts'
import { writeWeight } from '../format/shape.ts'
import type { Group, GroupName } from '../group/group.ts'
import { openGroup as openOwnGroup } from '../group/index.ts'
import { hexHash } from '../hash.ts'
import type { Slot } from './ballot-index.ts'
import { textOf } from './ballot-text.ts'
import { checkDecryption, combine, type Factors, type Opened } from './decryption.ts'
import { checkCounts, expectedCounts } from './expected.ts'
import { FindingList, type Place } from './findings.ts'
import { addHintsUse, type HintsUse, noHintsUse } from './hints-use.ts'
import { addCounts, type BallotTask, type ChunkVerdict, type Counts, noCounts, type OpenJudge } from './judge.ts'
import { Pilkades } from './pilkades.ts'
import { openPlainJudge } from './plain-judge.ts'
import { describeResult, type QuestionResult, type Report, verdictOf } from './report.ts'
import { checkResult } from './result.ts'
import { placeAt, type ReadElection, type Survey, surveyArchive } from './survey.ts'
import { checkTally, Product, type Tally } from './tally.ts'

/** `bytes` of `size` were read (the size may be unknown); then `judged` of `ballots` were judged. */
export interface Progress {
  readonly bytes: number
  readonly size: number | undefined
  readonly judged: number
  readonly ballots: number
}

export interface VerifyOptions {
  /** Demand a result (rule `profile.final`). */
  readonly final?: boolean
  /** Demand more than the format (rules `pilkades.*`). */
  readonly profile?: 'pilkades'
  /** Groups for public values; without it those of `openGroup`, which are slow and need nothing. */
  readonly openGroup?: (name: GroupName) => Group<unknown> | Promise<Group<unknown>>
  /** Who judges ballots; without it the plain judge. */
  readonly openJudge?: OpenJudge
  /** SHA-256 in hexadecimal; a platform's own is quicker. */
  readonly hash?: (body: Uint8Array) => string | Promise<string>
  /** May return a promise, which is waited for: a page draws then. */
  readonly progress?: (progress: Progress) => void | Promise<void>
}

/**
 * Judges an archive and says everything that is wrong with it, whatever its stage. Reads it twice: once for framing,
 * order and set-up, once for the ballots, of which by then it is known which count. Memory: a chunk of ballots, the
 * roll, and about a hundred bytes a ballot. Throws only what the source throws.
 */
export async function verify(source: Source, options: VerifyOptions = {}): Promise<Report> {
  const findings = new FindingList()
  const counts = noCounts()
  const openGroup = options.openGroup ?? openOwnGroup
  const hash = options.hash ?? ((body: Uint8Array) => hexHash(body))
  const pilkades = options.profile === 'pilkades' ? new Pilkades(findings) : undefined
  const said = { bytes: 0, size: source.size, judged: 0, ballots: 0 }
  const say = async (more: Partial<Progress>) => options.progress?.(Object.assign(said, more))
  const progress = async (bytes: number, ballots: number) => say({ bytes, ballots })

  const survey = await surveyArchive(source, { findings, counts, openGroup, hash, pilkades, progress })
  await say({ bytes: source.size ?? said.bytes, ballots: survey.ballots.length })
  const { election, trustees, roll, ballots } = survey

  const window = openWindow(source, 1024 * 1024)
  const again = async ({ offset, size, ...slot }: Slot, place: Place): Promise<Uint8Array<ArrayBuffer>> => {
    const body = await window.copy(offset + 512, size)
    findings.require('record.hash', (await hash(body)) === slot.hash, place, 'it changed while it was read')
    return body
  }

  let weight = 0n
  for (const voter of ballots.voters()) weight += roll!.credentials[voter]!.weight
  const counted = [...ballots.voters()].length
  let result: QuestionResult[] | undefined
  let expected: Counts | undefined
  let hints: HintsUse | undefined
  if (election) {
    const openJudge = options.openJudge ?? ((context) => openPlainJudge(context, () => election.group))
    const judged = await judgeBallots(survey, election, again, openJudge, pilkades, findings, counts, (number) =>
      say({ judged: number }),
    )
    hints = judged.hints
    result = await judgeTally(
      survey,
      election,
      { counted, weight, product: judged.product.texts() },
      again,
      findings,
      counts,
    )
    expected = expectedCounts(
      survey.events,
      election.value,
      trustees?.trustees ?? [],
      roll?.credentials.length ?? 0,
      survey.extra,
    )
    checkCounts(counts, expected, findings)
  }
  if (options.final) findings.require('profile.final', survey.stage === 'decrypted', { kind: 'archive' })

  return {
    verdict: verdictOf(findings.classes),
    stage: survey.stage,
    decryptions: survey.decryptions.length,
    bytes: source.size ?? said.bytes,
    ...(election && {
      election: {
        name: election.value.name,
        uuid: election.value.uuid,
        fingerprint: election.fingerprint,
        group: election.value.group,
        credentials: roll?.credentials.length ?? 0,
        trustees: trustees?.keys.length ?? 0,
      },
    }),
    ...(survey.head !== undefined && { head: survey.head }),
    counted,
    weight: writeWeight(weight),
    counts,
    ...(expected && { expected }),
    ...(result && { result }),
    findings: findings.kept.toSorted((a, b) => rank(a.place) - rank(b.place)),
    omitted: findings.omitted,
    classes: findings.classes,
    ...(hints && { hints }),
  }
}

/** Findings stand in the order of the file, those about all of it at the end. */
const rank = ({ record }: Place): number => record || Number.MAX_SAFE_INTEGER

type ReadAgain = (slot: Slot, place: Place) => Promise<Uint8Array<ArrayBuffer>>

/** Hands the ballots to a judge, chunk by chunk, and multiplies what comes back. */
async function judgeBallots(
  { ballots, roll }: Survey,
  election: ReadElection,
  again: ReadAgain,
  openJudge: OpenJudge,
  pilkades: Pilkades | undefined,
  findings: FindingList,
  counts: Counts,
  progress: (judged: number) => Promise<void>,
): Promise<{ product: Product<unknown>; hints?: HintsUse }> {
  const product = new Product(election.group, election.value)
  // Without a key there is nothing to judge by; the counts say that no ballot was.
  if (ballots.length === 0 || election.group.decode(election.value.public_key) === undefined) return { product }
  let used: HintsUse | undefined
  const judge = await openJudge({ election: election.text, alphas: pilkades !== undefined })
  const underWay: { verdict: Promise<ChunkVerdict>; upTo: number }[] = []
  const take = async () => {
    const { verdict, upTo } = underWay.shift()!
    const { product: part, alphas, hints, ...rest } = await verdict
    if (hints) used = addHintsUse(used ?? noHintsUse, hints)
    findings.take(rest)
    addCounts(counts, rest.counts)
    product.multiply(part)
    if (alphas) pilkades?.alphas(alphas)
    await progress(upTo)
  }
  try {
    let chunk: BallotTask[] = []
    let bytes = 0
    for (let i = 0; i < ballots.length; i++) {
      const slot = ballots.slot(i)
      const body = await again(slot, { ...placeAt(slot, 'ballot'), ballot: i + 1 })
      const voter = ballots.counts(i)
      const weight = voter === undefined ? 0n : roll!.credentials[voter]!.weight
      chunk.push({ number: i + 1, record: slot.record, offset: slot.offset, hash: slot.hash, body, weight })
      bytes += body.length
      const isLast = i + 1 === ballots.length
      if (!isLast && chunk.length < judge.chunk.ballots && bytes < judge.chunk.bytes) continue
      underWay.push({ verdict: judge.judge(chunk), upTo: i + 1 })
      chunk = []
      bytes = 0
      if (underWay.length >= judge.width) await take()
    }
    while (underWay.length > 0) await take()
  } finally {
    await Promise.allSettled(underWay.map(({ verdict }) => verdict))
    await judge.close()
  }
  return { product, ...(used && { hints: used }) }
}

/** The published tally, its partial decryptions, the result. */
async function judgeTally(
  survey: Survey,
  { value: election, fingerprint, group }: ReadElection,
  tally: Tally,
  again: ReadAgain,
  findings: FindingList,
  counts: Counts,
): Promise<QuestionResult[] | undefined> {
  const { trustees } = survey
  const textAt = async (slot: Slot, kind: 'tally' | 'decryption' | 'result') => {
    const place = placeAt(slot, kind)
    return { place, text: textOf(await again(slot, place), `${kind}.form`, place, findings) }
  }

  let published: ReturnType<typeof checkTally<unknown>>
  if (survey.tally) {
    const { place, text } = await textAt(survey.tally.slot, 'tally')
    if (text !== undefined) published = checkTally(group, text, survey.tally.sized, tally, place, findings, counts)
  }

  const factors = new Map<number, Factors<unknown>>()
  const recorded = new Set<number>()
  for (const { slot, owner } of survey.decryptions) {
    recorded.add(owner)
    const { place, text } = await textAt(slot, 'decryption')
    if (text === undefined || !published || !trustees) continue
    const proven = checkDecryption(group, trustees, published, fingerprint, owner, text, place, findings, counts)
    if (proven) factors.set(owner, proven)
  }

  if (!survey.result) return undefined
  const { place, text } = await textAt(survey.result, 'result')
  let opened: Opened<unknown> | undefined
  if (trustees) opened = combine(group, trustees.trustees, { recorded, factors }, place, findings)
  if (text === undefined) return undefined
  const numbers = checkResult(group, election, text, tally.weight, published, opened, place, findings)
  return numbers && describeResult(election, numbers)
}
