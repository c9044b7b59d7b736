import { masked } from '#platform/nik.ts'
import type { Case } from './case.ts'
import type { Words } from './package/format/basics.ts'
import type { Package } from './package/format/index.ts'
import type { Privacy, Role } from './package/format/role.ts'
import { allFields } from './package/names.ts'
import type { Result } from './rule.ts'

/** What a role sees of a case that she may see at all. */
export type Sight = { state?: string; told?: Words; data: Record<string, unknown>; results: Record<string, Result> }

/**
 * By role and field: whoever may not see a kind of value gets neither the value nor its name, and nobody gets a whole
 * NIK or KK by reading a case. A state is told by its outside word (`told`) to those who see nothing personal.
 * undefined: for this role there is no such case.
 */
export function sight(pkg: Package, it: Case, roleId: string): Sight | undefined {
  const role = pkg.roles.find(({ id }) => id === roleId)
  const flow = pkg.flows.find(({ id }) => id === it.flow)
  if (!role || !flow || (flow.only.length > 0 && !flow.only.includes(roleId))) return undefined
  const data: Record<string, unknown> = {}
  for (const field of allFields(pkg)) {
    if (!Object.hasOwn(it.data, field.id) || !may(role, field)) continue
    const kept = it.data[field.id]
    data[field.id] =
      (field.type === 'nik' || field.type === 'kk') && typeof kept === 'string'
        ? masked(kept)
        : inside(field, kept, role)
  }
  const results: Record<string, Result> = {}
  for (const rule of pkg.rules) {
    const last = it.rules[rule.id]?.at(-1)
    if (last && may(role, rule)) results[rule.id] = last
  }
  const state = flow.states.find(({ id }) => id === it.state)
  const outside = !role.sees.includes('personal') && !role.sees.includes('specific')
  return { ...(outside && state?.told ? { told: state.told } : { state: it.state }), data, results }
}

function may(role: Role, { privacy, only }: { privacy: Privacy; only: readonly string[] }): boolean {
  return role.sees.includes(privacy) && (only.length === 0 || only.includes(role.id))
}

function inside(field: ReturnType<typeof allFields>[number], kept: unknown, role: Role): unknown {
  if (field.type !== 'group' || !Array.isArray(kept)) return kept
  const seen = field.fields.filter((column) => may(role, column))
  return kept.map((row: Record<string, unknown>) =>
    Object.fromEntries(
      seen.flatMap(({ id, type }) =>
        Object.hasOwn(row, id) ? [[id, type === 'nik' || type === 'kk' ? masked(String(row[id])) : row[id]]] : [],
      ),
    ),
  )
}
