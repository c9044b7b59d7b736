import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { newId } from '#platform/ids.ts'
import { hashPassword } from '#platform/password.ts'
import { aWorld, type World } from '../../../test/world.ts'

describe('people: signing in', () => {
  let world: World
  before(async () => {
    world = await aWorld()
  })
  after(() => world.drop())

  async function anAccount(password: string) {
    const id = await world.aPerson('evaluator')
    const row = await world.db
      .updateTable('people.person')
      .set({ password: await hashPassword(password) })
      .where('id', '=', id)
      .returning('email')
      .executeTakeFirstOrThrow()
    return { id, email: row.email }
  }

  it('gives a cookie that opens the own account, and leads on to an address of our own only', async () => {
    const { email } = await anAccount('kuda laut biru 7')
    const visitor = await world.as()
    const good = await visitor.post('/masuk', { email, password: 'kuda laut biru 7', ke: '/akun' })
    assert.equal(good.status, 303)
    assert.equal(good.headers.get('location'), '/akun')
    const cookie = good.headers.get('set-cookie')!
    assert.match(cookie, /^sesi=[\w-]{43}; .*HttpOnly; SameSite=Lax/)
    const account = await world.web.request('/akun', { headers: { cookie: cookie.split(';')[0]! } })
    assert.equal(account.status, 200)
    const elsewhere = await visitor.post('/masuk', { email, password: 'kuda laut biru 7', ke: '//evil.example/' })
    assert.equal(elsewhere.headers.get('location'), '/')
  })

  it('says the same for a wrong password and an unknown address, and keeps the address typed', async () => {
    const { email } = await anAccount('kuda laut biru 7')
    const visitor = await world.as()
    const wrong = await visitor.post('/masuk', { email, password: 'salah' })
    const unknown = await visitor.post('/masuk', { email: 'tidak.ada@contoh.go.id', password: 'salah' })
    assert.equal(wrong.status, 422)
    assert.equal(unknown.status, 422)
    const text = await wrong.text()
    assert.match(text, new RegExp(`value="${email}"`))
    assert.equal(text.replaceAll(email, ''), (await unknown.text()).replaceAll('tidak.ada@contoh.go.id', ''))
  })

  it('refuses the ninth guess at one account, even with the right password', async () => {
    const { email } = await anAccount('kuda laut biru 7')
    const visitor = await world.as()
    for (let i = 0; i < 8; i++)
      assert.equal((await visitor.post('/masuk', { email, password: `tebakan ${i}` })).status, 422)
    assert.equal((await visitor.post('/masuk', { email, password: 'kuda laut biru 7' })).status, 429)
  })

  it('refuses a form that another site sent', async () => {
    const response = await world.web.request('/masuk', {
      method: 'POST',
      body: new URLSearchParams({ email: 'a@b.id' }),
      headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    })
    assert.equal(response.status, 403)
  })

  it("lists the devices signed in, and ends another one of one's own, never somebody else's", async () => {
    const { id } = await anAccount('kuda laut biru 7')
    const [here, there] = [await world.as(id), await world.as(id)]
    const stranger = await world.as((await anAccount('kuda laut biru 7')).id)
    const page = await (await here.get('/akun')).text()
    const ends = [...page.matchAll(/action="(\/akun\/sesi\/[\w-]+\/akhiri)"/g)].map((m) => m[1]!)
    assert.equal(ends.length, 1)
    assert.equal((await stranger.post(ends[0]!)).status, 404)
    assert.equal((await there.get('/akun')).status, 200)
    assert.equal((await here.post(ends[0]!)).status, 303)
    assert.equal((await there.get('/akun')).headers.get('location'), '/masuk?ke=%2Fakun')
    assert.equal((await here.get('/akun')).status, 200)
  })

  it('ends with signing out: the cookie opens nothing any more', async () => {
    const { id } = await anAccount('kuda laut biru 7')
    const reader = await world.as(id)
    assert.equal((await reader.post('/keluar')).status, 303)
    assert.equal((await reader.get('/akun')).status, 303)
  })

  it('changes a password made by others before anything else; sessions elsewhere end', async () => {
    const { id } = await anAccount('kata sandi sementara')
    await world.db.updateTable('people.person').set({ must_change: true }).where('id', '=', id).execute()
    const [here, there] = [await world.as(id), await world.as(id)]
    assert.equal((await here.get('/akun')).headers.get('location'), '/akun/kata-sandi?wajib=1')
    assert.equal((await here.get('/akun/kata-sandi')).status, 200)
    const change = (password: string) => here.post('/akun/kata-sandi', { current: 'kata sandi sementara', password })
    assert.equal((await change('pendek')).status, 409)
    assert.equal((await change('kuda laut biru 7')).status, 303)
    assert.equal((await here.get('/akun')).status, 200)
    assert.equal((await there.get('/akun')).headers.get('location'), '/masuk?ke=%2Fakun')
  })

  it('keeps neither passwords nor their hashes in the record of acts or in the results of forms', async () => {
    const { id } = await anAccount('kuda laut biru 7')
    const form = { current: 'kuda laut biru 7', password: 'gajah hijau menari', once: newId() }
    assert.equal((await (await world.as(id)).post('/akun/kata-sandi', form)).status, 303)
    const kept = JSON.stringify([
      await world.db.selectFrom('log.event').selectAll().execute(),
      await world.db.selectFrom('log.once').selectAll().execute(),
    ])
    assert.match(kept, /people\.password-changed/)
    for (const secret of ['argon2', 'gajah', 'kuda laut']) assert.equal(kept.includes(secret), false, secret)
  })

  it('is refused to a closed account', async () => {
    const { id, email } = await anAccount('kuda laut biru 7')
    const reader = await world.as(id)
    await world.db
      .updateTable('people.role')
      .set({ ended: new Date(), reason: 'uji' })
      .where('person', '=', id)
      .execute()
    await world.db.updateTable('people.person').set({ closed: world.clock.now() }).where('id', '=', id).execute()
    assert.equal((await reader.get('/akun')).status, 303)
    assert.equal((await (await world.as()).post('/masuk', { email, password: 'kuda laut biru 7' })).status, 422)
  })
})
