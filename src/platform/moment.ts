import type { MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Env } from './http.ts'

type Kept = { status: number; headers: Headers; body: ArrayBuffer; made: number }

/**
 * Keep for a moment the pages that everybody reads alike. On announcement day thousands ask for the same few pages; each
 * is made once in `seconds` and handed out as it is, packed for the way. Only what a route answers with `sharedPage` to a
 * reader without a session and without a message waiting is kept; those who ask while it is being made wait for it.
 * At most `most` bytes stay in memory; the oldest go first.
 */
export function keepForAMoment(
  seconds: number,
  most = 32 * 2 ** 20,
  now = () => performance.now(),
): MiddlewareHandler<Env> {
  const kept = new Map<string, Kept>()
  const making = new Map<string, Promise<Kept | undefined>>()
  let bytes = 0

  const forget = (key: string) => {
    bytes -= kept.get(key)?.body.byteLength ?? 0
    kept.delete(key)
  }
  const keep = (key: string, page: Kept) => {
    forget(key)
    kept.set(key, page)
    bytes += page.body.byteLength
    for (const oldest of kept.keys()) {
      if (bytes <= most) break
      forget(oldest)
    }
  }

  return async (c, next) => {
    if (c.req.method !== 'GET' || getCookie(c, 'sesi') || getCookie(c, 'flash')) return next()
    const { host, pathname, search } = new URL(c.req.url)
    const key = [
      getCookie(c, 'bahasa') ?? '',
      c.req.header('accept-encoding') ?? '',
      c.req.header('host') ?? host,
      pathname + search,
    ].join('\n')
    const found = kept.get(key)
    const waiting = making.get(key)
    const ready = found && now() - found.made < seconds * 1000 ? found : waiting && (await waiting)
    if (ready) return new Response(ready.body, { status: ready.status, headers: ready.headers })

    let tell: (page: Kept | undefined) => void = () => {}
    const made = new Promise<Kept | undefined>((done) => {
      tell = done
    })
    making.set(key, made)
    let page: Kept | undefined
    try {
      await next()
      if (c.get('shared') && c.res.status === 200 && !c.res.headers.has('set-cookie')) {
        const body = await c.res.arrayBuffer()
        page = { status: 200, headers: new Headers(c.res.headers), body, made: now() }
        keep(key, page)
        c.res = new Response(body, { status: 200, headers: page.headers })
      }
    } finally {
      if (making.get(key) === made) making.delete(key)
      tell(page)
    }
  }
}
