import type { Case } from './case.ts'
import type { Package } from './package/format/index.ts'
import type { Result } from './rule.ts'
import { type Sight, sight } from './sight.ts'

/** A role of a package that somebody holds. `area`: a region code without dots; empty for the whole agency. */
export type Post = { role: string; area: string }
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
  const reaches = ({ role: id, area }: Post) => {
    const role = pkg.roles.find((one) => one.id === id)
    if (!role || !sight(pkg, it, id)) return false
    if (role.reach === 'own') return person !== null && belonging.openedBy === person
    return role.reach === 'all' || belonging.area.startsWith(area)
  }
  return [...new Set(posts.filter(reaches).map(({ role }) => role))]
}

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

/** Words in the reader's language, or in the package's first. */
export function say(words: Record<string, string>, lang: string): string {
  return words[lang] ?? Object.values(words)[0] ?? ''
}
