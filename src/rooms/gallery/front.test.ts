import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { importInnovations, shippedRounds } from '#competition'
import { queriesOf } from '#platform/db.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { syncGallery } from './store/sync.ts'

describe('gallery: the front page', () => {
  let world: World
  before(async () => {
    world = await aWorld(new Date('2017-02-10T02:00:00Z'))
    await importInnovations(world.db)
    await world.db.transaction().execute(syncGallery)
  })
  after(() => world.drop())

  const read = async (address: string, headers: Record<string, string> = {}) => {
    const response = await world.web.request(address, { headers })
    assert.equal(response.status, 200)
    return response
  }

  it('weighs less than 60 kB over the wire with everything it loads, in both languages', async () => {
    for (const lang of ['id', 'en']) {
      const html = await (await read('/', { cookie: `bahasa=${lang}` })).text()
      const assets = [...new Set([...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((m) => m[1]!))]
      assert.ok(assets.length >= 3)
      let total = gzipSync(html).length
      for (const address of assets) {
        const body = Buffer.from(await (await read(address)).arrayBuffer())
        total += body.subarray(0, 4).toString() === 'wOF2' ? body.length : brotliCompressSync(body).length
      }
      assert.ok(total < 60_000, `${total} bytes`)
      assert.doesNotMatch(html, /(?:src|href)="https?:\/\/[^"]*\.(?:js|css|woff2|png)/)
    }
  })

  it('weighs less than 20 kB as a next page: list and record', async () => {
    for (const address of ['/gallery', '/gallery?q=sampah', '/gallery/MI-000001', '/api', '/tentang']) {
      const size = gzipSync(await (await read(address)).text()).length
      assert.ok(size < 20_000, `${address}: ${size} bytes`)
    }
  })

  it('names the round that is open, with its closing time in the reader’s zone', async () => {
    const rules = shippedRounds()[0]!
    assert.match(await (await read('/')).text(), /Saat ini tidak ada putaran yang terbuka\./)
    const draft = await world.aRound(rules, { state: 'draft' })
    assert.match(await (await read('/')).text(), /Saat ini tidak ada putaran yang terbuka\./)
    await world.db.updateTable('competition.round').set({ state: 'published' }).where('id', '=', draft).execute()
    const html = await (await read('/')).text()
    assert.ok(html.includes(rules.name.id))
    assert.match(html, /Ditutup \d+ \w+ 2017, \d\d\.\d\d WIB/)
  })

  it('counts what the lists behind the numbers hold', async () => {
    const html = await (await read('/')).text()
    assert.match(html, /<span class="value">142<\/span> inovasi/)
    assert.match(html, /<span class="value">118<\/span> instansi/)
    assert.match(html, /<span class="value">26<\/span> provinsi/)
  })

  it('shows only innovations that the source articles name', async () => {
    const seeds = await world.db.selectFrom('gallery.innovation').select('code').where('in_seed', '=', true).execute()
    assert.equal(seeds.length, 10)
    const html = await (await read('/')).text()
    const shown = [...html.matchAll(/<h3><a href="\/gallery\/(MI-\d{6})"/g)].map((m) => m[1]!)
    assert.equal(shown.length, 6)
    for (const code of shown) assert.ok(seeds.some((seed) => seed.code === code))
  })

  it('shows everybody the way to what awaits them, and the public none of it', async () => {
    const agency = await world.anAgency()
    const unit = await world.aUnit(agency)
    const doors = async (person?: string) => {
      const html = await (await (await world.as(person)).get('/')).text()
      const part = /id="untuk-anda"(.*?)<\/section>/s.exec(html)?.[1] ?? ''
      return [...part.matchAll(/href="([^"]+)"/g)].map((m) => m[1])
    }
    assert.deepEqual(await doors(), [])
    assert.deepEqual(await doors(await world.aPerson()), [])
    assert.deepEqual(await doors(await world.aPerson('national-admin')), [
      '/competition',
      '/judging',
      '/competition/register',
    ])
    assert.deepEqual(await doors(await world.aPerson('local-admin', { agency })), [
      '/competition/inbox',
      '/gallery/own',
    ])
    assert.deepEqual(await doors(await world.aPerson('unit', { agency, unit })), ['/competition/proposals'])
    assert.deepEqual(await doors(await world.aPerson('evaluator')), ['/judging'])
  })

  it('asks the database a fixed number of times', async () => {
    const queries = await queriesOf(() => read('/'))
    assert.ok(queries.length <= 5, queries.join('\n'))
  })
})
