import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { queriesOf } from '#platform/db.ts'
import { verifyChain } from '#platform/log.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { tick } from './actions/time.ts'

const hour = 3_600_000
const report = {
  desa: '3510202001',
  rt: '003',
  izin_ibu: 'ya_data_saja',
  nama_panggilan: 'Sari',
  hp: '081234567890',
  kira_umur: '27',
  sudah_periksa: 'tidak',
  'tanda[]': ['pucat'],
  'tanda_bahaya[]': ['tidak_ada'],
}
const enrolment = {
  setuju_layanan: 'ya',
  nama: 'Sari Contoh',
  nik: '9910205203890001',
  tanggal_lahir: '1989-03-12',
  hpht: '2025-09-15',
  hamil_ke: '3',
  jumlah_anak: '2',
  jarak_tahun: '5',
  tinggi: '152',
  sistol: '120',
  diastol: '80',
}

describe('services: Laskar Penjaja Sayur at work', () => {
  let world: World
  const people = {} as Record<'admin' | 'seller' | 'midwife' | 'head' | 'elsewhere' | 'farMidwife', string>
  let agency: string
  let service: string

  before(async () => {
    world = await aWorld(new Date('2026-03-02T05:30:00+07:00'))
    agency = await world.anAgency()
    await world.db.updateTable('people.agency').set({ demo: true }).where('id', '=', agency).execute()
    const other = await world.anAgency()
    people.admin = await world.aPerson('local-admin', { agency })
    people.elsewhere = await world.aPerson('local-admin', { agency: other })
    for (const name of ['seller', 'midwife', 'head', 'farMidwife'] as const) people[name] = await world.aPerson()
  })
  after(() => world.drop())

  const emailOf = async (person: string) =>
    (await world.db.selectFrom('people.person').select('email').where('id', '=', person).executeTakeFirstOrThrow())
      .email
  const idOf = async (path: string | null) => path!.split('/').at(-1)!
  async function open(over: Record<string, string | readonly string[]> = {}) {
    const seller = await world.as(people.seller)
    const sent = await seller.post(`/services/${service}/open`, { ...report, ...over })
    assert.equal(sent.status, 303, await sent.text())
    return idOf(sent.headers.get('location'))
  }
  const stateOf = async (id: string) =>
    (await world.db.selectFrom('services.case').select('state').where('id', '=', id).executeTakeFirstOrThrow()).state

  it('is installed by the local admin after its examples came out, once, and by nobody else', async () => {
    const admin = await world.as(people.admin)
    const preview = await (await admin.get(`/services/agencies/${agency}/install/laskar-penjaja-sayur`)).text()
    assert.ok(preview.includes('dari_laporan_sampai_hari_42'))
    const at = `/services/agencies/${agency}/install/laskar-penjaja-sayur`
    const done = await Promise.all([admin.post(at), admin.post(at)])
    assert.deepEqual(done.map(({ status }) => status).sort(), [303, 409])
    service = done
      .find(({ status }) => status === 303)!
      .headers.get('location')!
      .split('/')[2]!
    assert.equal((await (await world.as(people.elsewhere)).post(at)).status, 404)
    assert.equal((await (await world.as()).get('/services')).status, 200)
    const published = await (await (await world.as()).get(`/services/${service}`)).text()
    for (const part of ['Persyaratan', 'Jangka waktu', 'Biaya/tarif', 'Produk', 'Pengaduan', 'mekanisme'])
      assert.ok(published.includes(part), part)
  })

  it('gives roles for areas, each once', async () => {
    const admin = await world.as(people.admin)
    const give = async (person: string, role: string, area: string) =>
      (await admin.post(`/services/${service}/roles`, { email: await emailOf(person), role, area })).status
    assert.equal(await give(people.seller, 'laskar', ''), 303)
    assert.equal(await give(people.midwife, 'bidan', '35.10.20'), 303)
    assert.equal(await give(people.midwife, 'bidan', '35.10.20'), 409)
    assert.equal(await give(people.head, 'kepala_puskesmas', '351020'), 303)
    assert.equal(await give(people.farMidwife, 'bidan', '35.10.01'), 303)
    assert.equal(await give(people.midwife, 'raja', ''), 409)
    assert.equal(await give(people.midwife, 'bidan', 'Sempu'), 422)
    const set = { jam_kontak_merah: '12' }
    const elsewhere = await world.as(people.elsewhere)
    assert.equal((await elsewhere.post(`/services/${service}/settings`, set)).status, 403)
  })

  it('keeps all that was typed when something is wrong, and lets a warning be overridden with a reason', async () => {
    const seller = await world.as(people.seller)
    const wrong = await seller.post(`/services/${service}/open`, { ...report, rt: '3', nama_panggilan: 'Sari & Co' })
    const text = await wrong.text()
    assert.equal(wrong.status, 422)
    assert.ok(text.includes('value="Sari &amp; Co"') && text.includes('href="#rt"'))
    const warned = await seller.post(`/services/${service}/open`, { ...report, kira_umur: '17' })
    assert.equal(warned.status, 422)
    assert.ok((await warned.text()).includes('name="despite.muda_tidak_dicentang"'))
    const before = await world.db.selectFrom('services.case').select('id').execute()
    assert.deepEqual(before, [])
    await open({ kira_umur: '17', 'despite.muda_tidak_dicentang': 'Umur dari KTP' })
  })

  it('goes from the report through the midwife and her score to a danger sign that escalates at once', async () => {
    const id = await open()
    const seller = await world.as(people.seller)
    const midwife = await world.as(people.midwife)
    const own = await (await seller.get(`/services/cases/${id}`)).text()
    assert.ok(own.includes('Belum ditangani'))
    for (const hidden of ['Sari', '0812', '62812', 'Pucat', 'Ditugaskan', 'merah', 'kuning'])
      assert.ok(!own.includes(hidden), hidden)
    assert.equal((await seller.get(`/services/cases/${id}/moves/hubungi`)).status, 404)
    assert.equal((await (await world.as(people.farMidwife)).get(`/services/cases/${id}`)).status, 404)
    assert.equal((await (await world.as(people.admin)).get(`/services/cases/${id}`)).status, 404)
    assert.equal((await (await world.as(people.elsewhere)).get(`/services/cases/${id}`)).status, 404)

    const at = `/services/cases/${id}/moves`
    assert.equal((await midwife.post(`${at}/hubungi`, { cara_kontak: 'kunjungan' })).status, 303)
    const unwilling = await midwife.post(`${at}/daftar`, { ...enrolment, setuju_layanan: 'tidak' })
    assert.equal(unwilling.status, 409)
    assert.ok((await unwilling.text()).includes('belum menyetujui'))
    assert.equal((await midwife.post(`${at}/daftar`, enrolment)).status, 303)
    const scored = await (await midwife.get(`/services/cases/${id}`)).text()
    assert.match(scored, /kuning[^<]*karena: skor awal \(2\), umur ≥ 35 \(4\)/)
    assert.ok(!scored.includes('9910205203890001'))
    const row = await world.db.selectFrom('services.case').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    assert.ok(!JSON.stringify(row).includes('9910205203890001'))
    assert.ok(!JSON.stringify(row.life).includes('Sari') && !JSON.stringify(row.open).includes('Sari'))

    assert.equal(
      (await midwife.post(`${at}/periksa`, { sistol: '170', diastol: '110', 'temuan[]': ['peb'] })).status,
      303,
    )
    assert.equal(await stateOf(id), 'darurat')
    const parts = await world.db
      .selectFrom('services.case')
      .select(['flow', 'number'])
      .where('part_of', '=', id)
      .execute()
    assert.deepEqual(
      parts.map(({ flow }) => flow),
      ['rujukan_darurat'],
    )
    const events = await world.db
      .selectFrom('log.event')
      .select(['name', 'particulars'])
      .where('subject', '=', id)
      .orderBy('id')
      .execute()
    assert.ok(!/Sari|99102|81234/.test(JSON.stringify(events)))
    assert.ok(events.some(({ name }) => name === 'services.told'))
    assert.equal((await verifyChain(world.db)).broken, undefined)
  })

  it('lets one of two at once make a move', async () => {
    const id = await open()
    const midwife = await world.as(people.midwife)
    const move = () => midwife.post(`/services/cases/${id}/moves/hubungi`, { cara_kontak: 'telepon' })
    assert.deepEqual((await Promise.all([move(), move()])).map(({ status }) => status).sort(), [303, 409])
  })

  it('catches up after downtime in the right order, once, with two workers at once', async () => {
    const id = await open({ rt: '011' })
    const start = world.clock.now().getTime()
    world.clock.set(new Date(start + 20 * 24 * hour))
    const steps = await Promise.all([tick(world.db, world.clock.now()), tick(world.db, world.clock.now())])
    assert.ok(steps[0] + steps[1] > 0)
    assert.equal(await tick(world.db, world.clock.now()), 0)
    assert.equal(await stateOf(id), 'tereskalasi')
    const tasks = await world.db
      .selectFrom('services.task')
      .select(['task', 'at'])
      .where('case', '=', id)
      .orderBy('at')
      .orderBy('id')
      .execute()
    assert.deepEqual(
      tasks.map(({ task, at }) => [task, (at.getTime() - start) / hour]),
      [
        ['hubungi_ibu', 0],
        ['segera_habis', 57.6],
        ['kontak_terlambat', 72],
        ['kontak_terlambat', 96],
        ['kontak_terlambat', 144],
      ],
    )
  })

  it('shows the worklist in a fixed number of queries, and only of the own area', async () => {
    const midwife = await world.as(people.midwife)
    await midwife.get('/services/worklist')
    const count = async () => (await queriesOf(() => midwife.get('/services/worklist'))).length
    const few = await count()
    await open({ rt: '021' })
    await open({ rt: '022' })
    assert.equal(await count(), few)
    const text = await (await midwife.get('/services/worklist')).text()
    assert.ok(text.includes('Sempu'))
    assert.ok(!(await (await (await world.as(people.farMidwife)).get('/services/worklist')).text()).includes('LPS-'))
  })

  it('is used without an account, followed by number and code, and a consent taken back leaves nothing', async () => {
    const woman = await world.as()
    const sent = await woman.post(`/services/${service}/report`, {
      ...report,
      nama_panggilan: 'Wati',
      keluhan: 'Pusing sekali',
    })
    assert.equal(sent.status, 303)
    const cookieOf = (response: Response, name: string) =>
      response.headers
        .getSetCookie()
        .find((one) => one.startsWith(`${name}=`))!
        .split(';')[0]!
    const cookie = cookieOf(sent, 'tanda')
    const receipt = await (await woman.get(`/services/${service}/receipt`, { cookie })).text()
    const number = /LPS-\d{8}/.exec(receipt)![0]
    const code = /<dd>([A-Z2-9]{10})<\/dd>/.exec(receipt)![1]!
    assert.ok(!(await (await woman.get(`/services/${service}/receipt`)).text()).includes(code))

    const wrong = await woman.post(`/services/${service}/follow`, { number, code: 'AAAAAAAAAA' })
    const nobody = await woman.post(`/services/${service}/follow`, { number: 'LPS-26999999', code })
    assert.deepEqual([wrong.status, nobody.status], [422, 422])
    assert.ok(!(await wrong.text()).includes('Wati'))
    assert.equal((await woman.get(`/services/${service}/followed`)).status, 404)
    const right = await woman.post(`/services/${service}/follow`, { number, code })
    assert.equal(right.status, 303)
    const ikut = { cookie: cookieOf(right, 'ikut') }
    assert.ok((await (await woman.get(`/services/${service}/followed`, ikut)).text()).includes('Wati'))
    const post = (path: string) =>
      woman.send('POST', `/services/${service}/followed/${path}`, new URLSearchParams(), ikut)
    assert.equal((await post('moves/hubungi')).status, 404)
    assert.equal((await post('consents/data')).status, 303)
    assert.equal((await post('consents/data')).status, 409)
    assert.ok(!(await (await woman.get(`/services/${service}/followed`, ikut)).text()).includes('Wati'))
    const row = await world.db
      .selectFrom('services.case')
      .selectAll()
      .where('number', '=', number)
      .executeTakeFirstOrThrow()
    assert.ok(!/Wati|Pusing|81234/.test(JSON.stringify(row)))
    const messages = await world.db.selectFrom('services.message').selectAll().where('case', '=', row.id).execute()
    assert.ok(messages.every(({ text, to_role }) => text === null || to_role !== null))
    const statuses: number[] = []
    for (let i = 0; i < 12; i++)
      statuses.push((await woman.post(`/services/${service}/follow`, { number, code: 'A' })).status)
    assert.equal(statuses.at(-1), 429)
  })

  it('writes nothing of a move when its event cannot be written', async () => {
    const id = await open({ rt: '041' })
    const midwife = await world.as(people.midwife)
    const kept = () =>
      Promise.all([
        world.db.selectFrom('services.case').selectAll().where('id', '=', id).execute(),
        world.db.selectFrom('services.task').selectAll().where('case', '=', id).execute(),
        world.db.selectFrom('services.message').selectAll().where('case', '=', id).execute(),
      ])
    const before = await kept()
    await sql`create function pg_temp_stop() returns trigger language plpgsql as $$ begin raise 'power cut'; end $$`.execute(
      world.db,
    )
    await sql`create trigger stop before insert on log.event for each row execute function pg_temp_stop()`.execute(
      world.db,
    )
    const said = console.error
    console.error = () => {}
    const move = () => midwife.post(`/services/cases/${id}/moves/hubungi`, { cara_kontak: 'telepon' })
    try {
      assert.equal((await move()).status, 500)
      await assert.rejects(tick(world.db, new Date(world.clock.now().getTime() + 100 * hour)))
    } finally {
      console.error = said
      await sql`drop trigger stop on log.event`.execute(world.db)
      await sql`drop function pg_temp_stop`.execute(world.db)
    }
    assert.deepEqual(await kept(), before)
    assert.equal((await move()).status, 303)
  })

  it('does not let whoever sees nothing of a woman take back her consent', async () => {
    const id = await open({ rt: '042' })
    const seller = await world.as(people.seller)
    assert.equal((await seller.post(`/services/cases/${id}/consents/data`)).status, 403)
    assert.equal((await (await world.as(people.head)).post(`/services/cases/${id}/consents/data`)).status, 303)
    const row = await world.db.selectFrom('services.case').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    assert.ok(!JSON.stringify(row).includes('Sari'))
  })

  it('ends with the role: whoever held it knows of no case any more', async () => {
    const id = await open({ rt: '031' })
    const midwife = await world.as(people.midwife)
    assert.equal((await midwife.get(`/services/cases/${id}`)).status, 200)
    const post = await world.db
      .selectFrom('services.post')
      .select('id')
      .where('person', '=', people.midwife)
      .executeTakeFirstOrThrow()
    const end = `/services/${service}/roles/${post.id}/end`
    const admin = await world.as(people.admin)
    assert.deepEqual(
      (await Promise.all([admin.post(end), admin.post(end)])).map(({ status }) => status).sort(),
      [303, 409],
    )
    assert.equal((await midwife.get(`/services/cases/${id}`)).status, 404)
    assert.equal((await midwife.get(`/services/cases/${id}/moves/hubungi`)).status, 404)
  })
})
