import { Hono } from 'hono'
import { makeStamp, newSigningKey, type SigningKey, stampText } from '../src/format/index.ts'
import { readSlot, type Slot } from '../src/media/slot.ts'
import {
  type Certificate,
  certificateKind,
  type DeviceEnv,
  fromDevices,
  type HubState,
  logRoutes,
  signAsStation,
  stateKind,
} from '../src/net/index.ts'
import { listen, type Served } from '../src/screen/index.ts'
import type { MadeTps } from './village.ts'

/** A station as booths meet it, without its officers: it admits everybody at once, and keeps slots in memory. */
export async function hubDouble(made: MadeTps, port: number) {
  const station = newSigningKey()
  const desk: SigningKey = newSigningKey()
  const devices: Certificate[] = [{ package: made.hash, device: 'desk-1', as: 'desk', number: 1, key: desk.key }]
  const slots = new Map<string, Slot>()
  const rows: string[] = []
  let stage: HubState['stage'] = 'open'
  let at = 1
  const certificate = (content: Certificate) => signAsStation(certificateKind, content, station)
  const app = new Hono()
  const routes = new Hono<DeviceEnv>()
  app.post('/hub/join', async (c) => {
    const { as, key, mobile } = await c.req.json<{ as: 'booth'; key: string; mobile?: true }>()
    let there = devices.find((each) => each.key === key)
    if (!there) {
      const number = devices.filter((each) => each.as === as).length + 1
      there = { package: made.hash, device: `${as}-${number}`, as, number, key, ...(mobile ? { mobile } : {}) }
      devices.push(there)
      at++
    }
    return c.json({ station: station.key, certificate: certificate(there) })
  })
  routes.get('/state', (c) =>
    c.json(
      signAsStation(
        stateKind,
        {
          package: made.hash,
          stage,
          until: '13:00',
          devices: devices.map((each) => JSON.stringify(certificate(each))),
          stopped: [],
          at,
        } satisfies HubState,
        station,
      ),
    ),
  )
  routes.route(
    '/',
    logRoutes({
      have: () => ({ 'booth-1': rows.length }),
      beyond: () => [],
      take: (given) => void rows.push(...given.filter((row) => !rows.includes(row))),
    }),
  )
  routes.get('/used', (c) => c.json({ used: [] }))
  routes.post('/box', async (c) => {
    const given = await c.req.json<{ slots: string[] }>()
    for (const each of given.slots) {
      const slot = readSlot(made.hash, Buffer.from(each, 'base64'))
      if (slot) slots.set(slot.id, slot)
    }
    return c.json({ durable: true })
  })
  app.route(
    '/hub',
    fromDevices((device) => devices.find((each) => each.device === device)?.key, station, routes),
  )
  let served: Served | undefined = await listen(app, port)
  const address = `127.0.0.1:${served.port}`
  return {
    address,
    key: station.key,
    slots,
    /** The booth's lines that have come. */
    rows,
    token: (index: number) =>
      `MLY1.${made.package.pool.hash.slice(0, 8)}.${made.tokens[index]!.replaceAll('-', '')} ${stampText(makeStamp('desk-1', desk, made.hash, Date.now()))}`,
    stage(next: HubState['stage']) {
      stage = next
      at++
    },
    async cutOff() {
      await served?.close()
      served = undefined
    },
    async back() {
      served ??= await listen(app, Number(address.split(':')[1]))
    },
    close: async () => served?.close(),
  }
}
