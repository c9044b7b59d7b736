import { type Decision, decide, refuse } from '#platform/result.ts'

/**
 * The offices of the platform. national-admin = Tim Sekretariat; local-admin = Bagian Organisasi, with a deputy;
 * unit = UPP; evaluator = Tim Evaluasi; panel = Tim Panel Independen.
 */
export type RoleName = 'national-admin' | 'local-admin' | 'deputy' | 'unit' | 'evaluator' | 'panel'
export const roleNames: readonly RoleName[] = ['national-admin', 'local-admin', 'deputy', 'unit', 'evaluator', 'panel']
/** Offices of the national level, which belong to no agency. */
export const teamRoles = ['national-admin', 'evaluator', 'panel'] as const satisfies readonly RoleName[]
export const agencyRoles = ['local-admin', 'deputy', 'unit'] as const satisfies readonly RoleName[]

/** Whoever holds offices: the part of an actor that powers are read from. */
export type Holder = {
  id: string | null
  offices: readonly { role: string; agency: string | null; unit: string | null }[]
  secondFactor: boolean
}

const holds = (holder: Holder, role: RoleName) => holder.offices.some((office) => office.role === role)

/** Tim Sekretariat. The role counts only with a second factor, which national admins must have. */
export const isNational = (holder: Holder): boolean => holds(holder, 'national-admin') && holder.secondFactor
export const isEvaluator = (holder: Holder): boolean => holds(holder, 'evaluator')
export const isPanel = (holder: Holder): boolean => holds(holder, 'panel')

/** Local admin of that agency, the deputy not counted. */
export const isHeadOf = (holder: Holder, agency: string | null): boolean =>
  agency !== null && holder.offices.some((office) => office.role === 'local-admin' && office.agency === agency)

/** Local admin or deputy of that agency. */
export const isLocalAdminOf = (holder: Holder, agency: string | null): boolean =>
  isHeadOf(holder, agency) ||
  (agency !== null && holder.offices.some((office) => office.role === 'deputy' && office.agency === agency))

export const isUnitOf = (holder: Holder, agency: string, unit: string): boolean =>
  holder.offices.some((office) => office.role === 'unit' && office.agency === agency && office.unit === unit)

/** The agencies this person administers. */
export const administered = (holder: Holder): string[] => [
  ...new Set(holder.offices.filter((o) => o.role === 'local-admin' || o.role === 'deputy').map((o) => o.agency!)),
]

/** The units this person works for. */
export const unitsOf = (holder: Holder): { agency: string; unit: string }[] =>
  holder.offices.filter((o) => o.role === 'unit').map((o) => ({ agency: o.agency!, unit: o.unit! }))

export type Post = { role: RoleName; agency: string | null; unit: string | null }
export type Office = Post & { id: string; person: string; ended: Date | null }

/** Whether an office may be ended now. `nationals` counts those who hold the national office. */
export function judgeEnd(
  office: { role: RoleName; ended: Date | null },
  nationals: number,
): Decision<null, 'role-over' | 'last-national'> {
  if (office.ended) return refuse('role-over')
  return office.role === 'national-admin' && nationals <= 1 ? refuse('last-national') : decide(null)
}

/** An invitation can be used for this many days. */
export const invitationDays = 14

export type Invitation = Post & {
  id: string
  name: string
  email: string
  /** Written to in this language while there is no account with one of its own. */
  lang: 'id' | 'en'
  hand_over: string | null
  by: string | null
  sent: Date
  expires: Date
  used: Date | null
  revoked: Date | null
}

export type InvitationState = 'open' | 'used' | 'revoked' | 'expired'
export function stateOf(
  invitation: { expires: Date; used: Date | null; revoked: Date | null },
  now: Date,
): InvitationState {
  if (invitation.used) return 'used'
  if (invitation.revoked) return 'revoked'
  return now >= invitation.expires ? 'expired' : 'open'
}

/** Whether an invitation may still be used. */
export function judgeInvitation<T extends { expires: Date; used: Date | null; revoked: Date | null }>(
  invitation: T,
  now: Date,
): Decision<T, 'invitation-used' | 'invitation-revoked' | 'invitation-expired'> {
  if (invitation.used) return refuse('invitation-used')
  if (invitation.revoked) return refuse('invitation-revoked')
  if (now >= invitation.expires) return refuse('invitation-expired')
  return decide(invitation)
}

/** What stands in an agency or in the national team when somebody is invited to it. */
export type Establishment = {
  agency: string | null
  agencyName: string | null
  units: readonly { id: string; name: string }[]
  held: readonly (Post & { person: string; email: string })[]
  invited: readonly (Post & { email: string; expires: Date })[]
}

/** Whether this person can be invited to this post: it exists, is free, and no invitation to it is under way. */
export function judgePost(
  at: Establishment,
  post: { role: RoleName; unit: string | null; email: string; handOver: boolean },
  now: Date,
): Decision<null, 'unit-unknown' | 'agency-has-admin' | 'admin-invited' | 'role-held' | 'invitation-open'> {
  if (post.role === 'unit' && !at.units.some((unit) => unit.id === post.unit)) return refuse('unit-unknown')
  const same = (other: Post & { email: string }) =>
    other.email === post.email && other.role === post.role && other.unit === post.unit
  if (at.held.some(same)) return refuse('role-held')
  const open = at.invited.filter((invitation) => now < invitation.expires)
  if (open.some(same)) return refuse('invitation-open')
  if (post.role === 'local-admin') {
    if (!post.handOver && at.held.some((office) => office.role === 'local-admin')) return refuse('agency-has-admin')
    if (open.some((invitation) => invitation.role === 'local-admin')) return refuse('admin-invited')
  }
  return decide(null)
}
