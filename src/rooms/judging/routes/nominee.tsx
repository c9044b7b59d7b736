import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { readingCopy } from '#competition'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, found, idParam, page, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { removeNominee } from '../actions/nominee.ts'
import { plenaryOf } from '../domain/panel.ts'
import { judgeReading, type ReadingKind, readingKinds } from '../domain/panel-reading.ts'
import { NomineePage } from '../pages/nominee.tsx'
import { OwnReading } from '../pages/panel-reading.tsx'
import { mayPanel } from '../permissions/panel.ts'
import { decisionsOn } from '../store/decision.ts'
import { readPanelEntry } from '../store/nominee.ts'
import { ownReading } from '../store/panel-reading.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'
import { sendFile } from './file.ts'

export const nominee = new Hono<Env>()

/** `form`: which of the page's forms came back. */
export async function nomineePage(
  c: C,
  again: {
    typed?: Record<string, unknown>
    problems?: Problems
    refusal?: keyof PanelWords
    form?: ReadingKind
  } = {},
) {
  const { db, actor } = c.get('ctx')
  if (!actor.id) throw new HTTPException(401)
  if (!mayPanel.seePanel(actor)) throw new HTTPException(404)
  const { round, entry, nominee } = found(await readPanelEntry(db, actor, idParam(c, 'proposal')))
  const copy = found(await readingCopy(db, entry.id))
  const view = c.get('view')
  const own: preact.VNode[] = []
  for (const kind of readingKinds) {
    const reading = await ownReading(db, actor, entry.id, kind)
    if (!reading) continue
    const open = judgeReading(round, kind).ok
    const back = again.form === kind ? { typed: again.typed ?? {}, problems: again.problems } : {}
    own.push(<OwnReading key={kind} view={view} reading={reading} open={open} {...back} />)
  }
  return (
    <NomineePage
      now={own}
      view={view}
      round={round}
      entry={entry}
      nominee={found(nominee)}
      content={copy.content}
      decisions={await decisionsOn(db, entry)}
      mayRemove={mayPanel.nominate(actor) && !nominee?.removed && !plenaryOf(round, 'finalists')}
      {...again}
    />
  )
}

nominee.get('/judging/entries/:proposal/nominee', async (c) => page(c, await nomineePage(c)))

nominee.post('/judging/entries/:proposal/nominee/remove', async (c) => {
  const { form, ctx } = await readForm(c)
  const id = idParam(c, 'proposal')
  return answer(c, await perform(removeNominee, ctx, id, form), {
    onDone: (change) => `/judging/rounds/${change.round}/nominees`,
    say: panelWords(c.get('view').lang).nomineeRemoved,
    again: (problems, refusal) => nomineePage(c, { typed: form, problems, refusal }),
  })
})

/** A file of what was handed in, for whoever may read the nominee. */
nominee.get('/judging/entries/:proposal/nominee/evidence/:evidence', async (c) => {
  const { db, actor } = c.get('ctx')
  if (!actor.id) throw new HTTPException(401)
  const { entry, nominee } = found(await readPanelEntry(db, actor, idParam(c, 'proposal')))
  found(nominee)
  const { content } = found(await readingCopy(db, entry.id))
  const wanted = idParam(c, 'evidence')
  const item = Object.values(content.evidence)
    .flat()
    .find((each) => each.id === wanted)
  const file = found(item?.file)
  return sendFile(c, file, 'inline')
})
