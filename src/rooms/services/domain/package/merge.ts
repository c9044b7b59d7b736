import { createHash } from 'node:crypto'
import type { Package } from './format/index.ts'
import { alignMoves } from './moved.ts'
import { mergeOrder } from './order.ts'
import {
  equal,
  guarded,
  isRecord,
  isSet,
  isWords,
  itemsOf,
  type Json,
  nameField,
  ofAnyType,
  ordered,
  renamed,
  typeOf,
  unordered,
} from './shape.ts'

/** Where in a package: names of lists and properties, and names of items: `forms`, `laporan`, `fields`, `desa`, `label`, `id`. */
export type Path = readonly string[]

/** The same thing, changed otherwise on both sides. */
export type Conflict = {
  /** Made from the place and from what both sides say, so that a choice holds as long as both say it. */
  id: string
  path: Path
  kind: 'both-changed' | 'both-added' | 'removed-here' | 'removed-there' | 'order'
  base: unknown
  ours: unknown
  theirs: unknown
  /** Words for people, which may also be written anew. */
  text: boolean
}
/** What is decided of a conflict: one side, or words written anew. */
export type Choice = { pick: 'ours' | 'theirs' } | { pick: 'anew'; text: string }
export type Choices = Readonly<Record<string, Choice>>
export type Merged = {
  /** With what was decided; where nothing was, as the new version has it. */
  pkg: Package
  conflicts: Conflict[]
  /** Of these nobody has decided yet. */
  open: Conflict[]
}

type Run = { choices: Choices; conflicts: Conflict[]; open: Conflict[] }

/**
 * What becomes of a package that changed on two sides: here (`ours`) and at its publisher (`theirs`), both made from
 * `base`. What only one side changed is taken; where both changed the same otherwise, somebody has to decide. Nothing
 * is trusted because it was merged: the result goes through the same reading and rehearsal as every package.
 * Its version is that of `theirs`.
 */
export function merge(base: Package, ours: Package, theirs: Package, choices: Choices = {}): Merged {
  const run: Run = { choices, conflicts: [], open: [] }
  const version = theirs.manifest.version
  const [b, o, t] = alignMoves(...([base, ours, theirs].map((pkg) => withVersion(pkg, version)) as Three))
  const pkg = mergeValue(run, [], b, o, t) as Package
  return { pkg, conflicts: run.conflicts, open: run.open }
}
type Three = [Package, Package, Package]

const withVersion = (pkg: Package, version: string): Package => ({ ...pkg, manifest: { ...pkg.manifest, version } })

function mergeValue(run: Run, path: Path, base: unknown, ours: unknown, theirs: unknown): unknown {
  if (equal(ours, theirs)) return theirs
  if (equal(base, ours)) return theirs
  if (equal(base, theirs)) return ours
  const list = path.at(-1) ?? ''
  if (
    isRecord(ours) &&
    isRecord(theirs) &&
    (isRecord(base) || base === undefined) &&
    !indivisible(path, base, ours, theirs)
  )
    return mergeRecord(run, path, base ?? {}, ours, theirs)
  if (Array.isArray(ours) && Array.isArray(theirs) && (Array.isArray(base) || base === undefined)) {
    const before = base ?? []
    if (isSet(list, before) && isSet(list, ours) && isSet(list, theirs)) {
      const together = mergeSet(before, ours, theirs)
      // An empty list often means "everybody" or "nobody", which neither side has said.
      if (together.length > 0 && !guarded.has(list)) return together
    } else {
      const [b, o, t] = [itemsOf(list, before), itemsOf(list, ours), itemsOf(list, theirs)]
      if (b && o && t) return mergeItems(run, path, b, o, t)
    }
  }
  return clash(run, path, base, ours, theirs)
}

function clash(run: Run, path: Path, base: unknown, ours: unknown, theirs: unknown, kind?: Conflict['kind']): unknown {
  const text = typeof ours === 'string' && typeof theirs === 'string' && inWords(path)
  const conflict: Conflict = {
    id: createHash('sha256')
      .update(JSON.stringify([path, ours ?? null, theirs ?? null]))
      .digest('hex')
      .slice(0, 16),
    path,
    kind: kind ?? kindOf(base, ours, theirs),
    base,
    ours,
    theirs,
    text,
  }
  run.conflicts.push(conflict)
  const choice = Object.hasOwn(run.choices, conflict.id) ? run.choices[conflict.id] : undefined
  if (choice?.pick === 'ours') return ours
  if (choice?.pick === 'anew' && text) return choice.text
  if (choice?.pick !== 'theirs') run.open.push(conflict)
  return theirs
}

function kindOf(base: unknown, ours: unknown, theirs: unknown): Conflict['kind'] {
  if (ours === undefined) return 'removed-here'
  if (theirs === undefined) return 'removed-there'
  return base === undefined ? 'both-added' : 'both-changed'
}

/** Words stand under their language: the last step is two or three letters, and the one before it names words. */
const inWords = (path: Path): boolean =>
  /^[a-z]{2,3}$/.test(path.at(-1) ?? '') &&
  (/^(?:label|hint|names|summary|says|text|told|refusal|why|kept|fidelity|sms|whatsapp|voice|letter)$/.test(
    path.at(-2) ?? '',
  ) ||
    path.at(-3) === 'standard')

/** Things that cannot be put together from two halves. */
function indivisible(path: Path, base: unknown, ours: Json, theirs: Json): boolean {
  if (path.at(-1) === 'to' && path[0] === 'messages') return true
  const before = isRecord(base) ? base : {}
  const changed = (side: Json) => (key: string) => !equal(before[key], side[key])
  // A table's rows answer its inputs, one test for each.
  if ('inputs' in ours && 'inputs' in theirs)
    return changed(ours)('inputs')
      ? changed(theirs)('rows') || changed(theirs)('inputs')
      : changed(theirs)('inputs') && changed(ours)('rows')
  if (isWords(ours) || isWords(theirs) || typeOf(ours) === typeOf(theirs)) return false
  // Another type is another thing; only what every type has can be changed beside it.
  const other = typeOf(ours) === typeOf(before) ? ours : theirs
  const both = typeOf(ours) !== typeOf(before) && typeOf(theirs) !== typeOf(before)
  return both || Object.keys({ ...before, ...other }).some((key) => changed(other)(key) && !ofAnyType.has(key))
}

function mergeRecord(run: Run, path: Path, base: Json, ours: Json, theirs: Json): Json {
  const keys = new Set([...Object.keys(theirs), ...Object.keys(ours)])
  const merged: Json = {}
  for (const key of keys) {
    const value = mergeValue(run, [...path, key], base[key], ours[key], theirs[key])
    if (value !== undefined) merged[key] = value
  }
  return merged
}

/** Whoever added something has added it, whoever took something away has taken it away. */
function mergeSet(base: readonly string[], ours: readonly string[], theirs: readonly string[]): string[] {
  const stays = (word: string) =>
    base.includes(word) ? ours.includes(word) && theirs.includes(word) : ours.includes(word) || theirs.includes(word)
  const remain = new Set([...base, ...ours, ...theirs].filter(stays))
  return mergeOrder(remain, base, ours, theirs, false).names
}

type Items = Map<string, Json>

function mergeItems(run: Run, path: Path, base: Items, ours: Items, theirs: Items): Json[] {
  const list = path.at(-1)!
  const [b, o, t] = alignNames(list, base, ours, theirs)
  const found = new Map<string, Json>()
  for (const name of new Set([...b.keys(), ...o.keys(), ...t.keys()])) {
    const item = mergeValue(run, [...path, name], b.get(name), o.get(name), t.get(name))
    if (item !== undefined) found.set(name, item as Json)
  }
  const order = mergeOrder(new Set(found.keys()), [...b.keys()], [...o.keys()], [...t.keys()], ordered.has(list))
  let names = order.names
  if (order.clash && !unordered.has(list)) {
    const { ours: mine, theirs: other } = order.clash
    names = clash(
      run,
      path,
      [...b.keys()].filter((name) => found.has(name)),
      mine,
      other,
      'order',
    ) as string[]
  }
  return names.map((name) => found.get(name)!)
}

/** An item that one side gave another name is the same item on all sides. */
function alignNames(list: string, base: Items, ours: Items, theirs: Items): [Items, Items, Items] {
  const field = nameField(list)
  if (!field) return [base, ours, theirs]
  const here = renamed(list, base, ours)
  const there = renamed(list, base, theirs)
  const rename = (items: Items, names: ReadonlyMap<string, string>, from: Items): Items =>
    new Map(
      [...items].map(([name, item]) => {
        const now = names.get(name)
        return now === undefined ? [name, item] : [now, { ...item, [field]: from.get(now)![field] }]
      }),
    )
  const both = new Set(
    [...here].filter(([name, now]) => there.has(name) && there.get(name) !== now).map(([name]) => name),
  )
  const free = (names: ReadonlyMap<string, string>, other: Items) =>
    new Map([...names].filter(([name, now]) => !both.has(name) && (!other.has(now) || !other.has(name))))
  const mine = free(here, theirs)
  const others = free(there, ours)
  return [rename(rename(base, mine, ours), others, theirs), rename(ours, others, theirs), rename(theirs, mine, ours)]
}
