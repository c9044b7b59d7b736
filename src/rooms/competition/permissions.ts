import { administered, isLocalAdminOf, isNational, isUnitOf, unitsOf } from '#people'
import type { Actor } from '#platform/action.ts'
import type { Side } from './domain/draft.ts'

type Owned = { agency: string; unit: string }

/** Who may do what in this room. One line per verb. In which state a verb is possible stands in domain/draft.ts. */
export const may = {
  // rounds
  createRound: isNational,
  editRound: isNational,
  publishRound: isNational,
  changeRound: isNational,
  extendRound: isNational,
  moveStage: isNational,
  inviteToGroup: isNational,
  withdrawInvitation: isNational,
  // administrative selection and the country's figures
  readForAdmission: isNational,
  examineRound: isNational,
  // register of winners
  importWinners: isNational,
  endRound: isNational,
  // proposals
  startProposal: (actor: Actor, unit: Owned) => isUnitOf(actor, unit.agency, unit.unit),
  editProposal: (actor: Actor, proposal: Owned) => isUnitOf(actor, proposal.agency, proposal.unit),
  sendProposal: (actor: Actor, proposal: Owned) => isUnitOf(actor, proposal.agency, proposal.unit),
  recallProposal: (actor: Actor, proposal: Owned) => isUnitOf(actor, proposal.agency, proposal.unit),
  commentProposal: (actor: Actor, proposal: Owned) => isLocalAdminOf(actor, proposal.agency),
  settleComment: (actor: Actor, proposal: Owned) =>
    isUnitOf(actor, proposal.agency, proposal.unit) || isLocalAdminOf(actor, proposal.agency),
  returnProposal: (actor: Actor, proposal: Owned) => isLocalAdminOf(actor, proposal.agency),
  submitProposal: (actor: Actor, proposal: Owned) => isLocalAdminOf(actor, proposal.agency),
  withdrawProposal: (actor: Actor, proposal: Owned) =>
    isUnitOf(actor, proposal.agency, proposal.unit) || isLocalAdminOf(actor, proposal.agency),
  /** The owners' first look at a letter is kept, nobody else's. */
  openResult: (actor: Actor, proposal: Owned) =>
    isUnitOf(actor, proposal.agency, proposal.unit) || isLocalAdminOf(actor, proposal.agency),
  /** A draft is seen by its unit and its agency; the ministry sees a proposal from its submission on. */
  readProposal: (actor: Actor, proposal: Owned & { state: string }) =>
    isUnitOf(actor, proposal.agency, proposal.unit) ||
    isLocalAdminOf(actor, proposal.agency) ||
    (isNational(actor) && ['submitted', 'passed', 'failed'].includes(proposal.state)),
}

/** Has this person proposals of a unit, or a whole agency, to look after? */
export const writes = (actor: Actor): boolean => unitsOf(actor).length > 0
export const administers = (actor: Actor): boolean => administered(actor).length > 0

/** On which sides somebody stands towards a proposal. */
export const sidesOf = (actor: Actor, proposal: Owned): Side[] => [
  ...(isUnitOf(actor, proposal.agency, proposal.unit) ? (['unit'] as const) : []),
  ...(isLocalAdminOf(actor, proposal.agency) ? (['local-admin'] as const) : []),
]
