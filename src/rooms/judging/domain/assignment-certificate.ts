import { createChooser } from './assignment-choice.ts'
import type { Flow } from './assignment-flow.ts'
import type { Table } from './assignment-problem.ts'

/**
 * A set of evaluators that proves a problem impossible, whatever algorithm found it: either more reviews must go to
 * them than they have room for (`room`: a Hall set), or their minimum loads sum to more than can ever reach them
 * (`minimum`).
 */
export type Certificate = {
  kind: 'room' | 'minimum'
  evaluators: number[]
  /** Proposals that take part: those that must, or can, use these evaluators. */
  proposals: number[]
  /** Reviews that must be placed with them (`room`), or that their minimum loads demand (`minimum`). */
  need: number
  /** Places that they have (`room`), or reviews that can reach them (`minimum`). */
  room: number
}

/** Per proposal, how many of its free seats must (`least`) or can (`most`) go to the evaluators of the set. */
export function seatsWithin(table: Table, evaluators: readonly number[], extreme: 'least' | 'most'): Int32Array {
  const choose = createChooser(table)
  const price = new Float64Array(table.E + 1)
  const unit = extreme === 'least' ? 1 : -1
  for (const e of evaluators) price[e] = unit
  const into = new Int32Array(table.seats)
  return Int32Array.from({ length: table.P }, (_, p) => {
    const worth = choose(p, price, 0, into, 0)
    return worth === -Infinity ? 0 : Math.abs(worth)
  })
}

/** Counts anew, from the rules alone, what a set of evaluators proves; undefined if it proves nothing. */
export function certify(table: Table, kind: 'room' | 'minimum', evaluators: number[]): Certificate | undefined {
  const seats = seatsWithin(table, evaluators, kind === 'room' ? 'least' : 'most')
  const bounds = kind === 'room' ? table.high : table.low
  const bounded = evaluators.reduce((sum, e) => sum + bounds[e]!, 0)
  const reviews = seats.reduce((sum, n) => sum + n, 0)
  const need = kind === 'room' ? reviews : bounded
  const room = kind === 'room' ? bounded : reviews
  if (need <= room) return undefined
  const proposals = [...seats.keys()].filter((p) => seats[p]! > 0)
  return { kind, evaluators, proposals, need, room }
}

/**
 * The certificates behind what `settle` left over. Overloads that cannot leave a set are a Hall set; places below
 * the minimum that nothing can reach are the opposite. Sets that overlap are merged, others are reported apart.
 */
export function certificates(flow: Flow, stuck: readonly (readonly [number, number])[]): Certificate[] {
  const { table, hub, excess } = flow
  const sources = stuck.map(([node]) => flow.closure(node, false))
  const targets = [...excess.keys()].filter((v) => excess[v]! < 0).map((v) => flow.closure(v, true))
  const found: Certificate[] = []
  for (const [kind, sets] of [
    ['room', sources],
    ['minimum', targets],
  ] as const) {
    for (const set of mergeOverlapping(sets.filter((set) => set[hub] === 0))) {
      const evaluators = [...set.keys()].filter((e) => set[e] === 1 && e !== hub)
      const certificate = certify(table, kind, evaluators)
      if (certificate) found.push(certificate)
    }
  }
  return found
}

function mergeOverlapping(sets: readonly Uint8Array[]): Uint8Array[] {
  const merged: Uint8Array[] = []
  for (const set of sets) {
    const union = set.slice()
    for (let i = merged.length - 1; i >= 0; i--) {
      if (!merged[i]!.some((on, e) => on === 1 && union[e] === 1)) continue
      for (const [e, on] of merged.splice(i, 1)[0]!.entries()) if (on) union[e] = 1
    }
    merged.push(union)
  }
  return merged
}
