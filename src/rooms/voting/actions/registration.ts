import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { decide, refuse } from '#platform/result.ts'
import type { ElectionKind } from '../domain/election.ts'
import type { Registration } from '../domain/profile.ts'
import { judgeRegistration, type RegistrationRefusal } from '../domain/registration.ts'
import { localDay } from '../domain/roll/day.ts'
import { nothing, registrationForm } from '../forms.ts'
import { may } from '../permissions.ts'
import type { Standing } from '../store/candidate.ts'
import * as store from '../store/candidate.ts'
import { saveKind, saveProfile } from '../store/election.ts'
import { people, type Settled, settledFor } from './candidate.ts'

/**
 * The registration was extended as the profile asks and there is still one candidate (R30): the village votes against the empty
 * box or deliberates, as the profile has it.
 */
export const closeRegistration: Action<
  Standing,
  z.output<typeof registrationForm>,
  {
    kind: ElectionKind
    extended: number
    /** Of the empty box: to be added, or to be taken away where the village deliberates. */
    box: { added: string } | { removed: string } | null
    registration: () => Registration
  },
  Settled | RegistrationRefusal | 'registration-known' | 'candidates-several' | 'candidates-few'
> = {
  name: 'voting.registration-closed',
  find: store.holdStanding,
  may: may.keepCandidate,
  input: registrationForm,
  decide: (standing, registration, { now }) => {
    const settled = settledFor(standing)
    if (settled) return refuse(settled)
    const { kind: before, profile, candidates } = standing
    if (profile.registration) return refuse('registration-known')
    if (before === 'contest' && people(candidates).length === 0) return refuse('candidates-few')
    if (people(candidates).length > 1) return refuse('candidates-several')
    const wrong = judgeRegistration(registration, profile.rules.registration.value, localDay(now, profile.zone))
    if (wrong) return refuse(wrong)
    const kind = profile.rules.single.value
    const stands = candidates.find(({ emptyBox }) => emptyBox)?.id
    const box =
      kind === 'empty-box' ? (stands ? null : { added: newId() }) : stands === undefined ? null : { removed: stands }
    return decide({ kind, extended: registration.extended.length, box, registration: () => registration })
  },
  save: async (tx, election, { kind, box, registration }, { now }) => {
    await saveProfile(tx, election, { ...election.profile, registration: registration() })
    await saveKind(tx, election, kind)
    if (box && 'added' in box)
      await store.insertCandidate(tx, election, { id: box.added, name: 'Kotak kosong', emptyBox: true }, now)
    if (box && 'removed' in box) await store.removeCandidate(tx, election.agency, box.removed)
  },
  tell: ({ kind, extended }) => ({ kind, extended }),
  scope: ({ agency }) => agency,
}

/** Somebody else may stand after all: until the draw the election is between candidates again. */
export const reopenRegistration: Action<
  Standing,
  Record<string, never>,
  { box: string | null },
  Settled | 'registration-unsaid'
> = {
  name: 'voting.registration-reopened',
  find: store.holdStanding,
  may: may.keepCandidate,
  input: nothing,
  decide: (standing) => {
    const settled = settledFor(standing)
    if (settled) return refuse(settled)
    if (!standing.profile.registration) return refuse('registration-unsaid')
    return decide({ box: standing.candidates.find(({ emptyBox }) => emptyBox)?.id ?? null })
  },
  save: async (tx, election, { box }) => {
    const { registration: _, ...profile } = election.profile
    await saveProfile(tx, election, profile)
    await saveKind(tx, election, 'contest')
    if (box) await store.removeCandidate(tx, election.agency, box)
  },
  tell: () => ({}),
  scope: ({ agency }) => agency,
}
