import { hashOf, type Signature } from '@melayani/polling/format'
import type { FiledObjection } from '@melayani/polling/record'
import { z } from 'zod'
import { type Action, nobody, perform } from '#platform/action.ts'
import type { Clock } from '#platform/clock.ts'
import type { Db } from '#platform/db.ts'
import type { Files } from '#platform/files.ts'
import { enqueue } from '#platform/jobs.ts'
import { decide, refuse } from '#platform/result.ts'
import {
  asReport,
  type RecordVerdict,
  type Report,
  recordReportShape,
  reportShape,
  type Setup,
  setupShape,
  verdictOf,
  verdictOfRecord,
} from '../domain/archive.ts'
import { standingOf } from '../domain/versions.ts'
import { may } from '../permissions.ts'
import {
  type FileKind,
  findKept,
  insertKept,
  type KeptFile,
  keysOf,
  saveVerdict,
  sealedSetup,
} from '../store/record.ts'
import { type CountHeld, holdCount, saveStandings } from '../store/result.ts'
import { judgeArchive, judgeRecord, keepEntry, manifestOf, objectionsIn, placeOf, setupOf } from './keeping.ts'
import { noteSigned } from './objection.ts'

const fileShape = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  kind: z.enum(['archive', 'record', 'plano']),
  size: z.number().int().min(1),
})

/** Note a file that was kept, and have it judged. Whether it may come was asked before its bytes were taken. */
export const receiveFile: Action<
  CountHeld,
  z.output<typeof fileShape>,
  { sha256: string; kind: FileKind; size: number },
  'received-already'
> = {
  name: 'voting.file-received',
  find: (tx, _actor, tps) => holdCount(tx, tps),
  may: may.bringResult,
  input: fileShape,
  decide: ({ evidence }, input) =>
    evidence.files.some(({ sha256 }) => sha256 === input.sha256) ? refuse('received-already') : decide(input),
  save: async (tx, count, change, { now }) => {
    await insertKept(tx, count, change, now)
    if (change.kind !== 'plano') await enqueue(tx, 'voting.verify', { sha256: change.sha256 })
  },
  tell: ({ sha256, kind, size }, { number }) => ({ tps: number, kind, size, sha256: sha256.slice(0, 20) }),
  scope: ({ agency }) => agency,
}

const checkedShape = z.object({
  sha256: z.string(),
  report: reportShape,
  setup: setupShape.optional(),
  record: recordReportShape.optional(),
})
type Checked = z.output<typeof checkedShape>

/** Keep what the verifier said. A doubtful file questions its polling place at every level; its signed numbers stay. */
const keepVerdict: Action<
  CountHeld & { sealed: Setup },
  Checked,
  { sha256: string; verdict: RecordVerdict; report: Report },
  'archive-unnamed'
> = {
  name: 'voting.archive-checked',
  find: async (tx, _actor, tps) => {
    const count = await holdCount(tx, tps)
    return count && { ...count, sealed: await sealedSetup(tx, count.package) }
  },
  may: may.bringResult,
  input: checkedShape,
  decide: ({ versions, sealed, package: hash }, { sha256, report, setup, record }) => {
    if (record) return decide({ sha256, report, verdict: verdictOfRecord(record, hash, versions) })
    const named = versions.findLast(({ archive }) => archive === sha256)
    if (!named) return refuse('archive-unnamed')
    return decide({ sha256, report, verdict: verdictOf(report, setup, { ...named, setup: sealed }) })
  },
  save: async (tx, count, { sha256, verdict, report }, { now }) => {
    await saveVerdict(tx, sha256, { verdict, report }, now)
    const files = count.evidence.files.map((each) => (each.sha256 === sha256 ? { ...each, verdict } : each))
    const judged = { ...count, evidence: { ...count.evidence, files } }
    await saveStandings(tx, [{ count: judged, standing: standingOf(count.versions, count.settled) }], now)
  },
  tell: ({ sha256, verdict }, { number }) => ({ tps: number, sha256: sha256.slice(0, 20), verdict }),
  scope: ({ agency }) => agency,
}

type House = { db: Db; files: Files; clock: Clock }

/** Judge a file that came and keep what was said of it. Again is no harm: the verdict is of the bytes. */
export async function checkFile(house: House, sha256: string): Promise<void> {
  const kept = await findKept(house.db, sha256)
  const file = placeOf(house.files, sha256)
  if (kept?.kind === 'archive') {
    const report = await judgeArchive(file)
    const setup = report.verdict === 'sound' ? await setupOf(file) : undefined
    await keepChecked(house, kept.tps, { sha256, report, setup })
  }
  if (kept?.kind === 'record') await checkRecord(house, kept, file)
}

async function keepChecked({ db, clock }: House, tps: string, checked: Checked): Promise<void> {
  const outcome = await perform(keepVerdict, { db, clock, actor: nobody }, tps, checked)
  // The result that names an archive is still on its way; when it comes, it has the archive judged again.
  if (outcome.kind === 'refused' && outcome.refusal === 'archive-unnamed') return
  if (outcome.kind !== 'done') throw new Error(`a file was judged and not kept: ${outcome.kind}`)
}

/**
 * A record is judged whole; its archive and the photograph of its latest version are kept as files of their own, and what witnesses
 * signed there waits for the committee.
 */
async function checkRecord(house: House, { tps, sha256, received }: KeptFile, file: string): Promise<void> {
  const { db, files, clock } = house
  const read = await manifestOf(file)
  const keys = read && (await keysOf(db, read.manifest.package))
  const record = await judgeRecord(file, keys ?? { centre: '', committee: '' })
  await keepChecked(house, tps, { sha256, report: asReport(record), record })
  if (record.verdict !== 'sound' || !read) return
  for (const [name, kind] of [
    ['election.bel', 'archive'],
    [`plano-${read.manifest.version}.jpg`, 'plano'],
  ] as const) {
    const entry = await keepEntry(files, file, name)
    if (entry) await perform(receiveFile, { db, clock, actor: nobody }, tps, { ...entry, kind })
  }
  await noteObjections(house, tps, file, received)
}

/** A later record of the same polling place brings them again: each is noted once. Those of a practice are nobody's to answer. */
async function noteObjections({ db, clock }: House, tps: string, file: string, received: Date): Promise<void> {
  for (const { text, signatures } of await objectionsIn(file)) {
    const [by] = signatures as [Signature]
    const { text: said } = JSON.parse(text) as FiledObjection
    const signed = { source: hashOf(`${by.key} ${text}`), signer: by.signer, text: said, received }
    const outcome = await perform(noteSigned, { db, clock, actor: nobody }, tps, signed)
    if (outcome.kind === 'invalid' || outcome.kind === 'forbidden')
      throw new Error(`an objection was signed and not noted: ${outcome.kind}`)
  }
}
