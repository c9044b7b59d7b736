import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { type Context, type Outcome, perform } from '#platform/action.ts'
import { addToUpload, beginUpload, type FileKind, findFile, findUpload, openFile, storeWhole } from '#platform/files.ts'
import { type C, type Env, flash, found, idParam, page, readForm } from '#platform/http.ts'
import { isId } from '#platform/ids.ts'
import { attachAgain, attachFile, attachLink, evidenceRuleOf, removeEvidence } from '../actions/evidence.ts'
import type { Held } from '../actions/proposal.ts'
import { statementKey } from '../domain/proposal.ts'
import { uploadForm } from '../forms.ts'
import { partsOf, proposalPath } from '../pages/proposal.tsx'
import { ReusePage } from '../pages/reuse.tsx'
import { may } from '../permissions.ts'
import { findEvidence, listReusable } from '../store/evidence.ts'
import { words } from '../text/index.ts'
import { heldParam, proposalPage } from './proposal.tsx'

export const evidence = new Hono<Env>()

function partOf({ proposal, round }: Held, question: string): string {
  const parts = partsOf(round.rules, proposal.group)
  return parts.find((each) => each.questions.some((q) => q.key === question))?.part ?? 'group'
}

/** Back to the question, or the proposal's page with what was wrong. */
async function afterwards<Change, Refusal extends string>(
  c: C,
  held: Held,
  question: string,
  outcome: Outcome<Change, Refusal>,
  say: string,
) {
  if (outcome.kind === 'not-found') throw new HTTPException(404)
  if (outcome.kind === 'forbidden') throw new HTTPException(403)
  if (outcome.kind === 'refused') return page(c, await proposalPage(c, held, outcome.refusal), 409)
  if (outcome.kind === 'invalid')
    return page(c, await proposalPage(c, held, Object.values(outcome.problems)[0]?.code), 422)
  flash(c, say)
  const path = proposalPath(held.proposal.id)
  const place = question === statementKey ? `${path}/origin` : `${path}/write/${partOf(held, question)}`
  return c.redirect(`${place}#evidence-${question}`, 303)
}

const kindsOf = (held: Held, question: string): FileKind[] =>
  (evidenceRuleOf(held, question)?.accept ?? []).filter((kind) => kind !== 'link')

/** A whole file in a plain form. */
evidence.post('/competition/proposals/:proposal/evidence', async (c) => {
  const held = await heldParam(c)
  const { db, actor } = c.get('ctx')
  if (!may.editProposal(actor, held.proposal)) throw new HTTPException(403)
  const body = await c.req.parseBody()
  const question = String(body.question ?? '')
  const file = body[`file-${question}`]
  const w = words(c.get('view').lang)
  if (!(file instanceof File) || file.size === 0) return page(c, await proposalPage(c, held, 'evidence-gone'), 422)
  const bytes = Buffer.from(await file.arrayBuffer())
  const stored = await storeWhole(db, c.get('files'), actor.id, file.name, bytes, kindsOf(held, question))
  if ('refusal' in stored) return page(c, await proposalPage(c, held, stored.refusal), 422)
  const once = typeof body.once === 'string' && isId(body.once) ? body.once : undefined
  const outcome = await attachStored({ ...c.get('ctx'), once }, held, stored.id, question)
  return afterwards(c, held, question, outcome, w.uploaded)
})

async function attachStored(ctx: Context, held: Held, file: string, question: string) {
  const action = found(await attachFile(ctx.db, file, ctx.actor.id))
  return perform(action, ctx, held.proposal.id, { question })
}

evidence.post('/competition/proposals/:proposal/evidence/link', async (c) => {
  const held = await heldParam(c)
  const { form, ctx } = await readForm(c)
  const outcome = await perform(attachLink, ctx, held.proposal.id, form)
  return afterwards(c, held, String(form.question), outcome, words(c.get('view').lang).uploaded)
})

evidence.get('/competition/proposals/:proposal/reuse/:question', async (c) => {
  const held = await heldParam(c)
  const { db, actor } = c.get('ctx')
  if (!may.editProposal(actor, held.proposal)) throw new HTTPException(403)
  const rule = found(evidenceRuleOf(held, c.req.param('question')))
  const items = (await listReusable(db, held.proposal)).filter((item) =>
    (rule.accept as readonly string[]).includes(item.kind),
  )
  return page(
    c,
    <ReusePage view={c.get('view')} proposal={held.proposal} question={c.req.param('question')} items={items} />,
  )
})

evidence.post('/competition/proposals/:proposal/evidence/reuse', async (c) => {
  const held = await heldParam(c)
  const { form, ctx } = await readForm(c)
  if (!may.editProposal(ctx.actor, held.proposal)) throw new HTTPException(403)
  const id = String(form.evidence)
  const action = found(isId(id) ? await attachAgain(ctx.db, held.proposal, id) : undefined)
  const outcome = await perform(action, ctx, held.proposal.id, form)
  return afterwards(c, held, String(form.question), outcome, words(c.get('view').lang).uploaded)
})

evidence.post('/competition/proposals/:proposal/evidence/:evidence/remove', async (c) => {
  const held = await heldParam(c)
  const { ctx } = await readForm(c)
  const outcome = await perform(removeEvidence(idParam(c, 'evidence')), ctx, held.proposal.id, {})
  const question = outcome.kind === 'done' ? outcome.change.question : ''
  return afterwards(c, held, question, outcome, words(c.get('view').lang).evidenceRemoved)
})

/** The file itself, for whoever may read the proposal. Its bytes said what it is when it came in. */
evidence.get('/competition/proposals/:proposal/evidence/:evidence', async (c) => {
  const { proposal } = await heldParam(c)
  const { db } = c.get('ctx')
  const item = found(await findEvidence(db, proposal, idParam(c, 'evidence')))
  const file = found(item.file ? await findFile(db, item.file) : undefined)
  const stream = found(await openFile(c.get('files'), file.id))
  c.header('Content-Type', file.type)
  c.header('Content-Length', file.size)
  c.header('Content-Disposition', `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`)
  c.header('X-Content-Type-Options', 'nosniff')
  return c.body(Readable.toWeb(stream) as ReadableStream)
})

/** Announce an upload that can be continued: answers with the address for its bytes. */
evidence.post('/competition/proposals/:proposal/uploads', async (c) => {
  const held = await heldParam(c)
  const { db, actor } = c.get('ctx')
  if (!may.editProposal(actor, held.proposal)) throw new HTTPException(403)
  const sent = uploadForm.safeParse(await c.req.json().catch(() => undefined))
  const rule = sent.success ? evidenceRuleOf(held, sent.data.question) : undefined
  if (!sent.success || !rule) return c.json({ kind: 'invalid' }, 422)
  if (sent.data.size > rule.maxMb * 1_048_576) return c.json({ kind: 'evidence-big' }, 422)
  const id = await beginUpload(db, actor.id, sent.data)
  const query = `?question=${encodeURIComponent(sent.data.question)}`
  return c.json({ href: `${proposalPath(held.proposal.id)}/uploads/${id}${query}` }, 201)
})

/** How far an upload has come. */
evidence.get('/competition/proposals/:proposal/uploads/:upload', async (c) => {
  const { db, actor } = c.get('ctx')
  const upload = found(await findUpload(db, idParam(c, 'upload'), actor.id))
  return c.json({ got: Number(upload.got), size: Number(upload.size), done: upload.done !== null })
})

/** The next bytes, from `offset`. With the last ones the file is looked at and becomes evidence. */
evidence.put('/competition/proposals/:proposal/uploads/:upload', async (c) => {
  const held = await heldParam(c)
  const { db, actor } = c.get('ctx')
  if (!may.editProposal(actor, held.proposal)) throw new HTTPException(403)
  const question = c.req.query('question') ?? ''
  const id = idParam(c, 'upload')
  const added = await addToUpload(db, c.get('files'), {
    id,
    owner: actor.id,
    offset: Number(c.req.query('offset') ?? 0),
    bytes: Buffer.from(await c.req.arrayBuffer()),
    accept: kindsOf(held, question),
  })
  if ('refusal' in added) return c.json({ kind: added.refusal, got: added.got }, 409)
  if (!added.done) return c.json({ got: added.got, done: false })
  // The upload's own id is the token: the last bytes sent twice attach the file once.
  const outcome = await attachStored({ ...c.get('ctx'), once: id }, held, id, question)
  if (outcome.kind === 'refused') return c.json({ kind: outcome.refusal }, 409)
  if (outcome.kind !== 'done') return c.json({ kind: outcome.kind }, 422)
  return c.json({ got: added.got, done: true })
})
