import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { storeWhole } from '#platform/files.ts'
import { answer, type C, type Env, idParam, page, readForm } from '#platform/http.ts'
import { isId } from '#platform/ids.ts'
import type { Problem, Problems } from '#platform/problems.ts'
import { recordFinding } from '../actions/verification.ts'
import { hasStage } from '../domain/panel.ts'
import { mostPhotos } from '../domain/verification.ts'
import { FindingsPage } from '../pages/verification.tsx'
import { mayPanel } from '../permissions/panel.ts'
import { listFinalists } from '../store/decision.ts'
import { listMembers } from '../store/member.ts'
import { findPhoto, listFindings, listVisitors } from '../store/verification.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'
import { sendFile } from './file.ts'
import { panelRoundOf } from './gate.ts'

export const verifications = new Hono<Env>()

async function findingsPage(
  c: C,
  again: { typed?: Record<string, unknown>; problems?: Problems; refusal?: keyof PanelWords } = {},
) {
  const { db, actor } = c.get('ctx')
  const round = await panelRoundOf(c)
  if (!hasStage(round.rules, 'field-verification')) throw new HTTPException(404)
  return (
    <FindingsPage
      view={c.get('view')}
      round={round}
      findings={await listFindings(db, round.id)}
      finalists={await listFinalists(db, round.id)}
      members={await listMembers(db)}
      evaluators={await listVisitors(db, round.id)}
      mayRecord={mayPanel.recordFinding(actor)}
      {...again}
    />
  )
}

verifications.get('/judging/rounds/:round/findings', async (c) => page(c, await findingsPage(c)))

verifications.post('/judging/rounds/:round/findings', async (c) => {
  const { form, ctx } = await readForm(c)
  const id = idParam(c, 'round')
  if (!mayPanel.recordFinding(ctx.actor)) throw new HTTPException(403)
  const entry = typeof form.entry === 'string' && isId(form.entry) ? form.entry : undefined
  if (!entry) return page(c, await findingsPage(c, { typed: form, problems: { entry: { code: 'choose' } } }), 422)
  const uploads = [(await c.req.parseBody({ all: true })).photo ?? []]
    .flat()
    .filter((upload): upload is File => upload instanceof File && upload.size > 0)
  const bad = (problem: Problem) => findingsPage(c, { typed: form, problems: { photo: problem } })
  if (uploads.length > mostPhotos) return page(c, await bad({ code: 'photos-too-many', limit: mostPhotos }), 422)
  const photos: string[] = []
  for (const upload of uploads) {
    const bytes = Buffer.from(await upload.arrayBuffer())
    const stored = await storeWhole(ctx.db, c.get('files'), ctx.actor.id, upload.name, bytes, ['photo'])
    if ('refusal' in stored) return page(c, await bad({ code: stored.refusal }), 422)
    photos.push(stored.id)
  }
  return answer(c, await perform(recordFinding, ctx, entry, { ...form, photos }), {
    onDone: `/judging/rounds/${id}/findings`,
    say: panelWords(c.get('view').lang).findingRecorded,
    again: (problems, refusal) => findingsPage(c, { typed: form, problems, refusal }),
  })
})

verifications.get('/judging/findings/:finding/photos/:photo', async (c) => {
  const { db, actor } = c.get('ctx')
  const [finding, photo] = [idParam(c, 'finding'), idParam(c, 'photo')]
  if (!mayPanel.seePanel(actor) || !(await findPhoto(db, finding, photo))) throw new HTTPException(404)
  return sendFile(c, photo, 'inline')
})
