import { deepEqual, equal, match } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { openGroup, platformRandom, readBallot } from '@melayani/ballot'
import { bytesSource } from '@melayani/ballot/archive'
import { ballotFaults, openBooth } from '@melayani/ballot/cast'
import { type Keeper, openKeeper } from '../../src/booth/keeper.ts'
import { hashOf, makeStamp, sign } from '../../src/format/index.ts'
import { type Box, openBox } from '../../src/media/box.ts'
import { openChain } from '../../src/media/chain.ts'
import { openMedium } from '../../src/media/medium.ts'
import { boxPlan } from '../../src/media/slot-size.ts'
import { type RefusedBallot, readContainer, verifyRecord, verifyRestricted } from '../../src/record/index.ts'
import { insertCard, testPin } from '../cards.ts'
import { makeRecord, seal } from '../recorded.ts'
import { type DayDevice, deskRows, openStationWorld, restrictedOf, type StationWorld } from '../station-world.ts'
import { credentialOf } from '../tallied.ts'

/**
 * A token that was copied and used at two booths which are cut off from each other and from the station (T7, T22). Each booth must
 * open it; nobody can say which was first, so neither ballot counts. That must be seen by everybody, named, and provable to a third.
 */
type Part = { readonly keeper: Keeper; readonly box: Box; readonly folder: string; readonly sent: () => string[] }

/** A booth by its own rules, on the media that a booth has, with its cable pulled. */
function boothOf(world: StationWorld, { device, key }: DayDevice, desk: DayDevice): Part {
  const { made, folder } = world
  const stick = path.join(folder, `${device}-stick`)
  const media = [openMedium(`${device}-ssd`, path.join(folder, `${device}-ssd`)), openMedium(device, stick)]
  const at = world.station.state().devices.findIndex((each) => each.device === device)
  const certificate = world.station.certificates()[at]!
  media[1]!.replace('station.json', Buffer.from(JSON.stringify({ station: world.station.key.key, certificate })))
  const box = openBox(media, boxPlan(made.package, made.hash))
  const log = openChain(media, device, key, made.hash)
  const keeper = openKeeper({
    package: made.package,
    packageHash: made.hash,
    box,
    log,
    outside: {
      stage: () => 'open',
      deskKey: (name) => (name === desk.device ? desk.key.key : undefined),
      usedElsewhere: () => false,
      give: async () => false,
    },
    now: () => Date.parse(world.clock.now),
  })
  const text = log.textOf(keeper.paperAct(true))
  keeper.paperTested(
    true,
    made.officers.slice(0, 2).map((each) => sign('act/1', text, { role: each.role, signer: each.name }, each.secret)),
  )
  const sent = () => box.export().map((slot) => Buffer.from(slot).toString('base64'))
  return { keeper, box, folder: stick, sent }
}

const two = (world: StationWorld) => [world.officer('chair'), world.officer('officer')]

/** Polls that are open, two booths without a cable, and voters whose stamped tokens are taken and cast. */
async function openDay() {
  const world = await openStationWorld({ voters: 6, reserve: 4, desks: 1, booths: 2, candidates: ['Ani', 'Budi'] })
  const { made } = world
  const desk = await world.join('desk')
  const devices = [await world.join('booth'), await world.join('booth')] as const
  await world.post('/zero/self-test')
  await world.agree('/zero', { tokens: '10', paper: 'ya' }, [world.officer('chair')])
  await world.agree('/open', {}, two(world))
  const booths = devices.map((device) => boothOf(world, device, desk)) as [Part, Part]
  const machine = openBooth(made.package.ballot.election)
  const vote = async ({ keeper }: Part, token: number, pick: number) => {
    const ballot = machine.encrypt(
      credentialOf(made.tokens[token]!),
      [[0, 1, 2].map((each) => (each === pick ? 1 : 0))],
      platformRandom,
    ).text
    const stamp = makeStamp(desk.device, desk.key, made.hash, Date.parse(world.clock.now))
    const { credential } = readBallot(ballot)
    const answers = []
    for (const ask of [
      { ask: 'take', credential, stamp },
      { ask: 'store', ballot },
      { ask: 'slip' },
      { ask: 'cast' },
    ] as const)
      answers.push((await keeper.answer(ask)).ok)
    deepEqual(answers, [true, true, true, true])
    return ballot
  }
  const stick = (from: Part) => {
    for (const file of ['box', 'booth-1.log', 'booth-2.log', 'station.json']) {
      const bytes = openMedium('from', from.folder).read(file)
      const to = openMedium('to', path.join(world.folder, 'stick'))
      if (bytes) to.replace(file, bytes)
    }
  }
  return { world, desk, devices, booths, vote, stick }
}

test('a copied token opens at two booths that are cut off; neither ballot counts, both are shown, named and proven', async () => {
  const { world, desk, devices, booths, vote, stick } = await openDay()
  const { made } = world
  await world.tell(desk, '/hub/log', { lines: deskRows(world, desk, [1, 2, 3]) })
  const [one, other] = booths
  const counted = [await vote(one, 1, 1), await vote(other, 2, 2)]
  const copies = [await vote(one, 0, 1), await vote(other, 0, 2)]
  // Booth 2 has its cable again; nothing is wrong as far as anybody can see.
  equal((await world.tell(devices[1], '/hub/box', { box: 'x', slots: other.sent() })).status, 200)
  equal((await world.get('/?lang=en')).includes('One token was used'), false)
  world.clock.now = `${made.package.election.date}T06:30:00Z`
  await world.agree('/close', {}, two(world))
  // Booth 1 is broken: its stick is taken, under its own name only, and as often as one presses.
  stick(one)
  const wrong = await world.post('/boxes/booth-2/import')
  deepEqual([wrong.status, /milik Bilik 1/.test(wrong.text)], [422, true])
  equal(world.station.boxes.counts('booth-2').cast, 2)
  for (const said of [/2 baru/, /0 baru, 0 diperbarui, 2 sama/]) {
    const taken = await world.post('/boxes/booth-1/import')
    equal(taken.status, 200)
    match(taken.text, said)
  }

  // Shown, in both languages, with the booths' names.
  match(await world.get('/?lang=id'), /Satu token dipakai di Bilik 1 dan Bilik 2\. 2 surat suara masuk/)
  match(await world.get('/?lang=en'), /One token was used at Booth 1 and Booth 2\. 2 ballots were cast/)
  match(await world.get('/incidents?lang=en'), /One token was used at two booths\. Booth 1 and Booth 2/)
  // Named once in the station's own log, also after a power cut.
  const noted = () =>
    world.station.chain.entries.filter(({ act }) => act.kind === 'incident').map(({ act }) => JSON.stringify(act))
  await world.restart()
  await world.tell(devices[1], '/hub/box', { box: 'x', slots: other.sent() })
  deepEqual(noted(), ['{"kind":"incident","what":"token-copied","note":"booth-1, booth-2"}'])
  deepEqual(world.station.boxes.ballots().good.toSorted(), counted.toSorted())

  // The sheet does not agree by itself, says why, and two officers write it up.
  for (const name of ['booth-1', 'booth-2']) await world.agree(`/boxes/${name}`, { [`cast-${name}`]: '2' }, two(world))
  await world.post('/by-hand', { unused: '7', slips: '4', slipsVoid: '0', replaced: '0' })
  match(await world.get('/sheet?lang=en'), /One token was used at Booth 1 and Booth 2/)
  equal((await world.post('/sheet/sign')).status, 409)
  for (const law of ['used', 'slips', 'issued'])
    await world.agree(`/sheet/explain/${law}`, { [`note-${law}`]: 'Token disalin, dua bilik terputus.' }, two(world))
  equal((await world.agree('/sheet/sign', {}, [world.officer('chair')])).to, '/')
  await world.get('/tally')
  await world.agree('/tally', {}, two(world))
  for (const id of world.trustees.slice(0, 3)) {
    insertCard(path.join(world.folder, 'cards'), path.join(world.folder, 'reader'), id)
    await world.post('/cards', { pin: testPin })
  }
  insertCard(path.join(world.folder, 'cards'), path.join(world.folder, 'reader'), undefined)
  await world.post('/result/count')
  await world.agree('/result/sign', {}, two(world))
  await world.agree('/hand-over/record', {}, [world.officer('chair')])
  await world.post('/hand-over/usb')

  // Provable: the public record has both ballots, each signed with the one token, and says that there was an incident.
  const source = bytesSource(readFileSync(path.join(world.folder, 'stick/tps-1.record')))
  const { verdict, findings, result } = await verifyRecord(source, { centre: made.centre.key })
  deepEqual([verdict, findings], ['sound', []])
  deepEqual([result?.votes, result?.blank, result?.reconciled], [[1, 1], 0, false])
  // The supervisor takes it too: the station noted the token by itself, and the ballots prove it.
  deepEqual((await verifyRestricted(source, await restrictedOf(world))).findings, [])
  const read = async (name: string) => {
    const entry = (await readContainer(source)).entries.find((each) => each.name === name)!
    return JSON.parse(Buffer.from(await source.read(entry.offset + 512, entry.size)).toString())
  }
  const refused: RefusedBallot[] = await read('refused.json')
  const sorted = copies.toSorted((a, b) => (hashOf(a) < hashOf(b) ? -1 : 1))
  deepEqual(
    refused,
    sorted.map((ballot) => ({ why: 'twice', ballot })),
  )
  const group = openGroup('Ed25519')
  deepEqual(
    refused.map(({ ballot }) => ballotFaults(group, made.package.ballot.election, ballot)),
    [[], []],
  )
  equal(new Set(refused.map(({ ballot }) => readBallot(ballot).credential)).size, 1)
  const incidents: { device: string; what: string }[] = await read('incidents.json')
  deepEqual(
    incidents.filter(({ what }) => what === 'token-copied').map(({ device }) => device),
    ['station'],
  )
})

test('one box that came under two names is one box: nobody’s vote is lost, and it is no copied token', async () => {
  const { world, devices, booths, vote } = await openDay()
  const ballots = [await vote(booths[0], 0, 1), await vote(booths[0], 1, 2)]
  // A stick without a certificate, taken under the wrong name while the booth itself had told nothing yet.
  world.station.boxes.take('booth-2', booths[0].box.export())
  equal((await world.tell(devices[0], '/hub/box', { box: 'x', slots: booths[0].sent() })).status, 200)
  const { good, refused } = world.station.boxes.ballots()
  deepEqual([good.toSorted(), refused], [ballots.toSorted(), []])
  deepEqual([world.station.boxes.copied(), world.station.counts().cast, world.station.counts().used], [[], 2, 2])
})

test('a station that leaves a good ballot out as “twice” is refused by whoever verifies its record', async () => {
  const record = makeRecord({ votes: [1, 2], challenged: [] })
  const { package: content, tokens } = record.makers
  const machine = openBooth(content.ballot.election)
  const encrypt = (token: number, pick: number) =>
    machine.encrypt(
      credentialOf(tokens[token]!),
      [[0, ...content.candidates.map(({ number }) => number)].map((each) => (each === pick ? 1 : 0))],
      platformRandom,
    ).text
  const judge = async (ballots: readonly string[], why = 'twice') => {
    const list = ballots.toSorted((a, b) => (hashOf(a) < hashOf(b) ? -1 : 1)).map((ballot) => ({ why, ballot }))
    const { bytes } = seal(record, (entries) => {
      const all = [...entries]
      entries.clear()
      for (const [name, body] of all) {
        entries.set(name, body)
        if (name === 'spoiled.json') entries.set('refused.json', Buffer.from(JSON.stringify(list)))
      }
    })
    const { findings } = await verifyRecord(bytesSource(bytes))
    return findings.map(({ rule, at }) => `${rule} ${at}`)
  }
  const [first, second, alone] = [encrypt(3, 1), encrypt(3, 2), encrypt(4, 1)]
  deepEqual(await judge([]), [])
  deepEqual(await judge([first, second]), [])
  deepEqual(await judge([alone]), ['refused.good 0'])
  deepEqual(await judge([alone], 'proof'), ['refused.good 0'])
  const at = [first, second, alone].toSorted((a, b) => (hashOf(a) < hashOf(b) ? -1 : 1)).indexOf(alone)
  deepEqual(await judge([first, second, alone]), [`refused.good ${at}`])
  // What really does not hold shows it by itself.
  const altered = JSON.stringify({ ...JSON.parse(alone), election_uuid: 'another' })
  deepEqual(await judge([altered], 'election'), [])
  // A twin that does not hold, or the same ballot once more, proves nothing of the token.
  const order = [alone, altered].toSorted((a, b) => (hashOf(a) < hashOf(b) ? -1 : 1))
  deepEqual(await judge([alone, altered]), [`refused.good ${order.indexOf(alone)}`])
  deepEqual(await judge([alone, alone]), ['refused.good 0', 'refused.good 1'])
  deepEqual(await judge([alone, alone], 'copy'), ['refused.good 0', 'refused.good 1'])
})
