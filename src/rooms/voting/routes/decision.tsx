import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, found, page, readForm } from '#platform/http.ts'
import { paperHeaders } from '#platform/ui/paper.ts'
import { confirmDecision, writeDecision } from '../actions/decision.ts'
import { confirmUnrecorded, writeUnrecorded } from '../actions/unrecorded.ts'
import { contentOf, decisionHash, lastToFile, obstaclesTo, unproven } from '../domain/decision.ts'
import type { Election } from '../domain/election.ts'
import { DecisionPage } from '../pages/decision.tsx'
import type { Again } from '../pages/parts.tsx'
import { recapReport } from '../pages/recap-paper.ts'
import { may } from '../permissions.ts'
import { decidingOf, decisionOf } from '../store/decision.ts'
import { committeeOf } from '../store/election.ts'
import { officersOf } from '../store/place.ts'
import { words } from '../text/index.ts'
import { electionParam, officeParam } from './parts.ts'

export const routes = new Hono<Env>()
const at = '/voting/elections/:election'

async function decisionPage(c: C, again: Again = {}) {
  const { db, actor, clock } = c.get('ctx')
  const election = await officeParam(c)
  const deciding = await decidingOf(db, election)
  const content = contentOf(deciding)
  return (
    <DecisionPage
      view={c.get('view')}
      election={election}
      until={lastToFile(deciding)}
      obstacles={obstaclesTo(deciding, clock.now())}
      current={content && { content, hash: decisionHash(election.id, content) }}
      decision={await decisionOf(db, election.id)}
      writes={may.writeDecision(actor, election)}
      confirms={may.confirmDecision(actor, election)}
      complete={deciding.result.complete}
      unproven={unproven(deciding)}
      {...again}
    />
  )
}

async function committeeParam(c: C): Promise<Election> {
  const election = await officeParam(c)
  if (!may.confirmDecision(c.get('ctx').actor, election)) throw new HTTPException(403)
  return election
}

routes.get(`${at}/decision`, async (c) => page(c, await decisionPage(c)))

routes.post(`${at}/decision`, async (c) => {
  const election = await committeeParam(c)
  if (!may.writeDecision(c.get('ctx').actor, election)) throw new HTTPException(403)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(writeDecision, ctx, election.id, form), {
    onDone: `/voting/elections/${election.id}/decision`,
    say: words(c.get('view').lang).decisionWritten,
    again: (problems, refusal) => decisionPage(c, { typed: form, problems, refusal }),
  })
})

routes.post(`${at}/decision/confirm`, async (c) => {
  const election = await committeeParam(c)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(confirmDecision, ctx, election.id, form), {
    onDone: `/voting/elections/${election.id}/decision`,
    say: words(c.get('view').lang).decisionConfirmed,
    again: (_, refusal) => decisionPage(c, { refusal }),
  })
})

routes.post(`${at}/decision/unrecorded`, async (c) => {
  const election = await committeeParam(c)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(writeUnrecorded, ctx, election.id, form), {
    onDone: `/voting/elections/${election.id}/decision`,
    say: words(c.get('view').lang).unrecordedWritten,
    again: (problems, refusal) => decisionPage(c, { typed: form, problems, refusal }),
  })
})

routes.post(`${at}/decision/unrecorded/confirm`, async (c) => {
  const election = await committeeParam(c)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(confirmUnrecorded, ctx, election.id, form), {
    onDone: `/voting/elections/${election.id}/decision`,
    say: words(c.get('view').lang).unrecordedConfirmed,
    again: (_, refusal) => decisionPage(c, { refusal }),
  })
})

/** For everybody, once every polling place counts; it says no more of a small place than the page of the result. */
routes.get(`${at}/recap.pdf`, async (c) => {
  const { db, clock } = c.get('ctx')
  const election = await electionParam(c)
  const deciding = await decidingOf(db, election)
  found(deciding.result.complete ? deciding : undefined)
  const { lang, demo } = c.get('view')
  const paper = await recapReport({ lang, demo, election }, deciding, {
    decision: await decisionOf(db, election.id),
    committee: await committeeOf(db, election.id),
    officers: await officersOf(db, election.id),
    now: clock.now(),
  })
  return c.body(paper, 200, paperHeaders('rekapitulasi'))
})
