import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { decide, refuse } from '#platform/result.ts'
import * as forms from '../forms.ts'
import { may } from '../permissions.ts'
import { endAssignments } from '../store/assignment.ts'
import { addClearance, endClearance, listConflicts, type StandingConflict } from '../store/conflict.ts'
import { type HeldEvaluator, holdEvaluator } from '../store/evaluator.ts'
import { type HeldSheet, holdOwnSheet } from '../store/sheet.ts'

type Held = HeldEvaluator & { conflicts: readonly StandingConflict[] }
type Typed = z.output<typeof forms.clearing>

const holdConflicts =
  (round: string): Action<Held, Typed, object, never>['find'] =>
  async (tx, actor, id) => {
    const held = await holdEvaluator(tx, actor, round, id)
    return held && { ...held, conflicts: await listConflicts(tx, round, id) }
  }

const chosen = ({ conflicts }: Held, { proposal, source }: Typed) =>
  conflicts.find((each) => each.proposal === proposal && each.source === source)

type Clearing = { conflict: StandingConflict; id: string; reason: string }

/**
 * Say that a derived conflict is none, with the reason. It holds for what it followed from: another home, employer or
 * innovation is looked at anew. What an evaluator declared only the evaluator withdraws, and nobody clears their own.
 */
export const clearConflict = (
  round: string,
): Action<
  Held,
  Typed,
  Clearing,
  'reading-over' | 'conflict-unknown' | 'cleared-already' | 'declared-by-self' | 'own-conflict'
> => ({
  name: 'judging.conflict-cleared',
  find: holdConflicts(round),
  may: (actor) => may.clearConflict(actor),
  input: forms.clearing,
  decide: (held, typed, { actor }) => {
    if (held.reading.closed) return refuse('reading-over')
    if (held.evaluator.person === actor.id) return refuse('own-conflict')
    const conflict = chosen(held, typed)
    if (!conflict) return refuse('conflict-unknown')
    if (conflict.source === 'declared') return refuse('declared-by-self')
    return conflict.clearance ? refuse('cleared-already') : decide({ conflict, id: newId(), reason: typed.reason })
  },
  save: (tx, _, { conflict, id, reason }, { actor, now }) => {
    const { agency, proposal, evaluator, source, basis } = conflict
    return addClearance(tx, round, { agency, proposal, evaluator, source, basis, id, reason }, actor.id!, now)
  },
  tell: ({ conflict, reason }) => ({ round, proposal: conflict.proposal, source: conflict.source, reason }),
  scope: () => null,
})

/** Take a clearance back, with the reason: the conflict counts again, and a reading that goes on ends. */
export const restoreConflict = (
  round: string,
): Action<Held, Typed, Clearing & { recused: number }, 'reading-over' | 'conflict-unknown' | 'not-cleared'> => ({
  name: 'judging.conflict-restored',
  find: holdConflicts(round),
  may: (actor) => may.clearConflict(actor),
  input: forms.clearing,
  decide: (held, typed) => {
    if (held.reading.closed) return refuse('reading-over')
    const conflict = chosen(held, typed)
    if (!conflict) return refuse('conflict-unknown')
    if (!conflict.clearance) return refuse('not-cleared')
    return decide({ conflict, id: conflict.clearance, reason: typed.reason, recused: 0 })
  },
  save: async (tx, _, change, { actor, now }) => {
    const { conflict, id, reason } = change
    await endClearance(tx, conflict.agency, id, { by: actor.id!, at: now, reason })
    change.recused = (await endAssignments(tx, [conflict], 'recused', reason, now)).length
  },
  tell: ({ conflict, reason, recused }) => ({
    round,
    proposal: conflict.proposal,
    source: conflict.source,
    reason,
    recused,
  }),
  scope: () => null,
})

/** Withdraw what one declared oneself. The entry does not come back: somebody else reads it now. */
export const withdrawDeclaration: Action<
  HeldSheet & { declared: StandingConflict | undefined },
  { reason: string },
  { conflict: StandingConflict; id: string; reason: string },
  'reading-over' | 'conflict-unknown' | 'cleared-already'
> = {
  name: 'judging.declaration-withdrawn',
  find: async (tx, actor, id) => {
    const held = await holdOwnSheet(tx, actor, id)
    if (!held) return undefined
    const own = await listConflicts(tx, held.sheet.round, held.sheet.evaluator)
    return { ...held, declared: own.find((each) => each.proposal === id && each.source === 'declared') }
  },
  may: (actor, { sheet }) => may.declareConflict(actor, sheet),
  input: forms.reasonOnly,
  decide: ({ reading, declared }, { reason }) => {
    if (reading.closed) return refuse('reading-over')
    if (!declared) return refuse('conflict-unknown')
    return declared.clearance ? refuse('cleared-already') : decide({ conflict: declared, id: newId(), reason })
  },
  save: (tx, { sheet }, { conflict, id, reason }, { actor, now }) => {
    const { agency, proposal, evaluator, source, basis } = conflict
    return addClearance(tx, sheet.round, { agency, proposal, evaluator, source, basis, id, reason }, actor.id!, now)
  },
  tell: ({ conflict }, { sheet }) => ({ round: sheet.round, proposal: conflict.proposal }),
  scope: () => null,
  subject: (_, { sheet }) => sheet.evaluator,
}
