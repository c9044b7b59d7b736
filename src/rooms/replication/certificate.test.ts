import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { readPdf } from '../../../test/pdf-text.ts'
import { fillGallery } from '../../../test/running-replication.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { done } from '../../demo/story.ts'

describe('replication: agreement, approval and certificate', () => {
  let world: World
  let code: string
  const who: Record<string, string> = {}
  const processes: string[] = []
  before(async () => {
    world = await aWorld(new Date('2026-12-31T09:00:00+07:00'))
    const owner = await world.anAgency({ name: 'Pemerintah Kabupaten Banyuwangi', region: '35.10' })
    who.owner = await world.aPerson('local-admin', { agency: owner })
    who.deputy = await world.aPerson('deputy', { agency: owner })
    who.national = await world.aPerson('national-admin')
    who.coach = await world.aPerson(undefined, {}, 'Pembina Contoh')
    who.stranger = await world.aPerson('local-admin', { agency: await world.anAgency({ region: '32.01' }) })
    const codeOf = await fillGallery(world)
    code = await codeOf('Payment Point Drive Thru')
    for (const [name, region] of [
      ['jember', '35.09'],
      ['malang', '35.07'],
      ['garut', '32.05'],
    ] as const) {
      const agency = await world.anAgency({ name: `Pemerintah Kabupaten ${name}`, region })
      who[name] = await world.aPerson('local-admin', { agency })
      const sent = await done(
        (await as(name)).post(`/replication/innovations/${code}/interest`, { reason: 'Pembayaran pajak kami lambat.' }),
        'interest',
      )
      processes.push(sent.headers.get('location')!)
    }
    const hub = await world.db
      .selectFrom('replication.hub')
      .select('id')
      .where('name', '=', 'JIPP Jawa Timur')
      .executeTakeFirstOrThrow()
    const { email } = await world.db
      .selectFrom('people.person')
      .select('email')
      .where('id', '=', who.coach)
      .executeTakeFirstOrThrow()
    const give = (area: string) =>
      as('national').then((admin) => admin.post(`/replication/hubs/${hub.id}/coaches`, { email, area }))
    assert.equal((await give('32')).status, 409)
    // Two at once: one coach.
    assert.deepEqual((await Promise.all([give('35'), give('35')])).map(({ status }) => status).sort(), [303, 409])
  })
  after(() => world.drop())

  const as = (name?: string, lang: 'id' | 'en' = 'id') => world.as(name && who[name], { lang })
  const move = async (name: string, process: string, what: string, form: Record<string, string> = {}) =>
    (await (await as(name)).post(`${process}/${what}`, form)).status
  const get = async (name: string | undefined, address: string) => (await as(name)).get(address)

  it('is told to the owner by letter, to each of its admins, and to nobody else', async () => {
    const letters = await world.db
      .selectFrom('log.mail')
      .select(['to_email', 'body'])
      .where('subject', '=', 'Inovasi instansi Anda direplikasi')
      .execute()
    assert.equal(letters.length, 6)
    assert.equal(new Set(letters.map((letter) => letter.to_email)).size, 2)
    assert.ok(
      letters.every(({ body }) => body.includes('/replication/processes/') && !body.includes('Pembayaran pajak')),
    )
  })

  it('is seen by both sides, the coach of the area and the nation, and by nobody else', async () => {
    const [jember, , garut] = processes as [string, string, string]
    const seen = async (address: string) =>
      Object.fromEntries(
        await Promise.all(
          ['owner', 'deputy', 'jember', 'malang', 'coach', 'national', 'stranger'].map(async (name) => [
            name,
            (await get(name, address)).status,
          ]),
        ),
      ) as Record<string, number>
    const known = { owner: 200, deputy: 200, jember: 200, malang: 404, coach: 200, national: 200, stranger: 404 }
    assert.deepEqual(await seen(jember), known)
    assert.deepEqual(await seen(garut), { ...known, jember: 404, coach: 404 })
    const own = await (await get('jember', '/replication/processes')).text()
    assert.ok(own.includes(jember) && !own.includes(garut))
    const coached = await (await get('coach', '/replication/processes')).text()
    assert.ok(coached.includes(jember) && !coached.includes(garut))
    // The reason is for those whom it concerns.
    assert.ok(!(await (await get(undefined, `/replication/innovations/${code}`)).text()).includes('Pembayaran pajak'))
  })

  it('goes its way by the right hands only, one step at a time', async () => {
    const process = processes[0]!
    assert.equal(await move('jember', process, 'verify'), 403)
    assert.equal(await move('coach', process, 'verify', { note: 'Dijadwalkan diskusi kelompok.' }), 303)
    assert.equal(await move('coach', process, 'sign'), 403)
    assert.equal(await move('owner', process, 'approve'), 409)
    // Both press twice at once: each signature counts once.
    const signed = await Promise.all(['jember', 'owner', 'jember', 'deputy'].map((name) => move(name, process, 'sign')))
    assert.deepEqual(signed.sort(), [303, 303, 409, 409])
    assert.equal(await move('jember', process, 'approve'), 403)
    const approved = await Promise.all(
      ['owner', 'deputy'].map((name) => move(name, process, 'approve', { begins: '2027-01-15' })),
    )
    assert.deepEqual(approved.sort(), [303, 409])
    assert.equal(await move('owner', process, 'certify', { note: 'Sudah dilihat berjalan di lapangan.' }), 409)
    assert.equal(await move('jember', process, 'begin'), 303)
    assert.equal(await move('owner', process, 'certify', { note: 'Bagus.' }), 409)
    assert.equal(await move('jember', process, 'certify', { note: 'Sudah dilihat berjalan di lapangan.' }), 403)
    assert.equal(await move('owner', process, 'nothing'), 404)
    assert.equal(await move('owner', process, 'certify', { note: 'Sudah dilihat berjalan di lapangan.' }), 303)
    assert.equal(await move('owner', process, 'end', { note: 'Selesai.' }), 409)
  })

  it('is declined or ended with a reason that stands in its log', async () => {
    const response = await (await as('owner')).post(`${processes[2]}/decline`, { note: '' })
    assert.equal(response.status, 409)
    assert.ok((await response.text()).includes('Tuliskan alasannya'))
    assert.equal(await move('owner', processes[2]!, 'decline', { note: 'Perlu peraturan daerah lebih dahulu.' }), 303)
    assert.ok(
      (await (await get('garut', processes[2]!)).text()).includes('Ditolak: Perlu peraturan daerah lebih dahulu.'),
    )
    // After the refusal it can be asked for again.
    const again = await (await as('garut')).post(`/replication/innovations/${code}/interest`, {
      reason: 'Peraturannya sudah ada.',
    })
    assert.equal(again.status, 303)
  })

  it('is numbered without gaps in its year, also by two at once, and from one again in the next', async () => {
    const certified = async (process: string) => {
      const [, name] = process === processes[1] ? ['', 'malang'] : ['', 'garut']
      for (const [by, what] of [
        [name, 'sign'],
        ['owner', 'sign'],
        ['owner', 'approve'],
        [name, 'begin'],
      ] as const)
        assert.equal(await move(by, process, what), 303, what)
    }
    const rows = await world.db
      .selectFrom('replication.process')
      .select('id')
      .where('state', '=', 'interest')
      .orderBy('since')
      .execute()
    const open = rows.map(({ id }) => `/replication/processes/${id}`)
    assert.equal(open.length, 2)
    for (const process of open) await certified(process)
    world.clock.set(new Date('2027-01-02T09:00:00+07:00'))
    const given = await Promise.all(
      open.map((process) => move('national', process, 'certify', { note: 'Dilihat oleh tim nasional.' })),
    )
    assert.deepEqual(given, [303, 303])
    const papers = await world.db
      .selectFrom('replication.paper')
      .select(['kind', 'year', 'n'])
      .orderBy('kind')
      .orderBy('year')
      .orderBy('n')
      .execute()
    assert.deepEqual(
      papers.map(({ kind, year, n }) => `${kind} ${year} ${n}`),
      [
        'agreement 2026 1',
        'agreement 2026 2',
        'agreement 2026 3',
        'certificate 2026 1',
        'certificate 2027 1',
        'certificate 2027 2',
      ],
    )
  })

  it('is on paper for both, and anybody checks it by number and code and not by number alone', async () => {
    const pdf = async (name: string, address: string) => {
      const response = await get(name, address)
      assert.equal(response.headers.get('content-type'), 'application/pdf')
      return readPdf(new Uint8Array(await response.arrayBuffer())).text
    }
    const agreement = await pdf('jember', `${processes[0]}/agreement.pdf`)
    for (const said of ['KR-2026-0001', 'Pemerintah Kabupaten Banyuwangi', 'Pemerintah Kabupaten jember'])
      assert.ok(agreement.includes(said), said)
    const certificate = await pdf('owner', `${processes[0]}/certificate.pdf`)
    assert.ok(certificate.includes('SR-2026-0001'))
    assert.equal((await get('stranger', `${processes[0]}/certificate.pdf`)).status, 404)
    const { code: secret } = await world.db
      .selectFrom('replication.paper')
      .select('code')
      .where('kind', '=', 'certificate')
      .where('year', '=', 2026)
      .executeTakeFirstOrThrow()
    assert.ok(certificate.replace(/\s/g, '').includes(secret))
    const checked = async (query: string) =>
      (await (await get(undefined, `/replication/certificates${query}`)).text()).replace(/<[^>]+>/g, ' ')
    assert.ok((await checked(`/SR-2026-0001?code=${secret}`)).includes('sah dan tercatat'))
    assert.ok(
      (await checked(`?number=sr-2026-0001&code=${secret.toLowerCase()}`)).includes('Pemerintah Kabupaten jember'),
    )
    for (const wrong of [
      '/SR-2026-0001?code=AAAAAAAAAA',
      `/SR-2027-0001?code=${secret}`,
      `/KR-2026-0001?code=${secret}`,
    ]) {
      const text = await checked(wrong)
      assert.ok(text.includes(wrong.startsWith('/KR') ? 'tidak ditemukan' : 'Tidak ada sertifikat'), wrong)
      assert.ok(!text.includes('jember'), wrong)
    }
    assert.ok(!(await checked('/SR-2026-0001')).includes('jember'))
  })
})
