import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { bytesSource } from '@melayani/ballot/archive'
import type { TpsResult } from '../src/format/index.ts'
import { openChain } from '../src/media/chain.ts'
import { openMedium } from '../src/media/medium.ts'
import { openRestricted, verifyRecord, verifyRestricted } from '../src/record/index.ts'
import { insertCard, testPin } from './cards.ts'
import { cardOf, castSlots, deskRows, openStationWorld, restrictedOf, type StationWorld } from './station-world.ts'

const twoOf = (world: StationWorld) => [world.officer('chair'), world.officer('officer')]

/** Zero report signed by chair and a witness, and the polls opened. */
async function openPolls(world: StationWorld) {
  await world.post('/zero/self-test')
  const zero = await world.agree('/zero', { tokens: String(world.made.package.pool.size), paper: 'ya' }, [
    world.officer('chair'),
  ])
  assert.deepEqual([zero.status, zero.to], [303, '/zero'])
  await world.agree('/zero/witness', {}, [world.officer('witness')])
  assert.equal((await world.agree('/open', {}, twoOf(world))).to, '/')
  assert.equal(world.station.state().stage, 'open')
}

test('the zero report waits for a paper test that was printed, and that was found readable (R42)', async () => {
  const world = await openStationWorld()
  const tokens = String(world.made.package.pool.size)
  const signs = async (form: Record<string, string>) => {
    const { status, text } = await world.post('/zero', { tokens, ...form })
    return [status, status === 422 && /Belum ada uji kertas yang terbaca/.test(text)]
  }
  assert.deepEqual(await signs({ paper: 'ya' }), [422, true])
  await world.post('/zero/self-test')
  assert.deepEqual(await signs({}), [422, true])
  assert.deepEqual(await signs({ paper: 'ya' }), [422, true])
  await world.post('/zero/self-test')
  assert.deepEqual(await signs({ paper: 'ya' }), [303, false])
})

/** Cards of trustees, one after the other, until they suffice. */
async function openTally(world: StationWorld, holders: readonly string[]) {
  const cards = path.join(world.folder, 'cards')
  const reader = path.join(world.folder, 'reader')
  for (const id of holders) {
    insertCard(cards, reader, id)
    const answer = await world.post('/cards', { pin: testPin })
    assert.equal(answer.status, 303, answer.text)
  }
  insertCard(cards, reader, undefined)
}

test('a day: from joining over zero report, voting and close to a record that stands before its verifier', async () => {
  const world = await openStationWorld()
  const { made } = world
  const desk = await world.join('desk')
  const booths = [await world.join('booth'), await world.join('booth')]
  assert.deepEqual(
    world.station.state().devices.map(({ device }) => device),
    ['desk-1', 'booth-1', 'booth-2'],
  )
  await openPolls(world)

  const voters = [1, 2, 3, 4, 5]
  assert.equal((await world.tell(desk, '/hub/log', { lines: deskRows(world, desk, voters) })).status, 200)
  const first = castSlots(world, [1, 1, 2])
  const second = castSlots(world, [3, 0], 3)
  for (const [booth, { sent }] of [
    [booths[0]!, first],
    [booths[1]!, second],
  ] as const) {
    const answer = await world.tell(booth, '/hub/box', { box: booth.device, slots: sent })
    assert.deepEqual([answer.status, answer.text], [200, '{"durable":true}'])
    // Sent again it changes nothing.
    assert.equal((await world.tell(booth, '/hub/box', { box: booth.device, slots: sent })).status, 200)
  }
  await world.post('/head')

  // Not before the hour, although the officers agree.
  assert.equal((await world.post('/close')).status, 409)
  world.clock.now = `${made.package.election.date}T06:01:00Z`
  assert.equal((await world.agree('/close', {}, twoOf(world))).status, 303)
  assert.equal((await world.post('/boxes/booth-1', { 'cast-booth-1': '2' })).status, 422)
  assert.equal((await world.agree('/boxes/booth-1', { 'cast-booth-1': '3' }, twoOf(world))).to, '/boxes')
  await world.agree('/boxes/booth-2', { 'cast-booth-2': '2' }, twoOf(world))
  assert.equal((await world.post('/by-hand', { unused: '5', slips: '5', slipsVoid: '0', replaced: '0' })).to, '/sheet')
  assert.equal((await world.agree('/sheet/sign', {}, [world.officer('chair')])).to, '/')
  assert.equal((await world.agree('/tally', {}, twoOf(world))).to, '/cards')
  await world.restart()
  await openTally(world, [world.trustees[0]!, world.trustees[1]!])
  assert.match(await world.get('/cards?lang=en'), /Still needed: 1 of/)
  await openTally(world, [world.trustees[2]!])
  assert.equal((await world.post('/result/count')).to, '/result')
  assert.match(await world.get('/result?lang=en'), /Verifier: the archive is sound\. 5 ballots/)
  await world.agree('/result/sign', {}, twoOf(world))
  await world.agree('/result/witness', {}, [world.officer('witness', 1)])
  // The paper jams at the second copy; what is printed afterwards is equal, although the screen has another language by then.
  const faults = (list: readonly object[]) =>
    writeFileSync(path.join(world.folder, 'paper', 'faults.json'), JSON.stringify(list))
  const copies = () =>
    readdirSync(path.join(world.folder, 'paper'))
      .filter((file) => /^result-\w+[.]txt$/.test(file))
      .map((file) => readFileSync(path.join(world.folder, 'paper', file), 'utf8'))
  faults([{ kind: 'jam', kinds: ['result'], skip: 1, at: 60 }])
  await world.post('/result/print')
  assert.equal(copies().length, 1)
  faults([])
  await world.post('/result/print?lang=en')
  assert.equal(copies().length, made.package.rules.copies.length)
  assert.equal(new Set(copies()).size, 1)
  assert.doesNotMatch(await world.get('/result?lang=en'), /Not printed yet/)
  // A booth that starts once more writes a line while the chair signs: the record is what the chair was shown.
  const begun = await world.post('/hand-over/record')
  const [booth] = booths
  const log = openChain(
    [openMedium('ssd', path.join(world.folder, booth!.device))],
    booth!.device,
    booth!.key,
    made.hash,
  )
  log.append({ kind: 'started', software: world.station.software, package: made.hash })
  assert.equal((await world.tell(booth!, '/hub/log', { lines: log.lines })).status, 200)
  insertCard(path.join(world.folder, 'cards'), path.join(world.folder, 'reader'), world.officer('chair'))
  assert.equal((await world.post(begun.to, { pin: testPin })).to, '/hand-over')
  insertCard(path.join(world.folder, 'cards'), path.join(world.folder, 'reader'), undefined)
  assert.equal((await world.post('/hand-over/usb')).status, 303)

  const record = readFileSync(path.join(world.folder, 'stick/tps-1.record'))
  const report = await verifyRecord(bytesSource(record), { centre: made.centre.key, committee: made.committee.key })
  assert.deepEqual([report.findings, report.verdict], [[], 'sound'])
  const result = JSON.parse(
    JSON.parse(readFileSync(path.join(world.folder, 'stick/tps-1.result.json'), 'utf8')).text,
  ) as TpsResult
  assert.deepEqual([result.votes, result.blank, result.present, result.reconciled], [[2, 1, 1], 1, 5, true])
  const logs = await verifyRestricted(bytesSource(record), await restrictedOf(world))
  assert.deepEqual([logs.findings, logs.counts.present], [[], 5])
  // Who came in which order is on the stick for the supervisor alone.
  const sealed = readFileSync(path.join(world.folder, 'stick/tps-1.restricted'), 'latin1')
  for (const word of ['check-in', 'voter', 'log-desk-1']) assert.equal(sealed.includes(word), false, word)
  assert.equal(await openRestricted(bytesSource(record), Buffer.from(sealed), cardOf(world, 'chair')), undefined)
  assert.ok(existsSync(path.join(world.folder, 'usb/station.log')))
})
