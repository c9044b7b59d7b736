import { byCodeUnit } from './seeded.ts'

/** One evaluator reads one proposal: an edge of the graph, whether the reading is planned or done. */
export type Pair = { proposal: string; evaluator: string }

/** Proposals and evaluators that readings connect, directly or through each other. Sorted. */
export type Component = { proposals: string[]; evaluators: string[]; sectors: string[] }

/** A reading that would join two components, given by their place in the list. */
export type Bridge = Pair & { joins: [number, number] }

/**
 * How far a sector's proposals are read by people whose other work lies elsewhere. `short` is the number of readings
 * that would have to change to reach the asked share.
 */
export type SectorMixing = { sector: string; readings: number; bridgeReadings: number; share: number; short: number }

export type ReviewGraph = {
  connected: boolean
  /** Largest first. */
  components: Component[]
  /** One reading for each join that is missing; the fewest that connect everything. */
  bridges: Bridge[]
  /** Components that nobody may bridge, because of `mayRead`; by place in the list. */
  unbridgeable: number[]
  /** Evaluators whose withdrawal would break a connected graph. */
  hangsOn: string[]
  /** Present when sectors were given. */
  sectors: SectorMixing[]
  /** Proposals that were named in `proposals` and that nobody reads. */
  unread: string[]
}

export type GraphOptions = {
  /** Every proposal that must be read; so that one without a reader is reported. */
  proposals?: readonly string[]
  sectorOf?: ReadonlyMap<string, string>
  /** Share of a sector's readings asked from evaluators at home elsewhere, 0-1. */
  bridgeShare?: number
  /** Conflicts of interest: may this evaluator be suggested for this proposal? */
  mayRead?: (evaluator: string, proposal: string) => boolean
  /** Look for `hangsOn`: evaluators × readings steps. Default true. */
  lookForCuts?: boolean
}

/**
 * Can leniency be told from quality with these readings? Run before assignment opens and again before ranking.
 *
 * Where two groups share no reader, "their readers are strict" and "their proposals are weak" explain the scores
 * equally well, so no formula can correct between them (connectedness of a two-way layout: Searle, Linear Models,
 * 7.4). A few readings across hardly help, so the share of bridge readings in each sector is given as well. Time is
 * linear in the readings, but for `hangsOn`, which tries each evaluator's absence.
 */
export function reviewGraph(pairs: readonly Pair[], options: GraphOptions = {}): ReviewGraph {
  const proposals = [...new Set(pairs.map((p) => p.proposal))].sort(byCodeUnit)
  const evaluators = [...new Set(pairs.map((p) => p.evaluator))].sort(byCodeUnit)
  const components = componentsOf(pairs, proposals, evaluators, options.sectorOf)
  const { bridges, unbridgeable } = suggestBridges(pairs, components, options.mayRead ?? (() => true))
  const read = new Set(proposals)
  const unread = [...new Set(options.proposals ?? [])].filter((p) => !read.has(p)).sort(byCodeUnit)
  return {
    connected: components.length === 1,
    components,
    bridges,
    unbridgeable,
    hangsOn:
      components.length === 1 && options.lookForCuts !== false ? cutEvaluators(pairs, proposals, evaluators) : [],
    sectors: options.sectorOf ? sectorMixing(pairs, options.sectorOf, options.bridgeShare ?? 0) : [],
    unread,
  }
}

/**
 * Share of bridge readings per sector. An evaluator is at home in the sector where most of their readings are (the
 * first by name on a tie); a reading outside the home is a bridge reading. With one sector there is nothing to mix.
 */
export function sectorMixing(
  pairs: readonly Pair[],
  sectorOf: ReadonlyMap<string, string>,
  bridgeShare: number,
): SectorMixing[] {
  const sector = (proposal: string) => sectorOf.get(proposal) ?? ''
  const counts = new Map<string, Map<string, number>>()
  for (const { proposal, evaluator } of pairs) {
    const own = counts.get(evaluator) ?? new Map<string, number>()
    own.set(sector(proposal), (own.get(sector(proposal)) ?? 0) + 1)
    counts.set(evaluator, own)
  }
  const home = new Map<string, string>()
  for (const [evaluator, own] of counts) {
    home.set(evaluator, [...own].sort((a, b) => b[1] - a[1] || byCodeUnit(a[0], b[0]))[0]![0])
  }
  const rows = new Map<string, SectorMixing>()
  for (const { proposal, evaluator } of pairs) {
    const name = sector(proposal)
    const row = rows.get(name) ?? { sector: name, readings: 0, bridgeReadings: 0, share: 0, short: 0 }
    row.readings++
    if (home.get(evaluator) !== name) row.bridgeReadings++
    rows.set(name, row)
  }
  const sorted = [...rows.values()].sort((a, b) => byCodeUnit(a.sector, b.sector))
  for (const row of sorted) {
    row.share = row.bridgeReadings / row.readings
    row.short = sorted.length < 2 ? 0 : Math.max(0, Math.ceil(bridgeShare * row.readings - 1e-9) - row.bridgeReadings)
  }
  return sorted
}

function componentsOf(
  pairs: readonly Pair[],
  proposals: readonly string[],
  evaluators: readonly string[],
  sectorOf: ReadonlyMap<string, string> | undefined,
): Component[] {
  const find = unite(numbered(pairs, proposals, evaluators))
  const byRoot = new Map<number, Component>()
  const componentOf = (node: number) => {
    const root = find(node)
    const component = byRoot.get(root) ?? { proposals: [], evaluators: [], sectors: [] }
    byRoot.set(root, component)
    return component
  }
  proposals.forEach((p, i) => {
    componentOf(i).proposals.push(p)
  })
  evaluators.forEach((e, j) => {
    componentOf(proposals.length + j).evaluators.push(e)
  })
  for (const component of byRoot.values()) {
    const names = component.proposals.map((p) => sectorOf?.get(p)).filter((s) => s !== undefined)
    component.sectors = [...new Set(names)].sort(byCodeUnit)
  }
  return [...byRoot.values()].sort(
    (a, b) => b.proposals.length - a.proposals.length || byCodeUnit(a.proposals[0]!, b.proposals[0]!),
  )
}

/** The same pairs by number: proposals 0..I-1, evaluators I..I+J-1. */
function numbered(pairs: readonly Pair[], proposals: readonly string[], evaluators: readonly string[]) {
  const proposalAt = new Map(proposals.map((p, i) => [p, i]))
  const evaluatorAt = new Map(evaluators.map((e, j) => [e, proposals.length + j]))
  const from = Int32Array.from(pairs, (p) => proposalAt.get(p.proposal)!)
  const to = Int32Array.from(pairs, (p) => evaluatorAt.get(p.evaluator)!)
  return { from, to, nodes: proposals.length + evaluators.length }
}

/** Union-find; `without` leaves the readings of one evaluator out. */
function unite({ from, to, nodes }: ReturnType<typeof numbered>, without = -1): (node: number) => number {
  const parent = Int32Array.from({ length: nodes }, (_, k) => k)
  const find = (node: number) => {
    let at = node
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!
      at = parent[at]!
    }
    return at
  }
  for (let k = 0; k < from.length; k++) {
    if (to[k] === without) continue
    const a = find(from[k]!)
    const b = find(to[k]!)
    if (a !== b) parent[Math.max(a, b)] = Math.min(a, b)
  }
  return find
}

/** Join every smaller component to the largest, each by the least loaded evaluator who may read across. */
function suggestBridges(
  pairs: readonly Pair[],
  components: readonly Component[],
  mayRead: (evaluator: string, proposal: string) => boolean,
) {
  const load = new Map<string, number>()
  for (const { proposal, evaluator } of pairs) {
    load.set(`e ${evaluator}`, (load.get(`e ${evaluator}`) ?? 0) + 1)
    load.set(`p ${proposal}`, (load.get(`p ${proposal}`) ?? 0) + 1)
  }
  const lightest = (kind: 'e' | 'p', names: readonly string[]) =>
    [...names].sort((a, b) => load.get(`${kind} ${a}`)! - load.get(`${kind} ${b}`)! || byCodeUnit(a, b))
  const bridges: Bridge[] = []
  const joined = [0]
  let waiting = components.map((_, k) => k).slice(1)
  const across = (from: Component, to: Component): Pair | undefined => {
    const targets = lightest('p', to.proposals)
    for (const evaluator of lightest('e', from.evaluators)) {
      const proposal = targets.find((p) => mayRead(evaluator, p))
      if (proposal !== undefined) return { evaluator, proposal }
    }
    return undefined
  }
  // A component that cannot reach the largest may still reach one that was joined later, hence the repeated rounds.
  for (let progress = true; progress; ) {
    progress = false
    for (const k of waiting) {
      for (const home of joined) {
        const pair = across(components[home]!, components[k]!) ?? across(components[k]!, components[home]!)
        if (!pair) continue
        bridges.push({ ...pair, joins: [home, k] })
        load.set(`e ${pair.evaluator}`, load.get(`e ${pair.evaluator}`)! + 1)
        load.set(`p ${pair.proposal}`, load.get(`p ${pair.proposal}`)! + 1)
        joined.push(k)
        progress = true
        break
      }
    }
    waiting = waiting.filter((k) => !joined.includes(k))
  }
  return { bridges, unbridgeable: waiting }
}

function cutEvaluators(pairs: readonly Pair[], proposals: readonly string[], evaluators: readonly string[]): string[] {
  const edges = numbered(pairs, proposals, evaluators)
  const readers = new Int32Array(proposals.length)
  for (const i of edges.from) readers[i] = readers[i]! + 1
  const onlyReader = new Int32Array(proposals.length).fill(-1)
  edges.from.forEach((i, k) => {
    if (readers[i] === 1) onlyReader[i] = edges.to[k]!
  })
  return evaluators.filter((_, j) => {
    const absent = proposals.length + j
    const find = unite(edges, absent)
    let root = -1
    for (let i = 0; i < proposals.length; i++) {
      // A proposal that only the absent one read is lost, not cut off: it needs a reader whatever the graph looks like.
      if (onlyReader[i] === absent) continue
      const own = find(i)
      if (root !== -1 && own !== root) return true
      root = own
    }
    return false
  })
}
