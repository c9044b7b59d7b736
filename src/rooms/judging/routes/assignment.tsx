import { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import { listPassed } from '#competition'
import { perform } from '#platform/action.ts'
import { answer, type C, type Env, type Form, found, idParam, page, pageNumber, readForm } from '#platform/http.ts'
import type { Problems } from '#platform/problems.ts'
import { fill } from '#platform/text.ts'
import { Pager } from '#platform/ui/index.ts'
import * as actions from '../actions/assignment.ts'
import { graphOf } from '../actions/graph.ts'
import { saveSettings } from '../actions/reading.ts'
import { AssignmentPage } from '../pages/assignment.tsx'
import { RunPage } from '../pages/run.tsx'
import { asSeen, isAlive, startComputing, stopComputing, takeOn } from '../running.ts'
import { progressOf } from '../store/assignment.ts'
import { listEvaluators } from '../store/evaluator.ts'
import { findRun, listRuns } from '../store/run.ts'
import { words } from '../text/index.ts'
import { managed } from './rounds.tsx'

export const routes = new Hono<Env>()
const size = 50
const place = '/judging/rounds/:round/assignment'
const here = (c: C) => `/judging/rounds/${idParam(c, 'round')}/assignment`

async function assignmentPage(c: C, typed?: Form, problems: Problems = {}, refusal?: string) {
  const held = await managed(c)
  const { db } = c.get('ctx')
  const view = c.get('view')
  const lack = await actions.lackOf(db, held)
  const runs = (await listRuns(db, held.round.id)).map(asSeen)
  const graph = await graphOf(db, held.round.id, lack)
  const at = pageNumber(c)
  return (
    <AssignmentPage
      view={view}
      round={held.round}
      reading={held.reading}
      entries={lack.entries}
      shown={lack.entries.slice((at - 1) * size, at * size)}
      pager={
        lack.entries.length > size && (
          <Pager
            lang={view.lang}
            page={at}
            total={lack.entries.length}
            size={size}
            href={(n) => `${here(c)}?hal=${n}`}
          />
        )
      }
      readings={lack.readings}
      team={lack.team}
      demands={lack.demands}
      third={[...lack.third].filter((id) => lack.demands.some((demand) => demand.proposal === id)).length}
      graph={graph}
      runs={runs}
      {...(typed && { typed })}
      problems={problems}
      refusal={refusal}
    />
  )
}

routes.get(place, async (c) => page(c, await assignmentPage(c)))

routes.post(`${place}/settings`, async (c) => {
  const { form, ctx } = await readForm(c)
  return answer(c, await perform(saveSettings, ctx, idParam(c, 'round'), form), {
    onDone: here(c),
    say: words(c.get('view').lang).saidSettings,
    again: (problems, refusal) => assignmentPage(c, form, problems, refusal),
  })
})

routes.post(`${place}/change`, async (c) => {
  const { form, ctx } = await readForm(c)
  const round = idParam(c, 'round')
  // People know an entry by its number.
  const number = Number(form.number)
  const entry =
    form.proposal === undefined && Number.isInteger(number)
      ? (await listPassed(ctx.db, round)).find((each) => each.number === number)?.id
      : undefined
  const raw = { ...form, proposal: form.proposal ?? entry ?? '' }
  return answer(c, await perform(actions.changeAssignment, ctx, round, raw), {
    onDone: here(c),
    say: words(c.get('view').lang).saidChange,
    again: (problems, refusal) => assignmentPage(c, raw, problems, refusal),
  })
})

routes.post(`${place}/runs`, async (c) => {
  const { ctx } = await readForm(c)
  const round = idParam(c, 'round')
  let start: Parameters<Parameters<typeof actions.startRun>[0]['hand']>[0] | undefined
  const action = actions.startRun({
    isAlive,
    takeOn,
    hand: (handed) => {
      start = handed
    },
  })
  const outcome = await perform(action, ctx, round, {})
  // Only now does the row stand, so that the thread can write its progress on it. A second click found the first one's row.
  if (outcome.kind === 'done' && start)
    startComputing(ctx, { round, id: start.id, fairest: start.settings.fairest ?? false }, start.posed, start.demands)
  return answer(c, outcome, {
    onDone: ({ id }) => `${here(c)}/runs/${id}`,
    again: (problems, refusal) => assignmentPage(c, undefined, problems, refusal),
  })
})

async function runPage(c: C, refusal?: string) {
  const { round } = await managed(c)
  const { db } = c.get('ctx')
  const run = asSeen(found(await findRun(db, round.id, idParam(c, 'run'))))
  return (
    <RunPage
      view={c.get('view')}
      round={round}
      run={run}
      entries={await listPassed(db, round.id)}
      team={await listEvaluators(db, round.id)}
      loads={await progressOf(db, round.id)}
      refusal={refusal}
    />
  )
}

routes.get(`${place}/runs/:run`, async (c) => page(c, await runPage(c)))

routes.post(`${place}/runs/:run/cancel`, async (c) => {
  const { ctx } = await readForm(c)
  const run = idParam(c, 'run')
  const outcome = await perform(actions.cancelRun(idParam(c, 'round')), ctx, run, {})
  if (outcome.kind === 'done') stopComputing(run)
  return answer(c, outcome, {
    onDone: here(c),
    say: words(c.get('view').lang).saidCancelled,
    again: (_, refusal) => runPage(c, refusal),
  })
})

routes.post(`${place}/runs/:run/accept`, async (c) => {
  const { ctx } = await readForm(c)
  const outcome = await perform(actions.acceptRun(idParam(c, 'round')), ctx, idParam(c, 'run'), {})
  const n = outcome.kind === 'done' ? outcome.change.pairs.length : 0
  return answer(c, outcome, {
    onDone: here(c),
    say: fill(words(c.get('view').lang).saidAccepted, { n }),
    again: (_, refusal) => runPage(c, refusal),
  })
})

/** How far a computation is, as it goes; ends when it ends. */
routes.get(`${place}/runs/:run/events`, async (c) => {
  const { round } = await managed(c)
  const { db } = c.get('ctx')
  const id = idParam(c, 'run')
  found(await findRun(db, round.id, id))
  const w = words(c.get('view').lang)
  const phases = {
    floor: w.phaseFloor,
    prices: w.phasePrices,
    paths: w.phasePaths,
    search: w.phaseSearch,
    reasons: w.phaseReasons,
  }
  return streamSSE(c, async (stream) => {
    while (!stream.aborted) {
      const stored = await findRun(db, round.id, id)
      const run = stored && asSeen(stored)
      if (run?.state !== 'running') {
        await stream.writeSSE({ event: 'ended', data: run?.state ?? '' })
        return
      }
      const { phase, done, of } = run.progress
      await stream.writeSSE({
        event: 'progress',
        data: JSON.stringify({ done, of, words: phase ? phases[phase] : w.running }),
      })
      await stream.sleep(400)
    }
  })
})
