import { isLocalAdminOf, isNational, isPanel, isUnitOf } from '#people'
import type { Actor } from '#platform/action.ts'

type OfMember = { member: string }
type OfUnit = { agency: string; unit: string }

/** Who may do what in the panel's half of the room. One line per verb. */
export const mayPanel = {
  seePanel: (actor: Actor) => isNational(actor) || isPanel(actor),
  setPlaces: (actor: Actor) => isNational(actor),
  nominate: (actor: Actor) => isNational(actor),
  settleTie: (actor: Actor) => isNational(actor),
  assignPanel: (actor: Actor) => isNational(actor),
  declareInterest: (actor: Actor) => isPanel(actor),
  /** Own readings only. */
  readForPanel: (actor: Actor, reading: OfMember) => isPanel(actor) && actor.id === reading.member,
  runPlenary: (actor: Actor) => isNational(actor),
  /** The secretary writes down what the plenary decided; a panel member may do so as well. */
  decideEntry: (actor: Actor) => isNational(actor) || isPanel(actor),
  announce: (actor: Actor) => isNational(actor),
  /** Everybody, with or without an account; when is a matter of the clock. */
  object: (_actor: Actor) => true,
  planInterviews: (actor: Actor) => isNational(actor),
  confirmInterview: (actor: Actor, { agency, unit }: OfUnit) =>
    isLocalAdminOf(actor, agency) || isUnitOf(actor, agency, unit),
  /** Own sheet only: nobody, not even the secretariat, reads or writes it before the interviews close. */
  scoreInterview: (actor: Actor, sheet: OfMember | undefined) => isPanel(actor) && actor.id === sheet?.member,
  answerObjection: (actor: Actor) => isNational(actor),
  publishBundle: (actor: Actor) => isNational(actor),
  releaseLetters: (actor: Actor) => isNational(actor),
  openLetter: (actor: Actor, { agency, unit }: OfUnit) =>
    isLocalAdminOf(actor, agency) || isUnitOf(actor, agency, unit),
  recordFinding: (actor: Actor) => isNational(actor) || isPanel(actor),
  /** Everybody, once for each browser. */
  rate: (_actor: Actor) => true,
  recordDecree: (actor: Actor) => isNational(actor),
}
