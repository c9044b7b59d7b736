import { Readable } from 'node:stream'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { findEntry, listRounds, questionsFor, readingCopy } from '#competition'
import { isEvaluator, isNational } from '#people'
import { perform } from '#platform/action.ts'
import { findFile, openFile } from '#platform/files.ts'
import { answer, type C, type Env, type Form, flash, found, idParam, page, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { formatTime } from '#platform/text.ts'
import { withdrawDeclaration } from '../actions/conflict.ts'
import * as actions from '../actions/sheet.ts'
import { stateOf } from '../domain/reading.ts'
import { RoundsPage } from '../pages/rounds.tsx'
import { SheetPage } from '../pages/sheet.tsx'
import { type Show, WorklistPage } from '../pages/worklist.tsx'
import { may } from '../permissions.ts'
import { listConflicts } from '../store/conflict.ts'
import { criteriaOf, findReading, readingOf } from '../store/reading.ts'
import { findOwnSheet, listWork, roundsOf } from '../store/sheet.ts'
import { words } from '../text/index.ts'

export const routes = new Hono<Env>()

routes.get('/judging', async (c) => {
  const { db, actor } = c.get('ctx')
  if (!actor.id) throw new HTTPException(401)
  if (!may.seeJudging(actor)) throw new HTTPException(404)
  if (!isEvaluator(actor) || (isNational(actor) && !c.req.query('round'))) return roundsPage(c)
  const ids = await roundsOf(db, actor.id)
  const rounds = (await listRounds(db, { drafts: false })).filter((round) => ids.includes(round.id))
  const round = rounds.find((each) => each.id === (c.req.query('round') ?? ids[0])) ?? rounds[0]
  const show = c.req.query('show')
  return page(
    c,
    <WorklistPage
      view={c.get('view')}
      round={round}
      reading={round && (await readingOf(db, round))}
      rounds={rounds}
      work={round ? await listWork(db, actor.id, round.id) : []}
      show={show === 'done' || show === 'all' ? (show satisfies Show) : 'todo'}
      criteriaOf={(work) => (round ? criteriaOf(round, work.group).length : 0)}
    />,
  )
})

async function roundsPage(c: C) {
  const { db, actor } = c.get('ctx')
  const rounds = await listRounds(db, { drafts: false })
  const states = await Promise.all(rounds.map(async (round) => ({ round, state: stateOf(await readingOf(db, round)) })))
  return page(c, <RoundsPage view={c.get('view')} rounds={states} mayRun={may.manageAssignment(actor)} />)
}

async function sheetPage(c: C, typed?: Form, problems: Problems = {}, refusal?: string) {
  const { db, actor } = c.get('ctx')
  const id = idParam(c, 'proposal')
  const sheet = found(isEvaluator(actor) ? await findOwnSheet(db, actor, id) : undefined)
  const { round, reading } = found(await findReading(db, sheet.round))
  const entry = found(await findEntry(db, id))
  const copy = found(await readingCopy(db, id))
  const work = await listWork(db, actor.id!, round.id)
  const declared = (await listConflicts(db, round.id, sheet.evaluator)).find(
    (each) => each.proposal === id && each.source === 'declared',
  )
  const at = work.findIndex((each) => each.proposal === id)
  return (
    <SheetPage
      view={c.get('view')}
      round={round}
      reading={reading}
      entry={entry}
      copy={copy}
      questions={questionsFor(round.rules, entry.group)}
      sheet={sheet}
      declared={declared}
      before={work[at - 1]?.proposal}
      after={work[at + 1]?.proposal}
      {...(typed && { typed })}
      problems={problems}
      refusal={refusal}
    />
  )
}

const place = '/judging/sheets/:proposal'
routes.get(place, async (c) => page(c, await sheetPage(c)))

/** The island's address: JSON in, the fate of each field out. */
routes.post(`${place}/save`, async (c) => {
  const raw: unknown = await c.req.json().catch(() => undefined)
  const saved = await actions.saveSheet(c.get('ctx'), idParam(c, 'proposal'), raw)
  const w = words(c.get('view').lang)
  const { lang, zone } = c.get('view')
  switch (saved.kind) {
    case 'done':
      return c.json({ fates: saved.fates, at: formatTime(saved.at, lang, zone, true) })
    case 'refused':
      return c.json({ refusal: saved.refusal, why: w[saved.refusal] }, 409)
    case 'invalid':
      return c.json({ problems: saved.problems, why: w['points-too-fine'] }, 422)
    case 'forbidden':
      throw new HTTPException(403)
    case 'not-found':
      throw new HTTPException(404)
  }
})

/** The plain form: the whole sheet at once, and finished when asked for. */
routes.post(place, async (c) => {
  const { form, ctx } = await readForm(c)
  const id = idParam(c, 'proposal')
  const w = words(c.get('view').lang)
  const keys = Object.keys(form).flatMap((name) => (name.startsWith('points-') ? [name.slice('points-'.length)] : []))
  const saved = await actions.saveSheet(ctx, id, {
    marks: keys.map((key) => ({
      criterion: key,
      points: form[`points-${key}`],
      comment: form[`comment-${key}`] ?? '',
      base: form[`base-${key}`],
    })),
    note: { text: form.note ?? '', share: form.share === 'ya', base: form['base-note'] },
  })
  if (saved.kind === 'not-found') throw new HTTPException(404)
  if (saved.kind === 'forbidden') throw new HTTPException(403)
  if (saved.kind === 'refused') return page(c, await sheetPage(c, form, {}, saved.refusal), 409)
  if (saved.kind === 'invalid') return page(c, await sheetPage(c, form, byField(saved.problems, keys)), 422)
  if (saved.fates.some((fate) => fate.fate === 'behind')) {
    flash(c, w.saidBehind)
    return c.redirect(`/judging/sheets/${id}`, 303)
  }
  if (form.act !== 'finish') {
    flash(c, w.saidSaved)
    return c.redirect(`/judging/sheets/${id}`, 303)
  }
  const { actor, db } = ctx
  const outcome = await perform(actions.finishSheet, ctx, id, {})
  const round = outcome.kind === 'done' ? (await findOwnSheet(db, actor, id))?.round : undefined
  const next = round && (await listWork(db, actor.id!, round)).find((work) => !work.finished)
  return answer(c, outcome, {
    onDone: next ? `/judging/sheets/${next.proposal}` : `/judging?round=${round}`,
    say: w.saidFinished,
    again: (problems, refusal) => sheetPage(c, undefined, problems, refusal),
  })
})

/** Problems of the list of marks, by the names of the fields on the page. */
function byField(problems: Problems, keys: readonly string[]): Problems {
  return Object.fromEntries(
    Object.entries(problems).map(([path, problem]) => {
      const at = /^marks\.(\d+)\.(\w+)$/.exec(path)
      return [at ? `${at[2]}-${keys[Number(at[1])]}` : path, problem]
    }),
  )
}

/** A file of the entry as handed in, for whoever reads it. Its bytes said what it is when it came in. */
routes.get(`${place}/evidence/:evidence`, async (c) => {
  const { db, actor } = c.get('ctx')
  const id = idParam(c, 'proposal')
  const sheet = found(isEvaluator(actor) ? await findOwnSheet(db, actor, id) : undefined)
  const { content } = found(sheet.ended ? undefined : await readingCopy(db, id))
  const wanted = idParam(c, 'evidence')
  const item = found(
    Object.values(content.evidence)
      .flat()
      .find((each) => each.id === wanted),
  )
  const file = found(item.file ? await findFile(db, item.file) : undefined)
  const stream = found(await openFile(c.get('files'), file.id))
  c.header('Content-Type', file.type)
  c.header('Content-Length', file.size)
  c.header('Content-Disposition', `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`)
  c.header('X-Content-Type-Options', 'nosniff')
  c.header('Content-Security-Policy', "default-src 'none'; sandbox")
  return c.body(Readable.toWeb(stream) as ReadableStream)
})

routes.post(`${place}/reopen`, async (c) => {
  const { ctx } = await readForm(c)
  const id = idParam(c, 'proposal')
  return answer(c, await perform(actions.reopenSheet, ctx, id, {}), {
    onDone: `/judging/sheets/${id}`,
    say: words(c.get('view').lang).saidReopened,
    again: (problems, refusal) => sheetPage(c, undefined, problems, refusal),
  })
})

routes.post(`${place}/conflict`, async (c) => {
  const { form, ctx } = await readForm(c)
  const id = idParam(c, 'proposal')
  return answer(c, await perform(actions.declareConflict, ctx, id, form), {
    onDone: '/judging',
    say: words(c.get('view').lang).saidConflict,
    again: (problems, refusal) => sheetPage(c, form, problems, refusal),
  })
})

routes.post(`${place}/conflict/withdraw`, async (c) => {
  const { form, ctx } = await readForm(c)
  const id = idParam(c, 'proposal')
  return answer(c, await perform(withdrawDeclaration, ctx, id, form), {
    onDone: `/judging/sheets/${id}`,
    say: words(c.get('view').lang).saidDeclarationWithdrawn,
    again: (problems, refusal) => sheetPage(c, form, problems, refusal),
  })
})
