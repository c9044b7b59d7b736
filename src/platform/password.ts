import { argon2, createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const hash = promisify(argon2)

// OWASP's first recommendation for argon2id: 19 MiB, 2 passes, 1 lane.
const memory = 19_456
const passes = 2

/** argon2id in PHC form: $argon2id$v=19$m=…,t=…,p=1$salt$tag */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await derive(password, nonce, memory, passes)
  return `$argon2id$v=19$m=${memory},t=${passes},p=1$${nonce.toString('base64')}$${tag.toString('base64')}`
}

/** Whether the password fits. Without a stored hash the same work is done, so that the time tells nothing. */
export async function checkPassword(password: string, stored: string | null): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([^$]+)\$([^$]+)$/.exec(stored ?? '')
  if (!parts) {
    await derive(password, Buffer.alloc(16), memory, passes)
    return false
  }
  const tag = await derive(password, Buffer.from(parts[3]!, 'base64'), Number(parts[1]), Number(parts[2]))
  const expected = Buffer.from(parts[4]!, 'base64')
  return tag.length === expected.length && timingSafeEqual(tag, expected)
}

async function derive(password: string, nonce: Buffer, memory: number, passes: number): Promise<Buffer> {
  const message = Buffer.from(password.normalize('NFKC'))
  return (await hash('argon2id', { message, nonce, parallelism: 1, tagLength: 32, memory, passes })) as Buffer
}

/** A secret for a cookie or a link, and what is stored of it. */
export function newToken(): { token: string; stored: Buffer } {
  const token = randomBytes(32).toString('base64url')
  return { token, stored: storedToken(token) }
}

/** SHA-256: the token has 256 random bits, so a slow hash would add nothing. */
export const storedToken = (token: string): Buffer => createHash('sha256').update(token).digest()
