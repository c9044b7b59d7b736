import { advance, endOfDay, openBetween, type Place } from './calendar.ts'
import type { Calendar } from './package/format/calendar.ts'
import type { Limit } from './package/format/flow.ts'

/**
 * A running time limit of one case. It has counted `counted` ms, and if it runs, since `since`. It never vanishes: it is
 * there from entering the states of its limit until leaving them, and stands still (since: null) while we wait for the
 * citizen.
 */
export type Clock = {
  limit: string
  calendar: string
  /** ms that it is given. */
  total: number
  /** Counted in working days: 24 hours each, due when the office closes. */
  days: boolean
  counted: number
  since: number | null
  startedAt: number
  /** Steps (per cent) that were reached and done. */
  reached: number[]
}

const units = { seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000, working_days: 86_400_000 } as const

export function startClock(limit: Limit, amount: number, unit: keyof typeof units, at: number): Clock {
  const days = unit === 'working_days'
  return {
    limit: limit.id,
    calendar: limit.calendar,
    total: Math.max(1000, Math.round(amount * units[unit])),
    days,
    counted: 0,
    since: at,
    startedAt: at,
    reached: [],
  }
}

/** ms that have counted by now. Never falls. */
export function counted(clock: Clock, calendar: Calendar, place: Place, now: number): number {
  return clock.counted + (clock.since === null ? 0 : openBetween(calendar, place, clock.since, now, clock.days))
}

export function pauseClock(clock: Clock, calendar: Calendar, place: Place, at: number): Clock {
  return clock.since === null ? clock : { ...clock, counted: counted(clock, calendar, place, at), since: null }
}

export function resumeClock(clock: Clock, at: number): Clock {
  return clock.since === null ? { ...clock, since: at } : clock
}

/** When a step (per cent of the time) is reached if nothing stops the clock; null while it stands still. */
export function reachedAt(clock: Clock, percent: number, calendar: Calendar, place: Place): number | null {
  if (clock.since === null) return null
  const at = advance(calendar, place, clock.since, (clock.total * percent) / 100 - clock.counted, clock.days)
  return clock.days ? Math.max(clock.since, endOfDay(calendar, place, at)) : at
}
