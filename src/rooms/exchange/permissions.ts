import { isLocalAdminOf, isNational } from '#people'
import type { Actor } from '#platform/action.ts'

type OfAgency = { agency: string }
const administers = (actor: Actor, { agency }: OfAgency) => isLocalAdminOf(actor, agency)

/** Who may do what in this room. One line per verb. */
export const may = {
  offerPackage: administers,
  endOffer: administers,
  adopt: administers,
  makeReport: administers,
  subscribe: (actor: Actor) => isNational(actor),
  endSubscription: (actor: Actor) => isNational(actor),
  confirmPeer: (actor: Actor) => isNational(actor),
  /** Anybody may bring one: what counts is whose signature it bears. */
  receiveHeartbeat: (_: Actor) => true,
}
