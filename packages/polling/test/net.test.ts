import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hono } from 'hono'
import { newSigningKey, type SigningKey } from '../src/format/index.ts'
import {
  type DeviceEnv,
  devicesOf,
  fromDevice,
  type HubState,
  logRoutes,
  openPeer,
  readCertificate,
  readState,
  signAsStation,
  signedHeaders,
  Unreachable,
} from '../src/net/index.ts'
import { listen } from '../src/screen/index.ts'

const station = newSigningKey()
const desk = newSigningKey()
const stranger = newSigningKey()
const packageHash = 'a'.repeat(64)

/** A hub that keeps lines as they come, for a device named desk-1. */
async function hub(signer: SigningKey = station) {
  const held: string[] = []
  const app = new Hono<DeviceEnv>()
  app.use(
    '/hub/*',
    fromDevice((device) => (device === 'desk-1' ? desk.key : undefined), signer),
  )
  app.route(
    '/hub',
    logRoutes({
      have: () => ({ 'desk-1': held.length }),
      beyond: (have) => held.slice(have['desk-1'] ?? 0),
      take: (lines) => held.push(...lines),
    }),
  )
  const { port, close } = await listen(app, 0)
  return { held, address: `127.0.0.1:${port}`, close }
}

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

test('a message of a stranger, or one whose body, path or method was changed, is refused and does nothing', async () => {
  const { held, address, close } = await hub()
  try {
    const body = JSON.stringify({ lines: ['one'] })
    const send = (headers: Record<string, string>, sent = body, path = '/hub/log', method = 'POST') =>
      fetch(`http://${address}${path}`, { method, headers, ...(method === 'POST' ? { body: sent } : {}) })
    const good = signedHeaders('desk-1', desk, 'POST', '/hub/log', body)
    const refused = [
      await send({}),
      await send({ ...good, 'x-device': 'desk-2' }),
      await send(signedHeaders('desk-1', stranger, 'POST', '/hub/log', body)),
      await send(good, body.replace('one', 'two')),
      await send(good, body, '/hub/log?have=1'),
      await send(signedHeaders('desk-1', desk, 'GET', '/hub/log', ''), body),
    ]
    assert.deepEqual(
      refused.map(({ status }) => status),
      [401, 401, 401, 401, 401, 401],
    )
    assert.deepEqual(held, [])
    assert.equal((await send(good)).status, 200)
    assert.deepEqual(held, ['one'])
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
