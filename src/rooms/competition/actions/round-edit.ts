import { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { decide, refuse } from '#platform/result.ts'
import type { Rules } from '../domain/round.ts'
import { copyRules } from '../domain/round-copy.ts'
import { applySection, type Typed } from '../domain/round-form.ts'
import type { Round, StageRow } from '../domain/running-round.ts'
import { shippedRounds } from '../domain/shipped-rounds.ts'
import { newRoundForm, nothingForm } from '../forms/round.ts'
import { may } from '../permissions.ts'
import { listRounds } from '../store/round.ts'
import { type Draft, dropDraft, saveDraft } from '../store/round-draft.ts'
import { insertRound, lockKeys } from '../store/round-version.ts'
import { findWritten } from './round.ts'

type Sources = { keys: string[]; sources: Map<string, Rules> }
type Created = { id: string; key: string; demo: boolean; rules: Rules; from: string }

/** Create a draft as a copy of a shipped round (`shipped:2017`) or of one that is here (its id). The id performed on is `new`. */
export const createRound: Action<Sources, z.output<typeof newRoundForm>, Created, 'key-taken' | 'source-unknown'> = {
  name: 'competition.round-created',
  find: async (tx, actor) => {
    const keys = await lockKeys(tx)
    const here = await listRounds(tx, { drafts: may.createRound(actor) })
    const sources = new Map([
      ...shippedRounds().map((rules) => [`shipped:${rules.key}`, rules] as const),
      ...here.map(({ id, rules }) => [id, rules] as const),
    ])
    return { keys, sources }
  },
  may: (actor) => may.createRound(actor),
  input: newRoundForm,
  decide: ({ keys, sources }, { from, key, year, nameId, nameEn, demo }) => {
    const source = sources.get(from)
    if (!source) return refuse('source-unknown')
    if (keys.includes(key)) return refuse('key-taken')
    const rules = copyRules(source, { key, year, name: { id: nameId, en: nameEn } })
    return decide({ id: newId(), key, demo, rules, from: source.key })
  },
  save: (tx, _, { from: _from, ...round }, { actor, now }) =>
    insertRound(tx, { ...round, reason: '', by: actor.id, at: now }),
  tell: ({ key, from }) => ({ round: key, from }),
  scope: () => null,
  subject: ({ id }) => id,
}

type Written = { round: Round; stages: StageRow[]; draft: Draft }
type Edited = { base: number; revision: number; rules: Rules }
export type EditRefusal = 'round-not-editable' | 'edited-meanwhile' | 'version-meanwhile'

/** Whether a save that began at this version and revision may still be made. */
export function judgeWriting({ round, draft }: Written, from: { base: number; revision: number }): EditRefusal | null {
  if (round.state !== 'draft' && round.state !== 'published') return 'round-not-editable'
  if (from.base !== round.version) return 'version-meanwhile'
  return from.revision === draft.revision ? null : 'edited-meanwhile'
}

const written = z.coerce.number().int().min(0)

/**
 * Save one section of what is being written. `before` are the rules that the page was drawn from; the revision that the
 * form carries makes sure that nothing was saved in between.
 */
export function editRound(before: Rules, section: string): Action<Written, Edited, Edited, EditRefusal> {
  const input = z
    .looseObject({ base: written, revision: written })
    .transform(({ base, revision, ...typed }, context) => {
      const applied = applySection(before, section, typed as Typed)
      if (applied.ok) return { base, revision, rules: applied.rules }
      for (const { field, code, limit } of applied.problems)
        context.addIssue({ code: 'custom', message: code, path: [field], params: { limit } })
      return z.NEVER
    })
  return {
    name: 'competition.round-edited',
    find: findWritten,
    may: (actor) => may.editRound(actor),
    input,
    decide: (held, edited) => {
      const refusal = judgeWriting(held, edited)
      return refusal ? refuse(refusal) : decide({ ...edited, revision: edited.revision + 1 })
    },
    save: (tx, { round }, edited, { actor, now }) => saveDraft(tx, round, edited, { by: actor.id, at: now }),
    tell: ({ revision }) => ({ section, revision }),
    scope: () => null,
  }
}

/** Discard what was written for the next version of a published round. */
export const dropChanges: Action<
  Written,
  z.output<typeof nothingForm>,
  { revision: number },
  'nothing-changed' | 'round-not-published'
> = {
  name: 'competition.round-draft-dropped',
  find: findWritten,
  may: (actor) => may.editRound(actor),
  input: nothingForm,
  decide: ({ round, draft }) => {
    if (round.state !== 'published') return refuse('round-not-published')
    return draft.revision === 0 ? refuse('nothing-changed') : decide({ revision: draft.revision })
  },
  save: (tx, { round }) => dropDraft(tx, round.id),
  tell: ({ revision }) => ({ revision }),
  scope: () => null,
}
