import { Hono } from 'hono'
import { z } from 'zod'
import { type DeviceEnv, fromDevices, type JoinRequest, logRoutes, usedMark } from '../net/index.ts'
import { noteCopied } from './copied.ts'
import type { Station } from './station.ts'

/** A device that asks to be let in, until two officers have decided. Nothing of it is kept over a restart: it asks again. */
export type Asking = JoinRequest & { readonly from: string }
export type Lobby = { readonly asking: Map<string, Asking> }

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

/** So many may wait at once; a stranger on the cable cannot fill the memory. */
const mostAsking = 50

/** What devices ask of the station (VOTING "net"): to join, the state, the logs, and to keep a second copy of their box. */
export function hubApp(station: Station, lobby: Lobby, heard: (device: string) => void = () => {}): Hono {
  const app = new Hono()
  const known = (key: string) => station.state().devices.find((each) => each.key === key)
  const certificateOf = (device: string) => {
    const at = station.state().devices.findIndex((each) => each.device === device)
    return station.certificates()[at]
  }
  app.post('/hub/join', async (c) => {
    const read = joinShape.safeParse(await c.req.json().catch(() => undefined))
    if (!read.success) return c.json({ refused: 'form' }, 400)
    const request = read.data
    // Another package is another election, or practice: it is told so, and nothing of it is taken (R68, R69).
    if (request.package !== station.hash) return c.json({ refused: 'other-package' }, 409)
    const there = known(request.key)
    if (there) {
      if (request.address) station.setAddress(there.device, request.address)
      return c.json({ station: station.key.key, certificate: certificateOf(there.device) })
    }
    if (lobby.asking.size >= mostAsking && !lobby.asking.has(request.key)) return c.json({ refused: 'full' }, 503)
    lobby.asking.set(request.key, { ...request, from: request.address ?? '' })
    return c.json({ station: station.key.key }, 202)
  })
  app.get('/hub/join/:key', (c) => {
    const there = known(c.req.param('key'))
    if (!there) return c.json({ station: station.key.key }, 202)
    return c.json({ station: station.key.key, certificate: certificateOf(there.device) })
  })

  const keyOf = (device: string) => station.state().devices.find((each) => each.device === device)?.key
  const routes = new Hono<DeviceEnv>()
  routes.use(async (c, next) => {
    heard(c.env.device.device)
    await next()
  })
  routes.get('/state', (c) => c.json(station.hubState()))
  routes.route(
    '/',
    logRoutes({
      have: () => station.logs.have(),
      beyond: (have) => station.logs.beyond(have),
      take: (rows) => void station.logs.take(rows),
    }),
  )
  // A token that was copied must not open a ballot at two booths: which were used elsewhere, sorted, without when or where.
  routes.get('/used', (c) => {
    const { device: own } = c.env.device
    const used = station.boxes.usedElsewhere(own).map(usedMark)
    return c.json({ used: [...new Set(used)].sort() })
  })
  routes.post('/box', async (c) => {
    const read = boxShape.safeParse(await c.req.json().catch(() => undefined))
    if (!read.success) return c.json({ refused: 'form' }, 400)
    const { device } = c.env.device
    if (!device.startsWith('booth-')) return c.json({ refused: 'not-a-booth' }, 403)
    const slots = read.data.slots.map((slot) => Buffer.from(slot, 'base64'))
    // After the tally was announced the box is closed for ever; what is the same as before is still acknowledged.
    if (station.state().tally)
      return station.boxes.holds(device, slots)
        ? c.json({ durable: true })
        : c.json({ refused: 'tally-announced' }, 409)
    const { refused, unreadable } = station.boxes.take(device, slots)
    noteCopied(station)
    if (refused.length > 0 || unreadable > 0) return c.json({ refused: 'slots', slots: refused, unreadable }, 409)
    return c.json({ durable: true })
  })
  app.route('/hub', fromDevices(keyOf, station.key, routes))
  return app
}
