import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { decide, refuse } from '#platform/result.ts'
import { Unsaid } from '#platform/secret.ts'
import { localDay } from '../../domain/roll/day.ts'
import { type DeliveryOutcome, mayNote } from '../../domain/roll/invitation.ts'
import { deliveryForm } from '../../forms/roll.ts'
import { may } from '../../permissions.ts'
import { type HeldInvitation, holdInvitation, insertDelivery } from '../../store/roll/invitation.ts'

/** Note what became of an invitation: who has it, or why nobody does. It is received once. */
export const noteDelivery: Action<
  HeldInvitation,
  z.output<typeof deliveryForm>,
  { outcome: DeliveryOutcome; receiver: Unsaid<string | null>; at: string },
  'already-received' | 'claim-over'
> = {
  name: 'voting.invitation-noted',
  find: holdInvitation,
  may: (actor, { roll }) => may.noteDelivery(actor, roll),
  input: deliveryForm,
  decide: ({ roll, voter }, { outcome, receiver, at }, { now }) => {
    // A device's clock may be wrong; nothing is noted of the future.
    const when = at && new Date(at) < now ? new Date(at) : now
    const today = localDay(now, roll.profile.zone)
    const refusal = mayNote(voter.outcome ? { outcome: voter.outcome } : undefined, { today, held: roll.held })
    return refusal ? refuse(refusal) : decide({ outcome, receiver: new Unsaid(receiver), at: when.toISOString() })
  },
  save: (tx, held, { outcome, receiver, at }, { now, actor }) =>
    insertDelivery(tx, held, { outcome, receiver: receiver.value, at: new Date(at) }, { by: actor.id!, at: now }),
  tell: ({ outcome }, { roll }) => ({ election: roll.id, outcome }),
  scope: ({ roll }) => roll.agency,
}
