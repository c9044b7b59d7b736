import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { isNational } from '#people'
import { type Context, perform, performAll } from '#platform/action.ts'
import {
  answer,
  type C,
  type Env,
  flash,
  found,
  idParam,
  page,
  pageNumber,
  readForm,
  sharedPage,
} from '#platform/http.ts'
import { isId } from '#platform/ids.ts'
import type { Problems } from '#platform/problems.ts'
import { changeAdmission, passWithoutFindings, readForAdmission } from '../actions/admission.ts'
import { winnersLike } from '../actions/examination.ts'
import { examineRound } from '../actions/examine-round.ts'
import { standingOf } from '../domain/admission-decision.ts'
import { QueuePage, type QueuePageProps, type QueueQuery } from '../pages/admission.tsx'
import { AdmissionEntryPage, type EntryPageProps } from '../pages/admission-entry.tsx'
import { AdmittedPage } from '../pages/admitted.tsx'
import * as admission from '../store/admission.ts'
import * as queue from '../store/admission-queue.ts'
import { listLikenesses, listOthers } from '../store/duplicate.ts'
import { findRound } from '../store/round.ts'
import { admissionWords } from '../text/admission.ts'

export const admissions = new Hono<Env>()
const size = 50
/** As many as one bulk act takes; the rest waits for the next press of the button. */
const atOnce = 500

/** The round, for the secretariat alone: for others its queue does not exist, and who is signed out is asked to sign in. */
async function ownRound(c: C) {
  const { db, actor } = c.get('ctx')
  if (!actor.id) throw new HTTPException(401)
  if (!isNational(actor)) throw new HTTPException(404)
  return found(await findRound(db, idParam(c, 'round')))
}

const one = <const T extends string>(value: string | undefined, of: readonly T[]): T | undefined =>
  of.find((each) => each === value)
/** A typed search as a pattern's inside: its own wildcards stand for themselves. */
const literally = (text: string) => text.replace(/[\\%_]/g, '\\$&')

function queryOf(c: C): QueueQuery {
  const get = (name: string) => (c.req.query(name) ?? '').trim().slice(0, 100)
  return {
    standing: get('standing'),
    severity: get('severity'),
    rule: get('rule'),
    cluster: get('cluster'),
    province: get('province'),
    group: get('group'),
    q: get('q'),
    sort: get('sort') || 'findings',
  }
}

async function queuePage(c: C, report?: QueuePageProps['report']) {
  const round = await ownRound(c)
  const { db } = c.get('ctx')
  const query = queryOf(c)
  const cluster = round.rules.clusters.find(({ key }) => key === query.cluster)
  const filter: queue.QueueFilter = {
    standing: one(query.standing, queue.queueStandings),
    severity: one(query.severity, ['fail', 'warning', 'hint', 'none', 'unexamined']),
    rule: query.rule || undefined,
    kinds: cluster?.agencyKinds,
    province: /^\d\d$/.test(query.province) ? query.province : undefined,
    group: query.group || undefined,
    text: query.q ? literally(query.q) : undefined,
    sort: one(query.sort, queue.queueSorts) ?? 'findings',
  }
  const at = { page: pageNumber(c), size }
  const [list, counts, provinces, stage] = await Promise.all([
    queue.listQueue(db, round.id, filter, at),
    queue.countQueue(db, round.id),
    queue.listProvinces(db, round.id),
    admission.admissionTime(db, round.id),
  ])
  const props = { round, stage, query, counts, provinces, items: list.rows, total: list.total, ...at }
  return <QueuePage view={c.get('view')} {...props} report={report} />
}

admissions.get('/competition/rounds/:round/admission', async (c) => page(c, await queuePage(c)))

/** Pass these entries, and show the queue again with what became of each. */
async function passAll(c: C, ids: readonly string[], context: Context) {
  const before = await admission.titlesOf(context.db, ids)
  const report = await performAll(
    passWithoutFindings,
    context,
    ids.map((id) => ({ id, raw: {} })),
  )
  const named = report.map((item) => ({ ...item, ...(before.has(item.id) && { title: before.get(item.id)! }) }))
  return page(c, await queuePage(c, named))
}

admissions.post('/competition/rounds/:round/admission/pass', async (c) => {
  await ownRound(c)
  const { form, ctx } = await readForm(c)
  const chosen = Array.isArray(form.entry) ? form.entry.filter(isId).slice(0, atOnce) : []
  return passAll(c, [...new Set(chosen)], ctx)
})

admissions.post('/competition/rounds/:round/admission/pass-clean', async (c) => {
  const round = await ownRound(c)
  const { ctx } = await readForm(c)
  return passAll(c, await queue.listClean(ctx.db, round.id, atOnce), ctx)
})

admissions.post('/competition/rounds/:round/admission/examine', async (c) => {
  const round = await ownRound(c)
  const { ctx } = await readForm(c)
  const outcome = await perform(examineRound, ctx, round.id, {})
  return answer(c, outcome, {
    onDone: `/competition/rounds/${round.id}/admission`,
    say: admissionWords(c.get('view').lang).examineAgainDone,
    again: () => queuePage(c),
  })
})

async function entryPage(c: C, again: Pick<EntryPageProps, 'typed' | 'problems' | 'refusal'> = {}) {
  const round = await ownRound(c)
  const { db, actor } = c.get('ctx')
  const entry = found(await admission.findForAdmission(db, actor, idParam(c, 'proposal')))
  if (entry.round.id !== round.id) throw new HTTPException(404)
  const likenesses = await listLikenesses(db, [entry.id])
  const others = await listOthers(
    db,
    likenesses.map(({ other }) => other),
  )
  const winners = (await winnersLike(db, round, [entry])).get(entry.id) ?? []
  const standing = standingOf(entry.readings)
  const mine = entry.readings.at(-1)?.by === actor.id
  const open = entry.stage === 'open' && entry.state === 'submitted'
  const mayNow =
    standing === 'passed' || standing === 'failed'
      ? mine || entry.stage === 'none' || entry.stage === 'not-yet'
        ? 'nothing'
        : 'change'
      : !open
        ? 'nothing'
        : standing === 'unread'
          ? 'read'
          : mine
            ? 'wait'
            : 'read-second'
  const alike = likenesses.flatMap(({ other, title, text }) => {
    const known = others.get(other)
    return known && known.state !== 'withdrawn' ? [{ ...known, titleLikeness: title, textLikeness: text }] : []
  })
  const next = await queue.nextToRead(db, round.id, actor.id!, entry.id)
  const { readings, examination } = entry
  const props = { round, entry, standing, mayNow, readings, examination, winners, alike, next, ...again } as const
  return <AdmissionEntryPage view={c.get('view')} {...props} />
}

admissions.get('/competition/rounds/:round/admission/:proposal', async (c) => page(c, await entryPage(c)))

for (const [ending, action] of [
  ['', readForAdmission],
  ['/change', changeAdmission],
] as const)
  admissions.post(`/competition/rounds/:round/admission/:proposal${ending}`, async (c) => {
    await ownRound(c)
    const { form, ctx } = await readForm(c)
    const id = idParam(c, 'proposal')
    const w = admissionWords(c.get('view').lang)
    const outcome = await perform(action, ctx, id, form)
    if (outcome.kind === 'done') {
      const said = { passed: w.readingSavedPass, failed: w.readingSavedFail, waits: w.readingSavedWait }
      flash(c, ending ? w.changeSaved : said[outcome.change.outcome ?? 'waits'])
    }
    return answer(c, outcome, {
      onDone: `/competition/rounds/${c.req.param('round')}/admission/${id}`,
      again: (problems: Problems, refusal?: string) =>
        entryPage(c, { typed: form, problems, ...(refusal && { refusal }) }),
    })
  })

/** The published list, for everybody, once the stage is closed. */
admissions.get('/competition/rounds/:round/admitted', async (c) => {
  const { db } = c.get('ctx')
  const round = found(await findRound(db, idParam(c, 'round')))
  if (round.state === 'draft' || (await admission.admissionTime(db, round.id)) !== 'over') throw new HTTPException(404)
  const q = (c.req.query('q') ?? '').trim().slice(0, 100)
  const at = { page: pageNumber(c), size: 100 }
  const list = await queue.listAdmitted(db, round.id, { text: q ? literally(q) : undefined }, at)
  return sharedPage(c, <AdmittedPage view={c.get('view')} round={round} {...list} {...at} q={q} />)
})
