import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { aWorld, type World } from '../../../test/world.ts'
import { shippedRounds } from './domain/shipped-rounds.ts'

const rules = shippedRounds().find((round) => round.key === '2017')!

describe('competition: unit and local admin, back and forth', () => {
  let world: World
  let agency: string
  let unit: string
  let round: string
  let upp: Awaited<ReturnType<World['as']>>
  let local: Awaited<ReturnType<World['as']>>
  before(async () => {
    world = await aWorld()
    agency = await world.anAgency()
    unit = await world.aUnit(agency)
    upp = await world.as(await world.aPerson('unit', { agency, unit }, 'Sari'))
    local = await world.as(await world.aPerson('local-admin', { agency }, 'Pak Made'))
    round = await world.aRound(rules, { key: '2017' })
  })
  after(() => world.drop())

  const stateOf = async (id: string) =>
    (await world.db.selectFrom('competition.proposal').select('state').where('id', '=', id).executeTakeFirstOrThrow())
      .state

  it('shows a comment beside its question, until either side settles it', async () => {
    const id = await world.aProposal({ agency, unit, round }, { state: 'with-local-admin' })
    const path = `/competition/proposals/${id}`
    const comment = { question: 'dampak', text: 'Sebutkan angka sebelum dan sesudah.', back: 'preview' }
    const made = await local.post(`${path}/comments`, comment)
    assert.equal(made.headers.get('location'), `${path}/preview#q-dampak`)
    assert.equal((await local.post(`${path}/comments`, { ...comment, question: 'hantu' })).status, 409)
    assert.equal((await local.post(`${path}/comments`, { text: ' ' })).status, 422)
    assert.equal((await upp.post(`${path}/comments`, comment)).status, 403)

    assert.equal((await local.post(`${path}/return`, { note: 'Lihat catatan.' })).status, 303)
    const write = await (await upp.get(`${path}/write/group`)).text()
    assert.match(write, /Pak Made:<\/b> Sebutkan angka sebelum dan sesudah\./)
    const row = await world.db
      .selectFrom('competition.comment')
      .select('id')
      .where('proposal', '=', id)
      .executeTakeFirstOrThrow()
    const settle = () => upp.post(`${path}/comments/${row.id}/settle`)
    const two = await Promise.all([settle(), settle()])
    assert.deepEqual(two.map(({ status }) => status).sort(), [303, 409])
    assert.doesNotMatch(await (await upp.get(`${path}/write/group`)).text(), /Sebutkan angka/)
    assert.match(await (await upp.get(path)).text(), /Selesai menurut Sari/)
    assert.equal((await local.post(`${path}/comments`, comment)).status, 409)
  })

  it('keeps every move with its note, and tells the other side by letter', async () => {
    const id = await world.aProposal({ agency, unit, round }, { title: 'Jemput Bola' })
    const path = `/competition/proposals/${id}`
    await upp.post(`${path}/send`, { note: 'Mohon diperiksa' })
    await upp.post(`${path}/recall`)
    assert.equal(await stateOf(id), 'draft')
    await upp.post(`${path}/send`)
    await local.post(`${path}/return`, { note: 'Judul kurang jelas' })
    await upp.post(`${path}/withdraw`, { note: 'Digabung dengan inovasi lain' })
    assert.equal(await stateOf(id), 'withdrawn')
    assert.equal((await upp.post(`${path}/send`)).status, 409)
    const page = await (await local.get(path)).text()
    for (const note of ['Mohon diperiksa', 'Judul kurang jelas', 'Digabung dengan inovasi lain'])
      assert.match(page, new RegExp(note))
    const letters = await world.db
      .selectFrom('log.mail')
      .select(['to_name', 'subject'])
      .where('subject', 'like', '%Jemput Bola')
      .orderBy('subject')
      .execute()
    assert.deepEqual(
      letters.map(({ to_name, subject }) => `${to_name} | ${subject}`),
      [
        'Sari | Perlu diperbaiki: Jemput Bola',
        'Pak Made | Proposal ditarik unit: Jemput Bola',
        'Pak Made | Proposal ditarik: Jemput Bola',
        'Pak Made | Proposal masuk: Jemput Bola',
        'Pak Made | Proposal masuk: Jemput Bola',
      ].sort((a, b) => (a.split(' | ')[1]! < b.split(' | ')[1]! ? -1 : 1)),
    )
  })

  it('lets one of two moves at once through', async () => {
    const id = await world.aProposal({ agency, unit, round }, { state: 'with-local-admin' })
    const path = `/competition/proposals/${id}`
    const answers = await Promise.all([upp.post(`${path}/recall`), local.post(`${path}/return`, { note: 'Perbaiki' })])
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409])
  })

  it('refuses a change of the title that started from an older one, and keeps what was typed', async () => {
    const id = await world.aProposal({ agency, unit, round }, { title: 'Judul awal' })
    const path = `/competition/proposals/${id}/facts`
    const form = { title: 'Judul Sari', group: 'umum', category: 'kesehatan', startedOn: '2014-03-01', revision: '1' }
    const answers = await Promise.all([upp.post(path, form), upp.post(path, { ...form, title: 'Judul Budi' })])
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409])
    const refused = await answers.find(({ status }) => status === 409)!.text()
    assert.match(refused, /value="Judul (Sari|Budi)"/)
    assert.equal((await upp.post(path, { ...form, startedOn: '2014-02-30', revision: '2' })).status, 422)
    assert.equal((await upp.post(path, { ...form, title: ' ', revision: '2' })).status, 422)
    assert.equal((await upp.post(path, { ...form, category: 'hantu', revision: '2' })).status, 409)
  })
})
