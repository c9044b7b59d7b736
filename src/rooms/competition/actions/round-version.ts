import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { post } from '#platform/mail.ts'
import { decide, refuse } from '#platform/result.ts'
import {
  type Affected,
  affectedBy,
  type ChoiceMade,
  choiceQuestions,
  type InUse,
  inUse,
  movesDeadline,
  notesDiffer,
  type Owner,
  type TakingPart,
} from '../domain/affected.ts'
import { deadline } from '../domain/calendar.ts'
import { type Change, ruleChanges } from '../domain/difference.ts'
import type { Rules } from '../domain/round.ts'
import { type ExtensionRefusal, judgeExtension, restaged } from '../domain/round-life.ts'
import { parseRules } from '../domain/round-reading.ts'
import type { Round, StageRow } from '../domain/running-round.ts'
import { extensionForm, versionForm } from '../forms/round.ts'
import { may } from '../permissions.ts'
import { listBeingWritten, listChoicesMade, listOwners, listTakingPart } from '../store/affected.ts'
import { type Draft, dropDraft } from '../store/round-draft.ts'
import { insertExtension, insertVersion } from '../store/round-version.ts'
import { saveStages } from '../store/stage.ts'
import { findForAct, findWritten } from './round.ts'
import { type EditRefusal, judgeWriting } from './round-edit.ts'
import { extensionLetter, versionLetter } from './round-letters.ts'

type Written = {
  round: Round
  stages: StageRow[]
  draft: Draft
  proposals: TakingPart[]
  choices: ChoiceMade[]
  owners: Owner[]
}
type Versioned = {
  rules: Rules
  reason: string
  changes: Change[]
  people: Affected[]
  stages: readonly StageRow[]
}

/** Publish what was written as the next version, and tell everybody whom it touches. */
export const publishVersion: Action<
  Written,
  z.output<typeof versionForm>,
  Versioned,
  | EditRefusal
  | InUse
  | 'round-not-published'
  | 'rules-not-ready'
  | 'nothing-changed'
  | 'deadline-by-extension'
  | 'stage-order-begun'
> = {
  name: 'competition.round-changed',
  find: async (tx, actor, id) => {
    const held = await findWritten(tx, actor, id)
    if (!held) return undefined
    const choices = await listChoicesMade(tx, id, choiceQuestions(held.draft.rules))
    return { ...held, proposals: await listTakingPart(tx, id), choices, owners: await listOwners(tx, id) }
  },
  may: (actor) => may.changeRound(actor),
  input: versionForm,
  decide: (held, { reason, ...from }) => {
    const { round, draft, proposals, choices, owners } = held
    if (round.state !== 'published') return refuse('round-not-published')
    const refusal = judgeWriting(held, from)
    if (refusal) return refuse(refusal)
    const parsed = parseRules({ ...draft.rules, version: round.version + 1 })
    if (!parsed.ok) return refuse('rules-not-ready')
    const { rules } = parsed
    const changes = ruleChanges(round.rules, rules)
    if (changes.length === 0 && !notesDiffer(round.rules, rules)) return refuse('nothing-changed')
    if (movesDeadline(changes)) return refuse('deadline-by-extension')
    const used = inUse(rules, proposals, choices)
    if (used) return refuse(used)
    const stages = restaged(held.stages, rules)
    if (!stages.ok) return stages
    const { people } = affectedBy(changes, { before: round.rules, after: rules }, proposals, owners)
    return decide({ rules, reason, changes, people, stages: stages.change })
  },
  save: async (tx, { round }, { rules, reason, people, stages }, { actor, now }) => {
    await insertVersion(tx, { round: round.id, rules, reason, by: actor.id, at: now })
    await saveStages(tx, round.id, stages)
    await dropDraft(tx, round.id)
    await post(
      tx,
      people.map((affected) => versionLetter(round.id, affected, rules, reason)),
    )
  },
  tell: ({ rules, reason, changes, people }) => ({
    version: rules.version,
    reason,
    changes: changes.length,
    letters: people.length,
  }),
  scope: () => null,
}

type Timed = { round: Round; stages: StageRow[]; owners: Owner[]; writing: { agency: string; unit: string }[] }

/** Move the deadline to a later time, with a reason that everybody can read. */
export const extendRound: Action<
  Timed,
  z.output<typeof extensionForm>,
  { until: string; reason: string; letters: number },
  ExtensionRefusal
> = {
  name: 'competition.deadline-extended',
  find: async (tx, actor, id) => {
    const held = await findForAct(tx, actor, id)
    return held && { ...held, owners: await listOwners(tx, id), writing: await listBeingWritten(tx, id) }
  },
  may: (actor) => may.extendRound(actor),
  input: extensionForm,
  decide: (held, { until, reason }, { now }) => {
    const judged = judgeExtension(held.round, held.stages, until, now)
    return judged.ok ? decide({ until, reason, letters: hearers(held).length }) : judged
  },
  save: async (tx, held, { until, reason }, { actor, now }) => {
    const { round } = held
    await insertExtension(tx, { id: newId(), round: round.id, until, reason, by: actor.id!, at: now })
    const before = deadline(round.rules, round.extensions)
    await post(
      tx,
      hearers(held).map((owner) => extensionLetter(round.id, owner, round.rules, { until, before, reason })),
    )
  },
  tell: ({ until, reason, letters }) => ({ until, reason, letters }),
  scope: () => null,
}

/** All local admins, and the people of units that are still writing; each once. */
function hearers({ owners, writing }: Timed): Owner[] {
  const hearing = owners.filter(
    (owner) =>
      owner.unit === null || writing.some(({ agency, unit }) => agency === owner.agency && unit === owner.unit),
  )
  return [...new Map(hearing.map((owner) => [owner.id, owner])).values()]
}
