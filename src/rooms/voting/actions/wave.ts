import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { decide, refuse } from '#platform/result.ts'
import { validOn } from '../domain/profile.ts'
import { localDay } from '../domain/roll/day.ts'
import { waveForm } from '../forms.ts'
import { may } from '../permissions.ts'
import { findProfile } from '../store/profile.ts'
import * as store from '../store/wave.ts'

/** A day on which villages of a regency elect their heads, and the profile that holds for them. */
export const openWave: Action<
  store.Opener,
  z.output<typeof waveForm>,
  { id: string; name: string; held: string; profile: string },
  'wave-known' | 'wave-past' | 'profile-unknown' | 'profile-not-valid'
> = {
  name: 'voting.wave-opened',
  find: store.holdOpener,
  may: may.openWave,
  input: waveForm,
  decide: async ({ tx, agency }, wave, { now }) => {
    const profile = findProfile(wave.profile)
    if (!profile) return refuse('profile-unknown')
    if (!validOn(profile, wave.held)) return refuse('profile-not-valid')
    if (wave.held < localDay(now, profile.zone)) return refuse('wave-past')
    if (await store.waveNamed(tx, agency, wave.name)) return refuse('wave-known')
    return decide({ id: newId(), ...wave })
  },
  save: (tx, { agency }, wave, { actor, now }) =>
    store.insertWave(tx, { agency, ...wave }, { person: actor.id, at: now }),
  tell: ({ name, held, profile }) => ({ name, held, profile }),
  scope: ({ agency }) => agency,
  subject: ({ id }) => id,
}
