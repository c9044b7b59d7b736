import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { queriesOf } from '#platform/db.ts'
import { runningOf } from '#services'
import { fillGallery } from '../../../test/running-replication.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { done } from '../../demo/story.ts'
import { noteOutcomes } from './actions/heartbeat.ts'
import type { Branch } from './domain/lineage.ts'

const packageId = 'id.banyuwangi.laskar-penjaja-sayur'
const report = {
  rt: '003',
  izin_ibu: 'ya_data_saja',
  nama_panggilan: 'Sari',
  hp: '081234567890',
  kira_umur: '27',
  sudah_periksa: 'tidak',
  'tanda[]': ['pucat'],
  'tanda_bahaya[]': ['tidak_ada'],
}

describe('replication: from the gallery to a certificate', () => {
  let world: World
  let code: string
  let desa: string
  let codeOf: (name: string) => Promise<string>
  const who: Record<string, string> = {}
  const at: Record<string, string> = {}
  before(async () => {
    world = await aWorld(new Date('2026-03-02T05:30:00+07:00'))
    at.owner = await world.anAgency({ name: 'Pemerintah Kabupaten Banyuwangi', region: '35.10' })
    at.sempu = await world.aUnit(at.owner, 'Puskesmas Sempu')
    at.kalipuro = await world.aUnit(at.owner, 'Puskesmas Kalipuro')
    at.jember = await world.anAgency({ name: 'Pemerintah Kabupaten Jember', region: '35.09' })
    at.silo = await world.aUnit(at.jember, 'Puskesmas Silo')
    who.owner = await world.aPerson('local-admin', { agency: at.owner })
    who.jember = await world.aPerson('local-admin', { agency: at.jember })
    who.seller = await world.aPerson()
    who.national = await world.aPerson('national-admin')
    codeOf = await fillGallery(world)
    code = await codeOf('Laskar Penjaja Sayur')
  })
  after(() => world.drop())

  const as = (name: string, lang: 'id' | 'en' = 'id') => world.as(who[name], { lang })
  const textOf = async (address: string, name?: string, lang: 'id' | 'en' = 'id') => {
    const response = await (await world.as(name && who[name], { lang })).get(address)
    assert.equal(response.status, 200, address)
    return (await response.text()).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
  }
  const page = () => `/replication/innovations/${code}`
  const adopt = async (name: string, form: Record<string, string>) => {
    const response = await (await as(name)).post(`${page()}/adopt`, form)
    return { status: response.status, to: response.headers.get('location'), text: await response.text() }
  }

  it('is published by its owner alone, for a service that the owner runs', async () => {
    assert.equal((await (await as('jember')).get(`${page()}/publish`)).status, 403)
    assert.equal((await (await as('jember')).post(`${page()}/publish`, {})).status, 403)
    assert.ok((await textOf(`${page()}/publish`, 'owner')).includes('belum menjalankan paket apa pun'))
    const installed = await done(
      (await as('owner')).post(`/services/agencies/${at.owner}/install/laskar-penjaja-sayur`, { unit: at.sempu! }),
      'installing',
    )
    at.service = installed.headers.get('location')!.split('/')[2]!
    const owner = await as('owner')
    const publish = (form: Record<string, string>) => owner.post(`${page()}/publish`, form)
    assert.equal((await publish({ service: 'x', unit: '' })).status, 422)
    assert.equal((await publish({ service: at.service!, unit: at.kalipuro! })).status, 409)
    // Two at once: both say the same, and there is one publication.
    const twice = await Promise.all([1, 2].map(() => publish({ service: at.service!, unit: at.sempu! })))
    assert.deepEqual(
      twice.map(({ status }) => status),
      [303, 303],
    )
    const rows = await world.db
      .selectFrom('replication.publication')
      .select(['innovation', 'package', 'unit'])
      .execute()
    assert.deepEqual(rows, [{ innovation: code, package: packageId, unit: at.sempu }])
  })

  it('cannot be published for another innovation, nor by an agency from which the package does not come', async () => {
    const other = await codeOf('Garda Ampuh')
    await world.db.updateTable('gallery.innovation').set({ agency: at.owner! }).where('code', '=', other).execute()
    const publish = async (name: string, form: Record<string, string>) => {
      const response = await (await as(name)).post(`/replication/innovations/${other}/publish`, form)
      return [response.status, await response.text()] as const
    }
    const [status, text] = await publish('owner', { service: at.service!, unit: at.sempu! })
    assert.equal(status, 409)
    assert.ok(text.includes('sudah terbit untuk inovasi lain'))
    await world.db.updateTable('gallery.innovation').set({ agency: at.jember! }).where('code', '=', other).execute()
    const own = await done(
      (await as('jember')).post(`/services/agencies/${at.jember}/install/garda-ampuh`),
      'installing another',
    )
    const [refused, why] = await publish('jember', { service: own.headers.get('location')!.split('/')[2]!, unit: '' })
    assert.equal(refused, 409)
    assert.ok(why.includes('berasal dari instansi lain'))
  })

  it('is shown in the gallery with who runs it and the way to copy it, in both languages and to the public', async () => {
    const id = await textOf(`/gallery/${code}`)
    for (const said of [
      'Replikasi inovasi ini',
      'Puskesmas Sempu, Pemerintah Kabupaten Banyuwangi',
      'Terpasang',
      'Sepi',
    ])
      assert.ok(id.includes(said), said)
    assert.ok((await textOf(`/gallery/${code}`, undefined, 'en')).includes('Replicate this'))
    assert.ok((await textOf('/replication')).includes('Laskar Penjaja Sayur'))
  })

  it('shows what is needed and plays the examples before anything is installed', async () => {
    const look = await textOf(`${page()}/adopt?agency=${at.jember}&unit=${at.silo}&look=1`, 'jember')
    for (const said of [
      'Puskesmas Silo',
      'Sesuai harapan',
      'Bidan',
      'Nomor yang dapat ditelepon ibu',
      'CC-BY-4.0',
      'Pasang versi 1.1.0',
    ])
      assert.ok(look.includes(said), said)
    assert.ok(!look.includes('Tidak sesuai'))
    assert.ok((await textOf(`${page()}/adopt`, 'seller')).includes('wewenang admin lokal'))
    const signedOut = await (await world.as()).get(`${page()}/adopt`)
    assert.deepEqual([signedOut.status, signedOut.headers.get('location')?.startsWith('/masuk')], [303, true])
    assert.equal((await runningOf(world.db, packageId)).length, 1)
  })

  it('is not adopted by its own unit, for an agency of others, or in an area outside', async () => {
    assert.equal((await adopt('jember', { agency: at.owner!, unit: '' })).status, 404)
    const refused = {
      'own unit': await adopt('owner', { unit: at.sempu! }),
      'own agency, no unit': await adopt('owner', { unit: '' }),
      'unit of another': await adopt('jember', { unit: at.kalipuro! }),
      'area of another': await adopt('jember', { unit: at.silo!, area: '35.10.20' }),
    }
    assert.deepEqual(
      Object.values(refused).map(({ status, text }) => [
        status,
        /tidak dapat mereplikasi|Pilih unit|di luar instansi/.exec(text)?.[0],
      ]),
      [
        [409, 'tidak dapat mereplikasi'],
        [409, 'tidak dapat mereplikasi'],
        [409, 'Pilih unit'],
        [409, 'di luar instansi'],
      ],
    )
    assert.equal((await runningOf(world.db, packageId)).length, 1)
  })

  it('is adopted once when it is asked for twice at once, whole or not at all', async () => {
    const both = await Promise.all([1, 2].map(() => adopt('jember', { unit: at.silo!, area: '35.09.01' })))
    assert.deepEqual(both.map(({ status }) => status).sort(), [303, 409])
    at.process = both.find(({ status }) => status === 303)!.to!
    const rows = await runningOf(world.db, packageId, world.clock.now())
    assert.deepEqual(
      rows.map(({ unit, version, configured, firstCase, casesLast30 }) => [
        unit,
        version,
        configured,
        firstCase,
        casesLast30,
      ]),
      [
        [at.sempu, '1.1.0', null, null, 0],
        [at.silo, '1.1.0', null, null, 0],
      ],
    )
    at.adopted = rows[1]!.service
    const events = await world.db
      .selectFrom('log.event')
      .select(['name', 'subject'])
      .where('scope', '=', at.jember!)
      .where('name', 'in', ['replication.package-adopted', 'services.package-installed'])
      .orderBy('id', 'desc')
      .limit(2)
      .execute()
    assert.deepEqual(events, [
      { name: 'services.package-installed', subject: at.adopted },
      { name: 'replication.package-adopted', subject: at.process.split('/').at(-1)! },
    ])
  })

  it('is adopted by another unit of the owner as an expansion, and each runs its own', async () => {
    assert.equal((await adopt('owner', { unit: at.kalipuro! })).status, 303)
    assert.equal((await runningOf(world.db, packageId)).length, 3)
    assert.ok((await textOf(page())).includes('perluasan'))
  })

  it('comes to configured and to its first case by what is done, and by nothing else', async () => {
    const jember = await as('jember')
    const stages = async () => {
      const [row] = (await runningOf(world.db, packageId, world.clock.now())).filter(({ unit }) => unit === at.silo)
      return [row!.configured !== null, row!.firstCase !== null, row!.casesLast30]
    }
    assert.ok((await textOf(at.process!, 'jember')).includes('Tinjau pengaturan'))
    await done(jember.post(`/services/${at.adopted}/settings`, await defaults(at.adopted!)), 'settings')
    assert.deepEqual(await stages(), [false, false, 0])
    const { email } = await world.db
      .selectFrom('people.person')
      .select('email')
      .where('id', '=', who.seller!)
      .executeTakeFirstOrThrow()
    for (const role of ['laskar', 'bidan'])
      await done(jember.post(`/services/${at.adopted}/roles`, { email, role, area: '' }), role)
    assert.deepEqual(await stages(), [true, false, 0])
    const village = await world.db
      .selectFrom('people.region')
      .select('code')
      .where('code', 'like', '35.09.%.%')
      .where('kind', '=', 'village')
      .executeTakeFirstOrThrow()
    desa = village.code.replaceAll('.', '')
    const opened = await done(
      (await as('seller')).post(`/services/${at.adopted}/open`, { ...report, desa }),
      'a report',
    )
    assert.deepEqual(await stages(), [true, true, 1])
    at.case = opened.headers.get('location')!
    const text = await textOf(at.process!, 'jember')
    assert.ok(!text.includes('Tinjau pengaturan'))
    // What time does by itself is no sign of life.
    world.clock.set(new Date('2026-04-20T09:00:00+07:00'))
    const { moved } = await world.db.selectFrom('services.case').select('moved').executeTakeFirstOrThrow()
    assert.equal(moved.toISOString(), '2026-03-01T22:30:00.000Z')
    assert.deepEqual(await stages(), [true, true, 0])
  })

  it('shows the figures of each side by side, small groups hidden, and notes a target that was met, once', async () => {
    world.clock.set(new Date('2026-04-21T09:00:00+07:00'))
    const seller = await as('seller')
    for (const rt of ['004', '005', '006', '007', '008'])
      await done(seller.post(`/services/${at.adopted}/open`, { ...report, desa, rt, nama_panggilan: `Ibu ${rt}` }), rt)
    world.clock.set(new Date('2026-04-23T09:00:00+07:00'))
    assert.ok((await textOf(page())).includes('Belum ada yang menerbitkan angka'))
    await done(
      (await as('jember')).post(`/services/${at.adopted}/figures`, { day: '2026-04-22' }),
      'publishing figures',
    )
    const text = await textOf(page())
    assert.ok(text.includes('Puskesmas Silo, Pemerintah Kabupaten Jember: per 22 April 2026, paket versi 1.1.0'))
    assert.ok(text.includes('disembunyikan'))
    assert.ok(/Laporan\s+6 /.test(text), text)
    assert.equal(await noteOutcomes(world.db, world.clock.now()), 0)
    // As if the package had asked for five reports.
    await sql`update services.release set content = jsonb_set(jsonb_set(content::jsonb, '{indicators,0,target}', '5'), '{indicators,0,better}', '"more"')::json
      where package = ${packageId}`.execute(world.db)
    const noted = await Promise.all([1, 2].map(() => noteOutcomes(world.db, world.clock.now())))
    assert.equal(noted[0]! + noted[1]!, 1)
    assert.ok((await textOf(at.process!, 'jember')).includes('Sasaran tercapai 23 April 2026'))
  })

  it('tells its lineage as a tree and as data, from the first who had it', async () => {
    const { lineage } = (await (await (await world.as()).get(`${page()}/lineage.json`)).json()) as { lineage: Branch }
    assert.deepEqual(
      [lineage.name, lineage.children.map(({ name, expansion, stage }) => [name, expansion, stage])],
      [
        'Puskesmas Sempu, Pemerintah Kabupaten Banyuwangi',
        [
          ['Puskesmas Silo, Pemerintah Kabupaten Jember', false, 'outcome'],
          ['Puskesmas Kalipuro, Pemerintah Kabupaten Banyuwangi', true, 'installed'],
        ],
      ],
    )
    // What sources say: Boyolali was first, and Batanghari has it from there.
    const copy = await codeOf('Pilkades E-Voting berbasis')
    const told = (await (await (await world.as()).get(`/replication/innovations/${copy}/lineage.json`)).json()) as {
      lineage: Branch
    }
    assert.deepEqual(
      [told.lineage.code, told.lineage.children.map(({ code, source }) => [code, source])],
      [await codeOf('E-Voting Pilkades (perintis)'), [[copy, 'kanalkalimantan.com, 20 September 2019']]],
    )
    assert.ok((await textOf(`/replication/innovations/${copy}`)).includes('Boyolali'))
  })

  it('is counted for the nation and for the area of a hub, and nobody else reads the overview', async () => {
    const csv = async (name: string, query = '') => {
      const response = await (await as(name)).get(`/replication/overview.csv${query}`)
      return response.status === 200 ? (await response.text()).trim().split('\r\n').slice(1) : response.status
    }
    const all = (await csv('national')) as string[]
    assert.deepEqual(all.map((line) => line.split(',').slice(2, 9)).sort(), [
      ['Pemerintah Kabupaten Banyuwangi', 'Puskesmas Kalipuro', '0', '1', 'interest', '1.1.0', 'installed'],
      ['Pemerintah Kabupaten Banyuwangi', 'Puskesmas Sempu', '1', '0', '', '1.1.0', 'installed'],
      ['Pemerintah Kabupaten Jember', 'Puskesmas Silo', '0', '0', 'interest', '1.1.0', 'outcome'],
    ])
    assert.equal(await csv('jember'), 403)
    const [java, bali] = await Promise.all(
      ['JIPP Jawa Timur', 'JIPP Bali'].map((name) =>
        world.db.selectFrom('replication.hub').select('id').where('name', '=', name).executeTakeFirstOrThrow(),
      ),
    )
    assert.equal(((await csv('national', `?hub=${java!.id}`)) as string[]).length, 3)
    assert.deepEqual(await csv('national', `?hub=${bali!.id}`), [])
    assert.ok((await textOf('/replication/overview', 'national')).includes('Puskesmas Silo'))
  })

  const defaults = async (service: string) => {
    const html = await (await (await as('jember')).get(`/services/${service}/settings`)).text()
    const fields = [...html.matchAll(/<input id="([\w-]+)" name="([\w-]+)" value="([^"]*)"/g)].map(
      ([, , name, value]) => [name!, value!],
    )
    const ticks = [...html.matchAll(/<input type="radio" name="(\w+)" value="(\w+)" checked/g)].map(
      ([, name, value]) => [name!, value!],
    )
    return Object.fromEntries([...fields, ...ticks]) as Record<string, string>
  }

  it('is asked for with the same number of queries, for one innovation and for three', async () => {
    const client = await world.as()
    const one = await queriesOf(() => client.get('/replication'))
    for (const name of ['E-Voting Pilkades', 'Garda Ampuh']) {
      const other = await codeOf(name)
      await world.db.updateTable('gallery.innovation').set({ agency: at.owner! }).where('code', '=', other).execute()
      const form = { unit: at.silo!, reason: 'Warga kami memerlukannya juga.' }
      await done((await as('jember')).post(`/replication/innovations/${other}/interest`, form), name)
    }
    const three = await queriesOf(() => client.get('/replication'))
    assert.equal(three.length, one.length)
  })
})
