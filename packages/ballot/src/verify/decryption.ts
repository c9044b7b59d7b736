import { readPartialDecryption } from '../format/tally.ts'
import type { Trustee } from '../format/trustees.ts'
import type { Group } from '../group/group.ts'
import { hashScalar } from '../hash.ts'
import { inverseModulo, modulo } from '../scalar.ts'
import { attempt } from './ballot-text.ts'
import type { Findings, Place } from './findings.ts'
import type { Counts } from './judge.ts'
import type { DecodedTally } from './tally.ts'
import type { CheckedTrustees } from './trustees.ts'

/** Decryption factors, question by question, choice by choice. */
export type Factors<E> = readonly (readonly E[])[]

/** Section 4.18: the factors of one trustee; undefined unless all of them are proven. `fingerprint` is φ. */
export function checkDecryption<E>(
  group: Group<E>,
  trustees: CheckedTrustees<E>,
  tally: DecodedTally<E>,
  fingerprint: string,
  owner: number,
  text: string,
  place: Place,
  findings: Findings,
  counts: Counts,
): Factors<E> | undefined {
  const of = `owner ${owner}, there are ${trustees.keys.length}`
  if (!findings.require('decryption.owner', owner <= trustees.keys.length, place, of)) return undefined
  const { value, error } = attempt(() => readPartialDecryption(text))
  const why = { ...place, path: error?.at ?? '' }
  if (!findings.require('decryption.form', value !== undefined, why, `expected: ${error?.expected}`)) return undefined
  const { decryption_factors, decryption_proofs } = value!
  const fits = (given: readonly (readonly unknown[])[]) =>
    given.length === tally.length && given.every((each, i) => each.length === tally[i]!.length)
  if (!findings.require('decryption.shape', fits(decryption_factors) && fits(decryption_proofs), place))
    return undefined
  const X = trustees.keys[owner - 1]
  if (X === undefined) return undefined

  const table = group.table(group.generator)
  let proven = true
  const factors = tally.map((choices, i) =>
    choices.map(({ alpha }, j) => {
      const { challenge, response } = decryption_proofs[i]![j]!
      const at = (list: string): Place => ({ ...place, path: `${list}[${i}][${j}]` })
      const reduced = challenge < group.order && response < group.order
      findings.require('decryption.scalar', reduced, at('decryption_proofs'))
      counts.memberships++
      const f = group.decode(decryption_factors[i]![j]!)
      if (!findings.require('decryption.membership', f !== undefined, at('decryption_factors'))) {
        proven = false
        return undefined
      }
      // A = g^response · X^challenge, B = α^response · f^challenge, challenge = HZ(decrypt|φ|str(X)|A,B)
      const [c, r] = [modulo(challenge, group.order), modulo(response, group.order)]
      const A = table.combine(r, X, c)
      const B = group.multiply(group.power(alpha, r), group.power(f!, c))
      const hash = hashScalar(
        `decrypt|${fingerprint}|${group.encode(X)}|${group.encodeAll([A, B]).join(',')}`,
        group.order,
      )
      counts.proofs++
      if (!findings.require('decryption.proof', hash === c, at('decryption_proofs'))) proven = false
      return f
    }),
  )
  return proven ? (factors as Factors<E>) : undefined
}

/** Who decrypted: the owners whose partial decryption is recorded, and the factors of those that are proven. */
export interface Decryptions<E> {
  readonly recorded: ReadonlySet<number>
  readonly factors: ReadonlyMap<number, Factors<E>>
}

/** The product of all shares: α^x for the election's secret key x, choice by choice. */
export type Opened<E> = readonly (readonly E[])[]

/**
 * Section 4.7: all who hold a key alone, and of those who share one as many as its threshold. Requires that they have
 * decrypted; undefined when too few of the decryptions are proven to say more.
 *
 * The proof of a decryption hashes φ, X, A and B, but neither α nor the factor (4.18), so a trustee together with the voter
 * who votes last can prove a false factor (Bernhard, Pereira, Warinschi 2012; test/last-voter.ts). The format offers nothing
 * against it but this: shares beyond the threshold must lie on the same polynomial as the others.
 */
export function combine<E>(
  group: Group<E>,
  trustees: readonly Trustee[],
  decryptions: Decryptions<E>,
  place: Place,
  findings: Findings,
): Opened<E> | undefined {
  const parts: Factors<E>[] = []
  let owner = 0
  let enough = true
  for (const [kind, value] of trustees) {
    const size = kind === 'Single' ? 1 : value.verification_keys.length
    const needed = kind === 'Single' ? 1 : value.threshold
    const first = owner + 1
    owner += size
    const own = Array.from({ length: size }, (_, index) => first + index)
    const recorded = own.filter((each) => decryptions.recorded.has(each))
    const who = `${recorded.length} of ${needed} from owner ${first} on`
    findings.require('decryption.missing', recorded.length >= needed, place, who)
    const sound = recorded.filter((each) => decryptions.factors.has(each))
    const proven = sound.slice(0, needed)
    if (proven.length < needed) enough = false
    const shares = proven.map((each) => decryptions.factors.get(each)!)
    const indices = proven.map((each) => BigInt(each - first + 1))
    for (const each of sound.slice(needed)) {
      const expected = interpolate(group, shares, indices, BigInt(each - first + 1))
      const same = decryptions.factors
        .get(each)!
        .every((choices, i) => choices.every((factor, j) => group.equal(factor, expected[i]![j]!)))
      findings.require('decryption.consistent', same, { ...place, path: `owner ${each}` })
    }
    if (enough) parts.push(interpolate(group, shares, indices, 0n))
  }
  if (!enough) return undefined
  return parts[0]!.map((choices, i) =>
    choices.map((_, j) => parts.reduce<E>((all, part) => group.multiply(all, part[i]![j]!), group.neutral)),
  )
}

/** The factors of the share at `index`, from those of as many shares as the threshold asks for; at 0 stands the key itself. */
function interpolate<E>(
  group: Group<E>,
  shares: readonly Factors<E>[],
  indices: readonly bigint[],
  index: bigint,
): Factors<E> {
  const weights = indices.map((delta) => lagrange(delta, indices, index, group.order))
  const power = (element: E, exponent: bigint) => (exponent === 1n ? element : group.power(element, exponent))
  return shares[0]!.map((choices, i) =>
    choices.map((_, j) =>
      shares.reduce<E>((all, share, at) => group.multiply(all, power(share[i]![j]!, weights[at]!)), group.neutral),
    ),
  )
}

/** λ_δ = ∏_{k ≠ δ} (at - k)/(δ - k) modulo q: the weight of share δ at that place. */
function lagrange(delta: bigint, indices: readonly bigint[], at: bigint, order: bigint): bigint {
  let [above, below] = [1n, 1n]
  for (const k of indices) {
    if (k === delta) continue
    above = modulo(above * (at - k), order)
    below = modulo(below * (delta - k), order)
  }
  return modulo(above * inverseModulo(below, order), order)
}
