import { choicesOf, type Election } from '../format/election.ts'
import type { Ciphertext } from '../format/proof.ts'
import { readEncryptedTally, type SizedTally, writeEncryptedTally } from '../format/tally.ts'
import type { Group } from '../group/group.ts'
import { attempt } from './ballot-text.ts'
import type { Findings, Place } from './findings.ts'
import type { ChunkVerdict, Counts } from './judge.ts'

/** What the ballots that count come to, computed from them alone. */
export interface Tally {
  /** Ballots, the last of each credential. */
  readonly counted: number
  readonly weight: bigint
  readonly product: readonly (readonly Ciphertext[])[]
}

/** Multiplies what judges found for their chunks. */
export class Product<E> {
  readonly #group: Group<E>
  readonly #shape: readonly number[]
  #elements: E[]

  constructor(group: Group<E>, election: Election) {
    this.#group = group
    this.#shape = election.questions.map(choicesOf)
    const length = 2 * this.#shape.reduce((sum, each) => sum + each, 0)
    this.#elements = Array.from({ length }, () => group.neutral)
  }

  multiply(part: ChunkVerdict['product']): void {
    const texts = part.flatMap((choices) => choices.flatMap(({ alpha, beta }) => [alpha, beta]))
    const elements = this.#group.decodeAll(texts)
    this.#elements = this.#elements.map((all, i) => {
      const element = elements[i]
      if (element === undefined) throw new Error('a judge gave a product that is no member of the group')
      return this.#group.multiply(all, element)
    })
  }

  texts(): Ciphertext[][] {
    const texts = this.#group.encodeAll(this.#elements)
    let next = 0
    return this.#shape.map((count) =>
      Array.from({ length: count }, () => ({ alpha: texts[next++]!, beta: texts[next++]! })),
    )
  }
}

/** The published tally as elements: what was decrypted. */
export type DecodedTally<E> = readonly (readonly { readonly alpha: E; readonly beta: E }[])[]

/**
 * Section 4.16. The elements of the published tally come back even when it is not the product of the ballots, so that
 * its decryption can be judged too; undefined when it does not fit the questions or an element is no member.
 */
export function checkTally<E>(
  group: Group<E>,
  text: string,
  sized: SizedTally | undefined,
  tally: Tally,
  place: Place,
  findings: Findings,
  counts: Counts,
): DecodedTally<E> | undefined {
  if (sized) {
    const { num_tallied, total_weight } = sized
    findings.require('tally.num-tallied', num_tallied === tally.counted, place, `${num_tallied}, not ${tally.counted}`)
    findings.require('tally.total-weight', total_weight === tally.weight, place, `${total_weight}, not ${tally.weight}`)
  }
  const { value: published, error } = attempt(() => readEncryptedTally(text))
  const why = { ...place, path: error?.at ?? '' }
  if (!findings.require('tally.form', published !== undefined, why, `expected: ${error?.expected}`)) return undefined
  const path = firstDifference(published!, tally.product)
  findings.require('tally.product', text === writeEncryptedTally(tally.product), { ...place, path })
  const isShaped =
    published!.length === tally.product.length &&
    published!.every((choices, i) => choices.length === tally.product[i]!.length)
  if (!isShaped) return undefined
  const decoded = published!.map((choices) =>
    choices.map(({ alpha, beta }) => {
      const [a, b] = group.decodeAll([alpha, beta])
      counts.memberships += 2
      return a === undefined || b === undefined ? undefined : { alpha: a, beta: b }
    }),
  )
  return decoded.every((choices) => choices.every((each) => each !== undefined)) ? (decoded as never) : undefined
}

function firstDifference(a: readonly (readonly Ciphertext[])[], b: readonly (readonly Ciphertext[])[]): string {
  for (const [i, choices] of b.entries())
    for (const [j, { alpha, beta }] of choices.entries())
      if (a[i]?.[j]?.alpha !== alpha || a[i]?.[j]?.beta !== beta) return `[${i}][${j}]`
  return ''
}
