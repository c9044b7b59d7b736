import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, found, idParam, page, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import {
  closeInterviews,
  confirmInterview,
  giveInterviewScore,
  inviteFinalists,
  moveInterview,
  scheduleInterviews,
} from '../actions/interview.ts'
import { interviewScore } from '../domain/interview.ts'
import { InterviewPage, InterviewsPage } from '../pages/interview.tsx'
import { mayPanel } from '../permissions/panel.ts'
import { listFinalists } from '../store/decision.ts'
import { countUnfinished, listInterviews, listOpenSheets, listSittings, readInterview } from '../store/interview.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'
import { panelRoundOf } from './gate.ts'

export const interviews = new Hono<Env>()

type Again = { typed?: Record<string, unknown>; problems?: Problems; refusal?: keyof PanelWords }

async function interviewsPage(c: C, again: Again = {}) {
  const { db, actor } = c.get('ctx')
  const round = await panelRoundOf(c)
  found(round.rules.interview)
  const titles = new Map((await listFinalists(db, round.id)).map((f) => [f.id, f]))
  const sittings = await listSittings(db, round.id)
  const sheets = await listOpenSheets(db, round.id)
  const rows = (await listInterviews(db, round.id)).map((interview) => ({
    ...interview,
    title: titles.get(interview.proposal)?.title ?? '',
    agencyName: titles.get(interview.proposal)?.agencyName ?? '',
    members: sittings.filter((s) => s.proposal === interview.proposal).map((s) => s.memberName),
    mean: interview.closed ? (interviewScore(round.rules, interview.proposal, sheets).mean ?? null) : undefined,
  }))
  return (
    <InterviewsPage
      view={c.get('view')}
      round={round}
      rows={rows}
      unfinished={await countUnfinished(db, round.id)}
      mayPlan={mayPanel.planInterviews(actor)}
      {...again}
    />
  )
}

interviews.get('/judging/rounds/:round/interviews', async (c) => page(c, await interviewsPage(c)))

for (const [path, action, say] of [
  ['', scheduleInterviews, 'planned'],
  ['/invite', inviteFinalists, 'invited'],
  ['/close', closeInterviews, 'interviewsClosedNow'],
] as const)
  interviews.post(`/judging/rounds/:round/interviews${path}`, async (c) => {
    const { form, ctx } = await readForm(c)
    const id = idParam(c, 'round')
    const outcome = await perform(action as typeof scheduleInterviews, ctx, id, form)
    return answer(c, outcome, {
      onDone: `/judging/rounds/${id}/interviews`,
      say: panelWords(c.get('view').lang)[say],
      again: (problems, refusal) => interviewsPage(c, { typed: form, problems, refusal }),
    })
  })

async function interviewPage(c: C, again: Again & { form?: 'sheet' | 'move' | 'confirm' } = {}) {
  const { db, actor } = c.get('ctx')
  if (!actor.id) throw new HTTPException(401)
  const { unit, members, ...read } = found(await readInterview(db, actor, idParam(c, 'proposal')))
  const { agency, closed } = read.interview
  const panel = mayPanel.seePanel(actor)
  const sheets = panel && closed ? await listOpenSheets(db, read.round.id) : []
  return (
    <InterviewPage
      view={c.get('view')}
      {...read}
      members={panel ? members : []}
      sheets={sheets.filter((sheet) => sheet.proposal === read.finalist.id)}
      mayConfirm={mayPanel.confirmInterview(actor, { agency, unit })}
      mayMove={mayPanel.planInterviews(actor)}
      {...again}
    />
  )
}

interviews.get('/judging/entries/:proposal/interview', async (c) => page(c, await interviewPage(c)))

interviews.post('/judging/entries/:proposal/interview/confirm', async (c) => {
  const { form, ctx } = await readForm(c)
  const id = idParam(c, 'proposal')
  return answer(c, await perform(confirmInterview, ctx, id, form), {
    onDone: `/judging/entries/${id}/interview`,
    say: panelWords(c.get('view').lang).confirmedNow,
    again: (problems, refusal) => interviewPage(c, { typed: form, problems, refusal, form: 'confirm' }),
  })
})

interviews.post('/judging/entries/:proposal/interview/move', async (c) => {
  const { form, ctx } = await readForm(c)
  const id = idParam(c, 'proposal')
  return answer(c, await perform(moveInterview, ctx, id, form), {
    onDone: `/judging/entries/${id}/interview`,
    say: panelWords(c.get('view').lang).interviewMoved,
    again: (problems, refusal) => interviewPage(c, { typed: form, problems, refusal, form: 'move' }),
  })
})

interviews.post('/judging/entries/:proposal/interview/sheet', async (c) => {
  const { form, ctx } = await readForm(c)
  const id = idParam(c, 'proposal')
  const { round } = found(await readInterview(ctx.db, ctx.actor, id))
  const criteria = (round.rules.interview?.sheet ?? []).map((criterion) => criterion.key)
  return answer(c, await perform(giveInterviewScore(criteria), ctx, id, form), {
    onDone: `/judging/entries/${id}/interview`,
    say: panelWords(c.get('view').lang).sheetSaved,
    again: (problems, refusal) => interviewPage(c, { typed: form, problems, refusal, form: 'sheet' }),
  })
})
