import { z } from 'zod'
import type { Action, Context } from '#platform/action.ts'
import { type Problems, problemsOf } from '#platform/problems.ts'
import { decide, refuse } from '#platform/result.ts'
import { deadlineOf, isLate } from '../domain/deadline.ts'
import { stateOf } from '../domain/reading.ts'
import { type FieldFate, mergeParts, missingMarks } from '../domain/sheet.ts'
import * as forms from '../forms.ts'
import { may } from '../permissions.ts'
import { endAssignments } from '../store/assignment.ts'
import { addDeclared } from '../store/conflict.ts'
import * as store from '../store/sheet.ts'

const ofSheet = { score: (actor: Context['actor'], { sheet }: store.HeldSheet) => may.score(actor, sheet) }

export type Saved =
  | { kind: 'done'; fates: FieldFate[]; at: Date }
  | { kind: 'refused'; refusal: WriteRefusal }
  | { kind: 'invalid'; problems: Problems }
  | { kind: 'forbidden' }
  | { kind: 'not-found' }
export type WriteRefusal = 'reading-not-open' | 'reading-late' | 'sheet-ended' | 'sheet-finished'

/** Why nothing may be written on this sheet now; undefined when it may. */
function writeRefusal({ reading, sheet }: store.HeldSheet, now: Date): WriteRefusal | undefined {
  if (sheet.ended) return 'sheet-ended'
  if (stateOf(reading) !== 'open') return 'reading-not-open'
  if (isLate(deadlineOf(reading, sheet), now)) return 'reading-late'
  return sheet.finished ? 'sheet-finished' : undefined
}

/**
 * Autosave. It has its own way instead of `perform`, because a page of points is not an event each; the order is the
 * same. Each field names the revision it started from: sent twice, it is saved once; overtaken, it is told so.
 * What arrives after the deadline is refused, unless it stands there already.
 */
export function saveSheet({ db, actor, clock }: Context, proposal: string, raw: unknown): Promise<Saved> {
  // When it arrived, not when the line before the row was gone.
  const at = clock.now()
  return db.transaction().execute(async (tx): Promise<Saved> => {
    const held = await store.holdOwnSheet(tx, actor, proposal)
    if (!held) return { kind: 'not-found' }
    if (!ofSheet.score(actor, held)) return { kind: 'forbidden' }
    const input = forms.sheetParts.safeParse(raw)
    if (!input.success) return { kind: 'invalid', problems: problemsOf(input.error) }
    const refusal = writeRefusal(held, at)
    // What arrives again after it was finished, or too late, may be the resend of what is there already.
    if (refusal && refusal !== 'sheet-finished' && refusal !== 'reading-late') return { kind: 'refused', refusal }

    const criteria = held.reading.rule!.criteria[held.group] ?? []
    const merged = mergeParts(
      criteria.map((c) => c.id),
      held.sheet,
      input.data,
    )
    const written = merged.marks.length + (merged.note ? 1 : 0) > 0
    // Too late, nothing of what was typed is put aside for what stands there: it stays on the screen.
    const unlike = merged.fates.some(({ fate }) => fate === 'behind')
    if (refusal && (written || (unlike && refusal === 'reading-late'))) return { kind: 'refused', refusal }
    if (merged.marks.length > 0 || merged.note) await store.beginSheet(tx, held.sheet, at)
    for (const mark of merged.marks) await store.saveMark(tx, held.sheet, mark, at)
    if (merged.note) await store.saveNote(tx, held.sheet, merged.note)
    return { kind: 'done', fates: merged.fates, at }
  })
}

/** Hand in a complete sheet. It can be taken back until reading closes. */
export const finishSheet: Action<store.HeldSheet, object, object, WriteRefusal | 'sheet-incomplete'> = {
  name: 'judging.sheet-finished',
  find: store.holdOwnSheet,
  may: ofSheet.score,
  input: z.object({}),
  decide: (held, _, { now }) => {
    const refusal = writeRefusal(held, now)
    if (refusal) return refuse(refusal)
    const missing = missingMarks(held.reading.rule!.criteria[held.group] ?? [], held.sheet.marks)
    return missing.length > 0 ? refuse('sheet-incomplete') : decide({})
  },
  save: (tx, { sheet }, _, { now }) => store.setFinished(tx, sheet, now),
  tell: (_, { sheet }) => ({ round: sheet.round, proposal: sheet.proposal }),
  scope: () => null,
  subject: (_, { sheet }) => sheet.evaluator,
}

/** Take a finished sheet back to change it. */
export const reopenSheet: Action<
  store.HeldSheet,
  object,
  object,
  'reading-not-open' | 'reading-late' | 'sheet-ended' | 'not-finished'
> = {
  name: 'judging.sheet-reopened',
  find: store.holdOwnSheet,
  may: ofSheet.score,
  input: z.object({}),
  decide: ({ reading, sheet }, _, { now }) => {
    if (sheet.ended) return refuse('sheet-ended')
    if (stateOf(reading) !== 'open') return refuse('reading-not-open')
    if (isLate(deadlineOf(reading, sheet), now)) return refuse('reading-late')
    return sheet.finished ? decide({}) : refuse('not-finished')
  },
  save: (tx, { sheet }) => store.setFinished(tx, sheet, null),
  tell: (_, { sheet }) => ({ round: sheet.round, proposal: sheet.proposal }),
  scope: () => null,
  subject: (_, { sheet }) => sheet.evaluator,
}

/** Say that one must not read this entry. The reading ends at once, is never counted, and a replacement is asked for. */
export const declareConflict: Action<
  store.HeldSheet,
  { reason: string },
  { reason: string },
  'sheet-ended' | 'reading-over'
> = {
  name: 'judging.conflict-declared',
  find: store.holdOwnSheet,
  may: (actor, { sheet }) => may.declareConflict(actor, sheet),
  input: z.object({ reason: forms.reason }),
  decide: ({ reading, sheet }, input) => {
    if (sheet.ended) return refuse('sheet-ended')
    return reading.closed ? refuse('reading-over') : decide(input)
  },
  save: async (tx, { sheet }, { reason }, { now }) => {
    await addDeclared(tx, sheet.round, sheet, reason, now)
    await endAssignments(tx, [sheet], 'recused', reason, now)
  },
  tell: (_, { sheet }) => ({ round: sheet.round, proposal: sheet.proposal }),
  scope: () => null,
  subject: (_, { sheet }) => sheet.evaluator,
}
