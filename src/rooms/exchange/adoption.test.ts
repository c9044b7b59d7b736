import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { type Actor, perform } from '#platform/action.ts'
import { hashOf, installLocal, packageOf } from '#services'
import { aCatalogueElsewhere } from '../../../test/running-exchange.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { subscribe } from './actions/peer.ts'
import { newKeyPair } from './domain/signed.ts'

const address = 'https://melayani.lain.example'

describe('exchange: adopting from another installation', () => {
  let world: World
  let agency: string
  let adminId: string
  let admin: Awaited<ReturnType<World['as']>>
  let peer: string
  let at: string
  const keys = newKeyPair()
  const actors = {} as Record<'national' | 'admin', Actor>

  before(async () => {
    world = await aWorld(new Date('2026-03-02T05:30:00Z'))
    agency = await world.anAgency()
    adminId = await world.aPerson('local-admin', { agency })
    admin = await world.as(adminId)
    const office = (role: string, of: string | null) => [{ role, agency: of, unit: null }]
    actors.national = {
      id: await world.aPerson('national-admin'),
      name: '',
      offices: office('national-admin', null),
      secondFactor: true,
    }
    actors.admin = { id: adminId, name: '', offices: office('local-admin', agency), secondFactor: true }
    peer = await met('1.0.0', 1)
    at = `/exchange/agencies/${agency}/packages/${peer}/id.banyuwangi.laskar-penjaja-sayur`
  })
  after(() => world.drop())

  const edition = (version: string, sequence: number) =>
    aCatalogueElsewhere('laskar-penjaja-sayur', world.clock.now(), keys, { version, sequence })

  /** The national admin subscribes, or takes a later edition in the same way. */
  async function met(version: string, sequence: number): Promise<string> {
    const { text } = edition(version, sequence)
    const context = { db: world.db, clock: world.clock, actor: actors.national }
    const outcome = await perform(subscribe(text), context, address, { address, key: keys.key })
    assert.equal(outcome.kind, 'done', JSON.stringify(outcome))
    return (outcome as { change: { peer: string } }).change.peer
  }
  /** As if the file had been fetched. */
  async function fetched(version: string, sequence: number) {
    const { bytes } = edition(version, sequence)
    const sha256 = createHash('sha256').update(bytes).digest()
    await world.db.insertInto('exchange.file').values({ sha256, bytes, at: world.clock.now() }).execute()
  }

  it('is for the local admin of the agency alone, and not before the file was fetched', async () => {
    const others = [
      [undefined, 303],
      [await world.aPerson(), 404],
      [await world.aPerson('local-admin', { agency: await world.anAgency() }), 404],
      [actors.national.id!, 404],
    ] as const
    for (const [person, status] of others) {
      const other = await world.as(person)
      assert.equal((await other.get(at)).status, status)
      assert.equal((await other.post(`${at}/adopt`)).status, status)
    }
    const early = await admin.post(`${at}/adopt`)
    assert.equal(early.status, 409)
    assert.match(await early.text(), /Unduh berkasnya dahulu/)
    assert.deepEqual(await world.db.selectFrom('services.service').select('id').execute(), [])
  })

  let service: string
  it('is done once by three who click at once, with both events and a report on its way', async () => {
    await fetched('1.0.0', 1)
    const answers = await Promise.all([1, 2, 3].map(() => admin.post(`${at}/adopt`)))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409, 409])
    const [row, ...more] = await world.db.selectFrom('exchange.adoption').select(['service', 'peer']).execute()
    assert.deepEqual([row!.peer, more], [peer, []])
    service = row!.service
    const told = await world.db
      .selectFrom('log.event')
      .select('name')
      .where('scope', '=', agency)
      .orderBy('id')
      .execute()
    assert.deepEqual(
      told.map(({ name }) => name),
      ['exchange.package-adopted', 'services.package-installed'],
    )
  })

  it('is refused when the same number of the catalogue says something else, and when an older one comes', async () => {
    const context = { db: world.db, clock: world.clock, actor: actors.national }
    const tried = async (version: string, sequence: number) => {
      const outcome = await perform(subscribe(edition(version, sequence).text), context, address, {
        address,
        key: keys.key,
      })
      return outcome.kind === 'refused' ? outcome.refusal : outcome.kind
    }
    assert.equal(await tried('9.0.0', 1), 'catalogue-differs')
    await met('1.1.0', 2)
    assert.equal(await tried('1.0.0', 1), 'catalogue-old')
  })

  it('leads to the decision where the agency changed the package: a newer version does not run over it', async () => {
    const { release } = await world.db
      .selectFrom('services.service')
      .select('release')
      .where('id', '=', service)
      .executeTakeFirstOrThrow()
    const pkg = await packageOf(world.db, release)
    const content = {
      ...pkg,
      manifest: { ...pkg.manifest, summary: { ...pkg.manifest.summary, id: 'Ringkasan kami.' } },
    }
    const context = { db: world.db, clock: world.clock, actor: actors.admin }
    const local = await perform(installLocal, context, service, { from: hashOf(pkg), content })
    assert.equal(local.kind, 'done', JSON.stringify(local))
    await fetched('1.1.0', 2)
    assert.match(await (await admin.get(`/exchange/agencies/${agency}`)).text(), /Versi baru tersedia/)
    const answer = await admin.post(`${at}/adopt`)
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, `/services/${service}/upgrade/draft`])
    const { version } = await world.db
      .selectFrom('services.service as s')
      .innerJoin('services.release as r', 'r.hash', 's.release')
      .select('r.version')
      .where('s.id', '=', service)
      .executeTakeFirstOrThrow()
    assert.equal(version, '1.0.0+local.1')
    assert.equal((await admin.get(`/services/${service}/upgrade/draft`)).status, 200)
  })
})
