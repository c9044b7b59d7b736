import { parentPort, workerData } from 'node:worker_threads'
import { assign, type Progress } from './domain/assignment.ts'
import { assignFairly } from './domain/assignment-fair.ts'
import type { AssignmentProblem } from './domain/assignment-problem.ts'

/** The assignment in a thread of its own, so that pages are answered while it thinks. `stop` is set by the main thread. */
const { problem, stop, fairest } = workerData as { problem: AssignmentProblem; stop: Int32Array; fairest: boolean }
let told = 0

const options = {
  shouldStop: () => Atomics.load(stop, 0) === 1,
  onProgress: (progress: Progress) => {
    // Several hundred steps a second would only be noise.
    const now = performance.now()
    if (now - told < 100) return
    told = now
    parentPort!.postMessage({ progress })
  },
}
if (fairest) parentPort!.postMessage({ progress: { phase: 'floor' } })
const found = fairest ? assignFairly(problem, options) : { result: assign(problem, options), floor: undefined }
parentPort!.postMessage(found)
