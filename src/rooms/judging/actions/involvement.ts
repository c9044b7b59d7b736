import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { decide, refuse } from '#platform/result.ts'
import * as forms from '../forms.ts'
import { may } from '../permissions.ts'
import { type HeldEvaluator, holdEvaluator } from '../store/evaluator.ts'
import { registeredOf } from '../store/identity.ts'
import * as store from '../store/involvement.ts'
import { recheckConflicts } from './recheck.ts'

type Held = HeldEvaluator & { works: readonly store.NotedWork[] }
type Work = { kind: 'mentor' | 'co-author'; agency: string; title: string; innovation: string | null }
type Noted = Work & { id: string; recused: number }

const holdWorks =
  (round: string): Action<Held, object, object, never>['find'] =>
  async (tx, actor, id) => {
    const held = await holdEvaluator(tx, actor, round, id)
    return held && { ...held, works: await store.listInvolvements(tx, id) }
  }

const stands = (works: readonly store.NotedWork[], { kind, agency, title }: Omit<Work, 'innovation'>, but?: string) =>
  works.some(
    (each) =>
      !each.ended &&
      each.id !== but &&
      each.kind === kind &&
      each.agency === agency &&
      each.title.toLowerCase() === title.toLowerCase(),
  )

/** Note an innovation that the evaluator mentored or wrote with others. Where the register knows it, by its identity. */
export const addInvolvement = (
  round: string,
): Action<Held, z.output<typeof forms.involvement>, Noted, 'reading-over' | 'work-noted-already'> => ({
  name: 'judging.involvement-noted',
  find: holdWorks(round),
  may: may.manageEvaluators,
  input: forms.involvement,
  decide: ({ reading, works }, work) => {
    if (reading.closed) return refuse('reading-over')
    if (stands(works, work)) return refuse('work-noted-already')
    return decide({ ...work, id: newId(), innovation: null, recused: 0 })
  },
  save: async (tx, { evaluator }, change, { now, actor }) => {
    const { recused: _, ...work } = change
    work.innovation = await store.innovationNamed(tx, work.agency, work.title)
    await store.addInvolvement(tx, evaluator.person, work, now, actor.id!)
    change.recused = (await recheckConflicts(tx, round, evaluator.person, now)).length
  },
  tell: ({ kind, recused }) => ({ round, kind, recused }),
  scope: () => null,
})

/** Withdraw what was noted wrongly, with the reason. The line stays as history; its conflicts no longer count. */
export const withdrawInvolvement = (
  round: string,
): Action<
  Held,
  z.output<typeof forms.workWithdrawal>,
  { work: store.NotedWork; reason: string },
  'reading-over' | 'work-unknown' | 'own-conflict'
> => ({
  name: 'judging.involvement-withdrawn',
  find: holdWorks(round),
  may: may.manageEvaluators,
  input: forms.workWithdrawal,
  decide: ({ reading, works, evaluator }, { work: id, reason }, { actor }) => {
    if (reading.closed) return refuse('reading-over')
    if (evaluator.person === actor.id) return refuse('own-conflict')
    const work = works.find((each) => each.id === id && !each.ended)
    return work ? decide({ work, reason }) : refuse('work-unknown')
  },
  save: async (tx, { evaluator }, { work, reason }, { now, actor }) => {
    await store.endInvolvement(tx, evaluator.person, work.id, { at: now, by: actor.id!, reason, replacedBy: null })
    await recheckConflicts(tx, round, evaluator.person, now)
  },
  tell: ({ work, reason }) => ({ round, kind: work.kind, reason }),
  scope: () => null,
})

type Corrected = Noted & { old: string; reason: string }

/** Put a corrected line in the place of another, with the reason: kind, agency, title, or which innovation of the register it is. */
export const correctInvolvement = (
  round: string,
): Action<
  Held,
  z.output<typeof forms.workCorrection>,
  Corrected,
  'reading-over' | 'work-unknown' | 'work-noted-already' | 'own-conflict'
> => ({
  name: 'judging.involvement-corrected',
  find: holdWorks(round),
  may: may.manageEvaluators,
  input: forms.workCorrection,
  decide: ({ reading, works, evaluator }, { work: old, reason, ...work }, { actor }) => {
    if (reading.closed) return refuse('reading-over')
    if (evaluator.person === actor.id) return refuse('own-conflict')
    if (!works.some((each) => each.id === old && !each.ended)) return refuse('work-unknown')
    if (stands(works, work, old)) return refuse('work-noted-already')
    return decide({ ...work, id: newId(), old, reason, recused: 0 })
  },
  save: async (tx, { evaluator }, change, { now, actor }) => {
    const { recused: _, old, reason, ...work } = change
    const known = await registeredOf(tx, [work.agency])
    // What was chosen must be this agency's; without a choice the title finds it.
    if (!known.some((each) => each.innovation === work.innovation))
      work.innovation = await store.innovationNamed(tx, work.agency, work.title)
    await store.endInvolvement(tx, evaluator.person, old, { at: now, by: actor.id!, reason, replacedBy: work.id })
    await store.addInvolvement(tx, evaluator.person, work, now, actor.id!)
    change.recused = (await recheckConflicts(tx, round, evaluator.person, now)).length
  },
  tell: ({ kind, reason, recused }) => ({ round, kind, reason, recused }),
  scope: () => null,
})
