import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { type SigningKey, sign, signatureHolds } from './signed.ts'
import type { Stamp } from './token.ts'

/** A desk signs `<hash of the package's text>/<step>`: the same for every token it hands out in the same five minutes. */
const stampKind = 'stamp/1'
const stampedText = (packageHash: string, step: number) => `${packageHash}/${step}`
const stepMinutes = 5
/** Minutes by which two clocks at one polling place may differ. */
const skewMinutes = 5

/** The five-minute step of a time in milliseconds since 1970. */
export const stampStep = (milliseconds: number): number => Math.floor(milliseconds / (stepMinutes * 60_000))

/** The stamp of a desk ("desk-1") for tokens handed out at this time. */
export const makeStamp = (desk: string, key: SigningKey, packageHash: string, milliseconds: number): Stamp => {
  const step = stampStep(milliseconds)
  const { signature } = sign(stampKind, stampedText(packageHash, step), { role: 'device', signer: desk }, key.secret)
  return { step, desk, signature }
}

/** `S.<step>.<desk number>.<signature in base64url>`, as its QR code has it. */
export const stampText = ({ step, desk, signature }: Stamp): string => {
  const base64 = btoa(String.fromCharCode(...hexToBytes(signature)))
  return `S.${step}.${/\d+$/.exec(desk)![0]}.${base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`
}

/** undefined when the text is no stamp. Whether it holds is for `stampFault` to say. */
export function readStamp(text: string): Stamp | undefined {
  const parts = /^S\.(\d{1,9})\.([1-9]\d{0,3})\.([A-Za-z0-9_-]{86})$/.exec(text.trim())
  if (!parts) return undefined
  const bytes = Uint8Array.from(atob(parts[3]!.replaceAll('-', '+').replaceAll('_', '/')), (each) => each.charCodeAt(0))
  return { step: Number(parts[1]), desk: `desk-${parts[2]}`, signature: bytesToHex(bytes) }
}

/** `false`: not signed by an admitted desk. `early`: issued later than this clock says it is now. */
export type StampFault = 'missing' | 'false' | 'expired' | 'early'

/** What is wrong with a stamp at a time in milliseconds. `keyOf` gives the key of a desk that the station has admitted. */
export function stampFault(
  stamp: Stamp | undefined,
  keyOf: (desk: string) => string | undefined,
  packageHash: string,
  tokenMinutes: number,
  milliseconds: number,
): StampFault | undefined {
  if (!stamp) return 'missing'
  const key = keyOf(stamp.desk)
  const signed = { role: 'device', signer: stamp.desk, key: key ?? '', signature: stamp.signature } as const
  if (!key || !signatureHolds(stampKind, stampedText(packageHash, stamp.step), signed)) return 'false'
  const age = milliseconds / 60_000 - stamp.step * stepMinutes
  // It may have been handed out in the last of its five minutes.
  if (age > tokenMinutes + stepMinutes + skewMinutes) return 'expired'
  return age < -skewMinutes ? 'early' : undefined
}
