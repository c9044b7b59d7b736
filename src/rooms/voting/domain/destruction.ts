import type { Election } from './election.ts'

/** What is destroyed when nobody can object any more: everything that could open a ballot or name a voter outside this room. */
export const destroyed = [
  'trustee-cards',
  'officer-cards',
  'tokens',
  'order-files',
  'roll-copies',
  'device-media',
] as const
export type Destroyed = (typeof destroyed)[number]

/** The first day (YYYY-MM-DD) on which it may be done: after the days for objections and for their answers. */
export function destructionFrom({ held, profile }: Pick<Election, 'held' | 'profile'>): string {
  const { objectionDays, answerDays } = profile.rules
  const day = new Date(`${held}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + objectionDays.value + answerDays.value + 1)
  return day.toISOString().slice(0, 10)
}

/**
 * Whether its state lets an election be destroyed: what could still open a ballot is kept until the result is decided. A practice, which
 * decides nothing, ends whenever it was sealed.
 */
export const mayDestroy = ({ mode, kind, state }: Pick<Election, 'mode' | 'kind' | 'state'>): boolean =>
  (kind !== 'deliberation' && state === 'decided') || (mode === 'practice' && (state === 'sealed' || state === 'held'))
