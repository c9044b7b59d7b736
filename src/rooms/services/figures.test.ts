import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { aWorld, type World } from '../../../test/world.ts'
import { countNightly } from './actions/figures.ts'
import { figuresOf } from './store/figures.ts'

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
const [sempu, jambewangi] = ['3510202001', '3510202002']

describe('services: figures', () => {
  let world: World
  let service: string
  let agency: string
  const people = {} as Record<'admin' | 'seller' | 'midwife' | 'elsewhere', string>

  before(async () => {
    world = await aWorld(new Date('2026-03-02T05:30:00+07:00'))
    agency = await world.anAgency()
    people.admin = await world.aPerson('local-admin', { agency })
    people.elsewhere = await world.aPerson('local-admin', { agency: await world.anAgency() })
    people.seller = await world.aPerson()
    people.midwife = await world.aPerson()
    const admin = await world.as(people.admin)
    const installed = await admin.post(`/services/agencies/${agency}/install/laskar-penjaja-sayur`)
    service = installed.headers.get('location')!.split('/')[2]!
    for (const [person, role] of [
      ['seller', 'laskar'],
      ['midwife', 'bidan'],
    ] as const) {
      const { email } = await world.db
        .selectFrom('people.person')
        .select('email')
        .where('id', '=', people[person])
        .executeTakeFirstOrThrow()
      assert.equal((await admin.post(`/services/${service}/roles`, { email, role, area: '' })).status, 303)
    }
  })
  after(() => world.drop())

  async function reports(desa: string, n: number) {
    const seller = await world.as(people.seller)
    for (let i = 0; i < n; i++)
      assert.equal((await seller.post(`/services/${service}/open`, { ...report, desa })).status, 303)
  }
  const night = async (time: string) => {
    world.clock.set(new Date(time))
    await countNightly(world.db, world.clock.now())
  }
  const text = async (address: string, person?: string, lang?: 'en') => {
    const answer = await (await world.as(person, lang && { lang })).get(address)
    assert.equal(answer.status, 200)
    return answer.text()
  }
  const wholeOf = (of: Awaited<ReturnType<typeof figuresOf>>, indicator: string) => {
    const figure = of!.figures.find((one) => one.indicator === indicator)!
    return [figure.whole.value, figure.of]
  }

  it('are not there before the first month is over', async () => {
    await reports(sempu!, 9)
    await reports(jambewangi!, 3)
    await night('2026-03-31T00:20:00+07:00')
    assert.equal(await figuresOf(world.db, service), undefined)
    assert.ok((await text(`/services/${service}/figures`)).includes('Belum ada angka yang diterbitkan'))
  })

  it('are published once on the first night of the month, whoever counts, with what they are made from', async () => {
    world.clock.set(new Date('2026-04-01T00:20:00+07:00'))
    await Promise.all([countNightly(world.db, world.clock.now()), countNightly(world.db, world.clock.now())])
    await night('2026-04-02T00:20:00+07:00')
    const rows = await world.db.selectFrom('services.snapshot').select('day').execute()
    assert.deepEqual(rows, [{ day: '2026-03-31' }])
    const figures = (await figuresOf(world.db, service))!
    assert.deepEqual(
      [figures.package, figures.version, figures.day, figures.service.since, figures.names.id],
      ['id.banyuwangi.laskar-penjaja-sayur', '1.1.0', '2026-03-31', '2026-03-02', 'Laskar Penjaja Sayur'],
    )
    assert.deepEqual(wholeOf(figures, 'laporan'), [12, '2026-03-31'])
    const laporan = figures.figures.find(({ indicator }) => indicator === 'laporan')!
    assert.deepEqual(laporan.query, { kind: 'count', by: 'desa' })
    // Three of Jambewangi are hidden, and so are the nine beside them.
    assert.deepEqual(
      laporan.cells.map(({ key, figure }) => [key, figure.value]),
      [
        [sempu, null],
        [jambewangi, null],
      ],
    )
    for (const page of [await text(`/services/${service}/figures`), await text(figures.address)]) {
      assert.ok(page.includes('catatan nomor'), 'checked against its hash and the log')
      assert.ok(page.includes(figures.hash))
    }
    assert.ok((await text(figures.address, undefined, 'en')).includes('entry'))
    assert.ok((await text(`/services/${service}`)).includes(`href="/services/${service}/figures"`))
  })

  it('are downloaded as the very text that was hashed, and as a table', async () => {
    const { address, hash } = (await figuresOf(world.db, service))!
    const json = await text(`${address}/figures.json`)
    assert.equal(createHash('sha256').update(json).digest('hex'), hash)
    assert.equal((JSON.parse(json) as { day: string }).day, '2026-03-31')
    const csv = await text(`${address}/figures.csv`)
    assert.ok(csv.includes('laporan,Laporan,,12,,12,0,2026-03-31'))
    assert.ok(csv.includes(`laporan,Laporan,desa = ${jambewangi},,,,1,2026-03-31`))
    const nobody = await world.as()
    for (const wrong of ['salah-ketik', 'f'.repeat(64), hash.toUpperCase()])
      for (const file of ['', '/figures.json', '/figures.csv'])
        assert.equal((await nobody.get(`/services/${service}/figures/${wrong}${file}`)).status, 404)
  })

  it('stay as they are in the database: nobody changes, deletes or empties them', async () => {
    const changes = [
      () => world.db.updateTable('services.snapshot').set({ day: '2026-03-30' }).execute(),
      () => world.db.deleteFrom('services.snapshot').execute(),
      () => world.db.executeQuery({ sql: 'truncate services.snapshot', parameters: [] } as never),
    ]
    for (const change of changes) await assert.rejects(change)
    const { address } = (await figuresOf(world.db, service))!
    assert.ok((await text(address)).includes('catatan nomor'))
  })

  it('are published by the local admin as of any day that is over, once, by two at once too, and by nobody else', async () => {
    world.clock.set(new Date('2026-04-10T09:00:00+07:00'))
    await reports(jambewangi!, 6)
    world.clock.set(new Date('2026-04-12T09:00:00+07:00'))
    const admin = await world.as(people.admin)
    const at = `/services/${service}/figures`
    const publish = async (day: string, client = admin) => (await client.post(at, { day })).status
    assert.equal(await publish('2026-04-12'), 409)
    assert.equal(await publish('2026-03-01'), 409)
    assert.equal(await publish('kemarin'), 422)
    const wrong = await admin.post(at, { day: 'kemarin' })
    assert.ok((await wrong.text()).includes('value="kemarin"'))
    for (const other of [people.elsewhere, people.seller, people.midwife])
      assert.equal(await publish('2026-04-11', await world.as(other)), 403)
    assert.match((await (await world.as()).post(at, { day: '2026-04-11' })).headers.get('location') ?? '', /^\/masuk/)
    const two = await Promise.all([publish('2026-04-11'), publish('2026-04-11')])
    assert.deepEqual(two.sort(), [303, 409])
    // Both days can be read as they were.
    const list = await world.db.selectFrom('services.snapshot').select(['hash', 'day']).orderBy('day').execute()
    assert.deepEqual(
      list.map(({ day }) => day),
      ['2026-03-31', '2026-04-11'],
    )
    const [first, second] = await Promise.all(
      list.map(
        async ({ hash }) =>
          JSON.parse(await text(`${at}/${hash.toString('hex')}/figures.json`)) as {
            figures: { whole: { value: number } }[]
          },
      ),
    )
    assert.deepEqual([first!.figures[0]!.whole.value, second!.figures[0]!.whole.value], [12, 18])
    const old = await text(`${at}/${list[0]!.hash.toString('hex')}`)
    assert.ok(old.includes('Ada angka yang lebih baru'))
    assert.deepEqual(wholeOf(await figuresOf(world.db, service), 'laporan'), [18, '2026-04-11'])
    assert.deepEqual(wholeOf(await figuresOf(world.db, service, new Date('2026-04-05T00:00:00Z')), 'laporan'), [
      12,
      '2026-03-31',
    ])
    assert.equal(await figuresOf(world.db, service, new Date('2026-03-05T00:00:00Z')), undefined)
  })

  it('do not tell of three who came since: the figure stays, with its day', async () => {
    await reports(sempu!, 3)
    world.clock.set(new Date('2026-04-14T09:00:00+07:00'))
    const admin = await world.as(people.admin)
    assert.equal((await admin.post(`/services/${service}/figures`, { day: '2026-04-13' })).status, 303)
    const figures = (await figuresOf(world.db, service))!
    assert.equal(figures.day, '2026-04-13')
    assert.deepEqual(wholeOf(figures, 'laporan'), [18, '2026-04-11'])
    assert.ok((await text(`/services/${service}/figures`)).includes('11 April 2026'))
  })

  it('of every night are read by those who work with the persons and by the local admin, and by nobody else', async () => {
    await night('2026-04-15T00:20:00+07:00')
    const at = `/services/${service}/figures/inside`
    for (const reader of [people.admin, people.midwife]) {
      const page = await text(at, reader)
      assert.ok(page.includes('21') && page.includes('14 April 2026'))
    }
    for (const reader of [people.seller, people.elsewhere])
      assert.equal((await (await world.as(reader)).get(at)).status, 403)
    assert.match((await (await world.as()).get(at)).headers.get('location') ?? '', /^\/masuk/)
    const seller = await text(`/services/${service}/figures`, people.seller)
    assert.ok(!seller.includes('/figures/inside') && !seller.includes('name="day"'))
  })
})
