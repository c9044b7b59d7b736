import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
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
})
