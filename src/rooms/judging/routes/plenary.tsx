import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { type ItemOutcome, perform, performAll } from '#platform/action.ts'
import { answer, type C, type Env, type Form, flash, found, idParam, page, readForm } from '#platform/http.ts'
import { isId } from '#platform/ids.ts'
import { fill } from '#platform/text.ts'
import { announceFinalists, closePlenary, decideEntry, openPlenary } from '../actions/plenary.ts'
import { counters, vacancyIn } from '../domain/decision.ts'
import { hasConflict } from '../domain/member.ts'
import {
  areFinalistsPublic,
  areResultsPublic,
  cellKey,
  type PlenaryKind,
  plenaryKinds,
  plenaryOf,
} from '../domain/panel.ts'
import { isUnsealed } from '../domain/panel-reading.ts'
import { placesOf } from '../domain/places.ts'
import { PlenaryPage } from '../pages/plenary.tsx'
import type { RowProblem } from '../pages/sitting.tsx'
import { mayPanel } from '../permissions/panel.ts'
import { listDecisions } from '../store/decision.ts'
import { finalFigures } from '../store/final-standing.ts'
import { listMembers } from '../store/member.ts'
import { listNomineeRows } from '../store/nominee.ts'
import { listReadings } from '../store/panel-reading.ts'
import { type PanelWords, panelWords } from '../text/panel.ts'
import { panelRoundOf } from './gate.ts'

export const plenaries = new Hono<Env>()

const kindOf = (c: C): PlenaryKind => found(plenaryKinds.find((kind) => kind === c.req.param('kind')))

async function plenaryPage(
  c: C,
  again: { rowProblems?: ReadonlyMap<string, RowProblem>; refusal?: keyof PanelWords } = {},
  kind = kindOf(c),
) {
  const { db, actor } = c.get('ctx')
  const round = await panelRoundOf(c)
  const all = await listDecisions(db, round.id)
  const decided = new Map(all.filter((d) => d.kind === kind).map((d) => [d.proposal, d]))
  const finalists = new Set(
    all.filter((d) => d.kind === 'finalists' && d.outcome === 'finalist').map((d) => d.proposal),
  )
  const nominees = await listNomineeRows(db, round.id)
  const readingKind = kind === 'finalists' ? 'nominee' : 'feasibility'
  const readings = isUnsealed(round, readingKind) ? await listReadings(db, round.id, readingKind) : []
  const notes = readings
    .filter((reading) => reading.done)
    .map(({ proposal, memberName, score, note }) => ({ proposal, member: memberName, score, note }))
  const sitting = nominees.filter(
    (row) => kind === 'finalists' || (areFinalistsPublic(round) && finalists.has(row.proposal)),
  )

  const members = await listMembers(db)
  const finals = kind === 'levels' ? await finalFigures(db, round, sitting) : new Map<string, never>()
  const rows = sitting.map((row) => ({
    ...row,
    decision: decided.get(row.proposal),
    keptOut: members.filter((member) => hasConflict(member, row)).map(({ id, name }) => ({ id, name })),
    final: finals.get(row.proposal),
  }))
  const cells = counters(
    placesOf(round.rules, round.places),
    all.filter((d) => d.kind === 'finalists'),
  )
  // After closing, only a place that an upheld objection has freed may be given again.
  const closed = plenaryOf(round, kind)?.closed && kind === 'finalists' && !areResultsPublic(round)
  const vacant = cells.filter((cell) => closed && vacancyIn(all, cell) && cell.taken < (cell.places ?? 0))
  return (
    <PlenaryPage
      vacant={new Set(vacant.map(cellKey))}
      view={c.get('view')}
      round={round}
      kind={kind}
      rows={rows}
      counters={cells}
      notes={notes}
      reader={actor.id}
      mayDecide={mayPanel.decideEntry(actor)}
      mayRun={mayPanel.runPlenary(actor)}
      {...again}
    />
  )
}

plenaries.get('/judging/rounds/:round/plenary/:kind', async (c) => page(c, await plenaryPage(c)))

plenaries.post('/judging/rounds/:round/plenary/:kind/open', async (c) => {
  const { form, ctx } = await readForm(c)
  const [id, kind] = [idParam(c, 'round'), kindOf(c)]
  return answer(c, await perform(openPlenary(kind), ctx, id, form), {
    onDone: `/judging/rounds/${id}/plenary/${kind}`,
    say: panelWords(c.get('view').lang).plenaryOpened,
    again: (_, refusal) => plenaryPage(c, { refusal }),
  })
})

plenaries.post('/judging/rounds/:round/plenary/:kind/close', async (c) => {
  const { form, ctx } = await readForm(c)
  const [id, kind] = [idParam(c, 'round'), kindOf(c)]
  return answer(c, await perform(closePlenary(kind), ctx, id, form), {
    onDone: `/judging/rounds/${id}/plenary/${kind}`,
    say: panelWords(c.get('view').lang).plenaryClosed,
    again: (_, refusal) => plenaryPage(c, { refusal }),
  })
})

plenaries.post('/judging/rounds/:round/plenary/:kind/decisions', async (c) => {
  const { form, ctx } = await readForm(c)
  const kind = kindOf(c)
  const round = await panelRoundOf(c)
  const now = new Map((await listDecisions(ctx.db, round.id, kind)).map((d) => [d.proposal, d]))
  const typed = typedDecisions(form).filter(({ id, raw }) => {
    const there = now.get(id)
    return there?.outcome !== raw.outcome || there.reason !== raw.reason.trim()
  })
  // A place that is given back must be free before it is given again.
  const givesBack = ({ raw }: { raw: { outcome: string } }) => raw.outcome === 'not' || raw.outcome === 'none'
  const outcomes = [
    ...(await performAll(decideEntry(kind), ctx, typed.filter(givesBack))),
    ...(await performAll(
      decideEntry(kind),
      ctx,
      typed.filter((each) => !givesBack(each)),
    )),
  ]
  if (outcomes.some((o) => o.kind === 'forbidden')) throw new HTTPException(403)
  const bad = outcomes.filter((o) => o.kind !== 'done')
  if (bad.length === 0) {
    flash(c, fill(panelWords(c.get('view').lang).plenarySaved, { n: outcomes.length }))
    return c.redirect(`/judging/rounds/${round.id}/plenary/${kind}`, 303)
  }
  const rowProblems = new Map(
    bad.map((outcome): [string, RowProblem] => {
      const { raw } = typed.find((each) => each.id === outcome.id)!
      return [outcome.id, { ...raw, problem: nameOf(outcome) }]
    }),
  )
  const status = bad.some((o) => o.kind === 'refused') ? 409 : 422
  return page(c, await plenaryPage(c, { rowProblems }), status)
})

/** Rows in which something was chosen. */
const typedDecisions = (form: Form) =>
  Object.entries(form).flatMap(([name, outcome]) => {
    const id = /^outcome-(.+)$/.exec(name)?.[1]
    if (!isId(id) || typeof outcome !== 'string' || outcome === '') return []
    return [{ id, raw: { outcome, reason: String(form[`reason-${id}`] ?? '') } }]
  })

const nameOf = (outcome: ItemOutcome<string>): string =>
  outcome.kind === 'refused'
    ? outcome.refusal
    : outcome.kind === 'invalid'
      ? outcome.problems.reason
        ? 'reason-missing'
        : 'outcome-unknown'
      : 'not-a-nominee'

plenaries.post('/judging/rounds/:round/finalists/announce', async (c) => {
  const { form, ctx } = await readForm(c)
  const id = idParam(c, 'round')
  return answer(c, await perform(announceFinalists, ctx, id, form), {
    onDone: `/judging/rounds/${id}/finalists`,
    say: panelWords(c.get('view').lang).announcedPlain,
    again: (_, refusal) => plenaryPage(c, { refusal }, 'finalists'),
  })
})
