import { isLocalAdminOf, isNational } from '#people'
import type { Actor } from '#platform/action.ts'

type OfAgency = { agency: string }
const administers = (actor: Actor, { agency }: OfAgency) => isLocalAdminOf(actor, agency)
/** A case as somebody knows of it: the roles of the package that are held in it (see `rolesIn`). Without one there is no case. */
type InRoles = { roles: readonly string[] }

/** Two cases, whether somebody may make them one (see `mayMerge`). */
type Merging = { merges: boolean }

/** Who may do what in this room. One line per verb. Which move a role may make stands in the package. */
export const may = {
  installPackage: administers,
  changeSetting: administers,
  giveRole: administers,
  endRole: administers,
  trustPublisher: (actor: Actor) => isNational(actor),
  openCase: (_: Actor, { roles }: InRoles) => roles.length > 0,
  moveCase: (_: Actor, { roles }: InRoles) => roles.length > 0,
  withdrawConsent: (_: Actor, { seesPerson }: { seesPerson: boolean }) => seesPerson,
  installLocal: administers,
  upgrade: administers,
  offerImprovement: administers,
  answerImprovement: (actor: Actor, { upstream }: { upstream: string }) => isLocalAdminOf(actor, upstream),
  publishFigures: administers,
  readCount: (actor: Actor, { agency, works }: OfAgency & { works: boolean }) =>
    works || administers(actor, { agency }),
  mergeCases: (_: Actor, { merges }: Merging) => merges,
  partCases: (_: Actor, { merges }: Merging) => merges,
  startDraft: administers,
  editDraft: administers,
  tryDraft: administers,
  publishDraft: administers,
  dropDraft: administers,
  handInReport: (_: Actor, { roles }: InRoles) => roles.length > 0,
  decideHeldReport: administers,
  retireService: administers,
  manageGateway: administers,
  manageLink: administers,
  manageAccount: administers,
  manageHook: administers,
  /** Who may bring a message is known by its signature, which is checked before. */
  hearMessage: (_: Actor) => true,
  /** Whoever followed a case with its code to its end. */
  rateService: (_: Actor, { closed }: { closed: boolean }) => closed,
  /** The texts of a stand-in are those of made-up people. */
  seePhones: (actor: Actor, thing: OfAgency & { demo: boolean }) => thing.demo && administers(actor, thing),
  readWords: administers,
  handOver: administers,
  setPost: administers,
  seeLedger: administers,
  assignCase: (_: Actor, { assigns }: { assigns: boolean }) => assigns,
  answerOffer: (_: Actor, { mine }: { mine: boolean }) => mine,
  /** Each for herself. */
  keepContact: (actor: Actor, { person }: { person: string }) => actor.id === person,
}
