import type { Random } from '../random.ts'

/**
 * Many claims of the form
 *
 *     commitment = base^response · (product of elements)^challenge · g^shift
 *
 * (base is g or y) put to one test: each is raised to a random power e of its own, all are multiplied, and the product
 * must be 1. If every point is a member of the group of order q and one claim is false, the test passes with a
 * probability of at most 2^-128 (Bellare, Garay, Rabin, "Fast batch verification", 1998: small exponents).
 *
 * That every point is a member is tested in the same pass. A point outside has a component whose order divides the
 * cofactor, perhaps only 2, which random powers let through half of the time. So the points go through 128 random
 * subset products, each of which must be a member; a false point passes with a probability of at most 2^-128. The
 * digits of the exponents e are such random subsets: for the commitments, the buckets of the multi-scalar
 * multiplication give the subset products for nothing. The elements have exponents that a prover influences, and get
 * random subsets of their own.
 *
 * A batch says only yes or no; who is guilty is found by halving. Points are untrusted on the way in.
 */
export interface Batch {
  /** Forgets all points and claims. */
  clear(): void
  /**
   * A part of a ciphertext or a credential: its text in the archive and what the hints say of it (`hintLength` bytes;
   * on the curve the x coordinate). Its number, or undefined when the text is not canonical or the hint is not true.
   */
  element(text: string, hint: Uint8Array): number | undefined
  /** A commitment that only the hints hold (`commitmentLength` bytes). Its number and text, or undefined if it is no point. */
  commitment(hint: Uint8Array): { number: number; text: string } | undefined
  claim(claim: Claim): void
  /** Whether all points are members and all claims hold, with an error of at most 2^-127. */
  holds(random: Random): boolean
  /**
   * The texts of products of elements, one for each list of their numbers (an empty list: the neutral element). For the
   * tally, which multiplies what `holds` has found to be members; it says nothing about membership itself.
   */
  products(lists: readonly (readonly number[])[]): string[]
}

export type Claim = {
  readonly commitment: number
  readonly base: 'g' | 'y'
  readonly response: bigint
  readonly challenge: bigint
  /** Numbers of the elements whose product is meant; one may stand twice. */
  readonly elements: readonly number[]
  /** Exponent of g beside them, in [0, q): for β/g^M it is -M · challenge. */
  readonly shift: bigint
}

/** What hints hold for a group, in bytes, and how a plain verifier writes them down. */
export interface HintCodec<E> {
  /** 0 where the text alone says everything (residues). */
  readonly elementLength: number
  readonly commitmentLength: number
  writeElement(element: E): Uint8Array
  writeCommitment(element: E): Uint8Array
}

/** A group in WebAssembly, for public values only. */
export interface BatchKernel<E> {
  readonly hints: HintCodec<E>
  /** A batch for the election key y. `capacity`: points it must hold at once. */
  batch(y: E, capacity: number): Batch
}
