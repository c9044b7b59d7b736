import type { Action } from '#platform/action.ts'
import { decide, refuse } from '#platform/result.ts'
import { Unsaid } from '#platform/secret.ts'
import type { Case } from '../domain/case.ts'
import { seesField } from '../domain/duplicate.ts'
import { mayMerge } from '../domain/held.ts'
import { mergeInto } from '../domain/merging.ts'
import { allFields } from '../domain/package/names.ts'
import { type MergeForm, mergeForm, nothing } from '../forms.ts'
import { may } from '../permissions.ts'
import { saveDifferent } from '../store/duplicate.ts'
import type { Held } from '../store/held.ts'
import { findMerge, holdPair, type Merge, printOf, saveMerge, undoMerge } from '../store/merge.ts'

type Pair = { one: Held; other: Held; merges: boolean }
type PairRefusal = 'merge-itself' | 'merge-other-service' | 'merge-part' | 'merge-closed' | 'merge-merged'

/** Why two cases cannot be made one; undefined where they can. */
export function pairRefusal(one: Held, other: Held): PairRefusal | undefined {
  if (one.id === other.id) return 'merge-itself'
  if (one.service !== other.service || one.it.flow !== other.it.flow) return 'merge-other-service'
  if (one.partOf || other.partOf) return 'merge-part'
  if (one.it.merged || other.it.merged) return 'merge-merged'
  return one.it.closedAt !== undefined || other.it.closedAt !== undefined ? 'merge-closed' : undefined
}

const mergesBoth = (one: Held, other: Held) => mayMerge(one.pkg, one.roles) && mayMerge(other.pkg, other.roles)

/** Make two cases of one person one: one stays, the other leads on to it. It can be undone until the one that stayed moves. */
export const mergeCases = (
  second: string,
): Action<
  Pair,
  MergeForm,
  {
    kept: string
    number: string
    done: Unsaid<{ kept: Held; other: Held; after: { kept: Case; other: Case } }>
  },
  PairRefusal
> => ({
  name: 'services.cases-merged',
  find: async (tx, actor, id) => {
    const pair = await holdPair(tx, actor, id, second)
    return pair && { ...pair, merges: mergesBoth(pair.one, pair.other) }
  },
  may: may.mergeCases,
  input: mergeForm,
  decide: ({ one, other }, { keep, second: taken, first }, { now }) => {
    const why = pairRefusal(one, other)
    if (why) return refuse(why)
    const [kept, gone] = keep === one.it.number ? [one, other] : [other, one]
    const wanted = new Set(kept === one ? taken : first)
    // What one does not see, one does not choose.
    const takes = allFields(kept.pkg).flatMap(({ id }) =>
      wanted.has(id) && seesField(kept.pkg, kept.roles, id) ? [id] : [],
    )
    const after = mergeInto(kept.pkg, kept.here, kept.it, gone.it, { into: kept.id, takes, now: now.getTime() })
    return decide({ kept: kept.id, number: gone.it.number, done: new Unsaid({ kept, other: gone, after }) })
  },
  save: async (tx, _, { done: { value } }, { actor, now }) =>
    saveMerge(tx, value.kept, value.other, value.after, { person: actor.id, at: now }),
  tell: ({ done: { value } }) => ({ number: value.kept.it.number, merged: value.other.it.number }),
  scope: ({ one }) => one.agency,
  subject: ({ kept }) => kept,
  also: ({ done: { value } }) => [
    {
      name: 'services.case-merged-away',
      subject: value.other.id,
      scope: value.other.agency,
      particulars: { number: value.other.it.number, into: value.kept.it.number },
    },
  ],
})

/** Remember that two cases are not of one person, so that nobody is asked again. */
export const ruleOutDuplicate = (
  second: string,
): Action<
  Pair,
  Record<string, never>,
  { one: string; other: string },
  'merge-itself' | 'merge-other-service' | 'merge-merged'
> => ({
  name: 'services.duplicate-ruled-out',
  find: mergeCases(second).find,
  may: may.mergeCases,
  input: nothing,
  decide: ({ one, other }) => {
    const why = pairRefusal(one, other)
    if (why === 'merge-itself' || why === 'merge-other-service' || why === 'merge-merged') return refuse(why)
    const [first, last] = [one.id, other.id].sort()
    return decide({ one: first!, other: last! })
  },
  save: (tx, { one: { agency, service } }, pair, { actor, now }) =>
    saveDifferent(tx, { agency, service, ...pair }, { person: actor.id, at: now }),
  tell: (_, { one, other }) => ({ number: one.it.number, other: other.it.number }),
  scope: ({ one }) => one.agency,
})

type Undoing = { merge: Merge; kept: Held; merged: Held; merges: boolean; now: Buffer }

/** Undo a merge: both cases come back exactly as they were. */
export const partCases = (
  merge: string,
): Action<
  Undoing,
  Record<string, never>,
  { kept: string; merged: string },
  'merge-over' | 'merge-late' | 'merge-moved'
> => ({
  name: 'services.cases-parted',
  find: async (tx, actor, id) => {
    const found = await findMerge(tx, merge)
    if (!found || found.kept !== id) return undefined
    const pair = await holdPair(tx, actor, found.kept, found.merged)
    // Two at once: the first has undone it while the second waited.
    const still = pair && (await findMerge(tx, merge))
    if (!pair || !still) return undefined
    const now = await printOf(tx, found.agency, found.kept, found.merged)
    return { merge: still, kept: pair.one, merged: pair.other, merges: mergesBoth(pair.one, pair.other), now }
  },
  may: may.partCases,
  input: nothing,
  decide: ({ merge: { before, until, print, undone }, now, kept, merged }, _, at) => {
    if (undone) return refuse('merge-over')
    if (at.now >= until) return refuse('merge-late')
    if (!print.equals(now)) return refuse('merge-moved')
    return before === null ? refuse('merge-over') : decide({ kept: kept.id, merged: merged.id })
  },
  save: (tx, { merge }, _, { actor, now }) => undoMerge(tx, merge, { person: actor.id, at: now }),
  tell: (_, { kept, merged }) => ({ number: kept.it.number, merged: merged.it.number }),
  scope: ({ kept }) => kept.agency,
  also: (_, { kept, merged }) => [
    {
      name: 'services.case-back',
      subject: merged.id,
      scope: merged.agency,
      particulars: { number: merged.it.number, from: kept.it.number },
    },
  ],
})
