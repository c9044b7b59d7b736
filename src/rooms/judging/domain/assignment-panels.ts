import { forbidden, type Table } from './assignment-problem.ts'

/** Cost of a hand-over that the rules forbid: above any real one. */
export const unreachable = 2 ** 28

/** Evaluator a hands proposal p to evaluator b. */
export type Swap = { p: number; a: number; b: number }

export type Panels = ReturnType<typeof createPanels>

/**
 * Who sits on which panel, and for every two evaluators the cheapest hand-over from one to the other. Those E x E
 * costs are all that the searches for paths and cycles look at; each change finds anew only what it made invalid.
 */
export function createPanels(table: Table) {
  const { P, E, value, need, outside, own, team, group, groups, seats } = table
  /** Panel of proposal p: the first need[p] entries from p x seats on. */
  const seated = new Int32Array(P * seats).fill(-1)
  const load = new Int32Array(E)
  const held: number[][] = Array.from({ length: E }, () => [])
  const swapCost = new Int32Array(E * E)
  const swapVia = new Int32Array(E * E)
  const everyone = Int32Array.from({ length: E }, (_, e) => e)
  /** Per evaluator, the receivers whose cheapest hand-over has just become invalid. */
  const stale = new Map<number, number[]>()
  const mark = new Int32Array(groups)
  let stamp = 0

  /** Books the panels as they are now and computes all hand-overs. */
  function book() {
    for (let e = 0; e < E; e++) held[e]!.length = 0
    for (let p = 0; p < P; p++) {
      for (let i = p * seats; i < p * seats + need[p]!; i++) held[seated[i]!]!.push(p)
    }
    for (let e = 0; e < E; e++) load[e] = held[e]!.length
    swapCost.fill(unreachable)
    swapVia.fill(-1)
    for (let e = 0; e < E; e++) for (const p of held[e]!) offer(p, e, everyone, E)
  }

  /** Enters what p costs if a hands it over, for the first `many` evaluators listed in `columns`. */
  function offer(p: number, a: number, columns: Int32Array, many: number) {
    const row = a * E
    const first = p * E
    const base = value[first + a]!
    stamp++
    let insiders = 0
    for (let i = p * seats; i < p * seats + need[p]!; i++) {
      const member = seated[i]!
      if (member === a) continue
      mark[group[member]!] = stamp
      if (team[member] === own[p]) insiders++
    }
    // When only outsiders may take the seat, nobody of the own team may; otherwise nobody is barred.
    const barred = outside[p]! > 0 && insiders >= need[p]! - outside[p]! ? own[p]! : -3
    for (let i = 0; i < many; i++) {
      const b = columns[i]!
      const cost = base - value[first + b]!
      if (cost < swapCost[row + b]! && mark[group[b]!] !== stamp && team[b] !== barred) {
        swapCost[row + b] = cost
        swapVia[row + b] = p
      }
    }
  }

  /** Strikes out what a would hand over of p, and remembers it as to be found anew. */
  function withdraw(p: number, a: number) {
    const row = a * E
    for (let b = 0; b < E; b++) {
      if (swapVia[row + b] !== p) continue
      swapCost[row + b] = unreachable
      swapVia[row + b] = -1
      stale.set(a, [...(stale.get(a) ?? []), b])
    }
  }

  /** Finds anew what was struck out, and enters the changed proposals for all who sit on them now. */
  function refresh(changed: readonly number[]) {
    for (const [a, columns] of stale) {
      const list = Int32Array.from(columns)
      for (const p of held[a]!) offer(p, a, list, list.length)
    }
    stale.clear()
    for (const p of changed) {
      for (let i = p * seats; i < p * seats + need[p]!; i++) offer(p, seated[i]!, everyone, E)
    }
  }

  /** Hands proposal p from a to b. */
  function hand(p: number, a: number, b: number) {
    let i = p * seats
    while (seated[i] !== a) i++
    seated[i] = b
    held[a]!.splice(held[a]!.indexOf(p), 1)
    held[b]!.push(p)
    load[a] = load[a]! - 1
    load[b] = load[b]! + 1
  }

  /** Carries out the swaps of a path or cycle; false and nothing done if together they break a panel's rules. */
  function carryOut(swaps: readonly Swap[]) {
    const changed = [...new Set(swaps.map((swap) => swap.p))]
    for (const { p, a, b } of swaps) hand(p, a, b)
    if (changed.length < swaps.length && !changed.every(isAdmissible)) {
      for (const { p, a, b } of swaps.toReversed()) hand(p, b, a)
      return false
    }
    // Those who left a panel, and those who sit on it now: for them the costs of that proposal have changed.
    for (const { p, a } of swaps) withdraw(p, a)
    for (const p of changed) for (let i = p * seats; i < p * seats + need[p]!; i++) withdraw(p, seated[i]!)
    refresh(changed)
    return true
  }

  function isAdmissible(p: number) {
    stamp++
    let insiders = 0
    for (let i = p * seats; i < p * seats + need[p]!; i++) {
      const e = seated[i]!
      if (mark[group[e]!] === stamp || value[p * E + e]! <= forbidden) return false
      mark[group[e]!] = stamp
      if (team[e] === own[p]) insiders++
    }
    return insiders <= need[p]! - outside[p]!
  }

  /** The hand-over behind the cost from a to b. */
  function swapOf(a: number, b: number): Swap {
    return { p: swapVia[a * E + b]!, a, b }
  }

  /** Rules out a hand-over until its proposal changes. */
  function ban({ a, b }: Swap) {
    swapCost[a * E + b] = unreachable
  }

  function total() {
    let sum = 0
    for (let p = 0; p < P; p++) {
      for (let i = p * seats; i < p * seats + need[p]!; i++) sum += value[p * E + seated[i]!]!
    }
    return sum
  }

  return { seated, load, swapCost, book, swapOf, ban, carryOut, total }
}
