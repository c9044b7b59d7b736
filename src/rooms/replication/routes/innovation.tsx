import { Hono } from 'hono'
import { type Env, page } from '#platform/http.ts'
import { InnovationPage } from '../pages/innovation.tsx'
import { may } from '../permissions.ts'
import { runnersOf } from '../store/runner.ts'
import { knownParam } from './parts.ts'

export const routes = new Hono<Env>()

routes.get('/replication/innovations/:code', async (c) => {
  const { db, actor, clock } = c.get('ctx')
  const known = await knownParam(c)
  const runners = (await runnersOf(db, [known], clock.now())).get(known.code)!
  const publishes = may.publishPackage(actor, known)
  return page(c, <InnovationPage view={c.get('view')} known={known} runners={runners} publishes={publishes} />)
})
