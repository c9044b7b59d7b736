import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { post } from '#platform/mail.ts'
import { decide, refuse } from '#platform/result.ts'
import type { Owner } from '../domain/affected.ts'
import { type Invitation, type Invited, invites } from '../domain/invitation.ts'
import type { Round } from '../domain/running-round.ts'
import { type InviteForm, inviteForm, withdrawalForm } from '../forms/invitation.ts'
import { may } from '../permissions.ts'
import { listOwners } from '../store/affected.ts'
import { addInvitation, holdInvitation, roundOfInvitation, saveWithdrawal, standing } from '../store/invitation.ts'
import { findForAct } from './round.ts'
import { invitationLetter } from './round-letters.ts'

type Guests = { round: Round; invitations: Invited[]; owners: Owner[] }

/** Local admins of this agency and their deputies. */
const hostsOf = (owners: readonly Owner[], agency: string | null): Owner[] =>
  owners.filter((owner) => owner.unit === null && owner.agency === agency)

/** Invite an agency, or one innovation, to a group of this round. Its local admins get a letter. */
export const inviteToGroup: Action<
  Guests,
  InviteForm,
  InviteForm & { id: string },
  'group-not-by-invitation' | 'invited-already' | 'round-not-published'
> = {
  name: 'competition.invited',
  find: async (tx, actor, id) => {
    const held = await findForAct(tx, actor, id)
    return held && { ...held, invitations: await standing(tx, id), owners: await listOwners(tx, id) }
  },
  may: (actor) => may.inviteToGroup(actor),
  input: inviteForm,
  decide: ({ round, invitations }, input) => {
    if (!invites(round.state)) return refuse('round-not-published')
    if (!round.rules.groups.some(({ key, byInvitation }) => key === input.group && byInvitation))
      return refuse('group-not-by-invitation')
    const same = ({ group, agency, innovation }: Invited) =>
      group === input.group &&
      (input.innovation === null ? innovation === null && agency === input.agency : innovation === input.innovation)
    return invitations.some(same) ? refuse('invited-already') : decide({ ...input, id: newId() })
  },
  save: async (tx, { round, owners }, change, { actor, now }) => {
    await addInvitation(tx, { round: round.id, by: actor.id, at: now }, change)
    await post(
      tx,
      hostsOf(owners, change.agency).map((owner) => invitationLetter(round.id, 'invited', owner, round.rules, change)),
    )
  },
  tell: ({ group, agencyName, name }, { round }) => ({ round: round.key, group, agency: agencyName, name }),
  scope: () => null,
}

type Kept = { round: Round; invitation: Invitation; owners: Owner[] }

/** Withdraw an invitation, with a reason. A proposal that chose the group stays and gets a finding. */
export const withdrawInvitation: Action<
  Kept,
  z.output<typeof withdrawalForm>,
  { reason: string },
  'withdrawn-already' | 'round-not-published'
> = {
  name: 'competition.invitation-withdrawn',
  find: async (tx, actor, id) => {
    // The round first, as whoever invites does: two acts on one invitation then wait for each other in one order.
    const round = await roundOfInvitation(tx, id)
    const held = round === undefined ? undefined : await findForAct(tx, actor, round)
    const invitation = held && (await holdInvitation(tx, id))
    return invitation && { round: held.round, invitation, owners: await listOwners(tx, held.round.id) }
  },
  may: (actor) => may.withdrawInvitation(actor),
  input: withdrawalForm,
  decide: ({ round, invitation }, { reason }) => {
    if (invitation.withdrawn) return refuse('withdrawn-already')
    return invites(round.state) ? decide({ reason }) : refuse('round-not-published')
  },
  save: async (tx, { round, invitation, owners }, { reason }, { actor, now }) => {
    await saveWithdrawal(tx, invitation.id, { reason, by: actor.id, at: now })
    await post(
      tx,
      hostsOf(owners, invitation.agency).map((owner) =>
        invitationLetter(round.id, 'uninvited', owner, round.rules, { ...invitation, reason }),
      ),
    )
  },
  tell: ({ reason }, { round, invitation }) => ({
    round: round.key,
    group: invitation.group,
    agency: invitation.agencyName,
    name: invitation.name,
    reason,
  }),
  scope: ({ invitation }) => invitation.agency,
}
