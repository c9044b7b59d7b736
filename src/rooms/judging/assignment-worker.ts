import { parentPort, workerData } from 'node:worker_threads'
import { assign, type Progress } from './domain/assignment.ts'
import type { AssignmentProblem } from './domain/assignment-problem.ts'

/** The assignment in a thread of its own, so that pages are answered while it thinks. `stop` is set by the main thread. */
const { problem, stop } = workerData as { problem: AssignmentProblem; stop: Int32Array }
let told = 0

const result = assign(problem, {
  shouldStop: () => Atomics.load(stop, 0) === 1,
  onProgress: (progress: Progress) => {
    // Several hundred steps a second would only be noise.
    const now = performance.now()
    if (now - told < 100) return
    told = now
    parentPort!.postMessage({ progress })
  },
})
parentPort!.postMessage({ result })
