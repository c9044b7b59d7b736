import { z } from 'zod'
import { isNational, listPeopleWithRole } from '#people'
import type { Action } from '#platform/action.ts'
import { decide, refuse } from '#platform/result.ts'
import * as forms from '../forms.ts'
import { may } from '../permissions.ts'
import { endAssignments, unfinishedOf } from '../store/assignment.ts'
import * as store from '../store/evaluator.ts'
import { holdReading, type RoundReading } from '../store/reading.ts'
import { recheckConflicts } from './recheck.ts'

type Facts = store.EvaluatorFacts
type Candidates = RoundReading & { candidates: ReadonlySet<string>; present: ReadonlySet<string> }

const unknownCategory = ({ round }: RoundReading, { sector, expertise }: Facts) => {
  const keys = new Set(round.rules.categories.map((category) => category.key))
  return (sector !== null && !keys.has(sector)) || expertise.some((key) => !keys.has(key))
}

/** Take somebody who holds the role of evaluator into the team of a round. The identity is not yet confirmed. */
export const addEvaluator: Action<
  Candidates,
  Facts & { person: string },
  Facts & { person: string },
  'not-an-evaluator' | 'already-in-team' | 'category-unknown' | 'reading-over'
> = {
  name: 'judging.evaluator-added',
  find: async (tx, actor, id) => {
    const held = isNational(actor) ? await holdReading(tx, actor, id) : undefined
    if (!held) return undefined
    const people = await listPeopleWithRole(tx, 'evaluator')
    const team = await store.listEvaluators(tx, id)
    return {
      ...held,
      candidates: new Set(people.map((person) => person.id)),
      present: new Set(team.map((evaluator) => evaluator.person)),
    }
  },
  may: may.manageEvaluators,
  input: forms.newEvaluator,
  decide: (held, input) => {
    if (held.reading.closed) return refuse('reading-over')
    if (!held.candidates.has(input.person)) return refuse('not-an-evaluator')
    if (held.present.has(input.person)) return refuse('already-in-team')
    return unknownCategory(held, input) ? refuse('category-unknown') : decide(input)
  },
  save: async (tx, { round }, { person, ...facts }, { now, actor }) => {
    await store.addEvaluator(tx, round.id, person, facts, now, actor.id!)
    await recheckConflicts(tx, round.id, person, now)
  },
  tell: (_, { round }) => ({ round: round.id }),
  scope: () => null,
  subject: ({ person }) => person,
}

/** Correct what is known of an evaluator. Conflicts are derived again; another home or employer must be confirmed again. */
export const changeEvaluator = (
  round: string,
): Action<
  store.HeldEvaluator,
  Facts,
  Facts & { again: boolean; recused: number },
  'category-unknown' | 'reading-over'
> => ({
  name: 'judging.evaluator-changed',
  find: (tx, actor, id) => store.holdEvaluator(tx, actor, round, id),
  may: may.manageEvaluators,
  input: forms.evaluatorFacts,
  decide: (held, input) => {
    if (held.reading.closed) return refuse('reading-over')
    if (unknownCategory(held, input)) return refuse('category-unknown')
    const { evaluator } = held
    const again = evaluator.homeRegion !== input.homeRegion || evaluator.employer !== input.employer
    return decide({ ...input, again, recused: 0 })
  },
  save: async (tx, { evaluator }, change, { now }) => {
    const { again, recused: _, ...facts } = change
    await store.changeEvaluator(tx, round, evaluator.person, facts, !again)
    change.recused = (await recheckConflicts(tx, round, evaluator.person, now)).length
  },
  tell: ({ recused, again }) => ({ round, recused, again }),
  scope: () => null,
})

/** Say that this is the person, and that home and employer are right. Before that everything is a conflict. */
export const confirmEvaluator = (
  round: string,
): Action<store.HeldEvaluator, object, object, 'confirmed-already' | 'withdrew'> => ({
  name: 'judging.evaluator-confirmed',
  find: (tx, actor, id) => store.holdEvaluator(tx, actor, round, id),
  may: may.manageEvaluators,
  input: z.object({}),
  decide: ({ evaluator }) => {
    if (evaluator.withdrawn) return refuse('withdrew')
    return evaluator.confirmed ? refuse('confirmed-already') : decide({})
  },
  save: (tx, { evaluator }, _, { now, actor }) => store.confirmEvaluator(tx, round, evaluator.person, now, actor.id!),
  tell: () => ({ round }),
  scope: () => null,
})

/** An evaluator leaves the team. Finished readings stay; unfinished ones ask for a replacement. */
export const withdrawEvaluator = (
  round: string,
): Action<store.HeldEvaluator, { reason: string }, { reason: string; left: number }, 'withdrew' | 'reading-over'> => ({
  name: 'judging.evaluator-withdrawn',
  find: (tx, actor, id) => store.holdEvaluator(tx, actor, round, id),
  may: may.manageEvaluators,
  input: z.object({ reason: forms.reason }),
  decide: ({ evaluator, reading }, { reason }) => {
    if (reading.closed) return refuse('reading-over')
    return evaluator.withdrawn ? refuse('withdrew') : decide({ reason, left: 0 })
  },
  save: async (tx, { evaluator }, change, { now }) => {
    const left = await unfinishedOf(tx, round, evaluator.person)
    await endAssignments(tx, left, 'withdrawn', change.reason, now)
    await store.withdrawEvaluator(tx, round, evaluator.person, now, change.reason)
    change.left = left.length
  },
  tell: ({ left }) => ({ round, left }),
  scope: () => null,
})
