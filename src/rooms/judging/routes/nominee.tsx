import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { questionsFor, readingCopy } from '#competition'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, found, idParam, page, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { removeNominee } from '../actions/nominee.ts'
import { plenaryOf } from '../domain/panel.ts'
import { NomineePage } from '../pages/nominee.tsx'
import { mayPanel } from '../permissions/panel.ts'
import { decisionsOn } from '../store/decision.ts'
import { readPanelEntry } from '../store/nominee.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'

export const nominee = new Hono<Env>()

async function nomineePage(
  c: C,
  again: { typed?: Record<string, unknown>; problems?: Problems; refusal?: keyof PanelWords } = {},
) {
  const { db, actor } = c.get('ctx')
  if (!actor.id) throw new HTTPException(401)
  if (!mayPanel.seePanel(actor)) throw new HTTPException(404)
  const { round, entry, nominee } = found(await readPanelEntry(db, actor, idParam(c, 'id')))
  const copy = found(await readingCopy(db, entry.id))
  return (
    <NomineePage
      view={c.get('view')}
      round={round}
      entry={entry}
      nominee={found(nominee)}
      content={copy.content}
      questions={questionsFor(round.rules, entry.group)}
      decisions={await decisionsOn(db, entry)}
      mayRemove={mayPanel.nominate(actor) && !nominee?.removed && !plenaryOf(round, 'finalists')}
      {...again}
    />
  )
}

nominee.get('/judging/entries/:id/nominee', async (c) => page(c, await nomineePage(c)))

nominee.post('/judging/entries/:id/nominee/remove', async (c) => {
  const { form, ctx } = await readForm(c)
  const id = idParam(c, 'id')
  return answer(c, await perform(removeNominee, ctx, id, form), {
    onDone: (change) => `/judging/rounds/${change.round}/nominees`,
    say: panelWords(c.get('view').lang).nomineeRemoved,
    again: (problems, refusal) => nomineePage(c, { typed: form, problems, refusal }),
  })
})
