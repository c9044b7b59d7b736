import type { Calendar, Extension, Rules, Stage, StageKind } from './round.ts'

/**
 * Age of an innovation in whole months, counted back from the closing date: the greatest n for which the start is not
 * later than the closing date minus n calendar months. Counting back, one year before 28 February 2017 is 28 February 2016,
 * so a start on 29 February 2016 gives 11 months. Negative when the start lies after the closing date.
 *
 * @param start calendar date, `YYYY-MM-DD`
 * @param closing calendar date or moment; of a moment the date as written counts, in the zone of its own offset
 * @throws RangeError when either is not a date that exists
 */
export function ageOnClosing(start: string, closing: string): number {
  const from = calendarDate(start)
  const to = calendarDate(closing)
  return (to.year - from.year) * 12 + (to.month - from.month) - (from.day > to.day ? 1 : 0)
}

export type StageStep = {
  position: number
  stage: Stage
  /** As the calendar gives it; null where it says nothing. */
  from: string | null
  to: string | null
  previous: string | null
  next: string | null
}

const windows: Record<StageKind, [keyof Calendar | null, keyof Calendar | null]> = {
  admission: ['admissionFrom', 'admissionBy'],
  scoring: ['scoringFrom', 'scoringTo'],
  panel: ['panelFrom', 'panelTo'],
  announcement: ['announcement', 'announcement'],
  objection: ['announcement', 'objectionUntil'],
  'ministry-feasibility': ['feasibilityFrom', 'feasibilityTo'],
  'public-rating': ['publicRatingFrom', 'publicRatingTo'],
  interview: ['interviewsFrom', 'interviewsTo'],
  'field-verification': ['verificationFrom', 'verificationTo'],
  'final-plenary': ['finalPlenary', 'finalPlenary'],
  decree: ['decree', 'decree'],
}

/** The stages in the order in which this round runs them, each with its time and its neighbours (by key). */
export function stageOrder(rules: Rules): StageStep[] {
  return rules.stages.map((stage, index) => {
    const [from, to] = windows[stage.kind]
    return {
      position: index + 1,
      stage,
      from: dateOf(rules.calendar, from),
      to: dateOf(rules.calendar, to),
      previous: rules.stages[index - 1]?.key ?? null,
      next: rules.stages[index + 1]?.key ?? null,
    }
  })
}

/**
 * The moment after which a submission is late, as written (ISO with offset): the latest of the announced closing, the
 * extensions in the document and those given. An extension never takes time away.
 */
export function deadline(rules: Rules, extensions: readonly Pick<Extension, 'until'>[] = []): string {
  return [...rules.calendar.extensions, ...extensions].reduce(
    (latest, { until }) => (instant(until) > instant(latest) ? until : latest),
    rules.calendar.submissionCloses,
  )
}

/** May a draft be submitted now? From the opening to the end of the second that the deadline names. */
export function isOpen(
  rules: Rules,
  now: Date | string,
  extensions: readonly Pick<Extension, 'until'>[] = [],
): boolean {
  return instant(now) >= instant(rules.calendar.opens) && isBy(now, deadline(rules, extensions))
}

export type SubmissionVerdict = 'in-time' | 'late-but-begun-in-time' | 'late'

/**
 * Judges an arrival. `startedAt` is when the server first heard of the submission, `arrivedAt` when it had all of it.
 * The deadline counts to the second: 12:00:00.900 is still in time for 12:00:00. One begun in time may arrive up to
 * `lateArrivalMinutes` later. Asks nothing about the opening; that is `isOpen`.
 *
 * @throws RangeError when a moment cannot be read
 */
export function submissionVerdict(
  rules: Rules,
  startedAt: Date | string,
  arrivedAt: Date | string,
  extensions: readonly Pick<Extension, 'until'>[] = [],
): SubmissionVerdict {
  const until = deadline(rules, extensions)
  const begunInTime = isBy(startedAt, until)
  if (isBy(arrivedAt, until)) return 'in-time'
  const grace = new Date(instant(until) + rules.calendar.lateArrivalMinutes * 60_000)
  return begunInTime && isBy(arrivedAt, grace) ? 'late-but-begun-in-time' : 'late'
}

/** The closing date from which this round counts the age back. */
export function ageClosing(rules: Rules, extensions: readonly Pick<Extension, 'until'>[] = []): string {
  return rules.ageCountedFrom === 'extended-closing' ? deadline(rules, extensions) : rules.calendar.submissionCloses
}

function isBy(moment: Date | string, limit: Date | string): boolean {
  return Math.floor(instant(moment) / 1000) <= Math.floor(instant(limit) / 1000)
}

function instant(moment: Date | string): number {
  const value = moment instanceof Date ? moment.getTime() : Date.parse(moment)
  if (Number.isNaN(value)) throw new RangeError(`Not a moment: ${String(moment)}`)
  return value
}

function dateOf(calendar: Calendar, name: keyof Calendar | null): string | null {
  const value = name === null ? null : calendar[name]
  return typeof value === 'string' ? value : null
}

function calendarDate(text: string): { year: number; month: number; day: number } {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T|$)/.exec(text)
  const [year, month, day] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3])]
  // Date.UTC rolls 30 February over into March, so the date exists only if it comes back unchanged.
  const back = match ? new Date(Date.UTC(year, month - 1, day)) : null
  if (!back || back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day)
    throw new RangeError(`Not a date: ${text}`)
  return { year, month, day }
}
