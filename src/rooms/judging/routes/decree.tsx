import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { storeWhole } from '#platform/files.ts'
import { answer, type C, type Env, found, idParam, page, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { recordDecree } from '../actions/decree.ts'
import { DecreePage } from '../pages/decree.tsx'
import { mayPanel } from '../permissions/panel.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'
import { sendFile } from './file.ts'
import { panelRoundOf, publicRoundOf } from './gate.ts'

export const decrees = new Hono<Env>()

async function decreePage(
  c: C,
  again: { typed?: Record<string, unknown>; problems?: Problems; refusal?: keyof PanelWords } = {},
) {
  const round = await panelRoundOf(c)
  if (!mayPanel.recordDecree(c.get('ctx').actor)) throw new HTTPException(404)
  return <DecreePage view={c.get('view')} round={round} {...again} />
}

decrees.get('/judging/rounds/:round/decree', async (c) => page(c, await decreePage(c)))

decrees.post('/judging/rounds/:round/decree', async (c) => {
  const { form, ctx } = await readForm(c)
  const id = idParam(c, 'round')
  if (!mayPanel.recordDecree(ctx.actor)) throw new HTTPException(403)
  const upload = (await c.req.parseBody()).file
  let file: string | null = null
  if (upload instanceof File && upload.size > 0) {
    const stored = await storeWhole(
      ctx.db,
      c.get('files'),
      ctx.actor.id,
      upload.name,
      Buffer.from(await upload.arrayBuffer()),
      ['pdf'],
    )
    if ('refusal' in stored)
      return page(c, await decreePage(c, { typed: form, problems: { file: { code: stored.refusal } } }), 422)
    file = stored.id
  }
  return answer(c, await perform(recordDecree, ctx, id, { ...form, file }), {
    onDone: `/judging/rounds/${id}/results`,
    say: panelWords(c.get('view').lang).decreeRecorded,
    again: (problems, refusal) => decreePage(c, { typed: form, problems, refusal }),
  })
})

decrees.get('/judging/rounds/:round/decree.pdf', async (c) => {
  const round = await publicRoundOf(c)
  const file = found(round.decree?.file)
  return sendFile(c, file, 'inline', `keputusan-${round.key}.pdf`)
})
