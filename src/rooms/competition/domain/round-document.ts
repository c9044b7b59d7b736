import { isList, type Json } from './paths.ts'

/** A document with another value at a path. A list item is found by its key; what is null on the way becomes an object. */
export function put(node: Json, steps: readonly string[], value: Json): Json {
  const [step, ...rest] = steps
  if (step === undefined) return value
  if (node !== null && typeof node === 'object' && isList(node))
    return node.map((item) => (keyOf(item) === step ? put(item, rest, value) : item))
  const object = node !== null && typeof node === 'object' ? (node as Record<string, Json>) : {}
  return { ...object, [step]: put(object[step] ?? null, rest, value) }
}

export const keyOf = (item: Json): string | undefined =>
  item !== null && typeof item === 'object' && !isList(item) && typeof item.key === 'string' ? item.key : undefined

/** The part of a node with this name or key. */
export function child(node: Json | undefined, step: string): Json | undefined {
  if (node === null || node === undefined || typeof node !== 'object') return undefined
  return isList(node) ? node.find((item) => keyOf(item) === step) : node[step]
}

/** A parser's path (by position) as a path by key: `groups.0.label` → `groups.umum.label`. */
export function keyedPath(document: Json, path: string): string {
  let node: Json | undefined = document
  return path
    .split('.')
    .map((step) => {
      const item: Json | undefined =
        node !== null && typeof node === 'object' && node !== undefined
          ? isList(node)
            ? node[Number(step)]
            : node[step]
          : undefined
      const inList = node !== null && typeof node === 'object' && isList(node)
      node = item
      return inList && item !== undefined ? (keyOf(item) ?? step) : step
    })
    .join('.')
}
