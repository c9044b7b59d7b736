import { verify } from 'node:crypto'
import { resultKind, type Signature } from '@melayani/polling/format'
import { z } from 'zod'
import { decide, refuse } from '#platform/result.ts'
import { isClean } from '../domain/result.ts'
import type { OfficerKey } from '../store/result.ts'

/** A document and who vouches for it, as it travels. */
export const signedShape = z.object({
  text: z.string().min(2).max(100_000).refine(isClean),
  signatures: z
    .array(
      z.object({
        role: z.enum(['centre', 'committee', 'chair', 'officer', 'operator', 'witness', 'supervisor', 'device']),
        signer: z.string().max(200).refine(isClean),
        key: z.string().regex(/^[0-9a-f]{64}$/),
        signature: z.string().regex(/^[0-9a-f]{128}$/),
      }),
    )
    .min(1)
    .max(60),
})
export type SignedInput = z.output<typeof signedShape>

export type SignatureRefusal =
  | 'signer-unknown'
  | 'signer-twice'
  | 'signature-wrong'
  | 'chair-missing'
  | 'officer-missing'
  | 'station-missing'

/**
 * Who signed must be whom the package names, each once; the chair and one station must be among them. A key of a station is
 * named by no package, anybody can make one: so what counts (a result) needs the card of a second officer.
 */
export function judgeSigners({ signatures }: SignedInput, officers: readonly OfficerKey[], kind: string) {
  if (new Set(signatures.map(({ key }) => key)).size < signatures.length) return refuse('signer-twice')
  const known = ({ role, key }: Signature) =>
    role === 'device' || officers.some((officer) => officer.role === role && officer.key === key)
  if (!signatures.every(known)) return refuse('signer-unknown')
  if (!signatures.some(({ role }) => role === 'chair')) return refuse('chair-missing')
  const cards = signatures.filter(({ role }) => role === 'chair' || role === 'officer')
  if (kind === resultKind && cards.length < 2) return refuse('officer-missing')
  const stations = signatures.filter(({ role }) => role === 'device')
  return stations.length === 1 ? decide({ station: stations[0]!.key }) : refuse('station-missing')
}

/** Whether every signature of a document of this kind holds: arithmetic, done in threads while the house goes on. */
export const signaturesHold = async (kind: string, { text, signatures }: SignedInput): Promise<boolean> => {
  const bytes = Buffer.from(`melayani/${kind}\n${text}`)
  return (await Promise.all(signatures.map((each) => holds(bytes, each)))).every(Boolean)
}

/** Who signed, and then whether what they signed holds: a stranger's signatures cost nothing. */
export async function judgeSignatures(signed: SignedInput, officers: readonly OfficerKey[], kind: string) {
  const signers = judgeSigners(signed, officers, kind)
  return signers.ok && !(await signaturesHold(kind, signed)) ? refuse('signature-wrong') : signers
}

/** Whether the chair of the package signed this, and nobody whom it does not name: a photograph of the plano. */
export async function isByChair(signed: SignedInput, officers: readonly OfficerKey[], kind: string): Promise<boolean> {
  const known = ({ role, key }: Signature) => officers.some((each) => each.role === role && each.key === key)
  const own = signed.signatures.every(known) && signed.signatures.some(({ role }) => role === 'chair')
  return own && (await signaturesHold(kind, signed))
}

/** What stands before the 32 bytes of an Ed25519 key in the form that the platform reads. */
const keyHead = Buffer.from('302a300506032b6570032100', 'hex')

/**
 * The height (y) of the points of small order, without the sign of x: as a key each fits any text. The platform's arithmetic
 * does not refuse them, nor a height that is not written in its shortest form; RFC 8032 and `signatureHolds` do.
 */
const smallOrder = new Set([
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  `ec${'ff'.repeat(30)}7f`,
])
const unshortened = new RegExp(`^(e[d-f]|f[0-9a-f])${'ff'.repeat(30)}7f$`)

function holds(bytes: Buffer, { key, signature }: Signature): Promise<boolean> {
  const raw = Buffer.from(key, 'hex')
  const height = `${key.slice(0, 62)}${(raw[31]! & 0x7f).toString(16).padStart(2, '0')}`
  if (smallOrder.has(height) || unshortened.test(height)) return Promise.resolve(false)
  const read = { key: Buffer.concat([keyHead, raw]), format: 'der', type: 'spki' } as const
  return new Promise((done) => {
    try {
      verify(null, bytes, read, Buffer.from(signature, 'hex'), (error, good) => done(!error && good))
    } catch {
      // No point of the curve.
      done(false)
    }
  })
}
