import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { queriesOf } from '#platform/db.ts'
import { small } from '../../../test/packages.ts'
import { type Lending, lendingWheelchairs, wheelchairs } from '../../../test/wheelchairs.ts'
import { nextVersion, originAgency } from './domain/improving.ts'
import type { Package } from './domain/package/format/index.ts'

const reason = 'Warga kami sering lupa mengembalikan kursi.'

describe('services: an improvement that is offered back', () => {
  let it_: Lending
  let origin: Awaited<ReturnType<Lending['lender']>>
  let adopter: Awaited<ReturnType<Lending['lender']>>
  before(async () => {
    it_ = await lendingWheelchairs()
    origin = await it_.lender()
    adopter = await it_.lender()
    await it_.world.db
      .updateTable('people.agency')
      .set({ name: 'Dinas Contoh' })
      .where('id', '=', origin.agency)
      .execute()
    await it_.world.db
      .updateTable('people.agency')
      .set({ name: 'Pemerintah Kota Pengadopsi' })
      .where('id', '=', adopter.agency)
      .execute()
  })
  after(() => it_.world.drop())

  const get = async (address: string, person: string) => {
    const response = await (await it_.world.as(person)).get(address)
    return { status: response.status, text: await response.text() }
  }
  const post = async (address: string, form: Record<string, string>, person: string) => {
    const response = await (await it_.world.as(person)).post(address, form)
    return { status: response.status, text: await response.text(), location: response.headers.get('location') }
  }
  const offer = (place = adopter, why = reason) =>
    post(`/services/${place.service}/upgrade/offer`, { reason: why }, place.admin)
  const addField = (id: string, label: string) => (p: Package) => {
    p.forms[0]!.fields.push({
      ...p.forms[0]!.fields.find((one) => one.id === 'umur')!,
      id,
      required: false,
      label: { id: label },
    })
  }
  const listed = async (person: string) =>
    [...(await get('/services/improvements', person)).text.matchAll(/\/services\/improvements\/([0-9a-f-]{36})/g)].map(
      ([, id]) => id!,
    )

  it('is a local change with a reason, offered once to the agency of the origin, which alone sees it besides', async () => {
    assert.equal((await offer()).status, 409)
    assert.equal((await it_.changeLocally(adopter, addField('janji', 'Janji kembali (hari)'))).kind, 'done')
    assert.equal((await offer(adopter, 'Bagus')).status, 422)
    assert.equal((await offer(adopter, '<script>alert(1)</script>')).status, 422)
    const both = await Promise.all([offer(), offer()])
    assert.deepEqual(both.map(({ status }) => status).sort(), [303, 409])
    const [id] = await listed(origin.admin)
    assert.deepEqual(await listed(adopter.admin), [id])
    const { text } = await get(`/services/improvements/${id}`, origin.admin)
    for (const part of [
      'Pertanyaan “Janji kembali (hari)” di formulir “Permohonan” ditambahkan.',
      reason,
      'Pemerintah Kota Pengadopsi mengubahnya menjadi versi 1.2.0+local.1',
      'Terima ke versi 1.3.0',
    ])
      assert.ok(text.includes(part), part)
    const own = await get(`/services/improvements/${id}`, adopter.admin)
    assert.ok(own.status === 200 && !own.text.includes('/adopt'))
    const stranger = await it_.lender()
    const seen = []
    for (const [person, address] of [
      [stranger.admin, ''],
      [stranger.admin, '/adopt'],
      [stranger.admin, '/decline'],
      [it_.national, '/adopt'],
      [adopter.admin, '/adopt'],
      [adopter.admin, '/decline'],
    ] as const)
      seen.push(
        address
          ? (await post(`/services/improvements/${id}${address}`, { credit: reason, reason }, person)).status
          : (await get(`/services/improvements/${id}`, person)).status,
      )
    assert.deepEqual(seen, [404, 404, 404, 404, 403, 403])
    assert.equal((await get('/services/improvements', it_.national)).status, 403)
    assert.deepEqual(await listed(stranger.admin), [])
  })

  it('is taken over into the next version with credit, once, and comes to its adopter as an upgrade without conflict', async () => {
    const [id] = await listed(origin.admin)
    assert.equal((await it_.changeLocally(origin, addField('lantai', 'Lantai rumah'))).kind, 'done')
    assert.equal((await offer(origin)).status, 409)
    const adopt = (credit = reason) => post(`/services/improvements/${id}/adopt`, { credit }, origin.admin)
    assert.equal((await adopt('')).status, 422)
    const both = await Promise.all([adopt(), adopt()])
    assert.deepEqual(both.map(({ status }) => status).sort(), [303, 409])
    const now = await it_.running(origin.service)
    assert.deepEqual([now.version, now.base, now.key], ['1.3.0', null, null])
    assert.deepEqual(
      now.pkg.forms[0]!.fields.slice(-2)
        .map((one) => one.id)
        .sort(),
      ['janji', 'lantai'],
    )
    assert.deepEqual(now.pkg.manifest.contributors, [
      { agency: 'Pemerintah Kota Pengadopsi', version: '1.3.0', change: reason },
    ])
    assert.ok(
      (await get(`/services/${origin.service}`, origin.admin)).text.includes('Pemerintah Kota Pengadopsi (1.3.0)'),
    )

    const page = (await get(`/services/${adopter.service}/upgrade`, adopter.admin)).text
    assert.ok(page.includes('Diterima ke versi 1.3.0'))
    const candidate = /value="(release:[0-9a-f]{64})"/.exec(page)![1]!
    const at = `/services/${adopter.service}/upgrade`
    assert.equal((await post(`${at}/begin`, { candidate: `release:${'0'.repeat(64)}` }, adopter.admin)).status, 404)
    assert.equal((await post(`${at}/begin`, { candidate }, adopter.admin)).status, 303)
    const draft = (await get(`${at}/draft`, adopter.admin)).text
    assert.ok(draft.includes('tanpa perubahan lokal'), 'nothing local is left')
    assert.equal((await post(`${at}/draft/install`, {}, adopter.admin)).status, 303)
    const theirs = await it_.running(adopter.service)
    assert.deepEqual([theirs.version, theirs.base, theirs.hash], ['1.3.0', null, now.hash])
    const told = await it_.world.db
      .selectFrom('log.event')
      .select(['name', 'scope'])
      .where('name', 'like', 'services.improvement-%')
      .orderBy('id')
      .execute()
    assert.deepEqual(
      told.map(({ name, scope }) => [
        name,
        scope === origin.agency ? 'origin' : scope === adopter.agency ? 'adopter' : scope,
      ]),
      [
        ['services.improvement-offered', 'adopter'],
        ['services.improvement-received', 'origin'],
        ['services.improvement-adopted', 'origin'],
        ['services.improvement-answered', 'adopter'],
      ],
    )
  })

  it('is decided where both changed the same, or declined with a reason that its adopter reads', async () => {
    const relabel = (label: string) => (p: Package) => {
      p.forms[0]!.fields[0]!.label = { id: label }
    }
    assert.equal((await it_.changeLocally(adopter, relabel('Nama lengkap'))).kind, 'done')
    assert.equal((await it_.changeLocally(origin, relabel('Nama sesuai KTP'))).kind, 'done')
    assert.equal((await offer()).status, 303)
    const [id] = await listed(origin.admin)
    const at = `/services/improvements/${id}`
    const asked = await post(`${at}/adopt`, { credit: reason }, origin.admin)
    assert.equal(asked.status, 409)
    const pick = /name="pick-([^"]+)"/.exec(asked.text)![1]!
    assert.equal((await post(`${at}/adopt`, { credit: reason, [`pick-${pick}`]: 'anew' }, origin.admin)).status, 422)
    const both = await Promise.all([
      post(`${at}/decline`, { reason: 'Formulir kami memakai istilah KTP.' }, origin.admin),
      post(`${at}/decline`, { reason: 'Formulir kami memakai istilah KTP.' }, origin.admin),
    ])
    assert.deepEqual(both.map(({ status }) => status).sort(), [303, 409])
    assert.ok((await get(at, adopter.admin)).text.includes('Formulir kami memakai istilah KTP.'))
    assert.equal((await post(`${at}/adopt`, { credit: reason, [`pick-${pick}`]: 'theirs' }, origin.admin)).status, 409)

    assert.equal((await it_.changeLocally(adopter, relabel('Nama penuh'))).kind, 'done')
    assert.equal((await offer()).status, 303)
    const [next] = await listed(origin.admin)
    const open = (await get(`/services/improvements/${next}`, origin.admin)).text
    const again = /name="pick-([^"]+)"/.exec(open)![1]!
    const done = await post(
      `/services/improvements/${next}/adopt`,
      { credit: reason, [`pick-${again}`]: 'anew', [`text-${again}`]: 'Nama penuh sesuai KTP' },
      origin.admin,
    )
    assert.equal(done.status, 303)
    const { version, pkg } = await it_.running(origin.service)
    assert.deepEqual(
      [version, pkg.forms[0]!.fields[0]!.label.id, pkg.manifest.contributors!.length],
      ['1.4.0', 'Nama penuh sesuai KTP', 2],
    )
  })

  it('asks as many questions of the database for three as for one', async () => {
    const client = await it_.world.as(origin.admin)
    const three = await queriesOf(async () => void (await (await client.get('/services/improvements')).text()))
    assert.equal((await listed(origin.admin)).length, 3)
    const place = await it_.lender(
      wheelchairs('1.2.0', { 'package.yaml': small['package.yaml']!.replace('Dinas Contoh', 'Dinas Contoh') }),
    )
    await it_.changeLocally(place, addField('satu', 'Satu'))
    assert.equal((await offer(place)).status, 303)
    const other = await it_.world.as(place.admin)
    const one = await queriesOf(async () => void (await (await other.get('/services/improvements')).text()))
    assert.ok(three.length <= one.length, `${three.length} for three, ${one.length} for one`)
  })
})

describe('services: where a package comes from', () => {
  const pkg = (agency: string) => ({ manifest: { origin: { agency } } }) as Package
  const of = (agency: string, agencies: [string, boolean][]) =>
    originAgency(
      pkg(agency),
      agencies.map(([name, inRegion]) => ({ name, inRegion })),
    )?.name

  it('is the agency that its origin names, or the only one of its region, and otherwise nobody', () => {
    assert.equal(
      of('Puskesmas Sempu, Kabupaten Banyuwangi', [
        ['Pemerintah Kabupaten Banyuwangi', true],
        ['Pemerintah Kabupaten Jember', false],
      ]),
      'Pemerintah Kabupaten Banyuwangi',
    )
    assert.equal(of('Puskesmas Sempu', [['Pemerintah Kabupaten Banyuwangi', true]]), 'Pemerintah Kabupaten Banyuwangi')
    assert.equal(
      of('Puskesmas Sempu', [
        ['Satu', true],
        ['Dua', true],
      ]),
      undefined,
    )
    assert.equal(of('Puskesmas Sempu', [['Satu', false]]), undefined)
  })

  it('its next version is newer than every one that ran, local ones too', () => {
    assert.equal(nextVersion(['1.2.0', '1.10.3+local.4', '1.9.9']), '1.11.0')
  })
})
