import { Hono } from 'hono'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, found, idParam, page, readForm } from '#platform/http.ts'
import { moveCase, openCase, withdrawConsent } from '../actions/case.ts'
import { bringUpToDate } from '../actions/time.ts'
import { formOf } from '../domain/gaps.ts'
import { movesFrom, say } from '../domain/held.ts'
import { typedOf } from '../domain/typed.ts'
import { CasePage } from '../pages/case.tsx'
import { findCase, type Held, postsIn } from '../store/held.ts'
import { findService } from '../store/service.ts'
import { words } from '../text/index.ts'
import { type Asking, askMove, settleMove } from './moving.tsx'
import { signedIn } from './parts.ts'
import { caseShown, seenOf } from './shown.ts'

export const routes = new Hono<Env>()

/** Opening a case in a role that one holds: the first move from nothing that the role may make. */
async function opening(c: C): Promise<Asking & { id: string }> {
  const { db } = c.get('ctx')
  const actor = signedIn(c)
  const service = found(await findService(db, idParam(c, 'service')))
  const roles = (await postsIn(db, actor, service.id)).map(({ role }) => role)
  const { pkg, id } = service
  const move = found(
    movesFrom(pkg, pkg.manifest.main, '').find((one) => one.roles.some((role) => roles.includes(role))),
  )
  const { lang } = c.get('view')
  return {
    id,
    pkg,
    move,
    title: say(move.names, lang),
    action: `/services/${id}/open`,
    keeps: { agency: service.agency, service: id },
    trail: [{ href: '/services/worklist', label: words(lang).worklistTitle }],
    region: service.region,
    typed: {},
    known: new Set(),
  }
}

routes.get('/services/:service/open', async (c) => askMove(c, await opening(c)))

routes.post('/services/:service/open', async (c) => {
  const asking = await opening(c)
  const { form, ctx } = await readForm(c)
  return settleMove(c, asking, form, (at, raw, heard) => perform(openCase('member', heard), at, asking.id, raw), ctx, {
    onDone: ({ id }) => `/services/cases/${id}`,
    say: words(c.get('view').lang).saved,
  })
})

/** The case of the address, as of now: what is due has happened. */
async function known(c: C): Promise<Held> {
  const { db } = c.get('ctx')
  const actor = signedIn(c)
  const held = found(await findCase(db, actor, idParam(c, 'case')))
  const { now } = c.get('view')
  if (!held.due || held.due > now) return held
  await bringUpToDate(db, held.id, now)
  return found(await findCase(db, actor, idParam(c, 'case')))
}

/** By which id this person knows of the case: that of a merged one, where she knows of no other. */
const idOf = (held: Held) => held.through?.id ?? held.id
const at = (held: Held) => `/services/cases/${idOf(held)}`

export async function casePage(c: C, held: Held, problem?: string) {
  const view = c.get('view')
  return <CasePage view={view} shown={await caseShown(c.get('ctx').db, view, held, at(held))} problem={problem} />
}

routes.get('/services/cases/:case', async (c) => {
  const held = await known(c)
  // A merged case leads on to the one that stayed.
  if (idOf(held) !== idParam(c, 'case')) return c.redirect(at(held), 303)
  return page(c, await casePage(c, held))
})

/** A move from where the case is, with what this person sees of it filled in. */
export async function movingFrom(c: C, held: Held, base: string, moveId: string): Promise<Asking | undefined> {
  const { pkg, it, roles } = held
  const move = pkg.flows.find(({ id }) => id === it.flow)?.moves.find(({ id }) => id === moveId)
  if (!move?.roles.some((role) => roles.includes(role)) || move.from === 'new' || it.merged) return undefined
  const { lang } = c.get('view')
  const form = formOf(pkg, move, it.gaps)
  const service = await findService(c.get('ctx').db, held.service)
  const numbers = (form?.fields ?? []).filter(
    ({ id, type }) => (type === 'nik' || type === 'kk') && it.data[id] !== undefined,
  )
  return {
    pkg,
    move,
    title: say(move.names, lang),
    action: `${base}/moves/${move.id}`,
    keeps: { agency: held.agency, service: held.service },
    trail: [
      { href: '/services', label: words(lang).servicesTitle },
      { href: base, label: (held.through?.it ?? it).number },
    ],
    region: service?.region ?? null,
    typed: form ? typedOf(form, seenOf(held)) : {},
    known: new Set(move.completes ? [] : numbers.map(({ id }) => id)),
    gaps: it.gaps,
  }
}

routes.get('/services/cases/:case/moves/:move', async (c) => {
  const held = await known(c)
  return askMove(c, found(await movingFrom(c, held, at(held), c.req.param('move'))))
})

routes.post('/services/cases/:case/moves/:move', async (c) => {
  const held = await known(c)
  const asking = found(await movingFrom(c, held, at(held), c.req.param('move')))
  const { form, ctx } = await readForm(c)
  return settleMove(
    c,
    asking,
    form,
    (one, raw, heard) => perform(moveCase('member', heard), one, idOf(held), raw),
    ctx,
    {
      onDone: at(held),
      say: words(c.get('view').lang).saved,
    },
  )
})

routes.post('/services/cases/:case/consents/:purpose', async (c) => {
  const held = await known(c)
  const { ctx } = await readForm(c)
  const outcome = await perform(withdrawConsent('member'), ctx, idOf(held), { purpose: c.req.param('purpose') })
  return answer(c, outcome, {
    onDone: at(held),
    say: words(c.get('view').lang).withdrawn,
    again: (_, refusal) => casePage(c, held, refusal),
  })
})
