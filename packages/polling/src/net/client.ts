import { z } from 'zod'
import type { Signed, SigningKey } from '../format/index.ts'
import { signedShape } from '../format/index.ts'
import { parsed, readRun, sealRequest, signJoin } from './message.ts'

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

async function ask(address: string, path: string, init?: RequestInit): Promise<{ status: number; body: Buffer }> {
  try {
    const answer = await fetch(`http://${address}${path}`, { ...init, signal: AbortSignal.timeout(patience) })
    return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) }
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
export async function join(
  address: string,
  request: Omit<JoinRequest, 'key'>,
  key: SigningKey,
): Promise<{ station: string; certificate?: Signed }> {
  const text = JSON.stringify({ ...request, key: key.key } satisfies JoinRequest)
  const { status, body } = await ask(address, '/hub/join', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-signature': signJoin(text, key) },
    body: text,
  })
  const answer = status < 300 ? joined.safeParse(parsed(body.toString())) : undefined
  if (!answer?.success) throw new Unreachable(address, new Error(`join: ${status} ${body.toString().slice(0, 200)}`))
  const { station, certificate } = answer.data
  return certificate ? { station, certificate } : { station }
}

/** Speaks for one admitted device with one peer. Each call throws Unreachable when there is no answer that can be relied on. */
export function openPeer(peer: Peer, device: string, key: SigningKey) {
  /** By `/hub` or `/peer`: the box of the peer's run. */
  const boxes = new Map<string, string>()
  async function boxAt(at: '/hub' | '/peer'): Promise<string> {
    const known = boxes.get(at)
    if (known) return known
    const { status, body } = await ask(peer.address, `${at}/run`)
    const box = readRun(peer.key, parsed(body.toString()))
    if (!box) throw new Unreachable(peer.address, new Error(`${at}/run: ${status}, not signed by its key`))
    boxes.set(at, box)
    return box
  }
  async function call<T>(
    shape: z.ZodType<T>,
    method: 'GET' | 'POST',
    at: '/hub' | '/peer',
    path: string,
    content?: object,
  ): Promise<T> {
    const text = content === undefined ? '' : JSON.stringify(content)
    for (let round = 1; ; round++) {
      const { open, ...init } = sealRequest({ to: peer.key, box: await boxAt(at) }, device, key, method, path, text)
      const sent = await ask(peer.address, at, { method: 'POST', ...init })
      const answer = open(sent.body)
      if (!answer) boxes.delete(at)
      // Its run has ended, and another began.
      if (!answer && sent.status === 421 && round === 1) continue
      const value = answer && answer.status < 300 ? shape.safeParse(parsed(answer.body)) : undefined
      if (!value?.success)
        throw new Unreachable(
          peer.address,
          new Error(`${at}${path}: ${answer?.status ?? `${sent.status}, no answer of it`}`),
        )
      return value.data
    }
  }
  return {
    /** The state as signed; read it with readState. */
    state: () => call<Signed>(signedShape, 'GET', '/hub', '/state'),
    /** Gives lines of any device; the answer says how far the other one has each. `at`: "/hub" or "/peer". */
    giveLines: (at: '/hub' | '/peer', given: readonly string[]) =>
      call<Vector>(vector, 'POST', at, '/log', { lines: given }),
    /** Lines that are behind this vector. */
    takeLines: async (at: '/hub' | '/peer', have: Vector): Promise<readonly string[]> =>
      (await call(lines, 'GET', at, `/log?have=${encodeURIComponent(JSON.stringify(have))}`)).lines,
    /** Slots of a ballot box, in base64; when it returns they are durable at the station. */
    giveSlots: (box: string, slots: readonly string[]) =>
      call(z.object({ durable: z.literal(true) }), 'POST', '/hub', '/box', { box, slots }),
    /** `usedMark`s of the tokens that opened a ballot at other booths. */
    used: async () => (await call(marks, 'GET', '/hub', '/used')).used,
  }
}
export type PeerClient = ReturnType<typeof openPeer>
