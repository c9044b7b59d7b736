import { decide, refuse } from '#platform/result.ts'
import type { Election } from './election.ts'
import { localDay } from './roll/day.ts'

export const objectionRoles = ['witness', 'candidate', 'voter'] as const
export type ObjectionRole = (typeof objectionRoles)[number]
export const objectionKinds = ['count', 'roll', 'device', 'secrecy', 'procedure', 'other'] as const
export type ObjectionKind = (typeof objectionKinds)[number]
export const objectionStates = ['filed', 'mediated', 'answered', 'appealed', 'decided', 'withdrawn'] as const
export type ObjectionState = (typeof objectionStates)[number]
export const stepKinds = ['mediation', 'answer', 'appeal', 'decision', 'withdrawal'] as const
export type StepKind = (typeof stepKinds)[number]
export const outcomes = ['agreed', 'not-agreed', 'upheld', 'partly', 'rejected'] as const
export type StepOutcome = (typeof outcomes)[number]

/** From which states a step may be taken, and where it leads. The committee may mediate first; it must answer (R35). */
const moves: Record<
  StepKind,
  { from: readonly ObjectionState[]; to: ObjectionState; outcomes: readonly StepOutcome[] }
> = {
  mediation: { from: ['filed', 'mediated'], to: 'mediated', outcomes: ['agreed', 'not-agreed'] },
  answer: { from: ['filed', 'mediated'], to: 'answered', outcomes: ['upheld', 'partly', 'rejected'] },
  appeal: { from: ['answered'], to: 'appealed', outcomes: [] },
  decision: { from: ['answered', 'appealed'], to: 'decided', outcomes: ['upheld', 'partly', 'rejected'] },
  withdrawal: { from: ['filed', 'mediated', 'answered', 'appealed'], to: 'withdrawn', outcomes: [] },
}

/** Where a step leads from here, or why it may not be taken. A decision ends it; nothing goes back. */
export function takeStep(state: ObjectionState, kind: StepKind, outcome: StepOutcome | null) {
  const move = moves[kind]
  if (!move.from.includes(state))
    return refuse(state === 'filed' || state === 'mediated' ? 'answer-first' : 'step-over')
  if (move.outcomes.length === 0 ? outcome !== null : outcome === null || !move.outcomes.includes(outcome))
    return refuse('outcome-wrong')
  return decide(move.to)
}

const day = 86_400_000

/**
 * Whether an objection may be filed: while somebody may still sit at the count, from the opening of the polls until so many days
 * after the day (legal profile), the last of them whole as the village's clock has it. `opens`: of the first polling place.
 */
export function mayFile(opens: Date | null, { days, zone }: { days: number; zone: string }, now: Date) {
  if (!opens || now < opens) return refuse('objection-early')
  const last = localDay(new Date(opens.getTime() + days * day), zone)
  return localDay(now, zone) <= last ? decide(last) : refuse('objection-over')
}

/** How long objections to this election may be filed, and by which clock. */
export const filingOf = ({ profile }: Pick<Election, 'profile'>) => ({
  days: profile.rules.objectionDays.value,
  zone: profile.zone,
})

/** Until when the committee must answer: so many days after it was filed. */
export const dueOf = (filed: Date, answerDays: number): Date => new Date(filed.getTime() + answerDays * day)

/** Waits for the committee, and its time has passed. */
export const isOverdue = ({ state, due }: { state: ObjectionState; due: Date }, now: Date): boolean =>
  (state === 'filed' || state === 'mediated') && due < now

/** No 0, O, 1, I or L: it is copied by hand from a receipt. */
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
/** Sixteen letters in four groups from at least ten random bytes. */
export function codeFrom(bytes: Uint8Array): string {
  let rest = bytes.subarray(0, 10).reduce((n, byte) => n * 256n + BigInt(byte), 0n)
  let code = ''
  for (let i = 0; i < 16; i++) {
    code += letters[Number(rest % 31n)]
    rest /= 31n
  }
  return code.match(/.{4}/g)!.join('-')
}
