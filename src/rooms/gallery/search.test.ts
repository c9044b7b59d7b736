import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { importInnovations } from '#competition'
import { queriesOf } from '#platform/db.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { syncGallery } from './store/sync.ts'

describe('gallery: finding an innovation', () => {
  let world: World
  before(async () => {
    world = await aWorld()
    await importInnovations(world.db)
    await world.db.transaction().execute(syncGallery)
  })
  after(() => world.drop())

  const listed = async (address: string, lang: 'id' | 'en' = 'id') => {
    const visitor = await world.as(undefined, { lang })
    const response = await visitor.get(address)
    assert.equal(response.status, 200)
    const html = await response.text()
    return {
      html,
      codes: [...html.matchAll(/<h3><a href="\/gallery\/(MI-\d{6})">/g)].map((m) => m[1]!),
      names: [...html.matchAll(/<h3><a href="\/gallery\/MI-\d{6}">(.*?)<\/a>/g)].map((m) =>
        m[1]!.replace(/<\/?mark>/g, ''),
      ),
    }
  }

  it('finds words by their stem, in Indonesian and in English', async () => {
    assert.deepEqual((await listed('/gallery?q=penjaja+sayur')).names, ['Laskar Penjaja Sayur'])
    // "lapor" and "sayur" stand in the text only as "melaporkannya" and "sayur".
    assert.deepEqual((await listed('/gallery?q=lapor+sayuran')).names, ['Laskar Penjaja Sayur'])
    assert.ok((await listed('/gallery?q=sampah&sort=name')).names.includes('TOSS Gema Santi'))
    assert.deepEqual((await listed('/gallery?q=vegetable+sellers', 'en')).names, ['Laskar Penjaja Sayur'])
  })

  it('puts a mistyped word right and says so', async () => {
    const { names, html } = await listed('/gallery?q=penjaja+sayor')
    assert.deepEqual(names, ['Laskar Penjaja Sayur'])
    assert.match(html, /Tidak ada yang cocok dengan “penjaja sayor”. Ini hasil untuk “penjaja sayur”\./)
    assert.match(html, /Laskar <mark>Penjaja<\/mark> <mark>Sayur<\/mark>/)
  })

  it('leads from a code, however it is typed, to the one innovation', async () => {
    const { codes } = await listed('/gallery?q=mi+7')
    assert.deepEqual(codes, ['MI-000007'])
    const visitor = await world.as()
    const moved = await visitor.get('/gallery/mi-7')
    assert.deepEqual([moved.status, moved.headers.get('location')], [301, '/gallery/MI-000007'])
    for (const wrong of ['/gallery/MI-999999', '/gallery/MI-000000', '/gallery/x', '/gallery/MI-1234567'])
      assert.equal((await visitor.get(wrong)).status, 404)
  })

  it('escapes what was typed, marked or not', async () => {
    const { html } = await listed(`/gallery?q=${encodeURIComponent('<img src=x> sayur')}`)
    assert.ok(!html.includes('<img'))
    assert.ok(html.includes('value="&lt;img src=x> sayur"'))
  })

  it('narrows by province, year, level, category and status together, and takes what it cannot read as not asked', async () => {
    const { names } = await listed('/gallery?province=73&year=2021&level=regional&category=Pendidikan&status=unknown')
    assert.deepEqual(names, ['Rompi KPK (Kelas Pencegahan Korupsi)'])
    const all = await listed('/gallery?province=xyz&year=abc&level=none&status=?&hal=-3&sort=upside')
    assert.match(all.html, /<strong>142 inovasi<\/strong>/)
  })

  it('counts in a filter what choosing it would give', async () => {
    const { html } = await listed('/gallery?province=65')
    const years = [...html.matchAll(/<option value="(\d{4})">\d{4} \((\d+)\)/g)].map((m) => [m[1], Number(m[2])])
    assert.deepEqual(years, [
      ['2025', 1],
      ['2020', 1],
      ['2019', 1],
    ])
    for (const [year, n] of years) assert.equal((await listed(`/gallery?province=65&year=${year}`)).names.length, n)
  })

  it('narrows by a goal of sustainable development that an agency gave, counts it, and the API does too', async () => {
    const none = await listed('/gallery')
    assert.equal(none.html.includes('name="goal"'), false)
    const code = async (name: string) => {
      const found = world.db.updateTable('gallery.innovation').where('name', '=', name).returning('code')
      return (await found.set({ goals: [3, 10] }).executeTakeFirstOrThrow()).code
    }
    const codes = [await code('Laskar Penjaja Sayur'), await code('Rantang Kasih')].sort()
    await world.db.updateTable('gallery.innovation').set({ changed: new Date() }).where('code', 'in', codes).execute()
    const { codes: found, html } = await listed('/gallery?goal=3&sort=oldest')
    assert.deepEqual(found.sort(), codes)
    assert.match(html, /<option value="10">10 Berkurangnya kesenjangan \(2\)<\/option>/)
    assert.match(html, /<option value="3" selected>/)
    assert.deepEqual((await listed('/gallery?goal=4')).codes, [])
    assert.equal((await listed('/gallery?goal=99')).codes.length, 20)
    const visitor = await world.as()
    const api = (await (await visitor.get('/api/v1/innovations?goal=10')).json()) as { data: { code: string }[] }
    assert.deepEqual(api.data.map((each) => each.code).sort(), codes)
    assert.equal((await visitor.get('/api/v1/innovations?goal=99')).status, 400)
    const csv = await (await visitor.get('/gallery/export.csv?goal=3')).text()
    assert.equal(csv.trim().split('\n').length, 3)
  })

  it('asks the database the same number of times for one result and for many', async () => {
    const one = await queriesOf(() => listed('/gallery?q=hipnoterapi'))
    const many = await queriesOf(() => listed('/gallery?q=desa'))
    assert.deepEqual([one.length, many.length], [4, 4])
    // Asked again, what was counted is kept: one less.
    assert.equal((await queriesOf(() => listed('/gallery?q=desa'))).length, 3)
  })

  it('pages through everything once', async () => {
    const seen: string[] = []
    for (let page = 1; page <= 8; page++) seen.push(...(await listed(`/gallery?hal=${page}`)).codes)
    assert.equal(seen.length, 142)
    assert.equal(new Set(seen).size, 142)
  })
})
