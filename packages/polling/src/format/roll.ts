import { xchacha20poly1305 } from '@noble/ciphers/chacha.js'
import { managedNonce } from '@noble/ciphers/utils.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * A voter in the roll (DPT) of one polling place, as its desks see them. There is no NIK: a card that is read, or a NIK that
 * is typed, is looked up by `nik`, an HMAC under the roll's key, which travels on the chair's card and not in the package.
 */
export type Voter = {
  /** Number in the roll of this polling place, from 1. */
  readonly no: number
  readonly name: string
  readonly born?: string
  readonly sex?: 'L' | 'P'
  /** Hamlet and RT/RW. */
  readonly address: string
  /** `nikMark` of the NIK. */
  readonly nik: string
  /** The last four digits, for two officers who compare a card by eye. */
  readonly last4: string
  /** JPEG in base64, where the roll has photographs. */
  readonly photo?: string
  /** Added after the roll was fixed (pemilih tambahan, DPTb). */
  readonly additional?: true
}

/** The roll of one polling place, and of the others only marks: enough to say "you vote at TPS 3", not who votes there. */
export type Roll = {
  readonly voters: readonly Voter[]
  readonly elsewhere: readonly (readonly [nik: string, tps: number])[]
}

/** HMAC-SHA256 of the 16 digits under the roll's key (32 bytes in hexadecimal), 64 hexadecimal digits. */
export const nikMark = (rollKey: string, nik: string): string =>
  bytesToHex(hmac(sha256, hexToBytes(rollKey), utf8ToBytes(nik)))

const cipher = (rollKey: string) => managedNonce(xchacha20poly1305)(hexToBytes(rollKey))

/** XChaCha20-Poly1305 with its nonce in front, in base64. */
export const sealRoll = (rollKey: string, text: string): string =>
  btoa(Array.from(cipher(rollKey).encrypt(utf8ToBytes(text)), (byte) => String.fromCharCode(byte)).join(''))

/** The roll's text; undefined when the key is another or a byte was changed. */
export function openRoll(rollKey: string, sealed: string): string | undefined {
  try {
    return new TextDecoder().decode(cipher(rollKey).decrypt(Uint8Array.from(atob(sealed), (c) => c.charCodeAt(0))))
  } catch {
    return undefined
  }
}
