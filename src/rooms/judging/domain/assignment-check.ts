import type { AssignmentProblem } from './assignment-problem.ts'

/** Pairs as one flat list (proposal, evaluator, proposal, evaluator ...), by proposal and then by evaluator. */
export type PairList = Int32Array

/** One way in which a list of pairs breaks the problem's rules. `found` and `allowed` are counts or affinities. */
export type Violation = {
  rule:
    | 'need'
    | 'min-load'
    | 'max-load'
    | 'conflict'
    | 'university'
    | 'bridge'
    | 'floor'
    | 'fixed'
    | 'repeated'
    | 'total'
  proposal?: number
  evaluator?: number
  found: number
  allowed: number
}

/** Reviews per evaluator, in input order. */
export function loads(solution: { pairs: PairList; evaluators: number }): Int32Array {
  const load = new Int32Array(solution.evaluators)
  for (let i = 1; i < solution.pairs.length; i += 2) load[solution.pairs[i]!] = load[solution.pairs[i]!]! + 1
  return load
}

/**
 * Checks a solution against the problem as it was stated. Slow, simple and without any line of the engine, so that an
 * auditor can read it alone. Empty = all rules hold. It does not judge optimality.
 */
export function verifyAssignment(
  problem: AssignmentProblem,
  solution: { pairs: PairList; evaluators: number; total: number },
): Violation[] {
  const { proposals: P, evaluators: E, conflicts = [], fixed = [], university, team, ownTeam, bridge = 0 } = problem
  const violations: Violation[] = []
  const panels: number[][] = Array.from({ length: P }, () => [])
  for (let i = 0; i < solution.pairs.length; i += 2) panels[solution.pairs[i]!]!.push(solution.pairs[i + 1]!)
  const conflicting = new Set(conflicts.map(([p, e]) => p * E + e))
  const decided = new Set(fixed.map(([p, e]) => p * E + e))

  let total = 0
  for (const [proposal, panel] of panels.entries()) {
    const need = problem.need[proposal]!
    if (panel.length !== need) violations.push({ rule: 'need', proposal, found: panel.length, allowed: need })
    for (const [i, evaluator] of panel.entries()) {
      const pair = proposal * E + evaluator
      const affinity = problem.affinity[pair]!
      total += affinity
      if (panel.indexOf(evaluator) < i) {
        violations.push({ rule: 'repeated', proposal, evaluator, found: 2, allowed: 1 })
        continue
      }
      if (conflicting.has(pair)) violations.push({ rule: 'conflict', proposal, evaluator, found: 1, allowed: 0 })
      if (problem.floor !== undefined && affinity < problem.floor && !decided.has(pair)) {
        violations.push({ rule: 'floor', proposal, evaluator, found: affinity, allowed: problem.floor })
      }
      const home = university?.[evaluator] ?? -1
      if (home >= 0 && panel.slice(0, i).some((other) => other !== evaluator && university?.[other] === home)) {
        violations.push({ rule: 'university', proposal, evaluator, found: 2, allowed: 1 })
      }
    }
    const own = ownTeam?.[proposal] ?? -1
    const outsiders = panel.filter((e) => (team?.[e] ?? -1) !== own).length
    if (team && own >= 0 && outsiders < Math.min(bridge, need)) {
      violations.push({ rule: 'bridge', proposal, found: outsiders, allowed: Math.min(bridge, need) })
    }
  }
  for (const [evaluator, found] of loads({ pairs: solution.pairs, evaluators: E }).entries()) {
    const least = problem.minLoad[evaluator]!
    const most = problem.maxLoad[evaluator]!
    if (found < least) violations.push({ rule: 'min-load', evaluator, found, allowed: least })
    if (found > most) violations.push({ rule: 'max-load', evaluator, found, allowed: most })
  }
  for (const [proposal, evaluator] of fixed) {
    if (!panels[proposal]!.includes(evaluator)) {
      violations.push({ rule: 'fixed', proposal, evaluator, found: 0, allowed: 1 })
    }
  }
  if (total !== solution.total) violations.push({ rule: 'total', found: solution.total, allowed: total })
  return violations
}
