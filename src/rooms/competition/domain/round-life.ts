import { type Decision, decide, refuse } from '#platform/result.ts'
import { deadline } from './calendar.ts'
import type { Extension, Rules } from './round.ts'
import type { Round, RoundState, StageRow } from './running-round.ts'

/** The life of a round: which act leads from which state to which. Guard, page and banner all read it. */
export const roundMoves = {
  publish: { from: 'draft', to: 'published' },
  finish: { from: 'published', to: 'finished' },
  archive: { from: 'finished', to: 'archived' },
} as const satisfies Record<string, { from: RoundState; to: RoundState }>
export type RoundMove = keyof typeof roundMoves

export const roundMovesFrom = (state: RoundState): RoundMove[] =>
  (Object.keys(roundMoves) as RoundMove[]).filter((move) => roundMoves[move].from === state)

type Timed = { rules: Rules; extensions: readonly Pick<Extension, 'until'>[] }

/** The moment after which nothing more can arrive: the deadline and the time a submission begun before it may still take. */
export function lastArrival({ rules, extensions }: Timed): Date {
  return new Date(Date.parse(deadline(rules, extensions)) + rules.calendar.lateArrivalMinutes * 60_000)
}

/** The rows of the stages, none of them opened yet. */
export const stageRows = (rules: Rules): StageRow[] =>
  rules.stages.map(({ kind }, index) => ({ seq: index + 1, kind, opened: null, closed: null }))

/** The stage that may be opened next, if the one before it is closed. */
export const nextStage = (stages: readonly StageRow[]): StageRow | undefined =>
  stages.some((stage) => stage.opened && !stage.closed) ? undefined : stages.find((stage) => !stage.opened)

/** The stage that runs now. */
export const runningStage = (stages: readonly StageRow[]): StageRow | undefined =>
  stages.find((stage) => stage.opened && !stage.closed)

export type StageRefusal =
  | 'round-not-published'
  | 'stage-unknown'
  | 'stage-already-open'
  | 'stage-already-closed'
  | 'stage-not-open'
  | 'stage-before-not-closed'
  | 'stage-before-deadline'
  | 'stage-admission-unfinished'

/** A stage opens when the one before it is closed, and none opens while submissions may still arrive. */
export function judgeOpening(
  round: Round,
  stages: readonly StageRow[],
  seq: number,
  now: Date,
): Decision<{ seq: number; kind: string }, StageRefusal> {
  const stage = stages.find((each) => each.seq === seq)
  if (!stage) return refuse('stage-unknown')
  if (round.state !== 'published') return refuse('round-not-published')
  if (stage.closed) return refuse('stage-already-closed')
  if (stage.opened) return refuse('stage-already-open')
  if (stages.some((each) => each.seq < seq && !each.closed)) return refuse('stage-before-not-closed')
  if (now <= lastArrival(round)) return refuse('stage-before-deadline')
  return decide({ seq, kind: stage.kind })
}

/** A stage closes once; the administrative selection only when every proposal received has its outcome. */
export function judgeClosing(
  round: Round,
  stages: readonly StageRow[],
  seq: number,
  undecided: number,
): Decision<{ seq: number; kind: string }, StageRefusal> {
  const stage = stages.find((each) => each.seq === seq)
  if (!stage) return refuse('stage-unknown')
  if (round.state !== 'published') return refuse('round-not-published')
  if (stage.closed) return refuse('stage-already-closed')
  if (!stage.opened) return refuse('stage-not-open')
  if (stage.kind === 'admission' && undecided > 0) return refuse('stage-admission-unfinished')
  return decide({ seq, kind: stage.kind })
}

export type ExtensionRefusal =
  | 'round-not-published'
  | 'extension-stage-open'
  | 'extension-not-later'
  | 'extension-past'
  | 'extension-past-admission'

/** The deadline moves only to a later time, and only while no stage has begun. */
export function judgeExtension(
  round: Round,
  stages: readonly StageRow[],
  until: string,
  now: Date,
): Decision<{ until: string }, ExtensionRefusal> {
  if (round.state !== 'published') return refuse('round-not-published')
  if (stages.some((stage) => stage.opened)) return refuse('extension-stage-open')
  const moment = Date.parse(until)
  if (moment <= Date.parse(deadline(round.rules, round.extensions))) return refuse('extension-not-later')
  if (moment <= now.getTime()) return refuse('extension-past')
  const { admissionBy } = round.rules.calendar
  if (admissionBy !== null && moment >= Date.parse(admissionBy)) return refuse('extension-past-admission')
  return decide({ until })
}

/**
 * The stages of a round under new rules: what was opened stays as it was, the rest follows the new order.
 * Refused when the new rules change the order or kind of a stage that was already opened.
 */
export function restaged(
  stages: readonly StageRow[],
  rules: Rules,
): Decision<readonly StageRow[], 'stage-order-begun'> {
  const begun = stages.filter((stage) => stage.opened)
  const wanted = stageRows(rules)
  if (begun.some((stage, index) => wanted[index]?.kind !== stage.kind)) return refuse('stage-order-begun')
  return decide([...begun, ...wanted.slice(begun.length)])
}

/** The next deadline of whoever writes a proposal; null when submission is over. */
export function nextDate(round: Timed, now: Date): { name: 'opens' | 'closes'; at: Date } | null {
  const opens = new Date(round.rules.calendar.opens)
  if (now < opens) return { name: 'opens', at: opens }
  const closes = new Date(deadline(round.rules, round.extensions))
  return now <= closes ? { name: 'closes', at: closes } : null
}
