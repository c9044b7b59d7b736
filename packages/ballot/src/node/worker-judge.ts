import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { platformRandom } from '../random.ts'
import type { FromJudge, ToJudge } from '../verify/judge-messages.ts'
import { type JudgeTools, judgeThread } from '../verify/judge-thread.ts'
import type { StartThread, Thread } from '../verify/judge-threads.ts'
import { nodeTextHash } from './text-hash.ts'

/** Node's randomness and hash. */
export const nodeTools: JudgeTools = { random: platformRandom, hash: nodeTextHash }

const role = 'melayani: judge of ballots'

/** Is this thread a judge's? Then the program that it was started with must do nothing. */
export const isJudgeThread = (): boolean => !isMainThread && workerData === role

/**
 * Starts a thread of `node:worker_threads` with this very file, or with the single file that it was bundled into: that
 * one has no other.
 */
export const startNodeThread: StartThread = (answer, ended) => {
  const worker = new Worker(new URL(import.meta.url), { workerData: role })
  let over = false
  const once = (reason: string) => {
    if (!over) ended(reason)
    over = true
  }
  worker.on('message', (message: FromJudge) => answer(message))
  worker.on('messageerror', (error) => once(error.message))
  worker.on('error', (error) => once(error instanceof Error ? error.message : String(error)))
  worker.on('exit', (code) => once(`it ended with code ${code}`))
  const thread: Thread = {
    send: (message, handedOver) => worker.postMessage(message, handedOver),
    async end() {
      over = true
      await worker.terminate()
    },
  }
  return thread
}

if (isJudgeThread()) {
  const work = judgeThread(nodeTools)
  let last: Promise<void> = Promise.resolve()
  // One after the other: a chunk may come while the kernel is still being compiled.
  parentPort!.on('message', (message: ToJudge) => {
    last = last.then(async () => parentPort!.postMessage(await work(message)))
  })
}
