import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { type Db, retrying } from '#platform/db.ts'
import { record } from '#platform/log.ts'
import { post } from '#platform/mail.ts'
import { decide, refuse } from '#platform/result.ts'
import { targetsMet } from '../domain/effect.ts'
import { asksAgain, heartbeatOf } from '../domain/stage.ts'
import { answerForm } from '../forms.ts'
import { may } from '../permissions.ts'
import { insertOutcome, latestFigures, targetsOf } from '../store/figure.ts'
import * as store from '../store/question.ts'
import { askLetter } from './letters.ts'

/**
 * Ask the agency of everything that sleeps, once for each sleep. It looks at how things are and not at what happened
 * since the last time, so that a night in which it did not run is made good by the next. Returns how many were asked.
 */
export async function askSleepers(db: Db, now: Date): Promise<number> {
  const running = await store.listRunning(db, now)
  const asked = await store.lastAsked(
    db,
    running.map(({ service }) => service),
  )
  let n = 0
  for (const one of running) {
    const since = heartbeatOf({ ...one, outcome: null }, now).asleep
    if (!since || !asksAgain(asked.get(one.service), one.lastCase, now)) continue
    n += await retrying(db, async (tx) => {
      const id = await store.insertQuestion(tx, one, since, now)
      if (!id) return 0
      const about = { question: id, unit: one.unitName ?? one.agencyName, since }
      const letters = (await store.adminsOf(tx, one.agency)).map((reader) => askLetter(reader, about))
      await post(tx, letters)
      const particulars = { service: one.service, package: one.package, quietSince: since.toISOString() }
      const name = 'replication.question-asked'
      await record(tx, [{ at: now, actor: null, name, subject: id, scope: one.agency, particulars }])
      return 1
    })
  }
  return n
}

/** Note which targets of their packages the published figures have met, each once. Returns how many are new. */
export async function noteOutcomes(db: Db, now: Date): Promise<number> {
  const running = await store.listRunning(db, now)
  const ids = running.map(({ service }) => service)
  const latest = await latestFigures(db, ids)
  const releases = running.map(({ release }) => release)
  const targets = await targetsOf(db, releases)
  let n = 0
  for (const one of running) {
    const figures = latest.get(one.service)
    if (!figures) continue
    for (const met of targetsMet(targets.get(one.release.toString('hex')) ?? [], figures.figures))
      n += await retrying(db, async (tx) => {
        const { agency, service } = one
        if (!(await insertOutcome(tx, { agency, service, version: figures.version }, met, now))) return 0
        const particulars = { package: one.package, ...met }
        const name = 'replication.outcome-reached'
        await record(tx, [{ at: now, actor: null, name, subject: service, scope: agency, particulars }])
        return 1
      })
  }
  return n
}

type Said = z.output<typeof answerForm>

/** Say why nothing happens. The words are shown to the public with the innovation. */
export const answerQuestion: Action<
  store.Question,
  Said,
  { answer: Said['answer']; until: string | null; what: () => Said },
  'answered-already' | 'day-past'
> = {
  name: 'replication.question-answered',
  find: store.holdQuestion,
  may: may.answerQuestion,
  input: answerForm,
  decide: (question, said, { now }) => {
    if (question.answer !== null) return refuse('answered-already')
    const until = said.answer === 'paused' ? said.until : null
    if (until !== null && new Date(`${until}T23:59:59+07:00`) < now) return refuse('day-past')
    return decide({ answer: said.answer, until, what: () => said })
  },
  save: (tx, question, { answer, until, what }, { actor, now }) =>
    store.saveAnswer(tx, question, { answer, until, words: what().words }, { person: actor.id, at: now }),
  tell: ({ answer, until }) => ({ answer, until }),
  scope: ({ agency }) => agency,
}
