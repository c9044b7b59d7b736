import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { aWorld, type World } from '../../../test/world.ts'

describe('people: regions', () => {
  let world: World
  before(async () => {
    world = await aWorld()
  })
  after(() => world.drop())

  const search = async (query: string) => {
    const visitor = await world.as()
    const answer = await visitor.get(`/people/regions?${query}`, { accept: 'application/json' })
    return (await answer.json()) as { code: string; name: string; kind: string; within: string | null }[]
  }

  it('are the 38 provinces and 514 regencies and cities, each in the zone of its province', async () => {
    const rows = await world.db
      .selectFrom('people.region')
      .select(['kind', (eb) => eb.fn.countAll<string>().as('n')])
      .where('kind', 'in', ['province', 'regency', 'city'])
      .groupBy('kind')
      .execute()
    const counted = Object.fromEntries(rows.map(({ kind, n }) => [kind, Number(n)]))
    assert.deepEqual([counted.province, counted.regency! + counted.city!], [38, 514])
  })

  it('are found by the beginning of their name, the larger before the smaller, with where they lie', async () => {
    const [first] = await search('q=banyuw')
    assert.deepEqual(first, { code: '35.10', kind: 'regency', name: 'Kabupaten Banyuwangi', within: 'Jawa Timur' })
    assert.deepEqual(
      (await search('q=madiun&kind=regency,city')).map((r) => r.code),
      ['35.19', '35.77'],
    )
    assert.deepEqual(
      (await search('q=35.10&kind=regency')).map((r) => r.name),
      ['Kabupaten Banyuwangi'],
    )
    assert.deepEqual(await search('q='), [])
    assert.deepEqual(await search(`q=${encodeURIComponent("%_'\\")}`), [])
  })

  it('are also a page', async () => {
    const page = await (await world.as()).get('/people/regions?q=banyuwangi')
    assert.match(page.headers.get('content-type')!, /text\/html/)
    assert.match(await page.text(), /Kabupaten Banyuwangi/)
  })
})
