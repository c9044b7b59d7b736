import { createHash, randomBytes } from 'node:crypto'
import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { decide } from '#platform/result.ts'
import { codeFrom, judgeAnswer, judgeObjection, type ObjectionOutcome } from '../domain/objection.ts'
import { answerForm, objectionForm } from '../forms/objection.ts'
import { mayPanel } from '../permissions/panel.ts'
import {
  addObjection,
  type FinalistHeld,
  holdFinalist,
  holdObjection,
  type ObjectionHeld,
  saveAnswer,
} from '../store/objection.ts'

export const storedCode = (code: string): Buffer => createHash('sha256').update(code).digest()

/** The code on a receipt. From the form's token where there is one, so that a double click shows the same receipt. */
export const receiptCode = (once: string | undefined): string =>
  codeFrom(once ? createHash('sha256').update(`objection ${once}`).digest() : randomBytes(10))

/**
 * Object to a finalist. What the objector typed goes from `decide` to `save` past the change: a change is kept with the
 * form's token and told of in the log, and no name or contact may stand there.
 */
export function fileObjection(
  code: string,
): Action<
  FinalistHeld,
  z.output<typeof objectionForm>,
  { id: string; number: string },
  'objection-none' | 'objection-over'
> {
  let kept: z.output<typeof objectionForm> | undefined
  return {
    name: 'judging.objection-received',
    find: holdFinalist,
    may: mayPanel.object,
    input: objectionForm,
    decide: ({ round, received }, typed, { now }) => {
      const judged = judgeObjection(round, now)
      if (!judged.ok) return judged
      kept = typed
      return decide({ id: newId(), number: `S-${round.key}-${received + 1}`.toUpperCase() })
    },
    save: (tx, { finalist }, { id, number }, { now }) =>
      addObjection(tx, finalist, { id, number, code: storedCode(code), received: now }, kept!),
    subject: ({ id }) => id,
    tell: ({ number }) => ({ number }),
    scope: () => null,
  }
}

/** Answer an objection. Upheld, the plenary must decide on the entry again. */
export const answerObjection: Action<
  ObjectionHeld,
  z.output<typeof answerForm>,
  { outcome: ObjectionOutcome; answer: string },
  'objection-answered' | 'results-public'
> = {
  name: 'judging.objection-answered',
  find: holdObjection,
  may: mayPanel.answerObjection,
  input: answerForm,
  decide: ({ round, objection }, typed) => {
    const judged = judgeAnswer(round, objection)
    return judged.ok ? decide(typed) : judged
  },
  save: (tx, { objection }, change, { actor, now }) => saveAnswer(tx, objection, { ...change, by: actor.id!, at: now }),
  tell: ({ outcome }, { objection }) => ({ number: objection.number, outcome }),
  scope: () => null,
}
