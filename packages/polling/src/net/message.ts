import { createHash, randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { z } from 'zod'
import { openText, sealText } from '../card/seal.ts'
import { type SigningKey, sign, signatureHolds } from '../format/index.ts'
import { newBox, openBox, sealFor } from '../seal/sealed-box.ts'

/** A device as it is known to whom it speaks with. */
export type KnownDevice = { readonly device: string; readonly key: string }
/** What the routes behind `fromDevices` know: who asks. */
export type DeviceEnv = { Bindings: { device: KnownDevice } }

/**
 * Of each request and answer, as people on the cable see it, the length tells only how many of these steps it has: one ballot of the
 * usual size goes into the first, as a question that carries nothing does. Bytes.
 */
const step = 32 * 1024
const padded = (text: string): string => {
  const over = Buffer.byteLength(text) % step
  return over === 0 ? text : text + ' '.repeat(step - over)
}

/** Of Node itself: a body is long, and this is done for each request. */
const hashOfBody = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const bare = (key: string, signature: string) => ({ role: 'device' as const, signer: '', key, signature })
const signed = (kind: string, text: string, signer: string, secret: string) =>
  sign(kind, text, { role: 'device', signer }, secret).signature

const hex = z.string().regex(/^[0-9a-f]{64}$/)
const request = z.object({
  method: z.enum(['GET', 'POST']),
  path: z.string().startsWith('/'),
  key: hex,
  body: z.string(),
})
const answer = z.object({ status: z.number().int(), body: z.string() })
const run = z.object({ box: hex, signature: z.string().regex(/^[0-9a-f]{128}$/) })

const runKind = 'run/1'
const requestKind = 'message/2'
const requestText = (to: string, size: number, hash: string) => `${to} ${size} ${hash}`
const requestAbout = (device: string, to: string) => `${requestKind} ${device} ${to}`
const answerAbout = (requestHash: string) => `answer/2 ${requestHash}`

/** The box of this run that a device has signed; undefined when it is not of this key. */
export function readRun(key: string, given: unknown): string | undefined {
  const read = run.safeParse(given)
  return read.success && signatureHolds(runKind, read.data.box, bare(key, read.data.signature))
    ? read.data.box
    : undefined
}

export type Sealed = { readonly headers: Record<string, string>; readonly body: Uint8Array<ArrayBuffer> }
export type Answered = { readonly status: number; readonly body: string }

/**
 * A request as it goes over the cable: method, path and body sealed for the box of the receiver's run, and signed by the device. `open`
 * reads the answer: only who could read this very request can give one, so none can be given twice.
 */
export function sealRequest(
  { to, box }: { readonly to: string; readonly box: string },
  device: string,
  key: SigningKey,
  method: 'GET' | 'POST',
  path: string,
  body: string,
): Sealed & { open(bytes: Uint8Array): Answered | undefined } {
  const answerKey = randomBytes(32).toString('hex')
  const text = padded(JSON.stringify({ method, path, key: answerKey, body } satisfies z.infer<typeof request>))
  const bytes = Uint8Array.from(Buffer.from(sealFor(box, text, requestAbout(device, to)), 'base64'))
  const hash = hashOfBody(bytes)
  const headers = {
    'content-type': 'application/octet-stream',
    'x-device': device,
    'x-size': String(bytes.length),
    'x-hash': hash,
    'x-signature': signed(requestKind, requestText(to, bytes.length, hash), device, key.secret),
  }
  return {
    headers,
    body: bytes,
    open(given) {
      const opened = openText(Buffer.from(answerKey, 'hex'), Buffer.from(given).toString('base64'), answerAbout(hash))
      const read = opened === undefined ? undefined : answer.safeParse(parsed(opened))
      return read?.success ? read.data : undefined
    },
  }
}

export const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const joinKind = 'join/1'

/** The signature under a request to join, by the key that joins: nobody speaks for another's. */
export const signJoin = (body: string, key: SigningKey): string => signed(joinKind, body, '', key.secret)
export const joinHolds = (body: string, key: string, signature: string): boolean =>
  signatureHolds(joinKind, body, bare(key, signature))

/** A body of at most so many bytes, counted as they come; undefined when there are more. */
export async function bodyOf(from: Request, most: number): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = []
  let size = 0
  const reader = from.body?.getReader()
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
    if (done) return Buffer.concat(parts)
    size += value.length
    if (size > most) {
      await reader!.cancel().catch(() => undefined)
      return undefined
    }
    parts.push(value)
  }
}

/** More than a batch of slots or lines needs. */
const largestBody = 16 * 1024 * 1024

/** Milliseconds that a box of a run is used. */
const runTime = 10 * 60_000

/**
 * What admitted devices ask, at one address: mount at /hub or /peer. `routes` see each request open, with its device in `c.env`.
 *
 * On the cable there is nothing to read but which device spoke, when, and how long it was in steps: ballots and check-ins, seen one
 * by one by whoever listens, would say whose ballot is whose. The box that requests are sealed for lives in memory and for ten minutes
 * only, so that what was recorded cannot be read later with a key from a stolen stick. A signature is checked before the body
 * is read. `now`: milliseconds of any clock that only runs forward. All requests are idempotent: one that is sent again changes nothing, and its answer is for nobody else.
 */
export function fromDevices(
  findKey: (device: string) => string | undefined,
  own: SigningKey,
  routes: Hono<DeviceEnv>,
  now: () => number = () => performance.now(),
): Hono {
  const app = new Hono()
  const newRun = () => ({ ...newBox(), since: now() })
  let last = newRun()
  const current = () => {
    if (now() - last.since > runTime) last = newRun()
    return last
  }
  app.get('/run', (c) => {
    const { box } = current()
    return c.json({ box, signature: signed(runKind, box, '', own.secret) } satisfies z.infer<typeof run>)
  })
  app.post('/', async (c) => {
    const header = (name: string) => c.req.header(name) ?? ''
    const device = header('x-device')
    const key = findKey(device)
    const [size, hash] = [Number(header('x-size')), header('x-hash')]
    if (!key || !signatureHolds(requestKind, requestText(own.key, size, hash), bare(key, header('x-signature'))))
      return c.json({ refused: 'unknown-device' }, 401)
    if (!(size <= largestBody)) return c.json({ refused: 'too-large' }, 413)
    const bytes = await bodyOf(c.req.raw, size)
    if (!bytes || hashOfBody(bytes) !== hash) return c.json({ refused: 'changed' }, 401)
    const opened = openBox(current().secret, Buffer.from(bytes).toString('base64'), requestAbout(device, own.key))
    if (opened === undefined) return c.json({ refused: 'other-run' }, 421)
    const read = request.safeParse(parsed(opened))
    if (!read.success) return c.json({ refused: 'form' }, 400)
    const { method, path, body } = read.data
    const given = await routes.request(
      path,
      { method, ...(method === 'POST' ? { body } : {}) },
      { device: { device, key } },
    )
    const text = padded(JSON.stringify({ status: given.status, body: await given.text() } satisfies Answered))
    const sealed = sealText(Buffer.from(read.data.key, 'hex'), text, answerAbout(hash))
    return c.body(Uint8Array.from(Buffer.from(sealed, 'base64')), 200, { 'content-type': 'application/octet-stream' })
  })
  return app
}
