import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { z } from 'zod'
import { placeOf } from '../media/logs.ts'
import {
  bodyOf,
  type DeviceEnv,
  fromDevices,
  type JoinRequest,
  joinHolds,
  type KnownDevice,
  logRoutes,
  parsed,
  usedMark,
} from '../net/index.ts'
import { noteCopied } from './copied.ts'
import type { Station } from './station.ts'

/**
 * A device that asks to be let in, until two officers have decided. `host`: where on the network it asked from; `at`: when it asked last,
 * milliseconds since 1970. Nothing of it is kept over a restart: it asks again.
 */
export type Asking = JoinRequest & { readonly from: string; readonly host: string; readonly at: number }
export type Lobby = { readonly asking: Map<string, Asking> }

/** Milliseconds. A device that waits asks every few seconds; one that does not is gone. */
const goneAfter = 2 * 60_000

/** Those that wait at this time, milliseconds since 1970. The others are forgotten. */
export function waitingIn({ asking }: Lobby, now: number): Asking[] {
  for (const [key, { at }] of asking) if (now - at > goneAfter) asking.delete(key)
  return [...asking.values()]
}

const joinShape = z.object({
  as: z.enum(['desk', 'booth']),
  key: z.string().regex(/^[0-9a-f]{64}$/),
  package: z.string().regex(/^[0-9a-f]{64}$/),
  mobile: z.literal(true).optional(),
  address: z
    .string()
    .regex(/^[\w.:[\]-]{1,100}:\d{1,5}$/)
    .optional(),
}) satisfies z.ZodType<JoinRequest>

const boxShape = z.object({ box: z.string().max(100), slots: z.array(z.string().max(200_000)).max(2_000) })

/** So many may wait at once, and so many of one address: a stranger on the cable fills neither the memory nor the list. */
const mostAsking = 50
const mostOfOne = 8

/** Bytes; a request to join has some 300. */
const largestJoin = 64 * 1024

/** What devices ask of the station (VOTING "net"): to join, the state, the logs, and to keep a second copy of their box. */
export function hubApp(station: Station, lobby: Lobby, heard: (device: string) => void = () => {}): Hono {
  const app = new Hono()
  const known = (key: string) => station.state().devices.find((each) => each.key === key)
  const certificateOf = (device: string) => {
    const at = station.state().devices.findIndex((each) => each.device === device)
    return station.certificates()[at]
  }
  app.post('/hub/join', async (c) => {
    const bytes = await bodyOf(c.req.raw, largestJoin)
    if (!bytes) return c.json({ refused: 'too-large' }, 413)
    const body = new TextDecoder().decode(bytes)
    const read = joinShape.safeParse(parsed(body))
    if (!read.success) return c.json({ refused: 'form' }, 400)
    const request = read.data
    // Another package is another election, or practice: it is told so, and nothing of it is taken (R68, R69).
    if (request.package !== station.hash) return c.json({ refused: 'other-package' }, 409)
    if (!joinHolds(body, request.key, c.req.header('x-signature') ?? '')) return c.json({ refused: 'signature' }, 401)
    const there = known(request.key)
    if (there) {
      if (request.address && there.stopped === undefined) station.setAddress(there.device, request.address)
      return c.json({ station: station.key.key, certificate: certificateOf(there.device) })
    }
    const at = station.now().getTime()
    const host = (c.env as Partial<HttpBindings>).incoming?.socket.remoteAddress ?? ''
    const others = waitingIn(lobby, at).filter(({ key }) => key !== request.key)
    if (others.length >= mostAsking || others.filter((each) => each.host === host).length >= mostOfOne)
      return c.json({ refused: 'full' }, 503)
    lobby.asking.set(request.key, { ...request, from: request.address ?? '', host, at })
    return c.json({ station: station.key.key }, 202)
  })
  app.get('/hub/join/:key', (c) => {
    const there = known(c.req.param('key'))
    if (!there) return c.json({ station: station.key.key }, 202)
    return c.json({ station: station.key.key, certificate: certificateOf(there.device) })
  })

  const keyOf = (device: string) => station.state().devices.find((each) => each.device === device)?.key
  const isStopped = (device: string) =>
    station.state().devices.some((each) => each.device === device && each.stopped !== undefined)
  const isBooth = ({ device }: KnownDevice) => device.startsWith('booth-')
  const routes = new Hono<DeviceEnv>()
  // A stopped device may be in anybody's hands. It is told that it was stopped, and that what the station has of its box is here.
  routes.use(async (c, next) => {
    const { device } = c.env.device
    heard(device)
    if (isStopped(device) && c.req.path !== '/state' && c.req.path !== '/box')
      return c.json({ refused: 'stopped' }, 403)
    await next()
  })
  routes.get('/state', (c) => c.json(station.hubState()))
  // The desks' lines name voters in the order in which they come. A booth, which sees what each chooses, has no need of them (T17).
  routes.get('/log', async (c, next) => (isBooth(c.env.device) ? c.json({ refused: 'not-a-desk' }, 403) : next()))
  routes.route(
    '/',
    logRoutes({
      have: (asker) => {
        const { [asker.device]: own, ...others } = station.logs.have()
        return { ...(isBooth(asker) ? {} : others), ...(own === undefined ? {} : { [asker.device]: own }) }
      },
      beyond: (have) => station.logs.beyond(have),
      take: (rows, asker) =>
        void station.logs.take(isBooth(asker) ? rows.filter((row) => placeOf(row)?.device === asker.device) : rows),
    }),
  )
  // A token that was copied must not open a ballot at two booths: which were used elsewhere, sorted, without when or where. A desk,
  // which knows whom it sends in, would see whose token is whose (T17).
  routes.get('/used', (c) => {
    const { device: own } = c.env.device
    if (!isBooth(c.env.device)) return c.json({ refused: 'not-a-booth' }, 403)
    const used = station.boxes.usedElsewhere(own).map(usedMark)
    return c.json({ used: [...new Set(used)].sort() })
  })
  routes.post('/box', async (c) => {
    const read = boxShape.safeParse(await c.req.json().catch(() => undefined))
    if (!read.success) return c.json({ refused: 'form' }, 400)
    const { device } = c.env.device
    if (!isBooth(c.env.device)) return c.json({ refused: 'not-a-booth' }, 403)
    const slots = read.data.slots.map((slot) => Buffer.from(slot, 'base64'))
    // After the tally was announced the box is closed for ever, and of a stopped booth it comes by its stick alone, which officers put
    // into the station; what is the same as before is still acknowledged.
    const closed = isStopped(device)
      ? (['stopped', 403] as const)
      : station.state().tally
        ? (['tally-announced', 409] as const)
        : undefined
    if (closed)
      return station.boxes.holds(device, slots) ? c.json({ durable: true }) : c.json({ refused: closed[0] }, closed[1])
    const { refused, unreadable } = station.boxes.take(device, slots)
    noteCopied(station)
    if (refused.length > 0 || unreadable > 0) return c.json({ refused: 'slots', slots: refused, unreadable }, 409)
    return c.json({ durable: true })
  })
  app.route('/hub', fromDevices(keyOf, station.key, routes))
  return app
}
