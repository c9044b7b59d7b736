import type { Actor } from '#platform/action.ts'
import type { RoleName } from './domain.ts'

const holds = (actor: Actor, role: RoleName) => actor.offices.some((office) => office.role === role)

/** Tim Sekretariat. The role counts only with a second factor, which national admins must have. */
export const isNational = (actor: Actor): boolean => holds(actor, 'national-admin') && actor.secondFactor
export const isEvaluator = (actor: Actor): boolean => holds(actor, 'evaluator')
export const isPanel = (actor: Actor): boolean => holds(actor, 'panel')
/** Local admin or deputy of that agency. */
export const isLocalAdminOf = (actor: Actor, agency: string): boolean =>
  actor.offices.some(
    (office) => (office.role === 'local-admin' || office.role === 'deputy') && office.agency === agency,
  )
export const isUnitOf = (actor: Actor, agency: string, unit: string): boolean =>
  actor.offices.some((office) => office.role === 'unit' && office.agency === agency && office.unit === unit)

/** The agencies this person administers. */
export const administered = (actor: Actor): string[] => [
  ...new Set(actor.offices.filter((o) => o.role === 'local-admin' || o.role === 'deputy').map((o) => o.agency!)),
]
/** The units this person works for. */
export const unitsOf = (actor: Actor): { agency: string; unit: string }[] =>
  actor.offices.filter((o) => o.role === 'unit').map((o) => ({ agency: o.agency!, unit: o.unit! }))

/** Who may do what in this room. One line per verb. */
export const may = {
  changeOwnPassword: (actor: Actor, account: { id: string }) => actor.id === account.id,
  endSession: (actor: Actor, session: { person: string }) => actor.id === session.person,
}
