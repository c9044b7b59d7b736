import type { z } from 'zod'
import { addAwards } from '#competition'
import type { Action } from '#platform/action.ts'
import { decide } from '#platform/result.ts'
import { type Finalist, judgeDecree } from '../domain/decision.ts'
import { unsettled } from '../domain/objection.ts'
import type { PanelRound } from '../domain/panel.ts'
import { decreeForm } from '../forms/panel.ts'
import { mayPanel } from '../permissions/panel.ts'
import { awardsOf } from '../store/award.ts'
import { listFinalists } from '../store/decision.ts'
import { listObjections } from '../store/objection.ts'
import { announce, holdPanelRound, saveDecree } from '../store/panel.ts'

/** Fix the result by ministerial decree: the results become public and the winners enter the register. */
export const recordDecree: Action<
  { round: PanelRound; finalists: Finalist[]; openObjections: number },
  z.output<typeof decreeForm>,
  z.output<typeof decreeForm>,
  'plenary-not-closed' | 'stage-not-open' | 'decree-there' | 'objections-open'
> = {
  name: 'judging.decree-recorded',
  find: async (tx, actor, id) => {
    const round = await holdPanelRound(tx, actor, id)
    return (
      round && {
        round,
        finalists: await listFinalists(tx, id),
        openObjections: unsettled(await listObjections(tx, id)),
      }
    )
  },
  may: mayPanel.recordDecree,
  input: decreeForm,
  decide: ({ round, openObjections }, typed) => {
    const judged = judgeDecree(round, openObjections)
    return judged.ok ? decide(typed) : judged
  },
  save: async (tx, { round, finalists }, decree, { actor, now }) => {
    await saveDecree(tx, round.id, decree, actor.id!, now)
    await announce(tx, round.id, 'levels', actor.id!, now)
    await addAwards(tx, await awardsOf(tx, round, finalists, decree), actor.id)
  },
  tell: ({ number, dated }, { finalists }) => ({
    number,
    dated,
    finalists: finalists.length,
    levels: finalists.filter((f) => f.level !== null).length,
  }),
  scope: () => null,
}
