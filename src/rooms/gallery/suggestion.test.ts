import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { importInnovations } from '#competition'
import { queriesOf } from '#platform/db.ts'
import { aWorld, type World } from '../../../test/world.ts'
import type { Suggestion } from './domain/suggestion.ts'
import { syncGallery } from './store/sync.ts'

describe('gallery: what is offered while one types', () => {
  let world: World
  before(async () => {
    world = await aWorld()
    await importInnovations(world.db)
    await world.db.transaction().execute(syncGallery)
  })
  after(() => world.drop())

  async function offered(q: string, lang: 'id' | 'en' = 'id'): Promise<Suggestion[]> {
    const visitor = await world.as(undefined, { lang })
    const response = await visitor.get(`/gallery/suggest?${new URLSearchParams({ q })}`)
    assert.equal(response.status, 200)
    return (await response.json()) as Suggestion[]
  }
  const codeNamed = async (name: string) =>
    (await world.db.selectFrom('gallery.innovation').select('code').where('name', '=', name).executeTakeFirstOrThrow())
      .code

  it('is the innovation whose title begins so, then what holds it, with its code and its agency', async () => {
    const code = await codeNamed('Laskar Penjaja Sayur')
    const own = {
      kind: 'innovation',
      text: 'Laskar Penjaja Sayur',
      note: `${code} · Pemerintah Kabupaten Banyuwangi`,
      href: `/gallery/${code}`,
    }
    for (const typed of ['Laskar Pen', 'penjaja sayur', '  SAYUR   penjaja '])
      assert.deepEqual(await offered(typed), [own], typed)
  })

  it('is found although it is mistyped', async () => {
    for (const typed of ['penjaja sayor', 'laskar penjajah', 'lasker penjaja sayur', 'penjaja sayo'])
      assert.equal((await offered(typed))[0]?.text, 'Laskar Penjaja Sayur', typed)
  })

  it('is a register code, however it is typed and as far as it is', async () => {
    for (const typed of ['MI-000007', 'mi 7', 'mi-000007'])
      assert.equal((await offered(typed))[0]?.href, '/gallery/MI-000007', typed)
    assert.deepEqual(
      (await offered('MI-00001')).slice(0, 3).map(({ href }) => href),
      ['/gallery/MI-000001', '/gallery/MI-000010', '/gallery/MI-000011'],
    )
  })

  it('is an agency or a category with how many innovations it has, and leads to their list', async () => {
    const agency = (await offered('kabupaten banyuwangi')).find(({ kind }) => kind === 'agency')!
    assert.equal(agency.text, 'Pemerintah Kabupaten Banyuwangi')
    const category = (await offered('kesehatan')).find(({ kind }) => kind === 'category')!
    assert.equal(category.href, '/gallery?category=Kesehatan')
    const visitor = await world.as()
    for (const { note, href } of [agency, category]) {
      const n = /(\d+) inovasi/.exec(note)![1]!
      assert.match(await (await visitor.get(href)).text(), new RegExp(`<strong>${n} inovasi</strong>`), href)
    }
    const { text, note, href } = (await offered('health', 'en')).find(({ kind }) => kind === 'category')!
    assert.deepEqual([text, href], ['Health', '/gallery?category=Kesehatan'])
    assert.match(note, /^Category · \d+/)
  })

  it('is nothing for one letter, for what is nowhere, and for signs', async () => {
    for (const typed of ['', 'a', 'xqzwvk', '%%%', '___', "';--", '\\'])
      assert.deepEqual(await offered(typed), [], typed)
  })

  it('is never more than eight, each once', async () => {
    for (const typed of ['pe', 'pem', 'pemerintah', 'pelayanan', 'an']) {
      const links = (await offered(typed)).map(({ href }) => href)
      assert.ok(links.length <= 8)
      assert.equal(new Set(links).size, links.length, typed)
    }
  })

  it('asks the same number of queries for nothing, one and many', async () => {
    const counts: number[] = []
    for (const typed of ['xqzwvk', 'laskar penjaja', 'pemerintah'])
      counts.push((await queriesOf(() => offered(typed))).length)
    assert.deepEqual(new Set(counts).size, 1)
  })

  it('follows the gallery: a new name is offered, one that is gone is not', async () => {
    const { rows } = await sql<{ text: string; uses: number }>`
      select agency_name as text, count(*)::int as uses from gallery.innovation group by 1
      union all select tag, count(*)::int from gallery.innovation, unnest(categories) as tag group by 1
      order by 1, 2`.execute(world.db)
    const kept = await world.db.selectFrom('gallery.suggestion').select(['text', 'uses']).orderBy(sql`1, 2`).execute()
    assert.deepEqual(kept, rows)
  })

  it('is counted: after 600 in a minute from one address there is nothing more, and the search itself goes on', async () => {
    await sql`insert into log.attempt (key, at) select 'suggest:address:unknown', clock_timestamp() from generate_series(1, 600)`.execute(
      world.db,
    )
    const visitor = await world.as()
    assert.equal((await visitor.get('/gallery/suggest?q=sayur')).status, 429)
    assert.equal((await visitor.get('/gallery?q=sayur')).status, 200)
  })
})
