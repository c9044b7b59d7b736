import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson } from '#platform/canonical.ts'

/** What one installation tells another: a content with its Ed25519 signature (RFC 8032) over the content's canonical JSON. */
export type Signed = { content: unknown; signature: string }

export const signedDocument = z.strictObject({ content: z.unknown(), signature: z.string().regex(/^[\w-]{86}$/) })
/** A public key: 32 bytes as base64url. */
export const publicKey = z.string().regex(/^[\w-]{43}$/)

/** A new pair: the public half as text, the secret half as PKCS 8 in base64. */
export function newKeyPair(): { key: string; secret: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    key: (publicKey.export({ format: 'jwk' }) as { x: string }).x,
    secret: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
  }
}

/** The key object of a secret half. */
export const secretOf = (secret: string) =>
  createPrivateKey({ key: Buffer.from(secret, 'base64'), format: 'der', type: 'pkcs8' })

export function signedBy(secret: string, content: unknown): Signed {
  return { content, signature: sign(null, Buffer.from(canonicalJson(content)), secretOf(secret)).toString('base64url') }
}

/** Whether this key signed this content. False for what is no key or no signature. */
export function isSignedBy(key: string, { content, signature }: Signed): boolean {
  try {
    const known = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key }, format: 'jwk' })
    return verify(null, Buffer.from(canonicalJson(content)), known, Buffer.from(signature, 'base64url'))
  } catch {
    return false
  }
}

export const digestOf = (content: unknown): Buffer => createHash('sha256').update(canonicalJson(content)).digest()

/** What two people compare on the telephone: 128 bits of the key's SHA-256 in eight groups. */
export const fingerprintOf = (key: string): string =>
  createHash('sha256').update(Buffer.from(key, 'base64url')).digest('hex').slice(0, 32).match(/.{4}/g)!.join(' ')

/** A signed document from its text; undefined for what is none. */
export function readSigned(text: string): Signed | undefined {
  try {
    const read = signedDocument.safeParse(JSON.parse(text))
    return read.success ? { content: read.data.content, signature: read.data.signature } : undefined
  } catch {
    return undefined
  }
}
