import type { Action } from '#platform/action.ts'
import { decide } from '#platform/result.ts'
import { nothing } from '../../forms.ts'
import { may } from '../../permissions.ts'
import { type HeldRoll, holdRoll } from '../../store/roll/fixed.ts'

/** Why a roll can no longer be changed, if so. */
export function openForChange({
  state,
  fixed,
}: Pick<HeldRoll, 'state' | 'fixed'>): 'not-preparing' | 'roll-fixed' | undefined {
  if (state !== 'preparing') return 'not-preparing'
  return fixed.length > 0 ? 'roll-fixed' : undefined
}

/** Voters who are added after the roll was fixed can be counted once. */
export function openForAdditional({
  state,
  fixed,
}: Pick<HeldRoll, 'state' | 'fixed'>): 'not-preparing' | 'roll-closed' | undefined {
  if (state !== 'preparing') return 'not-preparing'
  return fixed.length > 1 ? 'roll-closed' : undefined
}

/** Somebody tried to change a fixed roll: nothing changed, and the attempt stays in the log (R33). */
export const noteRefusedChange = (what: string): Action<HeldRoll, Record<string, never>, { what: string }, never> => ({
  name: 'voting.roll-change-refused',
  find: holdRoll,
  may: may.keepRoll,
  input: nothing,
  decide: () => decide({ what }),
  save: async () => {},
  tell: (change) => ({ what: change.what }),
  scope: ({ agency }) => agency,
})
