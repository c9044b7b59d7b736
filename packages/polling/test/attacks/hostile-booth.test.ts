import { deepEqual, equal, match } from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { openGroup, platformRandom, readBallot, readElection } from '@melayani/ballot'
import { bytesSource } from '@melayani/ballot/archive'
import { openBooth, readOpening, sealBallot, secretExponent } from '@melayani/ballot/cast'
import { openKeeper } from '../../src/booth/keeper.ts'
import { papersOf } from '../../src/booth/papers.ts'
import { publicHalf } from '../../src/booth/token.ts'
import { openVoter } from '../../src/booth/voter.ts'
import { electionFingerprint, makeStamp, newSigningKey, proveToken, stampText } from '../../src/format/index.ts'
import { openBox } from '../../src/media/box.ts'
import { openChain } from '../../src/media/chain.ts'
import type { Slot } from '../../src/media/slot.ts'
import { boxPlan } from '../../src/media/slot-size.ts'
import { usedMark } from '../../src/net/index.ts'
import { openSimulatedPrinter } from '../../src/print/index.ts'
import { type RefusedBallot, readContainer, verifyRecord, verifyRestricted } from '../../src/record/index.ts'
import { recordHead } from '../../src/station/heads.ts'
import { insertCard, testPin } from '../cards.ts'
import { memoryMedium } from '../memory-medium.ts'
import {
  cardOf,
  castSlots,
  type DayDevice,
  deskRows,
  openStationWorld,
  restrictedOf,
  type StationWorld,
  sentSlots,
  two,
} from '../station-world.ts'
import { credentialOf } from '../tallied.ts'

/**
 * A booth that was admitted and sends whatever it likes. It knows what everybody knows, such as the public halves of all tokens in
 * the package, and what its own voters gave it. It may spoil the votes of these; nobody else's.
 */
async function openDay() {
  const rules = { smallGroup: 2 }
  const world = await openStationWorld({
    voters: 6,
    reserve: 4,
    desks: 1,
    booths: 2,
    candidates: ['Ani', 'Budi'],
    rules,
  })
  const desk = await world.join('desk')
  const honest = await world.join('booth')
  const hostile = await world.join('booth')
  await world.post('/zero/self-test')
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

test('an opening that is no JSON, opens nothing, or opens another ballot opens no vote', async () => {
  const { world, slots, send } = await openDay()
  const [first] = slots.map(({ ballot }) => ballot!)
  const { record } = challengedBallot(world, 4)
  const opening = (text: string) => JSON.stringify(JSON.parse(text).opening)
  await send(
    ['not json', '[]', '[[]]', `${'['.repeat(99)}${']'.repeat(99)}`, opening(record), `[],"ballot":"x"`].map(
      (given, at) => slotOf(at, { state: 'spoiled', slip: 'none', credential: 'zz', ballot: first!, opening: given }),
    ),
  )
  const { good, challenged } = world.station.boxes.ballots()
  deepEqual(good.toSorted(), slots.map(({ ballot }) => ballot!).sort())
  deepEqual([challenged, whys(world)], [[], Array(6).fill('booth-2 opening')])
})

/** A ballot of one of the hostile booth's own voters, opened by UJI. */
function challengedBallot({ made }: StationWorld, token: number) {
  const booth = openBooth(made.package.ballot.election)
  const record = sealBallot(booth.encrypt(credentialOf(made.tokens[token]!), [[0, 1, 0]], platformRandom)).spoil()
  const { ballot } = readOpening(record)
  return { record, ballot, credential: readBallot(ballot).credential }
}

test('whatever a booth has sent, the day ends with a sound record that shows each of it with its reason', async () => {
  const { world, slots, send } = await openDay()
  const { made, station } = world
  const roll = rollOf(world)
  const [first, second] = slots.map(({ ballot, credential }) => ({ ballot: ballot!, credential }))
  const { record, ballot, credential } = challengedBallot(world, 5)
  const opening = JSON.stringify(JSON.parse(record).opening)
  const spoiled: Partial<Slot> = { state: 'spoiled', slip: 'none', ballot, credential, opening }
  equal(
    await send(
      [
        ...roll.slice(0, 3).map((each) => ({ credential: each, ballot: 'x0' })),
        { ...first, ballot: JSON.stringify({ ...JSON.parse(first!.ballot), election_uuid: 'another' }) },
        second!,
        { credential: roll[0]!, ballot: second!.ballot },
        spoiled,
        spoiled,
        { ...spoiled, opening: 'not json' },
        { ...spoiled, ...second, opening: '[]' },
        // The opened vote is cast as well.
        { ballot, credential },
      ].map((more, at) => slotOf(at, more)),
    ),
    200,
  )
  const { ballot: _, ...bare } = slotOf(99, { state: 'open', slip: 'none', credential: roll[4]! })
  await send([bare])
  deepEqual(station.boxes.ballots().challenged, [{ ballot, record }])
  const expected = [
    ...['copy', 'copy', 'copy', 'election', 'form', 'form', 'form', 'opened', 'opening', 'opening'].map(
      (why) => `booth-2 ${why}`,
    ),
  ]
  deepEqual(whys(world), expected)
  equal(typeof recordHead(station)?.commitment, 'string')

  world.clock.now = `${made.package.election.date}T06:30:00Z`
  await world.agree('/close', {}, two(world))
  await world.agree('/boxes/booth-1', { 'cast-booth-1': '3' }, two(world))
  await world.agree('/boxes/booth-2', { 'cast-booth-2': '7' }, two(world))
  await world.post('/by-hand', { unused: '7', slips: '3', slipsVoid: '0', replaced: '0' })
  match(await world.get('/sheet?lang=en'), /sessions of Booth 2 do not prove their token/)
  for (const law of ['used', 'pending'])
    await world.agree(`/sheet/explain/${law}`, { [`note-${law}`]: 'Bilik 2 mengirim isi yang tidak sah.' }, two(world))
  equal((await world.agree('/sheet/sign', {}, [world.officer('chair')])).to, '/')
  await world.agree('/tally', {}, two(world))
  const [cards, reader] = ['cards', 'reader'].map((name) => path.join(world.folder, name)) as [string, string]
  for (const id of world.trustees.slice(0, 3)) {
    insertCard(cards, reader, id)
    await world.post('/cards', { pin: testPin })
  }
  insertCard(cards, reader, undefined)
  await world.post('/result/count')
  await world.agree('/result/sign', {}, two(world))
  await world.agree('/hand-over/record', {}, [world.officer('chair')])
  await world.post('/hand-over/usb')
  const source = bytesSource(readFileSync(path.join(world.folder, 'stick/tps-1.record')))
  const { findings, result } = await verifyRecord(source, { centre: made.centre.key })
  deepEqual([findings, result?.votes, result?.counts.cast, result?.counts.spoiled], [[], [2, 1], 3, 1])
  const logs = await verifyRestricted(source, await restrictedOf(world), cardOf(world, 'supervisor'))
  deepEqual([logs.findings, logs.opened], [[], 1])
  const entry = (await readContainer(source)).entries.find(({ name }) => name === 'refused.json')!
  const refused: RefusedBallot[] = JSON.parse(Buffer.from(await source.read(entry.offset + 512, entry.size)).toString())
  deepEqual(refused.map(({ why }) => `booth-2 ${why}`).sort(), expected)
})

test('a booth that never saw a token cannot make it look used: the others go on, and the chair is told which booth it is', async () => {
  const { world, honest, hostile, slots, send } = await openDay()
  const { made } = world
  const used = async (device: DayDevice) => JSON.parse((await world.ask(device, '/hub/used')).text).used
  const marks = (list: readonly { credential: string }[]) => list.map(({ credential }) => usedMark(credential)).sort()
  equal((await world.get('/?lang=en')).includes('do not prove their token'), false)
  // Another's proof is none, and neither is one that was made without the token.
  const electionGroup = openGroup('Ed25519')
  const fingerprint = electionFingerprint(made.package.ballot.election)
  const prove = (secret: bigint, credential: string) =>
    proveToken(electionGroup, fingerprint, { secret, credential }, platformRandom)
  const own = challengedBallot(world, 5)
  const { uuid } = readElection(made.package.ballot.election)
  const secret = secretExponent(electionGroup.order, uuid, credentialOf(made.tokens[5]!))
  const proof = prove(secret, own.credential)
  const open = { state: 'open', slip: 'none', ballot: undefined } as const
  const without = ({ ballot: _, ...slot }: Slot): Slot => slot
  await send(
    rollOf(world)
      .filter((credential) => credential !== own.credential)
      .flatMap((credential, at) =>
        [{}, { proof }, { proof: prove(7n, credential) }].map((more, which) =>
          without(slotOf(10 * at + which, { ...open, ...more, credential })),
        ),
      ),
  )
  // What its own voter gave it, it has: that token is used.
  await send([without(slotOf(999, { ...open, credential: own.credential, proof }))])
  deepEqual(await used(honest), marks([own]))
  deepEqual(await used(hostile), marks(slots))
  deepEqual(world.station.boxes.copied(), [])
  match(await world.get('/?lang=en'), /27 sessions of Booth 2 do not prove their token\. Stop that booth/)
  match(await world.get('/?lang=id'), /27 sesi dari Bilik 2 tidak membuktikan tokennya/)
  // There is one session for officers to decide, not one for each that was made up.
  deepEqual(
    world.station.boxes.undecided().map(({ slot }) => slot.credential),
    [own.credential],
  )
})

test('a booth proves each token that it takes: a session that has no ballot yet is known at the other booths', async () => {
  const { world } = await openDay()
  const { package: content, hash, tokens } = world.made
  const keys = newSigningKey()
  const box = openBox([memoryMedium('ssd'), memoryMedium('usb')], boxPlan(content, hash))
  const keeper = openKeeper({
    package: content,
    packageHash: hash,
    box,
    log: openChain([memoryMedium('log')], 'booth-2', keys, hash),
    outside: { stage: () => 'open', deskKey: () => keys.key, usedElsewhere: () => false, give: async () => true },
    now: Date.now,
  })
  keeper.paperTested(true, [])
  const voter = openVoter({
    package: content,
    booth: openBooth(content.ballot.election),
    printer: openSimulatedPrinter({ folder: path.join(world.folder, 'slips') }),
    papers: papersOf(content),
    ask: keeper.answer,
    random: platformRandom,
    now: Date.now,
  })
  await voter.take(`${tokens[6]!} ${stampText(makeStamp('desk-1', keys, hash, Date.now()))}`)
  equal(voter.view().state, 'choosing')
  world.station.boxes.take('booth-2', box.export())
  const credential = publicHalf(content.ballot.election, credentialOf(tokens[6]!))
  deepEqual(world.station.boxes.usedElsewhere('booth-1'), [credential])
  // The proof lies on the media: after a cut it is still there.
  await world.restart()
  deepEqual(world.station.boxes.usedElsewhere('booth-1'), [credential])
  deepEqual([...world.station.boxes.unproven()], [])
})
