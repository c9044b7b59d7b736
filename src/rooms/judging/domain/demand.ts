import type { AssignmentProblem, Pair } from './assignment.ts'
import { byCodeUnit, fingerprint } from './seeded.ts'

/** An evaluator as the assignment sees one. `expertise` are category keys, best first; `sector` the own field. */
export type Reader = {
  id: string
  university: string | null
  sector: string | null
  expertise: readonly string[]
  minLoad: number
  maxLoad: number
}

/** An entry that needs `extra` more readers than the `readers` it has. */
export type Demand = { proposal: string; category: string | null; extra: number; readers: readonly string[] }

export type DemandRules = { bridge: number; university: boolean; floor: number | null; seed: string }

/** Which reader and which entry stand at which place of the problem's arrays. */
export type Posed = { problem: AssignmentProblem; proposals: string[]; evaluators: string[] }

/**
 * How well a reader suits an entry, 0-1000: 1000 for the first field of expertise, 100 less for each later one down to
 * 700, 500 for the own sector without expertise, 200 otherwise. Up to 9 more by lot, so that equals are not dealt by name.
 * The numbers are a setting; only their order matters much.
 */
export function affinityOf(
  reader: Pick<Reader, 'id' | 'expertise' | 'sector'>,
  entry: { proposal: string; category: string | null },
  seed: string,
): number {
  const place = entry.category === null ? -1 : reader.expertise.indexOf(entry.category)
  const fit =
    place >= 0
      ? Math.max(700, 990 - 100 * place)
      : reader.sector !== null && reader.sector === entry.category
        ? 500
        : 200
  return fit + (fingerprint(`${seed}\n${reader.id}\n${entry.proposal}`) % 10)
}

/**
 * State the search for readers as a problem for `assign`: readings that exist stay (fixed), the missing ones are asked
 * for. `loads` are the readings each reader has already in the whole round; `barred` the pairs that must not meet.
 * Least loads are asked for only when the whole round is dealt (`whole`).
 */
export function poseProblem(
  demands: readonly Demand[],
  readers: readonly Reader[],
  barred: ReadonlySet<string>,
  loads: ReadonlyMap<string, number>,
  rules: DemandRules,
  whole: boolean,
): Posed {
  const entries = [...demands].sort((a, b) => byCodeUnit(a.proposal, b.proposal))
  const people = [...readers].sort((a, b) => byCodeUnit(a.id, b.id))
  const [P, E] = [entries.length, people.length]
  const at = new Map(people.map((reader, e) => [reader.id, e]))
  const affinity = new Int32Array(P * E)
  const conflicts: Pair[] = []
  const fixed: Pair[] = []
  const own = new Int32Array(E)
  entries.forEach((entry, p) => {
    people.forEach((reader, e) => {
      affinity[p * E + e] = affinityOf(reader, entry, rules.seed)
    })
    for (const id of entry.readers) {
      const e = at.get(id)
      if (e === undefined) continue
      fixed.push([p, e])
      own[e] = own[e]! + 1
    }
  })
  const entryAt = new Map(entries.map((entry, p) => [entry.proposal, p]))
  for (const key of barred) {
    const [proposal = '', evaluator = ''] = key.split('/')
    const [p, e] = [entryAt.get(proposal), at.get(evaluator)]
    if (p !== undefined && e !== undefined && !entries[p]!.readers.includes(evaluator)) conflicts.push([p, e])
  }
  // Readings of entries outside of this search use up load, too.
  const elsewhere = people.map((reader, e) => (loads.get(reader.id) ?? 0) - own[e]!)
  const number = (names: readonly (string | null)[]) => {
    const known = [...new Set(names.filter((name) => name !== null))].sort(byCodeUnit)
    return (name: string | null) => (name === null ? -1 : known.indexOf(name))
  }
  const university = number(people.map((reader) => reader.university?.trim().toLowerCase() ?? null))
  const sector = number([...people.map((reader) => reader.sector), ...entries.map((entry) => entry.category)])
  const counted = (entry: Demand) => entry.readers.filter((id) => at.has(id)).length
  const problem: AssignmentProblem = {
    proposals: P,
    evaluators: E,
    affinity,
    need: entries.map((entry) => Math.min(16, counted(entry) + entry.extra)),
    minLoad: people.map((reader, e) => (whole ? Math.max(0, reader.minLoad - elsewhere[e]!) : 0)),
    maxLoad: people.map((reader, e) => Math.max(own[e]!, reader.maxLoad - elsewhere[e]!)),
    conflicts,
    fixed,
    ...(rules.university && {
      university: people.map((reader) => university(reader.university?.trim().toLowerCase() ?? null)),
    }),
    ...(rules.bridge > 0 && {
      team: people.map((reader) => sector(reader.sector)),
      ownTeam: entries.map((entry) => sector(entry.category)),
      bridge: rules.bridge,
    }),
    ...(rules.floor !== null && { floor: rules.floor }),
  }
  return { problem, proposals: entries.map((entry) => entry.proposal), evaluators: people.map((reader) => reader.id) }
}

/** One text for one pair. */
export const pairKey = (proposal: string, evaluator: string): string => `${proposal}/${evaluator}`
