import type { Rules } from '#competition'
import { type Decision, decide, refuse } from '#platform/result.ts'
import { areFinalistsPublic, areResultsPublic, hasStage, type PanelRound, plenaryOf } from './panel.ts'

export type ObjectionOutcome = 'upheld' | 'rejected'

/** An objection without who made it: what the public, the panel and the log may know. */
export type Objection = {
  agency: string
  id: string
  proposal: string
  round: string
  number: string
  text: string
  file: string | null
  received: Date
  outcome: ObjectionOutcome | null
  answer: string | null
  answered: Date | null
  decidedAgain: Date | null
}

/**
 * When the public may object: from the announcement to the end of the day, Western Indonesian Time, that lies
 * `objectionDays` calendar days later, or to `objectionUntil` of the calendar when that is later. An announcement that
 * comes late so never shortens the time. Undefined when the round has no such stage or nothing is announced.
 */
export function objectionWindow(
  rules: Rules,
  announced: Date | null | undefined,
): { from: Date; until: Date } | undefined {
  if (!announced || !hasStage(rules, 'objection') || rules.objectionDays === null) return undefined
  const wib = 7 * 3_600_000
  const day = 86_400_000
  const midnight = Math.floor((announced.getTime() + wib) / day) * day - wib
  const byDays = midnight + (rules.objectionDays + 1) * day - 1000
  const inCalendar = rules.calendar.objectionUntil === null ? 0 : Date.parse(rules.calendar.objectionUntil)
  return { from: announced, until: new Date(Math.max(byDays, inCalendar)) }
}

/** May somebody object now? The last second of the window still counts. */
export function judgeObjection(
  round: Pick<PanelRound, 'rules' | 'plenaries'>,
  now: Date,
): Decision<object, 'objection-none' | 'objection-over'> {
  const window = objectionWindow(round.rules, plenaryOf(round, 'finalists')?.announced)
  if (!window || !areFinalistsPublic(round)) return refuse('objection-none')
  return now.getTime() < window.until.getTime() + 1000 ? decide({}) : refuse('objection-over')
}

/** The secretariat answers once, before the result is fixed. */
export function judgeAnswer(
  round: Pick<PanelRound, 'plenaries'>,
  objection: Pick<Objection, 'outcome'>,
): Decision<object, 'objection-answered' | 'results-public'> {
  if (objection.outcome) return refuse('objection-answered')
  return areResultsPublic(round) ? refuse('results-public') : decide({})
}

/** Objections that stand in the way of a decree: unanswered ones, and upheld ones not decided again. */
export const unsettled = (objections: readonly Pick<Objection, 'outcome' | 'decidedAgain'>[]): number =>
  objections.filter((o) => o.outcome === null || (o.outcome === 'upheld' && o.decidedAgain === null)).length

export type ObjectionFigures = { received: number; upheld: number; rejected: number; waiting: number }

export const figuresOf = (objections: readonly Pick<Objection, 'outcome'>[]): ObjectionFigures => ({
  received: objections.length,
  upheld: objections.filter((o) => o.outcome === 'upheld').length,
  rejected: objections.filter((o) => o.outcome === 'rejected').length,
  waiting: objections.filter((o) => o.outcome === null).length,
})

const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** A code of ten letters and digits that cannot be misread, from at least ten random bytes. */
export const codeFrom = (random: Uint8Array): string =>
  [...random.slice(0, 10)].map((byte) => letters[byte % 32]).join('')
