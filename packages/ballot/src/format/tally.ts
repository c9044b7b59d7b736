import { type Ciphertext, ciphertext, element, type Proof, proof, writeCiphertext, writeProof } from './proof.ts'
import { type Held, integer, list, object, readText, text, weight, writeWeight } from './shape.ts'

/** Question by question, choice by choice (the flag "blank" first). */
const encryptedTally = list(list(ciphertext, 1), 1)
export type EncryptedTally = Ciphertext[][]
export const readEncryptedTally = (source: string): EncryptedTally => readText(encryptedTally, source)
export const writeEncryptedTally = (tally: readonly (readonly Ciphertext[])[]): string =>
  JSON.stringify(tally.map((choices) => choices.map(writeCiphertext)))

const sizedTally = object({ num_tallied: integer(0), total_weight: weight, encrypted_tally: text })
/** `encrypted_tally` is the hash of that record; `num_tallied` counts ballots after revotes. */
export type SizedTally = Held<typeof sizedTally>
export const readSizedTally = (source: string): SizedTally => readText(sizedTally, source)
export const writeSizedTally = (value: SizedTally): string =>
  JSON.stringify({
    num_tallied: value.num_tallied,
    total_weight: writeWeight(value.total_weight),
    encrypted_tally: value.encrypted_tally,
  })

const partialDecryption = object({
  decryption_factors: list(list(element, 1), 1),
  decryption_proofs: list(list(proof, 1), 1),
})
export type PartialDecryption = Held<typeof partialDecryption>
export const readPartialDecryption = (source: string): PartialDecryption => readText(partialDecryption, source)
export const writePartialDecryption = (value: {
  decryption_factors: readonly (readonly string[])[]
  decryption_proofs: readonly (readonly Proof[])[]
}): string =>
  JSON.stringify({
    decryption_factors: value.decryption_factors,
    decryption_proofs: value.decryption_proofs.map((each) => each.map(writeProof)),
  })

const result = object({ result: list(list(weight, 1), 1) })
/** Votes (sums of weights) for each question and choice. */
export type Result = bigint[][]
export const readResult = (source: string): Result => readText(result, source).result
export const writeResult = (value: readonly (readonly bigint[])[]): string =>
  JSON.stringify({ result: value.map((choices) => choices.map(writeWeight)) })
