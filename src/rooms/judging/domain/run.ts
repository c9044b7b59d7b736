import type { Advice, AssignmentResult, Block } from './assignment.ts'
import type { Demand, DemandRules, Posed } from './demand.ts'

/** What was asked of one computation: the rules, and how many readings were missing. */
export type RunSettings = DemandRules & {
  fairest?: boolean
  reviews: number
  whole: boolean
  entries: number
  missing: number
}

/** A reading of an entry that a computation proposes. */
export type Proposed = { proposal: string; evaluator: string }

/** What one computation found, by ids and not by places, so that it can be read for ever. */
export type RunResult =
  | {
      outcome: 'assigned'
      pairs: Proposed[]
      total: number
      bound: number
      optimal: boolean
      scarce: string[]
      floor?: number
    }
  | { outcome: 'impossible'; short: number; blocks: NamedBlock[]; advice: NamedAdvice[] }
  | { outcome: 'undecided'; short: number }
  | { outcome: 'cancelled' }

export type NamedBlock = Omit<Block, 'proposals' | 'evaluators'> & { proposals: string[]; evaluators: string[] }
export type NamedAdvice = {
  kind: Advice['remedy']['kind']
  remaining: number
  by?: number
  count?: number
  maxLoad?: number
  to?: number
  proposals?: string[]
  evaluators?: string[]
}

export type RunState =
  | 'running'
  | 'proposed'
  | 'impossible'
  | 'undecided'
  | 'cancelled'
  | 'failed'
  /** Its process went away in the middle of it. */
  | 'interrupted'
  | 'accepted'
  | 'superseded'
export type Progress = { phase?: 'floor' | 'prices' | 'paths' | 'search' | 'reasons'; done?: number; of?: number }
export type Run = {
  round: string
  id: string
  settings: RunSettings
  state: RunState
  progress: Progress
  /** host/pid of the process that computes it, and for how many milliseconds it was not heard of. */
  worker: string
  silent: number
  result: RunResult | null
  begun: Date
  ended: Date | null
}

/** Put the names back into a result; of an assignment only the new pairs, not the ones that stood already. */
export function nameResult(
  posed: Posed,
  demands: readonly Demand[],
  result: AssignmentResult,
  floor?: number,
): RunResult {
  const proposal = (p: number) => posed.proposals[p]!
  const evaluator = (e: number) => posed.evaluators[e]!
  switch (result.outcome) {
    case 'assigned': {
      const had = new Map(demands.map((demand) => [demand.proposal, new Set(demand.readers)]))
      const pairs: Proposed[] = []
      for (let i = 0; i < result.pairs.length; i += 2) {
        const pair = { proposal: proposal(result.pairs[i]!), evaluator: evaluator(result.pairs[i + 1]!) }
        if (!had.get(pair.proposal)!.has(pair.evaluator)) pairs.push(pair)
      }
      // The dearest first: where one more place would help the whole most.
      const scarce = Array.from(result.prices, (price, e) => ({ price, id: evaluator(e) }))
        .filter((each) => each.price > 0)
        .sort((a, b) => b.price - a.price)
        .slice(0, 10)
        .map((each) => each.id)
      const { total, bound, optimal } = result
      return { outcome: 'assigned', pairs, total, bound, optimal, scarce, ...(floor !== undefined && { floor }) }
    }
    case 'impossible':
      return {
        outcome: 'impossible',
        short: result.short,
        blocks: result.blocks.map((block) => ({
          ...block,
          proposals: block.proposals.map(proposal),
          evaluators: block.evaluators.map(evaluator),
        })),
        advice: result.advice.map((each) => nameAdvice(each, proposal, evaluator)),
      }
    default:
      return result
  }
}

function nameAdvice(
  { remedy, remaining }: Advice,
  proposal: (p: number) => string,
  evaluator: (e: number) => string,
): NamedAdvice {
  const { kind } = remedy
  switch (remedy.kind) {
    case 'raise-max-load':
    case 'lower-min-load':
      return { kind, remaining, by: remedy.by, evaluators: remedy.evaluators.map(evaluator) }
    case 'add-evaluators':
      return { kind, remaining, count: remedy.count, maxLoad: remedy.maxLoad }
    case 'lower-floor':
      return { kind, remaining, to: remedy.to }
    case 'waive-university':
      return { kind, remaining }
    case 'waive-bridge':
      return { kind, remaining, proposals: remedy.proposals.map(proposal) }
    case 'release-fixed':
      return {
        kind,
        remaining,
        proposals: remedy.pairs.map(([p]) => proposal(p)),
        evaluators: remedy.pairs.map(([, e]) => evaluator(e)),
      }
  }
}
