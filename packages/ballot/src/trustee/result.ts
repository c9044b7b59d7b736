import type { EncryptedTally, PartialDecryption, Result } from '../format/tally.ts'
import { keysOf, type Trustee } from '../format/trustees.ts'
import type { Group } from '../group/group.ts'
import { inverseModulo, modulo } from '../scalar.ts'
import { member } from './election-key.ts'
import type { Fault } from './fault.ts'
import { openLogarithms } from './logarithm.ts'
import { decryptionProofHolds } from './proof.ts'

/** What the board holds when the decryptions are put together. */
export type Board = {
  /** φ, 43 characters. */
  readonly fingerprint: string
  readonly trustees: readonly Trustee[]
  readonly tally: EncryptedTally
  readonly totalWeight: bigint
}

export type DecryptionRule =
  | 'decryption.owner'
  | 'decryption.shape'
  | 'decryption.element'
  | 'decryption.proof'
  | 'decryption.logarithm'

/** So many more decryptions are needed, from any of these owners. */
export type Missing = { readonly needed: number; readonly from: readonly number[] }

export type Combined =
  | { readonly state: 'result'; readonly result: Result }
  | { readonly state: 'missing'; readonly missing: readonly Missing[] }
  | { readonly state: 'refused'; readonly faults: readonly Fault<DecryptionRule>[] }

/** Every reason not to accept a partial decryption from this owner (numbered from 1). Empty: it is sound. */
export function decryptionFaults<E>(
  group: Group<E>,
  { fingerprint, trustees, tally }: Omit<Board, 'totalWeight'>,
  owner: number,
  { decryption_factors: factors, decryption_proofs: proofs }: PartialDecryption,
): Fault<DecryptionRule>[] {
  const key = keysOf(trustees)[owner - 1]
  if (!key) return [{ rule: 'decryption.owner', trustee: owner, at: 'owner' }]
  const sameShape = (rows: readonly (readonly unknown[])[]) =>
    rows.length === tally.length && rows.every((row, question) => row.length === tally[question]!.length)
  if (!sameShape(factors)) return [{ rule: 'decryption.shape', trustee: owner, at: 'decryption_factors' }]
  if (!sameShape(proofs)) return [{ rule: 'decryption.shape', trustee: owner, at: 'decryption_proofs' }]

  const X = member(group, key.public_key)
  const context = { fingerprint, key: key.public_key }
  return tally.flatMap((choices, question) =>
    choices.flatMap(({ alpha }, choice): Fault<DecryptionRule>[] => {
      const place = `[${question}][${choice}]`
      const factor = group.decode(factors[question]![choice]!)
      if (factor === undefined)
        return [{ rule: 'decryption.element', trustee: owner, at: `decryption_factors${place}` }]
      const proof = proofs[question]![choice]!
      if (decryptionProofHolds(group, context, X, member(group, alpha), factor, proof)) return []
      return [{ rule: 'decryption.proof', trustee: owner, at: `decryption_proofs${place}` }]
    }),
  )
}

/**
 * The result (specification 4.19): F = product over the Single keys of f, times for each threshold key the product of
 * f_δ^(λ_δ) over the first t trustees, by index, whose decryption is present; then n with g^n = beta / F. Every
 * decryption given is checked, also those beyond t. Throws on a tally or a trustee's key outside the group: these
 * were announced before and are for the verifier to refuse.
 */
export function combine<E>(
  group: Group<E>,
  board: Board,
  decryptions: ReadonlyMap<number, PartialDecryption>,
): Combined {
  const faults = [...decryptions].flatMap(([owner, each]) => decryptionFaults(group, board, owner, each))
  if (faults.length > 0) return { state: 'refused', faults }
  const present = new Set(decryptions.keys())
  const missing = missingDecryptions(board.trustees, present)
  if (missing.length > 0) return { state: 'missing', missing }

  const factors = exponentsOf(board.trustees, present, group.order).map(([owner, exponent]) => ({
    exponent,
    rows: decryptions.get(owner)!.decryption_factors,
  }))
  const logarithm = openLogarithms(group, board.totalWeight, board.tally.flat().length)
  const result: Result = []
  for (const [question, choices] of board.tally.entries()) {
    const row: bigint[] = []
    for (const [choice, { beta }] of choices.entries()) {
      const F = factors
        .map(({ exponent, rows }) => raise(group, member(group, rows[question]![choice]!), exponent))
        .reduce((product, factor) => group.multiply(product, factor))
      const n = logarithm(group.multiply(member(group, beta), group.inverse(F)))
      if (n === undefined) faults.push({ rule: 'decryption.logarithm', at: `tally[${question}][${choice}]` })
      else row.push(n)
    }
    result.push(row)
  }
  return faults.length > 0 ? { state: 'refused', faults } : { state: 'result', result }
}

/** A Single key enters as it is. */
const raise = <E>(group: Group<E>, factor: E, exponent: bigint): E =>
  exponent === 1n ? factor : group.power(factor, exponent)

/** The entries of the record as owners of keys of whom `threshold` are needed. A Single is one of one. */
function groupsOf(trustees: readonly Trustee[]): { owners: number[]; threshold: number }[] {
  let next = 1
  return trustees.map(([kind, value]) => ({
    owners: kind === 'Single' ? [next++] : value.verification_keys.map(() => next++),
    threshold: kind === 'Single' ? 1 : value.threshold,
  }))
}

/** What is still missing for a result when the sound decryptions of these owners are there. Empty: nothing. */
export const missingDecryptions = (trustees: readonly Trustee[], present: ReadonlySet<number>): Missing[] =>
  groupsOf(trustees).flatMap(({ owners, threshold }) => {
    const from = owners.filter((owner) => !present.has(owner))
    const needed = threshold - (owners.length - from.length)
    return needed > 0 ? [{ needed, from }] : []
  })

/** Whose factors enter, and to which power. For a Single the power is 1, the empty product. */
const exponentsOf = (trustees: readonly Trustee[], present: ReadonlySet<number>, order: bigint): [number, bigint][] =>
  groupsOf(trustees).flatMap(({ owners, threshold }) => {
    const indices = owners.flatMap((owner, at) => (present.has(owner) ? [at + 1] : [])).slice(0, threshold)
    return indices.map((index): [number, bigint] => [owners[index - 1]!, lagrange(index, indices, order)])
  })

/** λ_δ = product over k in I, k ≠ δ, of k / (k - δ) mod q: f(0) = Σ λ_δ · f(δ) for every polynomial of degree below |I|. */
export function lagrange(index: number, indices: readonly number[], order: bigint): bigint {
  const others = indices.filter((k) => k !== index)
  const above = others.reduce((product, k) => modulo(product * BigInt(k), order), 1n)
  const below = others.reduce((product, k) => modulo(product * BigInt(k - index), order), 1n)
  return modulo(above * inverseModulo(below, order), order)
}
