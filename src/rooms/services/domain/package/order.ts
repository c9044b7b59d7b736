/** The order of a merged list: who put what where, and whether both meant something else. */
export type Order = { names: string[]; clash?: { ours: string[]; theirs: string[] } }

/**
 * One order for the names that remain, from the orders on three sides. Whoever moved something is followed; what a side
 * added stands behind what it stood behind there. `clash`: both moved things differently or, where order has a meaning
 * (`strict`), both put something in at the same place; `names` are then the order of `theirs`.
 */
export function mergeOrder(
  remain: ReadonlySet<string>,
  base: readonly string[],
  ours: readonly string[],
  theirs: readonly string[],
  strict: boolean,
): Order {
  const only = (names: readonly string[]) => names.filter((name) => remain.has(name))
  const sides = { base: only(base), ours: only(ours), theirs: only(theirs) }
  const moved = {
    ours: !sameOrder(sides.base, sides.ours),
    theirs: !sameOrder(sides.base, sides.theirs),
  }
  const bothMoved = moved.ours && moved.theirs && !sameOrder(sides.ours, sides.theirs)
  const known = new Set(sides.base)
  const additions = {
    ours: behind(sides.ours, known),
    theirs: behind(sides.theirs, known),
  }
  const atOnePlace = [...additions.ours].some(([place, names]) => {
    const others = additions.theirs.get(place)
    return others !== undefined && !sameList(names, others)
  })
  const from = (side: 'ours' | 'theirs', first: 'ours' | 'theirs' | 'either') => {
    const skeleton = filled(sides[side], sides.base, known)
    return woven(skeleton, additions, first)
  }
  if (bothMoved || (strict && atOnePlace))
    return {
      names: from('theirs', 'theirs'),
      clash: { ours: from('ours', 'ours'), theirs: from('theirs', 'theirs') },
    }
  return { names: from(moved.ours ? 'ours' : 'theirs', 'either') }
}

const sameList = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((name, i) => name === b[i])

/** Whether the names that both have stand in the same order. */
export function sameOrder(a: readonly string[], b: readonly string[]): boolean {
  const inA = new Set(a)
  const inB = new Set(b)
  return sameList(
    a.filter((name) => inB.has(name)),
    b.filter((name) => inA.has(name)),
  )
}

/** What a side added, by the known name that it stands behind ('' at the beginning). */
function behind(names: readonly string[], known: ReadonlySet<string>): Map<string, string[]> {
  const found = new Map<string, string[]>()
  let place = ''
  for (const name of names)
    if (known.has(name)) place = name
    else found.set(place, [...(found.get(place) ?? []), name])
  return found
}

/** The known names in the order of one side; those that it has not stand where they stood. */
function filled(side: readonly string[], base: readonly string[], known: ReadonlySet<string>): string[] {
  const names = side.filter((name) => known.has(name))
  for (const [i, name] of base.entries()) {
    if (names.includes(name)) continue
    const before = base.slice(0, i).findLast((earlier) => names.includes(earlier))
    names.splice(before === undefined ? 0 : names.indexOf(before) + 1, 0, name)
  }
  return names
}

type Additions = Record<'ours' | 'theirs', ReadonlyMap<string, string[]>>

/** The skeleton with what both added; at one place whoever is `first`, or whose first name is, so that no side counts more. */
function woven(
  skeleton: readonly string[],
  { ours, theirs }: Additions,
  first: 'ours' | 'theirs' | 'either',
): string[] {
  const names: string[] = []
  const add = (more: readonly string[]) => {
    for (const name of more) if (!names.includes(name)) names.push(name)
  }
  for (const place of ['', ...skeleton]) {
    if (place !== '') names.push(place)
    const [a, b] = [ours.get(place) ?? [], theirs.get(place) ?? []]
    const oursFirst = first === 'ours' || (first === 'either' && (a[0] ?? '') < (b[0] ?? ''))
    for (const more of oursFirst ? [a, b] : [b, a]) add(more)
  }
  return names
}
