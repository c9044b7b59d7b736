import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, page, pageNumber, readForm } from '#platform/http.ts'
import { fill } from '#platform/text.ts'
import { importWinners } from '../actions/register.ts'
import { planImport, registerId } from '../domain/register.ts'
import { readInnovationText } from '../forms/register.ts'
import { ImportPage, PreviewPage, RegisterPage } from '../pages/register.tsx'
import { may } from '../permissions.ts'
import { listKnownAwards, pageOfAwards } from '../store/winner.ts'
import { words } from '../text/index.ts'

export const register = new Hono<Env>()
const size = 50

/** The register's own pages are the secretariat's; what the public may read of it is the gallery. */
function keeperOnly(c: C) {
  const { actor } = c.get('ctx')
  if (!actor.id) throw new HTTPException(401)
  if (!may.importWinners(actor)) throw new HTTPException(403)
}

register.get('/competition/register', async (c) => {
  keeperOnly(c)
  const query = (c.req.query('q') ?? '').trim().slice(0, 200)
  const n = pageNumber(c)
  const list = await pageOfAwards(c.get('ctx').db, { words: query, offset: (n - 1) * size, limit: size })
  return page(c, <RegisterPage view={c.get('view')} {...list} page={n} size={size} query={query} />)
})

register.get('/competition/register/import', (c) => {
  keeperOnly(c)
  return page(c, <ImportPage view={c.get('view')} />)
})

register.post('/competition/register/import/preview', async (c) => {
  keeperOnly(c)
  const view = c.get('view')
  const body = await c.req.parseBody()
  const file = body.file instanceof File && body.file.size > 0 ? await body.file.text() : undefined
  const content = file ?? (typeof body.content === 'string' ? body.content : '')
  const { awards, problems } = readInnovationText(content)
  if (problems.length > 0) return page(c, <ImportPage view={view} content={content} problems={problems} />, 422)
  const plan = planImport(awards, await listKnownAwards(c.get('ctx').db))
  return page(c, <PreviewPage view={view} plan={plan} content={content} />)
})

register.post('/competition/register/import', async (c) => {
  keeperOnly(c)
  const { form, ctx } = await readForm(c)
  const outcome = await perform(importWinners, ctx, registerId, form)
  const view = c.get('view')
  const content = typeof form.content === 'string' ? form.content : ''
  const w = words(view.lang)
  const say = outcome.kind === 'done' ? { say: fill(w.registerDone, { n: outcome.change.fresh.length }) } : {}
  return answer(c, outcome, {
    onDone: '/competition/register',
    ...say,
    again: (_, refusal) => (
      <ImportPage
        view={view}
        content={content}
        problems={readInnovationText(content).problems}
        refusal={refusal === 'import-nothing-new' ? refusal : undefined}
      />
    ),
  })
})
