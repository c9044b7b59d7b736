import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, type Form, found, idParam, page, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill } from '#platform/text.ts'
import { changeHookSecret, endHook, makeHook, retryDelivery } from '../actions/hook.ts'
import { HooksPage } from '../pages/hook.tsx'
import { may } from '../permissions.ts'
import { findAgencyName, listDead, listHooks } from '../store/hook.ts'
import { words } from '../text/index.ts'
import { keepOnce, signedIn, takeOnce } from './parts.ts'

export const routes = new Hono<Env>()

/** The agency of the address, for its local admin. Another agency is none of their business. */
async function own(c: C) {
  const actor = signedIn(c)
  const agency = idParam(c, 'agency')
  if (!may.manageHook(actor, { agency })) throw new HTTPException(404)
  return found(await findAgencyName(c.get('ctx').db, agency))
}

async function hooksPage(
  c: C,
  agency: { id: string; name: string },
  again: { typed?: Form; problems?: Problems; refusal?: string | undefined } = {},
) {
  const { db } = c.get('ctx')
  const view = c.get('view')
  const w = words(view.lang) as Record<string, string>
  const once = takeOnce(c)
  if (once) c.header('Cache-Control', 'no-store, private')
  const dead = (await listDead(db, agency.id)).map(({ id, name, body, at, failure, address }) => {
    const status = /^status (\d+)$/.exec(failure ?? '')?.[1]
    const why = status ? fill(w['f-status']!, { status }) : (w[`f-${failure}`] ?? w['f-no-answer']!)
    const { number, move, state } = (JSON.parse(body) as { data: Record<string, string | undefined> }).data
    return { id, what: `${number}: ${move && state ? `${move} → ${state}` : name}`, at, why, address }
  })
  const rows = await listHooks(db, agency.id)
  return <HooksPage view={view} agency={agency} rows={rows} dead={dead} once={once?.shown} {...again} />
}

const base = ({ id }: { id: string }) => `/services/agencies/${id}/hooks`

routes.get('/services/agencies/:agency/hooks', async (c) => page(c, await hooksPage(c, await own(c))))

routes.post('/services/agencies/:agency/hooks', async (c) => {
  const agency = await own(c)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(makeHook, ctx, agency.id, form), {
    onDone: ({ shown }) => {
      keepOnce(c, 'hook', shown)
      return base(agency)
    },
    say: words(c.get('view').lang).hookMade,
    again: (problems, refusal) => hooksPage(c, agency, { typed: form, problems, refusal }),
  })
})

routes.post('/services/agencies/:agency/hooks/:hook/secret', async (c) => {
  const agency = await own(c)
  const { ctx } = await readForm(c)
  return answer(c, await perform(changeHookSecret, ctx, idParam(c, 'hook'), {}), {
    onDone: ({ shown }) => {
      keepOnce(c, 'hook', shown)
      return base(agency)
    },
    say: words(c.get('view').lang).hookChanged,
    again: (_, refusal) => hooksPage(c, agency, { refusal }),
  })
})

routes.post('/services/agencies/:agency/hooks/:hook/end', async (c) => {
  const agency = await own(c)
  const { ctx } = await readForm(c)
  return answer(c, await perform(endHook, ctx, idParam(c, 'hook'), {}), {
    onDone: base(agency),
    say: words(c.get('view').lang).hookEnded,
    again: (_, refusal) => hooksPage(c, agency, { refusal }),
  })
})

routes.post('/services/agencies/:agency/hooks/deliveries/:delivery/again', async (c) => {
  const agency = await own(c)
  const { ctx } = await readForm(c)
  return answer(c, await perform(retryDelivery, ctx, idParam(c, 'delivery'), {}), {
    onDone: base(agency),
    say: words(c.get('view').lang).deadSent,
    again: (_, refusal) => hooksPage(c, agency, { refusal }),
  })
})
