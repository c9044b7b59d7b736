import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Time-based one-time codes (RFC 6238 on RFC 4226): HMAC-SHA-1, 30 seconds, 6 digits, as every authenticator app expects. */
const seconds = 30
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The number of the 30-second step that `now` lies in. */
export const stepOf = (now: Date): number => Math.floor(now.getTime() / 1000 / seconds)

/** The code of one step: RFC 4226 section 5.3 with `digits` digits. */
export function codeOf(key: Buffer, step: number, digits = 6): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', key).update(counter).digest()
  const offset = mac[19]! & 0xf
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0')
}

/** The code that an app with this secret (base32) shows at `now`. */
export const codeAt = (secret: string, now: Date): string => codeOf(fromBase32(secret), stepOf(now))

/**
 * The step that this code belongs to, or undefined. The step before and after are accepted (clocks differ), but none up
 * to `last`: a code works once (RFC 6238 section 5.2).
 */
export function acceptedStep(secret: string, code: string, now: Date, last: number | null): number | undefined {
  const typed = Buffer.from(code.replace(/\s/g, ''))
  const key = fromBase32(secret)
  const here = stepOf(now)
  return [here, here - 1, here + 1].find((step) => {
    const expected = Buffer.from(codeOf(key, step))
    return typed.length === expected.length && timingSafeEqual(typed, expected) && (last === null || step > last)
  })
}

/** A new secret of 160 random bits, in base32. */
export const newTotpSecret = (): string => toBase32(randomBytes(20))

/** The address that an authenticator app reads from the square code. */
export const otpauth = (secret: string, account: string): string =>
  `otpauth://totp/Melayani:${encodeURIComponent(account)}?secret=${secret}&issuer=Melayani`

/** RFC 4648 base32 without padding. */
export function toBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

export function fromBase32(text: string): Buffer {
  const bits = [...text.toUpperCase().replace(/[\s=-]/g, '')]
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

/** Codes for whoever loses the telephone: 80 random bits each, as ABCD-EFGH-IJKL-MNOP. */
export const newRecoveryCodes = (count: number): string[] =>
  Array.from({ length: count }, () => toBase32(randomBytes(10)).match(/.{4}/g)!.join('-'))

/** What is stored of a recovery code, however it was typed. 80 random bits need no slow hash. */
export const storedRecoveryCode = (code: string): Buffer =>
  createHash('sha256')
    .update(code.toUpperCase().replace(/[^A-Z2-7]/g, ''))
    .digest()
