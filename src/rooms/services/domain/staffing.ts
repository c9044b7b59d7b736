import { movesFrom } from './held.ts'
import type { Package } from './package/format/index.ts'

/**
 * The places in which cases would wait for want of a person: opening (`''`) and each state of the main flow out of which
 * people lead. Each with the roles of which one suffices; roles that act without an account need nobody.
 */
export function places(pkg: Package): { state: string; roles: string[] }[] {
  const main = pkg.flows.find(({ id }) => id === pkg.manifest.main)!
  const open = new Set(pkg.roles.filter((role) => role.public).map(({ id }) => id))
  return ['', ...main.states.filter(({ kind }) => kind !== 'final').map(({ id }) => id)].flatMap((state) => {
    const roles = [...new Set(movesFrom(pkg, main.id, state).flatMap((move) => move.roles))]
    return roles.length === 0 || roles.some((role) => open.has(role)) ? [] : [{ state, roles }]
  })
}

/** Since when no case has to wait for want of a person, by when each role was first given; null while one would. */
export function staffedSince(pkg: Package, given: ReadonlyMap<string, Date>): Date | null {
  let since = new Date(0)
  for (const { roles } of places(pkg)) {
    const first = roles.flatMap((role) => given.get(role) ?? []).sort((a, b) => a.getTime() - b.getTime())[0]
    if (!first) return null
    if (first > since) since = first
  }
  return since
}
