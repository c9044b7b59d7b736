import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import { Desk, Refused } from '../src/desk/desk.ts'
import { openMedium } from '../src/media/medium.ts'
import { readState } from '../src/net/index.ts'
import { castSlots, type DayDevice, openStationWorld, type StationWorld } from './station-world.ts'

/**
 * Whoever stands in the queue at the closing hour may still vote, whoever comes later may not (voting.md 2.5, step 13): the station
 * decides with two officers, the desks hear of it, and the sheet agrees in the end.
 */
const two = (world: StationWorld) => [world.officer('chair'), world.officer('officer')]

/** A desk that hears what the station signs, as over the cable, and no other desk. */
function deskOf(world: StationWorld, { device, key }: DayDevice): Desk {
  const heard = () => readState(world.station.hubState(), world.station.key.key, world.made.hash)!
  return new Desk({
    media: [openMedium(device, path.join(world.folder, device))],
    device,
    number: 1,
    key,
    package: world.made.package,
    packageHash: world.made.hash,
    roll: world.made.roll,
    rollKey: world.made.rollKey,
    neighbours: {
      stage: () => heard().stage,
      queue: () => heard().queue,
      keyOf: () => key.key,
      devices: () => [device],
      ownerOf: () => 1,
      reached: () => true,
      exchange: async () => true,
      changed: () => {},
    },
    now: () => new Date(world.clock.now),
  })
}

async function openDay(plan: Parameters<typeof openStationWorld>[0] = {}) {
  const world = await openStationWorld({ booths: 1, desks: 1, ...plan })
  const device = await world.join('desk')
  const booth = await world.join('booth')
  await world.post('/zero/self-test')
  await world.agree('/zero', { tokens: String(world.made.package.pool.size), paper: 'ya' }, [world.officer('chair')])
  await world.agree('/open', {}, two(world))
  const desk = deskOf(world, device)
  const serve = async (voter: number) => {
    desk.letIn(voter, 'card-finger')
    assert.equal(await desk.agree(voter), 'agreed')
    desk.issue(voter)
  }
  const tell = () => world.tell(device, '/hub/log', { lines: desk.chain.lines })
  const hour = (time: string) => {
    world.clock.now = `${world.made.package.election.date}T${time}:00Z`
  }
  return { world, booth, desk, serve, tell, hour }
}
const refusal = (work: () => unknown): string => {
  try {
    work()
    return 'none'
  } catch (error) {
    if (error instanceof Refused) return error.code
    throw error
  }
}

test('the last queue: two officers say how many stand in it, the desks let in so many, and everybody’s vote is on the sheet', async () => {
  const { world, booth, desk, serve, tell, hour } = await openDay()
  await serve(1)
  await serve(2)
  await tell()

  // Before the hour, with no number, with more than have not come: nothing is begun, and what was typed stays in its field.
  const form = { standing: '2' }
  assert.equal((await world.post('/queue', form)).status, 422)
  hour('06:00')
  assert.match(await world.get('/?lang=en'), /Close the queue: only those who stand in it may still vote/)
  for (const standing of ['', 'dua', '-1', '2,5x']) {
    const answer = await world.post('/queue', { standing })
    assert.equal(answer.status, 422, standing)
    assert.match(answer.text, new RegExp(`value="${standing}"[^>]*aria-invalid="true"|aria-invalid="true"`), standing)
  }
  const many = await world.post('/queue', { standing: '5' })
  assert.deepEqual([many.status, /value="5"/.test(many.text), /belum hadir/.test(many.text)], [422, true, true])
  // One officer is not two, and one twice neither.
  await world.agree('/queue', form, [world.officer('chair'), world.officer('chair')])
  assert.equal(world.station.state().queue, undefined)
  assert.equal((await world.agree('/queue', form, two(world))).to, '/queue')
  assert.deepEqual(world.station.state().queue, { standing: 2, round: 1 })

  // At the desk: two go in, the third is refused before anything is written.
  assert.deepEqual(desk.queue, { standing: 2, round: 1, left: 2 })
  await serve(3)
  await tell()
  assert.match(await world.get('/queue?lang=en'), /closed with 2 people\. 1 have been let in/)
  await serve(4)
  assert.equal(
    refusal(() => desk.letIn(5, 'card-finger')),
    'queue',
  )
  assert.deepEqual(desk.book.of(5).checkIns, [])
  // A power cut forgets nothing of it.
  await tell()
  await world.restart()
  assert.deepEqual(world.station.state().queue, { standing: 2, round: 1 })
  assert.match(await world.get('/?lang=en'), /Queue: 2 of 2 people have been let in/)

  // One who did stand in it was not counted: two officers put the number right.
  await world.agree('/queue', { standing: '3' }, two(world))
  await serve(5)
  await tell()
  assert.equal(
    refusal(() => desk.letIn(6, 'card-finger')),
    'queue',
  )

  // The booths take their tokens as before; closing says what is left.
  await world.tell(booth, '/hub/box', { box: 'x', slots: castSlots(world, [1, 2, 3, 1, 0]).sent })
  const closing = await world.post('/close')
  assert.match(
    await world.get(`${closing.to}?lang=en`),
    /tokens not used yet: 0\. Of 3 people in the queue, 3 have been let in/,
  )
  await world.agree('/close', {}, two(world))
  assert.equal(
    refusal(() => desk.letIn(6, 'card-finger')),
    'not-open',
  )
  assert.equal((await world.post('/queue', form)).status, 422)
  await world.agree('/boxes/booth-1', { 'cast-booth-1': '5' }, two(world))
  await world.post('/by-hand', { unused: '5', slips: '5', slipsVoid: '0', replaced: '0' })
  await world.agree('/sheet/sign', {}, [world.officer('chair')])
  assert.deepEqual(world.station.state().reconciled?.holds, true)
})

test('below the quorum an extension opens the queue again; who was let in from the first one does not take a place in the second', async () => {
  const { world, desk, serve, tell, hour } = await openDay({ rules: { quorum: [2, 3], extensions: [60] } })
  hour('06:00')
  await world.agree('/queue', { standing: '1' }, two(world))
  await serve(1)
  await tell()
  assert.equal(
    refusal(() => desk.letIn(2, 'card-finger')),
    'queue',
  )
  await world.agree('/extend', {}, two(world))
  assert.deepEqual([desk.queue], [undefined])
  await serve(2)
  hour('07:00')
  await world.agree('/queue', { standing: '1' }, two(world))
  assert.deepEqual(desk.queue, { standing: 1, round: 2, left: 1 })
  await serve(3)
  await tell()
  assert.deepEqual([desk.queue?.left, desk.book.queued(1), desk.book.queued(2)], [0, 1, 1])
})

test('two desks that cannot see each other may let in more than stood in the queue: nobody’s vote is lost, and it is shown', async () => {
  const { world, serve, tell, hour } = await openDay()
  const second = await world.join('desk')
  hour('06:00')
  await world.agree('/queue', { standing: '1' }, two(world))
  const other = deskOf(world, second)
  await serve(1)
  other.letIn(2, 'card-finger')
  await tell()
  await world.tell(second, '/hub/log', { lines: other.chain.lines })
  assert.match(await world.get('/?lang=en'), /Desks let in 2 people from the queue, but 1 stood in it/)
  assert.equal(world.station.counts().present, 2)
})
