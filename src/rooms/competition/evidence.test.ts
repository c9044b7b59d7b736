import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { newId } from '#platform/ids.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { shippedRounds } from './domain/shipped-rounds.ts'

const y2017 = shippedRounds().find((round) => round.key === '2017')!
const y2021 = shippedRounds().find((round) => round.key === '2021')!
const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n')
const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex')

describe('competition: evidence', () => {
  let world: World
  let agency: string
  let unit: string
  let round: string
  let writer: string
  let upp: Awaited<ReturnType<World['as']>>
  before(async () => {
    world = await aWorld()
    agency = await world.anAgency()
    unit = await world.aUnit(agency)
    writer = await world.aPerson('unit', { agency, unit })
    upp = await world.as(writer)
    round = await world.aRound(y2017, { key: '2017' })
  })
  after(() => world.drop())

  const aDraft = (options: Parameters<World['aProposal']>[1] = {}) => world.aProposal({ agency, unit, round }, options)
  const path = (id: string) => `/competition/proposals/${id}`
  function upload(id: string, question: string, name: string, bytes: Buffer, as = upp) {
    const body = new FormData()
    body.set('question', question)
    body.set('once', newId())
    body.set(`file-${question}`, new File([new Uint8Array(bytes)], name))
    return as.send('POST', `${path(id)}/evidence`, body)
  }
  const kept = async (id: string) =>
    (
      await world.db
        .selectFrom('competition.evidence')
        .select(['kind', 'label', 'question', 'link', 'removed'])
        .where('proposal', '=', id)
        .orderBy('at')
        .orderBy('label')
        .execute()
    ).map((item) => `${item.question} ${item.kind} ${item.link ?? item.label}${item.removed ? ' (removed)' : ''}`)

  it('is what its bytes say, whatever its name says', async () => {
    const id = await aDraft()
    assert.equal((await upload(id, 'dampak', 'laporan.pdf', pdf)).status, 303)
    assert.equal((await upload(id, 'dampak', 'foto.pdf', png)).status, 303)
    assert.equal((await upload(id, 'dampak', 'laporan.pdf', Buffer.from('<script>alert(1)</script>'))).status, 422)
    assert.equal((await upload(id, 'dampak', 'kosong.pdf', Buffer.alloc(0))).status, 422)
    assert.deepEqual(await kept(id), ['dampak photo foto.pdf', 'dampak pdf laporan.pdf'])
  })

  it('keeps to the question: its kinds, its number, its size', async () => {
    const id = await aDraft()
    assert.equal((await upload(id, 'ringkasan', 'laporan.pdf', pdf)).status, 422)
    assert.equal((await upload(id, 'tidak-ada', 'laporan.pdf', pdf)).status, 422)
    const big = Buffer.concat([pdf, Buffer.alloc(2 * 1_048_576)])
    assert.equal((await upload(id, 'dampak', 'besar.pdf', big)).status, 409)
    const five = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => upload(id, 'dampak', `${n}.pdf`, pdf)))
    assert.deepEqual(five.map(({ status }) => status).sort(), [303, 303, 303, 303, 303, 409])
  })

  it('takes links over https alone', async () => {
    const id = await aDraft()
    const link = (address: string) =>
      upp.post(`${path(id)}/evidence/link`, { question: 'dampak', link: address, label: 'Video' })
    assert.equal((await link('https://youtu.be/contoh')).status, 303)
    for (const bad of ['http://youtu.be/contoh', 'javascript:alert(1)', 'youtu.be', ''])
      assert.equal((await link(bad)).status, 422, bad)
    assert.deepEqual(await kept(id), ['dampak link https://youtu.be/contoh'])
  })

  it('is given out with its kind and no other, to those who may read the proposal', async () => {
    const id = await aDraft()
    await upload(id, 'dampak', 'laporan "akhir" 2017.pdf', pdf)
    const { id: item } = await world.db
      .selectFrom('competition.evidence')
      .select('id')
      .where('proposal', '=', id)
      .executeTakeFirstOrThrow()
    const address = `${path(id)}/evidence/${item}`
    const answer = await upp.get(address)
    assert.equal(answer.status, 200)
    assert.deepEqual(
      ['content-type', 'content-disposition', 'x-content-type-options'].map((name) => answer.headers.get(name)),
      ['application/pdf', "inline; filename*=UTF-8''laporan%20%22akhir%22%202017.pdf", 'nosniff'],
    )
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), pdf)
    const stranger = await world.as(await world.aPerson('unit', { agency, unit: await world.aUnit(agency) }))
    assert.equal((await stranger.get(address)).status, 404)
    assert.equal((await upp.get(`${path(await aDraft())}/evidence/${item}`)).status, 404)
  })

  it('can be removed while it is written, and stays known', async () => {
    const id = await aDraft()
    await upload(id, 'dampak', 'laporan.pdf', pdf)
    const { id: item } = await world.db
      .selectFrom('competition.evidence')
      .select('id')
      .where('proposal', '=', id)
      .executeTakeFirstOrThrow()
    const remove = () => upp.post(`${path(id)}/evidence/${item}/remove`)
    const two = await Promise.all([remove(), remove()])
    assert.deepEqual(two.map(({ status }) => status).sort(), [303, 409])
    assert.deepEqual(await kept(id), ['dampak pdf laporan.pdf (removed)'])
    const sent = await aDraft({ state: 'with-local-admin' })
    assert.equal((await upload(sent, 'dampak', 'laporan.pdf', pdf)).status, 409)
  })

  it('goes on where it was cut off, and is attached once although the last piece comes twice', async () => {
    const id = await aDraft()
    const begun = await upp.json('POST', `${path(id)}/uploads`, { question: 'dampak', name: 'a.pdf', size: pdf.length })
    const { href } = (await begun.json()) as { href: string }
    const piece = (from: number, to: number, as = upp) =>
      as.send('PUT', `${href}&offset=${from}`, new Uint8Array(pdf.subarray(from, to)))
    assert.deepEqual(await (await piece(0, 20)).json(), { got: 20, done: false })
    assert.deepEqual(await (await piece(10, 30)).json(), { kind: 'upload-out-of-step', got: 20 })
    assert.deepEqual(await (await upp.get(href)).json(), { got: 20, size: pdf.length, done: false })
    const colleague = await world.as(await world.aPerson('unit', { agency, unit }))
    assert.equal((await piece(20, pdf.length, colleague)).status, 409)
    const last = await Promise.all([piece(20, pdf.length), piece(20, pdf.length)])
    for (const answer of last) assert.deepEqual(await answer.json(), { got: pdf.length, done: true })
    assert.deepEqual(await kept(id), ['dampak pdf a.pdf'])
  })

  it('is used once more from the unit’s other proposals, never from another unit’s', async () => {
    const earlier = await aDraft({ title: 'Tahun lalu' })
    await upload(earlier, 'dampak', 'lama.pdf', pdf)
    const neighbour = await world.aUnit(agency)
    const other = await world.as(await world.aPerson('unit', { agency, unit: neighbour }))
    const foreign = await world.aProposal({ agency, unit: neighbour, round })
    await upload(foreign, 'dampak', 'rahasia.pdf', pdf, other)
    const ids = await world.db
      .selectFrom('competition.evidence')
      .select(['id', 'label', 'file'])
      .where('label', 'in', ['lama.pdf', 'rahasia.pdf'])
      .orderBy('label')
      .execute()
    const draft = await aDraft()
    const page = await (await upp.get(`${path(draft)}/reuse/dampak`)).text()
    assert.match(page, /lama\.pdf/)
    assert.doesNotMatch(page, /rahasia\.pdf/)
    const reuse = (evidence: string) => upp.post(`${path(draft)}/evidence/reuse`, { question: 'dampak', evidence })
    assert.equal((await reuse(ids[1]!.id)).status, 404)
    assert.equal((await reuse(ids[0]!.id)).status, 303)
    const row = await world.db
      .selectFrom('competition.evidence')
      .select(['file', 'label'])
      .where('proposal', '=', draft)
      .executeTakeFirstOrThrow()
    assert.deepEqual(row, { file: ids[0]!.file, label: 'lama.pdf' })
  })

  it('lets a replication name what it copies and add the signed statement of its owner', async () => {
    const of = { agency, unit, round: await world.aRound(y2021, { key: '2021' }) }
    world.clock.set(new Date(y2021.calendar.opens))
    upp = await world.as(writer)
    const category = y2021.categories[0]!.key
    const id = await world.aProposal(of, { title: 'Perahu Sehat Kami', category })
    const winner = newId()
    await world.db
      .insertInto('competition.winner')
      .values({
        id: winner,
        innovation: winner,
        name: 'Perahu Sehat',
        agency_name: 'Kabupaten Lain',
        region_name: 'Maluku',
        year: 2018,
        level: 'Top 99',
        summary: 'Perahu',
        source: 'uji',
      })
      .execute()
    assert.match(await (await upp.get(`${path(id)}/origin?q=perahu`)).text(), /Kabupaten Lain/)
    assert.equal((await upload(id, ':statement', 'pernyataan.pdf', pdf)).status, 422)
    const declare = (revision: string, kind = 'replication') =>
      upp.post(`${path(id)}/origin`, { kind, winner, revision })
    assert.equal((await declare('1')).status, 303)
    assert.equal((await declare('1')).status, 409)
    const row = await world.db
      .selectFrom('competition.proposal')
      .select(['group_key', 'source', 'winner', 'revision'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    assert.deepEqual(row, { group_key: 'replikasi', source: winner, winner: null, revision: 2 })
    assert.match(await (await upp.get(path(id))).text(), /pernyataan/i)
    assert.equal((await upload(id, ':statement', 'pernyataan.pdf', png)).status, 422)
    assert.equal((await upload(id, ':statement', 'pernyataan.pdf', pdf)).status, 303)
    assert.deepEqual(await kept(id), [':statement pdf pernyataan.pdf'])
    assert.match(await (await upp.get(`${path(id)}/preview`)).text(), /pernyataan\.pdf/)
  })
})
