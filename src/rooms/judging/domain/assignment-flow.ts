import { createChooser } from './assignment-choice.ts'
import { createPanels, type Swap, unreachable } from './assignment-panels.ts'
import { forbidden, type Table } from './assignment-problem.ts'

/** Asked at every step; true ends the work by throwing `Stopped`. */
export type ShouldStop = () => boolean

/** Thrown inside of the engine to unwind, caught at its door: no caller sees it. */
export class Stopped extends Error {}

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
  const { P, E, value, need, low, high, seats } = table
  const hub = E
  const N = E + 1
  /** Paths are compared by (cost, number of arcs): one number holds both, as cost x hop + arcs. */
  const hop = 2 ** Math.ceil(Math.log2(N + 2))
  const choose = createChooser(table)
  const panels = createPanels(table)
  const { seated, load, swapCost } = panels
  const price = new Float64Array(N)
  const charged = new Float64Array(N)
  const worth = new Float64Array(P)
  const place = new Int32Array(E)
  const excess = new Int32Array(N)
  const distance = new Float64Array(N)
  const previous = new Int32Array(N)
  const settled = new Uint8Array(N)
  const scratch = new Int32Array(seats)
  let totalNeed = 0
  for (let p = 0; p < P; p++) totalNeed += need[p]!

  function checkStop() {
    if (shouldStop()) throw new Stopped()
  }

  /**
   * Every proposal takes its best panel at the present prices; among equally good ones the one with the least loaded
   * evaluators, in input order. That is done by a surcharge which grows with the load but stays below 1 for a whole
   * panel: affinities and prices are integers, so it never outweighs a real difference.
   */
  function chooseAll() {
    load.fill(0)
    charged.set(price)
    const unit = 1 / ((P + 1) * (seats + 1))
    for (let p = 0; p < P; p++) {
      worth[p] = Math.ceil(choose(p, charged, 1, seated, p * seats) - 1e-9)
      for (let i = p * seats; i < p * seats + need[p]!; i++) {
        const e = seated[i]!
        load[e] = load[e]! + 1
        charged[e] = charged[e]! + unit
      }
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
      checkStop()
      tick(round)
      chooseAll()
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
    panels.book()
    excess[hub] = -totalNeed
    for (let e = 0; e < E; e++) {
      place[e] = allowedPlaces(e)
      excess[e] = load[e]! - place[e]!
      excess[hub] = excess[hub]! + place[e]!
    }
  }

  /** Keeps the former panel of p if it is as good as the best at these prices: fewer loads to repair. */
  function keepPanel(former: Int32Array, p: number) {
    let net = 0
    for (let i = p * seats; i < p * seats + need[p]!; i++) {
      const v = value[p * E + former[i]!]!
      if (v <= forbidden) return
      net += v - price[former[i]!]!
    }
    if (net === worth[p]!) for (let i = p * seats; i < p * seats + need[p]!; i++) seated[i] = former[i]!
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

  /**
   * Moves reviews along shortest paths until every load is within bounds. Overloads without any way out are set aside
   * and returned as [node, units]: empty means settled. For laminar rules what is left is the smallest possible.
   */
  function settle(tick: (left: number) => void) {
    const stuck: [number, number][] = []
    for (let round = 0; ; round++) {
      checkStop()
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
      const swaps: Swap[] = []
      const hubSteps: [number, number][] = []
      let source = target
      while (previous[source] !== -1) {
        const from = previous[source]!
        if (from === hub) hubSteps.push([source, -1])
        else if (source === hub) hubSteps.push([from, 1])
        else swaps.push(panels.swapOf(from, source))
        source = from
      }
      if (!panels.carryOut(swaps)) {
        // Only where universities cross teams: forbid one repeated swap until its panel changes.
        panels.ban(swaps.find((swap, i) => swaps.some((other, j) => j > i && other.p === swap.p))!)
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
        worth[p] = worth[p]! - (value[p * E + seated[i]!]! - price[seated[i]!]!)
      }
      if (need[p] === 0) worth[p] = 0
    }
    return Math.floor(sum + 1e-6)
  }

  return {
    ...{ table, hub, panels, price, place, excess, worth },
    ...{ choose, warmPrices, begin, settle, closure, hasArc, bound, checkStop },
  }
}
