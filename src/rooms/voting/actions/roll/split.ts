import type { z } from 'zod'
import type { Action, Actor } from '#platform/action.ts'
import type { Tx } from '#platform/db.ts'
import { decide, refuse } from '#platform/result.ts'
import { splitForm } from '../../forms/roll.ts'
import { may } from '../../permissions.ts'
import { type HeldRoll, holdRoll } from '../../store/roll/fixed.ts'
import { type Place, placeGroups, placesWithVoters } from '../../store/roll/voter.ts'
import { openForChange } from './open.ts'

type Held = HeldRoll & { places: Place[] }

/** Divide the roll over polling places by hamlet and RW. */
export const splitRoll: Action<
  Held,
  z.output<typeof splitForm>,
  z.output<typeof splitForm>,
  'roll-fixed' | 'not-preparing' | 'roll-place-unknown'
> = {
  name: 'voting.roll-divided',
  find: async (tx: Tx, actor: Actor, id: string) => {
    const roll = await holdRoll(tx, actor, id)
    return roll && { ...roll, places: await placesWithVoters(tx, id) }
  },
  may: may.keepRoll,
  input: splitForm,
  decide: (held, { groups }) => {
    const closed = openForChange(held)
    if (closed) return refuse(closed)
    const known = new Set(held.places.map(({ id }) => id))
    return groups.every(({ tps }) => known.has(tps)) ? decide({ groups }) : refuse('roll-place-unknown')
  },
  save: (tx, { id }, { groups }) => placeGroups(tx, id, groups),
  tell: ({ groups }) => ({ groups: groups.length }),
  scope: ({ agency }) => agency,
}
