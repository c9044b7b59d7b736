import { ed25519Order as q } from '../group/parameters.ts'
import type { Random } from '../random.ts'
import { modulo } from '../scalar.ts'
import type { Batch, Claim } from './batch.ts'
import type { EdwardsPoint } from './edwards-group.ts'
import { type Machine, pointBytes, writeNumber } from './machine.ts'
import { bucketBytes, draw, exponentBytes, members, neutral, type Plan, planFor } from './membership.ts'
import { encodeAtWork, readText, roomToEncode, textAt } from './texts.ts'

/** Products that are computed and encoded together. */
const chunk = 4096

/**
 * Soundness
 *
 * All points P are on the curve: their x and y were put into its equation (`fromHint`). The curve's group is
 * Z/8 x Z/q, so P is a member of the subgroup of order q, or has a component t in Z/8 that is not 0. The points are
 * fixed before the random numbers are drawn.
 *
 * Windows and digits. A plan has windows of c bits, W of them with (c - 1) W >= 128. In these, the digits of each
 * point are independent and uniform in [-2^(c-1), 2^(c-1)):
 *
 * - A commitment of one claim has the claim's random exponent e, whose digits are drawn one by one.
 * - Every other point (elements, g, y, a commitment of no claim or of several) has an exponent z modulo q that provers
 *   influence. Its exponent is lifted: z + q r with a random r in [0, 2^(cW)). The order is odd, so r -> z + q r is a
 *   bijection modulo 2^(cW), whatever z is: the W lowest digits are uniform, and the power of a member is the same.
 *
 * Membership. In each of these windows, S_j (j < c - 1) is the sum of s_P b_P,j P over all points P, where b_P,j is bit j
 * of |digit| and s_P the sign; the kernel forms all S_j on its way to the product, and tests that q S_j is the neutral
 * element. The c - 1 low bits v of |digit| are uniform: each v > 0 comes from v and -v, and 0 from 0 and -2^(c-1). Let P
 * be no member. Fix all digits of the other points. S_j is a member only if s_P b_P,j t = R_j for a fixed R_j, so b_P,j
 * = 0 if R_j is 0, else b_P,j = 1: at most one v lets all S_j of the window pass, whatever the signs. Windows are
 * independent, so a batch with a point outside the subgroup passes with a probability of at most
 * 2^-((c-1) W) <= 2^-128.
 *
 * Claims. If all points are members, a claim is an equation in a group of prime order q. Its e is uniform on 2^(cW)
 * consecutive integers, which are distinct modulo q since cW <= 252. If a claim is false, at most one of them makes the
 * product 1 once all other numbers are fixed (Bellare, Garay, Rabin 1998): at most 2^-(cW) < 2^-128.
 *
 * Together: a batch that holds though something is wrong has a probability below 2^-127. `random` must be the CSPRNG.
 */
export class EdwardsBatch implements Batch {
  readonly #machine: Machine
  readonly #y: EdwardsPoint
  readonly #g: EdwardsPoint
  readonly #capacity: number
  /** Cached points: elements from the front, commitments from the back. */
  readonly #points: Uint8Array
  /** Of each number: the element, or ~ the commitment. */
  readonly #places: Int32Array
  /** Claims of each commitment. */
  readonly #uses: Uint32Array
  #elements = 0
  #commitments = 0
  #claims: Claim[] = []

  constructor(machine: Machine, g: EdwardsPoint, y: EdwardsPoint, capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 0 || capacity > 1 << 20)
      throw new RangeError(`A batch holds up to ${1 << 20} points, not ${capacity}.`)
    this.#machine = machine
    this.#g = g
    this.#y = y
    this.#capacity = capacity
    this.#points = new Uint8Array(capacity * pointBytes)
    this.#places = new Int32Array(capacity)
    this.#uses = new Uint32Array(capacity)
  }

  clear(): void {
    this.#elements = 0
    this.#commitments = 0
    this.#claims = []
    this.#uses.fill(0)
  }

  element(text: string, hint: Uint8Array): number | undefined {
    const { io, bytes, run } = this.#machine
    if (hint.length !== 32 || !readText(this.#machine, io + 64, text)) return undefined
    bytes.set(hint, io + 96)
    if (run.fromHint(this.#machine.point(0), io + 64, io + 96) === 0) return undefined
    const index = this.#elements
    const number = this.#keep(index, index)
    this.#elements++
    return number
  }

  commitment(hint: Uint8Array): { number: number; text: string } | undefined {
    const { io, bytes, run } = this.#machine
    if (hint.length !== 64) return undefined
    bytes.set(hint, io + 64)
    if (run.fromHint(this.#machine.point(0), io + 96, io + 64) === 0) return undefined
    const index = this.#commitments
    const number = this.#keep(~index, this.#capacity - 1 - index)
    this.#commitments++
    return { number, text: textAt(this.#machine, io + 96) }
  }

  /** Keeps the point that was just made, and gives it its number. */
  #keep(place: number, at: number): number {
    const number = this.#elements + this.#commitments
    if (number >= this.#capacity) throw new RangeError(`This batch holds ${this.#capacity} points.`)
    this.#places[number] = place
    const from = this.#machine.point(0)
    this.#points.set(this.#machine.bytes.subarray(from, from + pointBytes), at * pointBytes)
    return number
  }

  claim(claim: Claim): void {
    const commitment = this.#commitmentOf(claim.commitment)
    for (const element of claim.elements) this.#elementOf(element)
    this.#uses[commitment]! += 1
    this.#claims.push(claim)
  }

  #elementOf(number: number): number {
    const place = number < this.#elements + this.#commitments ? this.#places[number] : undefined
    if (place === undefined || place < 0) throw new RangeError(`${number} is no element of this batch.`)
    return place
  }

  #commitmentOf(number: number): number {
    const place = number < this.#elements + this.#commitments ? this.#places[number] : undefined
    if (place === undefined || place >= 0) throw new RangeError(`${number} is no commitment of this batch.`)
    return ~place
  }

  products(lists: readonly (readonly number[])[]): string[] {
    const { run, work, point } = this.#machine
    const texts: string[] = []
    for (let from = 0; from < lists.length; from += chunk) {
      const part = lists.slice(from, from + chunk)
      this.#machine.reserve(roomToEncode(part.length))
      for (const [i, list] of part.entries()) {
        const product = work + i * pointBytes
        run.setNeutral(product)
        for (const number of list) {
          this.#load(point(0), this.#elementOf(number))
          run.addCached(product, product, point(0))
        }
      }
      const bytes = encodeAtWork(this.#machine, part.length)
      for (let i = 0; i < part.length; i++) texts.push(textAt(this.#machine, bytes + i * 64 + 32))
    }
    return texts
  }

  /** Puts a kept point at an address. */
  #load(address: number, at: number): void {
    this.#machine.bytes.set(this.#points.subarray(at * pointBytes, (at + 1) * pointBytes), address)
  }

  holds(random: Random): boolean {
    const { members, claims } = this.verdict(random)
    return members && claims
  }

  /** The two halves of the answer: alone, neither says anything (see "Soundness"). */
  verdict(random: Random): { members: boolean; claims: boolean } {
    // Commitments of no claim or of several are dealt with like elements.
    const irregular: number[] = []
    for (let i = 0; i < this.#commitments; i++) if (this.#uses[i] !== 1) irregular.push(i)
    const long = this.#elements + 2 + irregular.length
    const plan = planFor(long, this.#commitments, 253)
    const layout = this.#layOut(plan, long)
    this.#copyPoints(irregular)
    const powers = this.#exponents(plan, layout, irregular, random)
    this.#writeLong(plan, layout, powers, random)
    const { run, work, point } = this.#machine
    const { c, windows, longWindows } = plan
    const { exponents, longBytes, shortBytes, buckets } = layout
    const short = this.#commitments
    const answer = run.sum(
      point(0),
      work,
      exponents,
      long,
      longWindows,
      longBytes,
      short,
      windows,
      shortBytes,
      c,
      windows,
      buckets,
    )
    return { members: (answer & members) !== 0, claims: (answer & neutral) !== 0 }
  }

  #layOut(plan: Plan, long: number) {
    const { work } = this.#machine
    const longBytes = exponentBytes(plan.longWindows, plan.c)
    const shortBytes = exponentBytes(plan.windows, plan.c)
    const exponents = work + (long + this.#commitments) * pointBytes
    const shorts = exponents + long * longBytes
    const buckets = Math.ceil((shorts + this.#commitments * shortBytes + 8) / 16) * 16
    this.#machine.reserve(buckets - work + bucketBytes(plan))
    return { exponents, longBytes, shorts, shortBytes, buckets }
  }

  /** Elements, g, y, irregular commitments; then the commitments, the last one first. */
  #copyPoints(irregular: readonly number[]): void {
    const { bytes, doubles, run, work } = this.#machine
    bytes.set(this.#points.subarray(0, this.#elements * pointBytes), work)
    let at = work + this.#elements * pointBytes
    for (const point of [this.#g, this.#y]) {
      doubles.set(point, at / 8)
      run.toCached(at, at)
      at += pointBytes
    }
    for (const index of irregular) {
      this.#load(at, this.#capacity - 1 - index)
      at += pointBytes
    }
    bytes.set(this.#points.subarray((this.#capacity - this.#commitments) * pointBytes), at)
  }

  /**
   * Draws the claims' exponents e, writes those of the commitments, and gives what the long points are raised to:
   * the product over all claims of (commitment · base^-response · elements^-challenge · g^-shift)^e.
   */
  #exponents(
    { c, windows }: Plan,
    { shorts, shortBytes }: { shorts: number; shortBytes: number },
    irregular: readonly number[],
    random: Random,
  ): bigint[] {
    const { words } = this.#machine
    const count = this.#commitments
    const powers = new Array<bigint>(this.#elements + 2 + irregular.length).fill(0n)
    const irregularAt = new Map(irregular.map((index, i) => [index, this.#elements + 2 + i]))
    const half = halves(c, windows)
    words.set(draw(random, count * shortBytes), shorts / 8)
    const g = this.#elements
    let [sumG, sumY] = [0n, 0n]
    for (const { commitment, base, response, challenge, elements, shift } of this.#claims) {
      const index = ~this.#places[commitment]!
      const extra = irregularAt.get(index)
      const drawn =
        extra === undefined
          ? numberAt(words, (shorts + (count - 1 - index) * shortBytes) / 8, shortBytes / 8)
          : numberAt(draw(random, shortBytes), 0, shortBytes / 8)
      const e = BigInt.asUintN(c * windows, drawn) - half
      if (extra !== undefined) powers[extra]! += e
      if (base === 'g') sumG += e * (response + shift)
      else {
        sumY += e * response
        sumG += e * shift
      }
      const byChallenge = e * challenge
      for (const element of elements) powers[this.#places[element]!]! -= byChallenge
    }
    powers[g] = -sumG
    powers[g + 1] = -sumY
    // The digits of 0: an irregular commitment counts among the long ones only.
    for (const index of irregular)
      writeNumber(this.#machine, shorts + (count - 1 - index) * shortBytes, half, shortBytes / 8)
    return powers
  }

  /** Lifts the exponents of the long points: z + q r + H. The random r lie where the buckets will be. */
  #writeLong(
    { c, windows, longWindows }: Plan,
    { exponents, longBytes, buckets }: { exponents: number; longBytes: number; buckets: number },
    powers: readonly bigint[],
    random: Random,
  ): void {
    const machine = this.#machine
    const length = exponentBytes(windows, c)
    machine.reserve(buckets - machine.work + powers.length * length)
    machine.words.set(draw(random, powers.length * length), buckets / 8)
    writeNumber(machine, machine.io, halves(c, longWindows), longBytes / 8)
    powers.forEach((power, i) => {
      writeNumber(machine, exponents + i * longBytes, modulo(power, q), 4)
    })
    machine.run.lift(exponents, longBytes, buckets, length, c * windows, machine.io, powers.length)
  }
}

/** H: 2^(c-1) in each window. */
const halves = (c: number, windows: number): bigint =>
  (((1n << BigInt(c * windows)) - 1n) / ((1n << BigInt(c)) - 1n)) << BigInt(c - 1)

/** The number in some 64-bit words, the least significant first. */
function numberAt(words: BigUint64Array, at: number, count: number): bigint {
  let value = 0n
  for (let i = count - 1; i >= 0; i--) value = (value << 64n) | words[at + i]!
  return value
}
