import type { Line } from '../format/index.ts'

/**
 * The roll is divided among the desks by number, in runs as equal as can be: "meja 1: nomor 1–167". The desk of a share is the
 * one that decides about its voters, so that two desks that cannot see each other never both say yes.
 */
export type Share = { readonly desk: number; readonly from: number; readonly to: number }

export function sharesOf(voters: number, desks: number): Share[] {
  const size = Math.floor(voters / desks)
  const larger = voters % desks
  let from = 1
  return Array.from({ length: desks }, (_, at) => {
    const to = from + size + (at < larger ? 1 : 0) - 1
    const share = { desk: at + 1, from, to }
    from = to + 1
    return share
  })
}

/** Number of the desk whose share the voter belongs to. Voters added later belong to the last. */
export const shareOf = (voter: number, shares: readonly Share[]): number =>
  (shares.find(({ from, to }) => voter >= from && voter <= to) ?? shares.at(-1)!).desk

/**
 * Who decides for each share: share → number of the desk. Folded from the station's log in its order, so that the same lines
 * give the same owners everywhere, and a share passes to another desk only when its desk was stopped by two officers. Share n
 * belongs to desk n. Desks with higher numbers are spares: each takes the first share whose desk was stopped. A share whose desk
 * never came is left to the desk of share 1 (`lent`), until it does come.
 */
export function ownersOf(
  lines: readonly Line[],
  shares: number,
): { readonly owners: ReadonlyMap<number, number>; readonly lent: ReadonlySet<number> } {
  const owners = new Map<number, number>()
  const orphans = new Set<number>()
  const active = new Set<number>()
  const seen = new Set<number>()
  const settle = () => {
    for (const share of [...orphans].sort((a, b) => a - b)) {
      const held = new Set(owners.values())
      const spare = [...active].filter((number) => number > shares && !held.has(number)).sort((a, b) => a - b)[0]
      if (spare === undefined) return
      orphans.delete(share)
      owners.set(share, spare)
    }
  }
  for (const { act } of lines) {
    if (act.kind === 'device-joined' && act.as === 'desk') {
      active.add(act.number)
      if (act.number <= shares && !seen.has(act.number)) owners.set(act.number, act.number)
      seen.add(act.number)
    } else if (act.kind === 'device-stopped') {
      const number = Number(/^desk-(\d+)$/.exec(act.device)?.[1])
      active.delete(number)
      for (const [share, owner] of owners)
        if (owner === number) {
          owners.delete(share)
          orphans.add(share)
        }
    }
    settle()
  }
  const lent = new Set<number>()
  const first = owners.get(1)
  if (first !== undefined)
    for (let share = 2; share <= shares; share++)
      if (!seen.has(share)) {
        owners.set(share, first)
        lent.add(share)
      }
  return { owners, lent }
}
