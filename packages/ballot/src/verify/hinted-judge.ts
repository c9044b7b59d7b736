import type { Source } from '../archive/source.ts'
import { readElection } from '../format/election.ts'
import { hexHash } from '../hash.ts'
import type { Kernel } from '../kernel/open.ts'
import { batchCapacity, hintedForm } from './batch-judge.ts'
import { type HintsFile, type HintsRefused, openHints } from './hints.ts'
import { noHintsUse } from './hints-use.ts'
import type { BallotTask, ChunkVerdict, Judge, JudgeContext, OpenJudge } from './judge.ts'
import { chunkJudge, type JudgeTools } from './judge-thread.ts'
import { JudgeThreads, type StartThread } from './judge-threads.ts'

export type HintedOptions = {
  readonly openKernel: (name: Kernel['name']) => Kernel | Promise<Kernel>
  readonly tools: JudgeTools
  /** A hints file. Without it every ballot is judged the plain way. */
  readonly hints?: Source
  /** More than one needs `startThread`. */
  readonly threads: number
  readonly startThread?: StartThread
}

/** Points in one batch: with one thread as many as help; with several fewer, so that all threads have work. */
const pointsAlone = 32_768
const pointsShared = 12_288
/** Ballots that are judged together without hints. */
const plainChunk = 64
const chunkBytes = 16 * 1024 * 1024

/**
 * A judge by the group's kernel, in this thread or in several, with the help of hints if there are any. Its verdicts are
 * those of the plain judge, however many threads there are and whatever the hints say.
 */
export const openHintedJudge =
  (options: HintedOptions): OpenJudge =>
  async (context: JudgeContext): Promise<Judge> => {
    const kernel = await options.openKernel(readElection(context.election).group)
    const shared = options.threads > 1 && options.startThread !== undefined
    const found = await findHints(context, kernel, options.hints)
    const capacity = found.file && batchCapacity(found.file.layout, shared ? pointsShared : pointsAlone)
    const chunk = { ballots: capacity ?? plainChunk, bytes: chunkBytes }
    const judgeWith = (judge: (tasks: readonly BallotTask[], hints: Uint8Array) => Promise<ChunkVerdict>) => {
      return async (tasks: readonly BallotTask[]): Promise<ChunkVerdict> => {
        if (found.file) return judge(tasks, await recordsOf(found.file, tasks))
        const verdict = await judge(tasks, new Uint8Array(0))
        if (found.refused === undefined) return verdict
        return { ...verdict, hints: { ...noHintsUse, ...found, plain: tasks.length, missing: tasks.length } }
      }
    }
    if (!shared) {
      const judge = chunkJudge(context, kernel, options.tools, capacity)
      return { judge: judgeWith(async (tasks, hints) => judge(tasks, hints)), width: 1, chunk, close: async () => {} }
    }
    const threads = new JudgeThreads(options.startThread!, options.threads, { kind: 'open', context, capacity })
    return {
      judge: handled(judgeWith((tasks, hints) => threads.judge(tasks, hints))),
      width: threads.width,
      chunk,
      close: () => threads.close(),
    }
  }

/** A failure is for the one who waits for it, who may be waiting for something else just now. */
const handled =
  <A, T>(act: (given: A) => Promise<T>) =>
  (given: A): Promise<T> => {
    const promise = act(given)
    promise.catch(() => {})
    return promise
  }

async function findHints(
  { election }: JudgeContext,
  kernel: Kernel,
  source: Source | undefined,
): Promise<{ file?: HintsFile; refused?: HintsRefused }> {
  const hinted = source && hintedForm(election, kernel.order, kernel.hints)
  if (!source || !hinted) return {}
  const opened = await openHints(source, hinted.layout, hexHash(election)).catch(() => 'not-hints' as const)
  return typeof opened === 'string' ? { refused: opened } : { file: opened }
}

/** Records for these ballots, one after the other; where they do not follow each other in the archive, run by run. */
async function recordsOf(file: HintsFile, tasks: readonly BallotTask[]): Promise<Uint8Array> {
  const { record } = file.layout
  const all = new Uint8Array(tasks.length * record)
  for (let from = 0; from < tasks.length; ) {
    let to = from + 1
    while (to < tasks.length && tasks[to]!.number === tasks[to - 1]!.number + 1) to++
    // What cannot be read stays zero, which is no hint: a hints file never keeps an archive from being judged.
    const records = await file.read(tasks[from]!.number - 1, to - from).catch(() => new Uint8Array(0))
    all.set(records, from * record)
    from = to
  }
  return all
}
