import type { Case } from './case.ts'
import type { Package } from './package/format/index.ts'
import type { Result } from './rule.ts'
import { type Sight, sight } from './sight.ts'

/**
 * A role of a package that somebody holds. `area`: a region code without dots; empty for the whole agency. `except`: parts
 * of it that were handed over to somebody else.
 */
export type Post = { role: string; area: string; except?: readonly string[] }
/** Where a case belongs and who opened it. */
export type Belonging = { area: string; openedBy: string | null; openedAs: string }

/** The roles in which this person knows of a case: by the reach of each role, and not at all where the flow is for others. */
export function rolesIn(
  pkg: Package,
  it: Case,
  belonging: Belonging,
  person: string | null,
  posts: readonly Post[],
): string[] {
  const reaches = ({ role: id, area, except = [] }: Post) => {
    const role = pkg.roles.find((one) => one.id === id)
    if (!role || !sight(pkg, it, id)) return false
    if (role.reach === 'own') return person !== null && belonging.openedBy === person
    return role.reach === 'all' || covers({ area, except }, belonging.area)
  }
  return [...new Set(posts.filter(reaches).map(({ role }) => role))]
}

/** Whether an area belongs to somebody's. */
export const covers = (post: { area: string; except: readonly string[] }, area: string): boolean =>
  area.startsWith(post.area) && !post.except.some((part) => area.startsWith(part))

/** Whether one of these roles works with cases of others: only such a one may learn that another case exists. */
export const mayKnowOthers = (pkg: Package, roles: readonly string[]): boolean =>
  pkg.roles.some(({ id, reach, public: open }) => roles.includes(id) && reach !== 'own' && !open)

/** Whether one of these roles may make two cases one: she knows of others' cases, and sees values of every kind. */
export const mayMerge = (pkg: Package, roles: readonly string[]): boolean =>
  pkg.roles.some(
    ({ id, reach, public: open, sees }) => roles.includes(id) && reach !== 'own' && !open && sees.length === 3,
  )

/** What somebody sees of a case in all roles together; undefined where there is no such case for them. */
export function sightOf(pkg: Package, it: Case, roles: readonly string[]): Sight | undefined {
  const seen = roles.flatMap((role) => sight(pkg, it, role) ?? [])
  if (seen.length === 0) return undefined
  const inside = seen.find(({ state }) => state !== undefined)
  const told = seen.find((one) => one.told !== undefined)?.told
  return {
    ...(inside?.state !== undefined ? { state: inside.state } : told ? { told } : {}),
    data: Object.assign({}, ...seen.map(({ data }) => data)) as Record<string, unknown>,
    results: Object.assign({}, ...seen.map(({ results }) => results)) as Record<string, Result>,
  }
}

/** The moves that can be made by people from where a case is, and by which roles. `''` is a case that is not open yet. */
export function movesFrom(pkg: Package, flowId: string, state: string) {
  const flow = pkg.flows.find(({ id }) => id === flowId)
  const final = flow?.states.find(({ id }) => id === state)?.kind === 'final'
  return (flow?.moves ?? []).filter(
    ({ from, roles }) =>
      roles.length > 0 &&
      (state === '' ? from === 'new' : !final && from !== 'new' && (from === 'any' || from.includes(state))),
  )
}

/** Whether somebody in these roles may know that there is a case of this flow. */
export function knowsFlow(pkg: Package, flowId: string, roles: readonly string[]): boolean {
  const only = pkg.flows.find(({ id }) => id === flowId)?.only ?? []
  return only.length === 0 || roles.some((role) => only.includes(role))
}

/** Whether a move that changed nothing but opened another case tells of one that somebody in these roles may not know of. */
export function tellsOfHidden(
  pkg: Package,
  flowId: string,
  told: { move?: unknown; from?: unknown; state?: unknown },
  roles: readonly string[],
): boolean {
  const made = pkg.flows.find(({ id }) => id === flowId)?.moves.find(({ id }) => id === told.move)
  const opens = (made?.effects ?? []).flatMap((effect) => ('open' in effect ? [effect.open] : []))
  return told.from === told.state && opens.some((flow) => !knowsFlow(pkg, flow, roles))
}

/** Words in the reader's language, or in the package's first. */
export function say(words: Record<string, string>, lang: string): string {
  return words[lang] ?? Object.values(words)[0] ?? ''
}
