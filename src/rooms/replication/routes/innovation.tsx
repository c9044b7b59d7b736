import { Hono } from 'hono'
import { type Env, page } from '#platform/http.ts'
import { sideBySide } from '../domain/effect.ts'
import { InnovationPage } from '../pages/innovation.tsx'
import { may } from '../permissions.ts'
import { adoptersElsewhere } from '../store/elsewhere.ts'
import { latestFigures } from '../store/figure.ts'
import { lineageOf } from '../store/lineage.ts'
import { runnersOf, servicesOf } from '../store/runner.ts'
import { knownParam } from './parts.ts'

export const routes = new Hono<Env>()

routes.get('/replication/innovations/:code', async (c) => {
  const { db, actor, clock } = c.get('ctx')
  const known = await knownParam(c)
  const runners = (await runnersOf(db, [known], clock.now())).get(known.code)!
  const tree = await lineageOf(db, known.code, clock.now())
  const effect = sideBySide(runners, await latestFigures(db, servicesOf(runners)))
  const name = known.publication?.package
  const far = name ? ((await adoptersElsewhere(db, [name])).get(name) ?? []) : []
  const shown = {
    view: c.get('view'),
    known,
    runners,
    effect,
    far,
    tree: tree!,
    publishes: may.publishPackage(actor, known),
  }
  return page(c, <InnovationPage {...shown} />)
})

routes.get('/replication/innovations/:code/lineage.json', async (c) => {
  const { db, clock } = c.get('ctx')
  const known = await knownParam(c)
  return c.json({
    innovation: known.code,
    at: clock.now().toISOString(),
    lineage: await lineageOf(db, known.code, clock.now()),
  })
})
