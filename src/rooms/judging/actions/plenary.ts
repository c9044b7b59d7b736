import { ownersOf } from '#competition'
import type { Action, Actor } from '#platform/action.ts'
import type { Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { type Letter, post } from '#platform/mail.ts'
import { decide, refuse } from '#platform/result.ts'
import {
  type DecideRefusal,
  type DecisionInForce,
  type Finalist,
  announceFinalists as judgeAnnouncement,
  closePlenary as judgeClosing,
  judgeDecision,
  openPlenary as judgeOpening,
  type OpenRefusal,
  vacancyIn,
} from '../domain/decision.ts'
import { hasConflict } from '../domain/member.ts'
import type { PanelRound, PlenaryKind } from '../domain/panel.ts'
import { decisionForm, minutesForm, nothingTyped } from '../forms/panel.ts'
import { mayPanel } from '../permissions/panel.ts'
import { listDecisions, listFinalists, saveDecision } from '../store/decision.ts'
import { listMembers } from '../store/member.ts'
import { holdPanelEntry, listNominees, type PanelEntry } from '../store/nominee.ts'
import { markDecidedAgain, openCause } from '../store/objection.ts'
import * as stored from '../store/panel.ts'
import { finalistLetter } from './letters.ts'

type Sitting = { round: PanelRound; before: readonly string[]; decided: readonly DecisionInForce[] }

/** The entries that a plenary has before it, and what it decided on them. */
const holdSitting =
  (kind: PlenaryKind) =>
  async (tx: Tx, actor: Actor, id: string): Promise<Sitting | undefined> => {
    const round = await stored.holdPanelRound(tx, actor, id)
    if (!round) return undefined
    const decided = await listDecisions(tx, id, kind)
    const before =
      kind === 'finalists'
        ? (await listNominees(tx, id)).filter((nominee) => !nominee.removed).map((nominee) => nominee.proposal)
        : (await listFinalists(tx, id)).map((finalist) => finalist.id)
    return { round, before, decided }
  }

export const openPlenary = (kind: PlenaryKind): Action<Sitting, object, object, OpenRefusal> => ({
  name: 'judging.plenary-opened',
  find: holdSitting(kind),
  may: mayPanel.runPlenary,
  input: nothingTyped,
  decide: ({ round, before }) => judgeOpening(round, kind, before.length),
  save: (tx, { round }, _, { actor, now }) => stored.openPlenary(tx, round.id, kind, actor.id!, now),
  tell: () => ({ plenary: kind }),
  scope: () => null,
})

/** Write down what the plenary decided on one entry, and why, and who kept out of it. Whoever declared a conflict with it may not. */
export const decideEntry = (
  kind: PlenaryKind,
): Action<
  PanelEntry & {
    others: DecisionInForce[]
    finalist: boolean
    cause: { objection: string } | undefined
    /** Who of the panel must keep out of it. */
    conflicted: string[]
  },
  { outcome: string; reason: string },
  { id: string; outcome: string; reason: string; cause: string | null; recused: string[] },
  DecideRefusal | 'not-a-nominee' | 'not-a-finalist' | 'member-conflict'
> => ({
  name: 'judging.entry-decided',
  find: async (tx, actor, id) => {
    const found = await holdPanelEntry(tx, actor, id)
    if (!found) return undefined
    const all = await listDecisions(tx, found.round.id)
    const others = all.filter((d) => d.kind === kind && d.proposal !== id)
    const finalist = all.some((d) => d.proposal === id && d.kind === 'finalists' && d.outcome === 'finalist')
    const members = await listMembers(tx)
    const owned = { proposal: id, agency: found.entry.agency, agencyRegion: found.entry.agencyRegion }
    const conflicted = members.filter((member) => hasConflict(member, owned)).map((member) => member.id)
    const upheld = await openCause(tx, found.entry.agency, id)
    const cause = upheld ?? vacancyIn(others, { cluster: found.cluster, group: found.entry.group })
    return { ...found, others, finalist, cause: cause ? { objection: cause } : undefined, conflicted }
  },
  may: mayPanel.decideEntry,
  input: decisionForm,
  decide: ({ round, entry, nominee, cluster, others, finalist, cause, conflicted }, { outcome, reason }, { actor }) => {
    if (!nominee || nominee.removed) return refuse('not-a-nominee')
    if (kind === 'levels' && !finalist) return refuse('not-a-finalist')
    if (conflicted.includes(actor.id ?? '')) return refuse('member-conflict')
    const place = { cluster, group: entry.group, proposal: entry.id }
    const judged = judgeDecision(round, place, kind, outcome, others, cause)
    return judged.ok ? decide({ id: newId(), reason, ...judged.change, recused: conflicted }) : judged
  },
  save: async (tx, { entry }, change, { actor, now }) => {
    await saveDecision(tx, entry, { ...change, kind }, actor.id!, now)
    if (change.cause && kind === 'finalists') await markDecidedAgain(tx, entry.agency, entry.id, now)
  },
  // Told of the decision, not of the entry: its owners read the entry's history and must not learn of it early.
  subject: ({ id }) => id,
  tell: ({ recused }, { entry }) => ({ plenary: kind, number: entry.number, recused: recused.length }),
  scope: () => null,
})

/** Close the plenary: from now on its decisions stand. */
export const closePlenary = (
  kind: PlenaryKind,
): Action<
  Sitting,
  { minutes: string },
  { minutes: string },
  'plenary-not-open' | 'plenary-over' | 'undecided-left'
> => ({
  name: 'judging.plenary-closed',
  find: holdSitting(kind),
  may: mayPanel.runPlenary,
  input: minutesForm,
  decide: ({ round, before, decided }, { minutes }) => {
    const done = new Set(decided.map((d) => d.proposal))
    const judged = judgeClosing(round, kind, before.filter((proposal) => !done.has(proposal)).length)
    return judged.ok ? decide({ minutes }) : judged
  },
  save: (tx, { round }, { minutes }, { actor, now }) =>
    stored.closePlenary(tx, round.id, kind, { by: actor.id!, at: now, minutes }),
  tell: () => ({ plenary: kind }),
  scope: () => null,
})

/** Make the finalists public and write to their owners. */
export const announceFinalists: Action<
  { round: PanelRound; finalists: Finalist[] },
  object,
  object,
  'plenary-not-closed' | 'stage-not-open' | 'announced-already'
> = {
  name: 'judging.finalists-announced',
  find: async (tx, actor, id) => {
    const round = await stored.holdPanelRound(tx, actor, id)
    return round && { round, finalists: await listFinalists(tx, id) }
  },
  may: mayPanel.announce,
  input: nothingTyped,
  decide: ({ round }) => judgeAnnouncement(round),
  save: async (tx, { round, finalists }, _, { actor, now }) => {
    await stored.announce(tx, round.id, 'finalists', actor.id!, now)
    const letters: Letter[] = []
    for (const finalist of finalists)
      for (const owner of await ownersOf(tx, finalist))
        letters.push(finalistLetter(owner, { title: finalist.title, round: round.rules.name, id: round.id }))
    await post(tx, letters)
  },
  tell: (_, { finalists }) => ({ finalists: finalists.length }),
  scope: () => null,
}
