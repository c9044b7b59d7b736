import { deepEqual, equal } from 'node:assert/strict'
import { test } from 'node:test'
import { platformRandom, readBallot } from '@melayani/ballot'
import { openBooth } from '@melayani/ballot/cast'
import type { Slot } from '../../src/media/slot.ts'
import { castSlots, deskRows, openStationWorld, type StationWorld, sentSlots, two } from '../station-world.ts'
import { credentialOf } from '../tallied.ts'

/**
 * A booth that was admitted and sends whatever it likes. It knows what everybody knows, such as the public halves of all tokens in
 * the package, and what its own voters gave it. It may spoil the votes of these; nobody else's.
 */
async function openDay(booths = 2) {
  const world = await openStationWorld({ voters: 6, reserve: 4, desks: 1, booths, candidates: ['Ani', 'Budi'] })
  const desk = await world.join('desk')
  const honest = await world.join('booth')
  const hostile = await world.join('booth')
  await world.agree('/zero', { tokens: '10', paper: 'ya' }, [world.officer('chair')])
  await world.agree('/open', {}, two(world))
  await world.tell(desk, '/hub/log', { lines: deskRows(world, desk, [1, 2, 3]) })
  const { sent, slots } = castSlots(world, [1, 2, 1])
  equal((await world.tell(honest, '/hub/box', { box: 'x', slots: sent })).status, 200)
  const send = async (list: readonly Slot[]) =>
    (await world.tell(hostile, '/hub/box', { box: 'y', slots: sentSlots(world.made, list) })).status
  return { world, honest, hostile, slots, send }
}
const slotOf = (at: number, more: Partial<Slot>): Slot => ({
  id: `f${String(at).padStart(31, '0')}`,
  state: 'cast',
  slip: 'printed',
  reprints: 0,
  credential: '',
  ...more,
})
const rollOf = ({ made }: StationWorld) => JSON.parse(made.package.ballot.credentials) as string[]
const whys = (world: StationWorld) =>
  world.station.boxes
    .ballots()
    .refused.map(({ device, why }) => `${device} ${why}`)
    .sort()

test('rubbish under the public half of every token takes nobody’s vote, and is not called a copied token', async () => {
  const { world, slots, send } = await openDay()
  const roll = rollOf(world)
  equal(await send(roll.map((credential, at) => slotOf(at, { credential, ballot: 'x0' }))), 200)
  const { good } = world.station.boxes.ballots()
  deepEqual(good.toSorted(), slots.map(({ ballot }) => ballot!).sort())
  deepEqual(whys(world), Array(10).fill('booth-2 form'))
  deepEqual(world.station.boxes.copied(), [])
  deepEqual(
    world.station.chain.entries.filter(({ act }) => act.kind === 'incident'),
    [],
  )
})

test('a good ballot altered, put under another token, or sent once more takes nobody’s vote', async () => {
  const { world, slots, send } = await openDay()
  const [first, second] = slots.map(({ ballot, credential }) => ({ ballot: ballot!, credential }))
  const altered = JSON.stringify({ ...JSON.parse(first!.ballot), election_uuid: 'another' })
  await send([
    // The twin of a ballot that is good, with its numbers and its token, and no signature that fits.
    slotOf(1, { credential: first!.credential, ballot: altered }),
    slotOf(2, { credential: first!.credential, ballot: second!.ballot }),
    slotOf(3, { ...first!, id: slotOf(3, {}).id }),
  ])
  const { good } = world.station.boxes.ballots()
  deepEqual(good.toSorted(), slots.map(({ ballot }) => ballot!).sort())
  deepEqual(whys(world), ['booth-2 copy', 'booth-2 copy', 'booth-2 election'])
})

test('only a second ballot that holds, signed by the token itself, makes none of the two count', async () => {
  const { world, slots, send } = await openDay()
  const second = openBooth(world.made.package.ballot.election).encrypt(
    credentialOf(world.made.tokens[0]!),
    [[0, 0, 1]],
    platformRandom,
  ).text
  await send([slotOf(1, { credential: readBallot(second).credential, ballot: second })])
  const { good } = world.station.boxes.ballots()
  deepEqual(good.toSorted(), [slots[1]!.ballot!, slots[2]!.ballot!].sort())
  deepEqual(whys(world), ['booth-1 twice', 'booth-2 twice'])
  deepEqual(world.station.boxes.copied(), [{ devices: ['booth-1', 'booth-2'], cast: 2 }])
})
