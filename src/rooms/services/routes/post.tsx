import { Hono } from 'hono'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, type Form, found, idParam, page, readForm } from '#platform/http.ts'
import { isDay } from '#platform/nik.ts'
import type { Problems } from '#platform/problems.ts'
import { handOver, setPost } from '../actions/post.ts'
import { dayOf, instantOf } from '../domain/calendar.ts'
import { say } from '../domain/held.ts'
import { stateName } from '../domain/showing.ts'
import { LedgerPage, PostPage, TakenOverPage } from '../pages/post.tsx'
import { may } from '../permissions.ts'
import { ledgerOf, takenOver, waitingWith } from '../store/charge.ts'
import { packagesOf } from '../store/package.ts'
import { findPost } from '../store/post.ts'
import { words } from '../text/index.ts'
import { managed, signedIn } from './parts.ts'

export const routes = new Hono<Env>()

const nameOf = (pkg: { roles: readonly { id: string; names: Record<string, string> }[] }, role: string, lang: string) =>
  say(pkg.roles.find(({ id }) => id === role)?.names ?? { id: role }, lang)

/** Somebody's post in a service that this person manages. */
async function ofAddress(c: C) {
  const service = await managed(c, may.setPost)
  const post = found(await findPost(c.get('ctx').db, service.id, idParam(c, 'post')))
  return { service, post, at: `/services/${service.id}/roles/${post.id}` }
}

async function postPage(
  c: C,
  { service, post, at }: Awaited<ReturnType<typeof ofAddress>>,
  again: { typed?: Form; problems?: Problems; refusal?: string | undefined } = {},
) {
  const view = c.get('view')
  return (
    <PostPage
      view={view}
      at={at}
      service={{ id: service.id, name: say(service.pkg.manifest.names, view.lang) }}
      post={{ ...post, role: nameOf(service.pkg, post.role, view.lang) }}
      waits={await waitingWith(c.get('ctx').db, post.id, '')}
      byArea={!post.ended && service.pkg.roles.find(({ id }) => id === post.role)?.reach === 'area'}
      {...again}
    />
  )
}

routes.get('/services/:service/roles/:post', async (c) => page(c, await postPage(c, await ofAddress(c))))

routes.post('/services/:service/roles/:post', async (c) => {
  const known = await ofAddress(c)
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(setPost, ctx, known.post.id, form), {
    onDone: known.at,
    say: words(c.get('view').lang).postSaved,
    again: (problems, refusal) => postPage(c, known, { typed: form, problems, refusal }),
  })
})

routes.post('/services/:service/roles/:post/hand-over', async (c) => {
  const known = await ofAddress(c)
  const { form, ctx } = await readForm(c)
  const area = String(form.area ?? '')
    .replaceAll('.', '')
    .trim()
  return answer(c, await perform(handOver(String(form.email ?? ''), area), ctx, known.post.id, form), {
    onDone: `/services/${known.service.id}/roles`,
    say: words(c.get('view').lang).handedOver,
    again: (problems, refusal) => postPage(c, known, { typed: form, problems, refusal }),
  })
})

routes.get('/services/taken-over', async (c) => {
  const { db } = c.get('ctx')
  const view = c.get('view')
  const rows = await takenOver(db, signedIn(c).id, 200)
  const packages = await packagesOf(
    db,
    rows.map(({ release }) => release),
  )
  const shown = rows.map((row) => {
    const pkg = packages.get(row.release.toString('hex'))!
    return {
      ...row,
      service: say(pkg.manifest.names, view.lang),
      state: stateName(pkg, row.flow, row.state, view.lang),
      area: row.areaName ?? row.area,
    }
  })
  return page(c, <TakenOverPage view={view} rows={shown} />)
})

const longest = 400 * 86_400_000

routes.get('/services/:service/ledger', async (c) => {
  const service = await managed(c, may.seeLedger)
  const view = c.get('view')
  const today = dayOf(view.now.getTime(), service.zone)
  const day = (name: string, otherwise: string) => {
    const typed = c.req.query(name) ?? ''
    return isDay(typed) ? typed : otherwise
  }
  // Both days count whole, in the time of the place.
  const from = day('dari', `${today.slice(0, 8)}01`)
  const to = day('sampai', today)
  const begin = instantOf(`${from}T00:00`, service.zone)
  const end = instantOf(`${to}T00:00`, service.zone) + 86_400_000
  const wrong = end <= begin || end - begin > longest
  const rows = wrong
    ? []
    : await ledgerOf(
        c.get('ctx').db,
        service.id,
        new Date(begin),
        new Date(Math.min(end, Math.max(begin, view.now.getTime()))),
      )
  const shown = rows.map((row) => ({ ...row, role: nameOf(service.pkg, row.role, view.lang) }))
  const named = { id: service.id, name: say(service.pkg.manifest.names, view.lang) }
  return page(
    c,
    <LedgerPage
      view={view}
      service={named}
      from={from}
      to={to}
      rows={shown}
      problem={wrong ? 'period-wrong' : undefined}
    />,
    wrong ? 422 : 200,
  )
})
