import { isList, type Json, join, parts } from './paths.ts'
import type { Rules, Words } from './round.ts'

export type Affects = 'everyone' | 'nobody' | { groups: string[] } | { clusters: string[] }

/** One step of a path: a field name (translated by the page) or a keyed item with its own label. */
export type Step = { name: string; label: Words | null }

export type Change = {
  path: string
  steps: Step[]
  /** Undefined: was not there. */
  before: Json | undefined
  /** Undefined: is no longer there. */
  after: Json | undefined
  affects: Affects
}

/**
 * What changed between two versions of a round, in the order of the document, so that a published round cannot change
 * silently. Keyed lists are compared by key; a mere change of order is one change at the list, with the keys as values.
 * A whole item that came or went is one change. Equal documents give an empty list.
 */
export function difference(oldRules: Rules, newRules: Rules): Change[] {
  return compare(oldRules, newRules, '', [])
}

/** What changed in the rules themselves: not the number that every version has of its own, nor the notes on where values come from. */
export const ruleChanges = (before: Rules, after: Rules): Change[] =>
  difference(before, after).filter(({ affects }) => affects !== 'nobody')

function compare(before: Json | undefined, after: Json | undefined, path: string, steps: Step[]): Change[] {
  const change = (from: Json | undefined, to: Json | undefined): Change => ({
    path,
    steps,
    before: from,
    after: to,
    affects: affected(path),
  })
  const old = before === undefined ? null : parts(before)
  const now = after === undefined ? null : parts(after)
  // A list and an object never change into one another in a parsed document, but an empty list is one value.
  if (!old || !now || before === undefined || after === undefined)
    return same(before, after) ? [] : [change(before, after)]
  const names = [...new Set([...old.keys(), ...now.keys()])]
  const moved = isList(before) && isList(after) ? reordered([...old.keys()], [...now.keys()]) : null
  return [
    ...(moved ? [change(moved[0], moved[1])] : []),
    ...names.flatMap((name) =>
      compare(old.get(name), now.get(name), join(path, name), [
        ...steps,
        { name, label: labelOf(now.get(name)) ?? labelOf(old.get(name)) },
      ]),
    ),
  ]
}

/** Both full orders when the items that stayed changed places among themselves; otherwise null. */
function reordered(old: string[], now: string[]): [string[], string[]] | null {
  const stayed = old.filter((name) => now.includes(name))
  const order = now.filter((name) => old.includes(name))
  return stayed.every((name, index) => name === order[index]) ? null : [old, now]
}

/** Whom a change at this path touches. Only a path inside one group or cluster touches fewer than everyone; a note touches nobody. */
function affected(path: string): Affects {
  const [first, second, third] = path.split('.')
  if (first === 'settings' || first === 'sources' || first === 'version') return 'nobody'
  if (first === 'groups' && second) return { groups: [second] }
  if (first === 'quotas' && second) return { groups: [second] }
  if (first === 'select' && second === 'byGroup' && third) return { groups: [third] }
  if (first === 'clusters' && second) return { clusters: [second] }
  return 'everyone'
}

function labelOf(node: Json | undefined): Words | null {
  if (node === undefined || node === null || typeof node !== 'object' || isList(node)) return null
  const label = node.label
  if (label === undefined || label === null || typeof label !== 'object' || isList(label)) return null
  return typeof label.id === 'string' && typeof label.en === 'string' ? { id: label.id, en: label.en } : null
}

/** Equal as data; the order of fields does not count, that of list items does. */
function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (a === undefined || b === undefined || a === null || b === null) return false
  if (typeof a !== 'object' || typeof b !== 'object') return false
  if (isList(a) || isList(b))
    return isList(a) && isList(b) && a.length === b.length && a.every((item, index) => same(item, b[index]))
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => same(a[name], b[name]))
}
