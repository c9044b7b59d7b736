import type { Group } from '../group/group.ts'
import type { HintCodec } from '../kernel/batch.ts'
import { type HintLayout, writeHintsRecord } from '../verify/hints.ts'
import type { Commitments } from './encrypt.ts'

/**
 * The record of a ballot in a hints file from what its booth knows already, public values all of them. The booth's group
 * is another than the one that writes hints, so texts are taken over.
 */
export function boothHints(
  {
    group,
    codec,
    layout,
  }: { readonly group: Group<unknown>; readonly codec: HintCodec<unknown>; readonly layout: HintLayout },
  ballotHash: string,
  { questions, credential, signature }: Commitments<unknown>,
): Uint8Array {
  const elements = [...questions.flatMap(({ ciphertexts }) => ciphertexts), credential]
  const commitments = questions.flatMap(({ individual, blank, product, overall }) => [
    ...individual,
    ...blank,
    ...product,
    ...overall,
  ])
  const all = [...elements, ...commitments, signature]
  const decoded = group.decodeAll(all.map(({ text }) => text))
  if (decoded.includes(undefined)) throw new TypeError('a commitment of the booth is no member of its group')
  return writeHintsRecord(
    layout,
    ballotHash,
    decoded.slice(0, elements.length).map((element) => codec.writeElement(element)),
    decoded.slice(elements.length).map((element) => codec.writeCommitment(element)),
  )
}
