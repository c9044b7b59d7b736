/**
 * How far an adoption has come, read from what was done and never from what was typed:
 *
 * - `installed`: the package is installed;
 * - `configured`: its settings were looked through and no case has to wait for want of a person;
 * - `first-case`: a case was opened;
 * - `active`: its first case is at least 30 days old, and a person did something in a case in the last 30 days;
 * - `outcome`: a public figure has met a target of the package (small groups never do).
 *
 * `asleep`: no person did anything in a case for 90 days (from the installation, where there was no case). 30 and 90 days
 * are ours.
 */
export const stages = ['installed', 'configured', 'first-case', 'active', 'outcome'] as const
export type Stage = (typeof stages)[number]
export const activeDays = 30
export const asleepDays = 90
const day = 86_400_000

export type Lived = {
  installed: Date
  configured: Date | null
  firstCase: Date | null
  casesLast30: number
  lastCase: Date | null
  retired: Date | null
  outcome: Date | null
}
export type Heartbeat = {
  /** The furthest that holds. */
  stage: Stage
  /** Each stage with the day from which it holds; null where it does not. */
  reached: Record<Stage, Date | null>
  /** Since when nobody has done anything, where that is 90 days or more. */
  asleep: Date | null
}

export function heartbeatOf(life: Lived, now: Date): Heartbeat {
  const settled = life.firstCase ? new Date(life.firstCase.getTime() + activeDays * day) : null
  const reached = {
    installed: life.installed,
    configured: life.configured,
    'first-case': life.firstCase,
    active: settled && settled <= now && life.casesLast30 > 0 ? settled : null,
    outcome: life.outcome,
  }
  const last = life.lastCase ?? life.installed
  return {
    stage: stages.findLast((stage) => reached[stage] !== null)!,
    reached,
    asleep: !life.retired && now.getTime() - last.getTime() >= asleepDays * day ? last : null,
  }
}

/** What an agency answered when it was asked why nothing happens. */
export const answers = ['paused', 'stopped', 'outside'] as const
export type Answer = (typeof answers)[number]
export type Asked = { answer: Answer | null; until: string | null; answered: Date | null }

/**
 * Whether to ask again. Not while a question is open, nor after "stopped"; after "paused until" when that day has passed,
 * after "running outside the system" in a year. What happened since in a case makes it a new sleep.
 */
export function asksAgain(last: Asked | undefined, lastCase: Date | null, now: Date): boolean {
  if (!last) return true
  if (last.answer === null || last.answered === null) return false
  if (lastCase && lastCase > last.answered) return true
  if (last.answer === 'stopped') return false
  if (last.answer === 'outside') return now.getTime() - last.answered.getTime() >= 365 * day
  return last.until !== null && new Date(`${last.until}T23:59:59+07:00`) < now
}
