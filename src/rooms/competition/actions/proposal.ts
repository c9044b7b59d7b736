import { z } from 'zod'
import type { Action, Actor } from '#platform/action.ts'
import type { Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { post } from '#platform/mail.ts'
import { decide, refuse } from '#platform/result.ts'
import { isOpen } from '../domain/calendar.ts'
import { leadsTo, type Move, movesOf } from '../domain/draft.ts'
import { type Invited, invitedGroups, mayChoose } from '../domain/invitation.ts'
import { type Proposal, statementKey } from '../domain/proposal.ts'
import { questionsFor, type Words } from '../domain/round.ts'
import type { Round } from '../domain/running-round.ts'
import * as forms from '../forms.ts'
import { may, sidesOf } from '../permissions.ts'
import { ownersOf } from '../store/entry.ts'
import { findAward, innovationsOf } from '../store/examination.ts'
import { standing } from '../store/invitation.ts'
import { addProposal, holdProposal, markBegun, moveProposal, saveFacts } from '../store/proposal.ts'
import { findRound } from '../store/round.ts'
import { words } from '../text/index.ts'
import { lettersAbout } from './letters.ts'

export type Held = { proposal: Proposal; round: Round }

/** The proposal, held, with the rules of its round. */
export async function hold(tx: Tx, actor: Actor, id: string): Promise<Held | undefined> {
  const proposal = await holdProposal(tx, actor, id)
  const round = proposal && (await findRound(tx, proposal.round))
  return proposal && round && { proposal, round }
}

/** How the question was worded when something was done with it, so that the record can be read without the rules. */
export function askedOf({ proposal, round }: Held, question: string | null): { asked?: Words } {
  if (question === statementKey) return { asked: { id: words('id').statementTitle, en: words('en').statementTitle } }
  const label = questionsFor(round.rules, proposal.group).find(({ key }) => key === question)?.label
  return label ? { asked: label } : {}
}

export const can = (actor: Actor, { proposal }: Held, move: Move): boolean =>
  movesOf(sidesOf(actor, proposal), proposal.state).includes(move)

const scope = ({ proposal }: Held) => proposal.agency

/** Begin a proposal of this unit in a round. The id in the address is the round's. */
export const startProposal = (unit: {
  agency: string
  unit: string
}): Action<
  { round: Round; invitations: Invited[] },
  forms.StartForm,
  forms.StartForm & { id: string },
  FactsRefusal | 'round-closed'
> => ({
  name: 'competition.proposal-started',
  find: async (tx, _, id) => {
    const round = await findRound(tx, id)
    return round?.state === 'published' ? { round, invitations: await invitationsOf(tx, round) } : undefined
  },
  may: (actor) => may.startProposal(actor, unit),
  input: forms.startForm,
  decide: ({ round, invitations }, input, { now }) => {
    if (!isOpen(round.rules, now, round.extensions)) return refuse('round-closed')
    const wrong = wrongFacts(round, input, { agency: unit.agency, invitations, declared: null })
    return wrong ? refuse(wrong) : decide({ ...input, id: newId() })
  },
  save: (tx, { round }, change, { actor, now }) =>
    addProposal(tx, { ...unit, id: change.id, round: round.id, by: actor.id, at: now }, change),
  tell: ({ title, group }) => ({ title, group }),
  subject: ({ id }) => id,
  scope: () => unit.agency,
})

/** The invitations that stand, where the round has a group that is entered by invitation. */
const invitationsOf = async (tx: Tx, { id, rules }: Round): Promise<Invited[]> =>
  invitedGroups(rules).length > 0 ? standing(tx, id) : []

type FactsRefusal = 'group-unknown' | 'category-unknown' | 'group-not-invited'
type Guest = { agency: string; invitations: readonly Invited[]; declared: string | null }
function wrongFacts(
  { rules }: Round,
  input: { group: string; category: string | null },
  { agency, invitations, declared }: Guest,
): FactsRefusal | undefined {
  if (!rules.groups.some((group) => group.key === input.group)) return 'group-unknown'
  const known = input.category === null || rules.categories.some((each) => each.key === input.category)
  if (!known) return 'category-unknown'
  return mayChoose(rules, invitations, { agency, group: input.group }, declared) ? undefined : 'group-not-invited'
}

/** Change title, group, category or date. A form that started from an older text is refused, never merged in silence. */
export const changeFacts: Action<
  Held & Pick<Guest, 'invitations' | 'declared'>,
  forms.FactsForm,
  forms.FactsForm,
  'not-now' | 'round-closed' | 'changed-meanwhile' | FactsRefusal
> = {
  name: 'competition.proposal-facts-changed',
  find: async (tx, actor, id) => {
    const held = await hold(tx, actor, id)
    if (!held) return undefined
    const { winner } = held.proposal
    const declared = winner ? ((await innovationsOf(tx, [winner])).get(winner) ?? null) : null
    return { ...held, invitations: await invitationsOf(tx, held.round), declared }
  },
  may: (actor, { proposal }) => may.editProposal(actor, proposal),
  input: forms.factsForm,
  decide: (held, input, { actor, now }) => {
    if (!can(actor, held, 'edit')) return refuse('not-now')
    if (!isOpen(held.round.rules, now, held.round.extensions)) return refuse('round-closed')
    if (input.revision !== held.proposal.revision) return refuse('changed-meanwhile')
    const { proposal, invitations, declared } = held
    // Who chose the group while it was invited keeps it: that the invitation is gone is said as a finding.
    const kept = input.group === proposal.group ? [{ ...proposal, innovation: null }] : invitations
    const wrong = wrongFacts(held.round, input, { agency: proposal.agency, invitations: kept, declared })
    return wrong ? refuse(wrong) : decide(input)
  },
  save: (tx, { proposal }, change) => saveFacts(tx, proposal, change),
  tell: ({ title }) => ({ title }),
  scope,
}

type Origin = z.output<typeof forms.originForm> & { name: string | null }

/** Say that this is an earlier winner again, or that it copies one. A replication moves to the group for replications. */
export const declareOrigin: (
  winner: string | null,
) => Action<
  Held & { award: { id: string; name: string } | undefined },
  z.output<typeof forms.originForm>,
  Origin,
  'not-now' | 'round-closed' | 'changed-meanwhile' | 'winner-unknown'
> = (winner) => ({
  name: 'competition.origin-declared',
  find: async (tx, actor, id) => {
    const held = await hold(tx, actor, id)
    return held && { ...held, award: winner === null ? undefined : await findAward(tx, winner) }
  },
  may: (actor, { proposal }) => may.editProposal(actor, proposal),
  input: forms.originForm,
  decide: (held, input, { actor, now }) => {
    if (!can(actor, held, 'edit')) return refuse('not-now')
    if (!isOpen(held.round.rules, now, held.round.extensions)) return refuse('round-closed')
    if (input.revision !== held.proposal.revision) return refuse('changed-meanwhile')
    const names = input.kind === 'same' || input.kind === 'replication'
    if (names && !held.award) return refuse('winner-unknown')
    return decide({ ...input, name: held.award?.name ?? null })
  },
  save: (tx, { proposal, round, award }, { kind }) => {
    const copies = round.rules.groups.find((group) => group.source !== null)?.key
    const id = award?.id ?? null
    return saveFacts(tx, proposal, {
      ...proposal,
      ...(kind === 'same' && { winner: id, source: proposal.source === id ? null : proposal.source }),
      ...(kind === 'replication' && { source: id, winner: proposal.winner === id ? null : proposal.winner }),
      ...(kind === 'replication' && copies && { group: copies }),
      ...(kind === 'no-winner' && { winner: null }),
      ...(kind === 'no-source' && { source: null }),
    })
  },
  tell: ({ kind, name }) => ({ kind, name }),
  scope,
})

type Plain = Exclude<Move, 'edit' | 'comment' | 'submit'>

/** Send, recall, send back and withdraw are one shape: who, from where, with which note, and a letter to the other side. */
function moving<Input extends { note?: string }>(
  move: Plain,
  name: `competition.${string}`,
  input: z.ZodType<Input>,
  permitted: (actor: Actor, proposal: Proposal) => boolean,
  mustBeOpen: boolean,
): Action<Held, Input, { note: string }, 'not-now' | 'round-closed'> {
  return {
    name,
    find: hold,
    may: (actor, { proposal }) => permitted(actor, proposal),
    input,
    decide: (held, { note = '' }, { actor, now }) => {
      if (!can(actor, held, move)) return refuse('not-now')
      if (mustBeOpen && !isOpen(held.round.rules, now, held.round.extensions)) return refuse('round-closed')
      return decide({ note })
    },
    save: async (tx, { proposal, round }, { note }, { actor, now }) => {
      await moveProposal(tx, proposal, leadsTo[move], { person: actor.id, at: now, note: note || undefined })
      await post(tx, lettersAbout(move, await ownersOf(tx, proposal), { proposal, round, actor, note, now }))
    },
    tell: ({ note }, { proposal }) => ({ title: proposal.title, ...(note && { note }) }),
    scope,
  }
}

/** First lock: the unit hands the text to its local admin and can no longer change it. */
export const sendProposal = moving('send', 'competition.proposal-sent', forms.optionalNoteForm, may.sendProposal, true)
/** The unit takes a text back that its local admin has not yet submitted. */
export const recallProposal = moving(
  'recall',
  'competition.proposal-recalled',
  forms.optionalNoteForm,
  may.recallProposal,
  true,
)
/** The local admin sends a text back with what should be mended. */
export const returnProposal = moving(
  'return',
  'competition.proposal-returned',
  forms.noteForm,
  may.returnProposal,
  true,
)
/** Out of the competition, for good. A submitted one keeps its number and receipt. */
export const withdrawProposal = moving(
  'withdraw',
  'competition.proposal-withdrawn',
  forms.noteForm,
  may.withdrawProposal,
  false,
)

/** The local admin opens the submission: from this second on it counts as begun, as long as the text stays locked here. */
export const beginSubmission: Action<Held, Record<string, never>, object, 'not-now' | 'round-closed'> = {
  name: 'competition.submission-begun',
  find: hold,
  may: (actor, { proposal }) => may.submitProposal(actor, proposal),
  input: z.object({}),
  decide: (held, _, { actor, now }) => {
    if (!can(actor, held, 'submit')) return refuse('not-now')
    // Begun in time, the last minutes may be used; a fresh start after the closing may not.
    if (!held.proposal.begun && !isOpen(held.round.rules, now, held.round.extensions)) return refuse('round-closed')
    return decide({})
  },
  save: (tx, { proposal }, _, { now }) => markBegun(tx, proposal, now),
  tell: (_, { proposal }) => ({ title: proposal.title }),
  scope,
}
