import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { findFile, storeWhole } from '#platform/files.ts'
import { answer, type C, type Env, fileAnswer, found, idParam, page, readForm } from '#platform/http.ts'
import { withinLimit } from '#platform/limit.ts'
import { type Problems, problemsOf } from '#platform/problems.ts'
import { fileObjection, ownStep, receiptCode, stepObjection, storedCode } from '../actions/objection.ts'
import { filingOf, mayFile, takeStep } from '../domain/objection.ts'
import { receiptForm } from '../forms.ts'
import { ObjectPage } from '../pages/objection/filing.tsx'
import { ObjectionsPage } from '../pages/objection/list.tsx'
import { ObjectionPage } from '../pages/objection/office.tsx'
import { FollowObjectionPage } from '../pages/objection/receipt.tsx'
import { may } from '../permissions.ts'
import { findByReceipt, findFiling, listObjections, readObjection } from '../store/objection.ts'
import { words } from '../text/index.ts'
import { signedIn } from './parts.ts'

export const routes = new Hono<Env>()

type Again = { typed?: Record<string, string | string[]>; problems?: Problems; refusal?: string | undefined }

async function filingParam(c: C) {
  const { db, actor } = c.get('ctx')
  return found(await findFiling(db, actor, idParam(c, 'election')))
}

routes.get('/voting/elections/:election/objections', async (c) => {
  const { db, actor, clock } = c.get('ctx')
  const { election, opens } = await filingParam(c)
  const judged = mayFile(opens, filingOf(election), clock.now())
  return page(
    c,
    <ObjectionsPage
      view={c.get('view')}
      election={election}
      objections={await listObjections(db, election.id)}
      office={may.seeOffice(actor, election)}
      closed={judged.ok ? undefined : judged.refusal}
    />,
  )
})

async function objectPage(c: C, again: Again = {}) {
  const { election, places } = await filingParam(c)
  return <ObjectPage view={c.get('view')} election={election} places={places} {...again} />
}

routes.get('/voting/elections/:election/objections/new', async (c) => page(c, await objectPage(c)))

routes.post('/voting/elections/:election/objections/new', async (c) => {
  const { form, ctx } = await readForm(c)
  const { db, clock } = ctx
  const { election, opens } = await filingParam(c)
  if (!(await withinLimit(db, `voting:objection:${c.get('address')}`, 10, 3600)))
    return page(c, await objectPage(c, { typed: form, refusal: 'objection-too-many' }), 429)
  const upload = (await c.req.parseBody()).file
  let file: string | null = null
  // Outside its time nothing is kept; the act below says why.
  const open = mayFile(opens, filingOf(election), clock.now()).ok
  if (upload instanceof File && upload.size > 0 && open) {
    const bytes = Buffer.from(await upload.arrayBuffer())
    const stored = await storeWhole(db, c.get('files'), null, upload.name, bytes, ['pdf', 'photo'])
    if ('refusal' in stored)
      return page(c, await objectPage(c, { typed: form, problems: { file: { code: stored.refusal } } }), 422)
    file = stored.id
  }
  const code = receiptCode(ctx.once)
  const outcome = await perform(fileObjection(code, file), ctx, election.id, form)
  if (outcome.kind === 'done') {
    c.header('Referrer-Policy', 'no-referrer')
    return followed(c, code, true)
  }
  return answer(c, outcome, {
    onDone: '/voting/objections',
    again: (problems, refusal) => objectPage(c, { typed: form, problems, refusal }),
  })
})

async function followed(c: C, code: string, fresh = false, again: Again = {}, status: 200 | 409 | 422 = 200) {
  const view = c.get('view')
  const objection = await findByReceipt(c.get('ctx').db, storedCode(code))
  if (!objection)
    return page(c, <FollowObjectionPage view={view} typed={{ code }} refusal="objection-not-found" />, 422)
  c.header('Referrer-Policy', 'no-referrer')
  return page(c, <FollowObjectionPage view={view} objection={objection} code={code} fresh={fresh} {...again} />, status)
}

routes.get('/voting/objections', (c) => page(c, <FollowObjectionPage view={c.get('view')} />))

/** Guessing is slowed: 31^16 codes, thirty tries an hour. */
const mayGuess = (c: C) => withinLimit(c.get('ctx').db, `voting:objection:follow:${c.get('address')}`, 30, 3600)

routes.post('/voting/objections', async (c) => {
  const { form } = await readForm(c)
  const view = c.get('view')
  const typed = receiptForm.safeParse(form)
  if (!typed.success)
    return page(c, <FollowObjectionPage view={view} typed={form} problems={problemsOf(typed.error)} />, 422)
  if (!(await mayGuess(c)))
    return page(c, <FollowObjectionPage view={view} typed={form} refusal="objection-too-many" />, 429)
  return followed(c, typed.data.code)
})

routes.post('/voting/objections/own', async (c) => {
  const { form, ctx } = await readForm(c)
  const typed = receiptForm.safeParse(form)
  const view = c.get('view')
  if (!typed.success)
    return page(c, <FollowObjectionPage view={view} typed={form} problems={problemsOf(typed.error)} />, 422)
  if (!(await mayGuess(c)))
    return page(c, <FollowObjectionPage view={view} typed={form} refusal="objection-too-many" />, 429)
  const { code } = typed.data
  const known = await findByReceipt(ctx.db, storedCode(code))
  if (!known) return followed(c, code)
  const outcome = await perform(ownStep(code), ctx, known.id, form)
  if (outcome.kind === 'invalid') return followed(c, code, false, { typed: form, problems: outcome.problems }, 422)
  if (outcome.kind === 'refused') return followed(c, code, false, { refusal: outcome.refusal }, 409)
  return followed(c, code)
})

const stepsOpen = ['mediation', 'answer', 'decision'] as const

async function objectionPage(c: C, again: Again = {}) {
  const { db } = c.get('ctx')
  const actor = signedIn(c)
  const { objection, election } = found(await readObjection(db, actor, idParam(c, 'objection')))
  const kinds = stepsOpen.filter((kind) => {
    const own = kind === 'decision' ? may.decideObjection(actor, election) : may.answerObjection(actor, election)
    const outcome = kind === 'mediation' ? 'agreed' : 'upheld'
    return own && takeStep(objection.state, kind, outcome).ok
  })
  return <ObjectionPage view={c.get('view')} election={election} objection={objection} kinds={kinds} {...again} />
}

routes.get('/voting/objections/:objection', async (c) => page(c, await objectionPage(c)))

routes.post('/voting/objections/:objection', async (c) => {
  signedIn(c)
  const { form, ctx } = await readForm(c)
  const id = idParam(c, 'objection')
  return answer(c, await perform(stepObjection, ctx, id, form), {
    onDone: `/voting/objections/${id}`,
    say: words(c.get('view').lang).stepSaved,
    again: (problems, refusal) => objectionPage(c, { typed: form, problems, refusal }),
  })
})

routes.get('/voting/objections/:objection/evidence', async (c) => {
  const { db } = c.get('ctx')
  const { objection } = found(await readObjection(db, signedIn(c), idParam(c, 'objection')))
  const file = objection.evidence === null ? undefined : await findFile(db, objection.evidence)
  if (!file) throw new HTTPException(404)
  return fileAnswer(c, file, { download: true })
})
