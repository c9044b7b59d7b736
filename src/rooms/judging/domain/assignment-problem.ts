/** One proposal and one evaluator, both by their position in the input. */
export type Pair = readonly [proposal: number, evaluator: number]

/**
 * Who could read what, and the rules of the round. Proposals and evaluators are numbered by their position (0-based);
 * ties are broken by that order, so the same input always gives the same panels.
 */
export type AssignmentProblem = {
  /** Number of proposals, P. */
  proposals: number
  /** Number of evaluators, E. */
  evaluators: number
  /** P x E integers, row by row: how well evaluator e suits proposal p (usually 0..1000), from -1e6 to 1e6. */
  affinity: ArrayLike<number>
  /** Reviews that each proposal must get, 0..16; fixed pairs count. */
  need: ArrayLike<number>
  /** Fewest reviews of each evaluator; fixed pairs count. */
  minLoad: ArrayLike<number>
  /** Most reviews of each evaluator; fixed pairs count. */
  maxLoad: ArrayLike<number>
  /** Pairs that must not meet (home region, employer, mentor of the entry ...). */
  conflicts?: readonly Pair[]
  /** Pairs already decided: they stay, even under the floor. A fixed pair that is also a conflict is reported. */
  fixed?: readonly Pair[]
  /** University (or other group) of each evaluator: two of one never share a proposal. Negative = none. */
  university?: ArrayLike<number>
  /** Sector team of each evaluator. Negative = none, which counts as outside of every team. */
  team?: ArrayLike<number>
  /** Team of each proposal's own category. Negative = none: the bridge rule does not bind this proposal. */
  ownTeam?: ArrayLike<number>
  /** Reviewers of a proposal who must come from outside its own team (design default: one of three). Absent = 0. */
  bridge?: number
  /** Least affinity of every review that is not fixed. Absent = no floor. */
  floor?: number
}

/** The rules that can stand in the way, by the name under which a person knows them. */
export type Rule = 'conflict' | 'floor' | 'university' | 'bridge' | 'max-load' | 'min-load' | 'fixed'

/** Value of a pair that may not be. Far below any affinity, yet sums of a few still fit 32 bits. */
export const forbidden = -(2 ** 29)

/** A team that no evaluator has: the "own team" of a proposal which the bridge rule does not bind. */
export const noTeam = -2

/**
 * The problem as the engine works on it: fixed pairs are taken out (their seats, loads and universities are used up),
 * conflicts and floor have become forbidden values, and whoever has no university is alone in one.
 */
export type Table = {
  P: number
  E: number
  /** P x E affinities, or `forbidden`. */
  value: Int32Array
  /** Free seats of each proposal. */
  need: Int32Array
  /** How many of the free seats must go outside of the own team. */
  outside: Int32Array
  /** Own team of each proposal, or `noTeam` when `outside` is 0. */
  own: Int32Array
  team: Int32Array
  group: Int32Array
  groups: number
  /** Bounds on the free load of each evaluator. `high` is negative if the fixed pairs alone are too many. */
  low: Int32Array
  high: Int32Array
  /** Stride of a list of panels: the largest number of free seats. */
  seats: number
}

/**
 * Checks shapes and builds the table, leaving out the rules named in `without` (used to find which rule blocks).
 * Throws RangeError on malformed input (wrong lengths, not integers, unknown indices): those are mistakes of the caller.
 */
export function compile(problem: AssignmentProblem, without: readonly Rule[] = []): Table {
  checkShapes(problem)
  const { proposals: P, evaluators: E } = problem
  const floor = without.includes('floor') ? undefined : problem.floor
  const value = Int32Array.from(problem.affinity)
  if (floor !== undefined) for (let i = 0; i < value.length; i++) if (value[i]! < floor) value[i] = forbidden
  if (!without.includes('conflict')) for (const [p, e] of problem.conflicts ?? []) value[p * E + e] = forbidden
  const { group, groups } = compileGroups(problem, without.includes('university'))
  const bridge = without.includes('bridge') || !problem.team ? 0 : (problem.bridge ?? 0)
  const team = new Int32Array(E).fill(-1)
  for (let e = 0; e < E; e++) team[e] = Math.max(-1, problem.team?.[e] ?? -1)

  const need = Int32Array.from(problem.need)
  const outside = new Int32Array(P)
  const own = new Int32Array(P).fill(noTeam)
  for (let p = 0; p < P; p++) {
    const home = problem.ownTeam?.[p] ?? -1
    if (home < 0) continue
    outside[p] = Math.min(bridge, need[p]!)
    own[p] = home
  }
  const low = Int32Array.from(problem.minLoad)
  const high = Int32Array.from(problem.maxLoad)
  for (const [p, e] of problem.fixed ?? []) {
    need[p] = need[p]! - 1
    if (team[e] !== own[p]) outside[p] = outside[p]! - 1
    low[e] = low[e]! - 1
    high[e] = high[e]! - 1
    value[p * E + e] = forbidden
    for (let other = 0; other < E; other++) if (group[other] === group[e]) value[p * E + other] = forbidden
  }
  let seats = 1
  for (let p = 0; p < P; p++) {
    need[p] = Math.max(0, need[p]!)
    outside[p] = Math.min(need[p]!, Math.max(0, outside[p]!))
    if (outside[p] === 0) own[p] = noTeam
    seats = Math.max(seats, need[p]!)
  }
  for (let e = 0; e < E; e++) low[e] = Math.max(0, low[e]!)
  return { P, E, value, need, outside, own, team, group, groups, low, high, seats }
}

/**
 * The universities that, for this proposal, have people both inside and outside of its own team. None: the rules nest,
 * the admissible panels are the bases of a laminar matroid, and shortest paths are exact. One or more: they cross.
 */
export function crossingGroups(table: Table, p: number): number[] {
  const { E, value, group, groups, team } = table
  if (table.outside[p] === 0) return []
  const sides = new Uint8Array(groups)
  for (let e = 0; e < E; e++) {
    if (value[p * E + e]! > forbidden) sides[group[e]!] = sides[group[e]!]! | (team[e] === table.own[p] ? 1 : 2)
  }
  const crossing: number[] = []
  for (let g = 0; g < groups; g++) if (sides[g] === 3) crossing.push(g)
  return crossing
}

function compileGroups(problem: AssignmentProblem, ignore: boolean) {
  const group = new Int32Array(problem.evaluators)
  const known = new Map<number, number>()
  let groups = 0
  for (let e = 0; e < problem.evaluators; e++) {
    const university = ignore ? -1 : (problem.university?.[e] ?? -1)
    const seen = university < 0 ? undefined : known.get(university)
    group[e] = seen ?? groups++
    if (university >= 0) known.set(university, group[e]!)
  }
  return { group, groups }
}

function checkShapes(problem: AssignmentProblem) {
  const { proposals: P, evaluators: E } = problem
  requireIntegers('proposals', [P], 1, 0, 1e7)
  requireIntegers('evaluators', [E], 1, 0, 1e5)
  requireIntegers('affinity', problem.affinity, P * E, -1e6, 1e6)
  requireIntegers('need', problem.need, P, 0, 16)
  requireIntegers('minLoad', problem.minLoad, E, 0, 1e7)
  requireIntegers('maxLoad', problem.maxLoad, E, 0, 1e7)
  if (problem.university) requireIntegers('university', problem.university, E, -1e9, 1e9)
  if (problem.team) requireIntegers('team', problem.team, E, -1e9, 1e9)
  if (problem.ownTeam) requireIntegers('ownTeam', problem.ownTeam, P, -1e9, 1e9)
  if (problem.bridge !== undefined) requireIntegers('bridge', [problem.bridge], 1, 0, 16)
  if (problem.floor !== undefined) requireIntegers('floor', [problem.floor], 1, -1e6, 1e9)
  for (const [p, e] of [...(problem.conflicts ?? []), ...(problem.fixed ?? [])]) {
    if (!(p >= 0 && p < P && e >= 0 && e < E && Number.isInteger(p) && Number.isInteger(e))) {
      throw new RangeError(`pair (${p}, ${e}) is outside of ${P} proposals and ${E} evaluators`)
    }
  }
  const fixed = new Set((problem.fixed ?? []).map(([p, e]) => p * E + e))
  if (fixed.size !== (problem.fixed ?? []).length) throw new RangeError('a fixed pair is given twice')
}

function requireIntegers(name: string, values: ArrayLike<number>, length: number, least: number, most: number) {
  if (values.length !== length) throw new RangeError(`${name} has ${values.length} entries, expected ${length}`)
  for (let i = 0; i < length; i++) {
    const value = values[i]!
    if (!(Number.isInteger(value) && value >= least && value <= most)) {
      throw new RangeError(`${name}[${i}] is ${value}, expected an integer from ${least} to ${most}`)
    }
  }
}
