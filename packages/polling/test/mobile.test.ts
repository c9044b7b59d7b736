import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { papersOf } from '../src/booth/papers.ts'
import { escPos } from '../src/print/index.ts'
import { strips, stripText } from '../src/print/strip.ts'
import { until } from './desk-rig.ts'
import { castSlots, deskRows, openStationWorld, sentSlots, two } from './station-world.ts'

/** A polling place with one booth and one that goes to sick voters (TPS keliling, R23). */
async function openMobileDay(plan = {}) {
  const world = await openStationWorld({ booths: 1, mobile: 1, ...plan })
  const desk = await world.join('desk')
  const booths = [await world.join('booth'), await world.join('booth', true)] as const
  return { world, desk, booths }
}

test('no more mobile booths join than the package has; one that was stopped is replaced', async () => {
  const { world, booths } = await openMobileDay()
  const joined = () => world.station.state().devices.map(({ device, mobile }) => [device, mobile === true])
  const before = [
    ['desk-1', false],
    ['booth-1', false],
    ['booth-2', true],
  ]
  assert.deepEqual(joined(), before)
  await assert.rejects(world.join('booth', true), /not admitted/)
  assert.match(await world.get('/devices?lang=en'), /Asking to join/)
  const key = [...(await world.get('/devices')).matchAll(/\/devices\/admit\/(\w+)/g)][0]![1]
  const refused = await world.post(`/devices/admit/${key}`)
  assert.deepEqual([refused.status, /tidak punya bilik keliling lagi/.test(refused.text)], [409, true])
  await world.agree(`/devices/stop/${booths[1].device}`, {}, two(world))
  await world.agree(`/devices/admit/${key}`, {}, two(world))
  assert.deepEqual(joined(), [...before, ['booth-3', true]])
})

test('two officers sign that the mobile booth leaves and that it is back, once each, and a report is printed', async () => {
  const { world, booths } = await openMobileDay()
  const [still, mobile] = booths.map(({ device }) => device) as [string, string]
  const signed = () =>
    world.station.chain.entries.flatMap(({ act, by }) =>
      act.kind === 'incident' ? [[act.what, act.note, by?.length]] : [],
    )
  assert.equal((await world.agree(`/devices/left/${still}`, {}, two(world))).to, '/devices', 'it goes nowhere')
  assert.equal((await world.agree(`/devices/returned/${mobile}`, {}, two(world))).to, '/devices')
  assert.deepEqual(signed(), [])
  await world.agree(`/devices/left/${mobile}`, {}, two(world))
  await world.agree(`/devices/left/${mobile}`, {}, two(world))
  assert.match(await world.get('/devices?lang=en'), /with voters/)
  await world.agree(`/devices/returned/${mobile}`, {}, two(world))
  assert.deepEqual(signed(), [
    ['booth-left', 'booth-2', 2],
    ['booth-returned', 'booth-2', 2],
  ])
  const papers = await until(async () => {
    const files = readdirSync(path.join(world.folder, 'paper')).filter((file) => /^incident-.*[.]txt$/.test(file))
    return files.length >= 2 && files.map((file) => readFileSync(path.join(world.folder, 'paper', file), 'utf8'))
  }, 'both reports are printed')
  assert.deepEqual(papers.map((text) => /Bilik keliling (berangkat|kembali)/.exec(text)?.[0]).toSorted(), [
    'Bilik keliling berangkat',
    'Bilik keliling kembali',
  ])
  assert.match(await world.get('/incidents?lang=en'), /A mobile booth left\. Booth 2/)
})

test('what was cast in the mobile booth is in the one sheet and the one list of ballots, and on paper it is anybody’s (T19)', async () => {
  const { world, desk, booths } = await openMobileDay({ voters: 6 })
  await world.post('/zero/self-test')
  await world.agree('/zero', { tokens: String(world.made.package.pool.size), paper: 'ya' }, [world.officer('chair')])
  await world.agree('/open', {}, two(world))
  await world.tell(desk, '/hub/log', { lines: deskRows(world, desk, [1, 2, 3, 4, 5]) })
  const { slots } = castSlots(world, [1, 1, 2, 2, 0])
  const [still, mobile] = [slots.slice(0, 3), slots.slice(3)]
  for (const [at, own] of [still, mobile].entries())
    await world.tell(booths[at]!, '/hub/box', { box: 'x', slots: sentSlots(world.made, own) })
  world.clock.now = `${world.made.package.election.date}T06:01:00Z`
  await world.agree('/close', {}, two(world))
  for (const [name, cast] of [
    ['booth-1', '3'],
    ['booth-2', '2'],
  ])
    await world.agree(`/boxes/${name}`, { [`cast-${name}`]: cast! }, two(world))
  await world.post('/by-hand', { unused: '5', slips: '5', slipsVoid: '0', replaced: '0' })
  assert.equal((await world.agree('/sheet/sign', {}, [world.officer('chair')])).to, '/')
  assert.deepEqual(world.station.boxes.ballots().good.toSorted(), slots.map(({ ballot }) => ballot!).toSorted())
  assert.equal(world.station.counts().cast, 5)
  // The booth does not know on which of the two it prints: there is one slip for each choice.
  const { content } = world.station
  const slip = stripText(strips(Buffer.concat(escPos(papersOf(content).slip(2, false)))))
  assert.doesNotMatch(slip, /bilik|keliling/i)
})
