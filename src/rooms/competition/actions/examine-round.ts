import { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { enqueue } from '#platform/jobs.ts'
import { decide } from '#platform/result.ts'
import { may } from '../permissions.ts'
import { holdRound } from '../store/admission.ts'

/** Have the machine compare and examine every submission of a round again. The worker does it; one at a time a round. */
export const examineRound: Action<{ id: string }, Record<string, never>, object, never> = {
  name: 'competition.round-examined',
  find: holdRound,
  may: may.examineRound,
  input: z.object({}),
  decide: () => decide({}),
  save: (tx, { id }) =>
    enqueue(tx, 'competition.compare-round', { round: id }, { key: `competition.compare-round:${id}` }),
  tell: () => ({}),
  scope: () => null,
}
