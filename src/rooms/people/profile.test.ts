import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { newId } from '#platform/ids.ts'
import { hashPassword } from '#platform/password.ts'
import { aWorld, type World } from '../../../test/world.ts'

const password = 'kuda laut biru 7'

describe('people: what one keeps up of oneself', () => {
  let world: World
  let hash: string
  before(async () => {
    world = await aWorld()
    hash = await hashPassword(password)
  })
  after(() => world.drop())

  async function anAccount(name = 'Dewi Lestari') {
    const id = await world.aPerson('evaluator', {}, name)
    await world.db.updateTable('people.person').set({ password: hash }).where('id', '=', id).execute()
    return { id, email: (await rowOf(id)).email, client: await world.as(id) }
  }
  const rowOf = (id: string) =>
    world.db.selectFrom('people.person').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const cookiesOf = (response: Response) => response.headers.getSetCookie().join('\n')
  const lettersTo = (email: string) =>
    world.db.selectFrom('log.mail').select(['subject', 'body']).where('to_email', '=', email).orderBy('id').execute()
  const linkIn = (body: string) => new URL(/http\S+/.exec(body)![0]).pathname
  const ask = (
    client: { post: World extends never ? never : Awaited<ReturnType<World['as']>>['post'] },
    email: string,
  ) => client.post('/akun/surel', { email, password })

  it('is changed with one form: name, language and telephone, each remembered', async () => {
    const { id, client } = await anAccount()
    const changed = await client.post('/akun/profil', { name: '  Dewi   L. ', lang: 'en', phone: '0812-3456-7890' })
    assert.equal(changed.status, 303)
    assert.match(cookiesOf(changed), /bahasa=en/)
    const { name, lang, phone } = await rowOf(id)
    assert.deepEqual({ name, lang, phone }, { name: 'Dewi L.', lang: 'en', phone: '+6281234567890' })
    const page = await (await client.get('/akun')).text()
    assert.match(page, /<html lang="en"/)
    assert.match(page, /\+6281234567890/)
    const emptied = await client.post('/akun/profil', { name: 'Dewi L.', lang: 'en', phone: '' })
    assert.equal(emptied.status, 303)
    assert.equal((await rowOf(id)).phone, null)
  })

  it('comes back with everything typed and the problem beside its field', async () => {
    const { id, client } = await anAccount()
    const before = await rowOf(id)
    const wrong = await client.post('/akun/profil', { name: 'A "B"', lang: 'en', phone: 'kantor' })
    assert.equal(wrong.status, 422)
    const text = await wrong.text()
    assert.match(text, /value="A &quot;B&quot;"/)
    assert.match(text, /value="kantor"/)
    assert.match(text, /id="phone-problem"/)
    assert.equal((await client.post('/akun/profil', { name: '', lang: 'id' })).status, 422)
    assert.equal((await client.post('/akun/profil', { name: 'X', lang: 'fr' })).status, 422)
    assert.deepEqual(await rowOf(id), before)
  })

  it('is done once for two clicks at once, and tells which parts changed, never the values', async () => {
    const { id, client } = await anAccount()
    const form = { name: 'Dewi Sekarang', lang: 'id', phone: '0811222333444' }
    const answers = await Promise.all([1, 2, 3].map(() => client.post('/akun/profil', form)))
    assert.deepEqual(answers.map((a) => a.status).sort(), [303, 409, 409])
    const events = await world.db
      .selectFrom('log.event')
      .select(['name', 'particulars'])
      .where('subject', '=', id)
      .execute()
    assert.deepEqual(events, [{ name: 'people.profile-changed', particulars: { parts: ['name', 'phone'] } }])
  })

  it('is nobody else’s: without a session there is only the way to sign in', async () => {
    const visitor = await world.as()
    for (const address of ['/akun/profil', '/akun/surel', '/akun/tutup', `/akun/surel/${'a'.repeat(43)}`])
      assert.equal((await visitor.get(address)).headers.get('location'), `/masuk?ke=${encodeURIComponent(address)}`)
  })

  it('keeps the language of the switch for the account, so that another browser speaks it too', async () => {
    const { id, client } = await anAccount()
    assert.equal((await client.get('/bahasa/en?ke=/akun')).headers.get('location'), '/akun')
    assert.equal((await rowOf(id)).lang, 'en')
    assert.match(await (await (await world.as(id)).get('/akun')).text(), /<html lang="en"/)
    // A page elsewhere may lead to the switch; it does not choose for the account.
    await client.get('/bahasa/id', { 'sec-fetch-site': 'cross-site' })
    assert.equal((await rowOf(id)).lang, 'en')
  })

  it('at sign-in what the account chose counts; one that never chose takes what was chosen in this browser', async () => {
    const { id, email } = await anAccount()
    const english = await world.as(undefined, { lang: 'en' })
    await english.post('/masuk', { email, password })
    assert.equal((await rowOf(id)).lang, 'en')
    const indonesian = await world.as(undefined, { lang: 'id' })
    assert.match(cookiesOf(await indonesian.post('/masuk', { email, password })), /bahasa=en/)
    assert.equal((await rowOf(id)).lang, 'en')
  })

  it('takes a new address only by the link sent to it; the old one is told before and after', async () => {
    const { id, email, client } = await anAccount()
    const elsewhere = await world.as(id)
    assert.equal((await ask(client, 'Dewi.Baru@contoh.go.id ')).status, 303)
    assert.equal((await rowOf(id)).email, email)
    const [letter] = await lettersTo('dewi.baru@contoh.go.id')
    const link = linkIn(letter!.body)
    assert.equal((await lettersTo(email)).length, 1)
    // Looking at it (as programs that read letters do) changes nothing.
    assert.match(await (await client.get(link)).text(), /dewi\.baru@contoh\.go\.id/)
    assert.equal((await rowOf(id)).email, email)
    const answers = (await Promise.all([1, 2].map(() => client.post(link)))).map(({ status }) => status).sort()
    // The second one met the link as it was used, or came when it was gone.
    assert.deepEqual(answers, [303, answers[1] === 404 ? 404 : 409])
    assert.equal((await rowOf(id)).email, 'dewi.baru@contoh.go.id')
    const told = await lettersTo(email)
    assert.equal(told.length, 2)
    assert.match(told[1]!.body, /dewi\.baru@contoh\.go\.id/)
    assert.equal((await client.get('/akun')).status, 200)
    assert.equal((await elsewhere.get('/akun')).status, 303)
    assert.equal((await client.get(link)).status, 404)
    const visitor = await world.as()
    assert.equal((await visitor.post('/masuk', { email, password })).status, 422)
    assert.equal((await visitor.post('/masuk', { email: 'dewi.baru@contoh.go.id', password })).status, 303)
  })

  it('gives the link of one account to nobody else, and to nobody after a day', async () => {
    const { id, email, client } = await anAccount()
    const stranger = (await anAccount('Orang Lain')).client
    await ask(client, 'satu.hari@contoh.go.id')
    const link = linkIn((await lettersTo('satu.hari@contoh.go.id'))[0]!.body)
    assert.equal((await stranger.get(link)).status, 404)
    assert.equal((await stranger.post(link)).status, 404)
    assert.match((await (await world.as()).post(link)).headers.get('location')!, /^\/masuk/)
    const start = world.clock.now()
    world.clock.set(new Date(start.getTime() + 24 * 3_600_000))
    await client.wake()
    assert.equal((await client.post(link)).status, 404)
    world.clock.set(start)
    assert.equal((await rowOf(id)).email, email)
  })

  it('only the last link counts, and a link to a new password in the old mailbox opens nothing any more', async () => {
    const { email, client } = await anAccount()
    await (await world.as()).post('/masuk/lupa', { email })
    const reset = linkIn((await lettersTo(email))[0]!.body)
    await ask(client, 'pertama@contoh.go.id')
    await ask(client, 'kedua@contoh.go.id')
    assert.equal((await client.post(linkIn((await lettersTo('pertama@contoh.go.id'))[0]!.body))).status, 404)
    assert.equal((await (await world.as()).get(reset)).status, 200)
    assert.equal((await client.post(linkIn((await lettersTo('kedua@contoh.go.id'))[0]!.body))).status, 303)
    assert.equal((await (await world.as()).get(reset)).status, 404)
  })

  it('answers the same for an address that somebody has, who is told instead', async () => {
    const { client } = await anAccount()
    const other = await anAccount('Pemilik Lama')
    const free = await ask(client, 'bebas@contoh.go.id')
    const taken = await ask(client, other.email)
    assert.deepEqual([free.status, free.headers.get('location')], [taken.status, taken.headers.get('location')])
    const [letter] = await lettersTo(other.email)
    assert.doesNotMatch(letter!.body, /akun\/surel/)
  })

  it('is refused when somebody took the address in the meantime', async () => {
    const [one, two] = [await anAccount(), await anAccount('Dua')]
    await ask(one.client, 'rebutan@contoh.go.id')
    await ask(two.client, 'rebutan@contoh.go.id')
    const links = (await lettersTo('rebutan@contoh.go.id')).map(({ body }) => linkIn(body))
    const answers = await Promise.all([one.client.post(links[0]!), two.client.post(links[1]!)])
    assert.deepEqual(answers.map((a) => a.status).sort(), [303, 409])
  })

  it('asks for the password, and counts those who guess it with an open session', async () => {
    const { email, client } = await anAccount()
    const wrong = () => client.post('/akun/surel', { email: 'pencuri@contoh.go.id', password: 'salah' })
    for (let i = 0; i < 8; i++) assert.equal((await wrong()).status, 409)
    assert.equal((await wrong()).status, 429)
    assert.equal((await client.post('/akun/tutup', { password: 'salah', sure: 'ya' })).status, 429)
    assert.deepEqual(await lettersTo('pencuri@contoh.go.id'), [])
    assert.deepEqual(await lettersTo(email), [])
  })

  it('leaves neither names, addresses, numbers nor links in the record of acts or in the results of forms', async () => {
    const { id, client } = await anAccount()
    const once = newId()
    await client.post('/akun/profil', { name: 'Rahasia Nama', lang: 'en', phone: '081999888777', once })
    await client.post('/akun/surel', { email: 'rahasia.surel@contoh.go.id', password, once })
    const [letter] = await lettersTo('rahasia.surel@contoh.go.id')
    await client.post(linkIn(letter!.body), { once })
    assert.equal((await rowOf(id)).email, 'rahasia.surel@contoh.go.id')
    const kept = JSON.stringify([
      await world.db.selectFrom('log.event').selectAll().execute(),
      await world.db.selectFrom('log.once').selectAll().execute(),
    ])
    assert.match(kept, /people\.email-changed/)
    for (const secret of ['Rahasia Nama', '81999888777', 'rahasia.surel', linkIn(letter!.body).split('/').at(-1)!])
      assert.equal(kept.includes(secret), false, secret)
  })
})
