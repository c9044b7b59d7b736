import { Hono } from 'hono'
import { type C, type Env, sharedPage } from '#platform/http.ts'
import type { Finalist } from '../domain/decision.ts'
import { judgeObjection } from '../domain/objection.ts'
import { areFinalistsPublic, areResultsPublic, type PanelRound } from '../domain/panel.ts'
import { judgeRating } from '../domain/rating.ts'
import { FinalistsPage, ResultsPage } from '../pages/finalists.tsx'
import { ObjectionNotice } from '../pages/objecting.tsx'
import { listFinalists } from '../store/decision.ts'
import { galleryCodes } from '../store/gallery-code.ts'
import { objectionFigures } from '../store/objection.ts'
import { panelWords } from '../text/panel.ts'
import { csv } from './csv.ts'
import { publicRoundOf } from './gate.ts'

export const finalists = new Hono<Env>()

finalists.get('/judging/rounds/:round/finalists', async (c) => {
  const round = await publicRoundOf(c)
  const list = areFinalistsPublic(round) ? await listFinalists(c.get('ctx').db, round.id) : []
  const view = c.get('view')
  const figures = await objectionFigures(c.get('ctx').db, round.id)
  const notice = <ObjectionNotice view={view} round={round} figures={figures} />
  const mayObject = judgeObjection(round, view.now).ok
  return sharedPage(
    c,
    <FinalistsPage view={view} round={round} finalists={list} mayObject={mayObject} mayRate={judgeRating(round).ok}>
      {notice}
    </FinalistsPage>,
  )
})

finalists.get('/judging/rounds/:round/results', async (c) => {
  const round = await publicRoundOf(c)
  const { db } = c.get('ctx')
  const list = areResultsPublic(round) ? await listFinalists(db, round.id) : []
  const codes = areResultsPublic(round) ? await galleryCodes(db, round.id) : new Map<string, string>()
  return sharedPage(c, <ResultsPage view={c.get('view')} round={round} finalists={list} codes={codes} />)
})

finalists.get('/judging/rounds/:round/finalists.csv', async (c) => {
  const round = await publicRoundOf(c)
  if (!areFinalistsPublic(round)) return c.notFound()
  return table(c, round, 'finalists', await listFinalists(c.get('ctx').db, round.id), false)
})

finalists.get('/judging/rounds/:round/results.csv', async (c) => {
  const round = await publicRoundOf(c)
  if (!areResultsPublic(round)) return c.notFound()
  return table(c, round, 'results', await listFinalists(c.get('ctx').db, round.id), true)
})

function table(c: C, round: PanelRound, name: string, list: readonly Finalist[], withLevel: boolean) {
  const { lang } = c.get('view')
  const w = panelWords(lang)
  const label = (of: readonly { key: string; label: Record<'id' | 'en', string> }[], key: string | null) =>
    of.find((each) => each.key === key)?.label[lang] ?? ''
  const head = [w.number, w.proposal, w.agency, w.unit, w.region, w.cluster, w.groupLabel, w.category]
  const rows = list.map((f) => [
    f.number,
    f.title,
    f.agencyName,
    f.unitName,
    f.regionName,
    label(round.rules.clusters, f.cluster),
    label(round.rules.groups, f.group),
    label(round.rules.categories, f.category),
    ...(withLevel ? [label(round.rules.select.topLevels, f.level)] : []),
  ])
  return csv(c, `${name}-${round.key}`, [withLevel ? [...head, w.decision] : head, ...rows])
}
