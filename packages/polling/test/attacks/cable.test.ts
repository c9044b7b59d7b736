import { deepEqual, equal, ok, rejects } from 'node:assert/strict'
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { openHubLink } from '../../src/booth/hub-link.ts'
import { openBox } from '../../src/media/box.ts'
import { openChain } from '../../src/media/chain.ts'
import { openMedium } from '../../src/media/medium.ts'
import { boxPlan } from '../../src/media/slot-size.ts'
import { openPeer, readState, Unreachable, usedMark } from '../../src/net/index.ts'
import { listen } from '../../src/screen/index.ts'
import { openCable } from '../cable.ts'
import { castSlots, deskRows, openDay, two } from '../station-world.ts'

/**
 * Somebody on the polling place's network, who hears everything and may change it, learns neither who came when nor whose ballot came when
 * (T16), and makes nobody believe what the station has not said.
 */
async function openWired(t: TestContext) {
  const day = await openDay()
  const served = await listen(day.world.hub, 0)
  const cable = await openCable(`127.0.0.1:${served.port}`)
  t.after(async () => {
    await cable.close()
    await served.close()
    rmSync(day.world.folder, { recursive: true, force: true })
  })
  const peer = ({ device, key }: typeof day.desk) =>
    openPeer({ address: cable.address, key: day.world.station.key.key }, device, key)
  return { ...day, cable, desk: peer(day.desk), booth: peer(day.booth), devices: day }
}

test('whoever listens hears no ballot, no credential, no code of one and no number in the roll, in a whole exchange of booth and desk', async (t) => {
  const { world, cable, desk, devices } = await openWired(t)
  const rows = deskRows(world, devices.desk, [1, 2, 3])
  await desk.giveLines('/hub', rows)
  ok((await desk.takeLines('/hub', { station: 1 })).length > 0)

  const { device, key } = devices.booth
  const media = ['ssd', 'usb'].map((name) => {
    const folder = path.join(world.folder, `booth-${name}`)
    mkdirSync(folder, { recursive: true })
    return openMedium(name, folder)
  })
  const certificate = await (await world.hub.request(`/hub/join/${key.key}`)).json()
  media[0]!.replace('station.json', new TextEncoder().encode(JSON.stringify(certificate)))
  const box = openBox(media, boxPlan(world.made.package, world.made.hash))
  const { slots, sent } = castSlots(world, [1, 2, 1])
  box.importFrom(sent.map((each) => Buffer.from(each, 'base64')))
  const log = openChain(media, device, key, world.made.hash)
  log.append({ kind: 'incident', what: 'paper', note: 'gulungan diganti' })
  const link = openHubLink({
    media,
    address: cable.address,
    key,
    packageHash: world.made.hash,
    device,
    box,
    log,
    changed: () => {},
  })
  await link.exchange()
  deepEqual([link.reached(), link.sent()], [true, true])
  equal(world.station.counts().cast, 3)

  const heard = cable.bytes().toString('latin1')
  const all = [...rows, ...log.lines]
  const telling = {
    slot: sent.map((each) => each.slice(200, 232)),
    start: sent.map((each) => each.slice(0, 32)),
    credential: slots.map(({ credential }) => credential),
    ballot: slots.map(({ ballot }) => ballot!.slice(100, 140)),
    mark: slots.map(({ credential }) => usedMark(credential)),
    line: all.map((each) => JSON.stringify(each).slice(1, 40)),
    words: ['voter', 'check-in', 'token-issued', 'gulungan', '/box', '/used', '/log', 'lines', 'slots', 'have='],
  }
  const found = Object.entries(telling).flatMap(([what, texts]) =>
    texts.some((text) => heard.includes(text)) ? [what] : [],
  )
  deepEqual(found, [])
  // What does show: that these two spoke.
  ok(heard.includes('desk-1') && heard.includes('booth-1'))
})

test('by its length nobody tells a ballot from a question that carries nothing', async (t) => {
  const { world, cable, booth } = await openWired(t)
  const { sent } = castSlots(world, [1])
  await booth.state()
  const lengths = []
  for (const ask of [
    () => booth.state(),
    () => booth.giveSlots('x', []),
    () => booth.giveSlots('x', sent),
    () => booth.used(),
    () => booth.giveLines('/hub', []),
  ]) {
    cable.lengths()
    await ask()
    lengths.push(cable.lengths())
  }
  equal(world.station.counts().cast, 1)
  deepEqual(new Set(lengths.map(({ up, down }) => `${up} ${down}`)).size, 1)
})

test('a byte that was changed on the way, in a request or in an answer, is refused', async (t) => {
  const { world, cable, booth } = await openWired(t)
  const { sent } = castSlots(world, [1])
  await booth.state()
  const flipped = (bytes: Buffer) => {
    const at = bytes.length - 40
    bytes[at] = bytes[at]! ^ 1
    return bytes
  }
  cable.changing((way, bytes) => (way === 'up' && bytes.length > 2_000 ? flipped(bytes) : bytes))
  await rejects(booth.giveSlots('x', sent), Unreachable)
  equal(world.station.counts().cast, 0)
  cable.changing((way, bytes) => (way === 'down' && bytes.length > 2_000 ? flipped(bytes) : bytes))
  await rejects(booth.state(), Unreachable)
  cable.changing((_, bytes) => bytes)
  await booth.giveSlots('x', sent)
  equal(world.station.counts().cast, 1)
})

test('an answer that was given once is no answer to the same question asked again: nobody keeps a booth open after the close', async (t) => {
  const { world, devices } = await openWired(t)
  const held: Response[] = []
  let replaying = false
  const between = await listen(
    {
      async fetch(request) {
        const answer = await world.hub.fetch(request)
        if (new URL(request.url).pathname.endsWith('/run')) return answer
        if (replaying) return held[0]!.clone()
        const whole = new Response(await answer.arrayBuffer(), answer)
        held.push(whole.clone())
        return whole
      },
    },
    0,
  )
  t.after(() => between.close())
  const key = world.station.key.key
  const booth = openPeer({ address: `127.0.0.1:${between.port}`, key }, devices.booth.device, devices.booth.key)
  const stage = async () => readState(await booth.state(), key, world.made.hash)?.stage
  equal(await stage(), 'open')
  world.clock.now = `${world.made.package.election.date}T06:30:00Z`
  await world.agree('/close', {}, two(world))
  replaying = true
  await rejects(stage(), Unreachable)
  replaying = false
  equal(await stage(), 'closed')
})
