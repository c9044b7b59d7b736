import {
  type Counts,
  type ElectionPackage,
  explanationOf,
  type HandCounted,
  type Law,
  reconcile,
} from '../format/index.ts'
import type { StationState } from './state.ts'

/** Why something cannot be done yet. */
export type Refusal =
  | 'date' // not the day of the election
  | 'early' // before the hour
  | 'stage' // not in this stage
  | 'zero-missing' // no zero report yet
  | 'ballots-inside' // a box is not empty
  | 'no-booth'
  | 'no-desk'
  | 'mobile-many' // more mobile booths than the package has
  | 'tokens' // counted otherwise than the package says
  | 'paper' // the paper self-test was not readable
  | 'not-extended' // the quorum is not reached and may still be
  | 'no-quorum-rule'
  | 'quorum-reached'
  | 'no-extension-left'
  | 'queue-many' // more than have not come yet
  | 'boxes' // a booth's box is not complete
  | 'pending' // a session is not decided
  | 'by-hand' // not counted by hand yet
  | 'unexplained' // a law does not hold and nobody has explained it
  | 'sheet-old' // something came in after the sheet was signed
  | 'holds' // a law that holds needs no explanation
  | 'tally-announced' // the box cannot change any more
  | 'already'
  | 'numbers-differ'

type About = { readonly state: StationState; readonly clock: { readonly time: string; readonly date: string } }

/** Whether the polls may open: the right day and hour, one desk, one booth, empty boxes, a signed zero report. */
export function mayOpen(content: ElectionPackage, { state, clock }: About, ballots: number): Refusal | undefined {
  if (state.stage !== 'preparing') return 'stage'
  if (clock.date !== content.election.date) return 'date'
  if (clock.time < content.rules.opens) return 'early'
  if (!state.devices.some(({ as, stopped }) => as === 'desk' && !stopped)) return 'no-desk'
  if (!state.devices.some(({ as, stopped }) => as === 'booth' && !stopped)) return 'no-booth'
  if (ballots > 0) return 'ballots-inside'
  return state.zero ? undefined : 'zero-missing'
}

/** Voters that must have come; 0 without a rule. */
export const quorumOf = ({ rules, roll }: Pick<ElectionPackage, 'rules' | 'roll'>): number =>
  rules.quorum ? Math.ceil((roll.count * rules.quorum[0]) / rules.quorum[1]) : 0

/** How many minutes the next extension has, or why there is none. */
export function nextExtension(content: ElectionPackage, { state, clock }: About, present: number): number | Refusal {
  if (state.stage !== 'open' && state.stage !== 'paused') return 'stage'
  if (!content.rules.quorum) return 'no-quorum-rule'
  if (present >= quorumOf(content)) return 'quorum-reached'
  if (clock.time < state.until && clock.date <= content.election.date) return 'early'
  return content.rules.extensions[state.extensions] ?? 'no-extension-left'
}

/**
 * At the closing hour those who stand in the queue are counted, and nobody else is let in any more (voting.md 2.5, step 13).
 * `before`: who was present when the queue was closed, without those who were let in from it since.
 */
export function mayCloseQueue(content: ElectionPackage, about: About, before: number, standing: number) {
  const { state, clock } = about
  if (state.stage !== 'open' && state.stage !== 'paused') return 'stage' as const
  if (clock.date <= content.election.date && clock.time < state.until) return 'early' as const
  return standing > content.roll.count - before ? ('queue-many' as const) : undefined
}

/** Closing is for ever, so it waits for the hour, for the quorum as long as the rule allows, or for the last voter of the roll. */
export function mayClose(content: ElectionPackage, about: About, present: number): Refusal | undefined {
  const { state, clock } = about
  if (state.stage !== 'open' && state.stage !== 'paused') return 'stage'
  if (present >= content.roll.count) return undefined
  if (clock.date <= content.election.date && clock.time < state.until) return 'early'
  return typeof nextExtension(content, about, present) === 'number' ? 'not-extended' : undefined
}

/** "13:00" and 60 give "14:00"; a poll does not reach over midnight. */
export function later(time: string, minutes: number): string {
  const [hours = 0, rest = 0] = time.split(':').map(Number)
  const total = Math.min(hours * 60 + rest + minutes, 23 * 60 + 59)
  return `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`
}

/** Each law of the sheet with the explanation of two officers, where there is one of these very numbers (R64). */
export const sheetOf = (
  content: ElectionPackage,
  state: Pick<StationState, 'differences'>,
  counts: Counts,
  { unused, voidSlips, replaced }: HandCounted,
): (Law & { readonly note?: string })[] =>
  reconcile(counts, { pool: content.pool.size, roll: content.roll.count, unused, voidSlips, replaced }).map((law) => {
    const note = explanationOf(law, state.differences)?.note
    return note === undefined ? law : { ...law, note }
  })

export type StepName =
  | 'join'
  | 'zero'
  | 'open'
  | 'vote'
  | 'queue'
  | 'boxes'
  | 'pending'
  | 'by-hand'
  | 'reconcile'
  | 'tally'
  | 'cards'
  | 'result'
  | 'hand-over'
  | 'done'

export type Progress = {
  readonly state: StationState
  readonly pending: number
  readonly countedByHand: boolean
  /** Decryptions suffice for a result. */
  readonly opened: boolean
}

/** What is next, of the whole day: one thing. */
export function nextStep({ state, pending, countedByHand, opened }: Progress): StepName {
  const ready = (as: 'desk' | 'booth') => state.devices.some((each) => each.as === as && !each.stopped)
  if (state.stage === 'preparing') return ready('desk') && ready('booth') ? (state.zero ? 'open' : 'zero') : 'join'
  if (state.stage !== 'closed') return state.queue ? 'queue' : 'vote'
  if (state.results.length > 0) return state.handedOver.length > 0 ? 'done' : 'hand-over'
  if (!state.tally) {
    if (state.devices.some(({ as, complete }) => as === 'booth' && !complete)) return 'boxes'
    if (pending > 0) return 'pending'
    if (!countedByHand) return 'by-hand'
    return state.reconciled ? 'tally' : 'reconcile'
  }
  return opened ? 'result' : 'cards'
}
