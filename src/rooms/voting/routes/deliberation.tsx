import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, found, page, readForm } from '#platform/http.ts'
import { paperHeaders } from '#platform/ui/paper.ts'
import { confirmDeliberation, writeDeliberation } from '../actions/deliberation.ts'
import type { Election } from '../domain/election.ts'
import { DeliberationPage, deliberationReport } from '../pages/deliberation.tsx'
import type { Again } from '../pages/parts.tsx'
import { may } from '../permissions.ts'
import { candidatesOf } from '../store/candidate.ts'
import { deliberationOf } from '../store/deliberation.ts'
import { words } from '../text/index.ts'
import { electionParam, officeParam } from './parts.ts'

export const routes = new Hono<Env>()
const at = '/voting/elections/:election/deliberation'

async function deliberationPage(c: C, again: Again = {}) {
  const { db, actor } = c.get('ctx')
  const election = await officeParam(c)
  const candidates = (await candidatesOf(db, election.id)).filter(({ emptyBox }) => !emptyBox)
  return (
    <DeliberationPage
      view={c.get('view')}
      election={election}
      deliberation={await deliberationOf(db, election.id)}
      candidate={candidates.length === 1 ? candidates[0]!.name : undefined}
      writes={election.kind === 'deliberation' && may.writeDecision(actor, election)}
      confirms={may.confirmDecision(actor, election)}
      {...again}
    />
  )
}

async function committeeParam(c: C, allowed: (typeof may)['writeDecision']): Promise<Election> {
  const election = await officeParam(c)
  if (!allowed(c.get('ctx').actor, election)) throw new HTTPException(403)
  return election
}

routes.get(at, async (c) => page(c, await deliberationPage(c)))

routes.post(at, async (c) => {
  const election = await committeeParam(c, may.writeDecision)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(writeDeliberation, ctx, election.id, form), {
    onDone: `/voting/elections/${election.id}/deliberation`,
    say: words(c.get('view').lang).deliberationWritten,
    again: (problems, refusal) => deliberationPage(c, { typed: form, problems, refusal }),
  })
})

routes.post(`${at}/confirm`, async (c) => {
  const election = await committeeParam(c, may.confirmDecision)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(confirmDeliberation, ctx, election.id, form), {
    onDone: `/voting/elections/${election.id}/deliberation`,
    say: words(c.get('view').lang).deliberationConfirmed,
    again: (_, refusal) => deliberationPage(c, { refusal }),
  })
})

/** For everybody, once it is confirmed. */
routes.get(`${at}.pdf`, async (c) => {
  const election = await electionParam(c)
  const deliberation = found(await deliberationOf(c.get('ctx').db, election.id))
  found(deliberation.confirmed ?? undefined)
  const { lang, demo } = c.get('view')
  return c.body(await deliberationReport({ lang, demo, election }, deliberation), 200, paperHeaders('musyawarah'))
})
