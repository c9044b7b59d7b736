import { Hono } from 'hono'
import { listPassed } from '#competition'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, found, idParam, page, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { dealPanel, giveReading } from '../actions/panel-reading.ts'
import { type ReadingKind, readersPerEntry, readingKinds } from '../domain/panel-reading.ts'
import { ReadingsPage } from '../pages/panel-reading.tsx'
import { mayPanel } from '../permissions/panel.ts'
import { listReadings } from '../store/panel-reading.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'
import { panelRoundOf } from './gate.ts'
import { nomineePage } from './nominee.tsx'

export const panelReadings = new Hono<Env>()

const kindOf = (c: C): ReadingKind => found(readingKinds.find((kind) => kind === c.req.param('kind')))
type Again = { problems?: Problems; refusal?: keyof PanelWords }

async function readingsPage(c: C, again: Again = {}) {
  const { db, actor } = c.get('ctx')
  const kind = kindOf(c)
  const round = await panelRoundOf(c)
  const each = found(readersPerEntry(round, kind))
  const mayDeal = mayPanel.assignPanel(actor)
  const entries = await listPassed(db, round.id)
  const readings = await listReadings(db, round.id, kind)
  const byEntry = Map.groupBy(
    readings.filter((reading) => mayDeal || reading.member === actor.id),
    (reading) => reading.proposal,
  )
  const rows = entries
    .filter((entry) => byEntry.has(entry.id))
    .map(({ id, number, title, agencyName }) => {
      const own = byEntry.get(id)!
      const readers = own.map(({ memberName, done }) => ({ name: memberName, done: done !== null }))
      const mine = own.find((reading) => reading.member === actor.id)
      return { proposal: id, number, title, agencyName, readers, mine: Boolean(mine), done: Boolean(mine?.done) }
    })
  return (
    <ReadingsPage
      view={c.get('view')}
      round={round}
      kind={kind}
      rows={rows}
      each={each}
      mayDeal={mayDeal}
      mayDeclare={mayPanel.declareInterest(actor)}
      {...again}
    />
  )
}

panelReadings.get('/judging/rounds/:round/readings/:kind', async (c) => page(c, await readingsPage(c)))

panelReadings.post('/judging/rounds/:round/readings/:kind', async (c) => {
  const { form, ctx } = await readForm(c)
  const [id, kind] = [idParam(c, 'round'), kindOf(c)]
  return answer(c, await perform(dealPanel(kind), ctx, id, form), {
    onDone: `/judging/rounds/${id}/readings/${kind}`,
    say: panelWords(c.get('view').lang).dealt,
    again: (problems, refusal) => readingsPage(c, { problems, refusal }),
  })
})

panelReadings.post('/judging/entries/:proposal/reading/:kind', async (c) => {
  const { form, ctx } = await readForm(c)
  const [id, kind] = [idParam(c, 'proposal'), kindOf(c)]
  return answer(c, await perform(giveReading(kind), ctx, id, form), {
    onDone: `/judging/entries/${id}/nominee`,
    say: panelWords(c.get('view').lang).readingSaved,
    again: (problems, refusal) => nomineePage(c, { typed: form, problems, refusal, form: kind }),
  })
})
