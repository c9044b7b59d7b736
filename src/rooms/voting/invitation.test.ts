import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { invitationCode } from '@melayani/polling/format'
import { queriesOf } from '#platform/db.ts'
import { fillMade } from '#platform/files.ts'
import { drain } from '#platform/jobs.ts'
import { readPdf } from '../../../test/pdf-text.ts'
import { aVillage, fixedRoll, type Village } from '../../../test/voting-world.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { type PrintOrder, partsOf } from './domain/roll/invitation.ts'
import { jobs } from './jobs.ts'
import { rollOf } from './store/roll/fixed.ts'

describe('voting: invitations', () => {
  let world: World
  let village: Village
  let ids: string[]
  before(async () => {
    world = await aWorld(new Date('2026-11-18T09:00:00+07:00'))
    village = await aVillage(world, { places: 2, candidates: 0 })
    ids = await fixedRoll(world, village, 7)
  })
  after(() => world.drop())

  const at = (rest = '') => `/voting/elections/${village.election}/roll/invitations${rest}`
  const as = (name?: string) => world.as(name && village.who[name])
  const get = async (name: string | undefined, address: string) => (await as(name)).get(address)
  const post = async (name: string | undefined, address: string, form: Record<string, string> = {}) =>
    (await as(name)).post(address, form)
  const textOf = async (address: string, name = 'member') =>
    (await (await get(name, address)).text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
  const bundle = () => `/deliver?tps=${village.places[0]}&hamlet=Krajan&rw=001&rt=001`
  const undelivered = async () =>
    (await (await get('member', at('/undelivered.csv'))).text())
      .trim()
      .split('\r\n')
      .slice(1)
      .map((row) => row.split(',').slice(0, 2).join('.'))

  it('are nobody else’s than the committee’s, and wait for the roll to be fixed', async () => {
    for (const page of ['', '/undelivered', '/print.pdf', bundle(), '/claim?code=x', `/voters/${ids[0]}`])
      assert.deepEqual(
        await Promise.all(['elsewhere', 'nobody'].map(async (name) => (await get(name, at(page))).status)),
        [404, 404],
      )
    const open = await aVillage(world, { places: 1, candidates: 0, of: village, village: '34.04.07.2002' })
    const page = await (await world.as(open.who.member)).get(`/voting/elections/${open.election}/roll/invitations`)
    assert.match(await page.text(), /dapat dicetak setelah DPT ditetapkan/)
    const paper = await (await world.as(open.who.member)).get(
      `/voting/elections/${open.election}/roll/invitations/print.pdf`,
    )
    assert.equal(paper.status, 404)
  })

  it('are printed three on a page with name, number, day, hour, place, colour and a square that opens nothing (R32)', async () => {
    const response = await get('member', at(`/print.pdf?tps=${village.places[0]}`))
    const paper = readPdf(await response.bytes())
    assert.equal(response.headers.get('cache-control'), 'no-store')
    assert.equal(paper.pages.length, 2)
    assert.equal(paper.missing, 0)
    for (const said of [
      'Pemilih Uji A1',
      'TPS 1',
      '22 November 2026',
      'Balai RW 1, Jalan Melati',
      'hijau',
      invitationCode(village.election, 1, 1),
      'Tanpa undangan ini Anda tetap dapat memilih dengan e-KTP',
      'TANDA TERIMA',
    ])
      assert.ok(paper.text.includes(said), said)
    // Five voters in five hours: one each, and the last hour free.
    const hours = [...paper.text.matchAll(/(\d\d\.\d\d)–\d\d\.\d\d WIB/g)].map(([, from]) => from)
    assert.deepEqual(hours, [...hours].sort())
    assert.equal(/999999/.test(paper.text), false)
    assert.equal(readPdf(await (await get('member', at(`/print.pdf?voter=${ids[0]}`))).bytes()).pages.length, 1)
  })

  it('are made in files beside everything else: two orders make one set, and an interrupted one goes on', async () => {
    const print = at(`/print/${village.places[0]}`)
    const files = () => world.db.selectFrom('log.file').select(['id', 'done', 'name']).execute()
    assert.match(await textOf(print), /4 undangan, sekitar 2 lembar .* Siapkan berkas/)
    assert.equal((await post('elsewhere', print)).status, 404)
    const both = await Promise.all([1, 2].map(async () => (await post('member', print)).status))
    assert.deepEqual(both, [303, 303])
    const [file, ...others] = await files()
    assert.deepEqual([file!.done, file!.name, others], [null, 'Undangan-TPS-1-nomor-1-4.pdf', []])
    const waits = await get('member', print)
    assert.equal(waits.headers.get('refresh'), '3')
    assert.match(await waits.text(), /0 dari 1 berkas siap/)
    assert.equal((await get('member', `${print}/1.pdf`)).status, 404)
    // A maker that stops half-way leaves nothing, and the next one makes it.
    await assert.rejects(
      fillMade(world.db, world.files, file!.id, () => Promise.reject(new Error('the power went'))),
      /power/,
    )
    await drain(world.address, world.db, jobs, world.files)
    const ready = await get('member', print)
    assert.equal(ready.headers.get('refresh'), null)
    assert.match(await ready.text(), /Semua berkas siap/)
    const part = await get('member', `${print}/1.pdf`)
    assert.equal(part.headers.get('cache-control'), 'no-store')
    const paper = readPdf(await part.bytes())
    assert.deepEqual([paper.pages.length, paper.text.includes('Pemilih Uji D4'), paper.missing], [2, true, 0])
    assert.equal((await get('elsewhere', `${print}/1.pdf`)).status, 404)
    // Ordered again nothing is made anew; after a week nothing is left.
    const before = await files()
    await post('member', print)
    await drain(world.address, world.db, jobs, world.files)
    assert.deepEqual(await files(), before)
    await jobs['voting.forget-invitations']!({ files: [file!.id] }, { db: world.db, files: world.files })
    assert.deepEqual(await files(), [])
    assert.equal((await get('member', `${print}/1.pdf`)).status, 404)
  })

  it('come in files of three hundred, which another roll, place or language does not share', () => {
    const order: PrintOrder = {
      ...{ election: village.election, tps: village.places[0]!, lang: 'id', village: 'Contoh', held: '2026-11-22' },
      ...{ zone: 'Asia/Jakarta', practice: false, place: 'Balai', placeAddress: 'Jalan 1', colour: 'hijau' },
      ...{ opens: '08:00', closes: '13:00', voters: 601, roll: 'a'.repeat(64) },
    }
    assert.deepEqual(
      partsOf(order).map(({ from, until }) => [from, until]),
      [
        [1, 300],
        [301, 600],
        [601, 601],
      ],
    )
    assert.deepEqual(partsOf(order), partsOf({ ...order }))
    const ids = [{}, { roll: 'b'.repeat(64) }, { lang: 'en' as const }, { place: 'Sekolah' }].flatMap((over) =>
      partsOf({ ...order, ...over }).map(({ id }) => id),
    )
    assert.equal(new Set(ids).size, 12)
    assert.deepEqual(partsOf({ ...order, voters: 0 }), [])
  })

  it('not delivered are a list that nobody can make shorter but by a receipt with a name (the seed’s first fault)', async () => {
    assert.deepEqual(await undelivered(), ['1.1', '1.2', '1.3', '1.4', '2.1', '2.2', '2.3'])
    const nothing = await post('member', at(bundle()), { [`receiver-${ids[0]}`]: 'Pak RT' })
    assert.deepEqual([nothing.status, (await nothing.text()).includes('value="Pak RT"')], [422, true])
    assert.equal((await post('regency', at(bundle()), { [`outcome-${ids[0]}`]: 'self' })).status, 403)
    assert.deepEqual((await undelivered()).length, 7)
    const form = {
      [`outcome-${ids[0]}`]: 'self',
      [`outcome-${ids[1]}`]: 'family',
      [`receiver-${ids[1]}`]: 'Ibu',
      [`outcome-${ids[2]}`]: 'not-found',
    }
    const both = await Promise.all([1, 2].map(async () => (await post('member', at(bundle()), form)).status))
    assert.deepEqual(both, [303, 303])
    assert.deepEqual(await undelivered(), ['1.3', '1.4', '2.1', '2.2', '2.3'])
    const notes = await world.db
      .selectFrom('voting.delivery')
      .select(['voter', 'n', 'outcome', 'receiver', 'by'])
      .where('outcome', '<>', 'not-found')
      .orderBy('outcome', 'desc')
      .execute()
    assert.deepEqual(notes, [
      { voter: ids[0], n: 1, outcome: 'self', receiver: null, by: village.who.member },
      { voter: ids[1], n: 1, outcome: 'family', receiver: 'Ibu', by: village.who.member },
    ])
    assert.match(await textOf(at('/undelivered')), /Pemilih Uji C3 TPS 1, 3 .* Tidak bertemu/)
    assert.match(await textOf(at()), /2 diterima \(29 %\)/)
    // Numbers of a round are in the log, names and receivers are not.
    const events = await world.db
      .selectFrom('log.event')
      .select('particulars')
      .where('name', '=', 'voting.invitation-noted')
      .execute()
    assert.equal(/Ibu|Pemilih/.test(JSON.stringify(events)), false)
  })

  it('not delivered bar nobody from voting: the desk has every voter of the roll', async () => {
    const roll = await rollOf(world.db, village.places[0]!)
    assert.ok(roll.ok)
    assert.deepEqual(
      roll.change.roll.voters.map(({ no }) => no),
      [1, 2, 3, 4],
    )
  })

  it('are claimed once with the square or the name, until the day before', async () => {
    const code = invitationCode(village.election, 1, 3)
    const found = await get('member', at(`/claim?code=${code}`))
    assert.equal(found.headers.get('location'), at(`/voters/${ids[2]}`))
    const typed = await get('member', at(`/claim?code=${encodeURIComponent(` ${code.toLowerCase()} `)}`))
    assert.equal(typed.headers.get('location'), at(`/voters/${ids[2]}`))
    assert.equal((await get('member', at(`/claim?code=${code.replace('.3.', '.4.')}`))).status, 422)
    assert.equal((await get('member', at(`/claim?code=${invitationCode(village.election, 1, 99)}`))).status, 422)
    const claim = async (id: string, name = 'member') =>
      (await post(name, at(`/voters/${id}`), { receiver: 'Sendiri' })).status
    assert.equal(await claim(ids[2]!, 'elsewhere'), 404)
    assert.deepEqual((await Promise.all([claim(ids[2]!), claim(ids[2]!)])).sort(), [303, 409])
    assert.deepEqual(await undelivered(), ['1.4', '2.1', '2.2', '2.3'])
    world.clock.set(new Date('2026-11-21T23:30:00+07:00'))
    assert.equal(await claim(ids[3]!), 303)
    world.clock.set(new Date('2026-11-22T00:10:00+07:00'))
    assert.equal(await claim(ids[4]!), 409)
    assert.deepEqual(await undelivered(), ['2.1', '2.2', '2.3'])
  })

  it('are read with the same number of queries, for one bundle and for all', async () => {
    const client = await as('member')
    const one = (await queriesOf(() => client.get(at(`/undelivered?tps=${village.places[0]}`)))).length
    assert.equal((await queriesOf(() => client.get(at('/undelivered')))).length, one)
  })
})

describe('voting: the queue planner', () => {
  let world: World
  let village: Village
  before(async () => {
    world = await aWorld(new Date('2026-11-18T09:00:00+07:00'))
    village = await aVillage(world, { places: 2, candidates: 0 })
  })
  after(() => world.drop())
  const textOf = async (query = '') => {
    const page = await (await world.as(village.who.member)).get(
      `/voting/elections/${village.election}/roll/queue${query}`,
    )
    return (await page.text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
  }

  it('warns while a village is planned that its devices are too few, and says how many would do (R43)', async () => {
    assert.match(await textOf(), /Belum ada TPS dengan pemilih/)
    await fixedRoll(world, village, 1000)
    assert.match(await textOf(), /Rencana semua TPS cukup/)
    await world.db.updateTable('voting.tps').set({ desks: 1, booths: 1 }).where('number', '=', 1).execute()
    const text = await textOf('?turnout=100&card=30&curve=rush')
    assert.match(
      text,
      /TPS 1: dengan 1 meja dan 1 bilik, pemilih terakhir selesai sekitar \d+ menit sesudah tutup\. Diperlukan \d+ meja, \d+ bilik/,
    )
    assert.equal(await textOf('?turnout=banyak'), await textOf())
  })
})
