import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { administered } from '#people'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, type Form, found, idParam, page, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { addHub, endCoach, giveCoach, hubsId } from '../actions/hub.ts'
import { scoreOf } from '../domain/maturity.ts'
import { yearOf } from '../domain/paper.ts'
import { HubPage, HubsPage } from '../pages/hub.tsx'
import { may } from '../permissions.ts'
import { coachesOf, findHub, hubsOf, listHubs } from '../store/hub.ts'
import { instrument, type Survey, verifiedSurveys } from '../store/survey.ts'
import { words } from '../text/index.ts'
import { signedIn } from './parts.ts'

export const routes = new Hono<Env>()
type Again = { typed?: Form; problems?: Problems; refusal?: string | undefined }

const scored = ({ answers }: Survey) =>
  scoreOf(instrument, new Map(answers.map(({ question, verified }) => [question, verified])))

async function hubsPage(c: C, again: Again = {}) {
  const { db, actor } = c.get('ctx')
  const surveys = await verifiedSurveys(db)
  return (
    <HubsPage
      view={c.get('view')}
      rows={await listHubs(db, actor)}
      own={await hubsOf(db, administered(actor))}
      scores={new Map([...surveys].map(([hub, survey]) => [hub, scored(survey)]))}
      adds={may.addHub(actor)}
      {...again}
    />
  )
}

routes.get('/replication/hubs', async (c) => page(c, await hubsPage(c)))

routes.post('/replication/hubs', async (c) => {
  if (!may.addHub(signedIn(c))) throw new HTTPException(403)
  const { form, ctx } = await readForm(c)
  const outcome = await perform(addHub, ctx, hubsId, form)
  return answer(c, outcome, {
    onDone: ({ id }) => `/replication/hubs/${id}`,
    say: words(c.get('view').lang).hubAdded,
    again: (problems, refusal) => hubsPage(c, { typed: form, problems, refusal }),
  })
})

async function hubPage(c: C, again: Again = {}) {
  const { db, actor, clock } = c.get('ctx')
  const hub = found(await findHub(db, actor, idParam(c, 'hub')))
  const survey = (await verifiedSurveys(db)).get(hub.id)
  const mine = may.seeSurvey(actor, hub)
  const about = {
    mine,
    year: mine || !survey ? yearOf(clock.now()) : survey.year,
    scored: survey ? scored(survey) : null,
  }
  const coaches = actor.id ? await coachesOf(db, hub.id) : null
  return (
    <HubPage
      view={c.get('view')}
      hub={hub}
      coaches={coaches}
      survey={about}
      oversees={may.seeOverview(actor, hub)}
      gives={may.giveCoach(actor)}
      {...again}
    />
  )
}

routes.get('/replication/hubs/:hub', async (c) => page(c, await hubPage(c)))

routes.post('/replication/hubs/:hub/coaches', async (c) => {
  if (!may.giveCoach(signedIn(c))) throw new HTTPException(403)
  const { form, ctx } = await readForm(c)
  const hub = idParam(c, 'hub')
  const outcome = await perform(giveCoach, ctx, hub, form)
  return answer(c, outcome, {
    onDone: `/replication/hubs/${hub}`,
    say: words(c.get('view').lang).coachGiven,
    again: (problems, refusal) => hubPage(c, { typed: form, problems, refusal }),
  })
})

routes.post('/replication/hubs/:hub/coaches/:coach/end', async (c) => {
  if (!may.endCoach(signedIn(c))) throw new HTTPException(403)
  const { ctx } = await readForm(c)
  const hub = idParam(c, 'hub')
  const outcome = await perform(endCoach, ctx, idParam(c, 'coach'), {})
  return answer(c, outcome, {
    onDone: `/replication/hubs/${hub}`,
    say: words(c.get('view').lang).coachEnded,
    again: (_, refusal) => hubPage(c, { refusal }),
  })
})
