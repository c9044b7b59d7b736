import { Hono } from 'hono'
import { z } from 'zod'
import type { Vector } from './client.ts'
import { type DeviceEnv, type KnownDevice, parsed } from './message.ts'

/** The lines a device holds, of itself and of all others, as texts that their devices have signed; as far as `asker` may know them. */
export type LogStore = {
  /** How far each device's log is held: seq of its last line. */
  have(asker: KnownDevice): Vector
  /** Lines beyond this vector, each device's in order. */
  beyond(have: Vector, asker: KnownDevice): readonly string[]
  /** Takes what fits and holds; durable when it returns. A line that does not hold is left out and reported. */
  take(lines: readonly string[], asker: KnownDevice): void
}

const given = z.object({ lines: z.array(z.string().max(10_000)).max(5_000) })
const wanted = z.record(z.string().max(40), z.number().int())

/** At most so many lines an answer, so that a device that was away for hours does not wait for one huge text. */
const together = 2_000

/** `GET /log?have=…` and `POST /log`: behind fromDevices. */
export function logRoutes(store: LogStore): Hono<DeviceEnv> {
  const app = new Hono<DeviceEnv>()
  app.post('/log', async (c) => {
    const body = given.safeParse(await c.req.json().catch(() => undefined))
    if (!body.success) return c.json({ refused: 'form' }, 400)
    store.take(body.data.lines, c.env.device)
    return c.json(store.have(c.env.device))
  })
  app.get('/log', (c) => {
    const have = wanted.safeParse(parsed(c.req.query('have') ?? '{}'))
    if (!have.success) return c.json({ refused: 'form' }, 400)
    return c.json({ lines: store.beyond(have.data, c.env.device).slice(0, together) })
  })
  return app
}
