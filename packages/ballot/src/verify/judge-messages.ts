import type { BallotTask, ChunkVerdict, JudgeContext } from './judge.ts'

/**
 * What the verifier's thread and a judge's thread say to each other; plain data that structured cloning takes as it is.
 * A thread is opened for one election, then given chunks one after the other, and answers each in turn.
 */
export type ToJudge =
  | {
      readonly kind: 'open'
      readonly context: JudgeContext
      /** Ballots in one batch; undefined: no hints, judge the plain way. */
      readonly capacity: number | undefined
    }
  | { readonly kind: 'judge'; readonly chunk: PackedChunk }

export type FromJudge =
  | { readonly kind: 'open' }
  | { readonly kind: 'verdict'; readonly verdict: ChunkVerdict }
  /** The thread cannot go on. */
  | { readonly kind: 'failed'; readonly reason: string }

/** Ballots with their bodies in one piece, which is handed over, not copied. */
export type PackedChunk = {
  readonly tasks: readonly Omit<BallotTask, 'body'>[]
  /** Bytes of each body. */
  readonly lengths: readonly number[]
  readonly bodies: Uint8Array<ArrayBuffer>
  /** Records of the hints file for these ballots; empty when there are none. */
  readonly hints: Uint8Array<ArrayBuffer>
}

export function packChunk(tasks: readonly BallotTask[], hints: Uint8Array): PackedChunk {
  const lengths = tasks.map(({ body }) => body.length)
  const bodies = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0))
  let at = 0
  for (const { body } of tasks) {
    bodies.set(body, at)
    at += body.length
  }
  // Bytes of their own: of a view, the whole buffer would be handed over.
  return { tasks: tasks.map(({ body: _, ...task }) => task), lengths, bodies, hints: new Uint8Array(hints) }
}

export function unpackChunk({ tasks, lengths, bodies }: PackedChunk): BallotTask[] {
  let at = 0
  return tasks.map((task, k) => {
    const from = at
    at += lengths[k]!
    return { ...task, body: bodies.subarray(from, at) }
  })
}
