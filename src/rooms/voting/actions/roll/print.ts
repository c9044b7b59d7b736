import type { Action } from '#platform/action.ts'
import { announceMade } from '#platform/files.ts'
import { enqueue } from '#platform/jobs.ts'
import { decide, refuse } from '#platform/result.ts'
import type { Election } from '../../domain/election.ts'
import { type PrintOrder, partsOf } from '../../domain/roll/invitation.ts'
import { nothing } from '../../forms.ts'
import { may } from '../../permissions.ts'
import { type HeldRoll, holdRoll } from '../../store/roll/fixed.ts'
import type { Place } from '../../store/roll/voter.ts'

export const orderOf = (
  { id, villageName, held, mode, profile }: Election,
  place: Place,
  roll: string,
  lang: PrintOrder['lang'],
): PrintOrder => ({
  ...{
    election: id,
    tps: place.id,
    lang,
    village: villageName,
    held,
    zone: profile.zone,
    practice: mode === 'practice',
  },
  ...{ place: place.place, placeAddress: place.address, colour: place.colour, voters: place.voters, roll },
  ...{ opens: profile.rules.opens.value, closes: profile.rules.closes.value },
})

/** Have the invitations of a polling place made, beside everything else; ordered again it goes on where it stopped. */
export const orderInvitations = (
  order: PrintOrder,
  number: number,
): Action<HeldRoll, Record<string, never>, { parts: number }, 'invitationsWait'> => ({
  name: 'voting.invitations-ordered',
  find: holdRoll,
  may: may.keepRoll,
  input: nothing,
  decide: ({ fixed }) =>
    fixed.at(-1)?.hash === order.roll ? decide({ parts: partsOf(order).length }) : refuse('invitationsWait'),
  save: async (tx) => {
    const parts = partsOf(order)
    const nameOf = ({ from, until }: (typeof parts)[number]) => `Undangan-TPS-${number}-nomor-${from}-${until}.pdf`
    await announceMade(
      tx,
      parts.map((part) => ({ id: part.id, name: nameOf(part), type: 'application/pdf' })),
    )
    await enqueue(tx, 'voting.invitations', order, { key: `voting.invitations ${order.tps}` })
  },
  tell: ({ parts }) => ({ number, parts }),
  scope: ({ agency }) => agency,
})
