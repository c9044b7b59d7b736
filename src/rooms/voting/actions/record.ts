import { z } from 'zod'
import { type Action, nobody, perform } from '#platform/action.ts'
import type { Clock } from '#platform/clock.ts'
import type { Db } from '#platform/db.ts'
import type { Files } from '#platform/files.ts'
import { enqueue } from '#platform/jobs.ts'
import { decide, refuse } from '#platform/result.ts'
import { type RecordVerdict, type Report, reportShape, verdictOf } from '../domain/archive.ts'
import { standingOf } from '../domain/versions.ts'
import { may } from '../permissions.ts'
import { type FileKind, findKept, insertKept, saveVerdict } from '../store/record.ts'
import { type CountHeld, holdCount, saveStanding } from '../store/result.ts'
import { judgeArchive, placeOf } from './keeping.ts'

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
    if (change.kind === 'archive') await enqueue(tx, 'voting.verify', { sha256: change.sha256 })
  },
  tell: ({ sha256, kind, size }, { number }) => ({ tps: number, kind, size, sha256: sha256.slice(0, 20) }),
  scope: ({ agency }) => agency,
}

const checkedShape = z.object({ sha256: z.string(), report: reportShape })

/** Keep what the verifier said. A doubtful archive questions its polling place at every level; its signed numbers stay. */
const keepVerdict: Action<
  CountHeld,
  { sha256: string; report: Report },
  { sha256: string; verdict: RecordVerdict; report: Report },
  'archive-unnamed'
> = {
  name: 'voting.archive-checked',
  find: (tx, _actor, tps) => holdCount(tx, tps),
  may: may.bringResult,
  input: checkedShape,
  decide: ({ versions, uuid }, { sha256, report }) => {
    const named = versions.findLast(({ archive }) => archive === sha256)
    if (!named) return refuse('archive-unnamed')
    return decide({ sha256, report, verdict: verdictOf(report, { ...named, uuid }) })
  },
  save: async (tx, count, { sha256, verdict, report }, { now }) => {
    await saveVerdict(tx, sha256, { verdict, report }, now)
    const files = count.evidence.files.map((each) => (each.sha256 === sha256 ? { ...each, verdict } : each))
    const judged = { ...count, evidence: { ...count.evidence, files } }
    await saveStanding(tx, judged, standingOf(count.versions, count.settled), now)
  },
  tell: ({ sha256, verdict }, { number }) => ({ tps: number, sha256: sha256.slice(0, 20), verdict }),
  scope: ({ agency }) => agency,
}

/** Judge an archive that came and keep what was said of it. Again is no harm: the verdict is of the bytes. */
export async function checkArchive(db: Db, files: Files, clock: Clock, sha256: string): Promise<void> {
  const kept = await findKept(db, sha256)
  if (kept?.kind !== 'archive') return
  const report = await judgeArchive(placeOf(files, sha256))
  // Where the file lies on our disk is nobody's business.
  const { file: _, ...said } = report as Report & { file?: unknown }
  const outcome = await perform(keepVerdict, { db, clock, actor: nobody }, kept.tps, { sha256, report: said })
  if (outcome.kind !== 'done') throw new Error(`an archive was judged and not kept: ${outcome.kind}`)
}
