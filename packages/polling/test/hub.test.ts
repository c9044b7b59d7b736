import { deepEqual, equal } from 'node:assert/strict'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { newSigningKey, type SigningKey } from '../src/format/index.ts'
import { openBox } from '../src/media/box.ts'
import { openChain } from '../src/media/chain.ts'
import { openMedium } from '../src/media/medium.ts'
import { boxPlan } from '../src/media/slot-size.ts'
import { usedMark } from '../src/net/index.ts'
import { askToJoinHub } from './ask-hub.ts'
import { castSlots, type DayDevice, deskRows, openDay, type StationWorld, two } from './station-world.ts'

async function openHubDay(t: TestContext, plan: Parameters<typeof openDay>[0] = {}) {
  const day = await openDay(plan)
  t.after(() => rmSync(day.world.folder, { recursive: true, force: true }))
  return day
}

const boothRows = (world: StationWorld, { device, key }: DayDevice) => {
  const chain = openChain([openMedium(device, path.join(world.folder, `log-${device}`))], device, key, world.made.hash)
  chain.append({ kind: 'incident', what: 'paper', note: 'gulungan diganti' })
  return chain.lines
}
const refusal = ({ status, text }: { status: number; text: string }) => [
  status,
  (JSON.parse(text) as { refused?: string }).refused,
]

test('a desk is not told which tokens were used, and a booth is: the desk knows whom it sends in', async (t) => {
  const { world, desk, booth } = await openHubDay(t, { booths: 2 })
  const other = await world.join('booth')
  const { slots, sent } = castSlots(world, [1])
  await world.tell(booth, '/hub/box', { box: 'x', slots: sent })
  deepEqual(refusal(await world.ask(desk, '/hub/used')), [403, 'not-a-booth'])
  deepEqual(JSON.parse((await world.ask(other, '/hub/used')).text), { used: [usedMark(slots[0]!.credential)] })
  deepEqual(JSON.parse((await world.ask(booth, '/hub/used')).text), { used: [] })
})

test('a booth is not told who came: it gives its own lines, hears how many of them are here, and nothing of the desks', async (t) => {
  const { world, desk, booth } = await openHubDay(t, { booths: 2 })
  const other = await world.join('booth')
  const rows = deskRows(world, desk, [1, 2, 3])
  const own = boothRows(world, booth)
  deepEqual(refusal(await world.ask(booth, '/hub/log?have={}')), [403, 'not-a-desk'])
  // Lines of a desk and of another booth, signed as they should be, are not taken from a booth.
  const given = await world.tell(booth, '/hub/log', { lines: [...rows, ...own, ...boothRows(world, other)] })
  deepEqual(JSON.parse(given.text), { [booth.device]: 1 })
  deepEqual(
    [...world.station.logs.lines].map(([device, lines]) => (device === 'station' ? device : [device, lines.length])),
    [[booth.device, 1], 'station'],
  )
  const asked = JSON.parse((await world.ask(desk, '/hub/log?have={}')).text) as { lines: string[] }
  equal(asked.lines.includes(own[0]!), true)
  deepEqual(Object.keys(JSON.parse((await world.tell(desk, '/hub/log', { lines: rows })).text)).sort(), [
    booth.device,
    desk.device,
    'station',
  ])
})

test('from a stopped device nothing is taken: a booth hears only that it was stopped and that its box is here; its stick has the rest', async (t) => {
  const { world, desk, booth } = await openHubDay(t)
  const { sent } = castSlots(world, [1, 2])
  await world.tell(booth, '/hub/box', { box: 'x', slots: sent.slice(0, 1) })
  for (const device of [booth, desk]) {
    const form = { [`reason-${device.device}`]: 'dicuri' }
    await world.agree(`/devices/stop/${device.device}`, form, two(world))
  }
  const send = (slots: readonly string[]) => world.tell(booth, '/hub/box', { box: 'x', slots })
  deepEqual(refusal(await send(sent)), [403, 'stopped'])
  deepEqual(refusal(await world.tell(booth, '/hub/log', { lines: boothRows(world, booth) })), [403, 'stopped'])
  deepEqual(refusal(await world.ask(booth, '/hub/used')), [403, 'stopped'])
  deepEqual(refusal(await world.tell(desk, '/hub/log', { lines: deskRows(world, desk, [1]) })), [403, 'stopped'])
  deepEqual(refusal(await world.ask(desk, '/hub/log?have={}')), [403, 'stopped'])
  equal(world.station.counts().cast, 1)
  deepEqual([(await send(sent.slice(0, 1))).status, (await world.ask(booth, '/hub/state')).status], [200, 200])
  deepEqual([...world.station.logs.lines.keys()], ['station'])

  const stick = path.join(world.folder, 'stick')
  const box = openBox([openMedium('stick', stick)], boxPlan(world.made.package, world.made.hash))
  box.importFrom(sent.map((each) => Buffer.from(each, 'base64')))
  await world.post(`/boxes/${booth.device}/import`)
  equal(world.station.counts().cast, 2)
})

/** A body that never ends, and how many bytes of it were taken. */
function endless() {
  const taken = { bytes: 0 }
  const chunk = new Uint8Array(16_384).fill(32)
  const pull = (controller: ReadableStreamDefaultController) => {
    taken.bytes += chunk.length
    controller.enqueue(chunk)
  }
  return { taken, body: new ReadableStream({ pull }, { highWaterMark: 0 }) }
}

test('nobody asks to join in another’s name: where a device is found is said by itself, and written when it is news', async (t) => {
  const { world, desk } = await openHubDay(t)
  const stranger = newSigningKey()
  const put = t.mock.method(world.station.files, 'put')
  const asks = async (address: string, signer: SigningKey) => {
    const request = { as: 'desk', key: desk.key.key, package: world.made.hash, address } as const
    return (await askToJoinHub(world.hub, request, signer)).status
  }
  const found = () => (JSON.parse(world.station.certificates()[0]!.text) as { address?: string }).address
  const asked = [
    await asks('192.168.10.2:4771', desk.key),
    await asks('192.168.10.2:4771', desk.key),
    await asks('6.6.6.6:6666', stranger),
  ]
  deepEqual([asked, found(), put.mock.callCount()], [[200, 200, 401], '192.168.10.2:4771', 1])
  await world.agree(`/devices/stop/${desk.device}`, { [`reason-${desk.device}`]: 'dicuri' }, two(world))
  deepEqual([await asks('6.6.6.6:6666', desk.key), found()], [200, '192.168.10.2:4771'])
})

test('a device that waits is changed by nobody else, a stranger cannot fill the list, and who asks no more is forgotten', async (t) => {
  const { world } = await openHubDay(t)
  const waiting = async () =>
    [...(await world.get('/devices')).matchAll(/devices\/admit\/([0-9a-f]{64})/g)].map(([, key]) => key)
  const ask = async (key: SigningKey, from: string, as: 'desk' | 'booth' = 'desk', signer = key) =>
    (await askToJoinHub(world.hub, { as, key: key.key, package: world.made.hash }, signer, from)).status
  const keys = Array.from({ length: 10 }, newSigningKey)
  const [own, ...strangers] = keys as [SigningKey, ...SigningKey[]]
  const statuses = []
  for (const each of strangers) statuses.push(await ask(each, '10.0.0.66'))
  deepEqual(statuses, [...Array(8).fill(202), 503])
  deepEqual([await ask(own, '10.0.0.2'), await ask(own, '10.0.0.66', 'booth', strangers[0])], [202, 401])
  deepEqual(
    await waiting(),
    [...strangers.slice(0, 8), own].map(({ key }) => key),
  )
  const later = (seconds: number) => {
    world.clock.now = new Date(Date.parse(world.clock.now) + seconds * 1000).toISOString()
  }
  later(90)
  equal(await ask(own, '10.0.0.2'), 202)
  later(31)
  deepEqual(await waiting(), [own.key])
  equal(await ask(strangers[8]!, '10.0.0.66'), 202)
})

test('of a request to join no more is read than one can have', async (t) => {
  const { world } = await openHubDay(t)
  const { taken, body } = endless()
  const answer = await world.hub.request('/hub/join', { method: 'POST', body, duplex: 'half' } as RequestInit)
  deepEqual([answer.status, taken.bytes], [413, 5 * 16_384])
})
