import { timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, type Form, found, idParam, page, readForm } from '#platform/http.ts'
import { withinLimit } from '#platform/limit.ts'
import type { Problems } from '#platform/problems.ts'
import { unseal } from '#platform/secret.ts'
import { hashOfCode, moveCase, openCase, withdrawConsent } from '../actions/case.ts'
import { rateService } from '../actions/rating.ts'
import { publicOpening } from '../actions/talk.ts'
import { bringUpToDate } from '../actions/time.ts'
import { dayOf } from '../domain/calendar.ts'
import { say } from '../domain/held.ts'
import { judgeRating, lastDay } from '../domain/rating.ts'
import { CasePage } from '../pages/case.tsx'
import { FollowPage, ReceiptPage } from '../pages/follow.tsx'
import { RatingForm } from '../pages/rating.tsx'
import { findByNumber, findFollowed, type Held } from '../store/held.ts'
import { findRating } from '../store/rating.ts'
import { findService, type Service } from '../store/service.ts'
import { words } from '../text/index.ts'
import { movingFrom } from './case.tsx'
import { type Asking, askMove, settleMove } from './moving.tsx'
import { keepSealed as keep, openSealed as opened } from './parts.ts'
import { caseShown } from './shown.ts'

export const routes = new Hono<Env>()

/** A service that people use without an account. */
async function open(c: C): Promise<Service> {
  const service = found(await findService(c.get('ctx').db, idParam(c, 'service')))
  if (!service.pkg.roles.some((role) => role.public)) throw new HTTPException(404)
  return service
}
const named = (c: C, { id, pkg }: Service) => ({ id, name: say(pkg.manifest.names, c.get('view').lang) })

/** The public form of a service, sent to `action`. */
export function reportOf(c: C, service: Service, action: string): Asking & { service: Service } {
  const { pkg, id } = service
  const { move } = found(publicOpening(service))
  return {
    service,
    pkg,
    move,
    title: say(move.names, c.get('view').lang),
    action,
    keeps: { agency: service.agency, service: id },
    trail: [{ href: `/services/${id}`, label: named(c, service).name }],
    region: service.region,
    typed: {},
    known: new Set(),
  }
}

/** Number and code, shown on the next page and only there. */
export function keepReceipt(c: C, receipt: string | null) {
  if (receipt) keep(c, 'tanda', JSON.parse(unseal(receipt)) as Record<string, string>, 600)
}

async function reporting(c: C) {
  const service = await open(c)
  return reportOf(c, service, `/services/${service.id}/report`)
}

routes.get('/services/:service/report', async (c) => {
  const asking = await reporting(c)
  return asking.service.retired ? c.redirect(`/services/${asking.service.id}`, 303) : askMove(c, asking)
})

routes.post('/services/:service/report', async (c) => {
  const asking = await reporting(c)
  const { form, ctx } = await readForm(c)
  const { id } = asking.service
  if (!(await withinLimit(ctx.db, `services:report:${c.get('address')}`, 30, 3600))) throw new HTTPException(429)
  return settleMove(c, asking, form, (at, raw, heard) => perform(openCase('public', heard), at, id, raw), ctx, {
    onDone: ({ receipt }) => {
      keepReceipt(c, receipt)
      return `/services/${id}/receipt`
    },
  })
})

routes.get('/services/:service/receipt', async (c) => {
  const service = await open(c)
  const kept = opened(c, 'tanda')
  setCookie(c, 'tanda', '', { path: '/services', maxAge: 0 })
  const receipt = kept?.number && kept.code ? { number: kept.number, code: kept.code } : null
  c.header('Cache-Control', 'no-store, private')
  return page(c, <ReceiptPage view={c.get('view')} service={named(c, service)} receipt={receipt} />)
})

routes.get('/services/:service/follow', async (c) => {
  const service = await open(c)
  return page(c, <FollowPage view={c.get('view')} service={named(c, service)} />)
})

/** Ten tries a quarter of an hour for a number, thirty from an address; a wrong number and a wrong code are told alike. */
routes.post('/services/:service/follow', async (c) => {
  const service = await open(c)
  const { form, ctx } = await readForm(c)
  const number = String(form.number ?? '')
    .trim()
    .toUpperCase()
    .slice(0, 60)
  const code = String(form.code ?? '')
    .replace(/[\s-]/g, '')
    .toUpperCase()
    .slice(0, 60)
  const mayTry =
    (await withinLimit(ctx.db, `services:follow:${c.get('address')}`, 30, 900)) &&
    (await withinLimit(ctx.db, `services:follow:${service.id}:${number}`, 10, 900))
  if (!mayTry) throw new HTTPException(429)
  const row = await findByNumber(ctx.db, service.id, number)
  const right = row?.code && timingSafeEqual(row.code, hashOfCode(row.id, code))
  if (!row || !right)
    return page(
      c,
      <FollowPage view={c.get('view')} service={named(c, service)} number={number} refusal="follow-wrong" />,
      422,
    )
  keep(c, 'ikut', { case: row.id, service: service.id }, 3600)
  return c.redirect(`/services/${service.id}/followed`, 303)
})

/** The case that this browser has shown the code of; undefined when it has not. */
async function followed(c: C): Promise<Held | undefined> {
  const service = await open(c)
  const kept = opened(c, 'ikut')
  if (!kept?.case || kept.service !== service.id) return undefined
  const { db } = c.get('ctx')
  const { now } = c.get('view')
  c.header('Cache-Control', 'no-store, private')
  const held = await findFollowed(db, kept.case)
  if (!held?.due || held.due > now) return held
  await bringUpToDate(db, held.id, now)
  return findFollowed(db, kept.case)
}
/** By its own id: it may have been merged into another. */
const idOf = (held: Held) => held.through?.id ?? held.id
const base = (c: C) => `/services/${idParam(c, 'service')}/followed`

async function followedPage(c: C, held: Held, problem?: string, again: { typed?: Form; problems?: Problems } = {}) {
  const view = c.get('view')
  const { db } = c.get('ctx')
  const given = held.it.closedAt === undefined ? undefined : await findRating(db, held.service, held.id)
  const today = dayOf(view.now.getTime(), held.here.place.zone)
  const rating = {
    at: base(c),
    given: given ? { ...given, until: lastDay(given.day), open: judgeRating(given, today).ok } : null,
  }
  const shown = await caseShown(db, view, held, base(c), true)
  return (
    <CasePage view={view} shown={shown} problem={problem} problems={again.problems ?? {}}>
      {held.it.closedAt !== undefined && <RatingForm view={view} shown={rating} {...again} />}
    </CasePage>
  )
}

routes.get('/services/:service/followed', async (c) => page(c, await followedPage(c, found(await followed(c)))))

routes.get('/services/:service/followed/moves/:move', async (c) => {
  const held = found(await followed(c))
  return askMove(c, found(await movingFrom(c, held, base(c), c.req.param('move'))))
})

routes.post('/services/:service/followed/moves/:move', async (c) => {
  const held = found(await followed(c))
  const asking = found(await movingFrom(c, held, base(c), c.req.param('move')))
  const { form, ctx } = await readForm(c)
  return settleMove(
    c,
    asking,
    form,
    (at, raw, heard) => perform(moveCase('follower', heard), at, idOf(held), raw),
    ctx,
    {
      onDone: base(c),
      say: words(c.get('view').lang).saved,
    },
  )
})

routes.post('/services/:service/followed/consents/:purpose', async (c) => {
  const held = found(await followed(c))
  const { ctx } = await readForm(c)
  const outcome = await perform(withdrawConsent('follower'), ctx, idOf(held), { purpose: c.req.param('purpose') })
  return answer(c, outcome, {
    onDone: base(c),
    say: words(c.get('view').lang).withdrawn,
    again: (_, refusal) => followedPage(c, held, refusal),
  })
})

routes.post('/services/:service/followed/rating', async (c) => {
  const held = found(await followed(c))
  const { form, ctx } = await readForm(c)
  const outcome = await perform(rateService, ctx, held.id, form)
  return answer(c, outcome, {
    onDone: base(c),
    say: words(c.get('view').lang).rated,
    again: (problems, refusal) => followedPage(c, held, refusal, { typed: form, problems }),
  })
})
