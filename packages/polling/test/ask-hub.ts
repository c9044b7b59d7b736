import type { Hono } from 'hono'
import type { SigningKey } from '../src/format/index.ts'
import { type JoinRequest, readRun, sealRequest, signJoin } from '../src/net/index.ts'

/**
 * One request of a device to a hub, or to another desk, in this process: sealed as it goes over the cable. The status is that of what was
 * asked, or of the refusal of the request itself.
 */
export async function askHub(
  hub: Hono,
  { to, device, key, at = '/hub' }: { to: string; device: string; key: SigningKey; at?: '/hub' | '/peer' },
  method: 'GET' | 'POST',
  path: string,
  content?: object,
): Promise<{ status: number; text: string }> {
  const box = readRun(to, await (await hub.request(`${at}/run`)).json())!
  const body = content === undefined ? '' : JSON.stringify(content)
  const { open, ...init } = sealRequest({ to, box }, device, key, method, path, body)
  const answer = await hub.request(at, { method: 'POST', ...init })
  const bytes = Buffer.from(await answer.arrayBuffer())
  const opened = open(bytes)
  return { status: opened?.status ?? answer.status, text: opened?.body ?? bytes.toString() }
}

/** A device that asks to be let in, from this address of the network. `signer`: whose signature stands under it, its own. */
export async function askToJoinHub(
  hub: Hono,
  request: JoinRequest,
  signer: SigningKey,
  from?: string,
): Promise<{ status: number; text: string }> {
  const body = JSON.stringify(request)
  const init = { method: 'POST', headers: { 'x-signature': signJoin(body, signer) }, body }
  const answer = await hub.request('/hub/join', init, { incoming: { socket: { remoteAddress: from } } })
  return { status: answer.status, text: await answer.text() }
}
