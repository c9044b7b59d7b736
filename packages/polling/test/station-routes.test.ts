import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { boothIncidents } from '../src/booth/keeper.ts'
import { isOpen, openReader } from '../src/card/index.ts'
import { openBox } from '../src/media/box.ts'
import { openChain } from '../src/media/chain.ts'
import { openMedium } from '../src/media/medium.ts'
import type { Slot } from '../src/media/slot.ts'
import { boxPlan } from '../src/media/slot-size.ts'
import { answerOrder, readTallyOrder, writeTallyOrder } from '../src/trustee/answer.ts'
import { insertCard, testPin } from './cards.ts'
import { castSlots, deskRows, openDay, type StationWorld, sentSlots, two } from './station-world.ts'

const hour = (world: StationWorld, time: string) => {
  world.clock.now = `${world.made.package.election.date}T${time}:00Z`
}

const incidents = ({ station }: StationWorld) =>
  station.chain.entries.flatMap(({ act, by }) => (act.kind === 'incident' ? [[act.what, act.note, by?.length]] : []))
/** What stands in a field of the page, as a person would find it there. */
const typedIn = (text: string, name: string) =>
  new RegExp(`<textarea[^>]*name="${name}"[^>]*>([^<]*)</textarea>`).exec(text)?.[1]

test('what a booth noted of itself is said in words', async () => {
  const { world, booth } = await openDay()
  const medium = openMedium(booth.device, path.join(world.folder, booth.device))
  const log = openChain([medium], booth.device, booth.key, world.made.hash)
  for (const what of Object.values(boothIncidents)) log.append({ kind: 'incident', what, note: '' })
  await world.tell(booth, '/hub/log', { lines: log.lines })
  const pages = [await world.get('/incidents'), await world.get('/incidents?lang=en')]
  for (const what of Object.values(boothIncidents))
    assert.equal(
      pages.some((page) => page.includes(what)),
      false,
      what,
    )
  assert.match(pages[0]!, /Petugas menghentikan bilik</)
  assert.match(pages[1]!, /The booth stopped because its random numbers repeated</)
})

test('an incident: a kind and a text, what was typed stays, two officers sign, and two clicks write it once', async () => {
  const { world, desk } = await openDay()
  // Two desks noted one voter: that stays on the page, also when it comes back with a problem.
  const other = await world.join('desk')
  await world.tell(desk, '/hub/log', { lines: deskRows(world, desk, [3]) })
  await world.tell(other, '/hub/log', { lines: deskRows(world, other, [3]) })
  const note = 'Listrik padam sepuluh menit.'
  const wrong: Record<string, string>[] = [
    {},
    { what: 'power' },
    { what: 'power', note: '   ' },
    { note },
    { what: 'banjir', note },
    { what: 'toString', note },
    { what: 'power', note: 'x'.repeat(2001) },
  ]
  for (const form of wrong) {
    const refused = await world.post('/incidents', form)
    assert.equal(refused.status, 422, JSON.stringify(form))
    assert.equal(typedIn(refused.text, 'note'), form.note ?? '')
    assert.equal(/value="power"[^>]*checked|checked[^>]*value="power"/.test(refused.text), form.what === 'power')
    assert.match(refused.text, /Pemilih nomor 3 tercatat dua kali/)
  }
  const form = { what: 'power', note }
  // One officer, the same one twice, a witness: not two officers.
  for (const cards of [
    [world.officer('chair')],
    [world.officer('chair'), world.officer('chair')],
    [world.officer('chair'), world.officer('witness')],
  ])
    await world.agree('/incidents', form, cards)
  assert.deepEqual(incidents(world), [])
  // Pressed twice: two pages wait, one is signed, the other is left. The last PIN is sent twice as well.
  const [first] = [await world.post('/incidents', form), await world.post('/incidents', form)]
  const cards = path.join(world.folder, 'cards')
  const reader = path.join(world.folder, 'reader')
  for (const id of two(world)) {
    insertCard(cards, reader, id)
    await Promise.all([world.post(first.to, { pin: testPin }), world.post(first.to, { pin: testPin })])
  }
  insertCard(cards, reader, undefined)
  assert.deepEqual(incidents(world), [['power', note, 2]])
  assert.match(await world.get('/incidents?lang=en'), /Power failed\. Listrik padam sepuluh menit\./)
})

test('an objection keeps every word: too long a one is not cut but asked for in two, and only a witness signs it', async () => {
  const { world } = await openDay()
  const long = 'a'.repeat(5001)
  const refused = await world.post('/objections', { text: long })
  assert.deepEqual([refused.status, typedIn(refused.text, 'text')], [422, long])
  assert.equal((await world.post('/objections', { text: ' ' })).status, 422)
  const text = long.slice(1)
  await world.agree('/objections', { text }, [world.officer('chair')])
  assert.equal(world.station.state().objections, 0)
  await world.agree('/objections', { text }, [world.officer('witness')])
  const [filed] = JSON.parse(world.station.files.text('objections.json')!) as { text: string }[]
  assert.deepEqual([world.station.state().objections, JSON.parse(filed!.text).text], [1, text])
})

test('an extension: by the rule and the hour, with two officers, and two clicks extend once, however late it is', async () => {
  const plain = await openDay()
  hour(plain.world, '06:00')
  const none = await plain.world.post('/extend')
  assert.deepEqual([none.status, /tidak mengenal perpanjangan/.test(none.text)], [409, true])

  const { world } = await openDay({ rules: { quorum: [2, 3], extensions: [60, 30] } })
  const until = () => [world.station.state().until, world.station.state().extensions]
  hour(world, '05:59')
  assert.equal((await world.post('/extend')).status, 409)
  hour(world, '07:10')
  // Begun twice an hour and ten minutes late: by the clock the second would be another extension.
  const cards = path.join(world.folder, 'cards')
  const reader = path.join(world.folder, 'reader')
  const begun = [await world.post('/extend'), await world.post('/extend')]
  await world.agree('/extend', {}, [world.officer('chair')])
  assert.deepEqual(until(), ['13:00', 0])
  const said: number[] = []
  for (const { to } of begun)
    for (const id of two(world)) {
      insertCard(cards, reader, id)
      said.push((await world.post(to, { pin: testPin })).status)
    }
  insertCard(cards, reader, undefined)
  assert.deepEqual([said.at(-1), until()], [409, ['14:00', 1]])
  assert.equal((await world.agree('/extend', {}, two(world))).to, '/')
  assert.deepEqual(until(), ['14:30', 2])
  hour(world, '07:31')
  const last = await world.post('/extend?lang=en')
  assert.deepEqual([last.status, /No extension is left/.test(last.text)], [409, true])
})

test('a booth’s stick: nothing, rubbish, another package, an unknown booth, twice, too late; and what comes is compared again', async () => {
  const { world, desk, booth } = await openDay()
  const { made } = world
  await world.tell(desk, '/hub/log', { lines: deskRows(world, desk, [1, 2, 3]) })
  const { slots } = castSlots(world, [1, 2, 1])
  const open: Slot = { ...slots[2]!, state: 'pending' }
  // While the polls are open a session is its booth's: the station does not decide it over the voter's head.
  await world.tell(booth, '/hub/box', { box: 'x', slots: sentSlots(made, [slots[0]!, open]) })
  assert.equal((await world.post(`/sessions/${open.id}/void`)).to, '/sessions')
  assert.doesNotMatch(await world.get('/sessions'), /Batalkan</)
  hour(world, '06:30')
  await world.agree('/close', {}, two(world))
  await world.agree('/boxes/booth-1', { 'cast-booth-1': '1' }, two(world))
  assert.equal((await world.get('/boxes')).includes('cast-booth-1'), false)

  const stick = path.join(world.folder, 'stick')
  const take = async (device = 'booth-1') => {
    const { status, text } = await world.post(`/boxes/${device}/import`)
    return [status, /Impor selesai: ([^<]*)\./.exec(text)?.[1] ?? 'none']
  }
  const refused = [422, 'none']
  assert.deepEqual(await take(), refused)
  mkdirSync(stick, { recursive: true })
  assert.deepEqual(await take(), refused)
  writeFileSync(path.join(stick, 'box'), 'no box')
  assert.deepEqual(await take(), refused)
  rmSync(stick, { recursive: true })
  openBox([openMedium('stick', stick)], boxPlan(made.package, 'f'.repeat(64))).put(slots[1]!.credential)
  assert.deepEqual(await take(), refused)
  rmSync(stick, { recursive: true })
  openBox([openMedium('stick', stick)], boxPlan(made.package, made.hash)).importFrom(
    sentSlots(made, slots.slice(0, 2)).map((slot) => Buffer.from(slot, 'base64')),
  )
  assert.deepEqual(await take('booth-2'), refused)
  assert.equal(world.station.boxes.counts().cast, 1)
  assert.deepEqual(await take(), [200, '1 baru, 0 diperbarui, 1 sama, 0 ditolak'])
  assert.deepEqual(await take(), [200, '0 baru, 0 diperbarui, 2 sama, 0 ditolak'])

  // The number that two officers agreed to was of the box before: they compare it once more, and the sheet waits for it.
  assert.match(await world.get('/boxes'), /cast-booth-1/)
  assert.match(await world.get('/?lang=en'), /Compare each booth’s electronic box/)
  await world.post('/by-hand', { unused: '7', slips: '3', slipsVoid: '0', replaced: '0' })
  await world.agree('/boxes/booth-1', { 'cast-booth-1': '2' }, two(world))
  // Deciding a session is no new ballot: nothing is to be compared again.
  assert.equal((await world.post('/sheet/sign')).status, 409)
  await world.agree(`/sessions/${open.id}/cast`, {}, two(world))
  assert.equal((await world.agree('/sheet/sign', {}, [world.officer('chair')])).to, '/')
  await world.get('/tally')
  await world.agree('/tally', {}, two(world))
  assert.deepEqual(await take(), refused)
  // A booth that was started again sends what it has: the same is acknowledged, another ballot is not.
  assert.equal((await world.tell(booth, '/hub/box', { box: 'x', slots: sentSlots(made, slots) })).status, 200)
  assert.equal((await world.tell(booth, '/hub/box', { box: 'x', slots: castSlots(world, [2], 5).sent })).status, 409)
})

test('the key holder outside answers by a file: its request, wrong answers, the right one, twice; and it opens nothing alone', async () => {
  const { world, desk, booth } = await openDay()
  await world.tell(desk, '/hub/log', { lines: deskRows(world, desk, [1, 2]) })
  await world.tell(booth, '/hub/box', { box: 'x', slots: castSlots(world, [1, 0]).sent })
  assert.equal((await world.app.request('/cards/order.json')).status, 404)
  hour(world, '06:30')
  await world.agree('/close', {}, two(world))
  await world.agree('/boxes/booth-1', { 'cast-booth-1': '2' }, two(world))
  await world.post('/by-hand', { unused: '8', slips: '2', slipsVoid: '0', replaced: '0' })
  await world.agree('/sheet/sign', {}, [world.officer('chair')])
  await world.get('/tally')
  await world.agree('/tally', {}, two(world))

  const asked = await world.get('/cards/order.json')
  const request = readTallyOrder(asked)!
  const { order } = request
  assert.equal(order.announced.tally, world.station.state().tally)
  // A request whose hash is not that of its tally is no request: one hash would be read aloud and another tally opened.
  const other = { ...order, announced: { ...order.announced, tally: 'f'.repeat(64) } }
  assert.deepEqual(
    [readTallyOrder(writeTallyOrder({ ...request, order: other })), readTallyOrder('{}'), readTallyOrder('x')],
    [undefined, undefined, undefined],
  )

  const cards = path.join(world.folder, 'cards')
  const reader = path.join(world.folder, 'reader')
  const answerOf = (id: string, wanted = order) => {
    insertCard(cards, reader, id)
    const open = openReader(reader).card()!.open(testPin)
    const answer = isOpen(open) ? answerOrder(wanted, open) : undefined
    insertCard(cards, reader, undefined)
    return answer!
  }
  const send = async (content: unknown, as = 'answer') => {
    const form = new FormData()
    form.append(as, new File([typeof content === 'string' ? content : JSON.stringify(content)], 'jawaban.json'))
    const answer = await world.app.request('/cards/answer', { method: 'POST', body: form })
    return [answer.status, /Ditolak: ([^<]*)\./.exec(await answer.text())?.[1]] as const
  }
  const given = () => world.station.state().decrypted
  const good = answerOf(world.trustees[0]!)
  assert.ok('owner' in good && good.owner === 1)
  assert.deepEqual(answerOf(world.officer('operator')), { refused: 'card.no-key' })
  assert.deepEqual(await send('no JSON'), [422, 'form'])
  assert.deepEqual(await send({ owner: 1 }), [422, 'form'])
  assert.deepEqual(await send(good, 'other'), [422, 'form'])
  assert.deepEqual(
    await world.post('/cards/answer', { answer: JSON.stringify(good) }).then(({ status }) => status),
    422,
  )
  // Under another holder's number, or with a proof of something else, it is not theirs.
  for (const wrong of [
    { ...good, owner: 2 },
    { ...good, owner: 99 },
    { ...good, decryption: '{}' },
    { ...good, stronger: good.stronger.replace(/"tally":"./, '"tally":"-') },
  ])
    assert.equal((await send(wrong))[0], 422, JSON.stringify(wrong).slice(0, 80))
  assert.deepEqual(given(), [])
  assert.deepEqual([(await send(good))[0], (await send(good))[0], given()], [303, 303, [1]])
  assert.equal(world.station.chain.entries.filter(({ act }) => act.kind === 'decrypted').length, 1)
  assert.match(await world.get('/cards?lang=en'), /Still needed/)
  assert.equal((await world.post('/result/count')).to, '/')
  for (const id of world.trustees.slice(1, 3)) assert.equal((await send(answerOf(id)))[0], 303)
  assert.equal((await world.post('/result/count')).to, '/result')
  assert.match(readFileSync(path.join(world.folder, 'ssd', 'verification.json'), 'utf8'), /"verdict":"sound"/)
})
