import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { assetPath, findAsset } from '#platform/assets.ts'
import { answer, type C, type Env, found, idParam, page, readForm } from '#platform/http.ts'
import { isId } from '#platform/ids.ts'
import { withinLimit } from '#platform/limit.ts'
import { type Answer, receive } from '../actions/field.ts'
import { refuseHeldReport, takeHeldReport } from '../actions/held-report.ts'
import { receiveSealed } from '../actions/sealed.ts'
import type { Report } from '../domain/field.ts'
import { batchForm, contactForm, reportForm, sealedForm } from '../forms.ts'
import { FieldPage, HeldPage } from '../pages/field.tsx'
import { may } from '../permissions.ts'
import * as store from '../store/field.ts'
import { findService, type Service } from '../store/service.ts'
import { postsOf } from '../store/worklist.ts'
import { words } from '../text/index.ts'
import { bookOf } from './book.ts'
import { managed } from './parts.ts'

export const routes = new Hono<Env>()

routes.get('/services/field', (c) => page(c, <FieldPage lang={c.get('view').lang} />))

/** The service worker and the files that it keeps. Its address lies below the page, so the page is named in a header. */
routes.get('/services/field/worker.js', (c) => {
  const files = ['style.css', 'plus-jakarta-sans.woff2', 'icon.svg', 'field-app.js', 'field-engine.js'].map(assetPath)
  const own = found(findAsset('field-worker.js'))
  const version = createHash('sha256').update(files.join()).update(own.hash).digest('hex').slice(0, 12)
  c.header('Content-Type', 'text/javascript; charset=utf-8')
  c.header('Service-Worker-Allowed', '/services/field')
  c.header('Cache-Control', 'no-cache')
  return c.body(`self.kept=${JSON.stringify({ version, files })};\n${own.body.toString('utf8')}`)
})

routes.get('/services/field/app.webmanifest', (c) => {
  const w = words(c.get('view').lang)
  c.header('Content-Type', 'application/manifest+json')
  return c.body(
    JSON.stringify({
      id: '/services/field',
      name: `Melayani: ${w.fieldTitle}`,
      short_name: 'Melayani',
      description: w.fieldLead,
      lang: c.get('view').lang,
      start_url: '/services/field',
      scope: '/services/field',
      display: 'standalone',
      orientation: 'portrait',
      background_color: '#fdfcfa',
      theme_color: '#0b5f66',
      icons: [
        { src: assetPath('icon.svg'), sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
        { src: assetPath('icon.svg'), sizes: 'any', type: 'image/svg+xml', purpose: 'maskable' },
      ],
    }),
  )
})

/** Who is at the other end of a script; undefined is answered with 401, never with a page. */
const person = (c: C) => {
  const { actor } = c.get('ctx')
  return actor.id ? { ...actor, id: actor.id } : undefined
}
const signIn = (c: C) => c.json({ kind: 'sign-in' }, 401)
const wrong = (c: C) => c.json({ kind: 'wrong' }, 400)
async function json(c: C): Promise<unknown> {
  try {
    return await c.req.json()
  } catch {
    return undefined
  }
}

/** A phone of this person: a new one, or the one that it was. */
routes.post('/services/field/device', async (c) => {
  const actor = person(c)
  if (!actor) return signIn(c)
  const { db } = c.get('ctx')
  const { now } = c.get('view')
  const given = (await json(c)) as { device?: unknown } | undefined
  const known =
    typeof given?.device === 'string' && isId(given.device)
      ? await store.findDevice(db, given.device, actor.id)
      : undefined
  if (known) {
    await store.touchDevice(db, known.id, c.get('session'), now)
    return c.json({ device: known.id, person: actor.id })
  }
  if (!(await withinLimit(db, `services:device:${actor.id}`, 20, 86_400))) throw new HTTPException(429)
  const device = await store.newDevice(db, actor.id, c.get('session'), now)
  return c.json({ device: device.id, token: device.token, person: actor.id }, 201)
})

/** Everything for working without signal, for a phone of this person. `have`: releases that it has already. */
routes.get('/services/field/book', async (c) => {
  const actor = person(c)
  if (!actor) return signIn(c)
  const { db } = c.get('ctx')
  const id = c.req.query('device')
  const device = isId(id) ? await store.findDevice(db, id, actor.id) : undefined
  if (!device) return wrong(c)
  await store.touchDevice(db, device.id, c.get('session'), c.get('view').now)
  const have = new Set((c.req.query('have') ?? '').split(',').filter(Boolean))
  c.header('Cache-Control', 'no-store, private')
  return c.json(await bookOf(db, actor, device, have))
})

/** What a phone asks while it is locked: which services it may still keep anything of, and whether somebody signed out. */
routes.post('/services/field/contact', async (c) => {
  const read = contactForm.safeParse(await json(c))
  if (!read.success) return wrong(c)
  const { db } = c.get('ctx')
  const device = await store.findDeviceByToken(db, read.data.token)
  if (!device) return c.json({ kind: 'unknown' }, 404)
  const posts = await postsOf(db, device.person)
  const services = [...new Set(posts.map(({ service }) => service))]
  c.header('Cache-Control', 'no-store, private')
  return c.json({ kind: 'known', signedOut: device.signedOut, services })
})

/** Reports, each by itself: what stands in the answer is in the books for ever, what does not is sent again. */
routes.post('/services/field/reports', async (c) => {
  const actor = person(c)
  if (!actor) return signIn(c)
  const batch = batchForm.safeParse(await json(c))
  if (!batch.success) return wrong(c)
  const { db, clock } = c.get('ctx')
  const device = await store.findDevice(db, batch.data.device, actor.id)
  if (!device) return wrong(c)
  const wrongOnes: Answer[] = []
  const reports: Report[] = []
  for (const raw of batch.data.reports) {
    const report = reportForm.safeParse(raw)
    const id = (raw as { id?: unknown } | null)?.id
    if (report.success) reports.push(report.data as Report)
    else if (typeof id === 'string') wrongOnes.push({ id, kind: 'refused', refusal: 'invalid', objections: [] })
  }
  const taken = await receive({ db, clock, actor }, { id: device.id, now: batch.data.now }, reports)
  const answers = [...taken, ...wrongOnes]
  c.header('Cache-Control', 'no-store, private')
  return c.json({ answers, now: c.get('view').now.getTime() })
})

/** What a phone can no longer read itself, one report at a time. Shown with the phone's token, not with a session. */
routes.post('/services/field/sealed', async (c) => {
  const read = sealedForm.safeParse(await json(c))
  if (!read.success) return wrong(c)
  const { db, clock, actor } = c.get('ctx')
  const device = await store.findDeviceByToken(db, read.data.token)
  if (!device) return c.json({ kind: 'unknown' }, 404)
  if (!(await withinLimit(db, `services:sealed:${device.id}`, 2000, 86_400))) throw new HTTPException(429)
  return c.json(await receiveSealed({ db, clock, actor }, c.get('files'), device, read.data))
})

async function heldPage(c: C, { agency, id, pkg }: Service, refusal?: string) {
  const rows = await store.listHeldReports(c.get('ctx').db, agency, id)
  return <HeldPage view={c.get('view')} id={id} pkg={pkg} rows={rows} refusal={refusal} />
}

routes.get('/services/:service/held', async (c) => page(c, await heldPage(c, await managed(c, may.decideHeldReport))))

routes.post('/services/:service/held/:person/:report/take', async (c) => {
  const service = found(await findService(c.get('ctx').db, idParam(c, 'service')))
  const ref = `${idParam(c, 'person')}:${idParam(c, 'report')}`
  const { ctx } = await readForm(c)
  return answer(c, await perform(takeHeldReport(ref), ctx, service.id, {}), {
    onDone: `/services/${service.id}/held`,
    say: words(c.get('view').lang).heldTaken,
    again: (_, refusal) => heldPage(c, service, refusal),
  })
})

routes.post('/services/:service/held/:person/:report/refuse', async (c) => {
  const service = found(await findService(c.get('ctx').db, idParam(c, 'service')))
  const ref = `${idParam(c, 'person')}:${idParam(c, 'report')}`
  const { ctx } = await readForm(c)
  return answer(c, await perform(refuseHeldReport(ref), ctx, service.id, {}), {
    onDone: `/services/${service.id}/held`,
    say: words(c.get('view').lang).heldRefused,
    again: (_, refusal) => heldPage(c, service, refusal),
  })
})
