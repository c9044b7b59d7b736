import type { Election } from './election.ts'
import type { Profile, Registration } from './profile.ts'

/**
 * Why a registration that ended with one candidate is not what the profile asks for (R30): it must have been extended as often,
 * and each time for at least as many days, before the election. `undefined` when it is, or when the profile asks for nothing.
 */
export type RegistrationRefusal = 'registration-short' | 'registration-open'

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** `today` is the local day (YYYY-MM-DD): an extension must be over. */
export function judgeRegistration(
  { closed, extended }: Pick<Registration, 'closed' | 'extended'>,
  days: readonly number[],
  today: string,
): RegistrationRefusal | undefined {
  const ends = [closed, ...extended]
  const long = ends.slice(1).every((end, at) => end >= dayAfter(ends[at]!, days[at] ?? 1))
  if (extended.length < days.length || !long) return 'registration-short'
  return ends.at(-1)! >= today ? 'registration-open' : undefined
}

/** Whether it is written down how the registration was extended, as often and as long as the rules have it now. */
export const registrationHolds = ({ rules, registration }: Profile): boolean => {
  const days = rules.registration.value
  return days.length === 0 || (!!registration && judgeRegistration(registration, days, '9999-12-31') === undefined)
}

/** Whether an election that is not between candidates is what its rules make of one candidate. */
export const kindHolds = (kind: Election['kind'], { rules }: Pick<Profile, 'rules'>): boolean =>
  kind === 'contest' || kind === rules.single.value
