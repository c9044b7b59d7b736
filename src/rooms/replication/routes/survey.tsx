import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { findFile, storeWhole } from '#platform/files.ts'
import { answer, type C, type Env, type Form, fileAnswer, found, idParam, page, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill } from '#platform/text.ts'
import { saveSurvey, sendSurvey, verifySurvey } from '../actions/survey.ts'
import { questionsOf } from '../domain/maturity.ts'
import { SurveyPage } from '../pages/survey.tsx'
import { may } from '../permissions.ts'
import { findSurveyed, instrument, type Surveyed } from '../store/survey.ts'
import { words } from '../text/index.ts'
import { signedIn } from './parts.ts'

export const routes = new Hono<Env>()
const at = '/replication/hubs/:hub/surveys/:year'

function yearParam(c: C): number {
  const year = c.req.param('year') ?? ''
  if (!/^20\d\d$/.test(year)) throw new HTTPException(404)
  return Number(year)
}
const surveyed = async (c: C): Promise<Surveyed> =>
  found(await findSurveyed(c.get('ctx').db, c.get('ctx').actor, idParam(c, 'hub'), yearParam(c)))

type Again = { typed?: Form; problems?: Problems; refusal?: string | undefined; said?: string }

/** Those of the hub and the nation see it whole; the public what was verified. */
async function surveyPage(c: C, again: Again = {}) {
  const { actor } = c.get('ctx')
  const hub = await surveyed(c)
  const state = hub.survey?.state ?? null
  const sees = may.seeSurvey(actor, hub)
  if (!sees && state !== 'verified') throw new HTTPException(actor.id ? 404 : 401)
  const mode = !sees
    ? 'public'
    : state === 'sent' && may.verifySurvey(actor)
      ? 'verify'
      : (state === null || state === 'draft') && may.fillSurvey(actor, hub)
        ? 'fill'
        : 'read'
  const answers = hub.survey?.answers ?? []
  const shown = { view: c.get('view'), hub, year: yearParam(c), instrument, state, answers, mode } as const
  return <SurveyPage {...shown} {...again} />
}

routes.get(at, async (c) => page(c, await surveyPage(c)))

/** A file given as evidence: for those who see the survey whole. */
routes.get(`${at}/evidence/:question`, async (c) => {
  const hub = await surveyed(c)
  if (!may.seeSurvey(signedIn(c), hub)) throw new HTTPException(404)
  const id = hub.survey?.answers.find(({ question }) => question === c.req.param('question'))?.file
  return fileAnswer(c, found(await findFile(c.get('ctx').db, found(id))))
})

/** What was typed for each question, under its id. */
const byQuestion = (form: Form, names: readonly string[]) =>
  Object.fromEntries(
    questionsOf(instrument).map(({ id }) => [
      id,
      Object.fromEntries(
        names.flatMap((name) => (form[`${name}-${id}`] === undefined ? [] : [[name, form[`${name}-${id}`]]])),
      ),
    ]),
  )

routes.post(at, async (c) => {
  const actor = signedIn(c)
  const hub = await surveyed(c)
  if (!may.fillSurvey(actor, hub)) throw new HTTPException(may.seeSurvey(actor, hub) ? 403 : 404)
  const { form, ctx } = await readForm(c)
  const w = words(c.get('view').lang)
  const given = byQuestion(form, ['own', 'link'])
  const body = await c.req.parseBody({ all: true })
  for (const { id, names } of questionsOf(instrument)) {
    const file = body[`file-${id}`]
    if (!(file instanceof File) || file.size === 0) continue
    const bytes = Buffer.from(await file.arrayBuffer())
    const stored = await storeWhole(ctx.db, c.get('files'), actor.id, file.name, bytes, ['pdf', 'photo', 'table'])
    if ('refusal' in stored) {
      const said = fill(w['file-refused'], { question: names[c.get('view').lang] })
      return page(c, await surveyPage(c, { typed: form, said }), 422)
    }
    given[id] = { ...given[id], file: stored.id }
  }
  const outcome = await perform(saveSurvey(yearParam(c)), ctx, hub.id, given)
  return answer(c, outcome, {
    onDone: `/replication/hubs/${hub.id}/surveys/${yearParam(c)}`,
    say: w.surveySaved,
    again: (problems, refusal) => surveyPage(c, { typed: form, problems, refusal }),
  })
})

routes.post(`${at}/send`, async (c) => {
  const actor = signedIn(c)
  const hub = await surveyed(c)
  if (!may.fillSurvey(actor, hub)) throw new HTTPException(may.seeSurvey(actor, hub) ? 403 : 404)
  const { ctx } = await readForm(c)
  const outcome = await perform(sendSurvey(yearParam(c)), ctx, hub.id, {})
  return answer(c, outcome, {
    onDone: `/replication/hubs/${hub.id}/surveys/${yearParam(c)}`,
    say: words(c.get('view').lang).surveySent,
    again: (problems, refusal) => surveyPage(c, { problems, refusal }),
  })
})

routes.post(`${at}/verify`, async (c) => {
  if (!may.verifySurvey(signedIn(c))) throw new HTTPException(403)
  const hub = await surveyed(c)
  const { form, ctx } = await readForm(c)
  const outcome = await perform(verifySurvey(yearParam(c)), ctx, hub.id, byQuestion(form, ['verified', 'note']))
  return answer(c, outcome, {
    onDone: `/replication/hubs/${hub.id}/surveys/${yearParam(c)}`,
    say: words(c.get('view').lang).surveyVerifiedSaid,
    again: (problems, refusal) => surveyPage(c, { typed: form, problems, refusal }),
  })
})
