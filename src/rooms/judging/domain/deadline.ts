import { type Decision, decide, refuse } from '#platform/result.ts'

/** What a deadline is for: all readings of a round, its third readings, or those of one wave. */
export type Part = { part: 'round' | 'third'; wave: null } | { part: 'wave'; wave: number }

/** A recorded decision to give more time, with the name of whoever decided. */
export type Extension = Part & { before: Date; until: Date; reason: string; byName: string; at: Date }

type Round = { until: Date | null; thirdUntil: Date | null }
/** A reading by what it was given for; `waveUntil` is the own deadline of its wave, if it has one. */
type Given = { purpose: string; waveUntil: Date | null }

/** The deadline in force of a reading, every extension included; null before reading opens. */
export function deadlineOf({ until, thirdUntil }: Round, { purpose, waveUntil }: Given): Date | null {
  if (purpose === 'third') return thirdUntil ?? until
  return purpose === 'wave' ? (waveUntil ?? until) : until
}

/** May nothing be written any more? The last second still counts: 23:59:59 lasts until the next one begins. */
export const isLate = (deadline: Date | null, now: Date): boolean =>
  deadline !== null && now.getTime() >= deadline.getTime() + 1000

/** The end of a day in Jakarta, whose date is typed as `2017-04-30`. */
export const endOfDay = (day: string): Date => new Date(`${day}T23:59:59+07:00`)

/** A deadline only moves later, to a moment that is still to come. */
export function judgeExtension(
  before: Date,
  until: Date,
  now: Date,
): Decision<{ before: Date; until: Date }, 'until-past' | 'until-not-later'> {
  if (until <= now) return refuse('until-past')
  return until > before ? decide({ before, until }) : refuse('until-not-later')
}
