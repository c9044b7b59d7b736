import { element, proof, writeProof } from '../../format/proof.ts'
import { type Held, list, object, oneOf, readText, scalar, text } from '../../format/shape.ts'
import { type Signed, signed, trusteeKey, writeSigned, writeTrusteeKey } from '../../format/trustees.ts'

/** What goes between the parties of a key generation, as belenios-tool 3.1 and later writes and reads it. */

export const readSigned = (source: string): Signed => readText(signed, source)
export const writeSignedText = (value: Signed): string => JSON.stringify(writeSigned(value))

/** Round 3, a trustee to the coordinator: f_i sealed for itself, f_i(j) sealed for each j, and A_{i,k} for all to see. */
const polynomialMessage = object({ polynomial: text, secrets: list(text, 1), coefexps: signed, signature: proof })
export type PolynomialMessage = Held<typeof polynomialMessage>
export const readPolynomialMessage = (source: string): PolynomialMessage => readText(polynomialMessage, source)
export const writePolynomialMessage = (value: PolynomialMessage): string =>
  JSON.stringify({
    polynomial: value.polynomial,
    secrets: value.secrets,
    coefexps: writeSigned(value.coefexps),
    signature: writeProof(value.signature),
  })

/** Round 4, the coordinator to trustee j ("vinput"): its own polynomial back, f_i(j) of all i, and what all may see. */
const trusteeInput = object({
  polynomial: text,
  secrets: list(text, 1),
  coefexps: list(signed, 1),
  signatures: list(proof, 1),
})
export type TrusteeInput = Held<typeof trusteeInput>
export const readTrusteeInput = (source: string): TrusteeInput => readText(trusteeInput, source)
export const writeTrusteeInput = (value: TrusteeInput): string =>
  JSON.stringify({
    polynomial: value.polynomial,
    secrets: value.secrets,
    coefexps: value.coefexps.map(writeSigned),
    signatures: value.signatures.map(writeProof),
  })

/** Round 5, a trustee to the coordinator ("voutput"): its share sealed for itself, and its verification key. */
const trusteeOutput = object({ private_key: text, public_key: trusteeKey })
export type TrusteeOutput = Held<typeof trusteeOutput>
export const readTrusteeOutput = (source: string): TrusteeOutput => readText(trusteeOutput, source)
export const writeTrusteeOutput = (value: TrusteeOutput): string =>
  JSON.stringify({ private_key: value.private_key, public_key: writeTrusteeKey(value.public_key) })

/** A sealed message, before it is opened. Older tools wrote AES-CCM without naming it; those are not read. */
const sealed = object({ algorithm: oneOf('AES-GCM'), alpha: element, beta: element, data: text })
export const readSealed = (source: string): Held<typeof sealed> => readText(sealed, source)
export const writeSealed = ({ algorithm, alpha, beta, data }: Held<typeof sealed>): string =>
  JSON.stringify({ algorithm, alpha, beta, data })

/** Inside a sealed message, signed by the sender: for whom it is and what it says. */
const channelMessage = object({ recipient: element, message: text })
export const readChannelMessage = (source: string): Held<typeof channelMessage> => readText(channelMessage, source)

const share = object({ secret: scalar })
export const readShare = (source: string): bigint => readText(share, source).secret
export const writeShare = (value: bigint): string => JSON.stringify({ secret: value.toString() })

export const writePolynomial = (coefficients: readonly bigint[]): string =>
  JSON.stringify({ polynomial: coefficients.map(String) })

const decryptionKey = object({ decryption_key: scalar })
export const readDecryptionKey = (source: string): bigint => readText(decryptionKey, source).decryption_key
export const writeDecryptionKey = (value: bigint): string => JSON.stringify({ decryption_key: value.toString() })
