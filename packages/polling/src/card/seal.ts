import { randomBytes, scryptSync } from 'node:crypto'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'

/** Cost of scrypt: 128 · r · 2^log2 bytes of memory for each PIN tried. 16 takes 64 MiB and about a fifth of a second. */
export type Work = { readonly log2: number; readonly r: number; readonly p: number }
export const usualWork: Work = { log2: 16, r: 8, p: 1 }

/**
 * The key that a PIN gives with this salt. A PIN has few digits: against somebody who copied the file, scrypt only makes
 * each of a million tries cost what one costs here. A chip counts tries and cannot be copied; see README of the package.
 */
export const keyOfPin = (pin: string, salt: Uint8Array, { log2, r, p }: Work): Uint8Array =>
  new Uint8Array(scryptSync(utf8ToBytes(pin), salt, 32, { N: 2 ** log2, r, p, maxmem: 256 * r * 2 ** log2 }))

/** XChaCha20-Poly1305, a new nonce of 24 bytes in front, in base64. `about` is bound to it and not hidden. */
export function sealText(key: Uint8Array, text: string, about: string): string {
  const nonce = new Uint8Array(randomBytes(24))
  const sealed = xchacha20poly1305(key, nonce, utf8ToBytes(about)).encrypt(utf8ToBytes(text))
  return Buffer.concat([nonce, sealed]).toString('base64')
}

/** Undefined when the key is another, or a byte of text or `about` was changed. */
export function openText(key: Uint8Array, sealed: string, about: string): string | undefined {
  const bytes = new Uint8Array(Buffer.from(sealed, 'base64'))
  if (bytes.length < 40) return undefined
  try {
    const opened = xchacha20poly1305(key, bytes.slice(0, 24), utf8ToBytes(about)).decrypt(bytes.slice(24))
    return new TextDecoder('utf-8', { fatal: true }).decode(opened)
  } catch {
    return undefined
  }
}
