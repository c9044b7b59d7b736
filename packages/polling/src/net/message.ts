import type { MiddlewareHandler } from 'hono'
import { type SigningKey, sign, signatureHolds } from '../format/index.ts'

/** A device as it is known to whom it speaks with. */
export type KnownDevice = { readonly device: string; readonly key: string }
export type DeviceEnv = { Variables: { device: KnownDevice } }

const messageText = (method: string, path: string, body: string) => `${method} ${path}\n${body}`
const answerText = (request: string, status: number, body: string) => `${status} ${request}\n${body}`

const bare = (key: string, signature: string) => ({ role: 'device' as const, signer: '', key, signature })

/** The two headers of a request; `path` with its query. */
export const signedHeaders = (
  device: string,
  key: SigningKey,
  method: string,
  path: string,
  body: string,
): Record<'x-device' | 'x-signature', string> => ({
  'x-device': device,
  'x-signature': sign('message/1', messageText(method, path, body), { role: 'device', signer: device }, key.secret)
    .signature,
})

/** Whether an answer is of the device whose key this is, and to this very request. */
export const answerHolds = (key: string, request: string, status: number, body: string, signature: string): boolean =>
  signatureHolds('answer/1', answerText(request, status, body), bare(key, signature))

/** More than a batch of slots or lines needs. */
const largestBody = 16 * 1024 * 1024

/**
 * Lets only requests through that a known device has signed, and signs the answers with `own`, so that neither "it is durable"
 * nor a list of lines can come from somebody else on the cable. All requests are idempotent: one that is sent again changes
 * nothing.
 */
export function fromDevice(
  findKey: (device: string) => string | undefined,
  own: SigningKey,
): MiddlewareHandler<DeviceEnv> {
  return async (c, next) => {
    const device = c.req.header('x-device') ?? ''
    const signature = c.req.header('x-signature') ?? ''
    const key = findKey(device)
    if (Number(c.req.header('content-length') ?? 0) > largestBody) return c.json({ refused: 'too-large' }, 413)
    const { pathname, search } = new URL(c.req.url)
    const body = c.req.method === 'GET' ? '' : await c.req.text()
    if (!key || !signatureHolds('message/1', messageText(c.req.method, pathname + search, body), bare(key, signature)))
      return c.json({ refused: 'unknown-device' }, 401)
    c.set('device', { device, key })
    await next()
    const answer = await c.res.clone().text()
    const proof = sign(
      'answer/1',
      answerText(signature, c.res.status, answer),
      { role: 'device', signer: '' },
      own.secret,
    )
    c.res.headers.set('x-signature', proof.signature)
  }
}
