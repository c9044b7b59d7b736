import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { type Env, found, page } from '#platform/http.ts'
import { ruleChanges } from '../domain/difference.ts'
import { RoundVersionPage } from '../pages/round-version.tsx'
import { listVersions } from '../store/round-version.ts'
import { roundParam } from './round.tsx'

/** What held in a round and when: everybody may read it once the round is published. */
export const roundVersions = new Hono<Env>()

roundVersions.get('/competition/rounds/:round/versions/:version', async (c) => {
  const { db, actor } = c.get('ctx')
  const round = await roundParam(c)
  // The one version of a draft is not in force yet; its preview is another page.
  if (round.state === 'draft') throw new HTTPException(404)
  const versions = await listVersions(db, round.id)
  const numbered = (text: string | undefined) => versions.find(({ version }) => String(version) === text)
  const shown = found(numbered(c.req.param('version')))
  const asked = numbered(c.req.query('dengan'))
  const near = versions.find(({ version }) => version === (shown.version === 1 ? 2 : shown.version - 1))
  const other = (asked?.version === shown.version ? undefined : asked) ?? near
  const [before, after] = other && other.version < shown.version ? [other, shown] : [shown, other]
  return page(
    c,
    <RoundVersionPage
      view={c.get('view')}
      round={round}
      // The public reads that the secretariat did it; who there did it is for those who sign in.
      shown={{ ...shown, by: actor.id ? shown.by : null }}
      versions={versions}
      other={other?.version ?? null}
      changes={before && after ? ruleChanges(before.rules, after.rules) : []}
    />,
  )
})
