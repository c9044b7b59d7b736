import { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { decide, refuse } from '#platform/result.ts'
import { may } from '../permissions.ts'
import { holdOwnResult, type ResultHeld, saveResultReader } from '../store/result-letter.ts'

/** An owner opens the letter for the first time; the secretariat sees which entrants have it in hand. */
export const openResult: Action<ResultHeld, object, object, 'result-opened-already'> = {
  name: 'competition.result-opened',
  find: holdOwnResult,
  may: may.openResult,
  input: z.object({}),
  decide: ({ read }) => (read ? refuse('result-opened-already') : decide({})),
  save: (tx, held, _, { actor, now }) => saveResultReader(tx, held, actor.id!, now),
  tell: (_, { reading }) => ({ reading }),
  scope: ({ agency }) => agency,
}
