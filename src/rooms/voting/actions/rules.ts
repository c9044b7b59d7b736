import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import type { Tx } from '#platform/db.ts'
import { decide, refuse } from '#platform/result.ts'
import type { Election } from '../domain/election.ts'
import { type Profile, type Settable, withRules } from '../domain/profile.ts'
import { rulesForm } from '../forms.ts'
import { may } from '../permissions.ts'
import { isFixed } from '../store/candidate.ts'
import { holdElection, saveProfile } from '../store/election.ts'

/** The regency sets rules of one election otherwise than its profile has them, and names the ground. Until the ceremony is ordered. */
export const changeRules: Action<
  Election & { tx: Tx },
  z.output<typeof rulesForm>,
  { rules: Settable[]; ground: string; profile: () => Profile },
  'not-preparing' | 'order-stands' | 'rules-same' | 'rules-wrong'
> = {
  name: 'voting.rules-changed',
  find: async (tx, actor, id) => {
    const election = await holdElection(tx, actor, id)
    return election && { ...election, tx }
  },
  may: may.changeRules,
  input: rulesForm,
  decide: async ({ tx, id, state, profile }, { rules, ground }) => {
    if (state !== 'preparing' && state !== 'sealed') return refuse('not-preparing')
    if (await isFixed(tx, id)) return refuse('order-stands')
    const set = withRules(profile, rules, ground)
    if (!set.ok) return refuse('rules-wrong')
    if (set.changed.length === 0) return refuse('rules-same')
    return decide({ rules: set.changed, ground, profile: () => set.profile })
  },
  save: (tx, election, { profile }) => saveProfile(tx, election, profile()),
  tell: ({ rules, ground }) => ({ rules, ground }),
  scope: ({ agency }) => agency,
}
