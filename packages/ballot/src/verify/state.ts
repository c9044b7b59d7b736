import type { Batch } from '../kernel/batch.ts'
import { type BallotForm, readForm } from './ballot-form.ts'
import type { BallotHints } from './hints.ts'
import { elementsOf, type ReadBallot, type Statement, statementsOf } from './statements.ts'
import type { TextHash } from './text-hash.ts'

/** What was stated of a ballot. */
export type Stated = {
  readonly ballot: ReadBallot
  /** Its elements as the batch numbers them, in the order of `elementsOf`. */
  readonly elements: readonly number[]
  /** How many proofs it has besides its signature. */
  readonly proofs: number
}

/**
 * States a ballot to the batch: its elements, its commitments as the hints give them, and the equation of each proof.
 * Decided at once is everything that needs no arithmetic of the group: the canonical form, the numbers below q, the
 * signature's hash, and that the challenges of each proof add up to the hash of the hinted commitments.
 *
 * Undefined when something of it is not so. Either the ballot or the hints are then at fault, and the plain judge, which
 * knows no hints, says which. What was stated up to there stays in the batch, as points that must be members.
 *
 * Why a ballot whose claims hold is one that the plain judge finds sound: the batch has shown, but for an error of at
 * most 2^-127, that every point is a member and every claim true. In a group of prime order the claim
 * commitment = base^response · (…)^challenge has exactly one commitment for given numbers and elements, the one that
 * the plain judge computes. The text that was hashed is the one that the batch gave for this point, and a member has
 * one text. So the plain judge hashes the same text and finds the same sum. Without the test of membership this fails:
 * a commitment that is off by a point of small order has another text, yet its claim holds in half of the tries.
 */
export function stateBallot(
  form: BallotForm,
  batch: Batch,
  text: string,
  hints: BallotHints,
  hash: TextHash,
): Stated | undefined {
  const read = readForm(form, text, hash)
  if (!read || read.ballot.hash !== read.named) return undefined
  const { ballot } = read
  const texts = elementsOf(ballot)
  const elements: number[] = []
  // The hints have the credential, which is element 0, after the choices.
  for (let k = 1; k <= texts.length; k++) {
    const at = k % texts.length
    const number = batch.element(texts[at]!, hints.element())
    if (number === undefined) return undefined
    elements[at] = number
  }
  const ground: Ground = { order: form.order, batch, hints, hash, elements }
  const statements = statementsOf(form.election, form.fingerprint, form.order, ballot)
  for (const statement of statements) if (!stateProof(ground, statement)) return undefined
  return { ballot, elements, proofs: statements.length - 1 }
}

type Ground = {
  readonly order: bigint
  readonly batch: Batch
  readonly hints: BallotHints
  readonly hash: TextHash
  /** The ballot's elements as the batch numbers them. */
  readonly elements: readonly number[]
}

/** One proof: its claims go into the batch, and HZ(head, products, commitments) must be the sum of its challenges. */
function stateProof(ground: Ground, { head, about, claims, challenge: sum }: Statement): boolean {
  const { order, batch, hints } = ground
  let text = head
  if (about) {
    const [alpha, beta] = [productText(ground, about.alpha), productText(ground, about.beta)]
    if (alpha === undefined || beta === undefined) return false
    text += `${alpha},${beta}|`
  }
  let comma = ''
  for (const { base, response, challenge, elements: numbers, minus } of claims) {
    const commitment = batch.commitment(hints.commitment())
    if (!commitment) return false
    text += comma + commitment.text
    comma = ','
    // (∏ · g^-M)^challenge = ∏^challenge · g^(M · (q - challenge))
    const shift = minus === 0 ? 0n : (BigInt(minus) * (order - challenge)) % order
    const elements = numbers.map((number) => ground.elements[number]!)
    batch.claim({ commitment: commitment.number, base, response, challenge, elements, shift })
  }
  return BigInt(`0x${ground.hash(text, 'hex')}`) % order === sum
}

/**
 * The text of a product, which stands in the hash of an overall proof. The hints hold it as they hold commitments, and
 * that it is the product is a claim like the others: P = g^0 · (α1·α2·…)^1. In the batch that is one more point with a
 * short exponent, and two points are about 3 % of a ballot; to multiply and to write the product down here would need
 * an inversion on the curve, or a conversion of 617 digits on residues, and one more thing that a kernel must do.
 */
function productText({ batch, hints, elements }: Ground, numbers: readonly number[]): string | undefined {
  const product = batch.commitment(hints.commitment())
  if (!product) return undefined
  const all = numbers.map((number) => elements[number]!)
  batch.claim({ commitment: product.number, base: 'g', response: 0n, challenge: 1n, elements: all, shift: 0n })
  return product.text
}
