import type { Element, PlainGroup } from './groups.ts'
import { HZ, type Reader } from './texts.ts'

/** A proof of knowledge as the format stores it; the commitments are computed anew. */
export type Proof = { challenge: bigint; response: bigint }
export type Ciphertext = { alpha: Element; beta: Element }

export function readProof(value: unknown, q: bigint, reader: Reader): Proof {
  const { challenge, response } = reader.members(value, 'challenge response')
  return { challenge: reader.scalar(challenge, q), response: reader.scalar(response, q) }
}

export function readCiphertext(value: unknown, group: PlainGroup, reader: Reader, rule?: string): Ciphertext {
  const { alpha, beta } = reader.members(value, 'alpha beta')
  return { alpha: reader.element(alpha, group, rule), beta: reader.element(beta, group, rule) }
}

/** base^response · other^challenge: each commitment of the format has this form. */
const commitment = (base: Element, other: Element, { challenge, response }: Proof): Element =>
  base.power(response).times(other.power(challenge))

/** Specification 4.5 and 4.6.1, 4.14: knowledge of log_g(X), A = g^response · X^challenge, challenge = HZ(prefix A). */
export function knows(group: PlainGroup, X: Element, proof: Proof, prefix: string): boolean {
  const A = commitment(group.g, X, proof)
  return proof.challenge === HZ(`${prefix}${A.text}`, group.q)
}

/** Specification 4.18: f = alpha^x where X = g^x. */
export function decrypts(
  group: PlainGroup,
  phi: string,
  X: Element,
  alpha: Element,
  f: Element,
  proof: Proof,
): boolean {
  // A = g^response · X^challenge,  B = alpha^response · f^challenge
  const A = commitment(group.g, X, proof)
  const B = commitment(alpha, f, proof)
  // challenge = HZ(decrypt|φ|X|A,B)
  return proof.challenge === HZ(`decrypt|${phi}|${X.text}|${A.text},${B.text}`, group.q)
}

/** One alternative of a proof that one of several holds: this ciphertext encrypts M. */
type Alternative = Ciphertext & { M: number; proof: Proof }

/** Σ challenges = HZ(prefix A0,B0,A1,B1,…), Aj = g^response · alpha^challenge, Bj = y^response · (beta/g^M)^challenge. */
function oneHolds(group: PlainGroup, y: Element, alternatives: Alternative[], prefix: string): boolean {
  const commitments = alternatives.map(({ alpha, beta, M, proof }) => {
    const A = commitment(group.g, alpha, proof)
    const B = commitment(y, beta.times(group.g.power(BigInt(-M))), proof)
    return `${A.text},${B.text}`
  })
  const sum = alternatives.reduce((total, { proof }) => total + proof.challenge, 0n)
  return sum % group.q === HZ(`${prefix}${commitments.join(',')}`, group.q)
}

/** Whole numbers from least to most. */
export const range = (least: number, most: number): number[] =>
  Array.from({ length: Math.max(0, most - least + 1) }, (_, k) => least + k)

/** Specification 4.12: (alpha, beta) encrypts one of the values. Hash: prove|S|alpha,beta|A0,B0,… */
export function inValues(group: PlainGroup, y: Element, S: string, c: Ciphertext, values: number[], proofs: Proof[]) {
  const alternatives = values.map((M, j) => ({ ...c, M, proof: proofs[j]! }))
  return oneHolds(group, y, alternatives, `prove|${S}|${c.alpha.text},${c.beta.text}|`)
}

/** Specification 4.13.3, blank_proof: m0 = 0 or mΣ = 0. Hash: bproof0|S|A0,B0,AΣ,BΣ */
export function blankOrNothing(
  group: PlainGroup,
  y: Element,
  S: string,
  flag: Ciphertext,
  sum: Ciphertext,
  proofs: Proof[],
) {
  const alternatives = [
    { ...flag, M: 0, proof: proofs[0]! },
    { ...sum, M: 0, proof: proofs[1]! },
  ]
  return oneHolds(group, y, alternatives, `bproof0|${S}|`)
}

/** Specification 4.13.3, overall_proof: m0 = 1 or mΣ in min…max. Hash: bproof1|S|A0,B0,…,Ak,Bk */
export function blankOrValues(
  group: PlainGroup,
  y: Element,
  S: string,
  flag: Ciphertext,
  sum: Ciphertext,
  values: number[],
  proofs: Proof[],
) {
  const alternatives = [
    { ...flag, M: 1, proof: proofs[0]! },
    ...values.map((M, j) => ({ ...sum, M, proof: proofs[j + 1]! })),
  ]
  return oneHolds(group, y, alternatives, `bproof1|${S}|`)
}

/** (α, β)·(α', β') = (αα', ββ'): the sum of what they encrypt. */
export const product = (group: PlainGroup, ciphertexts: Ciphertext[]): Ciphertext =>
  ciphertexts.reduce((a, b) => ({ alpha: a.alpha.times(b.alpha), beta: a.beta.times(b.beta) }), {
    alpha: group.one,
    beta: group.one,
  })
