/** The groups of Belenios v1; see the specification, "Group parameters". */
export const groupNames = ['BELENIOS-2048', 'RFC-3526-2048', 'Ed25519'] as const
export type GroupName = (typeof groupNames)[number]

/**
 * A cyclic group of prime order q, written multiplicatively, as the specification writes it. `E` is the element as the
 * implementation holds it; nobody else looks inside. Two families implement it:
 *
 * - `openGroup` (this folder): noble's constant-time curve and BigInt. All that touches a secret uses these.
 * - the kernels (`src/kernel`): WebAssembly, quick and not constant-time. They only ever see public values.
 */
export interface Group<E> {
  readonly name: GroupName
  /** q, the order of the group, a prime. */
  readonly order: bigint
  /** g */
  readonly generator: E
  /** 1 */
  readonly neutral: E

  /**
   * The element that a text stands for; undefined unless the text is the canonical one (the very text that `encode`
   * gives back) and the element is a member of the group of order q. There is no way in without both.
   */
  decode(text: string): E | undefined
  /**
   * As `decode` for each text. Membership may be tested for all together; a false element then passes with a
   * probability of at most 2^-128, and one that fails is found alone.
   */
  decodeAll(texts: readonly string[]): (E | undefined)[]
  /** str(x): decimal for residues, 64 hexadecimal digits for the curve. */
  encode(element: E): string
  encodeAll(elements: readonly E[]): string[]
  /** The order in which Belenios sorts public credentials, on their texts. Negative, zero or positive. */
  compare(a: string, b: string): number

  equal(a: E, b: E): boolean
  multiply(a: E, b: E): E
  inverse(a: E): E
  /** base^exponent, exponent in [0, q). */
  power(base: E, exponent: bigint): E
  /** A table of powers of a base that will be raised often. */
  table(base: E): Table<E>
}

export interface Table<E> {
  readonly base: E
  /** base^exponent, exponent in [0, q). */
  power(exponent: bigint): E
  /** base^exponent · other^otherExponent: the shape of every commitment that a verifier computes anew. */
  combine(exponent: bigint, other: E, otherExponent: bigint): E
}
