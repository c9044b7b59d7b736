import type { BallotTask, ChunkVerdict } from './judge.ts'
import { type FromJudge, packChunk, type ToJudge } from './judge-messages.ts'

/** A thread of the platform that runs `judgeThread`. */
export interface Thread {
  /** `handedOver`: buffers that are moved, not copied. */
  send(message: ToJudge, handedOver: ArrayBuffer[]): void
  /** Ends it; `ended` is not called any more. */
  end(): Promise<void>
}

/** Starts a thread. `answer` gets each message, `ended` is called when it is no more, for whatever reason. */
export type StartThread = (answer: (message: FromJudge) => void, ended: (reason: string) => void) => Thread

/** How many chunks one thread is given at once: one to work on, one that is there when it is done. */
const perThread = 2

/** A judge's thread died, or said that it cannot go on: the archive is not judged, and that is what must be said. */
export class ThreadLost extends Error {
  override name = 'ThreadLost'
}

type Waiting = { readonly take: (verdict: ChunkVerdict) => void; readonly lose: (error: Error) => void }
type Worker = { readonly thread: Thread; readonly waiting: Waiting[] }

/**
 * Chunks judged by threads. Threads are started when there is work for them. When one is lost, everything under way and
 * all that comes after fails: no chunk is ever passed over. At most `width` chunks should be under way at once; more
 * than that are held by the caller's promises, not refused.
 */
export class JudgeThreads {
  readonly width: number
  readonly #start: StartThread
  readonly #count: number
  readonly #opening: ToJudge
  readonly #workers: Worker[] = []
  #lost: ThreadLost | undefined

  constructor(start: StartThread, count: number, opening: ToJudge & { kind: 'open' }) {
    this.#start = start
    this.#count = count
    this.#opening = opening
    this.width = count * perThread
  }

  judge(tasks: readonly BallotTask[], hints: Uint8Array): Promise<ChunkVerdict> {
    const verdict = new Promise<ChunkVerdict>((take, lose) => {
      if (this.#lost) return lose(this.#lost)
      const chunk = packChunk(tasks, hints)
      const worker = this.#idlest()
      worker.waiting.push({ take, lose })
      worker.thread.send({ kind: 'judge', chunk }, [chunk.bodies.buffer, chunk.hints.buffer])
    })
    // Whoever asked may be waiting for an earlier chunk when this one fails; that is no unhandled failure.
    verdict.catch(() => {})
    return verdict
  }

  #idlest(): Worker {
    const idle = this.#workers.find(({ waiting }) => waiting.length === 0)
    if (idle) return idle
    if (this.#workers.length < this.#count) return this.#startWorker()
    return this.#workers.reduce((a, b) => (b.waiting.length < a.waiting.length ? b : a))
  }

  #startWorker(): Worker {
    const waiting: Waiting[] = []
    const thread = this.#start(
      (message) => {
        if (message.kind === 'verdict') waiting.shift()?.take(message.verdict)
        else if (message.kind === 'failed') this.#lose(message.reason)
      },
      (reason) => this.#lose(reason),
    )
    const worker = { thread, waiting }
    this.#workers.push(worker)
    thread.send(this.#opening, [])
    return worker
  }

  #lose(reason: string): void {
    this.#lost ??= new ThreadLost(`a thread that judges ballots was lost, so not all ballots were judged: ${reason}`)
    for (const { waiting } of this.#workers) for (const { lose } of waiting.splice(0)) lose(this.#lost)
  }

  async close(): Promise<void> {
    this.#lost ??= new ThreadLost('the judge is closed')
    await Promise.all(this.#workers.map(({ thread }) => thread.end()))
  }
}
