import { administered, isLocalAdminOf, isNational } from '#people'
import type { Actor } from '#platform/action.ts'
import type { CommitteeRole } from './domain/election.ts'

type OfAgency = { agency: string }
/** An election, and what this person is in its committee. */
type Held = { agency: string; member: CommitteeRole | null }

const administers = (actor: Actor, { agency }: OfAgency) => isLocalAdminOf(actor, agency)
const serves = (actor: Actor, { member }: Held) => actor.id !== null && member !== null
const chairs = (actor: Actor, { member }: Held) => actor.id !== null && member === 'chair'
const prepares = (actor: Actor, held: Held) => serves(actor, held) || administers(actor, held)

/** Who may do what in this room. One line per verb. */
export const may = {
  openWave: administers,
  addElection: administers,
  /** The rules are the regency's, not the village's. */
  changeRules: administers,
  appointCommittee: administers,
  seeOwn: (actor: Actor) => administered(actor).length > 0,
  seeOffice: (actor: Actor, held: Held) => prepares(actor, held) || isNational(actor),
  keepCandidate: serves,
  drawNumbers: serves,
  confirmDraw: serves,
  confirmProof: serves,
  keepPlace: prepares,
  keepOfficer: prepares,
  answerReadiness: serves,
  signReadiness: (actor: Actor, held: Held) => chairs(actor, held) || administers(actor, held),
  orderCeremony: chairs,
  takeCeremony: prepares,
  /** The centre's key is the regency's. */
  makePackages: administers,
  /** The committee's card signs in the village; whoever of them brings the signatures. */
  sealPackages: prepares,
  /** Penetapan is the committee's: its chair writes it down, another of it confirms. */
  writeDecision: chairs,
  confirmDecision: serves,
  recordDestruction: serves,
  takePackage: (actor: Actor, held: Held) => prepares(actor, held) || isNational(actor),
  /** Anybody may bring a result, a file or a reading: what counts is whose signature it bears, or how many read the same. */
  bringResult: (_: Actor) => true,
  readPhoto: (_: Actor) => true,
  /** Two of these type a signed sheet where no network reached, each for themselves. */
  typeSheet: prepares,
  settleVersions: serves,
  enterTieFact: serves,
  /** The roll names people: those who prepare it, nobody else; the public reads counts. */
  keepRoll: prepares,
  fixRoll: chairs,
  signRoll: serves,
  noteDelivery: serves,
  /** Witnesses, candidates and voters have no account: the receipt says whose it is. */
  fileObjection: (_: Actor) => true,
  answerObjection: serves,
  decideObjection: administers,
  keepAudit: serves,
  countSlips: serves,
  endAudit: chairs,
}
