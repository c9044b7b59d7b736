import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { type C, type Env, found, page } from '#platform/http.ts'
import { isId } from '#platform/ids.ts'
import { csvLines, type ExportColumn } from '#platform/table-export.ts'
import { type Line, OverviewPage } from '../pages/overview.tsx'
import { may } from '../permissions.ts'
import { findHub, type Hub } from '../store/hub.ts'
import { listCopied } from '../store/innovation.ts'
import { runnersOf } from '../store/runner.ts'
import { signedIn } from './parts.ts'

export const routes = new Hono<Env>()

/** The hub that was asked for, and every runner in its area; without one, of the nation. */
async function lines(c: C): Promise<{ hub: Hub | null; rows: Line[] }> {
  const actor = signedIn(c)
  const { db, clock } = c.get('ctx')
  const asked = c.req.query('hub')
  if (asked !== undefined && !isId(asked)) throw new HTTPException(404)
  const hub = asked ? found(await findHub(db, actor, asked)) : null
  if (!may.seeOverview(actor, hub ?? { agency: null, coached: false })) throw new HTTPException(403)
  const known = await listCopied(db)
  const runners = await runnersOf(db, known, clock.now())
  const within = (region: string | null) =>
    hub === null || (region !== null && hub.areas.some((area) => region === area || region.startsWith(`${area}.`)))
  const rows = known.flatMap((one) => {
    const all = runners.get(one.code)!
    return all.filter(({ region }) => within(region)).map((runner) => ({ known: one, runner, all }))
  })
  return { hub, rows }
}

routes.get('/replication/overview', async (c) => {
  const { hub, rows } = await lines(c)
  return page(c, <OverviewPage view={c.get('view')} hub={hub} rows={rows} />)
})

const columns: ExportColumn<Line>[] = [
  { head: 'innovation', value: ({ known }) => known.code },
  { head: 'name', value: ({ known }) => known.name },
  { head: 'agency', value: ({ runner }) => runner.agencyName },
  { head: 'unit', value: ({ runner }) => runner.unitName },
  { head: 'owner', value: ({ runner }) => runner.owner },
  { head: 'expansion', value: ({ runner }) => runner.expansion },
  { head: 'state', value: ({ runner }) => runner.state },
  { head: 'version', value: ({ runner }) => runner.version },
  { head: 'stage', value: ({ runner }) => runner.heart?.stage ?? null },
  { head: 'since', value: ({ runner }) => runner.since },
  { head: 'installed', value: ({ runner }) => runner.heart?.reached.installed ?? null },
  { head: 'configured', value: ({ runner }) => runner.heart?.reached.configured ?? null },
  { head: 'first_case', value: ({ runner }) => runner.heart?.reached['first-case'] ?? null },
  { head: 'last_activity', value: ({ runner }) => runner.lastCase },
  { head: 'outcome', value: ({ runner }) => runner.heart?.reached.outcome ?? null },
  { head: 'asleep_since', value: ({ runner }) => runner.heart?.asleep ?? null },
  { head: 'answer', value: ({ runner }) => runner.question?.answer ?? null },
  { head: 'demo', value: ({ runner }) => runner.demo },
]

routes.get('/replication/overview.csv', async (c) => {
  const { rows } = await lines(c)
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', 'attachment; filename="replication.csv"')
  let text = ''
  for await (const part of csvLines(columns, [rows])) text += part
  return c.body(text)
})
