import { readElection } from '../format/election.ts'
import { type Kernel, openKernel } from '../kernel/open.ts'
import type { Random } from '../random.ts'
import { type BatchJudge, batchJudge } from './batch-judge.ts'
import type { BallotTask, ChunkVerdict, JudgeContext } from './judge.ts'
import { type FromJudge, type ToJudge, unpackChunk } from './judge-messages.ts'
import { plainJudge } from './plain-judge.ts'
import type { TextHash } from './text-hash.ts'

/** What a judge takes from its platform. */
export type JudgeTools = { readonly random: Random; readonly hash: TextHash }

/** Judges a chunk with its hints. */
export type ChunkJudge = (tasks: readonly BallotTask[], hints: Uint8Array) => ChunkVerdict

/** A judge in this thread. `capacity`: ballots in one batch; undefined: every ballot is judged the plain way. */
export function chunkJudge(
  context: JudgeContext,
  kernel: Kernel,
  { random, hash }: JudgeTools,
  capacity: number | undefined,
): ChunkJudge {
  const plain = plainJudge(context, () => kernel)
  if (capacity === undefined) return plain
  const judge: BatchJudge = batchJudge({ context, group: kernel, kernel, random, hash, plain, capacity })
  return judge
}

/** The work of a judge's thread: what it answers to each message. Never throws; a failure is an answer. */
export function judgeThread(tools: JudgeTools): (message: ToJudge) => Promise<FromJudge> {
  let judge: ChunkJudge | undefined
  return async (message) => {
    try {
      if (message.kind === 'open') {
        const { group } = readElection(message.context.election)
        judge = chunkJudge(message.context, await openKernel(group, tools.random), tools, message.capacity)
        return { kind: 'open' }
      }
      if (!judge) throw new Error('a chunk came before the election')
      return { kind: 'verdict', verdict: judge(unpackChunk(message.chunk), message.chunk.hints) }
    } catch (error) {
      return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) }
    }
  }
}
