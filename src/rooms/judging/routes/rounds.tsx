import { Hono } from 'hono'
import { type Action, perform } from '#platform/action.ts'
import { tellEvent } from '#platform/events.ts'
import { answer, type C, type Env, type Form, found, idParam, page, readForm } from '#platform/http.ts'
import { historyOf } from '#platform/log.ts'
import type { Problems } from '#platform/problems.ts'
import { lackOf } from '../actions/assignment.ts'
import { extendReading } from '../actions/deadline.ts'
import { graphOf } from '../actions/graph.ts'
import * as actions from '../actions/reading.ts'
import { stateOf } from '../domain/reading.ts'
import { proveMinimum } from '../domain/waves.ts'
import { events } from '../events/index.ts'
import { RoundPage } from '../pages/round.tsx'
import { RulePage } from '../pages/rule.tsx'
import { may } from '../permissions.ts'
import { listAssignments, progressOf } from '../store/assignment.ts'
import { listExtensions } from '../store/deadline.ts'
import { findReading } from '../store/reading.ts'
import { listWaves } from '../store/wave.ts'
import { words } from '../text/index.ts'

export const routes = new Hono<Env>()

/** The round, for the secretariat; for others it is not there. */
export async function managed(c: C) {
  const { db, actor } = c.get('ctx')
  return found(may.manageAssignment(actor) ? await findReading(db, idParam(c, 'round')) : undefined)
}

async function roundPage(c: C, typed: Form = {}, problems: Problems = {}, refusal?: string) {
  const held = await managed(c)
  const { db } = c.get('ctx')
  const view = c.get('view')
  const { entries, readings, team, demands } = await lackOf(db, held)
  const graph =
    stateOf(held.reading) === 'preparing' ? await graphOf(db, held.round.id, { entries, readings, team }) : undefined
  const progress = await progressOf(db, held.round.id)
  const history = await historyOf(db, held.round.id, 30)
  const sum = (of: 'assigned' | 'finished') => [...progress.values()].reduce((total, each) => total + each[of], 0)
  const present = team.filter((each) => !each.withdrawn)
  return (
    <RoundPage
      view={view}
      round={held.round}
      reading={held.reading}
      totals={{
        entries: entries.length,
        evaluators: present.length,
        unconfirmed: present.filter((each) => !each.confirmed).length,
        readings: sum('assigned'),
        finished: sum('finished'),
        lacking: demands.reduce((total, demand) => total + demand.extra, 0),
      }}
      progress={team.flatMap((each) => {
        const own = progress.get(each.person)
        return own ? [{ name: each.name, assigned: own.assigned, finished: own.finished }] : []
      })}
      history={history
        .filter((event) => event.name.startsWith('judging.'))
        .map((event) => ({ at: event.at, who: event.actor, what: tellEvent(events, event, view.lang) }))}
      extensions={await listExtensions(db, held.round.id)}
      waves={await listWaves(db, held.round.id)}
      apart={
        graph && graph.components.length > 1
          ? { graph, entries, names: new Map(team.map((each) => [each.person, each.name])) }
          : undefined
      }
      typed={typed}
      problems={problems}
      refusal={refusal}
    />
  )
}

routes.get('/judging/rounds/:round', async (c) => page(c, await roundPage(c)))

/** An act on the whole round: the same page again with the reasons, or the same page with what happened. */
// biome-ignore lint/suspicious/noExplicitAny: the thing and the change of an act are its own business
const act = (path: string, action: Action<any, any, any, string>, say: (w: ReturnType<typeof words>) => string) =>
  routes.post(`/judging/rounds/:round/${path}`, async (c) => {
    const { form, ctx } = await readForm(c)
    const id = idParam(c, 'round')
    return answer(c, await perform(action, ctx, id, form), {
      onDone: `/judging/rounds/${id}`,
      say: say(words(c.get('view').lang)),
      again: (problems, refusal) => roundPage(c, form, problems, refusal),
    })
  })

act('open', actions.openReading, (w) => w.saidOpened)
act('until', extendReading, (w) => w.saidMoved)
act('close', actions.closeReading, (w) => w.saidClosed)
act('reopen', actions.reopenReading, (w) => w.saidReadingReopened)
act('release', actions.releaseScores, (w) => w.saidReleased)

/** For everybody, also without an account: under which rule is read, and whether its promise is kept. */
routes.get('/judging/rounds/:round/rule', async (c) => {
  const { db } = c.get('ctx')
  const { round, reading } = found(await findReading(db, idParam(c, 'round')))
  let minimum: ReturnType<typeof proveMinimum> | undefined
  if (reading.rule?.waves) {
    const entries = await actions.standingEntries(db, round)
    // Counts only: which sheets are finished, not what stands on them.
    const finished = (await listAssignments(db, round.id)).filter(
      (each) => each.finished && each.ended_as !== 'recused',
    )
    minimum = proveMinimum(
      reading.rule.waves,
      entries.map((entry) => ({ proposal: entry.id, cluster: entry.cluster })),
      finished.map((each) => ({ proposal: each.proposal, evaluator: each.evaluator, points: 0 })),
    )
  }
  return page(c, <RulePage view={c.get('view')} round={round} reading={reading} minimum={minimum} />)
})
