import { Readable } from 'node:stream'
import type { Context as HonoContext } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { HTTPException } from 'hono/http-exception'
import type { VNode } from 'preact'
import { render } from 'preact-render-to-string'
import type { Actor, Context, Outcome } from './action.ts'
import { type Files, openFile } from './files.ts'
import { isId } from './ids.ts'
import type { Problems } from './problems.ts'
import type { Lang, Zone } from './text.ts'

export type NavItem = { href: string; label: string }

/** What every page needs to know of its reader. */
export type View = {
  lang: Lang
  zone: Zone
  now: Date
  actor: Actor
  path: string
  nav: readonly NavItem[]
  /** Said once, after a redirect: what happened and what comes next. */
  flash?: string
  demo: boolean
}

export type Env = {
  Variables: {
    ctx: Context
    view: View
    files: Files
    address: string
    session: string | null
    /** The answer is the same for everybody without a session, in one language. */
    shared?: boolean
  }
}
export type C = HonoContext<Env>

/** Answer with a page. */
export function page(c: C, body: VNode, status: 200 | 403 | 404 | 409 | 413 | 422 | 429 | 500 = 200) {
  return c.html(`<!doctype html>${render(body)}`, status)
}

/**
 * Answer with a page that everybody without a session reads alike, so that one copy may serve many for a moment: nothing
 * in it may depend on the reader but the language, and no form in it may carry a token.
 */
export function sharedPage(c: C, body: VNode) {
  if (c.get('session')) return page(c, body)
  const html = render(body)
  if (html.includes('name="once"')) throw new Error(`${c.req.path}: a page with a form's token is nobody else's`)
  c.set('shared', true)
  return c.html(`<!doctype html>${html}`)
}

/** The id in the address. A mistyped one is a 404, never a database error. */
export function idParam(c: C, name: string): string {
  const id = c.req.param(name)
  if (!isId(id)) throw new HTTPException(404)
  return id
}

/**
 * An address of our own to go on to, or the front page. Browsers drop tabs and line ends from an address and read \\ as /,
 * so none of them may stand in it: "/<tab>/evil.example" would leave the house.
 */
export function ownAddress(address: unknown): string {
  return typeof address === 'string' && /^\/(?!\/)[^\s\\\p{Cc}]*$/u.test(address) ? address : '/'
}

/** Turn "nothing found" into a 404. */
export function found<T>(thing: T | undefined | null): T {
  if (thing === undefined || thing === null) throw new HTTPException(404)
  return thing
}

export type Form = Record<string, string | string[]>

/** The typed form: text fields only; a field that may repeat ends in [] and is always a list. The token becomes `once`. */
export async function readForm(c: C): Promise<{ form: Form; ctx: Context }> {
  const body = await c.req.parseBody({ all: true })
  const form: Form = {}
  for (const [key, value] of Object.entries(body)) {
    // PostgreSQL keeps no NUL in a text, and nobody types one.
    const texts = (Array.isArray(value) ? value : [value])
      .filter((v): v is string => typeof v === 'string')
      .map((text) => text.replaceAll('\0', ''))
    if (key.endsWith('[]')) form[key.slice(0, -2)] = texts
    else if (texts.length > 0) form[key] = texts.at(-1)!
  }
  const once = typeof form.once === 'string' && isId(form.once) ? form.once : undefined
  delete form.once
  return { form, ctx: { ...c.get('ctx'), once } }
}

/** Turn an outcome into a response. The page is drawn again with the problems, or we move on. */
export async function answer<Change, Refusal extends string>(
  c: C,
  outcome: Outcome<Change, Refusal>,
  after: {
    onDone: string | ((change: Change) => string)
    say?: string
    again: (problems: Problems, refusal?: Refusal) => VNode | Promise<VNode>
  },
) {
  switch (outcome.kind) {
    case 'done':
      if (after.say) flash(c, after.say)
      return c.redirect(typeof after.onDone === 'string' ? after.onDone : after.onDone(outcome.change), 303)
    case 'invalid':
      return page(c, await after.again(outcome.problems), 422)
    case 'refused':
      return page(c, await after.again({}, outcome.refusal), 409)
    case 'forbidden':
      throw new HTTPException(403)
    case 'not-found':
      throw new HTTPException(404)
  }
}

/** Keep a sentence for the next page. */
export function flash(c: C, sentence: string) {
  setCookie(c, 'flash', encodeURIComponent(sentence), { path: '/', httpOnly: true, sameSite: 'Lax', maxAge: 60 })
}

/** The sentence kept for this page, if any; it is said once. */
export function takeFlash(c: HonoContext): string | undefined {
  const kept = getCookie(c, 'flash')
  if (!kept) return undefined
  setCookie(c, 'flash', '', { path: '/', maxAge: 0 })
  try {
    return decodeURIComponent(kept).slice(0, 500)
  } catch {
    return undefined
  }
}

/**
 * Answer with a stored file, under the type that its bytes were found to have, never the one its name claims. Pictures
 * and PDF open in the browser unless `download`; the rest is saved.
 */
export async function fileAnswer(
  c: C,
  file: { id: string; name: string; type: string; size: string },
  options: { download?: boolean } = {},
): Promise<Response> {
  const stream = found(await openFile(c.get('files'), file.id))
  const opens = /^image\/(?:jpeg|png|webp)$|^application\/pdf$/.test(file.type) && !options.download
  const plain = file.name.replace(/[^\w .()-]/g, '_')
  c.header('Content-Type', file.type)
  c.header('Content-Length', file.size)
  c.header(
    'Content-Disposition',
    `${opens ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`,
  )
  return c.body(Readable.toWeb(stream) as ReadableStream)
}

/** Numbers of the page in a list's address (?hal=2): 1 when absent or mistyped. */
export function pageNumber(c: C): number {
  const n = Number(c.req.query('hal'))
  return Number.isInteger(n) && n >= 1 && n <= 100_000 ? n : 1
}
