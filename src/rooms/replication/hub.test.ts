import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { queriesOf } from '#platform/db.ts'
import { aWorld, type World } from '../../../test/world.ts'
import shipped from './data/maturity.json' with { type: 'json' }

const questions = shipped.aspects.flatMap((aspect) => aspect.questions.map(({ id }) => id))

describe('replication: hubs', () => {
  let world: World
  let hub: string
  const who: Record<string, string> = {}
  before(async () => {
    world = await aWorld(new Date('2026-10-20T09:00:00+07:00'))
    const province = await world.anAgency({
      kind: 'province',
      name: 'Pemerintah Provinsi Sulawesi Barat',
      region: '76',
    })
    const regency = await world.anAgency({ name: 'Pemerintah Kabupaten Majene', region: '76.05' })
    who.province = await world.aPerson('local-admin', { agency: province })
    who.regency = await world.aPerson('local-admin', { agency: regency })
    who.elsewhere = await world.aPerson('local-admin', { agency: await world.anAgency({ region: '35.10' }) })
    who.national = await world.aPerson('national-admin')
    hub = (
      await world.db
        .selectFrom('replication.hub')
        .select('id')
        .where('name', '=', 'JIPP Sulawesi Barat')
        .executeTakeFirstOrThrow()
    ).id
  })
  after(() => world.drop())

  const as = (name?: string, lang: 'id' | 'en' = 'id') => world.as(name && who[name], { lang })
  const textOf = async (address: string, name?: string) =>
    (await (await (await as(name)).get(address)).text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
  const at = () => `/replication/hubs/${hub}/surveys/2026`

  it('are those that sources name, each with its source', async () => {
    const rows = await world.db.selectFrom('replication.hub').select(['areas', 'decree', 'source']).execute()
    assert.equal(rows.length, 23)
    assert.deepEqual(
      Object.fromEntries([...Map.groupBy(rows, ({ source }) => source)].map(([source, list]) => [source, list.length])),
      {
        'menpan.go.id: JIPP 2019': 4,
        'menpan.go.id: JIPP 2020': 4,
        'menpan.go.id: JIPP 2021': 4,
        'menpan.go.id: USAID ERAT 2022': 3,
        'menpan.go.id: JIPPNas 2023': 7,
        'menpan.go.id: JIPP 2024': 1,
      },
    )
    assert.equal(new Set(rows.map(({ areas }) => areas[0])).size, 23)
  })

  it('are shown to each agency with its own first', async () => {
    assert.ok((await textOf('/replication/hubs', 'regency')).includes('JIPP Sulawesi Barat simpul Anda'))
    assert.ok(!(await textOf('/replication/hubs')).includes('simpul Anda'))
    const html = await (await (await as('regency')).get('/replication/hubs')).text()
    assert.equal(/href="\/replication\/hubs\/([\w-]{36})/.exec(html)?.[1], hub)
  })

  it('are added by the national admin, once, with an area or an agency that is known', async () => {
    const add = async (name: string, form: Record<string, string>) =>
      (await (await as(name)).post('/replication/hubs', form)).status
    const form = { name: 'JIPP Kalimantan Utara', area: '65', since: '2024', source: 'Kepmen PANRB 305/2024' }
    assert.equal(await add('province', form), 403)
    assert.equal(await add('national', { ...form, area: '99' }), 409)
    assert.equal(await add('national', { ...form, area: '' }), 409)
    assert.equal(await add('national', { ...form, since: 'tahun lalu' }), 422)
    assert.deepEqual((await Promise.all([add('national', form), add('national', form)])).sort(), [303, 409])
  })

  it('are listed with the same number of queries, for one survey and for three', async () => {
    const client = await as()
    const others = await world.db.selectFrom('replication.hub').select('id').where('id', '<>', hub).limit(3).execute()
    const counts: number[] = []
    for (const { id } of others) {
      await world.db
        .insertInto('replication.survey')
        .values({ hub: id, id, year: 2025, instrument: shipped.key, state: 'verified', since: world.clock.now() })
        .execute()
      counts.push((await queriesOf(() => client.get('/replication/hubs'))).length)
    }
    assert.equal(counts[2], counts[0])
    await world.db.deleteFrom('replication.survey').where('year', '=', 2025).execute()
  })

  it('say of themselves how mature they are, with evidence for every answer, and are seen by nobody else before', async () => {
    const fill = (over: Record<string, string> = {}) =>
      Object.fromEntries([
        ...questions.flatMap((id) => [
          [`own-${id}`, 'penuh'],
          [`link-${id}`, `https://contoh.go.id/rahasia-${id}`],
        ]),
        ...Object.entries(over),
      ]) as Record<string, string>
    assert.equal((await (await as('regency')).post(at(), fill())).status, 404)
    assert.equal((await (await as('elsewhere')).get(at())).status, 404)
    const province = await as('province')
    assert.equal((await province.post(at(), fill({ 'link-rencana': 'javascript:alert(1)' }))).status, 422)
    assert.equal((await province.post(at(), fill({ 'own-rencana': 'tidak-ada' }))).status, 409)
    assert.equal((await province.post(at(), fill({ 'link-rencana': '' }))).status, 303)
    assert.equal((await province.post(`${at()}/send`)).status, 409)
    // A file is evidence too, and is kept when the form is saved again without one.
    const body = new FormData()
    for (const [name, value] of Object.entries(fill({ 'link-rencana': '' }))) body.append(name, value)
    body.append('file-rencana', new File(['%PDF-1.4\n%%EOF'], 'rencana kerja.pdf'))
    assert.equal((await province.send('POST', at(), body)).status, 303)
    const wrong = new FormData()
    wrong.append('file-rencana', new File(['MZ'], 'virus.exe'))
    assert.equal((await province.send('POST', at(), wrong)).status, 422)
    assert.equal((await province.post(at(), fill({ 'link-rencana': '' }))).status, 303)
    assert.ok((await textOf(at(), 'province')).includes('Berkas tersimpan: rencana kerja.pdf'))
    const file = async (name?: string) => (await (await as(name)).get(`${at()}/evidence/rencana`)).status
    assert.deepEqual(
      await Promise.all(['province', 'national', 'regency', 'elsewhere'].map(file)),
      [200, 200, 404, 404],
    )
    // Sent twice at once: once.
    const sent = await Promise.all([1, 2].map(async () => (await province.post(`${at()}/send`)).status))
    assert.deepEqual(sent.sort(), [303, 409])
    assert.equal((await province.post(at(), fill())).status, 409)
  })

  it('have the score that was verified, by the national admin, and the public reads it without the evidence', async () => {
    const verified = Object.fromEntries(questions.map((id) => [`verified-${id}`, 'sebagian']))
    assert.equal((await (await as('province')).post(`${at()}/verify`, verified)).status, 403)
    const national = await as('national')
    assert.equal((await national.post(`${at()}/verify`, { 'verified-rencana': 'penuh' })).status, 422)
    assert.equal((await (await as()).get(at())).status, 303)
    const both = await Promise.all([1, 2].map(async () => (await national.post(`${at()}/verify`, verified)).status))
    assert.deepEqual(both.sort(), [303, 409])
    const text = await textOf(at())
    assert.ok(text.includes('Nilai 7,00 dari 10: Cukup'))
    assert.ok(!text.includes('rahasia') && !text.includes('rencana kerja.pdf'))
    assert.ok((await textOf('/replication/hubs')).includes('7,00 · Cukup'))
    const events = await world.db
      .selectFrom('log.event')
      .select(['name', 'particulars'])
      .where('name', 'like', 'replication.survey%')
      .orderBy('id')
      .execute()
    assert.deepEqual(
      events.slice(-2).map(({ name, particulars }) => [name, particulars]),
      [
        ['replication.survey-sent', { year: 2026, total: 10 }],
        ['replication.survey-verified', { year: 2026, total: 7 }],
      ],
    )
  })
})
