import type { z } from 'zod'
import { findAgencyNamed } from '#people'
import type { Action } from '#platform/action.ts'
import type { Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { decide, refuse } from '#platform/result.ts'
import { coachForm, hubForm, nothing } from '../forms.ts'
import { may } from '../permissions.ts'
import * as store from '../store/hub.ts'

/** The list of hubs as a thing that acts are done to: its id in the log. */
export const hubsId = '00000000-0000-7000-8000-000000007022'

type List = { tx: Tx }

/** A hub that a decree named. */
export const addHub: Action<
  List,
  z.output<typeof hubForm>,
  store.NewHub & { id: string },
  'hub-known' | 'area-unknown' | 'agency-unknown' | 'hub-nowhere'
> = {
  name: 'replication.hub-added',
  find: async (tx) => {
    await store.holdList(tx)
    return { tx }
  },
  may: may.addHub,
  input: hubForm,
  decide: async ({ tx }, { area, agency: typed, ...hub }) => {
    if (await store.hubNamed(tx, hub.name)) return refuse('hub-known')
    if (area && (await store.knownRegions(tx, [area])).length === 0) return refuse('area-unknown')
    const agency = typed ? ((await findAgencyNamed(tx, typed)) ?? null) : null
    if (typed && !agency) return refuse('agency-unknown')
    if (!area && !agency) return refuse('hub-nowhere')
    return decide({ ...hub, id: newId(), areas: area ? [area] : [], agency })
  },
  save: (tx, _, { id, ...hub }) => store.insertHub(tx, id, hub),
  tell: ({ name, decree, since }) => ({ name, decree, since }),
  scope: () => null,
  subject: ({ id }) => id,
}

/** Somebody accompanies replication in an area of a hub. */
export const giveCoach: Action<
  store.Hub & { tx: Tx },
  z.output<typeof coachForm>,
  { person: string; area: string },
  'person-unknown' | 'area-unknown' | 'area-elsewhere' | 'coach-held'
> = {
  name: 'replication.coach-given',
  find: async (tx, actor, id) => {
    const hub = await store.holdHub(tx, actor, id)
    return hub && { ...hub, tx }
  },
  may: may.giveCoach,
  input: coachForm,
  decide: async ({ tx, areas }, { email, area }) => {
    const person = await store.personOf(tx, email)
    if (!person) return refuse('person-unknown')
    if ((await store.knownRegions(tx, [area])).length === 0) return refuse('area-unknown')
    if (areas.length > 0 && !areas.some((own) => area === own || area.startsWith(`${own}.`)))
      return refuse('area-elsewhere')
    if (await store.coachHeld(tx, person.id, area)) return refuse('coach-held')
    return decide({ person: person.id, area })
  },
  save: (tx, { id }, coach, { actor, now }) =>
    store.insertCoach(tx, { hub: id, ...coach }, { person: actor.id, at: now }),
  tell: ({ person, area }) => ({ person, area }),
  scope: ({ agency }) => agency,
}

type Coach = NonNullable<Awaited<ReturnType<typeof store.holdCoach>>>

export const endCoach: Action<Coach, Record<string, never>, { coach: string }, 'coach-over'> = {
  name: 'replication.coach-ended',
  find: store.holdCoach,
  may: may.endCoach,
  input: nothing,
  decide: ({ id, ended }) => (ended ? refuse('coach-over') : decide({ coach: id })),
  save: (tx, { id }, _, { actor, now }) => store.saveCoachEnd(tx, id, { person: actor.id, at: now }),
  tell: (_, { person, area }) => ({ person, area }),
  scope: () => null,
  subject: (_, { hub }) => hub,
}
