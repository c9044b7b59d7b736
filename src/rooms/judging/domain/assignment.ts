import { type Advice, advise } from './assignment-advice.ts'
import type { PairList } from './assignment-check.ts'
import { type ShouldStop, Stopped } from './assignment-flow.ts'
import { type AssignmentProblem, compile, type Table } from './assignment-problem.ts'
import { type Block, certificateBlock, createWaivers, fixedBlocks, panelBlocks } from './assignment-reasons.ts'
import { type Found, type Progress, search } from './assignment-search.ts'

export { type Advice, applyAdvice, highestFloor, type Remedy } from './assignment-advice.ts'
export { loads, type PairList, type Violation, verifyAssignment } from './assignment-check.ts'
export type { AssignmentProblem, Pair, Rule } from './assignment-problem.ts'
export type { Block } from './assignment-reasons.ts'
export type { Progress } from './assignment-search.ts'

export type AssignOptions = {
  /** Asked between steps (every few milliseconds); true ends the work with `cancelled`. */
  shouldStop?: ShouldStop
  /** Told between steps; may post a message from a worker thread. */
  onProgress?: (progress: Progress) => void
  /** Branches to try where universities cross teams (each costs about one solve). Absent = 200. */
  branches?: number
  /** Re-solve to find what would help when there is no solution. Absent = true; costs some tens of solves. */
  advise?: boolean
}

export type Assigned = {
  outcome: 'assigned'
  pairs: PairList
  /** Number of evaluators, as in the problem. */
  evaluators: number
  /** Sum of the affinities of all pairs, fixed ones included. */
  total: number
  /** No assignment that obeys the rules has a greater total: proven on the full matrix, whatever found the panels. */
  bound: number
  /** total === bound. Always so where the rules nest (see `assign`). */
  optimal: boolean
  /**
   * Shadow price of each evaluator, in units of affinity: above 0 = scarce, the maximum load binds, and one more place
   * adds at most this to the total; below 0 = every review that the minimum load demands costs the total up to this.
   * Where universities cross teams the first relaxation's prices, so only near to that.
   */
  prices: Float64Array
}

export type AssignmentResult =
  | Assigned
  /** No assignment obeys the rules. `short`: reviews without a place (smallest possible where the rules nest). */
  | { outcome: 'impossible'; short: number; blocks: Block[]; advice: Advice[] }
  /** Neither found nor disproved within `branches`; only where universities cross teams. */
  | { outcome: 'undecided'; short: number }
  | { outcome: 'cancelled' }

/**
 * Gives every proposal its reviewers so that the sum of affinities is the greatest possible under all rules.
 *
 * Exactness. Without the bridge rule, and with it wherever each university lies wholly inside or wholly outside of a
 * proposal's own team, the admissible panels of a proposal are the bases of a laminar matroid. The problem is then a
 * valuated-matroid intersection (a min-cost flow): the result is the optimum, `optimal` is true. Where a university
 * has people on both sides the panels are no matroid, and no pure flow states the rule; then branch and bound runs on
 * top. It proves the optimum unless `branches` run out; what is returned obeys every rule in any case, and `bound`
 * says by how much at most it can be improved.
 *
 * The same input gives the same output: ties fall to the lower position, and no random numbers are used.
 * Throws RangeError if the input is malformed (see `AssignmentProblem`). Time: about E^2 for each review that starts in
 * a wrong place, plus P x E for each of some 60 rounds of price search; memory: one P x E matrix of 32 bits.
 *
 * Sources: Ahuja, Magnanti, Orlin, Network Flows (1993), ch. 9; Murota, Valuated matroid intersection (1996).
 */
export function assign(problem: AssignmentProblem, options: AssignOptions = {}): AssignmentResult {
  const { shouldStop = () => false, onProgress = () => {}, branches = 200 } = options
  const table = compile(problem)
  try {
    const waive = createWaivers(problem)
    const blocks = [...fixedBlocks(problem), ...panelBlocks(table, waive)]
    const result = search(table, { shouldStop, onProgress, branches })
    if (blocks.length === 0 && result.kind === 'found') return assigned(problem, table, result.found)
    if (blocks.length === 0 && result.kind === 'undecided') return { outcome: 'undecided', short: result.short }

    let short = blocks.reduce((sum, { need, room }) => sum + need - room, 0)
    if (result.kind === 'impossible') {
      short += result.short
      for (const certificate of result.certificates) blocks.push(certificateBlock(certificate, table, waive))
    }
    if (blocks.length === 0) blocks.push(sidesBlock(table))
    onProgress({ phase: 'reasons', done: 0, of: blocks.length })
    const advice = options.advise === false ? [] : advise(problem, blocks, shouldStop)
    return { outcome: 'impossible', short: Math.max(1, short), blocks, advice }
  } catch (error) {
    if (error instanceof Stopped) return { outcome: 'cancelled' }
    throw error
  }
}

function assigned(problem: AssignmentProblem, table: Table, found: Found): Assigned {
  const { proposals: P, evaluators: E, affinity, fixed = [] } = problem
  const panels: number[][] = Array.from({ length: P }, () => [])
  let decided = 0
  for (const [p, e] of fixed) {
    panels[p]!.push(e)
    decided += affinity[p * E + e]!
  }
  for (let p = 0; p < P; p++) {
    for (let i = 0; i < table.need[p]!; i++) panels[p]!.push(found.panels[p * table.seats + i]!)
  }
  const pairs = Int32Array.from(panels.flatMap((panel, p) => panel.sort((a, b) => a - b).flatMap((e) => [p, e])))
  return {
    outcome: 'assigned',
    pairs,
    evaluators: E,
    total: found.total + decided,
    bound: found.bound + decided,
    optimal: found.total === found.bound,
    prices: found.price,
  }
}

/** Every branch failed, each for a reason of its own: what is proven is only that these two rules do not go together. */
function sidesBlock({ P, E, outside }: Table): Block {
  const proposals = Array.from({ length: P }, (_, p) => p).filter((p) => outside[p]! > 0)
  const evaluators = Array.from({ length: E }, (_, e) => e)
  return { kind: 'sides', rules: ['university', 'bridge'], proposals, evaluators, need: 1, room: 0 }
}
