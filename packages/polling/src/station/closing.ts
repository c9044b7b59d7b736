import { type Group, kernelsOnce, platformRandom, readElection } from '@melayani/ballot'
import { bytesSource } from '@melayani/ballot/archive'
import { type Report, verify } from '@melayani/ballot/verify'
import type { TallyOpening } from '../ceremony/opening.ts'
import { type Counts, differenceText, hashOf, type Signed, type TpsResult } from '../format/index.ts'
import type { HandCountSheet, ReconciliationSheet } from '../record/index.ts'
import { type ClosedTally, missingShares, openingOf, type Share, tallyOf, writeArchive } from './archive.ts'
import { readJson } from './files.ts'
import { sheetOf } from './law.ts'
import type { Joined } from './state.ts'
import type { Station } from './station.ts'

export const sheetFile = 'reconciliation.json'
export const tallyFile = 'tally.json'
export const archiveFile = 'election.bel'
export const reportFile = 'verification.json'
export const shareFile = (owner: number) => `decryption-${owner}.json`
export const resultFile = (version: number) => `result-${version}.json`

const kernels = kernelsOnce(platformRandom)
const groupOf = ({ content }: Station): Promise<Group<unknown>> =>
  kernels(readElection(content.ballot.election).group) as Promise<Group<unknown>>

/** The sheet as it stands: numbers, and what two officers wrote about laws that do not hold. */
export function sheetNow(
  station: Station,
): { sheet: ReconciliationSheet; holds: boolean; unexplained: string[] } | undefined {
  const byHand = station.byHand()
  if (!byHand) return undefined
  // A ballot that does not hold is not counted; the sheet shows the difference, and two officers explain it.
  const all = station.counts()
  const { refused } = station.boxes.ballots()
  const spoiled = refused.filter(({ opening }) => opening !== undefined).length
  const counts = { ...all, cast: all.cast - (refused.length - spoiled), spoiled: all.spoiled - spoiled }
  const laws = sheetOf(station.content, station.state(), counts, { ...byHand, voidSlips: byHand.slipsVoid })
  const broken = laws.filter(({ holds }) => !holds)
  return {
    sheet: {
      package: station.hash,
      counts,
      unused: byHand.unused,
      voidSlips: byHand.slipsVoid,
      replaced: byHand.replaced,
      differences: broken.flatMap(({ law, left, right, note }) =>
        note === undefined ? [] : [{ law, left, right, note }],
      ),
    },
    holds: broken.length === 0,
    unexplained: broken.flatMap(({ law, note }) => (note === undefined ? [law] : [])),
  }
}

/** The signed sheet, whose hash the log names. */
export function readSheet(station: Station): ReconciliationSheet | undefined {
  const { reconciled } = station.state()
  const signed = readJson<Signed>(station.files, sheetFile)
  if (!reconciled || !signed || hashOf(signed.text) !== reconciled.hash) return undefined
  return JSON.parse(signed.text) as ReconciliationSheet
}

/** Ballots in a box, whatever became of them: neither casting nor voiding a session changes it. */
const inside = ({ cast, void: voided, spoiled, pending }: Pick<Counts, 'cast' | 'void' | 'spoiled' | 'pending'>) =>
  cast + voided + spoiled + pending

/** The booths, `complete` as long as nothing has come into the box since two officers compared it. */
export const comparedBooths = ({ boxes, state }: Pick<Station, 'boxes' | 'state'>): Joined[] =>
  state()
    .devices.filter(({ as }) => as === 'booth')
    .map(({ complete, ...booth }) =>
      complete && inside(complete) === inside(boxes.counts(booth.device)) ? { ...booth, complete } : booth,
    )

/** Whether the signed sheet says what is in the boxes now. What came after it was signed makes it out of date. */
export function sheetStands(station: Station): boolean {
  const { reconciled } = station.state()
  return reconciled !== undefined && hashOf(JSON.stringify(sheetNow(station)?.sheet ?? null)) === reconciled.hash
}

type StoredTally = { readonly text: string; readonly ballots: readonly string[] }
export type ClosedBox = ClosedTally & { readonly ballots: readonly string[] }

/** The ballots that count at this moment and their product: what would be announced. From the same boxes always the same. */
export async function tallyNow(
  station: Station,
): Promise<{ readonly closed: ClosedBox; readonly same: () => boolean }> {
  const group = await groupOf(station)
  const make = (): ClosedBox => {
    const ballots = station.boxes.ballots().good
    return { ...tallyOf(station.content, group, ballots), ballots }
  }
  const closed = make()
  return { closed, same: () => make().hash === closed.hash }
}

/** Keeps what is about to be announced, so that the line never names what is not there. */
export function keepTally(station: Station, { text, ballots }: ClosedBox): void {
  station.files.put(tallyFile, JSON.stringify({ text, ballots } satisfies StoredTally))
}

/** The box as it was closed when the tally was announced; before, as it is. */
export async function closeBox(station: Station): Promise<ClosedBox> {
  const announced = station.state().tally
  if (announced === undefined) return (await tallyNow(station)).closed
  const kept = readJson<StoredTally>(station.files, tallyFile)
  if (kept && hashOf(kept.text) === announced) {
    const again = tallyOf(station.content, await groupOf(station), kept.ballots)
    if (again.hash !== announced) throw new Error('the stored ballots do not give the announced tally')
    return { ...again, ballots: kept.ballots }
  }
  const { closed } = await tallyNow(station)
  if (closed.hash !== announced) throw new Error('the ballot boxes do not give the announced tally')
  return closed
}

/** Parts that trustees have given, in the order of their owner numbers. */
export const sharesOf = (station: Station): Share[] =>
  station.state().decrypted.flatMap((owner) => readJson<Share>(station.files, shareFile(owner)) ?? [])

export const missingNow = (station: Station) => missingShares(station.content, station.state().decrypted)

/** The announced tally with what was taken so far; undefined before it was announced. */
export async function openingNow(station: Station): Promise<TallyOpening | undefined> {
  if (!station.state().tally) return undefined
  return openingOf(station.content, await closeBox(station), sharesOf(station), await groupOf(station))
}

/** Keeps a trustee's part that `opening` has just taken, and says so in the log. */
export function keepShare(station: Station, opening: TallyOpening, owner: number): void {
  const share = opening.taken.find((each) => each.owner === owner)
  if (!share || station.state().decrypted.includes(owner)) return
  station.files.put(shareFile(owner), JSON.stringify(share))
  station.append({ kind: 'decrypted', owner })
}

export type Counted = {
  readonly votes: readonly number[]
  readonly blank: number
  /** SHA-256 of the archive's file. */
  readonly archive: string
  readonly report: Report
}

/** No result can be shown. `missing`: trustees; `disagree`: their parts do not lead to one result; `verifier`: it refuses. */
export class NoResult extends Error {
  readonly why: 'missing' | 'disagree' | 'verifier'

  constructor(why: NoResult['why'], detail: unknown) {
    super(`${why}: ${JSON.stringify(detail)}`)
    this.why = why
  }
}

/**
 * Result, archive and our own verifier's word on it, which must be "sound" under the strictest profile. Idempotent: the archive
 * is the same bytes each time. Throws NoResult: then there is nothing to announce.
 */
export async function countVotes(station: Station): Promise<Counted> {
  const closed = await closeBox(station)
  const shares = sharesOf(station)
  const opened = openingOf(station.content, closed, shares, await groupOf(station)).result()
  if (opened.state !== 'result') throw new NoResult(opened.state, opened)
  const bytes = writeArchive(station.content, closed.ballots, closed, { shares, result: opened.text })
  const report = await verify(bytesSource(bytes), { final: true, profile: 'pilkades', openGroup: kernels })
  if (report.verdict !== 'sound') throw new NoResult('verifier', report.findings[0])
  station.files.put(archiveFile, bytes)
  station.files.put(reportFile, JSON.stringify(report))
  return { votes: opened.votes, blank: opened.blank, archive: hashOf(bytes), report }
}

/** The text of a result, before anybody has signed it. `from` the tally, or the slips where the tally cannot be opened (R71). */
export function resultOf(
  station: Station,
  from: { source: 'tally'; counted: Counted } | { source: 'slips'; count: Omit<HandCountSheet, 'package'> },
  corrects?: TpsResult['corrects'],
): TpsResult {
  const { content, hash } = station
  const sheet = readSheet(station)
  if (!sheet) throw new Error('there is no signed reconciliation sheet')
  const { votes, blank } = from.source === 'tally' ? from.counted : from.count
  const counts: Counts = sheet.counts
  return {
    format: 'melayani-result/1',
    mode: content.mode,
    election: content.election.id,
    tps: content.tps.id,
    package: hash,
    version: station.state().results.length + 1,
    ...(corrects ? { corrects } : {}),
    roll: content.roll.count,
    present: counts.present,
    votes,
    blank,
    counts,
    source: from.source,
    ...(from.source === 'tally' ? { archive: from.counted.archive } : { unreadable: from.count.unreadable }),
    reconciled: sheet.differences.length === 0,
    differences: sheet.differences.map(differenceText),
  }
}

export function readResult(station: Station, version = station.state().results.length): Signed | undefined {
  const hash = station.state().results[version - 1]
  const signed = readJson<Signed>(station.files, resultFile(version))
  return signed && hash === hashOf(signed.text) ? signed : undefined
}
