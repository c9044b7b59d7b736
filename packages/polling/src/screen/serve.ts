import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { secureHeaders } from 'hono/secure-headers'
import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { findAsset } from './assets.ts'
import { type Lang, languages } from './language.ts'
import { Screen } from './page.tsx'
import type { ScreenStatus } from './status.ts'
import { screenWords } from './words.ts'

/** What each request of a screen knows: its language, and the way back to this very page. */
export type ScreenEnv = { Variables: { lang: Lang; path: string } }

/**
 * A program's screens: assets, language (`?lang=en`, kept in a cookie), headers that let nothing in from elsewhere, and a
 * refusal of forms that another site sent. `status` is asked anew for the pages "not found" and "failed". `kept`: whether a browser may keep
 * assets; where they tell what somebody chose it may not.
 */
export function openScreen(status: () => ScreenStatus, { kept = true } = {}): Hono<ScreenEnv> {
  const app = new Hono<ScreenEnv>()
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        mediaSrc: ["'self'"],
        scriptSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
      referrerPolicy: 'same-origin',
      strictTransportSecurity: false,
    }),
  )
  app.get('/assets/:file', (c) => {
    const asset = findAsset(c.req.param('file'))
    if (!asset) return c.notFound()
    c.header('cache-control', kept ? 'public, max-age=31536000, immutable' : 'no-store')
    return c.body(asset.body as Uint8Array<ArrayBuffer>, 200, { 'content-type': asset.type })
  })
  app.use(language, ownForms)
  const message = (c: Context<ScreenEnv>, title: string, lead: string) =>
    page(Screen({ lang: c.get('lang') ?? 'id', path: '/', status: status(), title, lead, children: null }))
  app.notFound((c) => {
    const words = screenWords(c.get('lang') ?? 'id')
    return c.html(message(c, words.notFound, words.notFoundHint), 404)
  })
  app.onError((error, c) => {
    console.error(error)
    const words = screenWords(c.get('lang') ?? 'id')
    return c.html(message(c, words.failed, words.failedHint), 500)
  })
  return app
}

const language: MiddlewareHandler<ScreenEnv> = async (c, next) => {
  const isLang = (given: string | undefined): given is Lang => languages.some((each) => each === given)
  const asked = c.req.query('lang')
  const kept = getCookie(c, 'lang')
  const lang = isLang(asked) ? asked : isLang(kept) ? kept : 'id'
  if (isLang(asked)) setCookie(c, 'lang', asked, { path: '/', sameSite: 'Strict', httpOnly: true })
  c.set('lang', lang)
  const url = new URL(c.req.url)
  url.searchParams.delete('lang')
  c.set('path', `${url.pathname}${url.search}`)
  c.header('cache-control', 'no-store')
  await next()
}

/** A form counts only when this very device's page sent it, and only under the name by which its people know it. */
const ownForms: MiddlewareHandler<ScreenEnv> = async (c, next) => {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
  const origin = c.req.header('origin')
  const site = c.req.header('sec-fetch-site')
  const foreign =
    (origin !== undefined && origin !== new URL(c.req.url).origin) || (site !== undefined && site !== 'same-origin')
  if (foreign) return c.text(screenWords(c.get('lang')).problem['not-same-form'], 403)
  await next()
}

/** A page as text. */
export const page = (node: VNode): string => `<!doctype html>${renderToString(node)}`

/** Each field of a form, as text; files are left out. */
export async function formOf(c: Context): Promise<Record<string, string>> {
  const body = await c.req.parseBody()
  return Object.fromEntries(
    Object.entries(body).filter((each): each is [string, string] => typeof each[1] === 'string'),
  )
}

export type Served = {
  readonly port: number
  /** At once, whatever is being answered. */
  close(): Promise<void>
  /** Takes no more requests, and resolves when those that are here have their answers; after `patience` milliseconds at the latest. */
  finish(patience?: number): Promise<void>
}

/** Serves on one address. Port 0 takes a free one. */
export function listen(app: { fetch: Hono['fetch'] }, port: number, hostname = '127.0.0.1'): Promise<Served> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname }, ({ port: taken }: AddressInfo) =>
      resolve({
        port: taken,
        close: () =>
          new Promise((done) => {
            server.close(() => done())
            if ('closeAllConnections' in server) server.closeAllConnections()
          }),
        finish: (patience = 3_000) =>
          new Promise((done) => {
            setTimeout(done, patience)
            server.close(() => done())
            if ('closeIdleConnections' in server) server.closeIdleConnections()
          }),
      }),
    )
    server.on('error', reject)
  })
}
