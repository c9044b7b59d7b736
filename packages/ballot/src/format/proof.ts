import { type Held, object, scalar, text } from './shape.ts'

/** A group element's text. Its group alone can say whether it is one. */
export const element = text

export const proof = object({ challenge: scalar, response: scalar })
export type Proof = Held<typeof proof>

export const ciphertext = object({ alpha: element, beta: element })
export type Ciphertext = Held<typeof ciphertext>

/** As JSON holds them: numbers of Z_q as decimal texts. */
export const writeProof = ({ challenge, response }: Proof) => ({
  challenge: challenge.toString(),
  response: response.toString(),
})
export const writeCiphertext = ({ alpha, beta }: Ciphertext) => ({ alpha, beta })
