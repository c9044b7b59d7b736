import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hono } from 'hono'
import { newSigningKey, type SigningKey } from '../src/format/index.ts'
import {
  type DeviceEnv,
  devicesOf,
  fromDevices,
  type HubState,
  logRoutes,
  openPeer,
  readCertificate,
  readRun,
  readState,
  sealRequest,
  signAsStation,
  Unreachable,
} from '../src/net/index.ts'
import { listen } from '../src/screen/index.ts'
import { boxSecretOf, openBox } from '../src/seal/sealed-box.ts'

const station = newSigningKey()
const desk = newSigningKey()
const stranger = newSigningKey()
const packageHash = 'a'.repeat(64)

/** A hub that keeps lines as they come, for a device named desk-1. */
function hubOf(signer: SigningKey = station, now?: () => number) {
  const held: string[] = []
  const routes = new Hono<DeviceEnv>()
  routes.route(
    '/',
    logRoutes({
      have: () => ({ 'desk-1': held.length }),
      beyond: (have) => held.slice(have['desk-1'] ?? 0),
      take: (lines) => held.push(...lines),
    }),
  )
  const app = new Hono()
  app.route(
    '/hub',
    fromDevices((device) => (device === 'desk-1' ? desk.key : undefined), signer, routes, now),
  )
  return { held, app }
}
async function hub(signer?: SigningKey) {
  const { held, app } = hubOf(signer)
  const { port, close } = await listen(app, 0)
  return { held, app, address: `127.0.0.1:${port}`, close }
}
const runOf = async (app: Hono) => readRun(station.key, await (await app.request('/hub/run')).json())!

test('lines go both ways between devices that know each other', async () => {
  const { held, address, close } = await hub()
  try {
    const peer = openPeer({ address, key: station.key }, 'desk-1', desk)
    assert.deepEqual(await peer.giveLines('/hub', ['one', 'two']), { 'desk-1': 2 })
    assert.deepEqual(await peer.takeLines('/hub', { 'desk-1': 1 }), ['two'])
    assert.deepEqual(held, ['one', 'two'])
  } finally {
    await close()
  }
})

test('a request of a stranger, to somebody else, or changed in any part is refused and does nothing', async () => {
  const { held, app } = hubOf()
  const box = await runOf(app)
  const make = (key = desk, to = station.key, sealedFor = box, device = 'desk-1') =>
    sealRequest({ to, box: sealedFor }, device, key, 'POST', '/log', JSON.stringify({ lines: ['one'] }))
  const send = async ({ headers, body }: ReturnType<typeof make>, more: Record<string, string> = {}) =>
    (await app.request('/hub', { method: 'POST', headers: { ...headers, ...more }, body })).status
  const good = make()
  const flipped = { ...good, body: good.body.map((byte, at) => (at === 100 ? byte ^ 1 : byte)) }
  const other = make()
  const refused = [
    await send({ ...good, headers: {} }),
    await send(good, { 'x-device': 'desk-2' }),
    await send(make(stranger)),
    await send(make(desk, stranger.key)),
    await send(flipped),
    await send({ ...good, body: other.body }),
    await send(good, { 'x-hash': other.headers['x-hash']! }),
    await send(good, { 'x-size': `${good.body.length + 1}` }),
    await send(make(desk, station.key, stranger.key)),
    await send(make(desk, station.key, box, 'desk-2')),
  ]
  assert.deepEqual(refused, [401, 401, 401, 401, 401, 401, 401, 401, 421, 401])
  assert.deepEqual(held, [])
  assert.equal(await send(good), 200)
  assert.deepEqual(held, ['one'])
})

/** A body that never ends, and how many bytes of it were taken. */
function endless() {
  const taken = { bytes: 0 }
  const body = new ReadableStream(
    {
      pull(controller) {
        taken.bytes += 65_536
        controller.enqueue(new Uint8Array(65_536))
      },
    },
    { highWaterMark: 0 },
  )
  return { taken, init: { method: 'POST', body, duplex: 'half' } }
}

test('of a body that nobody has signed nothing is read, and of a signed one no more than was signed', async () => {
  const { app } = hubOf()
  const unsigned = endless()
  assert.equal((await app.request('/hub', { ...unsigned.init, headers: { 'x-device': 'desk-1' } })).status, 401)
  assert.equal(unsigned.taken.bytes, 0)
  const { headers } = sealRequest({ to: station.key, box: await runOf(app) }, 'desk-1', desk, 'GET', '/log', '')
  const longer = endless()
  assert.equal((await app.request('/hub', { ...longer.init, headers })).status, 401)
  assert.equal(longer.taken.bytes, 65_536)
})

test('what was recorded is not opened with the station’s own key, and after ten minutes the station cannot either', async () => {
  let now = 0
  const { held, app } = hubOf(station, () => now)
  const request = async () => {
    const at = { to: station.key, box: await runOf(app) }
    return sealRequest(at, 'desk-1', desk, 'POST', '/log', JSON.stringify({ lines: [`${now}`] }))
  }
  const send = async ({ headers, body }: Awaited<ReturnType<typeof request>>) =>
    (await app.request('/hub', { method: 'POST', headers, body })).status
  const recorded = await request()
  assert.equal(await send(recorded), 200)
  const sealed = Buffer.from(recorded.body).toString('base64')
  assert.equal(openBox(boxSecretOf(station.secret), sealed, `message/2 desk-1 ${station.key}`), undefined)
  now = 10 * 60_000
  assert.equal(await send(recorded), 200)
  now++
  assert.equal(await send(recorded), 421)
  assert.equal(await send(await request()), 200)
  assert.deepEqual(held, ['0', '0', '600001'])
})

test('a device goes on when the station has begun anew, and takes the box of its new run', async () => {
  const first = hubOf()
  const second = hubOf()
  let app = first.app
  const { port, close } = await listen({ fetch: (request, env) => app.fetch(request, env) }, 0)
  try {
    const peer = openPeer({ address: `127.0.0.1:${port}`, key: station.key }, 'desk-1', desk)
    await peer.giveLines('/hub', ['one'])
    app = second.app
    await peer.giveLines('/hub', ['two'])
    assert.deepEqual([first.held, second.held], [['one'], ['two']])
  } finally {
    await close()
  }
})

test('an answer that the station’s key has not signed is no answer', async () => {
  const { address, close } = await hub(stranger)
  try {
    const peer = openPeer({ address, key: station.key }, 'desk-1', desk)
    await assert.rejects(peer.giveLines('/hub', ['one']), Unreachable)
  } finally {
    await close()
  }
  await assert.rejects(openPeer({ address, key: station.key }, 'desk-1', desk).state(), Unreachable)
})

test('a state and its certificates are believed from this station and for this package only', () => {
  const certificate = { package: packageHash, device: 'desk-1', as: 'desk' as const, number: 1, key: desk.key }
  const own = signAsStation('device/1', certificate, station)
  const false_ = signAsStation('device/1', { ...certificate, device: 'desk-2', number: 2 }, stranger)
  const state: HubState = {
    package: packageHash,
    stage: 'open',
    until: '13:00',
    devices: [JSON.stringify(own), JSON.stringify(false_), 'nonsense'],
    stopped: [],
    at: 3,
  }
  const signed = signAsStation('state/1', state, station)
  assert.deepEqual(readState(signed, station.key, packageHash), state)
  assert.equal(readState(signed, stranger.key, packageHash), undefined)
  assert.equal(readState(signed, station.key, 'b'.repeat(64)), undefined)
  assert.equal(
    readState({ ...signed, text: signed.text.replace('open', 'closed') }, station.key, packageHash),
    undefined,
  )
  // A certificate is not taken for a state, although the same key signed both.
  assert.equal(readState(own, station.key, packageHash), undefined)
  assert.deepEqual(readCertificate(own, station.key, packageHash), certificate)
  assert.deepEqual(devicesOf(state, station.key), [certificate])
})
