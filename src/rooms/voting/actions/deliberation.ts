import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { decide, refuse } from '#platform/result.ts'
import {
  type DeliberationContent,
  type DeliberationOutcome,
  type DeliberationRefusal,
  deliberationHash,
  judgeDeliberation,
} from '../domain/deliberation.ts'
import { localDay } from '../domain/roll/day.ts'
import { deliberationForm, signForm } from '../forms.ts'
import { may } from '../permissions.ts'
import * as store from '../store/deliberation.ts'

/** The chair writes down how the village deliberated, from the minutes that were signed on paper (R30). */
export const writeDeliberation: Action<
  store.Deliberating,
  z.output<typeof deliberationForm>,
  { version: number; outcome: DeliberationOutcome; hash: string; content: () => DeliberationContent },
  DeliberationRefusal | 'deliberation-same'
> = {
  name: 'voting.deliberation-written',
  find: store.holdDeliberating,
  may: may.writeDecision,
  input: deliberationForm,
  decide: (deliberating, minutes, { now }) => {
    const { id, profile, deliberation } = deliberating
    const judged = judgeDeliberation(deliberating, minutes, localDay(now, profile.zone))
    if (!judged.ok) return judged
    const hash = deliberationHash(id, judged.change)
    if (deliberation?.hash === hash) return refuse('deliberation-same')
    const version = (deliberation?.version ?? 0) + 1
    return decide({ version, outcome: minutes.outcome, hash, content: () => judged.change })
  },
  save: (tx, election, { version, hash, content }, { actor, now }) =>
    store.insertDeliberation(tx, election, { ...content(), version, hash }, { by: actor.id!, at: now }),
  tell: ({ version, outcome, hash }) => ({ version, outcome, hash }),
  scope: ({ agency }) => agency,
}

/** Another of the committee confirms exactly what was written, while nothing of it has moved: the election is decided. */
export const confirmDeliberation: Action<
  store.Deliberating,
  z.output<typeof signForm>,
  { version: number; outcome: DeliberationOutcome; hash: string },
  DeliberationRefusal | 'deliberation-unwritten' | 'deliberation-same-person' | 'deliberation-changed'
> = {
  name: 'voting.deliberation-confirmed',
  find: store.holdDeliberating,
  may: may.confirmDecision,
  input: signForm,
  decide: (deliberating, { hash }, { actor, now }) => {
    const { id, profile, deliberation } = deliberating
    if (!deliberation) return refuse('deliberation-unwritten')
    const judged = judgeDeliberation(deliberating, deliberation, localDay(now, profile.zone))
    if (!judged.ok) return judged
    if (deliberation.by === actor.id) return refuse('deliberation-same-person')
    // The name of the candidate may have been put right since: then it is written down anew.
    if (deliberation.hash !== hash || deliberationHash(id, judged.change) !== hash)
      return refuse('deliberation-changed')
    const { version, outcome } = deliberation
    return decide({ version, outcome, hash })
  },
  save: (tx, election, { version }, { actor, now }) =>
    store.saveDeliberated(tx, election, version, { by: actor.id!, at: now }),
  tell: (change) => change,
  scope: ({ agency }) => agency,
}
