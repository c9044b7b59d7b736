import assert from 'node:assert/strict'
import path from 'node:path'
import { test } from 'node:test'
import type { Medium } from '../src/media/medium.ts'
import { insertCard, testPin } from './cards.ts'
import { memoryMedium, powerFailing } from './power.ts'
import { castSlots, deskRows, openStationWorld, sentSlots } from './station-world.ts'

type Files = Map<string, Map<string, Uint8Array>>
const copyOf = (files: Files): Files =>
  new Map([...files].map(([name, held]) => [name, new Map([...held].map(([file, bytes]) => [file, bytes.slice()]))]))

/**
 * Every durable write of a station's day is cut, before it and in the middle of it; the station starts again from what its two
 * media hold, people do the interrupted step once more, and the day ends as if nothing had happened.
 */
test('power may be pulled at any write of a station’s day', async (t) => {
  let files: Files = new Map(['ssd', 'usb'].map((name) => [name, new Map()]))
  let power = powerFailing(0, () => false)
  const media = (): Medium[] => ['ssd', 'usb'].map((name) => memoryMedium(name, power, files.get(name)!))
  const world = await openStationWorld(
    { voters: 5, reserve: 2, candidates: ['Sari', 'Budi'], booths: 1, desks: 1 },
    media,
  )
  t.mock.method(console, 'error', () => {})
  const chair = world.officer('chair')
  const two = [chair, world.officer('officer')]
  const cards = path.join(world.folder, 'cards')
  const reader = path.join(world.folder, 'reader')

  const desk = await world.join('desk')
  const booth = await world.join('booth')
  const rows = deskRows(world, desk, [1, 2, 3])
  const { slots } = castSlots(world, [1, 2, 1])
  const pending = { ...slots[2]!, state: 'pending' as const }
  const given = sentSlots(world.made, [...slots.slice(0, 2), pending])
  const card = async (id: string) => {
    insertCard(cards, reader, id)
    await world.post('/cards', { pin: testPin })
    insertCard(cards, reader, undefined)
  }
  // As people do them; each can be done again and is refused, or does nothing, when it is done already.
  const steps: Record<string, () => Promise<unknown>> = {
    zero: async () => {
      await world.post('/zero/self-test')
      return world.agree('/zero', { tokens: '7', paper: 'ya' }, [chair])
    },
    witness: () => world.agree('/zero/witness', {}, [world.officer('witness')]),
    open: () => world.agree('/open', {}, two),
    log: () => world.tell(desk, '/hub/log', { lines: rows }),
    box: () => world.tell(booth, '/hub/box', { box: 'x', slots: given }),
    head: () => world.post('/head'),
    close: () => {
      world.clock.now = `${world.made.package.election.date}T06:30:00Z`
      return world.agree('/close', {}, two)
    },
    session: () => world.agree(`/sessions/${pending.id}/cast`, {}, two),
    compare: () => world.agree('/boxes/booth-1', { 'cast-booth-1': '3' }, two),
    byHand: () => world.post('/by-hand', { unused: '4', slips: '3', slipsVoid: '0', replaced: '0' }),
    sheet: () => world.agree('/sheet/sign', {}, [chair]),
    tally: async () => {
      await world.get('/tally')
      return world.agree('/tally', {}, two)
    },
    outside: () => card(world.trustees[0]!),
    chair: () => card(world.trustees[1]!),
    second: () => card(world.trustees[2]!),
    count: () => world.post('/result/count'),
    sign: async () => {
      await world.post('/result/count')
      return world.agree('/result/sign', {}, two)
    },
    record: () => world.agree('/hand-over/record', {}, [chair]),
  }

  let cuts = 0
  for (const [name, step] of Object.entries(steps)) {
    const before = copyOf(files)
    power = powerFailing(0, () => false)
    await world.restart()
    const started = power.writes
    await step()
    const writes = power.writes - started
    const after = { files: copyOf(files), state: world.station.state(), counts: world.station.counts() }
    for (let at = 1; at <= writes; at++) {
      // In turn: nothing of the write is there, or the first half of it.
      const torn = at % 2 === 0
      files = copyOf(before)
      power = powerFailing(0, () => torn)
      await world.restart()
      power.at = power.writes + at
      await step().catch(() => undefined)
      assert.equal(power.on, false, `${name}: write ${at} was cut`)
      power = powerFailing(0, () => false)
      await world.restart()
      await step()
      const again = world.station
      const { devices: _, heads: headsNow, ...now } = again.state()
      const { devices: __, heads: headsThen, ...then } = after.state
      const place = `${name}: cut in write ${at} of ${writes}`
      // Signing anew after a cut may leave the officers' agreement twice on record, and nothing else twice.
      assert.deepEqual({ ...now, results: now.results.length }, { ...then, results: then.results.length }, place)
      assert.equal(headsNow.at(-1)?.counts.cast, headsThen.at(-1)?.counts.cast, place)
      assert.deepEqual(again.counts(), after.counts, place)
      assert.deepEqual(again.boxes.ballots(), world.station.boxes.ballots(), place)
      cuts++
    }
    files = after.files
    power = powerFailing(0, () => false)
    await world.restart()
    await step().catch(() => undefined)
  }
  const state = world.station.state()
  assert.deepEqual([state.results.length, state.decrypted, world.station.counts().cast], [1, [1, 2, 3], 3])
  assert.ok(cuts > 60, `${cuts} writes were cut`)
  t.diagnostic(`${cuts} writes were cut`)
})
