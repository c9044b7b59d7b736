import { Hono } from 'hono'
import { type Env, page } from '#platform/http.ts'
import { FrontPage } from '../pages/front.tsx'
import { listCopied } from '../store/innovation.ts'
import { runnersOf } from '../store/runner.ts'

export const routes = new Hono<Env>()

routes.get('/replication', async (c) => {
  const { db, clock } = c.get('ctx')
  const known = await listCopied(db)
  const runners = await runnersOf(db, known, clock.now())
  const rows = known.map((one) => ({ known: one, runners: runners.get(one.code)! }))
  return page(c, <FrontPage view={c.get('view')} rows={rows} links={[]} />)
})
