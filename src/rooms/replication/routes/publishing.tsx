import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, type Form, page, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { publishPackage } from '../actions/publishing.ts'
import type { Known } from '../domain/shown.ts'
import { PublishPage } from '../pages/publishing.tsx'
import { may } from '../permissions.ts'
import { listServices, listUnits } from '../store/publication.ts'
import { words } from '../text/index.ts'
import { knownParam, signedIn } from './parts.ts'

export const routes = new Hono<Env>()

/** The innovation, for the agency that it belongs to. */
async function owned(c: C): Promise<Known & { agency: string }> {
  const known = await knownParam(c)
  if (!may.publishPackage(signedIn(c), known) || known.agency === null) throw new HTTPException(403)
  return { ...known, agency: known.agency }
}

async function publishPage(
  c: C,
  known: Known & { agency: string },
  again: { typed?: Form; problems?: Problems; refusal?: string | undefined } = {},
) {
  const { db } = c.get('ctx')
  const view = c.get('view')
  const services = (await listServices(db, known.agency)).map(({ id, names, version, unitName }) => ({
    id,
    name: [names[view.lang] ?? Object.values(names)[0], unitName].filter(Boolean).join(', '),
    version,
  }))
  const units = await listUnits(db, known.agency)
  return <PublishPage view={view} known={known} services={services} units={units} {...again} />
}

routes.get('/replication/innovations/:code/publish', async (c) => page(c, await publishPage(c, await owned(c))))

routes.post('/replication/innovations/:code/publish', async (c) => {
  const known = await owned(c)
  const { form, ctx } = await readForm(c)
  const outcome = await perform(publishPackage(known.code), ctx, known.agency, form)
  return answer(c, outcome, {
    onDone: `/replication/innovations/${known.code}`,
    say: words(c.get('view').lang).published,
    again: (problems, refusal) => publishPage(c, known, { typed: form, problems, refusal }),
  })
})
