import { Hono } from 'hono'
import { listPassed } from '#competition'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, type Form, found, idParam, page, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { standingEntries } from '../actions/reading.ts'
import { issueWave, nextWaveOf } from '../actions/wave.ts'
import { standingOf } from '../domain/standing.ts'
import { OffsetPage, RankingPage } from '../pages/ranking.tsx'
import { WavesPage } from '../pages/waves.tsx'
import { may } from '../permissions.ts'
import { latestRanking } from '../store/ranking.ts'
import { findReading } from '../store/reading.ts'
import { sealedSheets } from '../store/sheet.ts'
import { words } from '../text/index.ts'
import { managed } from './rounds.tsx'

export const routes = new Hono<Env>()

/** Before release there is no ranking, for anybody. */
routes.get('/judging/rounds/:round/ranking', async (c) => {
  const { db, actor } = c.get('ctx')
  const { round, reading } = found(await findReading(db, idParam(c, 'round')))
  const ranking = found(may.seeRanking(actor, reading) ? await latestRanking(db, round.id) : undefined)
  return page(
    c,
    <RankingPage
      view={c.get('view')}
      round={round}
      ranking={ranking}
      entries={await listPassed(db, round.id)}
      cluster={c.req.query('cluster') ?? ''}
    />,
  )
})

/** The own offset, worked out anew and shown to nobody else: it is not in the kept ranking. */
routes.get('/judging/rounds/:round/offset', async (c) => {
  const { db, actor } = c.get('ctx')
  const { round, reading } = found(await findReading(db, idParam(c, 'round')))
  found(may.seeOwnOffset(actor, reading) ? true : undefined)
  const standing = standingOf(found(reading.rule), await standingEntries(db, round), await sealedSheets(db, round.id))
  const offset = standing.offsets.find((each) => each.evaluator === actor.id)
  return page(c, <OffsetPage view={c.get('view')} round={round} offset={offset} />)
})

async function wavesPage(c: C, typed: Form = {}, problems: Problems = {}, refusal?: string) {
  const held = await managed(c)
  const { next, issued } = await nextWaveOf(c.get('ctx').db, held)
  return (
    <WavesPage
      view={c.get('view')}
      round={held.round}
      reading={held.reading}
      issued={issued}
      next={next}
      typed={typed}
      problems={problems}
      refusal={refusal}
    />
  )
}

routes.get('/judging/rounds/:round/waves', async (c) => page(c, await wavesPage(c)))

routes.post('/judging/rounds/:round/waves', async (c) => {
  const { form, ctx } = await readForm(c)
  const id = idParam(c, 'round')
  return answer(c, await perform(issueWave, ctx, id, form), {
    onDone: `/judging/rounds/${id}/assignment`,
    say: words(c.get('view').lang).saidWave,
    again: (problems, refusal) => wavesPage(c, form, problems, refusal),
  })
})
