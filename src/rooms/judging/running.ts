import { hostname } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Clock } from '#platform/clock.ts'
import type { Db } from '#platform/db.ts'
import { record } from '#platform/log.ts'
import type { AssignmentResult } from './domain/assignment.ts'
import type { Demand, Posed } from './domain/demand.ts'
import { type Here, isWorkedOn } from './domain/liveness.ts'
import { nameResult, type Progress, type Run, type RunResult, type RunState } from './domain/run.ts'
import { beatRun, endRun, listRunning, noteProgress } from './store/run.ts'

/** The computations of this process. Progress and result are in the database, so any page of any process can show them. */
const workers = new Map<string, { stop: Int32Array; done: Promise<void> }>()
/** Those that this process has promised to compute: their rows may stand a moment before their threads run. */
const promised = new Set<string>()

const here: Here = {
  worker: `${hostname()}/${process.pid}`,
  works: (id) => workers.has(id) || promised.has(id),
  lives: (pid) => {
    try {
      return process.kill(pid, 0)
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EPERM'
    }
  },
}

type Seen = Pick<Run, 'id' | 'state' | 'worker' | 'silent'>

/** Does a process still work on it? */
export const isAlive = (run: Pick<Seen, 'id' | 'worker' | 'silent'>): boolean => isWorkedOn(run, here)

/** A computation as it is: one whose process is gone was cut off, whatever its row says until the next start. */
export const asSeen = <R extends Seen>(run: R): R =>
  run.state === 'running' && !isAlive(run) ? { ...run, state: 'interrupted' } : run

/** Take a computation on, before its row stands. Returns the name of this process, for the row. */
export function takeOn(run: string): string {
  promised.add(run)
  return here.worker
}

/** Begin to compute. Returns at once; the run's row tells how it goes. */
export function startComputing(
  { db, clock }: { db: Db; clock: Clock },
  run: { round: string; id: string; fairest: boolean },
  posed: Posed,
  demands: readonly Demand[],
): void {
  const stop = new Int32Array(new SharedArrayBuffer(4))
  const done = compute({ db, clock }, run, posed, demands, stop).finally(() => {
    workers.delete(run.id)
    promised.delete(run.id)
  })
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

/** Computations that were cut off when their process went are ended as such, with an event each. Called at every start. */
export async function endInterrupted(db: Db, now: Date): Promise<number> {
  const dead = (await listRunning(db)).filter((run) => !isAlive(run))
  let ended = 0
  for (const { round, id } of dead)
    await db.transaction().execute(async (tx) => {
      if (!(await endRun(tx, { round, id, state: 'interrupted', result: null, at: now }))) return
      ended++
      const event = { at: now, actor: null, name: 'judging.assignment-interrupted', subject: round, scope: null }
      await record(tx, [{ ...event, particulars: { run: id } }])
    })
  return ended
}

async function compute(
  { db, clock }: { db: Db; clock: Clock },
  run: { round: string; id: string; fairest: boolean },
  posed: Posed,
  demands: readonly Demand[],
  stop: Int32Array,
) {
  let writing: Promise<unknown> = Promise.resolve()
  // The row is behind by a moment at most; a failed note is no reason to lose the computation.
  const write = (work: () => Promise<void>) => {
    writing = writing.then(work).catch(() => {})
  }
  const note = (progress: Progress) => write(() => noteProgress(db, run.round, run.id, progress))
  const beat = setInterval(() => write(() => beatRun(db, run.round, run.id)), 10_000)
  beat.unref()
  let state: RunState = 'failed'
  let result: RunResult | null = null
  try {
    const found = await inThread(posed, run.fairest, stop, note)
    result = nameResult(posed, demands, found.result, found.floor)
    state = result.outcome === 'assigned' ? 'proposed' : result.outcome
  } catch (error) {
    console.error('assignment failed:', error instanceof Error ? error.stack : error)
  } finally {
    clearInterval(beat)
  }
  await writing
  await endRun(db, { ...run, state, result, at: clock.now() }).catch((error: Error) =>
    console.error('assignment not kept:', error.message),
  )
}

type Found = { result: AssignmentResult; floor: number | undefined }

function inThread(
  posed: Posed,
  fairest: boolean,
  stop: Int32Array,
  note: (progress: Progress) => void,
): Promise<Found> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./assignment-worker.ts', import.meta.url), {
      workerData: { problem: posed.problem, stop, fairest },
    })
    worker.on('message', (message: { progress: Progress } | Found) => {
      if ('progress' in message) note(message.progress)
      else resolve(message)
    })
    worker.on('error', reject)
    worker.on('exit', (code) => {
      if (code !== 0) reject(new Error(`The assignment thread ended with ${code}`))
    })
  })
}
