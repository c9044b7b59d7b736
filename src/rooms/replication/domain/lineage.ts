import { type Known, named, type Runner } from './shown.ts'
import type { Stage } from './stage.ts'

/** One who has the innovation, with those who have it from there. */
export type Branch = {
  name: string
  /** Code of an innovation of the gallery, where this one is shown there. */
  code: string | null
  owner: boolean
  expansion: boolean
  demo: boolean
  process: string | null
  service: string | null
  /** The day on which it began, where it is known. */
  since: string | null
  stage: Stage | null
  asleep: boolean
  /** Who says so, where it is not read from transactions here. */
  source: string | null
  /** The other installation that reports it, with a key that was verified; none for what is read here. */
  from?: string
  children: Branch[]
}

/** One who runs a package in another installation, as that installation reports. */
export type Elsewhere = { name: string; from: string; since: string; stage: Stage; asleep: boolean }

/** The tree with those in other installations below the innovation whose package they run. */
export function withElsewhere(branch: Branch, elsewhere: ReadonlyMap<string, readonly Elsewhere[]>): Branch {
  const there = (branch.code === null ? [] : (elsewhere.get(branch.code) ?? [])).map(
    (one): Branch => ({
      ...one,
      code: null,
      owner: false,
      expansion: false,
      demo: false,
      process: null,
      service: null,
      source: null,
      children: [],
    }),
  )
  return { ...branch, children: [...branch.children.map((child) => withElsewhere(child, elsewhere)), ...there] }
}

/** What public sources say of who copied from whom: an innovation, and innovations or agencies that have it from there. */
export type Chain = {
  innovation: string
  copies: readonly { code: string | null; agency: string | null }[]
  source: string
}

/** The first of the line in which an innovation stands, by what sources say. */
export function rootOf(code: string, chains: readonly Chain[]): string {
  const seen = new Set<string>()
  let at = code
  while (!seen.has(at)) {
    seen.add(at)
    at = chains.find(({ copies }) => copies.some((copy) => copy.code === at))?.innovation ?? at
  }
  return at
}

/** Every innovation of the family of `root`, itself first. */
export function familyOf(root: string, chains: readonly Chain[]): string[] {
  const family = [root]
  for (const code of family)
    for (const chain of chains.filter(({ innovation }) => innovation === code))
      for (const copy of chain.copies) if (copy.code && !family.includes(copy.code)) family.push(copy.code)
  return family
}

/**
 * The tree below one innovation: its owner, then who copied it here (under whom they learnt it from), then what sources
 * say. `source` is who says that this innovation itself comes from another.
 */
export function treeOf(
  code: string,
  at: { known: ReadonlyMap<string, Known>; runners: ReadonlyMap<string, readonly Runner[]>; chains: readonly Chain[] },
  source: string | null = null,
  above: readonly string[] = [],
): Branch | undefined {
  const known = at.known.get(code)
  if (!known) return undefined
  const runners = (at.runners.get(code) ?? []).filter(
    ({ state, service }) => service !== null || (state !== 'declined' && state !== 'ended'),
  )
  const own = runners.find(({ owner }) => owner)
  const copies = runners.filter(({ owner }) => !owner)
  const placed = new Set<Runner>()
  const below = (parent: Runner | null): Branch[] =>
    copies
      .filter(
        (one) =>
          !placed.has(one) &&
          (parent ? one.learntFrom === parent.process : !copies.some(({ process }) => process === one.learntFrom)),
      )
      .map((one) => {
        placed.add(one)
        return { ...branchOf(one), children: one.process ? below(one) : [] }
      })
  const told = at.chains
    .filter(({ innovation }) => innovation === code)
    .flatMap((chain) =>
      chain.copies.flatMap((copy): Branch[] => {
        if (copy.code === null) return [{ ...bare, name: copy.agency ?? '', source: chain.source }]
        if (above.includes(copy.code)) return []
        const tree = treeOf(copy.code, at, chain.source, [...above, code])
        return tree ? [tree] : []
      }),
    )
  const first = below(null)
  // Two that name each other as their teacher stand beside the others.
  const rest = copies.filter((one) => !placed.has(one)).map(branchOf)
  return {
    ...bare,
    ...(own && branchOf(own)),
    name: own ? named(own) : known.agencyName,
    code,
    owner: true,
    source,
    children: [...first, ...rest, ...told],
  }
}

const bare = {
  code: null,
  owner: false,
  expansion: false,
  demo: false,
  process: null,
  service: null,
  since: null,
  stage: null,
  asleep: false,
  children: [] as Branch[],
}

const branchOf = (one: Runner): Branch => ({
  ...bare,
  name: named(one),
  expansion: one.expansion,
  demo: one.demo,
  process: one.process,
  service: one.service,
  since: one.since.toISOString().slice(0, 10),
  stage: one.heart?.stage ?? null,
  asleep: Boolean(one.heart?.asleep),
  source: null,
})

export type Row = { branch: Branch; depth: number; row: number; parent: number | null }

/** The branches from top to bottom, each with its depth and the row of whom it has it from. */
export function rowsOf(tree: Branch): Row[] {
  const rows: Row[] = []
  const visit = (branch: Branch, depth: number, parent: number | null) => {
    const row = rows.length
    rows.push({ branch, depth, row, parent })
    for (const child of branch.children) visit(child, depth + 1, row)
  }
  visit(tree, 0, null)
  return rows
}
