import { type Certificate, certificates } from './assignment-certificate.ts'
import { cancelCycles } from './assignment-cycles.ts'
import { createFlow, type ShouldStop } from './assignment-flow.ts'
import { crossingGroups, forbidden, type Table } from './assignment-problem.ts'

/** What the engine is doing: `of` is the expected total where one is known, else 0. */
export type Progress = { phase: 'prices' | 'paths' | 'search' | 'reasons'; done: number; of: number }

export type SearchOptions = { shouldStop: ShouldStop; onProgress: (progress: Progress) => void; branches: number }

export type Found = {
  panels: Int32Array
  total: number
  /** No admissible assignment has a greater total. */
  bound: number
  /** What one more place of each evaluator would be worth (at the root). */
  price: Float64Array
}

export type SearchResult =
  | { kind: 'found'; found: Found }
  | { kind: 'impossible'; certificates: Certificate[]; short: number }
  /** The branches ran out before a panel plan or a proof was found (only where universities cross teams). */
  | { kind: 'undecided'; short: number }

/** A university restricted to one side for one proposal: the branching decision that makes rules nest. */
type Side = { p: number; group: number; keep: 'inside' | 'outside' }
type Branch = { bound: number; sides: Side[]; price: Float64Array; panels?: Int32Array }

const warmRounds = 60

/**
 * Exact maximum. If the rules nest everywhere, the first node is the optimum or a proof that there is none. Where a
 * university has people inside and outside of a proposal's own team, the panels are no matroid; then best-first
 * branch and bound: each branch lets one university serve one proposal from one side only, so the leaves nest. The
 * Lagrangian bound uses the true panels, hence equals the linear relaxation at best prices and is tight in practice.
 */
export function search(table: Table, { shouldStop, onProgress, branches }: SearchOptions): SearchResult {
  const { P, E, value, team, group, own } = table
  const flow = createFlow(table, shouldStop)
  const crossing = Int32Array.from({ length: P }, (_, p) => p).filter((p) => crossingGroups(table, p).length > 0)
  flow.warmPrices(warmRounds, (round) => onProgress({ phase: 'prices', done: round, of: warmRounds }))

  let best: Found | undefined
  let left = 0
  const open: Branch[] = [{ bound: Infinity, sides: [], price: flow.price.slice() }]
  for (let visited = 0; open.length > 0; visited++) {
    let at = 0
    for (let i = 1; i < open.length; i++) if (open[i]!.bound >= open[at]!.bound) at = i
    if (visited > branches || (best && open[at]!.bound <= best.total)) break
    const branch = open.splice(at, 1)[0]!
    onProgress({ phase: visited === 0 ? 'paths' : 'search', done: visited, of: branches })

    const undo = restrict(branch.sides)
    if (branch.sides.every(({ p }) => hasPanel(p))) {
      flow.price.set(branch.price)
      flow.begin(branch.panels)
      const first = visited === 0
      let most = 0
      const stuck = flow.settle((over) => {
        most = Math.max(most, over)
        if (first) onProgress({ phase: 'paths', done: most - over, of: most })
      })
      const proof = stuck.length > 0 ? certificates(flow, stuck) : []
      if (first) left = stuck.reduce((sum, [, units]) => sum + units, 0)
      if (first && proof.length > 0) return { kind: 'impossible', certificates: proof, short: left }
      if (proof.length === 0) {
        if (stuck.length === 0 && crossing.length > 0) cancelCycles(flow)
        const bound = Math.min(branch.bound, flow.bound())
        if (stuck.length === 0) {
          const total = flow.panels.total()
          if (!best || total > best.total) {
            const price = best?.price ?? flow.price.slice(0, E)
            best = { panels: flow.panels.seated.slice(), total, bound, price }
          }
        }
        if (!best || bound > best.total) split(branch, bound)
      }
    }
    for (const [i, v] of undo) value[i] = v
  }
  if (best) {
    best.bound = open.reduce((most, branch) => Math.max(most, branch.bound), best.total)
    return { kind: 'found', found: best }
  }
  return open.length > 0 ? { kind: 'undecided', short: left } : { kind: 'impossible', certificates: [], short: left }

  function restrict(sides: readonly Side[]) {
    const undo: [number, number][] = []
    for (const { p, group: g, keep } of sides) {
      for (let e = 0; e < E; e++) {
        if (group[e] !== g || (team[e] === own[p]) === (keep === 'inside')) continue
        undo.push([p * E + e, value[p * E + e]!])
        value[p * E + e] = forbidden
      }
    }
    return undo.reverse()
  }

  function hasPanel(p: number) {
    return flow.choose(p, flow.price, 0, new Int32Array(table.seats), 0) > -Infinity
  }

  /** Branches on the proposal that could still gain most, at a university that it uses now if one of those crosses. */
  function split(branch: Branch, bound: number) {
    let worst = -1
    let groups: number[] = []
    for (const p of crossing) {
      if (worst >= 0 && flow.worth[p]! <= flow.worth[worst]!) continue
      const still = crossingGroups(table, p)
      if (still.length === 0) continue
      worst = p
      groups = still
    }
    if (worst === -1) {
      // All rules nest here, so the paths were exact and the bound had to meet the total.
      throw new Error('assignment: a nested problem ended with a gap')
    }
    const used = Array.from(
      { length: table.need[worst]! },
      (_, i) => group[flow.panels.seated[worst * table.seats + i]!]!,
    )
    const g = groups.find((candidate) => used.includes(candidate)) ?? groups[0]!
    const price = flow.price.slice()
    const panels = flow.panels.seated.slice()
    for (const keep of ['outside', 'inside'] as const) {
      open.push({ bound, sides: [...branch.sides, { p: worst, group: g, keep }], price, panels })
    }
  }
}
