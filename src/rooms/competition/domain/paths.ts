/** Anything a rules document can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

/**
 * The named parts of a node, or null when it is one value. A list whose items carry a `key` is addressed by those keys,
 * not by position, so that `groups.umum.minAgeMonths` still means the same after a group is inserted before it.
 * Any other list counts as one value.
 */
export function parts(node: Json): ReadonlyMap<string, Json> | null {
  if (node === null || typeof node !== 'object') return null
  if (!isList(node)) return new Map(Object.entries(node))
  const keyed = new Map<string, Json>()
  for (const item of node) {
    if (item === null || typeof item !== 'object' || isList(item) || typeof item.key !== 'string') return null
    keyed.set(item.key, item)
  }
  return node.length > 0 ? keyed : null
}

/** Every single value of a document with its path, in the order in which it is written. */
export function values(node: Json, path = ''): [path: string, value: Json][] {
  const inner = parts(node)
  if (!inner) return [[path, node]]
  return [...inner].flatMap(([name, child]) => values(child, join(path, name)))
}

/** The nodes that a pattern names; `*` stands for any one step. Empty when it names nothing. */
export function nodesAt(node: Json, pattern: string): Json[] {
  return pattern.split('.').reduce<Json[]>(
    (nodes, step) =>
      nodes.flatMap((each) => {
        const inner = parts(each)
        if (!inner) return []
        if (step === '*') return [...inner.values()]
        const child = inner.get(step)
        return child === undefined ? [] : [child]
      }),
    [node],
  )
}

/** How closely a pattern covers a path (itself or anything inside it): higher is closer, 0 not at all. */
export function closeness(pattern: string, path: string): number {
  const steps = pattern.split('.')
  const wanted = path.split('.')
  if (steps.length > wanted.length) return 0
  if (!steps.every((step, index) => step === '*' || step === wanted[index])) return 0
  // A longer pattern is always closer; among equals the one with fewer stars.
  return steps.length * 100 - steps.filter((step) => step === '*').length
}

export function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

export function isList(node: Json): node is readonly Json[] {
  return Array.isArray(node)
}
