import { type Decision, decide, refuse } from '#platform/result.ts'
import type { Status } from './innovation.ts'
import type { Telling } from './shown.ts'

/** What an innovation's keeper may change, as it is held while it changes. */
export type Kept = {
  id: string
  code: string
  name: string
  agency: string | null
  status: Status
  status_on: string | null
  goals: number[]
  story: Telling[]
}

/** Whose word it is, as the public reads it. */
export type Said = 'agency' | 'secretariat'

export type StatusWord = { status: Exclude<Status, 'unknown'>; on: string; reason: string }

/** The day it is in the east of the country (WIT, UTC+9), where it begins first: a day has come once it is there. */
export const dayThatHasCome = (now: Date): string => new Date(now.getTime() + 9 * 3_600_000).toISOString().slice(0, 10)

/** A status holds from a day that has come; one that is older than the day already told is refused. Days are YYYY-MM-DD. */
export function judgeStatus(
  kept: Pick<Kept, 'status' | 'status_on'>,
  word: StatusWord,
  today: string,
): Decision<StatusWord & { from: Status }, 'status-in-future' | 'status-older'> {
  if (word.on > today) return refuse('status-in-future')
  if (kept.status_on !== null && word.on < kept.status_on) return refuse('status-older')
  return decide({ ...word, from: kept.status })
}

/** At most this many additions, so that a record stays a record. */
export const mostAdditions = 20

export function judgeAddition<T>(kept: Pick<Kept, 'story'>, addition: T): Decision<T, 'story-full'> {
  return kept.story.filter((part) => part.from !== 'proposal').length >= mostAdditions
    ? refuse('story-full')
    : decide(addition)
}

/** Only what was added by hand can be taken back; the proposal's answers follow the register. */
export function judgeTakingBack(kept: Pick<Kept, 'story'>, part: string): Decision<{ part: string }, 'story-gone'> {
  return kept.story.some((each) => each.id === part && each.from !== 'proposal')
    ? decide({ part })
    : refuse('story-gone')
}
