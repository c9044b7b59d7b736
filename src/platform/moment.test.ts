import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Hono } from 'hono'
import { aWorld, type World } from '../../test/world.ts'
import { app } from '../app.ts'
import { clientFor } from '../demo/client.ts'
import { queriesOf } from './db.ts'
import { type Env, sharedPage } from './http.ts'
import { keepForAMoment } from './moment.ts'
import { Form } from './ui/form.tsx'

/** The product as it is served, with a moment longer than the test. */
describe('platform: a page that everybody reads alike is kept for a moment', () => {
  let world: World
  let web: ReturnType<typeof app>
  before(async () => {
    world = await aWorld()
    web = app({ db: world.db, clock: world.clock, files: world.files, demo: false, moment: 600 })
  })
  after(() => world.drop())

  const read = async (path: string, headers: Record<string, string> = {}) => {
    const response = await web.request(path, { headers: { host: 'localhost', ...headers } })
    return { status: response.status, html: await response.text(), headers: response.headers }
  }

  it('asks the database once for thirty who come at once, and for all who come after', async () => {
    const one = await queriesOf(() => read('/competition?baru=1'))
    assert.ok(one.length > 0)
    let answers: Awaited<ReturnType<typeof read>>[] = []
    const many = await queriesOf(async () => {
      answers = await Promise.all(Array.from({ length: 30 }, () => read('/competition')))
    })
    assert.equal(many.length, one.length)
    assert.equal(new Set(answers.map(({ html }) => html)).size, 1)
    assert.equal((await queriesOf(() => read('/competition'))).length, 0)
  })

  it('keeps the head of the answer: its type and what the browser may load', async () => {
    const [made, kept] = [await read('/gallery'), await read('/gallery')]
    for (const name of ['content-type', 'content-security-policy', 'cache-control', 'x-frame-options'])
      assert.equal(kept.headers.get(name), made.headers.get(name), name)
    assert.match(kept.headers.get('content-type')!, /text\/html/)
  })

  it('gives each language, each way of packing and each host its own', async () => {
    const html = async (headers: Record<string, string>) => (await read('/tentang', headers)).html
    assert.match(await html({ cookie: 'bahasa=id' }), /<html lang="id"/)
    assert.match(await html({ cookie: 'bahasa=en' }), /<html lang="en"/)
    const packed = await read('/gallery', { 'accept-encoding': 'gzip' })
    assert.equal(packed.headers.get('content-encoding'), 'gzip')
    assert.equal((await read('/gallery')).headers.get('content-encoding'), null)
    assert.notEqual((await queriesOf(() => read('/gallery', { host: 'lain.example' }))).length, 0)
  })

  it('never hands the page of somebody signed in to the public, nor the public one to them', async () => {
    const person = await world.aPerson('national-admin', {}, 'Nama Rahasia')
    const admin = await clientFor({ web, db: world.db, clock: world.clock }, person)
    const own = await (await admin.get('/?pertama=orang')).text()
    assert.match(own, /Nama Rahasia/)
    const open = (await read('/?pertama=orang')).html
    assert.doesNotMatch(open, /Nama Rahasia/)
    assert.match(await (await admin.get('/?pertama=orang')).text(), /Nama Rahasia/)
  })

  it('says a message that waits to the one it waits for only', async () => {
    const told = await read('/tentang?pesan', { cookie: 'flash=Tersimpan%20untuk%20Anda' })
    assert.match(told.html, /Tersimpan untuk Anda/)
    assert.doesNotMatch((await read('/tentang?pesan')).html, /Tersimpan untuk Anda/)
  })

  it('keeps no form with a token and no page that is not there', async () => {
    const careless = new Hono<Env>()
    careless.get('/', (c) => sharedPage(c, Form({ action: '/', children: '' })))
    assert.equal((await careless.request('/')).status, 500)
    assert.notEqual((await queriesOf(() => read('/gallery/MI-999999'))).length, 0)
    assert.notEqual((await queriesOf(() => read('/gallery/MI-999999'))).length, 0)
  })

  it('is made anew when the moment is over, and forgets the oldest when memory is full', async () => {
    let made = 0
    let now = 0
    const small = new Hono<Env>()
    small.use(keepForAMoment(2, 250, () => now))
    small.get('/:page', (c) => {
      c.set('shared', true)
      made++
      return c.text('a'.repeat(100))
    })
    /** How many of these had to be made. */
    const ask = async (...paths: string[]) => {
      made = 0
      for (const path of paths) await (await small.request(path)).text()
      return made
    }
    assert.equal(await ask('/1', '/1'), 1)
    now = 1999
    assert.equal(await ask('/1'), 0)
    now = 2000
    assert.equal(await ask('/1'), 1)
    assert.equal(await ask('/2', '/3'), 2)
    assert.equal(await ask('/3', '/2'), 0)
    assert.equal(await ask('/1'), 1)
  })

  it('lets those who wait make their own when the first one fails', async () => {
    let made = 0
    const failing = new Hono<Env>()
    failing.use(keepForAMoment(60))
    failing.get('/', async (c) => {
      c.set('shared', true)
      await new Promise((wait) => setTimeout(wait, 20))
      if (made++ === 0) throw new Error('once')
      return c.text('there')
    })
    failing.onError((_, c) => c.text('failed', 500))
    const answers = await Promise.all([failing.request('/'), failing.request('/'), failing.request('/')])
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 500])
  })
})
