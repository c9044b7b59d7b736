import type { Group, Table } from '../group/group.ts'
import type { HintCodec } from '../kernel/batch.ts'
import { type BallotForm, readForm } from './ballot-form.ts'
import { type HintLayout, writeHintsRecord } from './hints.ts'
import { elementsOf, statementsOf } from './statements.ts'
import type { TextHash } from './text-hash.ts'

/** What hints are made with: a group that only sees public values, how it writes hints, and tables of g and y. */
export type HintMaker<E> = {
  readonly group: Group<E>
  readonly codec: HintCodec<E>
  readonly form: BallotForm
  readonly layout: HintLayout
  readonly hash: TextHash
  readonly g: Table<E>
  readonly y: Table<E>
}

/**
 * The hints record of a ballot from its text alone: each commitment is what its proof makes it, A = g^response ·
 * α^challenge and B = y^response · (β/g^M)^challenge. Nothing is judged here; a ballot that is not sound gets hints
 * which a verifier finds not to fit. For what is not a canonical ballot of the election there are none: zeros.
 */
export function recomputeHints<E>(maker: HintMaker<E>, text: string, ballotHash: string): Uint8Array {
  const { group, codec, form, layout, g } = maker
  const read = readForm(form, text, maker.hash)
  const elements = read && group.decodeAll(elementsOf(read.ballot))
  if (!elements?.every((element) => element !== undefined)) return new Uint8Array(layout.record)
  const product = (numbers: readonly number[]): E =>
    numbers.map((number) => elements[number] as E).reduce((a, b) => group.multiply(a, b))
  const commitments: E[] = []
  for (const { about, claims } of statementsOf(form.election, form.fingerprint, form.order, read!.ballot)) {
    if (about) commitments.push(product(about.alpha), product(about.beta))
    for (const { base, response, challenge, elements: numbers, minus } of claims) {
      const power = minus === 0 ? undefined : group.inverse(g.power(BigInt(minus) % group.order))
      const raised = power === undefined ? product(numbers) : group.multiply(product(numbers), power)
      commitments.push(maker[base].combine(response, raised, challenge))
    }
  }
  return writeHintsRecord(
    layout,
    ballotHash,
    [...elements.slice(1), elements[0]!].map((element) => codec.writeElement(element)),
    commitments.map((commitment) => codec.writeCommitment(commitment)),
  )
}
