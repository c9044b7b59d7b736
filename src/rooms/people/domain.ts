import { type Decision, decide, refuse } from '#platform/result.ts'

export type AgencyKind = 'ministry' | 'institution' | 'province' | 'regency' | 'city' | 'bumn' | 'bumd'
export const agencyKinds: readonly AgencyKind[] = [
  'ministry',
  'institution',
  'province',
  'regency',
  'city',
  'bumn',
  'bumd',
]

/**
 * The offices of the platform. national-admin = Tim Sekretariat; local-admin = Bagian Organisasi, with a deputy;
 * unit = UPP; evaluator = Tim Evaluasi; panel = Tim Panel Independen.
 */
export type RoleName = 'national-admin' | 'local-admin' | 'deputy' | 'unit' | 'evaluator' | 'panel'
export const roleNames: readonly RoleName[] = ['national-admin', 'local-admin', 'deputy', 'unit', 'evaluator', 'panel']

export type Agency = { id: string; code: string; kind: AgencyKind; name: string; region: string | null; demo: boolean }
export type Unit = { agency: string; id: string; name: string }
export type Account = {
  id: string
  name: string
  email: string
  password: string | null
  must_change: boolean
  totp_since: Date | null
  closed: Date | null
}

/** Twelve hours without a request, or fourteen days in all, end a session. */
export const sessionIdleHours = 12
export const sessionDays = 14
/** An invitation can be used for this many days. */
export const invitationDays = 14

/** Whether a password may be used: 10 characters or more, not the name or address, not one of a kind. */
export function judgePassword(
  password: string,
  account: { name: string; email: string },
): Decision<string, 'password-short' | 'password-long' | 'password-known'> {
  if (password.length < 10) return refuse('password-short')
  if (password.length > 200) return refuse('password-long')
  const plain = password.toLowerCase()
  const parts = [account.email.split('@')[0]!, ...account.name.toLowerCase().split(/\s+/)].filter(
    (part) => part.length >= 5,
  )
  const guessable =
    new Set(plain).size < 5 || parts.some((part) => plain.includes(part) && plain.length < part.length + 5)
  const common = /^(?:password|qwerty|12345|admin|rahasia|indonesia|bismillah|sayang|melayani|sinovik)[\W\d_]*$/.test(
    plain,
  )
  return guessable || common ? refuse('password-known') : decide(password)
}

/** Whether a session still counts. Times are instants. */
export function isSessionAlive(session: { seen: Date; expires: Date; ended: Date | null }, now: Date): boolean {
  return (
    session.ended === null &&
    now < session.expires &&
    now.getTime() - session.seen.getTime() < sessionIdleHours * 3_600_000
  )
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
