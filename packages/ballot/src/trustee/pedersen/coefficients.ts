import type { Proof } from '../../format/proof.ts'
import { readCoefficients, type Signed, writeTranscript } from '../../format/trustees.ts'
import type { Group } from '../../group/group.ts'
import { modulo } from '../../scalar.ts'
import { publicPower } from '../../tally.ts'
import { accepted, type Fault, refused } from '../fault.ts'
import { signatureHolds } from '../proof.ts'
import type { Certificates } from './certificates.ts'
import { type CeremonyOutcome, type CeremonyRule, gather, readFrom } from './rules.ts'

/** f(x) = a_0 + a_1 x + … modulo q. */
export const evaluate = (coefficients: readonly bigint[], x: bigint, order: bigint): bigint =>
  coefficients.reduceRight((sum, coefficient) => modulo(sum * x + coefficient, order), 0n)

/** g^f(j) from A_k = g^(a_k): product of A_k^(j^k), by Horner, since j is small and public. */
export const evaluateInExponent = <E>(group: Group<E>, coefexps: readonly E[], j: number): E =>
  coefexps.reduceRight((sum, A) => group.multiply(publicPower(group, sum, BigInt(j)), A), group.neutral)

/** What trustee i signs with its coefficients: all certificates, so that all are known to have seen the same ones. */
export const transcript = (certs: readonly Signed[], coefexps: readonly string[]): string =>
  `certs_sig|${writeTranscript(certs, coefexps)}`

/**
 * The A_{i,k} of all trustees, each list checked: signed by its trustee, t long, members of the group, and the signature
 * over the certificates together with them.
 */
export function checkCoefficients<E>(
  group: Group<E>,
  certificates: Certificates<E>,
  coefexps: readonly Signed[],
  signatures: readonly Proof[],
): CeremonyOutcome<E[][]> {
  const { size } = certificates.plan
  if (coefexps.length !== size) return refused({ rule: 'ceremony.count', at: 'coefexps' })
  if (signatures.length !== size) return refused({ rule: 'ceremony.count', at: 'signatures' })
  return gather(coefexps.map((each, at) => checkOne(group, certificates, at + 1, each, signatures[at]!)))
}

function checkOne<E>(
  group: Group<E>,
  { plan, signed, peers }: Certificates<E>,
  trustee: number,
  coefexps: Signed,
  signature: Proof,
): CeremonyOutcome<E[]> {
  const at = `coefexps[${trustee - 1}]`
  const fault = (rule: CeremonyRule, place = at): { ok: false; faults: Fault<CeremonyRule>[] } =>
    ({ ok: false, faults: [{ rule, trustee, at: place }] }) as const
  const { verification } = peers[trustee - 1]!
  const read = readFrom(trustee, at, () => readCoefficients(coefexps.message).coefexps)
  if (!read.ok) return read
  if (!signatureHolds(group, verification, coefexps.message, coefexps.signature))
    return fault('ceremony.coefficients-signature')
  if (read.value.length !== plan.threshold) return fault('ceremony.coefficients-count')
  const elements = group.decodeAll(read.value)
  const stranger = elements.indexOf(undefined)
  if (stranger >= 0) return fault('ceremony.element', `${at}.message.coefexps[${stranger}]`)
  if (!signatureHolds(group, verification, transcript(signed, read.value), signature))
    return fault('ceremony.transcript-signature', `signatures[${trustee - 1}]`)
  return accepted(elements as E[])
}

/** X_j = product over i of g^(f_i(j)): the verification key of trustee j (from 1), which anyone can compute. */
export const verificationKey = <E>(group: Group<E>, coefexps: readonly (readonly E[])[], j: number): E =>
  coefexps
    .map((each) => evaluateInExponent(group, each, j))
    .reduce((product, factor) => group.multiply(product, factor))
