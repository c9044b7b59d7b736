import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { etag } from 'hono/etag'
import { deadline, listRounds } from '#competition'
import type { C, Env } from '#platform/http.ts'
import { type ApiRound, listParameters } from './domain/api.ts'
import { openApi } from './domain/openapi.ts'
import { findForApi, listByCode } from './store/export.ts'

/** The public API: read only, no key, open to pages of other sites, made to be asked again cheaply (ETag). */
export const api = new Hono<Env>()

api.use(
  '/api/*',
  cors({ origin: '*', allowMethods: ['GET', 'HEAD', 'OPTIONS'], exposeHeaders: ['ETag'], maxAge: 86_400 }),
)
api.use('/api/*', etag({ weak: true }))
api.use('/api/*', async (c, next) => {
  await next()
  // The same for everybody, so a shared cache may keep it; only a question without a cookie proves that it was public.
  if (!c.req.header('cookie')) c.header('Cache-Control', 'public, max-age=60')
})

const addressOf = (c: C) => new URL(c.req.url).origin

api.get('/api/openapi.json', (c) => c.json(openApi(addressOf(c))))

api.get('/api/v1/innovations', async (c) => {
  const asked = listParameters.safeParse(c.req.query())
  if (!asked.success) {
    const [issue] = asked.error.issues
    const parameter = String(issue?.path[0] ?? '')
    return c.json({ error: { code: 'parameter', message: issue?.message ?? '', parameter } }, 400)
  }
  const { limit, cursor, q = '', ...filters } = asked.data
  const query = { q: q.trim(), ...filters }
  // One more than asked for tells whether there is a next page.
  const found = await listByCode(c.get('ctx').db, query, { after: cursor, limit: limit + 1, address: addressOf(c) })
  const data = found.slice(0, limit)
  return c.json({ data, next: found.length > limit ? data.at(-1)!.code : null })
})

api.get('/api/v1/innovations/:code', async (c) => {
  const code = c.req.param('code')
  const found = /^MI-\d{6}$/.test(code) ? await findForApi(c.get('ctx').db, code, addressOf(c)) : undefined
  if (!found) return c.json({ error: { code: 'not-found', message: 'No innovation has this code.' } }, 404)
  return c.json(found)
})

api.get('/api/v1/rounds', async (c) => {
  const rounds = await listRounds(c.get('ctx').db, { drafts: false })
  const data = rounds.map(
    ({ key, version, state, rules, extensions, demo }): ApiRound => ({
      key,
      version,
      state: state as ApiRound['state'],
      year: rules.year,
      name: { id: rules.name.id, en: rules.name.en },
      theme: rules.theme && { id: rules.theme.id, en: rules.theme.en },
      opens: new Date(rules.calendar.opens).toISOString(),
      closes: new Date(deadline(rules, extensions)).toISOString(),
      demo,
    }),
  )
  return c.json({ data })
})

api.all('/api/v1/*', (c) => c.json({ error: { code: 'not-found', message: 'There is nothing at this address.' } }, 404))
