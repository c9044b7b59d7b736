import { readCredential } from '@melayani/ballot/cast'

/**
 * What a token (V-token) carries. The credential was written and sealed with the pool and is drawn blindly; the desk that hands
 * it out adds a stamp without reading the credential. All tokens issued in the same five minutes have the same stamp, so it ties
 * a token to a quarter of an hour and to nobody.
 */
export type Token = {
  /**
   * The first eight digits of the pool's hash (`pool.hash` of the election package), or undefined where a person typed the
   * credential alone. Tokens are printed before the package is made, so they cannot name it; the package names the pool.
   */
  readonly pool?: string
  /** 3.x form, with its dashes and without check characters. */
  readonly credential: string
  readonly stamp?: Stamp
}

/** `minutes`: five-minute step since 1970 of the desk's clock; `signature` by the desk's key over kind `stamp/1`. */
export type Stamp = { readonly step: number; readonly desk: string; readonly signature: string }

/** The text in a token's QR code: MLY1, eight digits of the pool's hash, the credential with check characters, no dashes. */
export const tokenText = (poolHash: string, credentialWithCheck: string): string =>
  `MLY1.${poolHash.slice(0, 8)}.${credentialWithCheck.replaceAll('-', '')}`

/** Why a scanned or typed text is no token: another code altogether, or a credential with a slip of reading or typing. */
export type TokenFault = { readonly fault: 'form' | 'length' | 'character' | 'check'; readonly at?: number }

/**
 * Reads what a scanner sent, or the 24 characters that somebody typed, with dashes or spaces anywhere. The check characters
 * are asked for: without them one wrong letter would be another, unknown credential.
 */
export function readToken(text: string): Omit<Token, 'stamp'> | TokenFault {
  const trimmed = text.trim()
  const scanned = /^MLY1\.([0-9a-f]{8})\.([^.]*)$/.exec(trimmed)
  if (!scanned && trimmed.includes('.')) return { fault: 'form' }
  const characters = (scanned ? scanned[2]! : trimmed).replaceAll(/[\s-]/g, '')
  const read = readCredential(characters)
  if ('fault' in read && read.fault === 'character') return { fault: 'character', at: read.at }
  if (characters.length !== 24) return { fault: 'length' }
  if ('fault' in read) return { fault: 'check' }
  return { ...(scanned ? { pool: scanned[1]! } : {}), credential: read.credential }
}
