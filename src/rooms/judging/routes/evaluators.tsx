import { Hono } from 'hono'
import { findAgencyNamed, findRegionNamed, listPeopleWithRole } from '#people'
import { type Action, perform } from '#platform/action.ts'
import { answer, type C, type Env, type Form, flash, found, idParam, page, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill } from '#platform/text.ts'
import { clearConflict, restoreConflict } from '../actions/conflict.ts'
import * as actions from '../actions/evaluator.ts'
import { addInvolvement, correctInvolvement, withdrawInvolvement } from '../actions/involvement.ts'
import type { Evaluator } from '../domain/evaluator.ts'
import { EvaluatorPage } from '../pages/evaluator.tsx'
import { EvaluatorsPage, type Typed } from '../pages/evaluators.tsx'
import { may } from '../permissions.ts'
import { progressOf } from '../store/assignment.ts'
import { endedClearances, listConflicts } from '../store/conflict.ts'
import { findEvaluator, listEvaluators } from '../store/evaluator.ts'
import { registeredOf } from '../store/identity.ts'
import { listInvolvements } from '../store/involvement.ts'
import { findReading } from '../store/reading.ts'
import { listExpected } from '../store/team-import.ts'
import { words } from '../text/index.ts'

export const routes = new Hono<Env>()

/** The round, for those who manage its evaluators; for others it is not there. */
async function managed(c: C) {
  const { db, actor } = c.get('ctx')
  return found(may.manageEvaluators(actor) ? await findReading(db, idParam(c, 'round')) : undefined)
}

/** Names of places as typed become codes; `?` stands for a name that nothing has. */
async function lookUp(c: C, form: Form): Promise<Form> {
  const { db } = c.get('ctx')
  const typed = (name: string) => (typeof form[name] === 'string' ? (form[name] as string).trim() : '')
  const code = async (text: string, find: typeof findRegionNamed) =>
    text === '' ? '' : ((await find(db, text)) ?? '?')
  return {
    ...form,
    homeRegion: await code(typed('homeRegion'), findRegionNamed),
    employer: await code(typed('employer'), findAgencyNamed),
    ...('agency' in form && { agency: await code(typed('agency'), findAgencyNamed) }),
  }
}

async function teamPage(c: C, typed: Typed = {}, problems: Problems = {}, refusal?: string) {
  const { round } = await managed(c)
  const { db } = c.get('ctx')
  const team = await listEvaluators(db, round.id)
  const present = new Set(team.map((each) => each.person))
  const people = await listPeopleWithRole(db, 'evaluator')
  return (
    <EvaluatorsPage
      view={c.get('view')}
      round={round}
      team={team}
      loads={await progressOf(db, round.id)}
      candidates={people.filter((each) => !present.has(each.id))}
      expected={await listExpected(db, round.id)}
      typed={typed}
      problems={problems}
      refusal={refusal}
    />
  )
}

routes.get('/judging/rounds/:round/evaluators', async (c) => page(c, await teamPage(c)))

routes.post('/judging/rounds/:round/evaluators', async (c) => {
  const { form, ctx } = await readForm(c)
  const round = idParam(c, 'round')
  const outcome = await perform(actions.addEvaluator, ctx, round, await lookUp(c, form))
  return answer(c, outcome, {
    onDone: ({ person }) => `/judging/rounds/${round}/evaluators/${person}`,
    say: words(c.get('view').lang).saidAdded,
    again: (problems, refusal) => teamPage(c, form, problems, refusal),
  })
})

const typedOf = (evaluator: Evaluator): Typed => ({
  university: evaluator.university ?? '',
  sector: evaluator.sector ?? '',
  expertise: evaluator.expertise,
  homeRegion: [evaluator.homeRegion, evaluator.homeRegionName].filter(Boolean).join(' '),
  employer: evaluator.employerName ?? '',
  minLoad: String(evaluator.minLoad),
  maxLoad: String(evaluator.maxLoad),
})

async function evaluatorPage(c: C, typed?: Typed, problems: Problems = {}, refusal?: string) {
  const { round, reading } = await managed(c)
  const { db, actor } = c.get('ctx')
  const evaluator = found(await findEvaluator(db, round.id, idParam(c, 'person')))
  const works = await listInvolvements(db, evaluator.person)
  return (
    <EvaluatorPage
      view={c.get('view')}
      round={round}
      evaluator={evaluator}
      conflicts={await listConflicts(db, round.id, evaluator.person)}
      ended={await endedClearances(db, round.id, evaluator.person)}
      works={works}
      register={await registeredOf(db, [...new Set(works.map((work) => work.agency))])}
      mayAct={!reading.closed && !evaluator.withdrawn && evaluator.person !== actor.id}
      typed={{ ...typedOf(evaluator), ...typed }}
      problems={problems}
      refusal={refusal}
    />
  )
}

const place = '/judging/rounds/:round/evaluators/:person'
const here = (c: C) => `/judging/rounds/${idParam(c, 'round')}/evaluators/${idParam(c, 'person')}`

routes.get(place, async (c) => page(c, await evaluatorPage(c)))

routes.post(place, async (c) => {
  const { form, ctx } = await readForm(c)
  const action = actions.changeEvaluator(idParam(c, 'round'))
  const outcome = await perform(action, ctx, idParam(c, 'person'), await lookUp(c, form))
  if (outcome.kind === 'done') sayRecused(c, outcome.change.recused)
  return answer(c, outcome, {
    onDone: here(c),
    again: (problems, refusal) => evaluatorPage(c, form, problems, refusal),
  })
})

routes.post(`${place}/confirm`, async (c) => {
  const { ctx } = await readForm(c)
  const outcome = await perform(actions.confirmEvaluator(idParam(c, 'round')), ctx, idParam(c, 'person'), {})
  return answer(c, outcome, {
    onDone: here(c),
    say: words(c.get('view').lang).saidConfirmed,
    again: (problems, refusal) => evaluatorPage(c, undefined, problems, refusal),
  })
})

routes.post(`${place}/withdraw`, async (c) => {
  const { form, ctx } = await readForm(c)
  const outcome = await perform(actions.withdrawEvaluator(idParam(c, 'round')), ctx, idParam(c, 'person'), form)
  return answer(c, outcome, {
    onDone: here(c),
    say: words(c.get('view').lang).saidWithdrawn,
    again: (problems, refusal) => evaluatorPage(c, form, problems, refusal),
  })
})

routes.post(`${place}/involvements`, async (c) => {
  const { form, ctx } = await readForm(c)
  const action = addInvolvement(idParam(c, 'round'))
  const outcome = await perform(action, ctx, idParam(c, 'person'), await lookUp(c, form))
  if (outcome.kind === 'done') sayRecused(c, outcome.change.recused)
  return answer(c, outcome, {
    onDone: here(c),
    again: (problems, refusal) => evaluatorPage(c, form, problems, refusal),
  })
})

/** A small act on one conflict or one noted innovation, from the evaluator's page. */
const small = (
  end: string,
  // biome-ignore lint/suspicious/noExplicitAny: the thing and the change of an act are its own business
  action: (round: string) => Action<any, any, any, string>,
  say: (w: ReturnType<typeof words>) => string,
) =>
  routes.post(`${place}/${end}`, async (c) => {
    const { form, ctx } = await readForm(c)
    const raw = 'agency' in form ? await lookUp(c, form) : form
    return answer(c, await perform(action(idParam(c, 'round')), ctx, idParam(c, 'person'), raw), {
      onDone: here(c),
      say: say(words(c.get('view').lang)),
      again: (problems, refusal) => evaluatorPage(c, form, problems, refusal),
    })
  })

small('clear', clearConflict, (w) => w.saidCleared)
small('restore', restoreConflict, (w) => w.saidRestored)
small('involvements/withdraw', withdrawInvolvement, (w) => w.saidWorkWithdrawn)
small('involvements/correct', correctInvolvement, (w) => w.saidWorkCorrected)

function sayRecused(c: C, recused: number) {
  const w = words(c.get('view').lang)
  flash(c, recused > 0 ? fill(w.saidRecused, { n: recused }) : w.saidChanged)
}
