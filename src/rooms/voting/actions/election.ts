import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import type { Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { decide, refuse } from '#platform/result.ts'
import type { CommitteeRole, Election } from '../domain/election.ts'
import { kindHolds } from '../domain/registration.ts'
import { appointForm, electionForm, nothing } from '../forms.ts'
import { may } from '../permissions.ts'
import * as store from '../store/election.ts'
import { findProfile } from '../store/profile.ts'
import { holdWave, type Wave } from '../store/wave.ts'

/** A village comes into a wave. Its rules are those of the wave's profile as they are today. */
export const addElection: Action<
  Wave & { tx: Tx },
  z.output<typeof electionForm>,
  Omit<store.NewElection, 'profile'> & { profileKey: string },
  'village-unknown' | 'village-known' | 'wave-closed-already' | 'profile-unknown' | 'kind-other'
> = {
  name: 'voting.election-added',
  find: async (tx, actor, id) => {
    const wave = await holdWave(tx, actor, id)
    return wave && { ...wave, tx }
  },
  may: may.addElection,
  input: electionForm,
  decide: async ({ tx, agency, id: wave, region, state, profile }, { village: typed, practice, ...election }) => {
    if (state === 'closed' || (state === 'held' && !practice)) return refuse('wave-closed-already')
    const rules = findProfile(profile)
    if (!rules) return refuse('profile-unknown')
    if (!kindHolds(election.kind, rules)) return refuse('kind-other')
    const villages = region ? await store.villagesNamed(tx, region, typed) : []
    const village = villages[0]
    if (!village || villages.length > 1) return refuse('village-unknown')
    if (!practice && (await store.villageHeld(tx, wave, village.code))) return refuse('village-known')
    return decide({
      ...election,
      agency,
      id: newId(),
      wave,
      village: village.code,
      name: `Pemilihan Kepala Desa ${village.name}`,
      mode: practice ? ('practice' as const) : ('real' as const),
      group: 'BELENIOS-2048' as const,
      profileKey: profile,
    })
  },
  save: (tx, _, { profileKey, ...election }, { actor, now }) =>
    store.insertElection(tx, { ...election, profile: findProfile(profileKey)! }, { person: actor.id, at: now }),
  tell: ({ village, profileKey, mode }) => ({ village, profile: profileKey, mode }),
  scope: ({ agency }) => agency,
  subject: ({ id }) => id,
}

type Held = Election & { tx: Tx; committee: store.Member[] }

/** The election, held, with its committee. */
async function hold(tx: Tx, actor: Parameters<typeof store.holdElection>[1], id: string): Promise<Held | undefined> {
  const election = await store.holdElection(tx, actor, id)
  return election && { ...election, tx, committee: await store.committeeOf(tx, id) }
}

export const appoint: Action<
  Held,
  z.output<typeof appointForm>,
  { person: string; role: CommitteeRole },
  'person-unknown' | 'already-member' | 'chair-held' | 'not-preparing'
> = {
  name: 'voting.committee-appointed',
  find: hold,
  may: may.appointCommittee,
  input: appointForm,
  decide: async ({ tx, committee, state }, { email, role }) => {
    if (state === 'closed') return refuse('not-preparing')
    const person = await store.personOf(tx, email)
    if (!person) return refuse('person-unknown')
    if (committee.some((member) => member.person === person.id)) return refuse('already-member')
    if (role === 'chair' && committee.some((member) => member.role === 'chair')) return refuse('chair-held')
    return decide({ person: person.id, role })
  },
  save: (tx, election, member, { actor, now }) =>
    store.insertMember(tx, election, member, { person: actor.id, at: now }),
  tell: ({ person, role }) => ({ person, role }),
  scope: ({ agency }) => agency,
}

/** What somebody signed or confirmed stays with their name; from now on they act no more. */
export const dismiss = (
  person: string,
): Action<Held, Record<string, never>, { person: string }, 'not-member' | 'not-preparing'> => ({
  name: 'voting.committee-ended',
  find: hold,
  may: may.appointCommittee,
  input: nothing,
  decide: ({ committee, state }) => {
    if (state === 'closed') return refuse('not-preparing')
    return committee.some((member) => member.person === person) ? decide({ person }) : refuse('not-member')
  },
  save: (tx, election, change) => store.removeMember(tx, election, change.person),
  tell: (change) => ({ person: change.person }),
  scope: ({ agency }) => agency,
})
