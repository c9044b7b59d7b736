import type { Random } from '../random.ts'
import { modulo } from '../scalar.ts'
import type { Batch, Claim } from './batch.ts'
import type { KernelGroup } from './residues-group.ts'
import { elementBytes, type Machine, type Residue, writeNumber } from './residues-machine.ts'
import { draw, isMember, securityBits, subsetProducts, weigh } from './residues-membership.ts'

const securityBytes = securityBits / 8
const elementDoubles = elementBytes / 8

/**
 * Soundness
 *
 * All points are residues in [1, p): a cyclic group of order p - 1 = q · h, and the points are fixed before the random
 * numbers are drawn. Each claim draws e, uniform in [0, 2^128), for its commitment; each other point (elements, and
 * commitments of no claim) draws 128 bits of its own. A commitment of two claims counts as two points.
 *
 * Membership. For each j < 128, S_j is the product of all points whose drawn number has bit j set, and S_j^q = 1 is
 * tested. Let a point P be no member, so P^q is not 1, and fix what the others drew: S_j^q is c_j or c_j · P^q as P's bit j
 * is 0 or 1, and at most one of the two is 1. So at most one of the 2^128 numbers that P may draw passes for all j: an
 * error of at most 2^-128, however many false points there are, also if they were chosen to cancel one another.
 * That bits of a claim's e serve here and below does no harm: this part of the argument is about batches with a false
 * point, the next one about batches without.
 *
 * Claims. If all points are members, each claim says that an element d of a group of prime order q is 1, and what is
 * tested is that the product of all d^e is. If a d is not 1 and all other e are fixed, at most one value of its e modulo
 * q passes, and q > 2^128, so at most one of 2^128: an error of at most 2^-128 (Bellare, Garay, Rabin 1998).
 *
 * Together: a batch that holds though something is wrong has a probability of at most 2^-128. `random` must be the CSPRNG.
 *
 * Cost. The buckets that sort the commitments by the digits of e give the products S_j, and the product of the S_j to
 * the powers 2^j is the product of the commitments, each to its e: the membership of commitments costs nothing but their
 * part in 128 tests, which a batch has once: 32 ms for BELENIOS-2048, so that 1,000 ballots at once cost half as much each
 * as 100 (bench/modular.ts).
 */
export class ResidueBatch implements Batch {
  readonly #machine: Machine
  readonly #group: KernelGroup
  readonly #y: Residue
  readonly #capacity: number
  readonly #points: Float64Array
  readonly #isCommitment: Uint8Array
  #count = 0
  #claims: Claim[] = []

  constructor(machine: Machine, group: KernelGroup, y: Residue, capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 0 || capacity > 1 << 20)
      throw new RangeError(`A batch holds up to ${1 << 20} points, not ${capacity}.`)
    this.#machine = machine
    this.#group = group
    this.#y = y
    this.#capacity = capacity
    this.#points = new Float64Array(capacity * elementDoubles)
    this.#isCommitment = new Uint8Array(capacity)
  }

  clear(): void {
    this.#count = 0
    this.#claims = []
  }

  element(text: string, hint: Uint8Array): number | undefined {
    const residue = hint.length === 0 ? this.#group.read(text) : undefined
    return residue && this.#keep(residue, 0)
  }

  commitment(hint: Uint8Array): { number: number; text: string } | undefined {
    const found = this.#group.readBytes(hint)
    return found && { number: this.#keep(found.residue, 1), text: found.text }
  }

  #keep(residue: Residue, isCommitment: 0 | 1): number {
    const number = this.#count
    if (number >= this.#capacity) throw new RangeError(`This batch holds ${this.#capacity} points.`)
    this.#points.set(residue, number * elementDoubles)
    this.#isCommitment[number] = isCommitment
    this.#count++
    return number
  }

  claim(claim: Claim): void {
    this.#check(claim.commitment, 1)
    for (const element of claim.elements) this.#check(element, 0)
    this.#claims.push(claim)
  }

  #check(number: number, isCommitment: 0 | 1): void {
    if (!(number >= 0 && number < this.#count) || this.#isCommitment[number] !== isCommitment)
      throw new RangeError(`${number} is no ${isCommitment ? 'commitment' : 'element'} of this batch.`)
  }

  #point(number: number): Residue {
    return this.#points.subarray(number * elementDoubles, (number + 1) * elementDoubles)
  }

  holds(random: Random): boolean {
    const { members, claims } = this.verdict(random)
    return members && claims
  }

  /** The two halves of the answer: alone, neither says anything (see "Soundness"). */
  verdict(random: Random): { members: boolean; claims: boolean } {
    const claimed = this.#claims.map(({ commitment }) => commitment)
    const others = this.#others(claimed)
    const drawn = draw(random, (claimed.length + others.length) * securityBytes)
    const exponents = drawn.subarray(0, claimed.length * securityBytes)
    const commitments = this.#subsets(claimed, exponents)
    const rest = this.#subsets(others, drawn.subarray(exponents.length))
    const members = commitments.every((product, j) => isMember(this.#machine, this.#group.multiply(product, rest[j]!)))
    const left = weigh(this.#machine, commitments)
    return { members, claims: this.#group.equal(left, this.#right(exponents)) }
  }

  /** Numbers of the points that are no commitment of a claim. */
  #others(claimed: readonly number[]): number[] {
    const isClaimed = new Uint8Array(this.#count)
    for (const number of claimed) isClaimed[number] = 1
    const others: number[] = []
    for (let number = 0; number < this.#count; number++) if (!isClaimed[number]) others.push(number)
    return others
  }

  #subsets(numbers: readonly number[], drawn: Uint8Array): Residue[] {
    return subsetProducts(this.#machine, numbers.length, securityBytes, securityBits, (points, exponents) => {
      this.#copy(numbers, points)
      this.#machine.memory.set(drawn, exponents)
    })
  }

  #copy(numbers: readonly number[], to: number): void {
    numbers.forEach((number, i) => {
      this.#machine.put(to + i * elementBytes, this.#point(number))
    })
  }

  /** The product over all claims of (base^response · elements^challenge · g^shift)^e. */
  #right(drawn: Uint8Array): Residue {
    const { order: q, generator } = this.#group
    const powers = new Map<number, bigint>()
    const view = new DataView(drawn.buffer, drawn.byteOffset, drawn.byteLength)
    let [sumG, sumY] = [0n, 0n]
    this.#claims.forEach(({ base, response, challenge, elements, shift }, i) => {
      const e = view.getBigUint64(i * securityBytes, true) | (view.getBigUint64(i * securityBytes + 8, true) << 64n)
      if (base === 'g') sumG += e * (response + shift)
      else {
        sumY += e * response
        if (shift !== 0n) sumG += e * shift
      }
      const byChallenge = e * challenge
      for (const element of elements) powers.set(element, (powers.get(element) ?? 0n) + byChallenge)
    })
    const bases = this.#group.powers([generator, this.#y], [sumG, sumY])
    const { bits, words } = this.#machine
    const numbers = [...powers.keys()]
    const products = subsetProducts(this.#machine, numbers.length, 8 * words, bits, (points, exponents) => {
      this.#copy(numbers, points)
      numbers.forEach((number, i) => {
        writeNumber(this.#machine, exponents + i * 8 * words, modulo(powers.get(number)!, q), words)
      })
    })
    return this.#group.multiply(bases, weigh(this.#machine, products))
  }

  products(lists: readonly (readonly number[])[]): string[] {
    return lists.map((numbers) => {
      for (const number of numbers) this.#check(number, 0)
      return this.#group.encode(this.#group.product(numbers.map((number) => this.#point(number))))
    })
  }
}
