import type { Flow } from './assignment-flow.ts'
import type { Swap } from './assignment-panels.ts'

/**
 * Cancels cycles of swaps that raise the total, then sets prices at which no single swap pays (Bellman-Ford on the
 * nodes of the flow). Needed only where universities cross teams, where shortest paths may lose optimality.
 */
export function cancelCycles({ table, hub, panels, place, price, hasArc, checkStop }: Flow) {
  const { E } = table
  const N = E + 1
  for (;;) {
    checkStop()
    const d = Float64Array.from(price, (x) => -x)
    const from = new Int32Array(N).fill(-1)
    const last = relax(d, from)
    if (last === -1) {
      for (let v = 0; v < N; v++) price[v] = -d[v]!
      return
    }
    if (!cancel(from, last)) return
  }

  /** A node whose distance still falls after N rounds (it leads back to a cycle), or -1 when all is settled. */
  function relax(d: Float64Array, from: Int32Array) {
    let last = -1
    for (let round = 0; round <= N; round++) {
      last = -1
      for (let u = 0; u < N; u++) {
        for (let v = 0; v < N; v++) {
          if (!hasArc(u, v)) continue
          const cost = u === hub || v === hub ? 0 : panels.swapCost[u * E + v]!
          if (d[u]! + cost >= d[v]!) continue
          d[v] = d[u]! + cost
          from[v] = u
          last = v
        }
      }
      if (last === -1) break
    }
    return last
  }

  /** False if the swaps of the cycle together break a panel's rules. */
  function cancel(from: Int32Array, last: number) {
    let start = last
    for (let i = 0; i < N; i++) start = from[start]!
    const swaps: Swap[] = []
    const hubSteps: [evaluator: number, by: number][] = []
    for (let v = start; ; ) {
      const u = from[v]!
      if (u === hub) hubSteps.push([v, -1])
      else if (v === hub) hubSteps.push([u, 1])
      else swaps.push(panels.swapOf(u, v))
      v = u
      if (v === start) break
    }
    if (!panels.carryOut(swaps)) return false
    for (const [e, by] of hubSteps) place[e] = place[e]! + by
    return true
  }
}
