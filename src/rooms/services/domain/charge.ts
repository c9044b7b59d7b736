import type { Package } from './package/format/index.ts'

/**
 * The roles of which somebody is in charge of a case of this flow: those who work in an area and have something to do after it
 * was opened. For each the ledger says from when to when it was whose.
 */
export function chargeRoles(pkg: Package, flowId: string): string[] {
  const flow = pkg.flows.find(({ id }) => id === flowId)
  if (!flow) return []
  return pkg.roles
    .filter(({ id, reach, public: open }) => {
      if (reach !== 'area' || open || (flow.only.length > 0 && !flow.only.includes(id))) return false
      return flow.moves.some(({ from, roles }) => from !== 'new' && roles.includes(id))
    })
    .map(({ id }) => id)
}

/** One line of the ledger: who was in charge, from when to when; ms since 1970. `until` null: still. */
export type Stay = { holder: string | null; since: number; until: number | null }

/** Milliseconds of a stay within a period. */
export function within({ since, until }: Pick<Stay, 'since' | 'until'>, from: number, to: number): number {
  return Math.max(0, Math.min(until ?? to, to) - Math.max(since, from))
}

/**
 * What speaks against a ledger of one case in one role: stays that overlap, a gap between two, more than one that goes on.
 * Stays of no length (two changes in one moment) say nothing.
 */
export function faultsOf(stays: readonly Stay[]): ('overlap' | 'gap')[] {
  const sorted = stays.filter(({ since, until }) => until === null || until > since).sort((a, b) => a.since - b.since)
  return sorted.slice(1).flatMap(({ since }, i) => {
    const before = sorted[i]!.until
    return before === null || before > since ? ['overlap' as const] : before < since ? ['gap' as const] : []
  })
}
