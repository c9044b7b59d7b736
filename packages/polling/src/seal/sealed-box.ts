import { randomBytes } from 'node:crypto'
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { ed25519, x25519 } from '@noble/curves/ed25519.js'
import { hkdf } from '@noble/hashes/hkdf.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'

/** Where only one party can look in: what goes back to the centre on a stick that anybody may carry. */
export function newBox(): { secret: string; box: string } {
  const secret = x25519.utils.randomSecretKey()
  return { secret: bytesToHex(secret), box: bytesToHex(x25519.getPublicKey(secret)) }
}

const keyOf = (shared: Uint8Array, mine: Uint8Array, box: Uint8Array, about: string) =>
  hkdf(sha256, shared, concatBytes(mine, box), utf8ToBytes(`melayani/box/1\n${about}`), 32)

/** Sealed for the owner of `box` by a key used once; `about` is bound to it (which election, which polling place). */
export function sealFor(box: string, text: string, about: string): string {
  const once = x25519.utils.randomSecretKey()
  const mine = x25519.getPublicKey(once)
  const theirs = hexToBytes(box)
  const key = keyOf(x25519.getSharedSecret(once, theirs), mine, theirs, about)
  const nonce = new Uint8Array(randomBytes(24))
  return Buffer.concat([mine, nonce, xchacha20poly1305(key, nonce).encrypt(utf8ToBytes(text))]).toString('base64')
}

/** Undefined when it was sealed for another box, about something else, or a byte was changed. */
export function openBox(secret: string, sealed: string, about: string): string | undefined {
  try {
    const bytes = new Uint8Array(Buffer.from(sealed, 'base64'))
    const [once, nonce, rest] = [bytes.slice(0, 32), bytes.slice(32, 56), bytes.slice(56)]
    const mine = hexToBytes(secret)
    const key = keyOf(x25519.getSharedSecret(mine, once), once, x25519.getPublicKey(mine), about)
    return new TextDecoder().decode(xchacha20poly1305(key, nonce).decrypt(rest))
  } catch {
    return undefined
  }
}

/** The box of whoever signs with this Ed25519 key: the same point as X25519 has it (RFC 7748, 4.1). Throws on what is no key. */
export const boxOfKey = (key: string): string => bytesToHex(ed25519.utils.toMontgomery(hexToBytes(key)))

/** Its secret, from the signing secret. Only a key of this box's own use comes of it: signatures hash another prefix. */
export const boxSecretOf = (signing: string): string =>
  bytesToHex(ed25519.utils.toMontgomerySecret(hexToBytes(signing)))
