import { forbidden, type Table } from './assignment-problem.ts'

/** Cost of a hand-over that the rules forbid: above any real one. */
export const unreachable = 2 ** 28

/** Evaluator a hands proposal p to evaluator b. */
export type Swap = { p: number; a: number; b: number }

export type Panels = ReturnType<typeof createPanels>

/**
 * Who sits on which panel, and for every two evaluators the cheapest hand-over from one to the other. Those E x E
 * costs are all that the searches for paths and cycles look at; each change computes the rows anew that it touched.
 */
export function createPanels(table: Table) {
  const { P, E, value, need, outside, own, team, group, groups, seats } = table
  /** Panel of proposal p: the first need[p] entries from p x seats on. */
  const seated = new Int32Array(P * seats).fill(-1)
  const load = new Int32Array(E)
  const held: number[][] = Array.from({ length: E }, () => [])
  const swapCost = new Int32Array(E * E)
  const swapVia = new Int32Array(E * E)
  const dirty = new Uint8Array(E)
  const mark = new Int32Array(groups)
  let stamp = 0

  function countLoads() {
    load.fill(0)
    for (let p = 0; p < P; p++) {
      for (let i = p * seats; i < p * seats + need[p]!; i++) load[seated[i]!] = load[seated[i]!]! + 1
    }
  }

  /** Books the panels as they are now and computes all hand-overs. */
  function book() {
    countLoads()
    for (let e = 0; e < E; e++) held[e]!.length = 0
    for (let p = 0; p < P; p++) {
      for (let i = p * seats; i < p * seats + need[p]!; i++) held[seated[i]!]!.push(p)
    }
    for (let e = 0; e < E; e++) findSwaps(e)
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
        const member = seated[i]!
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

  /** Hands proposal p from a to b. */
  function swap(p: number, a: number, b: number) {
    let i = p * seats
    while (seated[i] !== a) i++
    seated[i] = b
    held[a]!.splice(held[a]!.indexOf(p), 1)
    held[b]!.push(p)
    load[a] = load[a]! - 1
    load[b] = load[b]! + 1
  }

  /** Carries out the swaps of a path or cycle; false and nothing done if together they break a panel's rules. */
  function carryOut(steps: readonly Swap[]) {
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
      for (let i = p * seats; i < p * seats + need[p]!; i++) dirty[seated[i]!] = 1
    }
    for (let e = 0; e < E; e++) if (dirty[e]) findSwaps(e)
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

  /** Rules out a hand-over until the row of a is computed anew. */
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

  return { seated, load, swapCost, countLoads, book, swapOf, ban, carryOut, total }
}
