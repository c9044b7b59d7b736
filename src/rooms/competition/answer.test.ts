import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { queriesOf } from '#platform/db.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { deadline } from './domain/calendar.ts'
import { shippedRounds } from './domain/shipped-rounds.ts'
import { words } from './text/index.ts'

const rules = shippedRounds().find((round) => round.key === '2017')!
const closing = new Date(deadline(rules))

describe('competition: answers that save themselves', () => {
  let world: World
  let agency: string
  let unit: string
  let round: string
  let writer: string
  let admin: string
  let upp: Awaited<ReturnType<World['as']>>
  before(async () => {
    world = await aWorld()
    agency = await world.anAgency()
    unit = await world.aUnit(agency)
    writer = await world.aPerson('unit', { agency, unit }, 'Sari')
    upp = await world.as(writer)
    admin = await world.aPerson('local-admin', { agency })
    round = await world.aRound(rules, { key: '2017' })
  })
  after(() => world.drop())

  const aDraft = (options: Parameters<World['aProposal']>[1] = {}) =>
    world.aProposal({ agency, unit, round }, { answers: {}, ...options })
  const put = (id: string, value: string, revision: number, as = upp) =>
    as.json('PUT', `/competition/proposals/${id}/answers/dampak`, { value, revision })
  const texts = async (id: string) =>
    (
      await world.db
        .selectFrom('competition.answer_version')
        .select(['revision', 'value'])
        .where('proposal', '=', id)
        .orderBy('revision')
        .execute()
    ).map(({ revision, value }) => `${revision} ${value}`)

  it('grows by one revision with each text, and says when it was saved', async () => {
    const id = await aDraft()
    const first = await put(id, 'satu', 0)
    assert.deepEqual(await first.json(), { kind: 'saved', revision: 1, savedAt: '2017-01-15T02:00:00.000Z' })
    assert.equal((await put(id, 'dua', 1)).status, 200)
    assert.deepEqual(await texts(id), ['1 satu', '2 dua'])
  })

  it('takes the same text sent again for the same save', async () => {
    const id = await aDraft()
    for (let n = 0; n < 3; n++)
      assert.equal(((await (await put(id, 'satu', 0)).json()) as { revision: number }).revision, 1)
    assert.deepEqual(await texts(id), ['1 satu'])
  })

  it('gives an old revision the other text instead of writing', async () => {
    const id = await aDraft()
    const budi = await world.as(await world.aPerson('unit', { agency, unit }, 'Budi'))
    await put(id, 'teks Budi', 0, budi)
    const answer = await put(id, 'teks Sari', 0)
    assert.equal(answer.status, 409)
    assert.deepEqual(await answer.json(), {
      kind: 'conflict',
      value: 'teks Budi',
      revision: 1,
      at: '2017-01-15T02:00:00.000Z',
      by: 'Budi',
    })
    assert.equal((await put(id, 'tanpa dasar', 7)).status, 409)
    assert.deepEqual(await texts(id), ['1 teks Budi'])
  })

  it("goes on from the text that the same writer had sent, and from nobody else's", async () => {
    const id = await aDraft()
    const budi = await world.as(await world.aPerson('unit', { agency, unit }, 'Budi'))
    const after = (value: string, revision: number, before: string, as = upp) =>
      as.json('PUT', `/competition/proposals/${id}/answers/dampak`, { value, revision, after: before })
    await put(id, 'satu', 0)
    assert.equal((await after('satu dua', 0, 'satu', budi)).status, 409)
    assert.equal((await after('satu dua', 0, 'lain')).status, 409)
    assert.equal((await after('satu dua', 0, 'satu')).status, 200)
    assert.equal((await after('satu dua', 0, 'satu')).status, 200)
    assert.equal((await put(id, 'satu', 0)).status, 409)
    assert.deepEqual(await texts(id), ['1 satu', '2 satu dua'])
  })

  it('lets one of ten saves from one revision through, and loses none of twenty on twenty questions', async () => {
    const id = await aDraft()
    const same = await Promise.all(Array.from({ length: 10 }, (_, n) => put(id, `teks ${n}`, 0)))
    assert.deepEqual(same.map(({ status }) => status).sort(), [200, ...Array(9).fill(409)])
    assert.equal((await texts(id)).length, 1)

    const drafts = await Promise.all(Array.from({ length: 20 }, () => aDraft()))
    const all = await Promise.all(drafts.map((draft, n) => put(draft, `teks ${n}`, 0)))
    assert.deepEqual(
      all.map(({ status }) => status),
      Array(20).fill(200),
    )
    for (const [n, draft] of drafts.entries()) assert.deepEqual(await texts(draft), [`1 teks ${n}`])
  })

  it('either saves before a draft is sent or not at all', async () => {
    for (let n = 0; n < 5; n++) {
      const id = await aDraft()
      const [saved, sent] = await Promise.all([
        put(id, 'pada detik terakhir', 0),
        upp.post(`/competition/proposals/${id}/send`),
      ])
      assert.equal(sent.status, 303)
      assert.deepEqual(await texts(id), saved.status === 200 ? ['1 pada detik terakhir'] : [])
      assert.equal((await put(id, 'sesudahnya', 1)).status, 423)
    }
  })

  it('shows a part to be written to its unit, to be read once it was sent or the round closed, and to nobody else', async () => {
    const localAdmin = await world.as(admin)
    const w = words('id')
    const look = async (id: string) => {
      const answer = await upp.get(`/competition/proposals/${id}/write/group`)
      const html = await answer.text()
      assert.equal((await localAdmin.get(`/competition/proposals/${id}/write/group`)).status, 403)
      return [
        answer.status,
        answer.headers.get('cache-control'),
        html.includes('<auto-save'),
        html.includes('<textarea'),
        html.includes(w.readOnlyTitle),
        html.includes('Teks yang sudah ada.'),
      ]
    }
    const read = [200, 'no-store', false, false, true, true]
    const write = [200, 'no-store', true, true, false, true]
    const answers = { dampak: 'Teks yang sudah ada.' }
    const expected = { draft: write, returned: write, 'with-local-admin': read, submitted: read, withdrawn: read }
    for (const [state, page] of Object.entries(expected))
      assert.deepEqual(await look(await aDraft({ state: state as keyof typeof expected, answers })), page, state)

    const id = await aDraft({ answers })
    const before = world.clock.now()
    world.clock.set(new Date(closing.getTime() + 1000))
    await upp.wake()
    await localAdmin.wake()
    assert.deepEqual(await look(id), read)
    assert.match(await (await upp.get(`/competition/proposals/${id}/write/group`)).text(), new RegExp(w.readOnlyClosed))
    world.clock.set(before)
    await upp.wake()
  })

  it('is for the unit alone, in a state that can be written, until the round closes', async () => {
    const id = await aDraft()
    const who: [string, string | undefined, number][] = [
      ['local admin', admin, 423],
      ['another unit', await world.aPerson('unit', { agency, unit: await world.aUnit(agency) }), 423],
      ['national admin', await world.aPerson('national-admin'), 423],
      ['public', undefined, 401],
    ]
    for (const [name, person, status] of who)
      assert.equal((await put(id, 'bukan milik saya', 0, await world.as(person))).status, status, name)
    const states = ['with-local-admin', 'submitted', 'passed', 'failed', 'withdrawn'] as const
    for (const state of states) assert.equal((await put(await aDraft({ state }), 'x', 0)).status, 423, state)
    assert.equal((await put(await aDraft({ state: 'returned' }), 'x', 0)).status, 200)

    world.clock.set(new Date(closing.getTime() + 900))
    await upp.wake()
    assert.equal((await put(id, 'detik terakhir', 0)).status, 200)
    world.clock.set(new Date(closing.getTime() + 1000))
    assert.equal((await put(id, 'sedetik kemudian', 1)).status, 423)
    world.clock.set(new Date('2017-01-15T02:00:00Z'))
    assert.deepEqual(await texts(id), ['1 detik terakhir'])
    await upp.wake()
  })

  it('refuses what is too long or no answer at all, and an address that is none', async () => {
    const id = await aDraft()
    assert.equal((await put(id, 'x'.repeat(20_001), 0)).status, 422)
    assert.equal((await put(id, 'x'.repeat(20_000), 0)).status, 200)
    assert.equal((await upp.send('PUT', `/competition/proposals/${id}/answers/dampak`, 'bukan json')).status, 422)
    assert.equal((await put('bukan-id', 'x', 0)).status, 404)
  })

  it('refuses an answer to a question that the round does not ask in writing, and keeps nothing of it', async () => {
    const id = await aDraft()
    const to = (question: string, who = upp) =>
      who.json('PUT', `/competition/proposals/${id}/answers/${question}`, { value: 'teks', revision: 0 })
    const fileQuestion = [...rules.head, ...rules.groups[0]!.questions, ...rules.foot].find(
      ({ kind }) => kind === 'file',
    )
    const unknown = await to('tidak-ada')
    assert.equal(unknown.status, 422)
    assert.deepEqual(await unknown.json(), {
      kind: 'not-asked',
      sentence: words('id')['not-asked'],
    })
    if (fileQuestion) assert.equal((await to(fileQuestion.key)).status, 422)
    // Of a proposal that is not theirs, nobody learns which questions there are.
    const stranger = await world.as(await world.aPerson('unit', { agency, unit: await world.aUnit(agency) }))
    assert.equal((await to('tidak-ada', stranger)).status, 423)
    assert.equal((await to('dampak', stranger)).status, 423)
    assert.deepEqual(await texts(id), [])
    for (const { key } of rules.groups[0]!.questions.filter(({ kind }) => kind === 'text'))
      assert.equal((await to(key)).status, 200, key)
  })

  it('knows the questions of the version in force, and of every group of the round', async () => {
    const national = await world.as(await world.aPerson('national-admin'))
    const rules2021 = { ...shippedRounds().find(({ key }) => key === '2021')!, calendar: rules.calendar }
    const later = await world.aRound(rules2021)
    const id = await world.aProposal({ agency, unit, round: later }, { answers: {} })
    const to = (question: string, revision = 0) =>
      upp.json('PUT', `/competition/proposals/${id}/answers/${question}`, { value: `teks ${revision}`, revision })
    // The proposal is in the general group; its writers may have typed for another one before.
    const special = rules2021.groups.find(({ key }) => key === 'khusus')!.questions.find(({ kind }) => kind === 'text')!
    assert.equal((await to(special.key)).status, 200)
    assert.equal((await to('pertanyaan-baru')).status, 422)

    const path = `/competition/rounds/${later}`
    const gone = rules2021.groups[0]!.questions.filter(({ kind }) => kind === 'text').at(-1)!
    const document = structuredClone(rules2021)
    for (const group of document.groups)
      group.questions = group.questions.map((each) =>
        each.key === gone.key ? { ...each, key: 'pertanyaan-baru' } : each,
      )
    const edit = await national.post(`${path}/edit/document`, {
      base: '1',
      revision: '0',
      document: JSON.stringify({ ...document, settings: {}, sources: {} }),
    })
    assert.equal(edit.status, 303)
    // Written is not in force.
    assert.equal((await to('pertanyaan-baru')).status, 422)
    assert.equal((await to(gone.key)).status, 200)
    const form = { base: '1', revision: '1', reason: 'Pertanyaan diganti menurut rapat.' }
    assert.equal((await national.post(`${path}/changes`, form)).status, 303)
    assert.equal((await to('pertanyaan-baru')).status, 200)
    assert.equal((await to(gone.key, 1)).status, 422)
  })

  it('asks the database once for a save, after it knows who asks', async () => {
    const id = await aDraft()
    const queries = await queriesOf(() => put(id, 'satu', 0))
    const saves = queries.filter((query) => !/"people"\."(session|role)"/.test(query))
    assert.deepEqual(
      saves.map((query) => query.trim().slice(0, 12)),
      ['with open as'],
    )
  })

  it('brings an old text back as the newest', async () => {
    const id = await aDraft()
    await put(id, 'lama', 0)
    await put(id, 'baru', 1)
    const page = await (await upp.get(`/competition/proposals/${id}/versions/dampak`)).text()
    assert.match(page, /<del>lama<\/del><ins>baru<\/ins>/)
    assert.equal((await upp.post(`/competition/proposals/${id}/versions/dampak`, { revision: '1' })).status, 303)
    assert.deepEqual(await texts(id), ['1 lama', '2 baru', '3 lama'])
  })

  it('shows both texts on a page without scripts, and saves the second time', async () => {
    const id = await aDraft()
    await put(id, 'teks lain', 0)
    const form = { 'value-dampak': 'teks saya', 'revision-dampak': '0' }
    const conflict = await upp.post(`/competition/proposals/${id}/write/group`, form)
    assert.equal(conflict.status, 409)
    const page = await conflict.text()
    assert.match(page, /<ins>saya<\/ins>/)
    assert.match(page, /name="revision-dampak" value="1"/)
    assert.match(page, />teks saya<\/textarea>/)
    const again = await upp.post(`/competition/proposals/${id}/write/group`, { ...form, 'revision-dampak': '1' })
    assert.equal(again.status, 303)
    assert.deepEqual(await texts(id), ['1 teks lain', '2 teks saya'])
  })

  it('lists proposals with as many questions to the database for three as for one', async () => {
    const home = await world.anAgency()
    const place = await world.aUnit(home)
    const own = await world.as(await world.aPerson('unit', { agency: home, unit: place }))
    const admin = await world.as(await world.aPerson('local-admin', { agency: home }))
    const counts: number[][] = []
    for (const more of [1, 2]) {
      for (let n = 0; n < more; n++) await world.aProposal({ agency: home, unit: place, round })
      counts.push([
        (await queriesOf(() => own.get('/competition/proposals'))).length,
        (await queriesOf(() => admin.get('/competition/inbox'))).length,
      ])
    }
    assert.deepEqual(counts[0], counts[1])
  })
})
