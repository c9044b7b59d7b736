import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** SHA-256. A platform's own may be passed where this is the parameter; it only ever hashes public values. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array
export { sha256 }

const bytesOf = (text: string | Uint8Array) => (typeof text === 'string' ? utf8ToBytes(text) : text)

/** H(s): SHA-256 of the UTF-8 bytes as a big-endian number. */
export const hashNumber = (text: string | Uint8Array, hash: Sha256 = sha256): bigint =>
  BigInt(`0x${bytesToHex(hash(bytesOf(text)))}`)

/** HZ(s) = H(s) mod q. Its small bias belongs to the format (q is about 2^252 or 2^256). */
export const hashScalar = (text: string | Uint8Array, order: bigint, hash: Sha256 = sha256): bigint =>
  hashNumber(text, hash) % order

/** hex(s), 64 digits: the name of a record. */
export const hexHash = (text: string | Uint8Array, hash: Sha256 = sha256): string => bytesToHex(hash(bytesOf(text)))

/** b64(s): base64 of SHA-256 without the trailing "=", 43 characters: fingerprints and tracking codes. */
export const base64Hash = (text: string | Uint8Array, hash: Sha256 = sha256): string =>
  btoa(String.fromCharCode(...hash(bytesOf(text)))).slice(0, 43)
