import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { parse } from 'csv-parse/sync'
import { importInnovations, shippedRounds } from '#competition'
import { queriesOf } from '#platform/db.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { errorSchema, innovationPageSchema, innovationSchema, roundListSchema } from './domain/api.ts'
import { csvField, csvHead } from './domain/csv.ts'
import type { OpenApi } from './domain/openapi.ts'
import { syncGallery } from './store/sync.ts'

describe('gallery: files and the public API', () => {
  let world: World
  before(async () => {
    world = await aWorld()
    await importInnovations(world.db)
    await world.db.transaction().execute(syncGallery)
  })
  after(() => world.drop())

  const get = (address: string, headers: Record<string, string> = {}) => world.web.request(address, { headers })

  it('gives every innovation once, page by page, in the shape it promises', async () => {
    const codes: string[] = []
    let cursor: string | null = ''
    let pages = 0
    while (cursor !== null) {
      const response = await get(`/api/v1/innovations?limit=50${cursor && `&cursor=${cursor}`}`)
      assert.equal(response.status, 200)
      const answer = innovationPageSchema.parse(await response.json())
      codes.push(...answer.data.map((each) => each.code))
      cursor = answer.next
      pages++
    }
    assert.equal(pages, 3)
    assert.equal(new Set(codes).size, 142)
    assert.deepEqual(codes, codes.toSorted())
  })

  it('gives one innovation with its whole history', async () => {
    const found = innovationPageSchema.parse(await (await get('/api/v1/innovations?q=SELFI')).json())
    assert.equal(found.data.length, 1)
    const response = await get(`/api/v1/innovations/${found.data[0]!.code}`)
    const each = innovationSchema.parse(await response.json())
    assert.deepEqual(
      each.awards.map(({ year, level, family }) => [year, level, family]),
      [
        [2021, 'Top 15 Kelompok Khusus', 'special'],
        [2019, 'Top 45', 'top'],
      ],
    )
    assert.deepEqual(each.province, { code: '16', name: 'Sumatera Selatan' })
    assert.deepEqual(each.status, { value: 'unknown', on: null, reason: null, said: null })
    assert.equal(each.summary.lang, 'en')
    assert.equal(each.translation?.lang, 'id')
  })

  it('tells a program what it asked wrongly', async () => {
    for (const [address, parameter] of [
      ['/api/v1/innovations?limit=1000', 'limit'],
      ['/api/v1/innovations?year=dua', 'year'],
      ['/api/v1/innovations?province=Jawa', 'province'],
      ['/api/v1/innovations?cursor=abc', 'cursor'],
    ]) {
      const response = await get(address!)
      assert.equal(response.status, 400)
      assert.equal(errorSchema.parse(await response.json()).error.parameter, parameter)
    }
    for (const address of ['/api/v1/innovations/MI-999999', '/api/v1/innovations/x', '/api/v1/nothing']) {
      const response = await get(address)
      assert.equal(response.status, 404)
      errorSchema.parse(await response.json())
    }
  })

  it('answers an unchanged question with nothing but "unchanged", and pages of other sites at all', async () => {
    const first = await get('/api/v1/innovations?limit=3', { origin: 'https://example.org' })
    assert.equal(first.headers.get('access-control-allow-origin'), '*')
    const mark = first.headers.get('etag')!
    const again = await get('/api/v1/innovations?limit=3', { 'if-none-match': mark })
    assert.equal(again.status, 304)
    assert.equal(await again.text(), '')
    const asked = await world.web.request('/api/v1/innovations', {
      method: 'OPTIONS',
      headers: { origin: 'https://example.org', 'access-control-request-method': 'GET' },
    })
    assert.equal(asked.status, 204)
    assert.equal(first.headers.get('set-cookie'), null)
  })

  it('describes itself: every address and shape in OpenAPI, with references that lead somewhere', async () => {
    const api = (await (await get('/api/openapi.json')).json()) as OpenApi
    assert.equal(api.openapi, '3.1.0')
    assert.deepEqual(Object.keys(api.paths), ['/api/v1/innovations', '/api/v1/innovations/{code}', '/api/v1/rounds'])
    const text = JSON.stringify(api)
    const names = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map((m) => m[1]!)
    assert.ok(names.length >= 6)
    for (const name of names) assert.ok(name in api.components.schemas, name)
    assert.ok(!text.includes('__shared'))
    for (const path of Object.keys(api.paths))
      assert.equal((await get(path.replace('{code}', 'MI-000001'))).status, 200)
    for (const lang of ['id', 'en']) {
      const page = await (await get('/api', { cookie: `bahasa=${lang}` })).text()
      for (const path of Object.keys(api.paths)) assert.ok(page.includes(`GET ${path}`))
      assert.ok(!page.includes('[object'))
    }
  })

  it('lists published rounds and keeps drafts to itself', async () => {
    const [rules] = shippedRounds()
    await world.aRound(rules!, { key: 'rahasia', state: 'draft' })
    await world.aRound(rules!, { key: 'terbit' })
    const { data } = roundListSchema.parse(await (await get('/api/v1/rounds')).json())
    assert.deepEqual(
      data.map((round) => round.key),
      ['terbit'],
    )
  })

  it('gives the gallery as CSV, one line an award, and as JSON', async () => {
    const csv = await get('/gallery/export.csv')
    assert.equal(csv.headers.get('content-type'), 'text/csv; charset=utf-8')
    const rows: string[][] = parse(await csv.text(), { bom: true })
    assert.deepEqual(rows[0], [...csvHead])
    assert.equal(rows.length, 1 + 147)
    const json = innovationSchema.array().parse(await (await get('/gallery/export.json?province=35&year=2019')).json())
    assert.equal(json.length, 11)
    const none = await get('/gallery/export.json?q=tidakadasamasekali')
    assert.deepEqual(await none.json(), [])
  })

  it('never lets a spreadsheet run what somebody typed', () => {
    assert.equal(csvField('=HYPERLINK("x")'), '"\'=HYPERLINK(""x"")"')
    assert.equal(csvField('@SUM(A1)'), "'@SUM(A1)")
    assert.equal(csvField('-7'), '-7')
    assert.equal(csvField('a,b\n"c"'), '"a,b\n""c"""')
    assert.equal(csvField(null), '')
  })

  it('asks the database once for a page of one and for a page of a hundred', async () => {
    const one = await queriesOf(async () => get('/api/v1/innovations?limit=1'))
    const many = await queriesOf(async () => get('/api/v1/innovations?limit=100'))
    assert.deepEqual([one.length, many.length], [1, 1])
  })
})
