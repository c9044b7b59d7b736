import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, found, page, readForm } from '#platform/http.ts'
import { paperHeaders } from '#platform/ui/paper.ts'
import { confirmDestruction, recordDestruction } from '../actions/destruction.ts'
import { mayDestroy } from '../domain/destruction.ts'
import type { Election } from '../domain/election.ts'
import { DestructionPage } from '../pages/destruction.tsx'
import { destructionReport } from '../pages/paper.ts'
import type { Again } from '../pages/parts.tsx'
import { may } from '../permissions.ts'
import { destructionOf } from '../store/destruction.ts'
import { words } from '../text/index.ts'
import { officeParam } from './parts.ts'

export const routes = new Hono<Env>()
const at = '/voting/elections/:election/destruction'

async function destructionPage(c: C, again: Again = {}) {
  const { db, actor } = c.get('ctx')
  const election = await officeParam(c)
  const destruction = await destructionOf(db, election.id)
  const records = mayDestroy(election) && may.recordDestruction(actor, election)
  return (
    <DestructionPage view={c.get('view')} election={election} destruction={destruction} records={records} {...again} />
  )
}

async function committeeParam(c: C): Promise<Election> {
  const election = await officeParam(c)
  if (!may.recordDestruction(c.get('ctx').actor, election)) throw new HTTPException(403)
  return election
}

routes.get(at, async (c) => page(c, await destructionPage(c)))

routes.post(at, async (c) => {
  const election = await committeeParam(c)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(recordDestruction, ctx, election.id, form), {
    onDone: `/voting/elections/${election.id}/destruction`,
    say: words(c.get('view').lang).destructionRecorded,
    again: (problems, refusal) => destructionPage(c, { typed: form, problems, refusal }),
  })
})

routes.post(`${at}/confirm`, async (c) => {
  const election = await committeeParam(c)
  const { ctx } = await readForm(c)
  return answer(c, await perform(confirmDestruction, ctx, election.id, {}), {
    onDone: `/voting/elections/${election.id}/destruction`,
    say: words(c.get('view').lang).destructionConfirmed,
    again: (_, refusal) => destructionPage(c, { refusal }),
  })
})

routes.get(`${at}/report.pdf`, async (c) => {
  const election = await officeParam(c)
  const destruction = found(await destructionOf(c.get('ctx').db, election.id))
  const { lang, demo } = c.get('view')
  return c.body(await destructionReport({ lang, demo, election }, destruction), 200, paperHeaders('pemusnahan'))
})
