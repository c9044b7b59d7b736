import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import type { Db } from '#platform/db.ts'
import { record } from '#platform/log.ts'
import { decide, refuse } from '#platform/result.ts'
import { contentOf, decisionHash, type Obstacle, obstaclesTo } from '../domain/decision.ts'
import { decisionForm, signForm } from '../forms.ts'
import { may } from '../permissions.ts'
import * as store from '../store/decision.ts'

/**
 * The polls of sealed elections have opened: from now on nothing of them is prepared any more. It follows from the clock, so nobody
 * does it. How many elections it was.
 */
export const openPolls = (db: Db, now: Date): Promise<number> =>
  db.transaction().execute(async (tx) => {
    const held = await store.saveHeld(tx, now)
    const events = held.map(({ agency, id }) => ({
      ...{ at: now, actor: null, name: 'voting.polls-opened', subject: id, scope: agency, particulars: {} },
    }))
    await record(tx, events)
    return held.length
  })

/** The chair writes down who is elected, from results that are all in, when nobody can object any more. */
export const writeDecision: Action<
  store.HeldDeciding,
  z.output<typeof decisionForm>,
  Omit<store.NewDecision, 'content'> & { content: () => store.NewDecision['content'] },
  Obstacle | 'decision-over' | 'decision-written' | 'decision-changed'
> = {
  name: 'voting.decision-written',
  find: store.holdDeciding,
  may: (actor, { election }) => may.writeDecision(actor, election),
  input: decisionForm,
  decide: (deciding, { hash, place, witnesses }, { now }) => {
    const { election, decision } = deciding
    if (decision?.confirmed) return refuse('decision-over')
    const [obstacle] = obstaclesTo(deciding, now)
    if (obstacle) return refuse(obstacle)
    const content = contentOf(deciding)!
    if (decisionHash(election.id, content) !== hash) return refuse('decision-changed')
    if (decision?.hash === hash) return refuse('decision-written')
    const { candidate } = content
    const outcome = candidate === null ? ('nobody' as const) : ('elected' as const)
    const version = (decision?.version ?? 0) + 1
    return decide({ version, outcome, candidate, content: () => content, hash, place, witnesses })
  },
  save: (tx, { election }, { content, ...decision }, { actor, now }) =>
    store.insertDecision(tx, election, { ...decision, content: content() }, { by: actor.id!, at: now }),
  tell: ({ version, outcome, candidate, hash }) => ({ version, outcome, candidate, hash }),
  scope: ({ election }) => election.agency,
}

/** Another of the committee confirms exactly what was written, while nothing has moved since. */
export const confirmDecision: Action<
  store.HeldDeciding,
  z.output<typeof signForm>,
  { version: number; outcome: 'elected' | 'nobody'; candidate: number | null; hash: string },
  Obstacle | 'decision-none' | 'decision-over' | 'decision-same-person' | 'decision-changed'
> = {
  name: 'voting.election-decided',
  find: store.holdDeciding,
  may: (actor, { election }) => may.confirmDecision(actor, election),
  input: signForm,
  decide: (deciding, { hash }, { actor, now }) => {
    const { election, decision } = deciding
    if (!decision) return refuse('decision-none')
    if (decision.confirmed) return refuse('decision-over')
    if (decision.by === actor.id) return refuse('decision-same-person')
    const [obstacle] = obstaclesTo(deciding, now)
    if (obstacle) return refuse(obstacle)
    const current = decisionHash(election.id, contentOf(deciding)!)
    if (decision.hash !== hash || decision.hash !== current) return refuse('decision-changed')
    const { version, outcome, candidate } = decision
    return decide({ version, outcome, candidate, hash })
  },
  save: (tx, { election }, { version }, { actor, now }) =>
    store.saveDecided(tx, election, version, { by: actor.id!, at: now }),
  tell: (change) => change,
  scope: ({ election }) => election.agency,
}
