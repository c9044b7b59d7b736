import { questionsFor, type Rules } from './round.ts'

/** What a proposal holds so far: which questions have text, which have evidence, and its head. */
export type Held = {
  group: string
  title: string
  category: string | null
  startedOn: string | null
  source: string | null
  answered: ReadonlySet<string>
  evidenced: ReadonlySet<string>
}
/** `missing` are keys of questions, or one of `title`, `category`, `startedOn`, `source`, `statement`. */
export type Progress = { done: number; of: number; missing: string[] }

/** How much of what this round requires is there. It looks whether something stands there, not whether it is right. */
export function progressOf(rules: Rules, held: Held): Progress {
  const group = rules.groups.find(({ key }) => key === held.group)
  const questions = questionsFor(rules, held.group)
  const parts: [string, boolean][] = [
    ['title', held.title.trim() !== ''],
    ['category', held.category !== null],
    ['startedOn', held.startedOn !== null],
    ...(group?.source ? [['source', held.source !== null] as [string, boolean]] : []),
    ...(group?.source?.signedStatement ? [['statement', held.evidenced.has(':statement')] as [string, boolean]] : []),
    ...questions
      .filter(({ required, kind }) => required && kind !== 'file')
      .map(({ key }): [string, boolean] => [key, held.answered.has(key)]),
    ...questions
      .filter(({ evidence }) => evidence?.required)
      .map(({ key }): [string, boolean] => [key, held.evidenced.has(key)]),
  ]
  const missing = parts.filter(([, there]) => !there).map(([key]) => key)
  return { done: parts.length - missing.length, of: parts.length, missing: [...new Set(missing)] }
}

export const riskLevels = ['high', 'medium', 'low'] as const
export type RiskLevel = (typeof riskLevels)[number]
export type RiskReason = 'deadline-past' | 'deadline-near' | 'parts-missing' | 'waits-for-admin' | 'untouched'
export type Risk = { level: RiskLevel; reasons: RiskReason[]; daysLeft: number }

/**
 * How we guess what a draft still needs. Nothing public fixes these figures; they are our choice, to show first what a
 * telephone call may still save. In 2022 three drafts of ten were never submitted.
 */
export const riskSettings = { partsPerDay: 4, waitingDays: 7, untouchedDays: 14, spareDays: 4 }

/**
 * The risk that a draft is not submitted in time: the days it still needs (its missing parts, a day for each lock
 * before it) against the days that are left, and whether anybody moves it. Days are of 24 hours.
 */
export function riskOf(
  draft: { state: 'draft' | 'returned' | 'with-local-admin'; since: Date; touched: Date; missing: number },
  deadline: Date,
  now: Date,
): Risk {
  const day = 86_400_000
  const daysLeft = (deadline.getTime() - now.getTime()) / day
  const withAdmin = draft.state === 'with-local-admin'
  const needed = Math.ceil(draft.missing / riskSettings.partsPerDay) + (withAdmin ? 1 : 2)
  const spare = daysLeft - needed
  const waiting = withAdmin && now.getTime() - draft.since.getTime() > riskSettings.waitingDays * day
  const untouched = !withAdmin && now.getTime() - draft.touched.getTime() > riskSettings.untouchedDays * day
  const reasons: RiskReason[] = [
    ...(daysLeft < 0 ? ['deadline-past' as const] : spare < riskSettings.spareDays ? ['deadline-near' as const] : []),
    ...(draft.missing > 0 ? ['parts-missing' as const] : []),
    ...(waiting ? ['waits-for-admin' as const] : []),
    ...(untouched ? ['untouched' as const] : []),
  ]
  const level = spare < 1 ? 'high' : spare < riskSettings.spareDays || waiting || untouched ? 'medium' : 'low'
  return { level, reasons, daysLeft }
}
