import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { decide, refuse } from '#platform/result.ts'
import { unproven } from '../domain/decision.ts'
import { lackOf } from '../domain/proof.ts'
import { noRecordForm, unrecordedForm } from '../forms.ts'
import { may } from '../permissions.ts'
import { type HeldDeciding, holdDeciding } from '../store/decision.ts'
import { insertUnrecorded, saveUnrecorded } from '../store/proof.ts'

type Said = { tps: string; head: string; number: number }
type Refusal = 'unrecorded-not-now' | 'unrecorded-files'

/** A place of which a decision waits because it has no record; where files are, they speak. */
function lacking(deciding: HeldDeciding, tps: string) {
  const proof = unproven(deciding).find((each) => each.tps === tps)
  if (!proof || deciding.election.state !== 'held') return refuse('unrecorded-not-now')
  return lackOf(proof) === 'none' ? decide(proof) : refuse('unrecorded-files')
}

/** One of the committee writes why a polling place has no record of its result. It holds when another confirms it. */
export const writeUnrecorded: Action<
  HeldDeciding,
  z.output<typeof unrecordedForm>,
  Said & { text: string },
  Refusal | 'unrecorded-written'
> = {
  name: 'voting.unrecorded-written',
  find: holdDeciding,
  may: (actor, { election }) => may.confirmDecision(actor, election),
  input: unrecordedForm,
  decide: (deciding, { tps, text }) => {
    const place = lacking(deciding, tps)
    if (!place.ok) return place
    const { head, number, unrecorded } = place.change
    return unrecorded ? refuse('unrecorded-written') : decide({ tps, head, number, text })
  },
  save: (tx, { election }, { text, ...proof }, { now, actor }) =>
    insertUnrecorded(tx, election, proof, text, { by: actor.id!, at: now }),
  tell: ({ number }) => ({ tps: number }),
  scope: ({ election }) => election.agency,
}

/** Another of the committee confirms it; from then on everybody reads it beside the result. */
export const confirmUnrecorded: Action<
  HeldDeciding,
  z.output<typeof noRecordForm>,
  Said,
  Refusal | 'unrecorded-none' | 'decision-same-person'
> = {
  name: 'voting.unrecorded-confirmed',
  find: holdDeciding,
  may: (actor, { election }) => may.confirmDecision(actor, election),
  input: noRecordForm,
  decide: (deciding, { tps }, { actor }) => {
    const place = lacking(deciding, tps)
    if (!place.ok) return place
    const { head, number, unrecorded } = place.change
    if (!unrecorded) return refuse('unrecorded-none')
    return unrecorded.by === actor.id ? refuse('decision-same-person') : decide({ tps, head, number })
  },
  save: (tx, { election }, proof, { now, actor }) => saveUnrecorded(tx, election, proof, { by: actor.id!, at: now }),
  tell: ({ number }) => ({ tps: number }),
  scope: ({ election }) => election.agency,
}
