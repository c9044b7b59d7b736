import type { z } from 'zod'
import type { Action } from '#platform/action.ts'
import { newId } from '#platform/ids.ts'
import { decide, refuse } from '#platform/result.ts'
import { type NewPlace, placesAfter } from '../domain/place.ts'
import { nothing, officerForm, placeForm, shapeForm } from '../forms.ts'
import { may } from '../permissions.ts'
import type { Planned } from '../store/place.ts'
import * as store from '../store/place.ts'

const closedFor = ({ state, fixed }: Planned) =>
  state !== 'preparing' && state !== 'sealed'
    ? ('not-preparing' as const)
    : fixed
      ? ('order-stands' as const)
      : undefined
type Closed = 'not-preparing' | 'order-stands'

export const addPlace: Action<
  Planned,
  z.output<typeof placeForm>,
  NewPlace & { id: string },
  Closed | 'place-known'
> = {
  name: 'voting.place-added',
  find: store.holdPlanned,
  may: may.keepPlace,
  input: placeForm,
  decide: (planned, place) => {
    const closed = closedFor(planned)
    if (closed) return refuse(closed)
    if (planned.places.some(({ number }) => number === place.number)) return refuse('place-known')
    return decide({ ...place, id: newId() })
  },
  save: (tx, election, place) => store.insertPlaces(tx, election, [place]),
  tell: ({ id, number, desks, booths }) => ({ tps: id, number, desks, booths }),
  scope: ({ agency }) => agency,
}

/** Polling places after a set-up that villages have used, where there are none yet (R20). */
export const addPlaces: Action<
  Planned,
  z.output<typeof shapeForm>,
  { shape: string; places: (NewPlace & { id: string })[] },
  Closed | 'places-there'
> = {
  name: 'voting.places-added',
  find: store.holdPlanned,
  may: may.keepPlace,
  input: shapeForm,
  decide: (planned, { shape, voters, where }) => {
    const closed = closedFor(planned)
    if (closed) return refuse(closed)
    if (planned.places.length > 0) return refuse('places-there')
    const places = placesAfter(shape, voters, planned.profile.rules.votersPerTps.value, where)
    return decide({ shape, places: places.map((place) => ({ ...place, id: newId() })) })
  },
  save: (tx, election, { places }) => store.insertPlaces(tx, election, places),
  tell: ({ shape, places }) => ({ shape, places: places.length }),
  scope: ({ agency }) => agency,
}

export const changePlace = (
  id: string,
): Action<Planned, z.output<typeof placeForm>, NewPlace, Closed | 'no-such-place' | 'place-known'> => ({
  name: 'voting.place-changed',
  find: store.holdPlanned,
  may: may.keepPlace,
  input: placeForm,
  decide: (planned, place) => {
    const closed = closedFor(planned)
    if (closed) return refuse(closed)
    if (!planned.places.some((one) => one.id === id)) return refuse('no-such-place')
    if (planned.places.some((one) => one.id !== id && one.number === place.number)) return refuse('place-known')
    return decide(place)
  },
  save: (tx, { agency }, place) => store.savePlace(tx, agency, id, place),
  tell: ({ number, desks, booths }) => ({ tps: id, number, desks, booths }),
  scope: ({ agency }) => agency,
})

/** A polling place that nobody serves at and nothing was made for. */
export const removePlace = (
  id: string,
): Action<
  Planned,
  Record<string, never>,
  { tps: string },
  Closed | 'no-such-place' | 'place-served' | 'place-used'
> => ({
  name: 'voting.place-removed',
  find: store.holdPlanned,
  may: may.keepPlace,
  input: nothing,
  decide: async (planned) => {
    const closed = closedFor(planned)
    if (closed) return refuse(closed)
    if (!planned.places.some((one) => one.id === id)) return refuse('no-such-place')
    if (planned.officers.some(({ tps }) => tps === id)) return refuse('place-served')
    if (await store.placeUsed(planned.tx, id)) return refuse('place-used')
    return decide({ tps: id })
  },
  save: (tx, { agency }) => store.removePlace(tx, agency, id),
  tell: (change) => change,
  scope: ({ agency }) => agency,
})

export const addOfficer: Action<
  Planned,
  z.output<typeof officerForm>,
  store.NewOfficer,
  Closed | 'no-such-place' | 'place-has-chair' | 'officer-known'
> = {
  name: 'voting.officer-added',
  find: store.holdPlanned,
  may: may.keepOfficer,
  input: officerForm,
  decide: (planned, officer) => {
    const closed = closedFor(planned)
    if (closed) return refuse(closed)
    if (officer.tps !== null && !planned.places.some(({ id }) => id === officer.tps)) return refuse('no-such-place')
    const here = planned.officers.filter(({ tps }) => tps === officer.tps)
    if (officer.role === 'chair' && here.some(({ role }) => role === 'chair')) return refuse('place-has-chair')
    if (here.some(({ name }) => name.toLowerCase() === officer.name.toLowerCase())) return refuse('officer-known')
    return decide({ ...officer, id: newId() })
  },
  save: (tx, election, officer) => store.insertOfficer(tx, election, officer),
  tell: ({ id, role, tps, trustee }) => ({ officer: id, role, tps, trustee }),
  scope: ({ agency }) => agency,
}

export const removeOfficer = (
  id: string,
): Action<Planned, Record<string, never>, { officer: string }, Closed | 'officer-unknown'> => ({
  name: 'voting.officer-removed',
  find: store.holdPlanned,
  may: may.keepOfficer,
  input: nothing,
  decide: (planned) => {
    const closed = closedFor(planned)
    if (closed) return refuse(closed)
    return planned.officers.some((one) => one.id === id) ? decide({ officer: id }) : refuse('officer-unknown')
  },
  save: (tx, { agency }) => store.removeOfficer(tx, agency, id),
  tell: (change) => change,
  scope: ({ agency }) => agency,
})
