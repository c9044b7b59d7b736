import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { findEntry, listPassed } from '#competition'
import { perform } from '#platform/action.ts'
import { linkTo } from '#platform/address.ts'
import { storeWhole } from '#platform/files.ts'
import { answer, type C, type Env, found, idParam, page, readForm } from '#platform/http.ts'
import { withinLimit } from '#platform/limit.ts'
import { type Problems, problemsOf } from '#platform/problems.ts'
import { paperHeaders } from '#platform/ui/paper.ts'
import { answerObjection, fileObjection, receiptCode, storedCode } from '../actions/objection.ts'
import { decideEntry } from '../actions/plenary.ts'
import { judgeObjection } from '../domain/objection.ts'
import { receiptForm } from '../forms/objection.ts'
import { FollowPage, ObjectPage } from '../pages/objecting.tsx'
import { ObjectionPage, ObjectionsPage } from '../pages/objection.tsx'
import { drawObjectionReceipt } from '../pages/objection-pdf.ts'
import { mayPanel } from '../permissions/panel.ts'
import { findByReceipt, findFinalist, listObjections, readObjection } from '../store/objection.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'
import { sendFile } from './file.ts'
import { panelRoundOf } from './gate.ts'

export const objections = new Hono<Env>()

type Again = { typed?: Record<string, unknown>; problems?: Problems; refusal?: keyof PanelWords }

async function objectPage(c: C, again: Again = {}) {
  const { db, actor } = c.get('ctx')
  const { round, finalist } = found(await findFinalist(db, actor, idParam(c, 'proposal')))
  return <ObjectPage view={c.get('view')} round={round} finalist={finalist} {...again} />
}

objections.get('/judging/entries/:proposal/objection', async (c) => page(c, await objectPage(c)))

objections.post('/judging/entries/:proposal/objection', async (c) => {
  const { form, ctx } = await readForm(c)
  const { db } = ctx
  const id = idParam(c, 'proposal')
  const { round } = found(await findFinalist(db, ctx.actor, id))
  if (!(await withinLimit(db, `objection:address:${c.get('address')}`, 5, 3600)))
    return page(c, await objectPage(c, { typed: form, refusal: 'tooMany' }), 429)
  const upload = (await c.req.parseBody()).file
  let file: string | null = null
  // Outside the window nothing is kept; the act below says why.
  if (upload instanceof File && upload.size > 0 && judgeObjection(round, c.get('view').now).ok) {
    const bytes = Buffer.from(await upload.arrayBuffer())
    const stored = await storeWhole(db, c.get('files'), null, upload.name, bytes, ['pdf', 'photo'])
    if ('refusal' in stored)
      return page(c, await objectPage(c, { typed: form, problems: { file: { code: stored.refusal } } }), 422)
    file = stored.id
  }
  const code = receiptCode(ctx.once)
  return answer(c, await perform(fileObjection(code), ctx, id, { ...form, file }), {
    onDone: ({ number }) => `/judging/objections?nomor=${number}&kode=${code}`,
    again: (problems, refusal) => objectPage(c, { typed: form, problems, refusal }),
  })
})

objections.get('/judging/objections', async (c) => {
  const [number, code] = [c.req.query('nomor'), c.req.query('kode')]
  if (!number || !code) return page(c, <FollowPage view={c.get('view')} />)
  return follow(c, { number, code })
})

/** The receipt on paper, for whoever has number and code; guessing is slowed as on the page. */
objections.get('/judging/objections/receipt.pdf', async (c) => {
  const typed = receiptForm.safeParse({ number: c.req.query('nomor'), code: c.req.query('kode') })
  if (!typed.success) throw new HTTPException(404)
  const { db } = c.get('ctx')
  if (!(await withinLimit(db, `objection:follow:${c.get('address')}`, 30, 3600))) throw new HTTPException(429)
  const { number, code } = typed.data
  const objection = found(await findByReceipt(db, number, storedCode(code)))
  const { lang, demo } = c.get('view')
  c.header('Referrer-Policy', 'no-referrer')
  const address = linkTo('/judging/objections')
  return c.body(await drawObjectionReceipt(objection, code, { lang, demo, address }), 200, paperHeaders(number))
})

objections.post('/judging/objections', async (c) => follow(c, (await readForm(c)).form))

/** Guessing is slowed: ten thousand million million codes, thirty tries an hour. */
async function follow(c: C, form: Record<string, unknown>) {
  const view = c.get('view')
  const typed = receiptForm.safeParse(form)
  if (!typed.success) return page(c, <FollowPage view={view} typed={form} problems={problemsOf(typed.error)} />, 422)
  const { db } = c.get('ctx')
  if (!(await withinLimit(db, `objection:follow:${c.get('address')}`, 30, 3600)))
    return page(c, <FollowPage view={view} typed={form} refusal="tooMany" />, 429)
  const { number, code } = typed.data
  const objection = await findByReceipt(db, number, storedCode(code))
  if (!objection) return page(c, <FollowPage view={view} typed={form} refusal="objection-not-found" />, 422)
  c.header('Referrer-Policy', 'no-referrer')
  return page(c, <FollowPage view={view} objection={objection} code={code} />)
}

objections.get('/judging/rounds/:round/objections', async (c) => {
  const round = await panelRoundOf(c)
  const { db, actor } = c.get('ctx')
  if (!mayPanel.answerObjection(actor)) throw new HTTPException(404)
  const titles = new Map((await listPassed(db, round.id)).map((entry) => [entry.id, entry.title]))
  const list = (await listObjections(db, round.id)).map((o) => ({ ...o, title: titles.get(o.proposal) ?? '' }))
  return page(c, <ObjectionsPage view={c.get('view')} round={round} objections={list} />)
})

async function objectionPage(c: C, again: Again = {}) {
  const { db, actor } = c.get('ctx')
  if (!actor.id) throw new HTTPException(401)
  const read = found(await readObjection(db, actor, idParam(c, 'objection')))
  const entry = found(await findEntry(db, read.objection.proposal))
  return <ObjectionPage view={c.get('view')} {...read} group={entry.group} {...again} />
}

objections.get('/judging/objections/:objection', async (c) => page(c, await objectionPage(c)))

objections.post('/judging/objections/:objection/answer', async (c) => {
  const { form, ctx } = await readForm(c)
  const id = idParam(c, 'objection')
  return answer(c, await perform(answerObjection, ctx, id, form), {
    onDone: `/judging/objections/${id}`,
    say: panelWords(c.get('view').lang).objectionAnswered,
    again: (problems, refusal) => objectionPage(c, { typed: form, problems, refusal }),
  })
})

objections.post('/judging/objections/:objection/decide', async (c) => {
  const { form, ctx } = await readForm(c)
  const id = idParam(c, 'objection')
  const { objection } = found(await readObjection(ctx.db, ctx.actor, id))
  return answer(c, await perform(decideEntry('finalists'), ctx, objection.proposal, form), {
    onDone: `/judging/objections/${id}`,
    say: panelWords(c.get('view').lang).decidedAgain,
    again: (problems, refusal) => objectionPage(c, { typed: form, problems, refusal }),
  })
})

objections.get('/judging/objections/:objection/file', async (c) => {
  const { db, actor } = c.get('ctx')
  const file = found((await readObjection(db, actor, idParam(c, 'objection')))?.objection.file)
  return sendFile(c, file, 'attachment')
})
