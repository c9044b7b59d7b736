import type { Actor } from '#platform/action.ts'
import { isHeadOf, isLocalAdminOf, isNational, type Post } from './domain/office.ts'

export {
  administered,
  isEvaluator,
  isHeadOf,
  isLocalAdminOf,
  isNational,
  isPanel,
  isUnitOf,
  unitsOf,
} from './domain/office.ts'

const isOwn = (actor: Actor, { person }: { person: string }) => actor.id === person
const isNationalOrHead = (actor: Actor, { agency }: { agency: string | null }) =>
  isNational(actor) || isHeadOf(actor, agency)

/** The national admin fills the offices of the nation and each agency's first one; an agency fills its own. */
function fills(actor: Actor, { role, agency }: Pick<Post, 'role' | 'agency'>): boolean {
  if (role === 'unit') return isLocalAdminOf(actor, agency)
  if (role === 'deputy') return isHeadOf(actor, agency)
  return isNational(actor)
}

type Cared = { id: string; offices: readonly Pick<Post, 'role' | 'agency'>[] }

/** Whoever fills every office that somebody holds looks after the account; the national admin after all but the own. */
const looksAfter = (actor: Actor, { id, offices }: Cared) =>
  actor.id !== id && (isNational(actor) || (offices.length > 0 && offices.every((office) => fills(actor, office))))

/** Who may do what in this room. One line per verb. */
export const may = {
  changeOwnPassword: (actor: Actor, account: { id: string }) => actor.id === account.id,
  changeOwnProfile: (actor: Actor, account: { id: string }) => actor.id === account.id,
  closeOwnAccount: (actor: Actor, account: { id: string }) => actor.id === account.id,
  closeAccount: looksAfter,
  replacePassword: looksAfter,
  changeOwnFactor: (actor: Actor, account: { id: string }) => actor.id === account.id,
  clearFactor: (actor: Actor, account: { id: string }) => isNational(actor) && actor.id !== account.id,
  endSession: isOwn,
  seeAgencies: (actor: Actor) => isNational(actor),
  seeAgency: (actor: Actor, agency: { id: string }) => isNational(actor) || isLocalAdminOf(actor, agency.id),
  addAgency: (actor: Actor) => isNational(actor),
  changeAgency: (actor: Actor) => isNational(actor),
  importAgencies: (actor: Actor) => isNational(actor),
  addUnit: (actor: Actor, agency: { id: string }) => isLocalAdminOf(actor, agency.id),
  importUnits: (actor: Actor, agency: { id: string }) => isLocalAdminOf(actor, agency.id),
  renameUnit: (actor: Actor, unit: { agency: string }) => isLocalAdminOf(actor, unit.agency),
  invite: fills,
  resendInvitation: (actor: Actor, invitation: Pick<Post, 'role' | 'agency'> & { hand_over: string | null }) =>
    invitation.hand_over === null ? fills(actor, invitation) : isNationalOrHead(actor, invitation),
  revokeInvitation: (actor: Actor, invitation: Pick<Post, 'role' | 'agency'> & { hand_over: string | null }) =>
    may.resendInvitation(actor, invitation) || isNational(actor),
  endRole: (actor: Actor, office: Pick<Post, 'role' | 'agency'>) => isNational(actor) || fills(actor, office),
  handOver: isNationalOrHead,
  seeTeam: (actor: Actor) => isNational(actor),
  seeAudit: (actor: Actor) => isNational(actor),
  seeOutbox: (actor: Actor) => isNational(actor),
}
