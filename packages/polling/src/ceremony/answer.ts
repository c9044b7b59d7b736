import { z } from 'zod'
import { roles, type Signature, type Signed } from '../format/index.ts'

const hexKey = z.string().regex(/^[0-9a-f]{64}$/)
const signature = z.strictObject({
  role: z.enum(roles),
  signer: z.string(),
  key: hexKey,
  signature: z.string().regex(/^[0-9a-f]{128}$/),
})

/** What a ceremony made. Public but for the rolls' keys, which are sealed for the centre. Kind `ceremony/1`. */
const answer = z.strictObject({
  format: z.literal('melayani-ceremony/1'),
  /** hashOf the order's text. */
  order: hexKey,
  mode: z.enum(['real', 'practice']),
  election: z.string(),
  committee: z.strictObject({ name: z.string(), key: hexKey }),
  officers: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      role: z.enum(['committee', 'chair', 'officer', 'operator', 'witness', 'supervisor']),
      candidate: z.number().optional(),
      tps: z.string().optional(),
      key: hexKey,
    }),
  ),
  tps: z.array(
    z.strictObject({
      id: z.string(),
      number: z.number(),
      /** The texts of the .bel archive, byte for byte. */
      election: z.string(),
      trustees: z.string(),
      credentials: z.string(),
      pool: z.strictObject({ size: z.number(), hash: hexKey }),
      /** By owner number: who they are, and their card's signature that the key is its own (kind `trustee-key/1`). */
      owners: z.array(
        z.strictObject({ owner: z.number(), name: z.string(), outside: z.literal(true).optional(), signature }),
      ),
      /** Of the threshold group, in order: what each had committed to before any coefficient was known. */
      commitments: z.array(hexKey),
      /** The key of the roll, 32 bytes in hexadecimal, sealed for the order's `centre.box` about `rollKeyAbout`. */
      rollKey: z.string(),
    }),
  ),
  /** What was done, for the report (BA); `step` is the hour's quarter. */
  minutes: z.array(z.strictObject({ step: z.string(), what: z.string(), who: z.string().optional() })),
})
export type CeremonyAnswer = Readonly<z.infer<typeof answer>>

export const ceremonyKind = 'ceremony/1'

/** What a sealed roll key is about. */
export const rollKeyAbout = (election: string, tps: string): string => `roll-key ${election} ${tps}`

/** The document as it travels: the answer's text and who signed it. Undefined when it is none. */
export function readAnswer(text: string): { readonly signed: Signed; readonly answer: CeremonyAnswer } | undefined {
  try {
    const signed = z.strictObject({ text: z.string(), signatures: z.array(signature) }).parse(JSON.parse(text))
    return { signed, answer: answer.parse(JSON.parse(signed.text)) }
  } catch {
    return undefined
  }
}
export const writeAnswer = (text: string, signatures: readonly Signature[]): string =>
  `${JSON.stringify({ text, signatures })}\n`
