import { Hono } from 'hono'
import { findRound } from '#competition'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, found, idParam, page, readForm } from '#platform/http.ts'
import { publishBundle } from '../actions/bundle.ts'
import { RecomputePage } from '../pages/bundle.tsx'
import { mayPanel } from '../permissions/panel.ts'
import { bundleText, findBundle } from '../store/bundle.ts'
import { readingOf } from '../store/reading.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'
import { publicRoundOf } from './gate.ts'

export const bundles = new Hono<Env>()

async function recomputePage(c: C, again: { refusal?: keyof PanelWords } = {}) {
  const { db, actor } = c.get('ctx')
  const round = await publicRoundOf(c)
  const stored = await findBundle(db, round.id)
  const reading = await readingOf(db, found(await findRound(db, round.id)))
  const bundle = stored && {
    hash: stored.hash.toString('hex'),
    resultHash: stored.resultHash.toString('hex'),
    at: stored.at,
  }
  return (
    <RecomputePage
      view={c.get('view')}
      round={round}
      bundle={bundle}
      ruleHash={reading.ruleHash?.toString('hex')}
      mayPublish={mayPanel.publishBundle(actor)}
      {...again}
    />
  )
}

bundles.get('/judging/rounds/:round/recompute', async (c) => page(c, await recomputePage(c)))

bundles.post('/judging/rounds/:round/recompute', async (c) => {
  const { form, ctx } = await readForm(c)
  const id = idParam(c, 'round')
  return answer(c, await perform(publishBundle(), ctx, id, form), {
    onDone: `/judging/rounds/${id}/recompute`,
    say: panelWords(c.get('view').lang).bundlePublished,
    again: (_, refusal) => recomputePage(c, { refusal }),
  })
})

bundles.get('/judging/rounds/:round/bundle.json', async (c) => {
  const round = await publicRoundOf(c)
  const text = found(await bundleText(c.get('ctx').db, round.id))
  c.header('Content-Type', 'application/json; charset=utf-8')
  return c.body(text)
})
