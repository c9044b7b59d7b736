import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * Signed messages between machines, as Standard Webhooks names them (standardwebhooks.com): `webhook-id`,
 * `webhook-timestamp` (seconds), `webhook-signature` (`v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; several
 * with a space between them while a secret is being changed).
 */
export type SignedHeaders = { 'webhook-id': string; 'webhook-timestamp': string; 'webhook-signature': string }

/** How far the sender's clock may be from ours, in seconds. */
export const tolerance = 300

/** A new secret as it is shown, once: `whsec_` and 32 random bytes in base64. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

const keyOf = (secret: string) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64')

const one = (secret: string, id: string, timestamp: string, body: string) =>
  createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest()

/** The headers of a message, signed with each of these secrets. */
export function signedHeaders(secrets: readonly string[], id: string, at: Date, body: string): SignedHeaders {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map((secret) => `v1,${one(secret, id, timestamp, body).toString('base64')}`).join(' '),
  }
}

/** Whether a message is whole, of our time, and of somebody who knows the secret. */
export function isSigned(
  secret: string,
  headers: { [K in keyof SignedHeaders]: string | undefined },
  now: Date,
  body: string,
): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers
  if (!id || !timestamp || !signatures || !/^\d{1,12}$/.test(timestamp)) return false
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > tolerance) return false
  const wanted = one(secret, id, timestamp, body)
  return signatures.split(' ').some((each) => {
    const given = Buffer.from(each.replace(/^v1,/, ''), 'base64')
    return each.startsWith('v1,') && given.length === wanted.length && timingSafeEqual(given, wanted)
  })
}
