import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { hashPassword } from '#platform/password.ts'
import { seal } from '#platform/secret.ts'
import { codeAt } from '#platform/totp.ts'
import { anAuthenticator } from '../../../test/authenticator.ts'
import { aWorld, type World } from '../../../test/world.ts'

const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const password = 'kuda laut biru 7'

describe('people: second factor', () => {
  let world: World
  before(async () => {
    world = await aWorld()
  })
  after(() => world.drop())

  const hash = hashPassword(password)
  async function anAdmin(options: { app?: boolean } = {}) {
    const id = await world.aPerson('national-admin')
    const { email } = await world.db
      .updateTable('people.person')
      .set({ password: await hash, ...(options.app && { totp_secret: seal(secret), totp_since: world.clock.now() }) })
      .where('id', '=', id)
      .returning('email')
      .executeTakeFirstOrThrow()
    return { id, email }
  }

  /** Sign in with the password as a browser does, and keep its cookie. */
  async function signIn(email: string) {
    const response = await (await world.as()).post('/masuk', { email, password, ke: '/people/agencies' })
    assert.equal(response.status, 303)
    const cookie = /sesi=[\w-]{43}/.exec(response.headers.get('set-cookie')!)![0]
    const headers = { cookie, 'sec-fetch-site': 'same-origin' }
    return {
      get: (address: string) => world.web.request(address, { headers }),
      post: (address: string, form: Record<string, string> = {}) =>
        world.web.request(address, { method: 'POST', headers, body: new URLSearchParams(form) }),
      json: (address: string, body: unknown) =>
        world.web.request(address, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
    }
  }
  const leadsTo = (response: Response) => `${response.status} ${response.headers.get('location')}`
  const now = (shift = 0) => codeAt(secret, new Date(world.clock.now().getTime() + shift * 1000))
  /** Half a minute later: another code. */
  const later = () => world.clock.set(new Date(world.clock.now().getTime() + 30_000))

  it('is set up by a national admin before anything else: square code, first code, recovery codes', async () => {
    const { email } = await anAdmin()
    const browser = await signIn(email)
    assert.equal(leadsTo(await browser.get('/people/agencies')), '303 /akun/faktor?ke=%2Fpeople%2Fagencies')
    assert.match(await (await browser.get('/akun/faktor')).text(), /Admin nasional wajib/)
    assert.equal(leadsTo(await browser.post('/akun/faktor/app')), '303 /akun/faktor/app')
    const page = await (await browser.get('/akun/faktor/app')).text()
    assert.match(page, /<svg class="square"/)
    const shown = /<pre>([A-Z2-7 ]+)<\/pre>/.exec(page)![1]!.replaceAll(' ', '')

    const wrong = await browser.post('/akun/faktor/app/confirm', { code: '000000' })
    assert.equal(wrong.status, 409)
    assert.match(await wrong.text(), /Kode tidak cocok/)
    const done = await browser.post('/akun/faktor/app/confirm', { code: codeAt(shown, world.clock.now()) })
    assert.equal(done.status, 200)
    assert.equal((await done.text()).match(/\b(?:[A-Z2-7]{4}-){3}[A-Z2-7]{4}\b/g)!.length, 10)
    assert.equal((await browser.get('/people/agencies')).status, 200)
    // The secret is stored sealed, and the set-up page shows it no more.
    const stored = JSON.stringify(await world.db.selectFrom('people.person').selectAll().execute())
    assert.equal(stored.includes(shown), false)
    assert.equal(leadsTo(await browser.get('/akun/faktor/app')), '303 /akun/faktor')
  })

  it('is asked for at sign-in, leads on to where one was going, and a code works once', async () => {
    const { email } = await anAdmin({ app: true })
    const browser = await signIn(email)
    assert.equal(leadsTo(await browser.get('/people/agencies')), '303 /akun/faktor?ke=%2Fpeople%2Fagencies')
    const code = now()
    const given = await browser.post('/akun/faktor/code?ke=%2Fpeople%2Fagencies', { code })
    assert.equal(leadsTo(given), '303 /people/agencies')
    assert.equal((await browser.get('/people/agencies')).status, 200)
    const other = await signIn(email)
    assert.equal((await other.post('/akun/faktor/code', { code })).status, 409)
    later()
    assert.equal((await other.post('/akun/faktor/code', { code: now() })).status, 303)
  })

  it('lets one of several who give the same code at the same moment in', async () => {
    const { email } = await anAdmin({ app: true })
    const browsers = await Promise.all([signIn(email), signIn(email), signIn(email)])
    const code = now()
    const answers = await Promise.all(browsers.map((browser) => browser.post('/akun/faktor/code', { code })))
    assert.deepEqual(answers.map((a) => a.status).sort(), [303, 409, 409])
  })

  it('cannot be replaced, shown or removed with the password alone', async () => {
    const { id, email } = await anAdmin({ app: true })
    const thief = await signIn(email)
    const before = await world.db.selectFrom('people.person').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    for (const address of ['/akun/faktor/app', '/akun/faktor/app/remove', '/akun/faktor/recovery-codes'])
      assert.equal((await thief.post(address)).status, 409, address)
    assert.equal((await thief.json('/akun/faktor/passkeys/options', {})).status, 403)
    assert.equal((await (await thief.get('/akun/faktor')).text()).includes(secret), false)
    assert.equal(leadsTo(await thief.get('/akun/kata-sandi')), '303 /akun/faktor?ke=%2Fakun%2Fkata-sandi')
    const after = await world.db.selectFrom('people.person').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    assert.deepEqual(after, before)
  })

  it('refuses the ninth code, even the right one', async () => {
    const { email } = await anAdmin({ app: true })
    const browser = await signIn(email)
    for (let i = 0; i < 8; i++)
      assert.equal((await browser.post('/akun/faktor/code', { code: `00000${i}` })).status, 409)
    assert.equal((await browser.post('/akun/faktor/code', { code: now() })).status, 429)
  })

  it('can be given as a recovery code, once, however it is typed', async () => {
    const { email } = await anAdmin()
    const first = await signIn(email)
    await first.post('/akun/faktor/app')
    const page = await (await first.get('/akun/faktor/app')).text()
    const shown = /<pre>([A-Z2-7 ]+)<\/pre>/.exec(page)![1]!.replaceAll(' ', '')
    const done = await first.post('/akun/faktor/app/confirm', { code: codeAt(shown, world.clock.now()) })
    const code = /\b(?:[A-Z2-7]{4}-){3}[A-Z2-7]{4}\b/.exec(await done.text())![0]
    const second = await signIn(email)
    const typed = code.toLowerCase().replaceAll('-', ' ')
    assert.equal((await second.post('/akun/faktor/recovery', { code: typed })).status, 303)
    const third = await signIn(email)
    assert.equal((await third.post('/akun/faktor/recovery', { code })).status, 409)
    assert.match(await (await second.get('/akun/faktor')).text(), /tersisa: 9/)
  })

  it('stays with a national admin: the last one cannot be removed', async () => {
    const { email } = await anAdmin({ app: true })
    const browser = await signIn(email)
    later()
    await browser.post('/akun/faktor/code', { code: now() })
    const refused = await browser.post('/akun/faktor/app/remove')
    assert.equal(refused.status, 409)
    assert.match(await refused.text(), /wajib memakai verifikasi dua langkah/)
  })

  it('may be a passkey: made once, then signing in with it', async () => {
    const { email } = await anAdmin()
    const key = anAuthenticator()
    const browser = await signIn(email)
    const made = key.make(await (await browser.json('/akun/faktor/passkeys/options', {})).json())
    const added = await browser.json('/akun/faktor/passkeys', { response: made, name: 'Kunci laci' })
    assert.deepEqual([added.status, await added.json()], [200, { next: '/akun/faktor' }])
    assert.equal((await browser.get('/people/agencies')).status, 200)

    const again = await signIn(email)
    assert.equal(leadsTo(await again.get('/people/agencies')), '303 /akun/faktor?ke=%2Fpeople%2Fagencies')
    const signed = key.use(await (await again.json('/akun/faktor/login/options', {})).json())
    assert.equal((await again.json('/akun/faktor/login', { response: signed })).status, 200)
    assert.equal((await again.get('/people/agencies')).status, 200)
  })

  it('refuses a passkey answer that is replayed, from another site, or of another key', async () => {
    const { email } = await anAdmin()
    const key = anAuthenticator()
    const browser = await signIn(email)
    const made = key.make(await (await browser.json('/akun/faktor/passkeys/options', {})).json())
    await browser.json('/akun/faktor/passkeys', { response: made, name: '' })

    const again = await signIn(email)
    const ask = async () => (await again.json('/akun/faktor/login/options', {})).json()
    const elsewhere = anAuthenticator('https://melayani.example')
    const other = anAuthenticator()
    for (const response of [elsewhere.use(await ask()), { ...other.use(await ask()), id: key.credential }])
      assert.equal((await again.json('/akun/faktor/login', { response })).status, 409)
    const signed = key.use(await ask())
    await ask()
    assert.equal((await again.json('/akun/faktor/login', { response: signed })).status, 409, 'an earlier challenge')
    const good = key.use(await ask())
    assert.equal((await again.json('/akun/faktor/login', { response: good })).status, 200)
    assert.equal((await again.json('/akun/faktor/login', { response: good })).status, 409, 'the same answer again')
  })

  it('is cleared by another national admin, with a reason, for whoever lost everything; the sessions end', async () => {
    const { id, email } = await anAdmin({ app: true })
    const browser = await signIn(email)
    const self = await world.as(id)
    assert.equal((await self.post(`/people/accounts/${id}/factor`, { reason: 'saya' })).status, 403)
    const national = await world.as(await world.aPerson('national-admin'))
    assert.equal((await national.post(`/people/accounts/${id}/factor`, { reason: '' })).status, 422)
    assert.equal((await national.post(`/people/accounts/${id}/factor`, { reason: 'Telepon hilang' })).status, 303)
    assert.equal(leadsTo(await browser.get('/akun')), '303 /masuk?ke=%2Fakun')
    const fresh = await signIn(email)
    assert.match(await (await fresh.get('/akun/faktor')).text(), /Pasang aplikasi autentikator/)
  })
})

describe('people: a forgotten password', () => {
  let world: World
  before(async () => {
    world = await aWorld()
  })
  after(() => world.drop())

  const lettersTo = (email: string) =>
    world.db.selectFrom('log.mail').select(['body', 'once']).where('to_email', '=', email).orderBy('id').execute()
  const linkIn = (body: string) => /\/masuk\/atur\/[\w-]{43}/.exec(body)![0]
  async function anAccount() {
    const id = await world.aPerson('evaluator')
    const { email } = await world.db
      .updateTable('people.person')
      .set({ password: await hashPassword(password) })
      .where('id', '=', id)
      .returning('email')
      .executeTakeFirstOrThrow()
    return { id, email }
  }

  it('is replaced once by the link in the letter, and every session ends', async () => {
    const { id, email } = await anAccount()
    const elsewhere = await world.as(id)
    const visitor = await world.as()
    assert.equal((await visitor.post('/masuk/lupa', { email: ` ${email.toUpperCase()} ` })).status, 200)
    const [letter] = await lettersTo(email)
    assert.equal(letter!.once, true)
    const link = linkIn(letter!.body)
    assert.equal((await visitor.get(link)).status, 200)
    assert.equal((await visitor.post(link, { password: 'pendek' })).status, 409)
    assert.equal((await visitor.post(link, { password: 'gajah hijau menari' })).status, 303)
    assert.equal((await elsewhere.get('/akun')).status, 303)
    assert.equal((await visitor.post(link, { password: 'gajah merah menari' })).status, 404)
    assert.equal((await visitor.post('/masuk', { email, password })).status, 422)
    assert.equal((await visitor.post('/masuk', { email, password: 'gajah hijau menari' })).status, 303)
  })

  it('lets one of two who use the link at the same moment through', async () => {
    const { email } = await anAccount()
    const visitor = await world.as()
    await visitor.post('/masuk/lupa', { email })
    const link = linkIn((await lettersTo(email))[0]!.body)
    const answers = await Promise.all(
      ['gajah hijau menari', 'gajah biru menari'].map((p) => visitor.post(link, { password: p })),
    )
    const [done, late] = answers.map((a) => a.status).sort()
    assert.equal(done, 303)
    assert.ok(late === 404 || late === 409, String(late))
  })

  it('is answered the same for an unknown address, which gets no letter', async () => {
    const { email } = await anAccount()
    const visitor = await world.as()
    const known = await visitor.post('/masuk/lupa', { email })
    const unknown = await visitor.post('/masuk/lupa', { email: 'tidak.ada@contoh.go.id' })
    assert.equal(known.status, unknown.status)
    assert.equal(await known.text(), await unknown.text())
    assert.deepEqual(await lettersTo('tidak.ada@contoh.go.id'), [])
  })

  it('has a link for one hour, and only the last one opens', async () => {
    const { email } = await anAccount()
    const visitor = await world.as()
    await visitor.post('/masuk/lupa', { email })
    await visitor.post('/masuk/lupa', { email })
    const [first, second] = (await lettersTo(email)).map(({ body }) => linkIn(body))
    assert.equal((await visitor.get(first!)).status, 404)
    assert.equal((await visitor.get(second!)).status, 200)
    world.clock.set(new Date(world.clock.now().getTime() + 3_600_000))
    assert.equal((await visitor.get(second!)).status, 404)
    assert.equal((await visitor.post(second!, { password: 'gajah hijau menari' })).status, 404)
  })

  it('sends three letters an hour to one address, not a fourth', async () => {
    const { email } = await anAccount()
    const visitor = await world.as()
    const answers = []
    for (let i = 0; i < 4; i++) answers.push((await visitor.post('/masuk/lupa', { email })).status)
    assert.deepEqual(answers, [200, 200, 200, 429])
    assert.equal((await lettersTo(email)).length, 3)
  })

  it('leads to no host that the asker chose', async () => {
    const { email } = await anAccount()
    const body = new URLSearchParams({ email })
    const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example' }
    await world.web.request('http://evil.example/masuk/lupa', { method: 'POST', body, headers })
    assert.equal(
      (await lettersTo(email)).some((letter) => letter.body.includes('evil')),
      false,
    )
  })
})
