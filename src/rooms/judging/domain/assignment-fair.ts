import { type AssignmentResult, type AssignOptions, assign, highestFloor } from './assignment.ts'
import { Stopped } from './assignment-flow.ts'
import type { AssignmentProblem } from './assignment-problem.ts'

/**
 * The greatest total among those assignments whose worst reading is as good as it can be: first the highest floor that
 * every reading can reach at once, then `assign` above it. `floor` is the one that was found. Where nothing fits at any
 * floor, `assign` says why. Costs about ten solves more than `assign`.
 */
export function assignFairly(
  problem: AssignmentProblem,
  options: AssignOptions = {},
): { result: AssignmentResult; floor: number | undefined } {
  try {
    const highest = highestFloor(problem, options.shouldStop)
    const floor = highest === undefined ? problem.floor : Math.max(highest, problem.floor ?? highest)
    return { result: assign({ ...problem, ...(floor !== undefined && { floor }) }, options), floor }
  } catch (error) {
    if (error instanceof Stopped) return { result: { outcome: 'cancelled' }, floor: undefined }
    throw error
  }
}
