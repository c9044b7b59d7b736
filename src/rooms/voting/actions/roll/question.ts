import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { decide, refuse } from '#platform/result.ts'
import { keyOf } from '../../domain/roll/question.ts'
import { answerForm } from '../../forms/roll.ts'
import { may } from '../../permissions.ts'
import { insertAnswers } from '../../store/roll/change.ts'
import { type HeldRoll, holdRoll } from '../../store/roll/fixed.ts'
import { type Asked, questionsIn } from '../../store/roll/question.ts'
import { openForAdditional } from './open.ts'

/** Say why these voters stay in the roll: those that were ticked, or all of one kind. */
export const answerQuestions: Action<
  HeldRoll & Asked,
  z.output<typeof answerForm>,
  { questions: string[]; note: string },
  'not-preparing' | 'roll-closed' | 'no-question'
> = {
  name: 'voting.roll-questions-answered',
  find: async (tx, actor, id) => {
    const roll = await holdRoll(tx, actor, id)
    return roll && { ...roll, ...(await questionsIn(tx, roll)) }
  },
  may: may.keepRoll,
  input: answerForm,
  decide: (held, { questions, kind, note }) => {
    const closed = openForAdditional(held)
    if (closed) return refuse(closed)
    const ticked = new Set(questions)
    const meant = held.open.filter((question) => (kind ? question.kind === kind : ticked.has(keyOf(question))))
    return meant.length === 0 ? refuse('no-question') : decide({ questions: meant.map(keyOf), note })
  },
  save: (tx, held, change, { now, actor }) => insertAnswers(tx, held, change, { by: actor.id!, at: now }),
  tell: ({ questions }) => ({ answered: questions.length }),
  scope: ({ agency }) => agency,
}
