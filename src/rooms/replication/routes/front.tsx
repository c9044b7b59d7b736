import { Hono } from 'hono'
import { type Env, page } from '#platform/http.ts'
import { FrontPage } from '../pages/front.tsx'
import { may } from '../permissions.ts'
import { listCopied, listKnown } from '../store/innovation.ts'
import { toldLines } from '../store/lineage.ts'
import { runnersOf } from '../store/runner.ts'
import { words } from '../text/index.ts'

export const routes = new Hono<Env>()

routes.get('/replication', async (c) => {
  const { db, clock, actor } = c.get('ctx')
  const known = await listCopied(db)
  const runners = await runnersOf(db, known, clock.now())
  const rows = known.map((one) => ({ known: one, runners: runners.get(one.code)! }))
  const w = words(c.get('view').lang)
  const links = [
    ...(may.seeOwn(actor) ? [{ href: '/replication/processes', label: w.overviewOwn }] : []),
    ...(may.seeOverview(actor, { agency: null, coached: false })
      ? [{ href: '/replication/overview', label: w.overviewTitle }]
      : []),
    { href: '/replication/hubs', label: w.hubsTitle },
    { href: '/replication/certificates', label: w.overviewCheck },
  ]
  const told = await listKnown(db, await toldLines(db))
  return page(c, <FrontPage view={c.get('view')} rows={rows} told={told} links={links} />)
})
