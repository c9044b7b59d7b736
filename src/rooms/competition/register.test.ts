import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import { sql } from 'kysely'
import { verifyChain } from '#platform/log.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { importInnovations } from './index.ts'

const file = readFileSync(path.join(import.meta.dirname, 'data/innovations.json'), 'utf8')

describe('competition: importing past winners', () => {
  let world: World
  before(async () => {
    world = await aWorld()
  })
  beforeEach(() => sql`truncate gallery.award, gallery.innovation, competition.winner cascade`.execute(world.db))
  after(() => world.drop())

  const counted = async () => {
    const { rows } = await sql<{ awards: number; innovations: number }>`
      select count(*)::int as awards, count(distinct innovation)::int as innovations from competition.winner cascade`.execute(
      world.db,
    )
    return rows[0]
  }
  const keeper = async () => world.as(await world.aPerson('national-admin'))

  it('loads 142 innovations with their sources, and a second time adds nothing', async () => {
    const first = await importInnovations(world.db)
    assert.deepEqual(first, {
      ok: true,
      imported: { innovations: 142, awards: 147, newInnovations: 142, newAwards: 147 },
    })
    const again = await importInnovations(world.db)
    assert.deepEqual(again, { ok: true, imported: { innovations: 142, awards: 147, newInnovations: 0, newAwards: 0 } })
    assert.deepEqual(await counted(), { awards: 147, innovations: 142 })
    const bare = await world.db.selectFrom('competition.winner').select('id').where('source', '=', '').execute()
    assert.deepEqual(bare, [])
  })

  it('keeps one identity for an innovation that won in several years', async () => {
    await importInnovations(world.db)
    const rows = await world.db
      .selectFrom('competition.winner')
      .select(['innovation', 'year', 'level'])
      .where('name', 'in', ['PSC 119 Satria', 'SELFI (Sekolah Filial)'])
      .orderBy('name')
      .orderBy('year')
      .execute()
    assert.deepEqual(
      rows.map(({ year, level }) => [year, level]),
      [
        [2019, 'Top 99'],
        [2021, 'Top 99'],
        [2019, 'Top 45'],
        [2021, 'Top 15 Kelompok Khusus'],
      ],
    )
    assert.equal(new Set(rows.map((row) => row.innovation)).size, 2)
  })

  it('adds a later award to the innovation that stands there', async () => {
    const row = {
      name: 'Rantang Kasih',
      agency: 'Pemerintah Kabupaten Banyuwangi',
      region: 'Jawa Timur',
      category: '-',
    }
    const award = { ...row, summary: 'Makanan bagi warga lanjut usia.', source: 'uji' }
    await importInnovations(world.db, { raw: [{ ...award, year: 2019, level: 'Top 99' }] })
    await importInnovations(world.db, { raw: [{ ...award, name: 'RANTANG KASIH', year: 2021, level: 'Top 45' }] })
    assert.deepEqual(await counted(), { awards: 2, innovations: 1 })
  })

  it('imports nothing when one row of the file is wrong, and says which and why', async () => {
    const rows = JSON.parse(file)
    rows[2].region = 'Atlantis'
    rows[4].year = 'dua ribu'
    rows[6].source = ' '
    rows[141] = rows[0]
    const outcome = await importInnovations(world.db, { raw: rows })
    assert.deepEqual(outcome.ok || outcome.problems.map((p) => [p.row, p.problems]), [
      [3, { region: { code: 'import-unknown-region' } }],
      [5, { year: { code: 'not-valid' } }],
      [7, { source: { code: 'required' } }],
      [142, { name: { code: 'import-twice', limit: 1 } }],
    ])
    assert.deepEqual(await counted(), { awards: 0, innovations: 0 })
  })

  it('shows the secretariat what a file would add, then adds it, once, for however many clicks', async () => {
    const admin = await keeper()
    const body = new FormData()
    body.append('file', new File([file], 'innovations.json', { type: 'application/json' }))
    body.append('content', '')
    const preview = await admin.send('POST', '/competition/register/import/preview', body)
    assert.equal(preview.status, 200)
    assert.match(await preview.text(), /142 inovasi dan 147 penghargaan baru/)
    assert.deepEqual(await counted(), { awards: 0, innovations: 0 })

    const answers = await Promise.all(
      [1, 2, 3].map(() => admin.post('/competition/register/import', { content: file })),
    )
    assert.deepEqual(answers.map((r) => r.status).sort(), [303, 409, 409])
    assert.deepEqual(await counted(), { awards: 147, innovations: 142 })
    const told = await world.db
      .selectFrom('log.event')
      .select('particulars')
      .where('name', '=', 'competition.winners-imported')
      .orderBy('id', 'desc')
      .limit(1)
      .execute()
    assert.deepEqual(told, [{ particulars: { innovations: 142, awards: 147, newInnovations: 142, newAwards: 147 } }])
    assert.equal((await verifyChain(world.db)).broken, undefined)
    const list = await (await admin.get('/competition/register?q=gresik')).text()
    assert.equal(list.match(/<th scope="row">/g)?.length, 2)
  })

  it('draws the page again with the rows to correct and everything that was typed', async () => {
    const admin = await keeper()
    const content = '[{"name":"<b>Uji</b>","agency":"X"}]'
    const response = await admin.post('/competition/register/import/preview', { content })
    assert.equal(response.status, 422)
    const html = await response.text()
    assert.ok(html.includes('[{&quot;name&quot;:&quot;&lt;b>Uji&lt;/b>&quot;,&quot;agency&quot;:&quot;X&quot;}]'))
    assert.match(html, /region: Isi bagian ini\./)
    for (const [typed, said] of [
      ['', /Isi bagian ini/],
      ['{', /bukan JSON yang lengkap/],
      ['{}', /harus berisi daftar JSON/],
    ] as const) {
      const again = await admin.post('/competition/register/import/preview', { content: typed })
      assert.equal(again.status, 422)
      assert.match(await again.text(), said)
    }
  })

  it('is for the secretariat alone', async () => {
    const agency = await world.anAgency()
    const unit = await world.aUnit(agency)
    const people = [
      await world.aPerson('local-admin', { agency }),
      await world.aPerson('unit', { agency, unit }),
      await world.aPerson('evaluator'),
      await world.aPerson('panel'),
    ]
    for (const person of people) {
      const visitor = await world.as(person)
      assert.equal((await visitor.get('/competition/register')).status, 403)
      assert.equal((await visitor.post('/competition/register/import', { content: file })).status, 403)
      assert.equal((await visitor.post('/competition/register/import/preview', { content: file })).status, 403)
    }
    const half = await world.as(await world.aPerson('national-admin'), { secondFactor: false })
    const turned = await half.post('/competition/register/import', { content: file })
    assert.notEqual(turned.headers.get('location'), '/competition/register')
    const anybody = await world.as()
    assert.match((await anybody.get('/competition/register')).headers.get('location') ?? '', /^\/masuk\?ke=/)
    assert.match(
      (await anybody.post('/competition/register/import', { content: file })).headers.get('location') ?? '',
      /^\/masuk/,
    )
    assert.deepEqual(await counted(), { awards: 0, innovations: 0 })
  })
})
