import { Hono } from 'hono'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, idParam, page, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { movePlace, setPlaces } from '../actions/places.ts'
import { counters } from '../domain/decision.ts'
import { placesOf } from '../domain/places.ts'
import { PlacesPage } from '../pages/places.tsx'
import { mayPanel } from '../permissions/panel.ts'
import { listDecisions } from '../store/decision.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'
import { panelRoundOf } from './gate.ts'

export const places = new Hono<Env>()

async function placesPage(
  c: C,
  again: { typed?: Record<string, unknown>; problems?: Problems; refusal?: keyof PanelWords } = {},
) {
  const { db, actor } = c.get('ctx')
  const round = await panelRoundOf(c)
  const decisions = await listDecisions(db, round.id, 'finalists')
  const cells = counters(placesOf(round.rules, round.places), decisions)
  return (
    <PlacesPage view={c.get('view')} round={round} counters={cells} maySet={mayPanel.setPlaces(actor)} {...again} />
  )
}

places.get('/judging/rounds/:round/places', async (c) => page(c, await placesPage(c)))

places.post('/judging/rounds/:round/places', async (c) => {
  const { form, ctx } = await readForm(c)
  const id = idParam(c, 'round')
  return answer(c, await perform(setPlaces, ctx, id, form), {
    onDone: `/judging/rounds/${id}/places`,
    say: panelWords(c.get('view').lang).placesSaved,
    again: (problems, refusal) => placesPage(c, { typed: form, problems, refusal }),
  })
})

places.post('/judging/rounds/:round/places/move', async (c) => {
  const { form, ctx } = await readForm(c)
  const id = idParam(c, 'round')
  return answer(c, await perform(movePlace, ctx, id, form), {
    onDone: `/judging/rounds/${id}/places`,
    say: panelWords(c.get('view').lang).moved,
    again: (problems, refusal) => placesPage(c, { typed: form, problems, refusal }),
  })
})
