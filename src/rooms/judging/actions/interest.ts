import type { z } from 'zod'
import { type Entry, listPassed } from '#competition'
import type { Action, Actor } from '#platform/action.ts'
import type { Tx } from '#platform/db.ts'
import { decide, refuse } from '#platform/result.ts'
import { hasConflict, type Interest } from '../domain/member.ts'
import type { PanelRound } from '../domain/panel.ts'
import { type endInterestForm, interestForm, endInterestForm as withdrawal } from '../forms/panel-reading.ts'
import { mayPanel } from '../permissions/panel.ts'
import { addInterest, endConflicted, endInterest, listInterests } from '../store/member.ts'
import { holdPanelRound } from '../store/panel.ts'

type Held = { round: PanelRound; entries: Entry[]; own: Interest[] }

async function holdInterests(tx: Tx, actor: Actor, id: string): Promise<Held | undefined> {
  const round = await holdPanelRound(tx, actor, id)
  return round && { round, entries: await listPassed(tx, id), own: await listInterests(tx, actor.id ?? undefined) }
}

/** A panel member declares any agency or region; readings of its entries end, done or not. */
export const declareInterest: Action<Held, z.output<typeof interestForm>, z.output<typeof interestForm>, never> = {
  name: 'judging.interest-declared',
  find: holdInterests,
  may: mayPanel.declareInterest,
  input: interestForm,
  decide: (_, typed) => decide(typed),
  save: async (tx, { entries }, { agency, region }, { actor, now }) => {
    const interest = { id: '', person: actor.id!, agency, region }
    await addInterest(tx, { person: interest.person, agency, region }, now)
    const met = entries.filter((e) => hasConflict({ interests: [interest] }, { ...e, proposal: e.id })).map((e) => e.id)
    await endConflicted(tx, actor.id!, met, now)
  },
  tell: () => ({}),
  scope: () => null,
}

/** Withdraw what was declared wrongly, with the reason. The line stays; readings that ended do not come back. */
export const withdrawInterest: Action<
  Held,
  z.output<typeof endInterestForm>,
  z.output<typeof endInterestForm>,
  'interest-unknown'
> = {
  name: 'judging.interest-withdrawn',
  find: holdInterests,
  may: mayPanel.declareInterest,
  input: withdrawal,
  decide: ({ own }, typed) =>
    own.some((each) => each.id === typed.interest) ? decide(typed) : refuse('interest-unknown'),
  save: (tx, _, { interest, reason }, { actor, now }) => endInterest(tx, actor.id!, interest, reason, now),
  tell: ({ reason }) => ({ reason }),
  scope: () => null,
}
