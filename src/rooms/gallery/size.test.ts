import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { importInnovations } from '#competition'
import { connect, type Db } from '#platform/db.ts'
import { registerSynthetic } from '../../../test/synthetic-innovations.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { querySchema } from './domain/query.ts'
import { listByCode } from './store/export.ts'
import { findByCode, listRelated } from './store/innovation.ts'
import { count, putRight, search } from './store/search.ts'
import { suggest } from './store/suggestion.ts'
import { syncGallery } from './store/sync.ts'

describe('gallery: with many innovations', () => {
  let world: World
  let db: Db
  before(async () => {
    world = await aWorld()
    await importInnovations(world.db)
    await registerSynthetic(world.db, 6000)
    await world.db.transaction().execute(syncGallery)
    await sql`analyze gallery.innovation, gallery.word, gallery.suggestion, gallery.award`.execute(world.db)
    // One connection, so that what it counts is what was asked here.
    db = connect(world.address, 1)
  })
  after(async () => {
    await db.destroy()
    await world.drop()
  })

  const page = { offset: 0, limit: 20 }
  const asked = (query: Record<string, unknown>) => querySchema.parse(query)

  /** Which indexes of the gallery `work` scanned, and which tables it read from end to end. */
  async function scansOf(work: () => Promise<unknown>): Promise<{ indexes: string[]; wholeTables: string[] }> {
    const counts = async () => {
      await sql`select pg_stat_force_next_flush()`.execute(db)
      const indexes = await sql<{ name: string; n: number }>`
        select indexrelname as name, idx_scan::int as n from pg_stat_user_indexes where schemaname = 'gallery'`.execute(
        db,
      )
      const tables = await sql<{ name: string; n: number }>`
        select relname as name, seq_scan::int as n from pg_stat_user_tables where schemaname = 'gallery'`.execute(db)
      return { indexes: indexes.rows, tables: tables.rows }
    }
    const earlier = await counts()
    await work()
    const later = await counts()
    const grown = (a: { name: string; n: number }[], b: { name: string; n: number }[]) =>
      b.filter(({ name, n }) => n > (a.find((each) => each.name === name)?.n ?? 0)).map(({ name }) => name)
    return {
      indexes: grown(earlier.indexes, later.indexes).sort(),
      wholeTables: grown(earlier.tables, later.tables).sort(),
    }
  }

  it('finds words in the index of words, never by reading every innovation', async () => {
    const query = asked({ q: 'penjaja sayur' })
    const found = await scansOf(() => search(db, query, page))
    assert.deepEqual(found.wholeTables, [])
    assert.ok(found.indexes.includes('innovation_words'))
    const counted = await scansOf(() => count(db, query))
    assert.deepEqual([counted.indexes, counted.wholeTables], [['innovation_changed', 'innovation_words'], []])
  })

  it('puts a mistyped word right without reading one innovation', async () => {
    const scans = await scansOf(async () => assert.equal(await putRight(db, 'penjaja sayor'), 'penjaja sayur'))
    assert.deepEqual(
      scans.wholeTables.filter((table) => table !== 'word'),
      [],
    )
    assert.equal(await putRight(db, 'penjaja sayur'), undefined)
    assert.equal(await putRight(db, '123 %%% _'), undefined)
  })

  it('offers while one types without reading every innovation, and eight of a word in thousands of names', async () => {
    for (const typed of ['penjaja', 'penjaja sayor', 'pe', 'MI-0001']) {
      const scans = await scansOf(() => suggest(db, typed))
      assert.deepEqual(
        // The vocabulary and the list of agencies are small; innovations and awards are not.
        scans.wholeTables.filter((table) => table !== 'suggestion' && table !== 'word'),
        [],
        typed,
      )
    }
    assert.equal((await suggest(db, 'pelayanan')).length, 8)
  })

  it('shows the newest, a province, and one record by their indexes', async () => {
    const province = await scansOf(() => search(db, asked({ province: '65', year: '2019' }), page))
    assert.deepEqual(province.wholeTables, [])
    const record = await scansOf(async () => {
      const { innovation } = (await findByCode(db, 'MI-000100'))!
      assert.equal((await listRelated(db, innovation.id)).length, 4)
    })
    assert.deepEqual(record.wholeTables, [])
    const api = await scansOf(() => listByCode(db, asked({}), { after: 'MI-003000', limit: 50, address: '' }))
    assert.deepEqual(api.wholeTables, [])
  })

  it('leaves every innovation on exactly one page, whatever the order', async () => {
    for (const sort of ['newest', 'oldest', 'name'] as const) {
      const codes = new Set<string>()
      const { total } = await count(db, asked({ province: '35', sort }))
      for (let offset = 0; offset < total; offset += 100)
        for (const each of await search(db, asked({ province: '35', sort }), { offset, limit: 100 }))
          codes.add(each.code)
      assert.equal(codes.size, total)
    }
  })
})
