import type { Calendar } from './package/format/calendar.ts'

/** Indonesia's three times, without summer time: hours ahead of UTC. */
export const zones = { WIB: 7, WITA: 8, WIT: 9 } as const
export type Zone = keyof typeof zones

/** Holidays that a decree has set, by day. `until`: the last day that is known; later ones are judged by weekday alone. */
export type Holidays = { until: string; days: ReadonlyMap<string, { name: string; jointLeave: boolean }> }

/** Where time is told: a zone and its holidays. */
export type Place = { zone: Zone; holidays: Holidays }

const dayLength = 86_400_000
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
/** Further than this no calendar is walked (20 years of days). */
const furthest = 7300

/** The local day (`YYYY-MM-DD`) of an instant (ms since 1970). */
export function dayOf(at: number, zone: Zone): string {
  return new Date(at + zones[zone] * 3_600_000).toISOString().slice(0, 10)
}

/** Local time without its zone: `2026-03-02T05:30`. */
export function localTime(at: number, zone: Zone): string {
  return new Date(at + zones[zone] * 3_600_000).toISOString().slice(0, 16)
}

/** The instant of a local time. */
export function instantOf(local: string, zone: Zone): number {
  return Date.parse(`${local.length === 10 ? `${local}T00:00` : local}:00Z`) - zones[zone] * 3_600_000
}

/** Whether a day (counted from 1970) is a working day of the calendar. */
function isOpenDay(calendar: Calendar, day: number, { holidays }: Place): boolean {
  const date = new Date(day * dayLength)
  const weekday = weekdays[date.getUTCDay()]!
  const regular = calendar.hours ? calendar.hours[weekday].length > 0 : !['sat', 'sun'].includes(weekday)
  if (!regular) return false
  const holiday = holidays.days.get(date.toISOString().slice(0, 10))
  return !holiday || (holiday.jointLeave ? !calendar.jointLeave : !calendar.holidays)
}

/** When a day is open, in ms of its local time. `whole`: a working day counts from midnight to midnight. */
function openHours(calendar: Calendar, day: number, place: Place, whole: boolean): [number, number][] {
  if (!isOpenDay(calendar, day, place)) return []
  const hours = calendar.hours?.[weekdays[new Date(day * dayLength).getUTCDay()]!]
  if (whole || !hours) return [[0, dayLength]]
  return hours.map(([from, to]) => [clockTime(from), clockTime(to)])
}

function clockTime(text: string): number {
  const [hours, minutes] = text.split(':').map(Number)
  return (hours! * 60 + minutes!) * 60_000
}

/**
 * Milliseconds that count between two instants. Adds up: the time from a to c is that from a to b and from b to c. With
 * `whole`, working days count 24 hours each, whatever the opening hours are, as laws count them.
 */
export function openBetween(calendar: Calendar, place: Place, from: number, to: number, whole = false): number {
  if (to <= from) return 0
  if (calendar.kind === 'always') return to - from
  const shift = zones[place.zone] * 3_600_000
  const [start, end] = [from + shift, to + shift]
  let sum = 0
  for (let day = Math.floor(start / dayLength); day * dayLength < end; day++)
    for (const [opens, closes] of openHours(calendar, day, place, whole))
      sum += Math.max(0, Math.min(end, day * dayLength + closes) - Math.max(start, day * dayLength + opens))
  return sum
}

/** The first instant at which `ms` have counted since `from`: the inverse of openBetween. */
export function advance(calendar: Calendar, place: Place, from: number, ms: number, whole = false): number {
  if (calendar.kind === 'always') return from + Math.max(0, ms)
  const shift = zones[place.zone] * 3_600_000
  const start = from + shift
  let left = Math.max(0, ms)
  if (left === 0) return from
  const first = Math.floor(start / dayLength)
  for (let day = first; day < first + furthest; day++)
    for (const [opens, closes] of openHours(calendar, day, place, whole)) {
      const begins = Math.max(start, day * dayLength + opens)
      const length = day * dayLength + closes - begins
      if (length <= 0) continue
      if (left <= length) return begins + left - shift
      left -= length
    }
  throw new Error(`the calendar ${calendar.id} is not open for ${furthest} days`)
}

/**
 * When the office closes on the day that an instant falls into, or ends at midnight: a term in days runs out then. It may be
 * earlier than the instant, which is how far whole days have counted.
 */
export function endOfDay(calendar: Calendar, place: Place, at: number): number {
  const shift = zones[place.zone] * 3_600_000
  // Midnight ends a day; it does not begin the next one here.
  const day = Math.ceil((at + shift) / dayLength) - 1
  const closes = openHours(calendar, day, place, false).at(-1)?.[1] ?? dayLength
  return day * dayLength + closes - shift
}

/** Whether a holiday decree is known for this day; if not, the result is shown as not certain. */
export function isCertain(at: number, { zone, holidays }: Place): boolean {
  return dayOf(at, zone) <= holidays.until
}
