import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { importInnovations } from '#competition'
import { aWorld, type World } from '../../../test/world.ts'
import { syncGallery } from './store/sync.ts'

const home = 'Pemerintah Kabupaten Banyuwangi'

describe('gallery: keeping an innovation up', () => {
  let world: World
  let agency: string
  let code: string
  let others: string
  let keeperId: string
  before(async () => {
    world = await aWorld(new Date('2026-03-10T02:00:00Z'))
    agency = await world.anAgency({ name: home })
    keeperId = await world.aPerson('local-admin', { agency })
    await importInnovations(world.db)
    await world.db.transaction().execute(syncGallery)
    const find = async (name: string) =>
      (
        await world.db
          .selectFrom('gallery.innovation')
          .select('code')
          .where('name', '=', name)
          .executeTakeFirstOrThrow()
      ).code
    code = await find('Laskar Penjaja Sayur')
    others = await find('Jogo Tonggo')
  })
  beforeEach(() =>
    world.db
      .updateTable('gallery.innovation')
      .set({ status: 'unknown', status_on: null, status_at: null, story: '[]' })
      .execute(),
  )
  after(() => world.drop())

  const row = (which = code) =>
    world.db.selectFrom('gallery.innovation').selectAll().where('code', '=', which).executeTakeFirstOrThrow()
  const admin = () => world.as(keeperId)
  const word = { status: 'continues', on: '2026-03-09', reason: 'Dipakai 45 desa.' }

  it('lets the local admin of the agency say that it still runs, and shows it to everybody', async () => {
    const keeper = await admin()
    const answer = await keeper.post(`/gallery/${code}/status`, word)
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, `/gallery/${code}`])
    const visitor = await world.as()
    const html = await (await visitor.get(`/gallery/${code}`)).text()
    assert.match(html, /Berlanjut.*9 Maret 2026, menurut instansinya.*Dipakai 45 desa\./s)
    const found = await (await visitor.get('/gallery?status=continues')).text()
    assert.match(found, /<strong>1 inovasi<\/strong>/)
    const [event] = await world.db
      .selectFrom('log.event')
      .selectAll()
      .where('name', '=', 'gallery.status-said')
      .execute()
    assert.deepEqual(event?.particulars, { code, from: 'unknown', status: 'continues', on: '2026-03-09' })
    assert.equal(event?.scope, agency)
  })

  it('says that it is the secretariat’s word when it is', async () => {
    const national = await world.as(await world.aPerson('national-admin'))
    assert.equal((await national.post(`/gallery/${others}/status`, { ...word, status: 'stopped' })).status, 303)
    assert.equal((await row(others)).status_said, 'secretariat')
  })

  it('takes no word for a day that has not come, and none older than the last', async () => {
    const keeper = await admin()
    const early = await keeper.post(`/gallery/${code}/status`, { ...word, on: '2026-03-11' })
    assert.equal(early.status, 409)
    const html = await early.text()
    assert.match(html, /Tanggalnya belum tiba/)
    assert.match(html, /value="2026-03-11"/)
    assert.match(html, /Dipakai 45 desa\./)
    assert.equal((await keeper.post(`/gallery/${code}/status`, word)).status, 303)
    assert.equal((await keeper.post(`/gallery/${code}/status`, { ...word, on: '2026-03-08' })).status, 409)
    assert.equal((await keeper.post(`/gallery/${code}/status`, { ...word, status: 'unknown' })).status, 422)
    assert.equal((await keeper.post(`/gallery/${code}/status`, { ...word, reason: ' ' })).status, 422)
    assert.equal((await row()).status_on, '2026-03-09')
  })

  it('takes a contact that can be used, and keeps what it says out of the log', async () => {
    const keeper = await admin()
    const wrong = { office: 'Dinas Kesehatan', email: 'bukan surel', phone: '', site: 'javascript:alert(1)' }
    const again = await keeper.post(`/gallery/${code}/contact`, wrong)
    assert.equal(again.status, 422)
    assert.match(await again.text(), /value="bukan surel"/)
    const good = { ...wrong, email: 'dinkes@contoh.go.id', site: 'https://contoh.go.id/laskar' }
    assert.equal((await keeper.post(`/gallery/${code}/contact`, good)).status, 303)
    const { contact_email, contact_phone, contact_site } = await row()
    assert.deepEqual([contact_email, contact_phone, contact_site], ['dinkes@contoh.go.id', null, good.site])
    const events = await world.db.selectFrom('log.event').select('particulars').execute()
    assert.ok(!JSON.stringify(events).includes('dinkes@contoh'))
  })

  it('adds to the story, marked as an addition, and takes it back', async () => {
    const keeper = await admin()
    const addition = { question: 'Setelah pandemi', text: 'Kini <b>60</b> penjaja.', lang: 'id' }
    assert.equal((await keeper.post(`/gallery/${code}/story`, addition)).status, 303)
    const html = await (await (await world.as()).get(`/gallery/${code}`)).text()
    assert.match(html, /Setelah pandemi.*Kini &lt;b>60&lt;\/b> penjaja\..*Ditambahkan instansinya, 10 Maret 2026/s)
    const [part] = (await row()).story as { id: string }[]
    const both = await Promise.all([1, 2].map(() => keeper.post(`/gallery/${code}/story/take`, { part: part!.id })))
    assert.deepEqual(both.map((r) => r.status).sort(), [303, 409])
    assert.deepEqual((await row()).story, [])
  })

  it('keeps what the agency wrote when the gallery follows the register again', async () => {
    const keeper = await admin()
    await keeper.post(`/gallery/${code}/status`, word)
    await keeper.post(`/gallery/${code}/goals`, { 'goals[]': ['3', '2', '3'] })
    const before = await row()
    assert.deepEqual(before.goals, [2, 3])
    const synced = await world.db.transaction().execute(syncGallery)
    assert.deepEqual([synced.added, synced.changed], [0, 0])
    assert.deepEqual(await row(), before)
  })

  it('is closed to everybody else', async () => {
    const elsewhere = await world.anAgency()
    const unit = await world.aUnit(agency)
    const strangers = [
      await world.aPerson('local-admin', { agency: elsewhere }),
      await world.aPerson('unit', { agency, unit }),
      await world.aPerson('evaluator'),
      await world.aPerson('panel'),
      await world.aPerson(),
    ]
    for (const person of strangers) {
      const stranger = await world.as(person)
      for (const verb of ['status', 'contact', 'goals', 'story', 'story/take', 'agency'])
        assert.equal((await stranger.post(`/gallery/${code}/${verb}`, word)).status, 403)
      assert.equal((await stranger.get(`/gallery/${code}/edit`)).status, 403)
      assert.equal((await stranger.post('/gallery/sync')).status, 403)
    }
    const own = await admin()
    assert.equal((await own.post(`/gallery/${others}/status`, word)).status, 403)
    assert.equal((await own.post(`/gallery/${code}/agency`, { agency: home })).status, 403)
    assert.equal((await own.post('/gallery/MI-999999/status', word)).status, 404)
    const anybody = await world.as()
    assert.match((await anybody.post(`/gallery/${code}/status`, word)).headers.get('location') ?? '', /^\/masuk/)
    assert.equal((await row()).status, 'unknown')
  })

  it('gives an innovation to the agency that the secretariat names, by code or full name only', async () => {
    const national = await world.as(await world.aPerson('national-admin'))
    const wrong = await national.post(`/gallery/${others}/agency`, { agency: 'Pemerintah' })
    assert.equal(wrong.status, 422)
    assert.match(await wrong.text(), /Tidak ada instansi dengan kode atau nama itu\./)
    assert.equal((await national.post(`/gallery/${others}/agency`, { agency: home.toUpperCase() })).status, 303)
    assert.equal((await row(others)).agency, agency)
    const own = await (await (await admin()).get('/gallery/own')).text()
    assert.match(own, /Jogo Tonggo/)
    assert.equal(own.match(/<th scope="row">/g)?.length, 7)
  })
})
