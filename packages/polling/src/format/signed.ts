import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'

/** Who signs, or acts, at a polling place. The Indonesian term stands beside each. */
export const roles = [
  'centre', // server pusat (kabupaten)
  'committee', // panitia pemilihan desa
  'chair', // ketua KPPS
  'officer', // anggota KPPS: verifikator, petugas token
  'operator', // tim teknis lapangan: no authority over votes
  'witness', // saksi calon
  'supervisor', // pengawas
  'device', // a station, desk or booth
] as const
export type Role = (typeof roles)[number]

/** An Ed25519 signature of a document's kind and text. `key` 32 bytes, `signature` 64 bytes, in hexadecimal. */
export type Signature = {
  readonly role: Role
  /** As it is printed beside the signature: a name, or "bilik 2". */
  readonly signer: string
  readonly key: string
  readonly signature: string
}

/** A document and who vouches for it. `text` is the very JSON that was signed; it is never written anew. */
export type Signed = { readonly text: string; readonly signatures: readonly Signature[] }

export type SigningKey = { readonly secret: string; readonly key: string }

/** The document's kind is signed with it, so that a signature never holds for a document of another kind. */
const bytesOf = (kind: string, text: string) => utf8ToBytes(`melayani/${kind}\n${text}`)

export function newSigningKey(): SigningKey {
  const secret = ed25519.utils.randomSecretKey()
  return { secret: bytesToHex(secret), key: bytesToHex(ed25519.getPublicKey(secret)) }
}

export function sign(kind: string, text: string, who: Pick<Signature, 'role' | 'signer'>, secret: string): Signature {
  const bytes = hexToBytes(secret)
  return {
    ...who,
    key: bytesToHex(ed25519.getPublicKey(bytes)),
    signature: bytesToHex(ed25519.sign(bytesOf(kind, text), bytes)),
  }
}

/** Whether one signature holds. Whose key it is, and whether they may sign, is the caller's question. */
export function signatureHolds(kind: string, text: string, { key, signature }: Signature): boolean {
  if (!/^[0-9a-f]{64}$/.test(key) || !/^[0-9a-f]{128}$/.test(signature)) return false
  try {
    // Strict as in RFC 8032: no second form of a signature, no key of small order.
    return ed25519.verify(hexToBytes(signature), bytesOf(kind, text), hexToBytes(key), { zip215: false })
  } catch {
    return false
  }
}

/** SHA-256 of a text in UTF-8, 64 hexadecimal digits. */
export const hashOf = (text: string | Uint8Array): string =>
  bytesToHex(sha256(typeof text === 'string' ? utf8ToBytes(text) : text))

/** The fingerprint φ of an election's text: its SHA-256 in base64 without the last '=', 43 characters. */
export const electionFingerprint = (electionText: string): string =>
  btoa(String.fromCharCode(...sha256(utf8ToBytes(electionText)))).replace(/=$/, '')

/** The first 80 bits of a hash as people compare them aloud: five groups of four. */
export const shortHash = (hash: string): string => hash.slice(0, 20).toUpperCase().match(/.{4}/g)!.join(' ')
