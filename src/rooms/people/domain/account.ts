import { type Decision, decide, refuse } from '#platform/result.ts'

export type Account = {
  id: string
  name: string
  email: string
  lang: 'id' | 'en'
  lang_since: Date | null
  password: string | null
  must_change: boolean
  totp_since: Date | null
  closed: Date | null
}

/** Twelve hours without a request, or fourteen days in all, end a session. */
export const sessionIdleHours = 12
export const sessionDays = 14
/** A link that replaces a forgotten password can be used for one hour. */
export const resetMinutes = 60
/** Codes made with a second factor, for whoever loses the telephone. */
export const recoveryCodes = 10

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
  // What is left without the name, digits and signs: "lestari12345" is a name and nothing else.
  const besides = (part: string) => plain.replaceAll(part, '').replace(/[\W\d_]/g, '').length
  const guessable = new Set(plain).size < 5 || parts.some((part) => plain.includes(part) && besides(part) < 5)
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
