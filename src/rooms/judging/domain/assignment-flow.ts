import { createChooser } from './assignment-choice.ts'
import { forbidden, type Table } from './assignment-problem.ts'

/** Asked at every step; true ends the work by throwing `Stopped`. */
export type ShouldStop = () => boolean

/** Thrown inside of the engine to unwind, caught at its door: no caller sees it. */
export class Stopped extends Error {}

const unreachable = 2 ** 28

export type Flow = ReturnType<typeof createFlow>

/**
 * Panels, loads and prices, and the moves between them. The network has one node per evaluator and one hub that holds
 * the load bounds; an arc a -> b is the cheapest swap "a hands a proposal to b" over all panels of a. Proposals are
 * no nodes, so a shortest path costs E^2 steps however many proposals there are.
 *
 * Prices are the dual variables: at a price per evaluator every panel is the best one for its proposal, and only the
 * loads are wrong. Each shortest path (fewest swaps among the cheapest, as valuated-matroid intersection demands:
 * Murota 1996) moves one review from an overloaded evaluator to one with room and keeps all panels best.
 */
export function createFlow(table: Table, shouldStop: ShouldStop) {
  const { P, E, value, need, outside, own, team, group, groups, low, high, seats } = table
  const hub = E
  const N = E + 1
  /** Paths are compared by (cost, number of arcs): one number holds both, as cost x hop + arcs. */
  const hop = 2 ** Math.ceil(Math.log2(N + 2))
  const choose = createChooser(table)
  const panels = new Int32Array(P * seats).fill(-1)
  const price = new Float64Array(N)
  const worth = new Float64Array(P)
  const load = new Int32Array(E)
  const place = new Int32Array(E)
  const excess = new Int32Array(N)
  const swapCost = new Int32Array(E * E)
  const swapVia = new Int32Array(E * E)
  const held: number[][] = Array.from({ length: E }, () => [])
  const mark = new Int32Array(groups)
  let stamp = 0
  const distance = new Float64Array(N)
  const previous = new Int32Array(N)
  const settled = new Uint8Array(N)
  const dirty = new Uint8Array(E)
  const scratch = new Int32Array(seats)
  let totalNeed = 0
  for (let p = 0; p < P; p++) totalNeed += need[p]!

  function chooseAll() {
    for (let p = 0; p < P; p++) worth[p] = choose(p, price, 1, panels, p * seats)
  }

  function countLoads() {
    load.fill(0)
    for (let p = 0; p < P; p++) {
      for (let i = p * seats; i < p * seats + need[p]!; i++) load[panels[i]!] = load[panels[i]!]! + 1
    }
  }

  /**
   * Sign-driven descent on the prices (each evaluator its own step, longer while the load errs to the same side,
   * halved when it turns). It need not converge: the paths finish exactly from any prices. It only saves paths.
   */
  function warmPrices(rounds: number, tick: (round: number) => void) {
    const step = new Float64Array(E).fill(16)
    const lastSign = new Int8Array(E)
    const bestPrice = price.slice()
    let least = Infinity
    for (let round = 0; round < rounds; round++) {
      if (shouldStop()) throw new Stopped()
      tick(round)
      chooseAll()
      countLoads()
      let off = 0
      for (let e = 0; e < E; e++) off += Math.abs(imbalance(e))
      if (off < least) {
        least = off
        bestPrice.set(price)
      }
      if (off === 0) break
      for (let e = 0; e < E; e++) {
        const sign = Math.sign(imbalance(e))
        if (sign !== 0) {
          if (sign === lastSign[e]) step[e] = Math.min(step[e]! * 1.3, 4096)
          else if (lastSign[e] !== 0) step[e] = Math.max(1, step[e]! * 0.5)
          const moved = price[e]! + sign * Math.round(step[e]!)
          // A price may not jump over zero in one step: at zero any load within the bounds is right.
          price[e] = moved * price[e]! < 0 ? 0 : moved
        }
        lastSign[e] = sign
      }
    }
    price.set(bestPrice)
  }

  /** How far the load of e is from what its price allows (above 0: must be full; below 0: must be at the minimum). */
  function imbalance(e: number) {
    return load[e]! - allowedPlaces(e)
  }

  function allowedPlaces(e: number) {
    if (price[e]! > 0) return high[e]!
    if (price[e]! < 0) return low[e]!
    return Math.min(high[e]!, Math.max(low[e]!, load[e]!))
  }

  /** Lets every proposal choose at the present prices, then books what is over and under. */
  function begin(keep?: Int32Array) {
    const base = price[hub]!
    for (let e = 0; e < N; e++) price[e] = price[e]! - base
    chooseAll()
    if (keep) for (let p = 0; p < P; p++) keepPanel(keep, p)
    countLoads()
    excess[hub] = -totalNeed
    for (let e = 0; e < E; e++) {
      place[e] = allowedPlaces(e)
      excess[e] = load[e]! - place[e]!
      excess[hub] = excess[hub]! + place[e]!
      held[e]!.length = 0
    }
    for (let p = 0; p < P; p++) {
      for (let i = p * seats; i < p * seats + need[p]!; i++) held[panels[i]!]!.push(p)
    }
    for (let e = 0; e < E; e++) findSwaps(e)
  }

  /** Keeps the former panel of p if it is as good as the best at these prices: fewer loads to repair. */
  function keepPanel(former: Int32Array, p: number) {
    let net = 0
    for (let i = p * seats; i < p * seats + need[p]!; i++) {
      const v = value[p * E + former[i]!]!
      if (v <= forbidden) return
      net += v - price[former[i]!]!
    }
    if (net === worth[p]!) for (let i = p * seats; i < p * seats + need[p]!; i++) panels[i] = former[i]!
  }

  /** The cheapest hand-over from a to every b, over all proposals that a holds. */
  function findSwaps(a: number) {
    const row = a * E
    swapCost.fill(unreachable, row, row + E)
    for (const p of held[a]!) {
      const first = p * E
      const base = value[first + a]!
      stamp++
      let insiders = 0
      for (let i = p * seats; i < p * seats + need[p]!; i++) {
        const member = panels[i]!
        if (member === a) continue
        mark[group[member]!] = stamp
        if (team[member] === own[p]) insiders++
      }
      // When only outsiders may take the seat, nobody of the own team may; otherwise nobody is barred.
      const barred = outside[p]! > 0 && insiders >= need[p]! - outside[p]! ? own[p]! : -3
      for (let b = 0; b < E; b++) {
        const cost = base - value[first + b]!
        if (cost < swapCost[row + b]! && mark[group[b]!] !== stamp && team[b] !== barred) {
          swapCost[row + b] = cost
          swapVia[row + b] = p
        }
      }
    }
  }

  /** Dijkstra from all overloaded nodes; returns the nearest node with room, or -1. */
  function nearestRoom() {
    distance.fill(Infinity)
    settled.fill(0)
    for (let v = 0; v < N; v++) {
      if (excess[v]! > 0) {
        distance[v] = 0
        previous[v] = -1
      }
    }
    for (;;) {
      let u = -1
      let du = Infinity
      for (let v = 0; v < N; v++) {
        if (settled[v] === 0 && distance[v]! < du) {
          du = distance[v]!
          u = v
        }
      }
      if (u === -1) return -1
      settled[u] = 1
      if (excess[u]! < 0) return u
      if (u === hub) {
        for (let e = 0; e < E; e++) if (place[e]! > low[e]!) reach(hub, e, du, price[e]! - price[hub]!)
        continue
      }
      const pu = price[u]!
      const row = u * E
      for (let b = 0; b < E; b++) {
        const cost = swapCost[row + b]!
        if (cost >= unreachable || settled[b] === 1) continue
        const reduced = cost - pu + price[b]!
        const d = du + Math.max(reduced, 0) * hop + 1
        if (d < distance[b]!) {
          distance[b] = d
          previous[b] = u
        }
      }
      if (place[u]! < high[u]!) reach(u, hub, du, price[hub]! - pu)
    }
  }

  function reach(u: number, v: number, du: number, reduced: number) {
    const d = du + Math.max(0, reduced) * hop + 1
    if (settled[v] === 0 && d < distance[v]!) {
      distance[v] = d
      previous[v] = u
    }
  }

  /** Hands proposal p from a to b. */
  function swap(p: number, a: number, b: number) {
    let i = p * seats
    while (panels[i] !== a) i++
    panels[i] = b
    held[a]!.splice(held[a]!.indexOf(p), 1)
    held[b]!.push(p)
    load[a] = load[a]! - 1
    load[b] = load[b]! + 1
  }

  type Step = { p: number; a: number; b: number }

  /** Carries out the swaps of a path or cycle; false and nothing done if together they break a panel's rules. */
  function carryOut(steps: readonly Step[]) {
    const via = steps.map((step) => step.p)
    const repeated = new Set(via).size < via.length
    for (const { p, a, b } of steps) swap(p, a, b)
    if (repeated && !via.every(isAdmissible)) {
      for (let i = steps.length - 1; i >= 0; i--) swap(steps[i]!.p, steps[i]!.b, steps[i]!.a)
      return false
    }
    dirty.fill(0)
    for (const { p, a } of steps) {
      dirty[a] = 1
      for (let i = p * seats; i < p * seats + need[p]!; i++) dirty[panels[i]!] = 1
    }
    for (let e = 0; e < E; e++) if (dirty[e]) findSwaps(e)
    return true
  }

  function isAdmissible(p: number) {
    stamp++
    let insiders = 0
    for (let i = p * seats; i < p * seats + need[p]!; i++) {
      const e = panels[i]!
      if (mark[group[e]!] === stamp || value[p * E + e]! <= forbidden) return false
      mark[group[e]!] = stamp
      if (team[e] === own[p]) insiders++
    }
    return insiders <= need[p]! - outside[p]!
  }

  /**
   * Moves reviews along shortest paths until every load is within bounds. Overloads without any way out are set aside
   * and returned as [node, units]: empty means settled. For laminar rules what is left is the smallest possible.
   */
  function settle(tick: (left: number) => void) {
    const stuck: [number, number][] = []
    for (let round = 0; ; round++) {
      if (shouldStop()) throw new Stopped()
      let left = 0
      for (let v = 0; v < N; v++) if (excess[v]! > 0) left += excess[v]!
      if (round % 64 === 0) tick(left)
      if (left === 0) break
      const target = nearestRoom()
      if (target === -1) {
        for (let v = 0; v < N; v++) {
          if (excess[v]! <= 0) continue
          stuck.push([v, excess[v]!])
          excess[v] = 0
        }
        break
      }
      const far = Math.floor(distance[target]! / hop)
      const steps: Step[] = []
      const hubSteps: [number, number][] = []
      let source = target
      while (previous[source] !== -1) {
        const from = previous[source]!
        if (from === hub) hubSteps.push([source, -1])
        else if (source === hub) hubSteps.push([from, 1])
        else steps.push({ p: swapVia[from * E + source]!, a: from, b: source })
        source = from
      }
      if (!carryOut(steps)) {
        // Only where universities cross teams: forbid one repeated swap until its row is computed anew.
        const repeated = steps.find((step, i) => steps.some((other, j) => j > i && other.p === step.p))!
        swapCost[repeated.a * E + repeated.b] = unreachable
        continue
      }
      for (const [e, by] of hubSteps) place[e] = place[e]! + by
      excess[source] = excess[source]! - 1
      excess[target] = excess[target]! + 1
      for (let v = 0; v < N; v++) {
        if (settled[v]) price[v] = price[v]! + Math.max(0, far - Math.floor(distance[v]! / hop))
      }
    }
    return stuck
  }

  /** All nodes to which (or, backwards, from which) a review can be moved, starting at `start`. */
  function closure(start: number, backwards: boolean) {
    const seen = new Uint8Array(N)
    const queue = [start]
    seen[start] = 1
    for (let u = queue.pop(); u !== undefined; u = queue.pop()) {
      for (let v = 0; v < N; v++) {
        if (seen[v] || !(backwards ? hasArc(v, u) : hasArc(u, v))) continue
        seen[v] = 1
        queue.push(v)
      }
    }
    return seen
  }

  function hasArc(u: number, v: number) {
    if (u === v) return false
    if (u === hub) return place[v]! > low[v]!
    if (v === hub) return place[u]! < high[u]!
    return swapCost[u * E + v]! < unreachable
  }

  /**
   * Cancels cycles of swaps that raise the total, then sets prices at which no single swap pays. Needed only where
   * universities cross teams, where the paths above may lose optimality.
   */
  function polish() {
    for (;;) {
      if (shouldStop()) throw new Stopped()
      const d = Float64Array.from(price, (x) => -x)
      const from = new Int32Array(N).fill(-1)
      let last = -1
      for (let round = 0; round <= N; round++) {
        last = -1
        for (let u = 0; u < N; u++) {
          for (let v = 0; v < N; v++) {
            if (!hasArc(u, v)) continue
            const cost = u === hub || v === hub ? 0 : swapCost[u * E + v]!
            if (d[u]! + cost < d[v]!) {
              d[v] = d[u]! + cost
              from[v] = u
              last = v
            }
          }
        }
        if (last === -1) break
      }
      if (last === -1) {
        for (let v = 0; v < N; v++) price[v] = -d[v]!
        return
      }
      for (let i = 0; i < N; i++) last = from[last]!
      const steps: Step[] = []
      const hubSteps: [number, number][] = []
      for (let v = last; ; ) {
        const u = from[v]!
        if (u === hub) hubSteps.push([v, -1])
        else if (v === hub) hubSteps.push([u, 1])
        else steps.push({ p: swapVia[u * E + v]!, a: u, b: v })
        v = u
        if (v === last) break
      }
      if (!carryOut(steps)) return
      for (const [e, by] of hubSteps) place[e] = place[e]! + by
    }
  }

  function total() {
    let sum = 0
    for (let p = 0; p < P; p++) {
      for (let i = p * seats; i < p * seats + need[p]!; i++) sum += value[p * E + panels[i]!]!
    }
    return sum
  }

  /**
   * The Lagrangian bound at the present prices: no admissible assignment has a greater total, whatever the prices are.
   * It looks at the full matrix, so it also proves an optimum that was found on less. Leaves in `worth` how much each
   * proposal could still gain at these prices (0 for all = optimal panels).
   */
  function bound() {
    const base = price[hub]!
    for (let e = 0; e < N; e++) price[e] = price[e]! - base
    let sum = 0
    for (let e = 0; e < E; e++) sum += price[e]! > 0 ? price[e]! * high[e]! : price[e]! * low[e]!
    for (let p = 0; p < P; p++) {
      const best = choose(p, price, 1, scratch, 0)
      sum += best
      for (let i = p * seats; i < p * seats + need[p]!; i++) {
        worth[p] = i === p * seats ? best : worth[p]!
        worth[p] = worth[p]! - (value[p * E + panels[i]!]! - price[panels[i]!]!)
      }
      if (need[p] === 0) worth[p] = 0
    }
    return Math.floor(sum + 1e-6)
  }

  return {
    table,
    choose,
    panels,
    price,
    worth,
    load,
    excess,
    hub,
    warmPrices,
    begin,
    settle,
    closure,
    polish,
    total,
    bound,
  }
}
