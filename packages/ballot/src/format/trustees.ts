import { groupNames } from '../group/group.ts'
import { element, proof, writeProof } from './proof.ts'
import { FormatError, type Held, integer, list, object, oneOf, optional, readText, type Shape, text } from './shape.ts'

/** A public key with the proof that its owner knows the secret one; `signature` stands in the 3.x threshold form only. */
export const trusteeKey = object({
  pok: proof,
  public_key: element,
  signature: optional(proof),
  name: optional(text),
})
export type TrusteeKey = Held<typeof trusteeKey>

/** A text and a signature over its very bytes. */
export const signed = object({ message: text, signature: proof })
export type Signed = Held<typeof signed>

export const pedersen = object({
  threshold: integer(1),
  certs: list(signed, 1),
  coefexps: list(signed, 1),
  signatures: optional(list(proof, 1)),
  verification_keys: list(trusteeKey, 1),
})
export type Pedersen = Held<typeof pedersen>

export type Trustee = readonly ['Single', TrusteeKey] | readonly ['Pedersen', Pedersen]
const trustee: Shape<Trustee> = (value, at) => {
  if (!Array.isArray(value) || value.length !== 2) throw new FormatError(at, 'a list of two')
  if (value[0] === 'Single') return ['Single', trusteeKey(value[1], `${at}[1]`)]
  if (value[0] === 'Pedersen') return ['Pedersen', pedersen(value[1], `${at}[1]`)]
  throw new FormatError(`${at}[0]`, '"Single" or "Pedersen"')
}

export const readTrustees = (source: string): Trustee[] => readText(list(trustee, 1), source)

/** The message of a certificate: in 2.0 without, in 3.x with the context (index from 1). */
export const certificate = object({
  context: optional(
    object({ group: oneOf(...groupNames), size: integer(1), threshold: integer(1), index: integer(1) }),
  ),
  verification: element,
  encryption: element,
})
export type Certificate = Held<typeof certificate>
export const readCertificate = (source: string): Certificate => readText(certificate, source)

export const coefficients = object({ coefexps: list(element, 1) })
export type Coefficients = Held<typeof coefficients>
export const readCoefficients = (source: string): Coefficients => readText(coefficients, source)

export const writeSigned = ({ message, signature }: Signed) => ({ message, signature: writeProof(signature) })

export const writeTrusteeKey = ({ pok, public_key, signature, name }: TrusteeKey) => ({
  pok: writeProof(pok),
  public_key,
  ...(signature === undefined ? {} : { signature: writeProof(signature) }),
  ...(name === undefined ? {} : { name }),
})

const writePedersen = ({ threshold, certs, coefexps, signatures, verification_keys }: Pedersen) => ({
  threshold,
  certs: certs.map(writeSigned),
  coefexps: coefexps.map(writeSigned),
  ...(signatures === undefined ? {} : { signatures: signatures.map(writeProof) }),
  verification_keys: verification_keys.map(writeTrusteeKey),
})

export const writeTrustees = (trustees: readonly Trustee[]): string =>
  JSON.stringify(
    trustees.map(([kind, value]) => [kind, kind === 'Single' ? writeTrusteeKey(value) : writePedersen(value)]),
  )

export function writeCertificate({ context, verification, encryption }: Certificate): string {
  if (context === undefined) return JSON.stringify({ verification, encryption })
  const { group, size, threshold, index } = context
  return JSON.stringify({ context: { group, size, threshold, index }, verification, encryption })
}

export const writeCoefficients = (coefexps: readonly string[]): string => JSON.stringify({ coefexps })

/** What trustee i signs in 3.x once all have spoken: all certificates and i's own coefficients, these without a signature. */
export const writeTranscript = (certs: readonly Signed[], coefexps: readonly string[]): string =>
  JSON.stringify({ certs: certs.map(writeSigned), coefexps })

/** The keys in the order in which partial decryptions number their owners, from 1: a Single counts one, a Pedersen all of its own. */
export const keysOf = (trustees: readonly Trustee[]): TrusteeKey[] =>
  trustees.flatMap((each) => (each[0] === 'Single' ? [each[1]] : [...each[1].verification_keys]))
