import { type Pedersen, readCertificate, readCoefficients, type Signed, writeTranscript } from '../format/trustees.ts'
import { attempt } from './ballot-text.ts'
import { type Beginning, beginningOf, type Schnorr } from './schnorr.ts'
import type { TrusteeCheck } from './trustees.ts'

/**
 * Trustees who share a key (4.6), in the form of 2.0 and in that of 3.x, which adds a context to each certificate and
 * two signatures by each trustee. Gives their keys, and the part ∏_i A_{i,0} of the election key if it can be said.
 */
export function checkPedersen<E>(
  check: TrusteeCheck<E>,
  proofs: Schnorr<E>,
  value: Pedersen,
  path: string,
): { keys: (E | undefined)[]; product: E | undefined } {
  const { group, findings, counts, at, member } = check
  const { threshold, certs, coefexps, signatures, verification_keys } = value
  const size = verification_keys.length
  findings.require('trustee.threshold', threshold <= size, at(`${path}.threshold`))
  const complete = [certs, coefexps, signatures ?? certs].every((each) => each.length === size)
  findings.require('trustee.size', complete, at(path))

  /** A signature by a key of a certificate, if that can be said. */
  const signs = (key: E | undefined, { message, signature }: Signed, here: string, beginning?: Beginning): boolean => {
    findings.require('trustee.scalar', proofs.isReduced(signature), at(here))
    if (key === undefined) return true
    counts.signatures++
    return proofs.signs(key, signature, message, beginning)
  }

  const certificates = certs.map((cert, i) => {
    const here = `${path}.certs[${i}]`
    const { value: read, error } = attempt(() => readCertificate(cert.message))
    findings.require('trustee.cert-form', read !== undefined, at(`${here}.message`), error?.message)
    const key = read && member(read.verification, `${here}.verification`)
    if (read) member(read.encryption, `${here}.encryption`)
    findings.require('trustee.cert', signs(key, cert, here), at(here))
    return { read, key }
  })

  // All of 3.x or nothing of it: what one version leaves out the other must not be led to overlook.
  const contexts = certificates.flatMap(({ read }) => (read ? [read.context] : []))
  const parts = [signatures, ...contexts, ...verification_keys.map((own) => own.signature)]
  const isModern = parts.some((part) => part !== undefined)
  findings.require('trustee.generation', !isModern || parts.every((part) => part !== undefined), at(path))
  for (const [i, { read }] of certificates.entries()) {
    const context = read?.context
    if (context === undefined) continue
    const fits =
      context.group === group.name &&
      context.size === size &&
      context.threshold === threshold &&
      context.index === i + 1
    findings.require('trustee.context', fits, at(`${path}.certs[${i}].message`))
  }

  // A_{i,k}, k = 0 … t-1
  const commitments = coefexps.map((signed, i) => {
    const here = `${path}.coefexps[${i}]`
    const { value: read, error } = attempt(() => readCoefficients(signed.message).coefexps)
    const fits = read?.length === threshold
    findings.require('trustee.coefexps-form', fits, at(`${here}.message`), error?.message)
    findings.require('trustee.coefexps', signs(certificates[i]?.key, signed, here), at(here))
    return { texts: read ?? [], elements: (read ?? []).map((text, k) => member(text, `${here}.coefexps[${k}]`)) }
  })

  // All of them sign all certificates: what is common to them is written and hashed once, or time grows by the square.
  const whole = signatures && `certs_sig|${writeTranscript(certs, [])}`
  const beginning = whole === undefined ? undefined : beginningOf(whole.slice(0, -'[]}'.length))
  for (const [i, signature] of (signatures ?? []).entries()) {
    const message = `${JSON.stringify(commitments[i]?.texts ?? [])}}`
    const here = `${path}.signatures[${i}]`
    findings.require(
      'trustee.signatures',
      signs(certificates[i]?.key, { message, signature }, here, beginning),
      at(here),
    )
  }

  // P_k = ∏_i A_{i,k}; X_j = ∏_k P_k^(j^k); the part of the election key is P_0.
  const products: E[] = []
  for (let k = 0; k < threshold; k++) {
    const column = commitments.map(({ elements }) => elements[k])
    if (column.length === 0 || !column.every((element) => element !== undefined)) break
    products.push(column.reduce<E>((all, element) => group.multiply(all, element), group.neutral))
  }
  const known = products.length === threshold

  const keys = verification_keys.map((own, j) => {
    const here = `${path}.verification_keys[${j}]`
    const key = member(own.public_key, `${here}.public_key`)
    const computed = known ? group.encode(atIndex(BigInt(j + 1))) : own.public_key
    findings.require('trustee.verification-key', computed === own.public_key, at(`${here}.public_key`))
    check.pok(own, key, here)
    if (own.signature) {
      const signed = { message: own.public_key, signature: own.signature }
      findings.require('trustee.key-signature', signs(certificates[j]?.key, signed, `${here}.signature`), at(here))
    }
    return key
  })
  return { keys, product: known ? products[0] : undefined }

  /** ∏_k P_k^(j^k), by Horner's rule: small exponents only. */
  function atIndex(j: bigint): E {
    return products.reduceRight<E>((all, product) => group.multiply(group.power(all, j), product), group.neutral)
  }
}
