import { ciphertext, element, proof, writeCiphertext, writeProof } from './proof.ts'
import { type Held, list, object, optional, readText, text } from './shape.ts'

export const answer = object({
  choices: list(ciphertext, 1),
  individual_proofs: list(list(proof), 1),
  overall_proof: list(proof),
  blank_proof: optional(list(proof)),
})
export type Answer = Held<typeof answer>

export const signature = object({ hash: text, proof })
export type Signature = Held<typeof signature>

export const ballot = object({
  election_uuid: text,
  election_hash: text,
  credential: element,
  answers: list(answer, 1),
  signature,
})
export type Ballot = Held<typeof ballot>
export type UnsignedBallot = Omit<Ballot, 'signature'>

export const readBallot = (source: string): Ballot => readText(ballot, source)

const writeAnswer = (given: Answer) => ({
  choices: given.choices.map(writeCiphertext),
  individual_proofs: given.individual_proofs.map((each) => each.map(writeProof)),
  overall_proof: given.overall_proof.map(writeProof),
  ...(given.blank_proof === undefined ? {} : { blank_proof: given.blank_proof.map(writeProof) }),
})

/** The text that the signature's hash is taken of: the ballot without its last member. */
export const writeUnsigned = ({ election_uuid, election_hash, credential, answers }: UnsignedBallot): string =>
  JSON.stringify({ election_uuid, election_hash, credential, answers: answers.map(writeAnswer) })

export function writeBallot(value: Ballot): string {
  const { hash, proof: given } = value.signature
  return `${writeUnsigned(value).slice(0, -1)},"signature":${JSON.stringify({ hash, proof: writeProof(given) })}}`
}
