import type { Action } from '#platform/action.ts'
import { decide, refuse } from '#platform/result.ts'
import { nothing } from '../forms.ts'
import { may } from '../permissions.ts'
import * as store from '../store/offer.ts'

type Nothing = Record<string, never>

/** Let other installations adopt a package that the agency runs. One agency offers a package, the first that did. */
export const offerPackage: Action<store.Offerable, Nothing, { package: string }, 'offered-already'> = {
  name: 'exchange.package-offered',
  find: store.holdOfferable,
  may: may.offerPackage,
  input: nothing,
  decide: ({ offered, package: name }) => (offered ? refuse('offered-already') : decide({ package: name })),
  save: (tx, of, _, { actor, now }) => store.newOffer(tx, of, { person: actor.id, at: now }),
  tell: (change) => change,
  scope: ({ agency }) => agency,
}

type Offer = NonNullable<Awaited<ReturnType<typeof store.holdOffer>>>

/** Take it back. Who adopted keeps what was adopted. */
export const endOffer: Action<Offer, Nothing, { package: string }, 'offer-over'> = {
  name: 'exchange.offer-ended',
  find: store.holdOffer,
  may: may.endOffer,
  input: nothing,
  decide: ({ ended, package: name }) => (ended ? refuse('offer-over') : decide({ package: name })),
  save: (tx, offer, _, { actor, now }) => store.saveOfferEnd(tx, offer, { person: actor.id, at: now }),
  tell: (change) => change,
  scope: ({ agency }) => agency,
  subject: (_, { service }) => service,
}
