/**
 * Threshold keys: n trustees make a key together that any t of them can decrypt with, and nobody ever knows the secret
 * of. Pedersen's distributed key generation in the form of Belenios 3.x (specification 4.6, certificates with context and
 * signatures over them), message for message: a trustee may use this package and another belenios-tool 3.1 or later.
 *
 *     round  trustee i                                   coordinator
 *     1      beginCeremony → certificate
 *     2                                                  takeCertificates → all certificates, to everyone
 *     3      dealShares → A_{i,k} signed, f_i(j) sealed
 *     4                                                  takePolynomials → what is for each trustee
 *     5      takeShares → S_i (kept), X_i with proof
 *     6                                                  takeOutputs → ["Pedersen", …]
 *
 * Each round is a function from a state and what came in to the next state and what goes out, or to the faults found.
 * The coordinator sees no secret and cannot exchange what it carries: everything is signed or sealed.
 *
 * What this form does not give is a commitment before the coefficients. Who sends A_{i,0} last has seen the others' and
 * may try many of their own until the election key has a form that pleases them (a "rushing" adversary: Gennaro,
 * Jarecki, Krawczyk, Rabin, "Secure distributed key generation", 1999). That biases the key by a few bits of their
 * choice and tells nothing of its secret: they would still have to prove in `verification_keys` that they know their
 * own share, which a key chosen to cancel the others' does not allow. A round before round 3, in which everyone first
 * sends the hash of their signed coefficients and only then the coefficients, would take that choice away. Belenios 3.x
 * has none and this package, whose records Belenios has to read, adds none; a coordinator can ask for the hashes by
 * other means, since the record does not show when its parts were sent.
 */
export {
  type AwaitingCertificates,
  type AwaitingOutputs,
  type AwaitingPolynomials,
  type CoordinatorState,
  coordinate,
  takeCertificates,
  takeOutputs,
  takePolynomials,
} from './pedersen/coordinator.ts'
export {
  type CeremonyFault,
  type CeremonyOutcome,
  type CeremonyRule,
  ceremonyRules,
  type Plan,
} from './pedersen/rules.ts'
export { readTrusteeState, writeTrusteeState } from './pedersen/state.ts'
export {
  beginCeremony,
  type Certified,
  type Dealt,
  dealShares,
  openShare,
  type TrusteeState,
  takeShares,
} from './pedersen/trustee.ts'
