import type { Package } from './format/index.ts'
import type { Path } from './merge.ts'
import { movedFields } from './moved.ts'
import { sameOrder } from './order.ts'
import { equal, isRecord, itemsOf, type Json, renamed, unordered } from './shape.ts'

/** One difference between two versions: what stood there before, and what stands there now. */
export type Change = {
  path: Path
  kind: 'added' | 'removed' | 'changed' | 'renamed' | 'moved' | 'order'
  before: unknown
  after: unknown
}

/** All that is different between two versions of a package, but for the version itself: from the manifest to the examples. */
export function changesBetween(before: Package, after: Package): Change[] {
  const found: Change[] = []
  const moves = movedFields(before, after)
  for (const { id, from, to } of moves) {
    const path = ['forms', to, 'fields', id]
    found.push({ path, kind: 'moved', before: from, after: to })
    const [old, now] = [from, to].map((form, i) =>
      [before, after][i]!.forms.find((one) => one.id === form)!.fields.find((field) => field.id === id),
    )
    compare(found, path, old, now)
  }
  const isMove = ({ path, kind }: Change) =>
    path.length === 4 &&
    path[0] === 'forms' &&
    moves.some(
      ({ id, from, to }) =>
        id === path[3] && ((kind === 'removed' && from === path[1]) || (kind === 'added' && to === path[1])),
    )
  const rest: Change[] = []
  compare(rest, [], before, after)
  const isVersion = ({ path }: Change) => path[0] === 'manifest' && path[1] === 'version'
  return [...found, ...rest.filter((change) => !isMove(change) && !isVersion(change))]
}

/** The same for what stands at one place. */
export function changesBelow(path: Path, before: unknown, after: unknown): Change[] {
  const found: Change[] = []
  compare(found, path, before, after)
  return found
}

function compare(found: Change[], path: Path, before: unknown, after: unknown): void {
  if (equal(before, after)) return
  const list = path.at(-1) ?? ''
  const [a, b] = [itemsOf(list, before ?? []), itemsOf(list, after ?? [])]
  if (Array.isArray(before ?? after) && a && b) {
    compareItems(found, path, a, b)
    return
  }
  if (isRecord(before) && isRecord(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      compare(found, [...path, key], before[key], after[key])
    return
  }
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
  found.push({ path, kind, before, after })
}

function compareItems(found: Change[], path: Path, before: Map<string, Json>, after: Map<string, Json>): void {
  const list = path.at(-1)!
  const names = renamed(list, before, after)
  for (const [old, now] of names) found.push({ path: [...path, now], kind: 'renamed', before: old, after: now })
  const then = new Map([...before].map(([name, item]) => [names.get(name) ?? name, item]))
  for (const [name, item] of then) {
    const now = after.get(name)
    if (!now) found.push({ path: [...path, name], kind: 'removed', before: item, after: undefined })
    else if (names.size > 0 && [...names.values()].includes(name)) compareRenamed(found, [...path, name], item, now)
    else compare(found, [...path, name], item, now)
  }
  for (const [name, item] of after)
    if (!then.has(name)) found.push({ path: [...path, name], kind: 'added', before: undefined, after: item })
  if (!unordered.has(list) && !sameOrder([...then.keys()], [...after.keys()]))
    found.push({ path, kind: 'order', before: [...then.keys()], after: [...after.keys()] })
}

/** What else changed of something that has another name now. */
function compareRenamed(found: Change[], path: Path, before: Json, after: Json): void {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
    if (!['id', 'when', 'at', 'validFrom'].includes(key)) compare(found, [...path, key], before[key], after[key])
}
