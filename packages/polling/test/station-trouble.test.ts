import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { platformRandom, readBallot } from '@melayani/ballot'
import { bytesSource } from '@melayani/ballot/archive'
import { openBooth, readOpening, sealBallot } from '@melayani/ballot/cast'
import { type Act, hashOf, type TpsResult } from '../src/format/index.ts'
import { openChain } from '../src/media/chain.ts'
import { openMedium } from '../src/media/medium.ts'
import type { Slot } from '../src/media/slot.ts'
import { joinParts } from '../src/print/index.ts'
import {
  commitmentOf,
  openHead,
  type SealedHead,
  sayRecord,
  verifyRecord,
  verifyRestricted,
} from '../src/record/index.ts'
import { readResult, sheetNow } from '../src/station/closing.ts'
import { readRecord, resultInParts } from '../src/station/handing-over.ts'
import { recordHead } from '../src/station/heads.ts'
import { insertCard, testPin } from './cards.ts'
import { replay } from './recorded.ts'
import {
  cardOf,
  castSlots,
  deskRows,
  openDay,
  openStationWorld,
  restrictedOf,
  type StationWorld,
  sentSlots,
  two,
} from './station-world.ts'
import { credentialOf } from './tallied.ts'

/** Every file under the station's folder. */
const filesOf = ({ folder }: StationWorld) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => ({ name: each.name, text: readFileSync(path.join(each.parentPath, each.name), 'latin1') }))
const close = async (world: StationWorld, cast: number) => {
  world.clock.now = `${world.made.package.election.date}T06:30:00Z`
  await world.agree('/close', {}, two(world))
  await world.agree('/boxes/booth-1', { 'cast-booth-1': String(cast) }, two(world))
}

test('a token that went home, or a reprint whose first paper is nowhere, is a difference: no result before two officers have explained it', async () => {
  const { world, desk, booth } = await openDay()
  await world.tell(desk, '/hub/log', { lines: deskRows(world, desk, [1, 2, 3]) })
  // One slip was printed again: its first paper lies in an envelope of its own.
  const [first, second] = castSlots(world, [1, 2]).slots
  const slots = sentSlots(world.made, [{ ...first!, reprints: 1 }, second!])
  await world.tell(booth, '/hub/box', { box: 'x', slots })
  await close(world, 2)
  await world.post('/by-hand', { unused: '7', slips: '1', slipsVoid: '0', replaced: '0' })
  assert.deepEqual(sheetNow(world.station)?.unexplained, ['slips', 'reprints', 'issued'])
  // A slip that hands did not find makes no number of an hourly head fall.
  assert.deepEqual(recordHead(world.station)?.counts.slips, 2)
  await world.post('/by-hand', { unused: '7', slips: '2', slipsVoid: '0', replaced: '1' })
  assert.deepEqual(sheetNow(world.station)?.unexplained, ['issued'])
  assert.equal((await world.post('/sheet/sign')).status, 409)
  assert.equal((await world.post('/tally')).to, '/')
  assert.equal(world.station.state().tally, undefined)
  // One officer is not two, and the same one twice neither.
  await world.agree('/sheet/explain/issued', { 'note-issued': 'Satu token dibawa pulang.' }, [world.officer('chair')])
  await world.agree('/sheet/explain/issued', { 'note-issued': 'Satu token dibawa pulang.' }, [
    world.officer('chair'),
    world.officer('chair'),
  ])
  assert.deepEqual(world.station.state().differences, [])
  await world.agree('/sheet/explain/issued', { 'note-issued': 'Satu token dibawa pulang.' }, two(world))
  assert.equal((await world.agree('/sheet/sign', {}, [world.officer('chair')])).to, '/')
  assert.deepEqual(world.station.state().reconciled?.holds, false)
})

test('two explain one missing slip and no more: other counts are a new difference, and nothing is explained before the count or where all agrees', async () => {
  const { world, desk, booth } = await openDay()
  const explain = (law: string, cards = two(world)) =>
    world.agree(`/sheet/explain/${law}`, { [`note-${law}`]: 'Satu struk hilang.' }, cards)
  const count = (slips: number) =>
    world.post('/by-hand', { unused: '8', slips: `${slips}`, slipsVoid: '0', replaced: '0' })
  const unexplained = () => sheetNow(world.station)?.unexplained
  await world.tell(desk, '/hub/log', { lines: deskRows(world, desk, [1, 2]) })
  await world.tell(booth, '/hub/box', { box: 'x', slots: castSlots(world, [1, 2]).sent })
  assert.deepEqual((await explain('slips')).status, 409)
  await close(world, 2)
  assert.deepEqual((await explain('slips')).status, 409)
  await count(1)
  assert.deepEqual((await explain('issued')).status, 409)
  assert.deepEqual(world.station.state().differences, [])
  assert.equal((await explain('slips')).to, '/sheet')
  assert.deepEqual(unexplained(), [])
  assert.deepEqual(sheetNow(world.station)!.sheet.differences, [
    { law: 'slips', left: 2, right: 1, note: 'Satu struk hilang.' },
  ])
  // Whoever is at the keyboard types another number: that was explained by nobody.
  await count(0)
  assert.deepEqual(unexplained(), ['slips'])
  assert.equal((await world.post('/sheet/sign')).status, 409)
  // Nor does a number that changes between two cards become explained.
  const begun = await world.post('/sheet/explain/slips', { 'note-slips': 'Dua struk hilang.' })
  const [chair, officer] = two(world)
  const [cards, reader] = ['cards', 'reader'].map((name) => path.join(world.folder, name))
  insertCard(cards!, reader!, chair)
  await world.post(begun.to, { pin: testPin })
  await count(1)
  insertCard(cards!, reader!, officer)
  assert.match((await world.post(begun.to, { pin: testPin })).text, /Angka/)
  insertCard(cards!, reader!, undefined)
  assert.deepEqual(unexplained(), [])
  assert.equal(world.station.state().differences.length, 1)
})

test('a void slip that a booth has printed is missing from its envelope: the sheet says so', async () => {
  const { world, desk, booth } = await openDay()
  await world.tell(desk, '/hub/log', { lines: deskRows(world, desk, [1, 2]) })
  const [first, second] = castSlots(world, [1, 2]).slots
  const slots = sentSlots(world.made, [{ ...first!, state: 'void', slip: 'void' }, second!])
  await world.tell(booth, '/hub/box', { box: 'x', slots })
  await close(world, 1)
  const count = (slipsVoid: string) => world.post('/by-hand', { unused: '8', slips: '1', slipsVoid, replaced: '0' })
  const law = () => {
    const { sheet, unexplained } = sheetNow(world.station)!
    return [sheet.counts.slipsVoid, sheet.voidSlips, unexplained]
  }
  await count('0')
  assert.deepEqual(law(), [1, 0, ['slips-kept', 'issued']])
  assert.match(await world.get('/sheet?lang=en'), /void slips that were printed are all in the envelope/)
  await count('1')
  assert.deepEqual(law(), [1, 1, ['issued']])
  await count('2')
  assert.deepEqual(law(), [1, 2, ['slips-void', 'issued']])
})

test('a desk and its stick are lost, and more have voted than are known to have come: explained by two it is printed, and its record is sound', async () => {
  const { world, desk, booth } = await openDay()
  await world.tell(desk, '/hub/log', { lines: deskRows(world, desk, [1, 2]) })
  await world.tell(booth, '/hub/box', { box: 'x', slots: castSlots(world, [1, 1, 2]).sent })
  await close(world, 3)
  await world.post('/by-hand', { unused: '7', slips: '3', slipsVoid: '0', replaced: '0' })
  assert.deepEqual(sheetNow(world.station)?.unexplained, ['issued', 'pool'])
  for (const law of ['issued', 'pool'])
    await world.agree(`/sheet/explain/${law}`, { [`note-${law}`]: 'Meja 1 hilang bersama catatannya.' }, two(world))
  await world.agree('/sheet/sign', {}, [world.officer('chair')])
  await world.get('/tally')
  await world.agree('/tally', {}, two(world))
  for (const id of world.trustees.slice(0, 3)) {
    insertCard(path.join(world.folder, 'cards'), path.join(world.folder, 'reader'), id)
    await world.post('/cards', { pin: testPin })
  }
  insertCard(path.join(world.folder, 'cards'), path.join(world.folder, 'reader'), undefined)
  await world.post('/result/count')
  await world.agree('/result/sign', {}, two(world))
  const result = JSON.parse(readResult(world.station)!.text) as TpsResult
  assert.deepEqual([result.votes, result.present, result.reconciled], [[2, 1, 0], 2, false])
  // What was counted by proofs is corrected by nobody at the polling place.
  assert.equal((await world.get('/result?lang=en')).includes('Count the slips again'), false)
  assert.equal((await world.post('/result/slips', { reason: 'Salah.' })).to, '/')
  assert.equal((await world.post('/result/correct', { reason: 'Salah.' })).status, 404)
  assert.deepEqual(await world.post('/result/print').then(({ status, to }) => [status, to]), [303, '/result'])
  const papers = readdirSync(path.join(world.folder, 'paper')).filter((name) => /^result-.*\.txt$/.test(name))
  assert.equal(papers.length, world.made.package.rules.copies.length)
  await world.agree('/hand-over/record', {}, [world.officer('chair')])
  await world.post('/hand-over/usb')
  const file = readFileSync(path.join(world.folder, 'stick/tps-1.record'))
  assert.deepEqual((await verifyRecord(bytesSource(new Uint8Array(file)))).findings, [])
})

test('T5: more tokens out than people present is said at once, in the numbers; one that comes back is no longer one of them', async () => {
  const { world, desk } = await openDay()
  const chain = openChain(
    [openMedium('desk-1', path.join(world.folder, 'desk'))],
    desk.device,
    desk.key,
    world.made.hash,
  )
  const tell = async (...acts: readonly Act[]) => {
    for (const act of acts) chain.append(act)
    await world.tell(desk, '/hub/log', { lines: chain.lines })
    const said = /Tokens issued (\d+), voters present (\d+)\./.exec(await world.get('/?lang=en'))
    return said && [Number(said[1]), Number(said[2])]
  }
  const checkIn = (voter: number): Act => ({ kind: 'check-in', voter, method: 'typed-nik' })
  const issue = (voter: number): Act => ({ kind: 'token-issued', voter })
  assert.equal(await tell(checkIn(1), issue(1), checkIn(2), issue(2)), null)
  // A token without anybody who came for it.
  assert.deepEqual(await tell(issue(3)), [3, 2])
  assert.match(await world.get('/?lang=id'), /Token terbit 3, pemilih hadir 2\./)
  assert.deepEqual(await tell(issue(4)), [4, 2])
  assert.deepEqual(await tell({ kind: 'token-returned', voter: 4 }), [3, 2])
  assert.equal(await tell(checkIn(3)), null)
})

test('R57: a ballot that does not hold is stored, named with its reason and not counted; each reason once', async () => {
  const { world, desk, booth } = await openDay({ voters: 20, reserve: 4 })
  await world.tell(desk, '/hub/log', { lines: deskRows(world, desk, [1, 2, 3, 4, 5]) })
  const { made } = world
  const plain = (slot: Slot) => JSON.parse(slot.ballot!)
  /** One vote each, by tokens of their own. */
  const [good, form, spelling, uuid, hash, member, proof, order, signature, credential, roll, first] = castSlots(
    world,
    Array(12).fill(1),
  ).slots as [Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot, Slot]
  const altered = (slot: Slot, change: (ballot: ReturnType<typeof plain>) => void): Slot => {
    const ballot = plain(slot)
    change(ballot)
    return { ...slot, ballot: JSON.stringify(ballot) }
  }
  const more = (number: string) => String(BigInt(number) + 1n)
  const stranger = openBooth(made.package.ballot.election).encrypt(
    '11111-222222-33333-444444',
    [[0, 1, 0, 0]],
    platformRandom,
  ).text
  // The ciphertexts of a ballot that was opened, under another token (T23): everybody could read this vote.
  const twin = (token: number) =>
    openBooth(made.package.ballot.election).encrypt(credentialOf(made.tokens[token]!), [[0, 1, 0, 0]], replay())
  const [cast, challenged] = [twin(20).text, sealBallot(twin(21)).spoil()]
  const { ballot: opened } = readOpening(challenged)
  const given: [string, Slot][] = [
    ['good', good],
    ['form', altered(form, (ballot) => delete ballot.answers)],
    ['form', { ...spelling, ballot: `${spelling.ballot} ` }],
    ['election', altered(uuid, (ballot) => (ballot.election_uuid += '1'))],
    ['election', altered(hash, (ballot) => (ballot.election_hash = ballot.signature.hash))],
    ['member', altered(member, ({ answers }) => (answers[0].choices[0].beta = 'f'.repeat(64)))],
    [
      'proof',
      altered(proof, ({ answers }) => {
        const [part] = answers[0].individual_proofs[0]
        part.response = more(part.response)
      }),
    ],
    ['proof', altered(order, ({ answers }) => answers[0].choices.reverse())],
    ['signature', altered(signature, ({ signature: { proof: part } }) => (part.response = more(part.response)))],
    ['credential', { ...credential, credential: good.credential }],
    ['roll', { ...roll, credential: readBallot(stranger).credential, ballot: stranger }],
    ['twice', first],
    // A second ballot of the same token, as a revote would be.
    ['twice', { ...castSlots(world, [2], 11).slots[0]!, id: 'a'.repeat(32) }],
    ['copy', { ...good, id: 'b'.repeat(32) }],
    ['opened', { ...good, id: 'c'.repeat(32), credential: readBallot(cast).credential, ballot: cast }],
  ]
  const uji: Slot = {
    ...good,
    state: 'spoiled',
    slip: 'none',
    credential: readBallot(opened).credential,
    ballot: opened,
  }
  given.push(
    ['challenged', { ...uji, id: 'd'.repeat(32), opening: JSON.stringify(JSON.parse(challenged).opening) }],
    ['opening', { ...uji, id: 'e'.repeat(32), opening: '[]' }],
  )
  const slots = sentSlots(
    made,
    given.map(([, slot]) => slot),
  )
  assert.equal((await world.tell(booth, '/hub/box', { box: 'x', slots })).status, 200)
  const judged = world.station.boxes.ballots()
  assert.deepEqual([judged.good, judged.challenged], [[good.ballot], [{ ballot: opened, record: challenged }]])
  const said = new Map(judged.refused.map(({ slot, why }) => [slot, why as string]))
  assert.deepEqual(
    given.map(([, { id }]) => said.get(id)),
    given.map(([why]) => (why === 'good' || why === 'challenged' ? undefined : why)),
  )
  assert.match(await world.get('/?lang=en'), /are not valid and are not counted/)
})

test('a stranger, a desk and a practice device bring nothing into the box', async () => {
  const { world, desk, booth } = await openDay()
  const { sent, slots } = castSlots(world, [1])
  assert.equal((await world.tell(desk, '/hub/box', { box: 'x', slots: sent })).status, 403)
  assert.equal((await world.tell({ ...booth, key: desk.key }, '/hub/box', { box: 'x', slots: sent })).status, 401)
  const practice = sentSlots({ ...world.made, hash: hashOf('practice') }, slots)
  assert.equal((await world.tell(booth, '/hub/box', { box: 'x', slots: practice })).status, 409)
  assert.deepEqual(world.station.counts().cast, 0)
  const body = JSON.stringify({ as: 'booth', key: 'a'.repeat(64), package: hashOf('practice') })
  assert.equal((await world.hub.request('/hub/join', { method: 'POST', body })).status, 409)
})

test('the same day whatever order the ballots came in: one archive, byte for byte, and one tally', async () => {
  const { world, desk, booth } = await openDay()
  await world.tell(desk, '/hub/log', { lines: deskRows(world, desk, [1, 2, 3]) })
  const { sent } = castSlots(world, [1, 2, 3])
  for (const slot of [sent[2]!, sent[0]!, sent[1]!]) await world.tell(booth, '/hub/box', { box: 'x', slots: [slot] })
  const one = world.station.boxes.ballots().good
  const other = await openStationWorldLike(world, sent)
  assert.deepEqual(other, one)
  assert.deepEqual(
    one.map((text) => hashOf(text)),
    one.map((text) => hashOf(text)).sort(),
  )
})

/** The ballots of another copy of the box that was filled in the order of the voters. */
async function openStationWorldLike(world: StationWorld, sent: readonly string[]) {
  const { Boxes } = await import('../src/station/boxes.ts')
  const { openGroup } = await import('@melayani/ballot')
  const media = ['x', 'y'].map((name) => openMedium(name, path.join(world.folder, name)))
  const boxes = new Boxes(world.made.package, world.made.hash, media, openGroup('Ed25519'))
  boxes.take(
    'booth-1',
    sent.map((slot) => Buffer.from(slot, 'base64')),
  )
  return boxes.ballots().good
}

test('an hourly head commits to the ballots only after so many more that a small group stays hidden', async () => {
  const { world, desk, booth } = await openDay({ voters: 6, reserve: 2, rules: { smallGroup: 2 } })
  await world.tell(desk, '/hub/log', { lines: deskRows(world, desk, [1, 2, 3]) })
  const { sent, slots } = castSlots(world, [1, 2, 3])
  await world.tell(booth, '/hub/box', { box: 'x', slots: sent.slice(0, 1) })
  assert.equal(recordHead(world.station)?.commitment, undefined)
  await world.tell(booth, '/hub/box', { box: 'x', slots: sent.slice(1, 2) })
  const head = recordHead(world.station)!
  assert.equal(head.number, 2)
  // The same numbers again are the same head, and no second line.
  assert.deepEqual(recordHead(world.station), head)
  const sealed = JSON.parse(world.station.files.text('head-2.sealed.json')!) as SealedHead[]
  assert.equal(sealed.length, 1)
  const opening = openHead(cardOf(world, 'supervisor'), world.made.hash, sealed[0]!)!
  const codes = [slots[1]!.ballot!, slots[0]!.ballot!].map((ballot) => hashOf(ballot))
  assert.deepEqual(opening.ballots, codes.toSorted())
  assert.equal(head.commitment, commitmentOf(opening.nonce, codes))
  // Nothing on a disk or a stick of the station has the nonce in clear, and no other card opens it.
  for (const { name, text } of filesOf(world)) assert.equal(text.includes(opening.nonce), false, name)
  assert.equal(
    openHead({ ...cardOf(world, 'supervisor'), unseal: () => undefined }, world.made.hash, sealed[0]!),
    undefined,
  )
  await world.tell(booth, '/hub/box', { box: 'x', slots: sent.slice(2) })
  assert.equal(recordHead(world.station)?.commitment, undefined)
})

test('keys lost beyond the threshold: the result comes from the slips, twice counted, and a correction keeps the old version', async () => {
  const { world, desk, booth } = await openDay()
  await world.tell(desk, '/hub/log', { lines: deskRows(world, desk, [1, 2, 3]) })
  await world.tell(booth, '/hub/box', { box: 'x', slots: castSlots(world, [1, 1, 0]).sent })
  await close(world, 3)
  await world.post('/by-hand', { unused: '7', slips: '3', slipsVoid: '0', replaced: '0' })
  await world.agree('/sheet/sign', {}, [world.officer('chair')])
  // While a ballot may still come into the box nothing is counted.
  assert.equal((await world.post('/result/slips', { 'count-1-1': '3' })).to, '/')
  await world.get('/tally')
  await world.agree('/tally', {}, two(world))
  // The tally was announced: nothing more comes into the box.
  assert.equal((await world.tell(booth, '/hub/box', { box: 'x', slots: castSlots(world, [2], 5).sent })).status, 409)
  insertCard(path.join(world.folder, 'cards'), path.join(world.folder, 'reader'), world.officer('operator'))
  assert.match((await world.post('/cards', { pin: testPin })).text, /tidak memegang kunci/)
  insertCard(path.join(world.folder, 'cards'), path.join(world.folder, 'reader'), undefined)
  assert.equal((await world.post('/result/count')).to, '/')

  const count = (a: readonly number[], b: readonly number[]) =>
    Object.fromEntries(
      [a, b].flatMap((numbers, counter) =>
        numbers.map((each, at) => [`count-${counter + 1}-${(at + 1) % numbers.length}`, String(each)]),
      ),
    )
  assert.equal((await world.post('/result/slips', count([2, 0, 0, 1], [2, 0, 1, 0]))).status, 422)
  assert.equal((await world.post('/result/slips', count([2, 1, 0, 1], [2, 1, 0, 1]))).status, 422)
  // The two who counted sign, then the chair and one officer sign the result. Nobody can read one slip.
  const counted = await world.agree('/result/slips', count([1, 0, 0, 1], [1, 0, 0, 1]), two(world))
  const present = async (id: string, to = counted.to) => {
    insertCard(path.join(world.folder, 'cards'), path.join(world.folder, 'reader'), id)
    return (await world.post(to, { pin: testPin })).status
  }
  assert.deepEqual([await present(world.officer('officer')), readResult(world.station)], [303, undefined])
  // Two officers without the chair are not enough.
  assert.deepEqual([await present(world.officer('officer', 1)), readResult(world.station)], [422, undefined])
  await present(world.officer('chair'))
  const first = readResult(world.station)!
  const result = JSON.parse(first.text) as TpsResult
  assert.deepEqual(
    [result.source, result.votes, result.blank, result.unreadable, result.archive, result.version],
    ['slips', [1, 0, 0], 1, 1, undefined, 1],
  )
  // One slip lay upside down. Without a reason, or with the numbers that stand, it is no correction; and until both have signed, none either.
  const reason = 'Satu struk terbalik.'
  const right = count([2, 0, 0, 1], [2, 0, 0, 1])
  assert.match(await world.get('/result?lang=en'), /Count the slips again/)
  for (const form of [right, { ...right, reason: ' ' }, { ...count([1, 0, 0, 1], [1, 0, 0, 1]), reason }])
    assert.equal((await world.post('/result/slips', form)).status, 422)
  const recounted = await world.agree('/result/slips', { ...right, reason }, two(world))
  await present(world.officer('officer'), recounted.to)
  assert.deepEqual(readResult(world.station), first)
  await present(world.officer('chair'), recounted.to)
  const second = JSON.parse(readResult(world.station)!.text) as TpsResult
  assert.deepEqual(second, {
    ...result,
    votes: [2, 0, 0],
    unreadable: 0,
    version: 2,
    corrects: { hash: hashOf(first.text), reason },
  })
  assert.deepEqual(readResult(world.station, 1), first)
  // The record has the hand count, and its verifier says where the result is from.
  await world.agree('/hand-over/record', {}, [world.officer('chair')])
  await world.post('/hand-over/usb')
  const stick = (name: string) => bytesSource(new Uint8Array(readFileSync(path.join(world.folder, 'stick', name))))
  const report = await verifyRecord(stick('tps-1.record'))
  assert.deepEqual(report.findings, [])
  assert.match(sayRecord(report, 'en').at(-1)!, /COUNT OF THE SLIPS BY HAND/)
  // An objection after the chair has signed: the record lacks it, and is signed once more.
  const objected = await world.agree('/objections', { text: 'Plano tidak terbaca.' }, [world.officer('witness')])
  assert.deepEqual([objected.to, readRecord(world.station)], ['/objections', undefined])
  await world.agree('/hand-over/record', {}, [world.officer('chair')])
  await world.post('/hand-over/usb')
  const later = await verifyRecord(stick('tps-1.record'))
  assert.deepEqual([later.findings, later.counts.signatures - report.counts.signatures], [[], 1])
  const logs = await verifyRestricted(stick('tps-1.record'), await restrictedOf(world), cardOf(world, 'supervisor'))
  assert.deepEqual(logs.findings, [])
  // A photograph of the plano taken, or taken again, after the chair has signed the record: it is signed once more, with it.
  const photos = [0xd9, 0xda].map((last) => Uint8Array.from([0xff, 0xd8, 0xff, last]))
  for (const photo of photos) {
    const body = new FormData()
    body.append('plano', new File([photo], 'plano.jpg', { type: 'image/jpeg' }))
    const begun = (await world.app.request('/result/plano', { method: 'POST', body })).headers.get('location')!
    insertCard(path.join(world.folder, 'cards'), path.join(world.folder, 'reader'), world.officer('chair'))
    await world.post(begun, { pin: testPin })
    assert.equal(readRecord(world.station), undefined)
    await world.agree('/hand-over/record', {}, [world.officer('chair')])
    await world.post('/hand-over/usb')
    const record = readFileSync(path.join(world.folder, 'stick', 'tps-1.record'))
    assert.deepEqual(
      [(await verifyRecord(stick('tps-1.record'))).findings, photos.map((each) => record.includes(Buffer.from(each)))],
      [[], photos.map((each) => each === photo)],
    )
  }
  const joined = joinParts(resultInParts(world.station).reverse())
  assert.deepEqual(joined.ok && JSON.parse(joined.text), readResult(world.station))
})

test('a medium that is pulled out stops nobody, is said, and is filled up when it is back', async () => {
  const { memoryMedium } = await import('./memory-medium.ts')
  const sticks = ['ssd', 'usb'].map((name) => memoryMedium(name))
  const world = await openStationWorld({ booths: 1, desks: 1 }, () => [...sticks])
  const booth = await world.join('booth')
  sticks[1]!.gone = true
  assert.equal((await world.tell(booth, '/hub/box', { box: 'x', slots: castSlots(world, [1]).sent })).status, 200)
  assert.match(await world.get('/?lang=en'), /The medium usb cannot be written/)
  sticks[1]!.gone = false
  await world.post('/rejoin')
  assert.deepEqual(
    world.station.media().map(({ state }) => state),
    ['good', 'good'],
  )
  // The other one is lost now: what came while the stick was out is on it.
  sticks[0]!.gone = true
  await world.restart()
  assert.equal(world.station.boxes.counts().cast, 1)
})
