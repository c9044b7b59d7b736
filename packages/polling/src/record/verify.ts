import type { Source } from '@melayani/ballot/archive'
import type { TpsResult } from '../format/index.ts'
import {
  type Archive,
  checkArchive,
  checkDecryptions,
  checkHandCount,
  checkReconciliation,
  checkResults,
  checkSpoiled,
} from './check-count.ts'
import { checkManifestSignatures, checkNames, readManifest } from './check-manifest.ts'
import { checkRefused, type Refused, readRefused } from './check-refused.ts'
import {
  checkHeads,
  checkLogs,
  checkObjections,
  checkPlano,
  checkStation,
  checkZero,
  readPackageEntry,
  type TrustedKeys,
} from './check-reports.ts'
import { readContainer } from './container.ts'
import { RecordContext } from './context.ts'
import type { RecordFinding } from './rules.ts'

export type RecordReport = {
  readonly verdict: 'sound' | 'refused'
  readonly findings: readonly RecordFinding[]
  /** Findings beyond those that are kept. */
  readonly omitted: number
  readonly about?: {
    readonly mode: 'real' | 'practice'
    readonly election: string
    readonly village: string
    readonly tps: number
    readonly package: string
    /** Keys that signed the package: to be compared with printed ones unless they were given. */
    readonly centre: string
    readonly committee: string
    readonly station: string
    readonly candidates: readonly { readonly number: number; readonly name: string }[]
  }
  readonly result?: TpsResult
  readonly counts: Readonly<RecordContext['counts']>
}

const findingsKept = 500

/** The file itself: framing, names, and each entry the one that the manifest names. Who signed the manifest is not asked yet. */
export async function surveyRecord(source: Source) {
  const { entries, fault } = await readContainer(source)
  const context = new RecordContext(source, entries)
  if (fault) context.findings.push(fault)
  checkNames(context, entries)
  return { context, manifest: await readManifest(context, entries) }
}

/**
 * Judges the public record of one polling place and names everything that is wrong with it by rule, entry, byte and place.
 * `trusted`: the keys by which a reader trusts the package; without them the report says whose they are, and a reader must compare.
 * Never throws for what the file holds.
 */
export const verifyRecord = async (source: Source, trusted: TrustedKeys = {}): Promise<RecordReport> =>
  (await judgeRecord(source, trusted)).report

/** A judged record: what was said of it, and what was read of it on the way. */
export type JudgedRecord = {
  readonly report: RecordReport
  readonly context: RecordContext
  /** Keys of station, desks and booths by their names. */
  readonly keys: ReadonlyMap<string, string>
  /** What the station did not count. */
  readonly refused: readonly Refused[]
  readonly archive?: Archive
}

/** The same with what was read, for checks that go further. */
export async function judgeRecord(source: Source, trusted: TrustedKeys = {}): Promise<JudgedRecord> {
  const { context, manifest } = await surveyRecord(source)
  await readPackageEntry(context, trusted)
  const keys = await checkStation(context)
  if (manifest) await checkManifestSignatures(context, manifest)
  await checkZero(context, keys)
  const head = await checkHeads(context)
  await checkLogs(context, keys.keys())
  await checkObjections(context)
  const archive = await checkArchive(context)
  await checkDecryptions(context, archive)
  const refused = await readRefused(context)
  const sheet = await checkReconciliation(context, head, refused)
  const opened = await checkSpoiled(context, archive, sheet)
  await checkRefused(context, refused, archive?.ballots, opened)
  const byHand = await checkHandCount(context, sheet)
  const version = manifest?.version ?? 1
  const result = await checkResults(context, version, archive, sheet, byHand)
  for (let v = 1; v <= version; v++) await checkPlano(context, v)

  const { package: content, findings } = context
  const report: RecordReport = {
    verdict: findings.length === 0 ? 'sound' : 'refused',
    findings: findings.slice(0, findingsKept),
    omitted: Math.max(0, findings.length - findingsKept),
    ...(content
      ? {
          about: {
            mode: content.mode,
            election: content.election.name,
            village: content.election.village.name,
            tps: content.tps.number,
            package: context.packageHash,
            centre: content.centre.key,
            committee: content.committee.key,
            station: context.stationKey,
            candidates: content.candidates.map(({ number, name }) => ({ number, name })),
          },
        }
      : {}),
    ...(result ? { result } : {}),
    counts: context.counts,
  }
  return { report, context, keys, refused, ...(archive ? { archive } : {}) }
}
