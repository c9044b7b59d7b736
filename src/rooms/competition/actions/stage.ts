import type { Action } from '#platform/action.ts'
import { judgeClosing, judgeOpening, type StageRefusal } from '../domain/round-life.ts'
import type { Round, StageRow } from '../domain/running-round.ts'
import { stageForm } from '../forms/round.ts'
import { may } from '../permissions.ts'
import { countUndecided, markStage } from '../store/stage.ts'
import { findForAct } from './round.ts'

type Held = { round: Round; stages: StageRow[]; undecided: number }
type Change = { seq: number; kind: string }

const base = {
  find: async (tx, actor, id) => {
    const held = await findForAct(tx, actor, id)
    return held && { ...held, undecided: await countUndecided(tx, id) }
  },
  may: (actor) => may.moveStage(actor),
  input: stageForm,
  tell: ({ seq, kind }) => ({ seq, kind }),
  scope: () => null,
} satisfies Partial<Action<Held, { seq: number }, Change, StageRefusal>>

/** Open the next stage of a round: the one before is closed, and nothing can arrive any more. */
export const openStage: Action<Held, { seq: number }, Change, StageRefusal> = {
  ...base,
  name: 'competition.stage-opened',
  decide: ({ round, stages }, { seq }, { now }) => judgeOpening(round, stages, seq, now),
  save: (tx, { round }, { seq }, { now }) => markStage(tx, round.id, seq, 'opened', now),
}

/** Close the stage that runs. */
export const closeStage: Action<Held, { seq: number }, Change, StageRefusal> = {
  ...base,
  name: 'competition.stage-closed',
  decide: ({ round, stages, undecided }, { seq }) => judgeClosing(round, stages, seq, undecided),
  save: (tx, { round }, { seq }, { now }) => markStage(tx, round.id, seq, 'closed', now),
}
