import { randomUUID } from 'node:crypto'
import { Hono, type Context as HonoContext } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import { getCookie } from 'hono/cookie'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'

import * as competition from '#competition'
import * as exchange from '#exchange'
import * as gallery from '#gallery'

import * as judging from '#judging'

import * as people from '#people'
import { nobody } from '#platform/action.ts'
import { assetPath, findAsset } from '#platform/assets.ts'
import type { Clock } from '#platform/clock.ts'
import { type Db, sqlState } from '#platform/db.ts'
import { knowEvents } from '#platform/events.ts'
import type { Files } from '#platform/files.ts'
import { type C, type Env, page, takeFlash } from '#platform/http.ts'
import { keepForAMoment } from '#platform/moment.ts'
import { storedToken } from '#platform/password.ts'
import type { Lang } from '#platform/text.ts'
import { MessagePage } from '#platform/ui/message.tsx'
import { platformWords } from '#platform/words/index.ts'
import * as replication from '#replication'
import * as services from '#services'
import * as voting from '#voting'
import { allEvents } from './events.ts'
import { navFor } from './nav.ts'

/** `moment`: for how many seconds a page that everybody reads alike may be handed out again; none unless told. */
export type House = { db: Db; clock: Clock; files: Files; demo: boolean; moment?: number }

/** The whole product as one function from request to response; tests call `app(house).request(…)`. */
export function app({ db, clock, files, demo, moment }: House) {
  knowEvents(allEvents())
  competition.knowRegisterCodes(gallery.innovationsByCode)
  judging.knowGalleryCodes(gallery.codesOf)
  gallery.knowReplication(replication.galleryPart)
  competition.knowAdoptions(replication.adoptedBy)
  competition.knowLiveFigures({ by: services.publishedBy, text: services.publishedText })
  replication.knowAdoptersElsewhere(exchange.adoptersOf)
  services.knowOffersElsewhere(exchange.offersFor)
  const app = new Hono<Env>()

  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: 'same-origin',
      xFrameOptions: 'DENY',
    }),
  )
  app.get('/assets/:file', (c) => {
    const asset = findAsset(c.req.param('file'))
    if (!asset) return c.notFound()
    c.header('Cache-Control', asset.fresh ? 'public, max-age=31536000, immutable' : 'no-cache')
    c.header('Content-Type', asset.type)
    return compressedOnce(c, asset.hash, asset.body)
  })
  // Browsers ask for it by this name on answers that are no page.
  app.get('/favicon.ico', (c) => c.redirect(assetPath('icon.svg'), 302))
  app.get('/sehat', (c) => c.text('ok'))

  if (moment) app.use(keepForAMoment(moment))
  app.use(compress())
  // Behind a proxy the address we see is not the one that the browser sees, so only the host is compared.
  app.use(csrf({ origin: (origin, c) => URL.canParse(origin) && new URL(origin).host === hostOf(c) }))
  app.use(secureCookies)
  const limit = bodyLimit({ maxSize: 12 * 1024 * 1024, onError: (c) => message(c as C, 413, 'tooLarge') })
  // Archives of polling places are larger; their route streams them to the disk and has a limit of its own.
  app.use((c, next) => (voting.isStreamed(c.req.method, c.req.path) ? next() : limit(c, next)))

  app.use(async (c, next) => {
    const now = clock.now()
    const token = getCookie(c, 'sesi')
    const reader = token ? await people.readerOf(db, storedToken(token), now) : undefined
    if (reader) await people.touchSession(db, reader, now)
    const cookie = getCookie(c, 'bahasa')
    const lang: Lang = cookie === 'en' || cookie === 'id' ? cookie : (reader?.lang ?? 'id')
    const actor = reader?.actor ?? nobody
    const flash = takeFlash(c)
    c.set('ctx', { db, clock, actor })
    c.set('files', files)
    c.set('session', reader?.session ?? null)
    c.set('address', addressOf(c))
    c.set('view', {
      lang,
      zone: reader?.zone ?? 'WIB',
      now,
      actor,
      path: c.req.path,
      nav: navFor(actor, lang),
      demo,
      ...(flash && { flash }),
    })
    // Everything personal or changing stays out of shared caches.
    c.header('Cache-Control', 'no-cache, private')
    const redirect = people.gate(reader, c.req.path)
    if (redirect) return c.redirect(redirect, 303)
    await next()
    if (reader && !/private|no-store/.test(c.res.headers.get('cache-control') ?? ''))
      c.header('Cache-Control', 'no-cache, private')
  })

  app.route('/', people.routes)
  app.route('/', competition.routes)
  app.route('/', judging.routes)
  app.route('/', gallery.routes)
  app.route('/', services.routes)
  app.route('/', replication.routes)
  app.route('/', exchange.routes)
  app.route('/', voting.routes)

  app.notFound((c) => message(c as C, 404, 'notFound'))
  app.onError((error, c) => {
    if (error instanceof HTTPException) {
      if (error.status === 401) return c.redirect(`/masuk?ke=${encodeURIComponent(c.req.path)}`, 303)
      if (error.status === 403) return message(c as C, 403, c.get('ctx') ? 'forbidden' : 'crossSite')
      if (error.status === 404) return message(c as C, 404, 'notFound')
      if (error.status === 429) return message(c as C, 429, 'tooMany')
      return error.getResponse()
    }
    // A NUL in an address or in JSON: PostgreSQL keeps none, and there is nothing by that name.
    if (sqlState(error) === '22021' || sqlState(error) === '22P05') return message(c as C, 404, 'notFound')
    const incident = randomUUID().slice(0, 8)
    // The path may carry an id, never what people typed; the message of a database error may quote a row, so only its place is kept.
    console.error(`incident ${incident}`, c.req.method, c.req.path, error.stack)
    return message(c as C, 500, 'error', { id: incident })
  })
  return app
}

function message(
  c: C,
  status: 403 | 404 | 413 | 429 | 500,
  name: 'forbidden' | 'notFound' | 'tooLarge' | 'tooMany' | 'error' | 'crossSite',
  values: Record<string, string> = {},
) {
  const view = c.get('view') ?? {
    lang: 'id' as const,
    zone: 'WIB' as const,
    now: new Date(),
    actor: nobody,
    path: c.req.path,
    nav: [],
    demo: false,
  }
  const words = platformWords(view.lang)
  return page(c, MessagePage({ view, title: words[`${name}Title`], text: words[`${name}Text`], values }), status)
}

const proxied = (c: HonoContext, header: string) =>
  process.env.TRUST_PROXY === '1' ? c.req.header(header)?.split(',').at(-1)?.trim() : undefined
const hostOf = (c: HonoContext) => proxied(c, 'x-forwarded-host') ?? c.req.header('host') ?? new URL(c.req.url).host

/** Over https (our own, or a trusted proxy's) every cookie stays on https. */
async function secureCookies(c: HonoContext, next: () => Promise<void>) {
  await next()
  if ((proxied(c, 'x-forwarded-proto') ?? new URL(c.req.url).protocol.slice(0, -1)) !== 'https') return
  const cookies = c.res.headers.getSetCookie()
  if (cookies.length === 0) return
  c.res.headers.delete('set-cookie')
  for (const cookie of cookies)
    c.res.headers.append('set-cookie', /;\s*secure\b/i.test(cookie) ? cookie : `${cookie}; Secure`)
}

/** The caller's address, for rate limits. Behind a proxy that is trusted (TRUST_PROXY=1) the last forwarded one. */
function addressOf(c: HonoContext): string {
  const forwarded = proxied(c, 'x-forwarded-for')
  const socket = (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming?.socket
  return forwarded ?? socket?.remoteAddress ?? 'unknown'
}

const zipped = new Map<string, Uint8Array<ArrayBuffer>>()

/** Assets never change while we run, so each is compressed once. Fonts are compressed already. */
async function compressedOnce(c: HonoContext, hash: string, body: Buffer) {
  if (
    body.length < 1024 ||
    body.subarray(0, 4).toString() === 'wOF2' ||
    !/\bbr\b/.test(c.req.header('accept-encoding') ?? '')
  )
    return c.body(new Uint8Array(body))
  const { brotliCompressSync } = await import('node:zlib')
  if (!zipped.has(hash)) zipped.set(hash, new Uint8Array(brotliCompressSync(body)))
  c.header('Content-Encoding', 'br')
  c.header('Vary', 'Accept-Encoding')
  return c.body(zipped.get(hash)!)
}
