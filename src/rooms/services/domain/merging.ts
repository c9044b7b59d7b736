import { type Case, calendarOf, fieldOf, type Installation, scopeOf, withdraw } from './case.ts'
import { pauseClock } from './clock.ts'
import { value } from './expression.ts'
import type { Package } from './package/format/index.ts'
import { allFields } from './package/names.ts'
import type { Result } from './rule.ts'

/** For how long a merge can be undone. Afterwards nothing of what was before is kept. */
export const undoable = 14 * 86_400_000

/** A field of which both cases know, and not the same; or which only one of them knows. */
export type Difference = { field: string; kept: unknown; other: unknown }

/** Where two cases of one person differ, in the order of the forms. Calculated values follow from the others. */
export function differences(pkg: Package, kept: Case, other: Case): Difference[] {
  const ids = [...new Set(allFields(pkg).flatMap(({ id, type }) => (type === 'calculated' ? [] : [id])))]
  return ids
    .filter((id) => JSON.stringify(kept.data[id]) !== JSON.stringify(other.data[id]))
    .map((field) => ({ field, kept: kept.data[field], other: other.data[field] }))
}

/**
 * Two cases of one person become one. `kept` stays where it is in its flow, with its clocks; a value comes from `other` where
 * `takes` says so or where `kept` has none. Of two consents the stricter holds: what either has refused is gone from what
 * stays. Results of both are kept in their order, and a total that never falls does not fall by merging. `other` is closed,
 * its clocks stand still, and nothing else of it changes.
 */
export function mergeInto(
  pkg: Package,
  here: Installation,
  kept: Case,
  other: Case,
  { into, takes, now }: { into: string; takes: readonly string[]; now: number },
): { kept: Case; other: Case } {
  const taken = new Set(
    Object.keys(other.data).filter(
      (id) => fieldOf(pkg, id) && (!Object.hasOwn(kept.data, id) || (takes.includes(id) && !isCalculated(pkg, id))),
    ),
  )
  const data = { ...kept.data, ...Object.fromEntries([...taken].map((id) => [id, other.data[id]])) }
  const rules = Object.fromEntries(
    [...new Set([...Object.keys(kept.rules), ...Object.keys(other.rules)])].map((id) => [
      id,
      together(pkg, id, kept.rules[id] ?? [], other.rules[id] ?? [], now),
    ]),
  )
  let merged: Case = { ...kept, data, rules, consents: { ...other.consents, ...kept.consents } }
  for (const [purpose, mine] of Object.entries(merged.consents)) {
    const theirs = other.consents[purpose]
    if (mine.given && theirs?.given !== false) continue
    const before = merged.consents[purpose]!
    merged = withdraw(pkg, merged, purpose, now)
    // It was not given before either: that it was refused, and when, stays as it was said.
    if (!mine.given) merged = { ...merged, consents: { ...merged.consents, [purpose]: before } }
  }
  const clocks = other.clocks.map((clock) => pauseClock(clock, calendarOf(pkg, clock.calendar), here.place, now))
  return {
    kept: recalculated(pkg, here, merged, taken, now),
    other: { ...other, clocks, closedAt: now, merged: { into, at: now } },
  }
}

const isCalculated = (pkg: Package, id: string) => fieldOf(pkg, id)?.type === 'calculated'

/** All results of a rule, oldest first. Where it never falls, the highest of them is the last. */
function together(pkg: Package, id: string, mine: readonly Result[], theirs: readonly Result[], now: number): Result[] {
  const all = [...mine, ...theirs].sort((a, b) => a.at - b.at)
  const last = all.at(-1)!
  const version = pkg.rules.find((rule) => rule.id === id)?.versions.find(({ validFrom }) => validFrom === last.version)
  if (mine.length === 0 || theirs.length === 0 || !version || !('neverFalls' in version) || !version.neverFalls)
    return all
  const highest = all.reduce((a, b) => (Number(b.values.total) > Number(a.values.total) ? b : a), last)
  return highest === last ? all : [...all, { ...highest, at: now }]
}

/** Calculated values are made again where something that they are made from came from the other case. */
function recalculated(pkg: Package, here: Installation, it: Case, taken: ReadonlySet<string>, now: number): Case {
  let current = it
  const changed = new Set(taken)
  for (const field of allFields(pkg)) {
    if (field.type !== 'calculated') continue
    const words = new Set(field.value.match(/[a-z][a-z0-9_]*/g))
    if (![...changed].some((id) => words.has(id))) continue
    if (field.consent && current.consents[field.consent]?.given !== true) continue
    const result = value(field.value, scopeOf(pkg, current, here, now))
    const { [field.id]: before, ...rest } = current.data
    if (result === null && before === undefined) continue
    changed.add(field.id)
    current = { ...current, data: result === null ? rest : { ...rest, [field.id]: result } }
  }
  return current
}

/** What somebody sees of the case that stayed who knows only of the one that was merged: what both hold alike. */
export function alike(seen: Record<string, unknown>, known: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(seen).filter(
      ([id]) => Object.hasOwn(known, id) && JSON.stringify(known[id]) === JSON.stringify(seen[id]),
    ),
  )
}
