import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { queriesOf } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { readSealed } from '#services'
import { fillGallery } from '../../../test/running-replication.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { done } from '../../demo/story.ts'
import { type Catalogue, judgeCatalogue } from './domain/catalogue.ts'
import type { Heartbeat } from './domain/heartbeat.ts'
import { newKeyPair, signedBy } from './domain/signed.ts'

describe('exchange: what one installation shows and takes', () => {
  let world: World
  let agency: string
  let admin: Awaited<ReturnType<World['as']>>
  const services: string[] = []
  const other = newKeyPair()

  before(async () => {
    world = await aWorld(new Date('2026-03-02T05:30:00Z'))
    agency = await world.anAgency({ name: 'Pemerintah Kabupaten Asal' })
    admin = await world.as(await world.aPerson('local-admin', { agency }))
    for (const name of ['laskar-penjaja-sayur', 'garda-ampuh']) {
      const answer = await done(admin.post(`/services/agencies/${agency}/install/${name}`), name)
      services.push(answer.headers.get('location')!.split('/')[2]!)
    }
  })
  after(() => world.drop())

  async function catalogue(): Promise<{ text: string; content: Catalogue }> {
    const text = await (await (await world.as()).get('/.well-known/melayani')).text()
    const judged = judgeCatalogue(text, { address: 'http://localhost:3000', known: undefined, now: world.clock.now() })
    assert.ok(judged.ok, judged.ok ? '' : judged.refusal)
    return { text, content: judged.change.catalogue }
  }

  it('serves a signed catalogue that gets a new number when it changes and when half of its time is over, not before', async () => {
    const first = await catalogue()
    assert.deepEqual([first.content.sequence, first.content.packages], [1, []])
    const several = await Promise.all([catalogue(), catalogue(), catalogue()])
    assert.deepEqual(new Set(several.map(({ text }) => text)).size, 1)
    world.clock.set(new Date('2026-03-09T05:29:59Z'))
    assert.equal((await catalogue()).content.sequence, 1)
    world.clock.set(new Date('2026-03-09T05:30:00Z'))
    await admin.wake()
    const later = await Promise.all([catalogue(), catalogue(), catalogue()])
    assert.deepEqual(
      later.map(({ content }) => [content.sequence, content.until]),
      Array(3).fill([2, '2026-03-23T05:30:00.000Z']),
    )
  })

  it('offers a package when its local admin says so, once, and nobody else may', async () => {
    const offer = `/exchange/services/${services[0]}/offer`
    const strangers = [
      await world.as(),
      await world.as(await world.aPerson()),
      await world.as(await world.aPerson('local-admin', { agency: await world.anAgency() })),
      await world.as(await world.aPerson('unit', { agency, unit: await world.aUnit(agency) })),
      await world.as(await world.aPerson('national-admin')),
    ]
    for (const stranger of strangers) assert.equal((await stranger.post(offer)).status, 403)
    assert.deepEqual((await catalogue()).content.packages, [])
    const statuses = (await Promise.all([1, 2, 3].map(() => admin.post(offer)))).map(({ status }) => status).sort()
    assert.deepEqual(statuses, [303, 409, 409])
    const { content } = await catalogue()
    assert.equal(content.sequence, 3)
    assert.deepEqual(
      content.packages.map(({ id, agency: by }) => [id, by]),
      [['id.banyuwangi.laskar-penjaja-sayur', 'Pemerintah Kabupaten Asal']],
    )
  })

  it('hands out the sealed file that the catalogue names, and no other', async () => {
    const [entry] = (await catalogue()).content.packages
    const visitor = await world.as()
    const file = await visitor.get(entry!.file.path)
    assert.equal(file.status, 200)
    const bytes = new Uint8Array(await file.arrayBuffer())
    assert.deepEqual(
      [createHash('sha256').update(bytes).digest('hex'), bytes.length],
      [entry!.file.sha256, entry!.file.size],
    )
    const read = readSealed(bytes, { keys: new Set([entry!.publisher.key]) })
    assert.ok(read.ok)
    for (const address of [`/exchange/packages/${'0'.repeat(64)}.melayani`, '/exchange/packages/abc.melayani'])
      assert.equal((await visitor.get(address)).status, 404)
  })

  const beat = async (change: Partial<Heartbeat> = {}, secret = other.secret) => {
    const { content } = await catalogue()
    const said: Heartbeat = {
      format: 'melayani.heartbeat/1',
      from: { name: 'lain.go.id', address: 'https://lain.go.id', key: other.key },
      to: content.installation.key,
      sequence: 1,
      made: world.clock.now().toISOString(),
      service: '01970000-0000-7000-8000-000000000001',
      package: 'id.banyuwangi.laskar-penjaja-sayur',
      version: '1.0.0',
      agency: { name: 'Pemerintah Kabupaten Pengadopsi', region: '35.11' },
      stage: 'configured',
      asleep: null,
      installed: '2026-03-05',
      firstCase: null,
      casesLast30: 0,
      day: null,
      figures: [],
      ...change,
    }
    const sent = await (await world.as()).json('POST', '/exchange/heartbeats', signedBy(secret, said))
    return [sent.status, ((await sent.json()) as { refused?: string }).refused ?? 'taken']
  }

  it('takes a heartbeat once however often it comes, and shows it when the key is verified', async () => {
    assert.deepEqual(await beat({ package: 'id.tidak.ada' }), [404, 'package-unknown'])
    assert.deepEqual(await beat({}, newKeyPair().secret), [403, 'signature-wrong'])
    assert.deepEqual(await beat({ to: other.key }), [403, 'not-for-us'])
    const answers = await Promise.all([beat(), beat(), beat()])
    assert.deepEqual(answers.map(([status]) => status).sort(), [200, 200, 201])
    assert.deepEqual(await beat(), [200, 'taken'])
    assert.deepEqual(await beat({ stage: 'active' }), [409, 'sequence-used'])
    assert.equal((await world.db.selectFrom('exchange.heartbeat').select('sequence').execute()).length, 1)

    const seen = async () => (await (await (await world.as()).get('/exchange')).text()).includes('Pengadopsi')
    assert.equal(await seen(), false)
    const { id } = await world.db.selectFrom('exchange.peer').select('id').executeTakeFirstOrThrow()
    assert.equal((await admin.post(`/exchange/peers/${id}/confirm`)).status, 403)
    const national = await world.as(await world.aPerson('national-admin'))
    assert.match(await (await national.get(`/exchange/peers/${id}`)).text(), /Belum diperiksa/)
    const confirmed = await Promise.all([1, 2, 3].map(() => national.post(`/exchange/peers/${id}/confirm`)))
    assert.deepEqual(confirmed.map(({ status }) => status).sort(), [303, 409, 409])
    assert.equal(await seen(), true)
  })

  it('knows an installation by its key: another key that names the same address is refused', async () => {
    const thief = newKeyPair()
    const from = { name: 'lain.go.id', address: 'https://lain.go.id', key: thief.key }
    assert.deepEqual(await beat({ from }, thief.secret), [409, 'key-changed'])
  })

  it('draws its page with as many queries for three adopters as for one', async () => {
    const visitor = await world.as()
    const count = async () =>
      (await queriesOf(async () => assert.equal((await visitor.get('/exchange')).status, 200))).length
    const one = await count()
    for (const n of [2, 3])
      assert.deepEqual(await beat({ service: `01970000-0000-7000-8000-00000000000${n}` }), [201, 'taken'])
    const page = await (await visitor.get('/exchange')).text()
    assert.equal(page.match(/Pengadopsi/g)?.length, 3)
    assert.equal(await count(), one)
  })

  it('takes an offer back; who adopted may still report', async () => {
    const { id } = await world.db.selectFrom('exchange.offer').select('id').executeTakeFirstOrThrow()
    const elsewhere = await world.as(await world.aPerson('local-admin', { agency: await world.anAgency() }))
    assert.equal((await elsewhere.post(`/exchange/offers/${id}/end`)).status, 404)
    const statuses = (await Promise.all([1, 2].map(() => admin.post(`/exchange/offers/${id}/end`)))).map(
      (a) => a.status,
    )
    assert.deepEqual(statuses.sort(), [303, 409])
    assert.deepEqual((await catalogue()).content.packages, [])
    assert.deepEqual(await beat({ sequence: 2, stage: 'first-case' }), [201, 'taken'])
  })

  it('offers what the owner of an innovation has published, whoever offers it besides', async () => {
    const codeOf = await fillGallery(world)
    const innovation = await codeOf('Laskar Penjaja Sayur')
    assert.equal((await admin.post(`/exchange/services/${services[0]}/offer`)).status, 303)
    const { release } = await world.db
      .selectFrom('services.service')
      .select('release')
      .where('id', '=', services[0]!)
      .executeTakeFirstOrThrow()
    const owner = await world.anAgency({ name: 'Pemerintah Kabupaten Pemilik' })
    const now = world.clock.now()
    const row = { agency: owner, id: newId(), innovation, package: 'id.banyuwangi.laskar-penjaja-sayur', release }
    await world.db
      .insertInto('replication.publication')
      .values({ ...row, since: now, changed: now })
      .execute()
    assert.deepEqual(
      (await catalogue()).content.packages.map(({ id, agency: by }) => [id, by]),
      [['id.banyuwangi.laskar-penjaja-sayur', 'Pemerintah Kabupaten Pemilik']],
    )
    // Those elsewhere stand in its lineage, and who they are told by.
    const lineage = async (lang: 'id' | 'en') =>
      (await (await world.as(undefined, { lang })).get(`/replication/innovations/${innovation}`)).text()
    assert.equal((await lineage('id')).match(/dari pemasangan lain, lain\.go\.id/g)?.length, 3)
    assert.equal((await lineage('en')).match(/from another installation, lain\.go\.id/g)?.length, 3)
  })

  it('goes nowhere that a typed address should not lead', async () => {
    const national = await world.as(await world.aPerson('national-admin'))
    for (const address of ['http://127.0.0.1:5432', 'https://10.0.0.1', 'localhost', 'https://169.254.169.254'])
      assert.equal((await national.post('/exchange/peers/look', { address })).status, 422, address)
    const page = await (await national.post('/exchange/peers/look', { address: '10.0.0.1' })).text()
    assert.match(page, /value="10\.0\.0\.1"/)
    assert.match(page, /tidak boleh dihubungi/)
  })
})
