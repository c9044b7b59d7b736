import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { decide } from '#platform/result.ts'
import type { Finding } from '../domain/verification.ts'
import { judgeFinding } from '../domain/verification.ts'
import { findingForm } from '../forms/verification.ts'
import { mayPanel } from '../permissions/panel.ts'
import { listMembers } from '../store/member.ts'
import { type FinalistHeld, holdFinalist } from '../store/objection.ts'
import { listVisitors, saveFinding } from '../store/verification.ts'

type Known = { panel: ReadonlySet<string>; evaluators: ReadonlySet<string> }
type New = Omit<Finding, 'proposal' | 'at'>

/** Write down what a visit found: who went, when, and whether what was presented is real. */
export const recordFinding: Action<
  FinalistHeld & { known: Known },
  z.output<typeof findingForm>,
  New,
  'no-such-stage' | 'stage-not-open' | 'too-few-visitors' | 'visitor-unknown' | 'visit-in-future'
> = {
  name: 'judging.visit-recorded',
  find: async (tx, actor, id) => {
    if (!mayPanel.seePanel(actor)) return undefined
    const held = await holdFinalist(tx, actor, id)
    if (!held) return undefined
    const panel = new Set((await listMembers(tx)).map((member) => member.id))
    const evaluators = new Set((await listVisitors(tx, held.round.id)).map((visitor) => visitor.id))
    return { ...held, known: { panel, evaluators } }
  },
  may: mayPanel.recordFinding,
  input: findingForm,
  decide: ({ round, known }, { online, ...typed }, { now }) => {
    const judged = judgeFinding(round, typed, known, now)
    return judged.ok ? decide({ ...typed, id: newId(), online: online !== undefined }) : judged
  },
  save: (tx, { finalist }, finding, { actor, now }) => saveFinding(tx, finalist, finding, actor.id!, now),
  subject: ({ id }) => id,
  tell: ({ visited }, { finalist }) => ({ number: finalist.number, visited }),
  scope: () => null,
}
