import type { AssignmentProblem, Pair } from './assignment-problem.ts'

/**
 * The problem as a model in CPLEX LP format, so that any other solver can be asked whether our total is the greatest.
 * Variables `x<proposal>_<evaluator>` are 1 for a pair. `integer` adds the section that makes them whole numbers; where
 * the rules nest the linear model already is. With `candidates` only the best so many evaluators of each proposal, and
 * as many of the best from outside of its team, become variables (a smaller model; fixed pairs always do).
 */
export function writeModel(problem: AssignmentProblem, options: { integer: boolean; candidates?: number }): string {
  const { proposals: P, evaluators: E, affinity, team, ownTeam, university, bridge = 0 } = problem
  const fixed = new Set((problem.fixed ?? []).map(([p, e]) => p * E + e))
  const conflicts = new Set((problem.conflicts ?? []).map(([p, e]) => p * E + e))
  const byEvaluator: string[][] = Array.from({ length: E }, () => [])
  const objective: string[] = []
  const rows: string[] = []
  const names: string[] = []
  for (let p = 0; p < P; p++) {
    const own = team ? (ownTeam?.[p] ?? -1) : -1
    const isInside = (e: number) => own >= 0 && team?.[e] === own
    const allowed = Array.from({ length: E }, (_, e) => e).filter((e) => {
      const pair = p * E + e
      if (conflicts.has(pair)) return false
      return fixed.has(pair) || problem.floor === undefined || affinity[pair]! >= problem.floor
    })
    const kept =
      options.candidates === undefined ? allowed : bestOf(problem, [p, options.candidates], allowed, isInside)
    const byUniversity = new Map<number, string[]>()
    const inside: string[] = []
    const all: string[] = []
    for (const e of kept) {
      const name = `x${p}_${e}`
      names.push(name)
      all.push(name)
      byEvaluator[e]!.push(name)
      objective.push(`${affinity[p * E + e]! < 0 ? '-' : '+'} ${Math.abs(affinity[p * E + e]!)} ${name}`)
      const home = university?.[e] ?? -1
      if (home >= 0) byUniversity.set(home, [...(byUniversity.get(home) ?? []), name])
      if (isInside(e)) inside.push(name)
    }
    const need = problem.need[p]!
    rows.push(sum(all, '=', need))
    for (const members of byUniversity.values()) if (members.length > 1) rows.push(sum(members, '<=', 1))
    if (own >= 0 && bridge > 0) rows.push(sum(inside, '<=', need - Math.min(bridge, need)))
  }
  for (let e = 0; e < E; e++) {
    rows.push(sum(byEvaluator[e]!, '>=', problem.minLoad[e]!), sum(byEvaluator[e]!, '<=', problem.maxLoad[e]!))
  }
  const bounds = names.map((name) => `0 <= ${name} <= 1`)
  for (const pair of fixed) bounds.push(`x${Math.floor(pair / E)}_${pair % E} = 1`)
  const integers = options.integer ? `Generals\n${names.join('\n')}\n` : ''
  return (
    `Maximize\nobj: 0 nothing\n${objective.join('\n')}\nSubject To\n` +
    `${rows.join('\n')}\nBounds\nnothing = 0\n${bounds.join('\n')}\n${integers}End\n`
  )
}

/** A row over nothing still states its rule: 0 on the left makes the model impossible where the problem is. */
function sum(names: readonly string[], relation: string, bound: number) {
  const left: string[] = []
  for (let i = 0; i < names.length; i += 20) left.push(names.slice(i, i + 20).join(' + '))
  return `${['0 nothing', ...left].join('\n + ')} ${relation} ${bound}`
}

function bestOf(
  { evaluators: E, affinity, fixed = [] }: AssignmentProblem,
  [p, many]: Pair,
  allowed: readonly number[],
  isInside: (e: number) => boolean,
) {
  const ranked = [...allowed].sort((a, b) => affinity[p * E + b]! - affinity[p * E + a]! || a - b)
  const decided = fixed.filter(([q]) => q === p).map(([, e]) => e)
  const outsiders = ranked.filter((e) => !isInside(e)).slice(0, many)
  return [...new Set([...ranked.slice(0, many), ...outsiders, ...decided])]
}
