/**
 * How the documents of a package are compared: which lists are made of things with a name of their own, which are sets,
 * and which only mean something as a whole. Everything that is not a list or a record is one value.
 */
export type Json = Record<string, unknown>

export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The same content, whatever the order of its keys; what is absent is the same as undefined. */
export function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => equal(item, b[i]))
  if (!isRecord(a) || !isRecord(b)) return false
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => equal(a[key], b[key]))
}

/** By which of its values an item of such a list is known. */
const namedBy: Record<string, string> = {
  ...Object.fromEntries(
    `roles forms flows rules calendars messages purposes indicators settings examples fields options checks states moves
     limits tasks reasons factors bands`
      .split(/\s+/)
      .map((list) => [list, 'id']),
  ),
  versions: 'validFrom',
  steps: 'at',
  rows: 'when',
}

/** Lists whose order decides what comes out: the first row that fits, effects one after the other. */
export const ordered = new Set(['rows', 'effects'])
/** Lists whose order says nothing. */
export const unordered = new Set([
  'forms',
  'flows',
  'rules',
  'examples',
  'versions',
  'steps',
  'exclusive',
  'contributors',
])
/** Who may see: two changes of such a list are never put together without somebody looking. */
export const guarded = new Set(['only', 'sees'])
const sets = new Set(['only', 'sees', 'roles', 'from', 'in', 'restart', 'languages', 'sources', 'factors'])

/** The value by which items of this list are known; undefined where they are known by all that they say. */
export const nameField = (list: string): string | undefined => namedBy[list]

/** The items of a list of named things, by name, in their order; undefined when it is not such a list. */
export function itemsOf(list: string, items: unknown): Map<string, Json> | undefined {
  if (!Array.isArray(items)) return undefined
  const found = new Map<string, Json>()
  for (const item of items) {
    const name = isRecord(item) ? nameOf(list, item) : undefined
    if (name === undefined) return undefined
    let free = name
    for (let i = 2; found.has(free); i++) free = `${name}#${i}`
    found.set(free, item as Json)
  }
  return found
}

function nameOf(list: string, item: Json): string | undefined {
  if (list === 'effects') {
    const [kind, name] = Object.entries(item)[0] ?? []
    const known = ['rule', 'send', 'task', 'open', 'tell', 'forget', 'set'].find((key) => key in item)
    return known ? `${known} ${String(item[known])}` : `${kind} ${String(name)}`
  }
  if (list === 'exclusive' || list === 'contributors') return JSON.stringify(item)
  const field = namedBy[list]
  if (field === undefined) return undefined
  const name = item[field]
  if (Array.isArray(name)) return JSON.stringify(name)
  return typeof name === 'string' || typeof name === 'number' ? String(name) : undefined
}

/** A list of words of which only says whether they are in it. */
export const isSet = (list: string, items: unknown): items is string[] =>
  sets.has(list) && Array.isArray(items) && items.every((item) => typeof item === 'string')

/** Words for people: `{ id: 'Laporan', en: 'Report' }`. */
export const isWords = (value: unknown): value is Record<string, string> =>
  isRecord(value) &&
  Object.keys(value).length > 0 &&
  Object.entries(value).every(([lang, text]) => /^[a-z]{2,3}$/.test(lang) && typeof text === 'string')

/** What kind of thing it is, where there are several: the type of a question, the kind of a rule. */
export const typeOf = (item: Json): string => String(item.type ?? ('versions' in item ? item.kind : ''))

/** What every question, whatever its type, has. */
export const ofAnyType = new Set(['id', 'label', 'hint', 'names', 'required', 'when', 'privacy', 'only', 'consent'])

/** The words by which people know an item. */
export function wordsOf(item: unknown): Record<string, string> | undefined {
  if (!isRecord(item)) return undefined
  return [item.label, item.names, item.says].find(isWords)
}

/**
 * Items that bear another name in `after` than in `before` and are otherwise the same, or are called the same by people:
 * old name → new name. Where two could be meant, none is.
 */
export function renamed(list: string, before: Map<string, Json>, after: Map<string, Json>): Map<string, string> {
  const field = namedBy[list]
  if (field === undefined || unordered.has(list)) return new Map()
  const gone = [...before].filter(([name]) => !after.has(name))
  const fresh = [...after].filter(([name]) => !before.has(name))
  const without = (item: Json) => ({ ...item, [field]: undefined })
  const alike = [
    (a: Json, b: Json) => equal(without(a), without(b)),
    (a: Json, b: Json) => typeOf(a) === typeOf(b) && wordsOf(a) !== undefined && equal(wordsOf(a), wordsOf(b)),
  ]
  const found = new Map<string, string>()
  const taken = new Set<string>()
  for (const same of alike)
    for (const [name, item] of gone) {
      if (found.has(name)) continue
      const mine = fresh.filter(([other, one]) => !taken.has(other) && same(item, one))
      const rivals = gone.filter(([other, one]) => !found.has(other) && mine[0] && same(one, mine[0][1]))
      if (mine.length !== 1 || rivals.length !== 1) continue
      found.set(name, mine[0]![0])
      taken.add(mine[0]![0])
    }
  return found
}
