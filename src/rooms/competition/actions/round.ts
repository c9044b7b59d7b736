import type { z } from 'zod'
import type { Action, Actor } from '#platform/action.ts'
import type { Tx } from '#platform/db.ts'
import { post } from '#platform/mail.ts'
import { decide, refuse } from '#platform/result.ts'
import { deadline } from '../domain/calendar.ts'
import type { Rules } from '../domain/round.ts'
import { type RoundMove, roundMoves, stageRows } from '../domain/round-life.ts'
import { parseRules } from '../domain/round-reading.ts'
import type { Round, RoundState, StageRow } from '../domain/running-round.ts'
import { nothingForm, publishForm } from '../forms/round.ts'
import { may } from '../permissions.ts'
import { listOwners } from '../store/affected.ts'
import { listStages } from '../store/round.ts'
import { type Draft, dropDraft, findDraft, lockRound } from '../store/round-draft.ts'
import { dateVersion, saveState } from '../store/round-version.ts'
import { saveStages } from '../store/stage.ts'
import { openingLetter } from './round-letters.ts'

/** A round that is held for an act, with its stages. A draft exists for the secretariat only. */
export async function findForAct(
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<{ round: Round; stages: StageRow[] } | undefined> {
  const round = await lockRound(tx, id)
  if (!round || (round.state === 'draft' && !may.editRound(actor))) return undefined
  return { round, stages: await listStages(tx, id) }
}

type Written = { round: Round; stages: StageRow[]; draft: Draft }

export async function findWritten(tx: Tx, actor: Actor, id: string): Promise<Written | undefined> {
  const held = await findForAct(tx, actor, id)
  return held && { ...held, draft: await findDraft(tx, held.round) }
}

/** Publish a draft: its rules hold from now on, and its stages wait in their order. */
export const publishRound: Action<
  Written,
  z.output<typeof publishForm>,
  { rules: Rules },
  'round-not-draft' | 'edited-meanwhile' | 'rules-not-ready'
> = {
  name: 'competition.round-published',
  find: findWritten,
  may: (actor) => may.publishRound(actor),
  input: publishForm,
  decide: ({ round, draft }, { revision }) => {
    if (round.state !== roundMoves.publish.from) return refuse('round-not-draft')
    if (revision !== undefined && revision !== draft.revision) return refuse('edited-meanwhile')
    const parsed = parseRules(draft.rules)
    return parsed.ok ? decide({ rules: parsed.rules }) : refuse('rules-not-ready')
  },
  save: async (tx, { round }, { rules }, { actor, now }) => {
    await dateVersion(tx, round.id, round.version, actor.id, now)
    await saveState(tx, round.id, roundMoves.publish.to)
    await saveStages(tx, round.id, stageRows(rules))
    await dropDraft(tx, round.id)
    // A round that is put down for the record, its time over, calls nobody.
    if (now > new Date(deadline(rules))) return
    // Somebody may administer two agencies, and is told once.
    const admins = (await listOwners(tx, round.id)).filter(({ unit }) => unit === null)
    const once = new Map(admins.map((owner) => [owner.id, owner]))
    await post(
      tx,
      [...once.values()].map((owner) => openingLetter(round.id, owner, rules)),
    )
  },
  tell: ({ rules }, { round }) => ({ round: round.key, version: rules.version }),
  scope: () => null,
}

/** The later moves of a round: finished when every stage is closed, archived when finished. */
function endRound<Refusal extends 'stages-not-closed' | 'round-not-published' | 'round-not-finished'>(
  move: Exclude<RoundMove, 'publish'>,
  name: `competition.${string}`,
  judge: (round: Round, stages: readonly StageRow[]) => Refusal | null,
): Action<{ round: Round; stages: StageRow[] }, z.output<typeof nothingForm>, { state: RoundState }, Refusal> {
  return {
    name,
    find: findForAct,
    may: (actor) => may.endRound(actor),
    input: nothingForm,
    decide: ({ round, stages }) => {
      const refusal = judge(round, stages)
      return refusal ? refuse(refusal) : decide({ state: roundMoves[move].to as RoundState })
    },
    save: async (tx, { round }, { state }) => {
      await saveState(tx, round.id, state)
      // A version that was being written will never be one.
      await dropDraft(tx, round.id)
    },
    tell: (_, { round }) => ({ round: round.key }),
    scope: () => null,
  }
}

export const finishRound = endRound('finish', 'competition.round-finished', (round, stages) => {
  if (round.state !== roundMoves.finish.from) return 'round-not-published'
  return stages.some((stage) => !stage.closed) ? 'stages-not-closed' : null
})

export const archiveRound = endRound('archive', 'competition.round-archived', (round) =>
  round.state === roundMoves.archive.from ? null : 'round-not-finished',
)
