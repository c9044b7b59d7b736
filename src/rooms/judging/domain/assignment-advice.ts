import type { ShouldStop } from './assignment-flow.ts'
import type { AssignmentProblem, Pair } from './assignment-problem.ts'
import { compile } from './assignment-problem.ts'
import { type Block, createWaivers, fixedBlocks, panelBlocks } from './assignment-reasons.ts'
import { search } from './assignment-search.ts'

/** A change of the problem that would help. `applyAdvice` makes it. */
export type Remedy =
  | { kind: 'raise-max-load'; evaluators: number[]; by: number }
  | { kind: 'lower-min-load'; evaluators: number[]; by: number }
  /** New evaluators without conflicts, each of a university of its own, at the floor or above it. Team -1: any other. */
  | { kind: 'add-evaluators'; team: number; count: number; maxLoad: number }
  | { kind: 'lower-floor'; to: number }
  | { kind: 'waive-university' }
  | { kind: 'waive-bridge'; proposals: number[] }
  | { kind: 'release-fixed'; pairs: Pair[] }

/**
 * A remedy, re-solved: `remaining` reviews still have no place afterwards. 0 = with this alone the whole problem is
 * solvable. Amounts are the smallest that mend the block they answer.
 */
export type Advice = { remedy: Remedy; remaining: number }

/** The problem with the remedy applied; the original is left as it was. */
export function applyAdvice(problem: AssignmentProblem, remedy: Remedy): AssignmentProblem {
  const shifted = (bounds: ArrayLike<number>, evaluators: number[], by: number) => {
    const set = new Set(evaluators)
    return Int32Array.from(bounds, (bound, e) => (set.has(e) ? Math.max(0, bound + by) : bound))
  }
  switch (remedy.kind) {
    case 'raise-max-load':
      return { ...problem, maxLoad: shifted(problem.maxLoad, remedy.evaluators, remedy.by) }
    case 'lower-min-load':
      return { ...problem, minLoad: shifted(problem.minLoad, remedy.evaluators, -remedy.by) }
    case 'add-evaluators':
      return withMoreEvaluators(problem, remedy)
    case 'lower-floor':
      return { ...problem, floor: remedy.to }
    case 'waive-university':
      return { ...problem, university: undefined }
    case 'waive-bridge': {
      const waived = new Set(remedy.proposals)
      const ownTeam = Int32Array.from(problem.ownTeam ?? [], (team, p) => (waived.has(p) ? -1 : team))
      return { ...problem, ownTeam: problem.ownTeam && ownTeam }
    }
    case 'release-fixed': {
      const released = new Set(remedy.pairs.map(([p, e]) => `${p} ${e}`))
      return { ...problem, fixed: (problem.fixed ?? []).filter(([p, e]) => !released.has(`${p} ${e}`)) }
    }
  }
}

function withMoreEvaluators(problem: AssignmentProblem, remedy: Remedy & { kind: 'add-evaluators' }) {
  const { proposals: P, evaluators: E } = problem
  const more = E + remedy.count
  const affinity = new Int32Array(P * more).fill(Math.min(1e6, Math.max(0, problem.floor ?? 0)))
  for (let p = 0; p < P; p++) for (let e = 0; e < E; e++) affinity[p * more + e] = problem.affinity[p * E + e]!
  const extended = (values: ArrayLike<number> | undefined, filler: number) =>
    values && Int32Array.from({ length: more }, (_, e) => (e < E ? values[e]! : filler))
  return {
    ...problem,
    evaluators: more,
    affinity,
    minLoad: extended(problem.minLoad, 0)!,
    maxLoad: extended(problem.maxLoad, remedy.maxLoad)!,
    university: extended(problem.university, -1),
    team: extended(problem.team, remedy.team),
  }
}

/** Reviews that find no place under the rules (0 = solvable). An upper bound where universities cross teams. */
export function shortage(problem: AssignmentProblem, shouldStop: ShouldStop): number {
  const table = compile(problem)
  const sum = (blocks: Block[]) => blocks.reduce((total, { need, room }) => total + Math.max(1, need - room), 0)
  const before = sum(fixedBlocks(problem)) + sum(panelBlocks(table, createWaivers(problem)))
  const result = search(table, { shouldStop, onProgress: () => {}, branches: 20 })
  return before + (result.kind === 'found' ? 0 : Math.max(1, result.short))
}

/** The remedies that fit the blocks, each tried on the whole problem. Remedies that change nothing are left out. */
export function advise(problem: AssignmentProblem, blocks: readonly Block[], shouldStop: ShouldStop): Advice[] {
  const before = shortage(problem, shouldStop)
  const advice: Advice[] = []
  const seen = new Set<string>()
  const remainingAfter = (remedy: Remedy) => shortage(applyAdvice(problem, remedy), shouldStop)
  const offer = (remedy: Remedy | undefined) => {
    const key = JSON.stringify(remedy)
    if (!remedy || seen.has(key)) return
    seen.add(key)
    const remaining = remainingAfter(remedy)
    if (remaining < before) advice.push({ remedy, remaining })
  }
  // A few are enough to act on; then one looks again.
  for (const block of together(blocks).slice(0, 5)) {
    const target = Math.max(0, before - Math.max(1, block.need - block.room))
    const mends = (remedy: Remedy) => remainingAfter(remedy) <= target
    const missing = block.need - block.room
    const spread = Math.max(1, Math.ceil(missing / Math.max(1, block.evaluators.length)))
    if (block.kind === 'fixed') offer(releaseOf(problem, block))
    if (block.rules.includes('max-load') && block.kind !== 'minimum') {
      const raise = (by: number): Remedy => ({ kind: 'raise-max-load', evaluators: block.evaluators, by })
      offer(smallest(spread, raise, mends))
    }
    if (block.rules.includes('min-load')) {
      const lower = (by: number): Remedy => ({ kind: 'lower-min-load', evaluators: block.evaluators, by })
      offer(smallest(spread, lower, mends))
    }
    if (block.kind === 'room' || block.kind === 'panel') offer(moreEvaluators(problem, block, mends))
    if (block.rules.includes('floor') && !seen.has('floor')) {
      // The floor is one for all proposals, so the level sought is the one that mends everything.
      offer(lowerFloor(problem, (remedy) => remainingAfter(remedy) === 0))
      seen.add('floor')
    }
    if (block.rules.includes('university')) offer({ kind: 'waive-university' })
    if (block.rules.includes('bridge')) offer({ kind: 'waive-bridge', proposals: block.proposals })
  }
  return advice
}

/** Proposals without a panel share their remedies if they share the rules: they are advised on as one block. */
function together(blocks: readonly Block[]): Block[] {
  const groups = new Map<string, Block>()
  for (const [i, block] of blocks.entries()) {
    const key = block.kind === 'panel' ? block.rules.join() : `${i}`
    const group = groups.get(key)
    if (!group) {
      groups.set(key, { ...block })
      continue
    }
    group.proposals = [...group.proposals, ...block.proposals]
    group.evaluators = [...new Set([...group.evaluators, ...block.evaluators])].sort((a, b) => a - b)
    group.need += block.need
    group.room += block.room
  }
  return [...groups.values()]
}

/** Least amount from `from` on that mends, by doubling and then halving; gives up after six doublings. */
function smallest(from: number, make: (by: number) => Remedy, mends: (remedy: Remedy) => boolean) {
  let fails = from - 1
  let works = from
  for (let i = 0; !mends(make(works)); i++) {
    if (i === 6) return undefined
    fails = works
    works *= 2
  }
  while (works - fails > 1) {
    const middle = Math.floor((works + fails) / 2)
    if (mends(make(middle))) works = middle
    else fails = middle
  }
  return make(works)
}

/** Fewest new evaluators: of the team that most of the proposals belong to, or of another one if that takes fewer. */
function moreEvaluators(problem: AssignmentProblem, block: Block, mends: (remedy: Remedy) => boolean) {
  const usual = Array.from(problem.maxLoad).sort((a, b) => a - b)
  const maxLoad = Math.max(1, usual[Math.floor(usual.length / 2)] ?? 1)
  const counts = new Map<number, number>()
  for (const p of block.proposals) {
    const team = problem.ownTeam?.[p] ?? -1
    counts.set(team, (counts.get(team) ?? 0) + 1)
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  const teams = problem.team ? [...new Set([most?.[0] ?? -1, -1])] : [-1]
  const from = Math.ceil((block.need - block.room) / maxLoad)
  let best: (Remedy & { kind: 'add-evaluators' }) | undefined
  for (const team of teams) {
    const make = (count: number): Remedy => ({ kind: 'add-evaluators', team, count, maxLoad })
    const found = smallest(Math.max(1, from), make, mends)
    if (found?.kind === 'add-evaluators' && (!best || found.count < best.count)) best = found
  }
  return best
}

/** The highest lower floor that mends, among the affinities that occur; undefined if no floor would. */
function lowerFloor(problem: AssignmentProblem, mends: (remedy: Remedy) => boolean): Remedy | undefined {
  const floor = problem.floor
  if (floor === undefined) return undefined
  const levels = [...new Set(Array.from(problem.affinity))].filter((v) => v < floor).sort((a, b) => a - b)
  const at = highestIndex(levels.length, (i) => mends({ kind: 'lower-floor', to: levels[i]! }))
  return at < 0 ? undefined : { kind: 'lower-floor', to: levels[at]! }
}

/**
 * The fairest floor: the highest affinity that every review can reach at once while all other rules hold (max-min),
 * by bisection over the affinities that occur. Undefined if the problem has no solution at any floor.
 */
export function highestFloor(problem: AssignmentProblem, shouldStop: ShouldStop = () => false): number | undefined {
  const levels = [...new Set(Array.from(problem.affinity))].sort((a, b) => a - b)
  const at = highestIndex(levels.length, (i) => shortage({ ...problem, floor: levels[i]! }, shouldStop) === 0)
  return at < 0 ? undefined : levels[at]
}

/** Greatest index for which a falling test still holds, or -1. */
function highestIndex(length: number, holds: (i: number) => boolean) {
  let yes = -1
  let no = length
  while (no - yes > 1) {
    const middle = Math.floor((yes + no) / 2)
    if (holds(middle)) yes = middle
    else no = middle
  }
  return yes
}

function releaseOf(problem: AssignmentProblem, block: Block): Remedy | undefined {
  const set = new Set(block.evaluators)
  const pairs = (problem.fixed ?? []).filter(
    ([p, e]) => set.has(e) && (block.proposals.length === 0 || block.proposals.includes(p)),
  )
  // Pairs decided last are let go first: as many as are too many.
  const many = Math.max(1, block.need - block.room)
  return pairs.length === 0 ? undefined : { kind: 'release-fixed', pairs: pairs.slice(-many) }
}
