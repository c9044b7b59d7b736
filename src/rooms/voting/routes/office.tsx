import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, type Form, found, page, readForm } from '#platform/http.ts'
import { paperHeaders } from '#platform/ui/paper.ts'
import { answerReadiness, signReadiness } from '../actions/readiness.ts'
import { stepsOf } from '../domain/preparation.ts'
import { conditions } from '../domain/readiness.ts'
import { OfficePage } from '../pages/office.tsx'
import { readinessReport } from '../pages/paper.ts'
import type { Again } from '../pages/parts.tsx'
import { ReadinessPage } from '../pages/readiness.tsx'
import { may } from '../permissions.ts'
import { preparedOf } from '../store/preparation.ts'
import { readinessOf } from '../store/readiness.ts'
import { words } from '../text/index.ts'
import { officeParam } from './parts.ts'

export const routes = new Hono<Env>()
const at = '/voting/elections/:election'

routes.get(`${at}/office`, async (c) => {
  const election = await officeParam(c)
  const prepared = await preparedOf(c.get('ctx').db, election)
  const most = election.profile.rules.votersPerTps.value
  const crowded = prepared.places.flatMap(({ id, number }) => {
    const voters = prepared.roll?.find(({ tps }) => tps === id)?.count ?? 0
    return voters > most ? [{ number, voters }] : []
  })
  return page(c, <OfficePage view={c.get('view')} election={election} steps={stepsOf(prepared)} crowded={crowded} />)
})

async function readinessPage(c: C, again: Again = {}) {
  const { db, actor } = c.get('ctx')
  const election = await officeParam(c)
  const preparing = election.state === 'preparing'
  return (
    <ReadinessPage
      view={c.get('view')}
      election={election}
      readiness={await readinessOf(db, election.id)}
      answers={preparing && may.answerReadiness(actor, election)}
      signs={preparing && may.signReadiness(actor, election)}
      {...again}
    />
  )
}

routes.get(`${at}/readiness`, async (c) => page(c, await readinessPage(c)))

routes.get(`${at}/readiness/:version{[0-9]+\\.pdf}`, async (c) => {
  const election = await officeParam(c)
  const readiness = found(await readinessOf(c.get('ctx').db, election.id))
  if (readiness.version !== Number.parseInt(c.req.param('version'), 10)) throw new HTTPException(404)
  const { lang, demo } = c.get('view')
  return c.body(await readinessReport({ lang, demo, election }, readiness), 200, paperHeaders('kesiapan'))
})

const byCondition = (form: Form) =>
  Object.fromEntries(conditions.map((each) => [each, { met: form[`met-${each}`], ground: form[`ground-${each}`] }]))

routes.post(`${at}/readiness`, async (c) => {
  const election = await officeParam(c)
  if (!may.answerReadiness(c.get('ctx').actor, election)) throw new HTTPException(403)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(answerReadiness, ctx, election.id, byCondition(form)), {
    onDone: `/voting/elections/${election.id}/readiness`,
    say: words(c.get('view').lang).readinessSaved,
    again: (problems, refusal) => readinessPage(c, { typed: form, problems, refusal }),
  })
})

routes.post(`${at}/readiness/sign`, async (c) => {
  const election = await officeParam(c)
  if (!may.signReadiness(c.get('ctx').actor, election)) throw new HTTPException(403)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(signReadiness, ctx, election.id, form), {
    onDone: `/voting/elections/${election.id}/readiness`,
    say: words(c.get('view').lang).readinessSigned,
    again: (problems, refusal) => readinessPage(c, { problems, refusal }),
  })
})
