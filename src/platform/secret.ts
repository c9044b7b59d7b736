import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/**
 * The key for what is stored encrypted (second-factor secrets, NIK): SECRET_KEY from the environment, or for the demo a
 * file made once in DATA_DIR, readable by the owner alone.
 */
export function secretKey(dataDir: string): Buffer {
  const given = process.env.SECRET_KEY
  if (given) return createHash('sha256').update(given).digest()
  const file = path.join(dataDir, 'secret.key')
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' })
    chmodSync(file, 0o600)
  }
  return createHash('sha256').update(readFileSync(file, 'utf8')).digest()
}

let key: Buffer = createHash('sha256').update('no key was set').digest()
/** Set once at start. */
export function useSecretKey(next: Buffer) {
  key = next
}

/** AES-256-GCM with a random nonce; base64 of nonce, tag and text. */
export function seal(text: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')
}

/** The text again; throws when it was changed or the key is another. */
export function unseal(sealed: string): string {
  const all = Buffer.from(sealed, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key, all.subarray(0, 12))
  decipher.setAuthTag(all.subarray(12, 28))
  return Buffer.concat([decipher.update(all.subarray(28)), decipher.final()]).toString('utf8')
}

/**
 * 16 bytes by which a secret text is found again and not read: HMAC-SHA-256 with a key that is made from SECRET_KEY for
 * this purpose alone. Equal texts give equal bytes under one purpose and under no other.
 */
export function blindIndex(purpose: string, text: string): Buffer {
  const own = Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `blind index: ${purpose}`, 32))
  return createHmac('sha256', own).update(text).digest().subarray(0, 16)
}

/**
 * A mark of a text (HMAC-SHA256): the same text has the same mark, and without the key nobody finds out which it was.
 * `use` keeps marks of the same text for different uses apart.
 */
export function markOf(use: string, text: string): Buffer {
  return createHmac('sha256', key).update(`${use}\0${text}`).digest()
}

/** A value on its way to one place: it never reaches JSON, so no kept result and no event can carry it. */
export class Unsaid<T> {
  readonly #value: T
  constructor(value: T) {
    this.#value = value
  }
  get value(): T {
    return this.#value
  }
  toJSON(): null {
    return null
  }
}
