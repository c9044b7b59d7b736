import type { Rules } from '#competition'
import { type Decision, decide, refuse } from '#platform/result.ts'
import { type Cell, cellKey, type PlacesDecision } from './panel.ts'

/** `places` null: neither the rules nor a decision say how many. */
export type Places = Cell & { places: number | null }
export type SetPlaces = (Cell & { places: number })[]

/** How many finalists each group may have in each cluster: the rules, and over them the recorded decisions in order. */
export function placesOf(rules: Rules, decisions: readonly Pick<PlacesDecision, 'changes'>[]): Places[] {
  const decided = new Map(decisions.flatMap(({ changes }) => changes.map((c) => [cellKey(c), c.places] as const)))
  return rules.clusters.flatMap((cluster) =>
    rules.groups.map((group) => {
      const cell = { cluster: cluster.key, group: group.key }
      return { ...cell, places: decided.get(cellKey(cell)) ?? cluster.quota?.[group.key] ?? null }
    }),
  )
}

/**
 * Fix the number of places where the rules leave it open. All cells together; where the rules name a total for a group,
 * the cells must make that total.
 */
export function settlePlaces(
  rules: Rules,
  wanted: SetPlaces,
): Decision<SetPlaces, 'places-in-rules' | 'places-incomplete' | 'places-not-total'> {
  const known = placesOf(rules, [])
  if (known.every((cell) => cell.places !== null)) return refuse('places-in-rules')
  const byCell = new Map(wanted.map((cell) => [cellKey(cell), cell.places]))
  if (known.some((cell) => !byCell.has(cellKey(cell)))) return refuse('places-incomplete')
  for (const group of rules.groups) {
    const total = rules.select.byGroup[group.key]
    const sum = known.filter((c) => c.group === group.key).reduce((n, c) => n + byCell.get(cellKey(c))!, 0)
    if (typeof total === 'number' && sum !== total) return refuse('places-not-total')
  }
  return decide(known.map(({ cluster, group }) => ({ cluster, group, places: byCell.get(`${cluster}/${group}`)! })))
}

export type Move = { group: string; from: string; to: string; count: number }

/** Move places of a group from one cluster to another. The sum stays; `taken` are the places already given. */
export function movePlaces(
  current: readonly Places[],
  taken: ReadonlyMap<string, number>,
  { group, from, to, count }: Move,
): Decision<SetPlaces, 'move-same' | 'move-unknown' | 'places-not-set' | 'move-too-many'> {
  if (from === to) return refuse('move-same')
  const source = current.find((cell) => cell.cluster === from && cell.group === group)
  const target = current.find((cell) => cell.cluster === to && cell.group === group)
  if (!source || !target) return refuse('move-unknown')
  if (source.places === null || target.places === null) return refuse('places-not-set')
  if (source.places - (taken.get(cellKey(source)) ?? 0) < count) return refuse('move-too-many')
  return decide([
    { cluster: from, group, places: source.places - count },
    { cluster: to, group, places: target.places + count },
  ])
}
