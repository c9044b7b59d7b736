import { type Decision, decide, refuse } from '#platform/result.ts'
import type { Post } from './office.ts'

/** What people keep up of themselves. `phone` as +62812…, or null. */
export type Profile = { name: string; lang: 'id' | 'en'; phone: string | null }

/** A link that proves a new address can be used for this many hours. */
export const emailChangeHours = 24
/** A link to a new password that an admin asked for: longer than one's own, for people who read their mail once a day. */
export const replacedPasswordHours = 48

/**
 * A telephone number as people type it (0812-3456-7890, +62 812…, 62812…) in the international form; undefined when it
 * is none: 8 to 15 digits (ITU-T E.164). A number that begins with 0 is Indonesian.
 */
export function readPhone(typed: string): string | undefined {
  const plain = typed.replace(/[\s().-]/g, '')
  const digits = plain.startsWith('+') ? plain.slice(1) : plain.replace(/^0(?=[1-9])/, '62')
  return /^[1-9]\d{7,14}$/.test(digits) ? `+${digits}` : undefined
}

/** Which parts of a profile differ, by name: what is told of a change is never the values. */
export const changedParts = (before: Profile, after: Profile): (keyof Profile)[] =>
  (['name', 'lang', 'phone'] as const).filter((part) => before[part] !== after[part])

/**
 * Whether an account may be closed now. Nobody leaves the nation without a national admin or an agency without its local
 * admin: these offices are handed over first.
 */
export function judgeClosing(
  offices: readonly Pick<Post, 'role'>[],
  nationals: number,
): Decision<null, 'last-national' | 'hand-over-first'> {
  if (nationals <= 1 && offices.some(({ role }) => role === 'national-admin')) return refuse('last-national')
  return offices.some(({ role }) => role === 'local-admin') ? refuse('hand-over-first') : decide(null)
}

/** An account that is closed keeps its name and nothing to reach it by; its address is free again. */
export const closedAddress = (id: string): string => `${id}@ditutup.invalid`
