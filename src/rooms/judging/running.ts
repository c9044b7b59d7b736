import { Worker } from 'node:worker_threads'
import type { Db } from '#platform/db.ts'
import type { AssignmentResult } from './domain/assignment.ts'
import type { Demand, Posed } from './domain/demand.ts'
import type { Progress, RunState } from './domain/run.ts'
import { nameResult, type RunResult } from './domain/run.ts'
import { endRun, noteProgress } from './store/run.ts'

/** The computations of this process. Progress and result are in the database, so any page of any process can show them. */
const workers = new Map<string, { stop: Int32Array; done: Promise<void> }>()

/** Begin to compute. Returns at once; the run's row tells how it goes. */
export function startComputing(
  db: Db,
  run: { round: string; id: string },
  posed: Posed,
  demands: readonly Demand[],
): void {
  const stop = new Int32Array(new SharedArrayBuffer(4))
  const done = compute(db, run, posed, demands, stop).finally(() => workers.delete(run.id))
  workers.set(run.id, { stop, done })
}

/** Ask a computation of this process to stop. It notices within milliseconds. */
export function stopComputing(run: string): void {
  const worker = workers.get(run)
  if (worker) Atomics.store(worker.stop, 0, 1)
}

/** Wait until a computation of this process has ended: for tests and for the seed. */
export async function computed(run: string): Promise<void> {
  await workers.get(run)?.done
}

async function compute(
  db: Db,
  run: { round: string; id: string },
  posed: Posed,
  demands: readonly Demand[],
  stop: Int32Array,
) {
  let writing: Promise<unknown> = Promise.resolve()
  const note = (progress: Progress) => {
    // The row is behind by a moment at most; a failed note is no reason to lose the computation.
    writing = writing.then(() => noteProgress(db, run.round, run.id, progress, new Date())).catch(() => {})
  }
  const beat = setInterval(() => note({}), 20_000)
  beat.unref()
  let state: RunState = 'failed'
  let result: RunResult | null = null
  try {
    result = nameResult(posed, demands, await inThread(posed, stop, note))
    state = result.outcome === 'assigned' ? 'proposed' : result.outcome
  } catch (error) {
    console.error('assignment failed:', error instanceof Error ? error.stack : error)
  } finally {
    clearInterval(beat)
  }
  await writing
  await endRun(db, { ...run, state, result, at: new Date() }).catch((error: Error) =>
    console.error('assignment not kept:', error.message),
  )
}

function inThread(posed: Posed, stop: Int32Array, note: (progress: Progress) => void): Promise<AssignmentResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./assignment-worker.ts', import.meta.url), {
      workerData: { problem: posed.problem, stop },
    })
    worker.on('message', (message: { progress?: Progress; result?: AssignmentResult }) => {
      if (message.progress) note(message.progress)
      if (message.result) resolve(message.result)
    })
    worker.on('error', reject)
    worker.on('exit', (code) => {
      if (code !== 0) reject(new Error(`The assignment thread ended with ${code}`))
    })
  })
}
