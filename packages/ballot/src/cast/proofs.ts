import type { Proof } from '../format/proof.ts'
import type { Group, Table } from '../group/group.ts'
import { hashScalar } from '../hash.ts'
import { type Random, randomScalar } from '../random.ts'

/**
 * The proofs of a ballot, made by somebody who knows the randomness r of each ciphertext.
 *
 * Such a one needs powers of g and y alone, for which there are tables. A simulated disjunct with challenge c and
 * response s, for a ciphertext (α, β) = (g^r, y^r·g^m) of which it says that it holds M, has the commitments
 *
 *     A = g^s·α^c          = g^(s + r·c)
 *     B = y^s·(β/g^M)^c    = y^(s + r·c) · g^((m − M)·c)
 *
 * (specification 4.12 and 4.13 give the left sides): three powers, where the left sides take five. The real disjunct
 * takes two, A = g^w and B = y^w.
 *
 * **The vote decides no branch and no number of operations.** Of one disjunction the real disjunct is computed first,
 * then the simulated ones, whichever they are; only then they are put in their order, by index. Operands are of the same
 * size for every vote. What JavaScript cannot promise: the time of a BigInt product depends on its operands a little, an
 * engine may compile a hot path for the values it has seen, an index leaves a trace in the processor's cache, and memory
 * is not wiped. Who can measure a booth's processor that closely sees its screen, too.
 */
export interface Bases<E> {
  readonly group: Group<E>
  readonly g: Table<E>
  readonly y: Table<E>
  /** A number of full size, and g to the power of its negative: see `powerOfExcess`. */
  readonly offset: bigint
  readonly unshift: E
}

export function openBases<E>(group: Group<E>, key: E): Bases<E> {
  const g = group.table(group.generator)
  const offset = group.order / 3n
  return { group, g, y: group.table(key), offset, unshift: group.inverse(g.power(offset)) }
}

export type Disjunct = {
  /** The randomness of the ciphertext (or product of ciphertexts) that the disjunct speaks of. */
  readonly r: bigint
  /** What that ciphertext holds less what the disjunct says it holds: m − M, 0 in the real one. Between −q and q. */
  readonly excess: number
}

/** Commitments that stand, and the proofs once their challenge is known. To be answered once and never again. */
export interface Committed<E> {
  /** A_0, B_0, …, A_k, B_k */
  readonly commitments: readonly E[]
  respond(challenge: bigint): Proof[]
}

/** Commits to "one of these is true", where the one with the index `real` is. */
export function commitDisjunction<E>(
  bases: Bases<E>,
  disjuncts: readonly Disjunct[],
  real: number,
  random: Random,
): Committed<E> {
  const { group, g, y } = bases
  const q = group.order
  const count = disjuncts.length
  const w = randomScalar(q, random)
  const commitments = new Array<E>(2 * count).fill(group.neutral)
  const proofs = new Array<Proof>(count).fill({ challenge: 0n, response: 0n })
  const realA = g.power(w)
  const realB = y.power(w)
  let simulated = 0n
  for (let step = 1; step < count; step++) {
    const at = (real + step) % count
    const { r, excess } = disjuncts[at]!
    const challenge = randomScalar(q, random)
    const response = randomScalar(q, random)
    const shared = (response + r * challenge) % q
    commitments[2 * at] = g.power(shared)
    commitments[2 * at + 1] = group.multiply(y.power(shared), powerOfExcess(bases, excess, challenge))
    proofs[at] = { challenge, response }
    simulated += challenge
  }
  commitments[2 * real] = realA
  commitments[2 * real + 1] = realB
  return {
    commitments,
    respond(sum) {
      // sum − simulated and w − r·challenge, modulo q, without a negative number on the way.
      const challenge = (sum + BigInt(count) * q - simulated) % q
      const response = (w + (q - disjuncts[real]!.r) * challenge) % q
      proofs[real] = { challenge, response }
      return proofs
    },
  }
}

/**
 * g^(excess·challenge), computed as g^(excess·challenge + offset) · g^-offset. The excess of a simulated disjunct may be 0
 * too (both sides of "blank or none chosen" can be true), and a power with a small exponent takes less time, or a path of
 * its own, in some groups.
 */
function powerOfExcess<E>({ group, g, offset, unshift }: Bases<E>, excess: number, challenge: bigint): E {
  const q = group.order
  return group.multiply(g.power(((q + BigInt(excess)) * challenge + offset) % q), unshift)
}

/** Commits to knowing s where the public credential is g^s. One commitment, one proof. */
export function commitSignature<E>({ group, g }: Bases<E>, s: bigint, random: Random): Committed<E> {
  const q = group.order
  const w = randomScalar(q, random)
  return {
    commitments: [g.power(w)],
    respond: (challenge) => [{ challenge, response: (w + (q - s) * challenge) % q }],
  }
}

/** The challenges of the specification, from texts. `statement` is S0 or S; `commitments` the texts A_0,B_0,…. */
export const challenges = {
  /** 4.12: of a ciphertext or product (alpha, beta). */
  interval: (q: bigint, statement: string, alpha: string, beta: string, commitments: readonly string[]) =>
    hashScalar(`prove|${statement}|${alpha},${beta}|${commitments.join(',')}`, q),
  /** 4.13, blank_proof: not blank, or none chosen. */
  blank: (q: bigint, statement: string, commitments: readonly string[]) =>
    hashScalar(`bproof0|${statement}|${commitments.join(',')}`, q),
  /** 4.13, overall_proof with blank: blank, or the number chosen is allowed. */
  overall: (q: bigint, statement: string, commitments: readonly string[]) =>
    hashScalar(`bproof1|${statement}|${commitments.join(',')}`, q),
  /** 4.14: of the hash of the ballot without its signature. */
  signature: (q: bigint, hash: string, commitment: string) => hashScalar(`sig|${hash}|${commitment}`, q),
}
