import { administered, isLocalAdminOf, isNational } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Side } from './domain/process.ts'

type OfAgency = { agency: string }
/** A replication: who copies, whose innovation it is, and whether this person is a coach of the area in which it happens. */
type Copied = { agency: string; owner: string | null; coached: boolean }
type OfHub = { agency: string | null; coached: boolean }

const administers = (actor: Actor, { agency }: OfAgency) => isLocalAdminOf(actor, agency)

/** On which sides of a replication somebody stands. */
export function sidesOf(actor: Actor, { agency, owner, coached }: Copied): Side[] {
  return [
    ...(isLocalAdminOf(actor, agency) ? (['adopter'] as const) : []),
    ...(isLocalAdminOf(actor, owner) ? (['owner'] as const) : []),
    ...(coached && actor.id !== null ? (['verifier'] as const) : []),
    ...(isNational(actor) ? (['national'] as const) : []),
  ]
}
const onSide =
  (...sides: Side[]) =>
  (actor: Actor, copied: Copied) =>
    sidesOf(actor, copied).some((side) => sides.includes(side))
const ofHub = (actor: Actor, { agency, coached }: OfHub) =>
  (coached && actor.id !== null) || isLocalAdminOf(actor, agency)

/** Who may do what in this room. One line per verb. */
export const may = {
  publishPackage: (actor: Actor, innovation: { agency: string | null }) => isLocalAdminOf(actor, innovation.agency),
  adoptPackage: administers,
  registerInterest: administers,
  seeProcess: onSide('adopter', 'owner', 'verifier', 'national'),
  verifyInterest: onSide('verifier', 'national'),
  signAgreement: onSide('adopter', 'owner'),
  approveReplication: onSide('owner'),
  beginImplementation: onSide('adopter'),
  certifyReplication: onSide('owner', 'national'),
  declineReplication: onSide('owner', 'verifier', 'national'),
  endReplication: onSide('adopter', 'owner'),
  answerQuestion: administers,
  seeOwn: (actor: Actor) => administered(actor).length > 0,
  /** Of the nation, or of the area of a hub; the nation is of nobody's agency. */
  seeOverview: (actor: Actor, hub: OfHub) => isNational(actor) || ofHub(actor, hub),
  addHub: (actor: Actor) => isNational(actor),
  giveCoach: (actor: Actor) => isNational(actor),
  endCoach: (actor: Actor) => isNational(actor),
  seeSurvey: (actor: Actor, hub: OfHub) => isNational(actor) || ofHub(actor, hub),
  fillSurvey: ofHub,
  verifySurvey: (actor: Actor) => isNational(actor),
}
