import { createHash } from 'node:crypto'
import { canonicalJson } from '#platform/canonical.ts'
import { type Decision, decide, refuse } from '#platform/result.ts'
import type { Candidate } from './candidate.ts'
import type { Election } from './election.ts'
import { kindHolds, registrationHolds } from './registration.ts'

export const deliberationOutcomes = ['agreed', 'not-agreed'] as const
export type DeliberationOutcome = (typeof deliberationOutcomes)[number]

/** What the minutes of a deliberation (musyawarah mufakat) say. `day` is a calendar date of the village. */
export type Minutes = {
  outcome: DeliberationOutcome
  day: string
  /** The minutes themselves, by their number. */
  ground: string
  place: string
  witnesses: string
}

/** How a deliberation ended (R30): `name` is of the one candidate where they agreed. */
export type Deliberation = Minutes & {
  version: number
  name: string | null
  hash: string
  made: Date
  by: string
  byName: string
  confirmed: Date | null
  confirmedBy: string | null
}
export type DeliberationContent = Minutes & Pick<Deliberation, 'name'>

export type DeliberationRefusal =
  | 'deliberation-none'
  | 'not-preparing'
  | 'registration-unsaid'
  | 'deliberation-early'
  | 'deliberation-nobody'

/**
 * What is written down of a deliberation, or why it cannot be: the election is none, or not by its rules; the extensions of the
 * registration are not noted; the day is to come, or before they were over; or they agreed on somebody who is not entered.
 */
export function judgeDeliberation(
  {
    kind,
    state,
    profile,
    candidates,
  }: Pick<Election, 'kind' | 'state' | 'profile'> & { candidates: readonly Candidate[] },
  minutes: Minutes,
  today: string,
): Decision<DeliberationContent, DeliberationRefusal> {
  if (kind !== 'deliberation' || !kindHolds(kind, profile)) return refuse('deliberation-none')
  if (state !== 'preparing') return refuse('not-preparing')
  if (!registrationHolds(profile)) return refuse('registration-unsaid')
  const { registration } = profile
  const open = registration && (registration.extended.at(-1) ?? registration.closed)
  if (minutes.day > today || (open && minutes.day <= open)) return refuse('deliberation-early')
  const [candidate, ...more] = candidates.filter(({ emptyBox }) => !emptyBox)
  if (minutes.outcome === 'not-agreed') return decide({ ...minutes, name: null })
  return candidate && more.length === 0 ? decide({ ...minutes, name: candidate.name }) : refuse('deliberation-nobody')
}

/** What is written down and confirmed: these minutes of this election, and nothing else. */
export const deliberationHash = (
  election: string,
  { outcome, name, day, ground, place, witnesses }: DeliberationContent,
): string =>
  createHash('sha256').update(canonicalJson({ election, outcome, name, day, ground, place, witnesses })).digest('hex')
