import { z } from 'zod'
import type { Signed, SigningKey } from '../format/index.ts'
import { signedShape } from '../format/index.ts'
import { answerHolds, signedHeaders } from './message.ts'

/** The station or another desk could not be reached, or what answered is not it. Nothing is lost: try again later. */
export class Unreachable extends Error {
  readonly address: string

  constructor(address: string, cause: unknown) {
    super(`${address} cannot be reached`, { cause })
    this.address = address
  }
}

export type Peer = {
  /** "192.168.7.10:4770". */
  readonly address: string
  /** Its key; an answer signed by another is no answer. */
  readonly key: string
}

export type Vector = Readonly<Record<string, number>>

const joined = z.object({ station: z.string().regex(/^[0-9a-f]{64}$/), certificate: signedShape.optional() })
const vector = z.record(z.string(), z.number().int())
const marks = z.object({ used: z.array(z.string()) })
const lines = z.object({ lines: z.array(z.string()) })

/** Milliseconds to wait for an answer. A desk or booth works on without it. */
const patience = 4_000

async function ask(
  address: string,
  path: string,
  init: RequestInit,
): Promise<{ status: number; body: string; signature: string }> {
  try {
    const answer = await fetch(`http://${address}${path}`, { ...init, signal: AbortSignal.timeout(patience) })
    return { status: answer.status, body: await answer.text(), signature: answer.headers.get('x-signature') ?? '' }
  } catch (error) {
    throw new Unreachable(address, error)
  }
}

export type JoinRequest = {
  readonly as: 'desk' | 'booth'
  readonly key: string
  readonly package: string
  readonly mobile?: true
  readonly address?: string
}

/**
 * Asks to be admitted, or asks again. The answer carries the station's key, which is believed only after people have compared
 * `shortHash(deviceFingerprint(key))` on both screens, and the certificate once two officers have agreed.
 */
export async function join(address: string, request: JoinRequest): Promise<{ station: string; certificate?: Signed }> {
  const { status, body } = await ask(address, '/hub/join', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  })
  const answer = status < 300 ? joined.safeParse(parsed(body)) : undefined
  if (!answer?.success) throw new Unreachable(address, new Error(`join: ${status} ${body.slice(0, 200)}`))
  const { station, certificate } = answer.data
  return certificate ? { station, certificate } : { station }
}

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** Speaks for one admitted device with one peer. Each call throws Unreachable when there is no answer that can be relied on. */
export function openPeer(peer: Peer, device: string, key: SigningKey) {
  async function call<T>(shape: z.ZodType<T>, method: 'GET' | 'POST', path: string, content?: object): Promise<T> {
    const body = content === undefined ? '' : JSON.stringify(content)
    const headers = signedHeaders(device, key, method, path, body)
    const answer = await ask(peer.address, path, {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      ...(method === 'POST' ? { body } : {}),
    })
    const genuine = answerHolds(peer.key, headers['x-signature'], answer.status, answer.body, answer.signature)
    const value = genuine && answer.status < 300 ? shape.safeParse(parsed(answer.body)) : undefined
    if (!value?.success)
      throw new Unreachable(peer.address, new Error(`${path}: ${genuine ? answer.status : 'not signed by its key'}`))
    return value.data
  }
  return {
    /** The state as signed; read it with readState. */
    state: () => call<Signed>(signedShape, 'GET', '/hub/state'),
    /** Gives lines of any device; the answer says how far the other one has each. `at`: "/hub" or "/peer". */
    giveLines: (at: '/hub' | '/peer', given: readonly string[]) =>
      call<Vector>(vector, 'POST', `${at}/log`, { lines: given }),
    /** Lines that are behind this vector. */
    takeLines: async (at: '/hub' | '/peer', have: Vector): Promise<readonly string[]> =>
      (await call(lines, 'GET', `${at}/log?have=${encodeURIComponent(JSON.stringify(have))}`)).lines,
    /** Slots of a ballot box, in base64; when it returns they are durable at the station. */
    giveSlots: (box: string, slots: readonly string[]) =>
      call(z.object({ durable: z.literal(true) }), 'POST', '/hub/box', { box, slots }),
    /** `usedMark`s of the tokens that opened a ballot at other booths. */
    used: async () => (await call(marks, 'GET', '/hub/used')).used,
  }
}
export type PeerClient = ReturnType<typeof openPeer>
