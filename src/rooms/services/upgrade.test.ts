import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { queriesOf } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { small } from '../../../test/packages.ts'
import { type Lending, lendingWheelchairs, publisher, wheelchairs } from '../../../test/wheelchairs.ts'
import type { Package } from './domain/package/format/index.ts'
import { publicKeyText } from './domain/package/seal.ts'

/** The next version of the publisher: another label, a question more, a narrower setting, a state less. */
const newer = (version = '1.3.0') =>
  wheelchairs(version, {
    'forms/permohonan.yaml': small['forms/permohonan.yaml']!.replace(
      'label: { id: Nama }',
      'label: { id: Nama sesuai KTP }',
    ).replace('checks:', '  - { id: catatan, type: text, label: { id: Catatan } }\nchecks:'),
    'settings.yaml': small['settings.yaml']!.replace('max: 60', 'max: 30'),
  })
const relabel = (label: string) => (p: Package) => {
  p.forms[0]!.fields[0]!.label = { id: label }
  p.roles[1]!.names = { id: 'Petugas kursi' }
}

describe('services: an upgrade', () => {
  let it_: Lending
  let place: Awaited<ReturnType<Lending['lender']>>
  let at: string
  before(async () => {
    it_ = await lendingWheelchairs()
    place = await it_.lender()
    at = `/services/${place.service}/upgrade`
  })
  after(() => it_.world.drop())

  const get = async (address: string, person = place.admin, lang?: 'en') => {
    const client = await it_.world.as(person, lang ? { lang } : {})
    const response = await client.get(address)
    return { status: response.status, text: await response.text() }
  }
  const post = async (address: string, form: Record<string, string | string[]> = {}, person = place.admin) => {
    const response = await (await it_.world.as(person)).post(address, form)
    return { status: response.status, text: await response.text(), location: response.headers.get('location') }
  }
  const upload = async (file?: File) => {
    const response = await it_.send(place.admin, `${at}/upload`, file)
    return { status: response.status, text: await response.text(), location: response.headers.get('location') }
  }
  const picks = (text: string) => [...new Set([...text.matchAll(/name="pick-([^"]+)"/g)].map(([, id]) => id!))]
  const events = async () =>
    (
      await it_.world.db
        .selectFrom('log.event')
        .select('name')
        .where('subject', '=', place.service)
        .where('name', 'like', 'services.%upgrade%')
        .orderBy('id')
        .execute()
    ).map(({ name }) => name)

  it('begins with what is new, what was changed here, and what has to be decided, in the reader’s language', async () => {
    assert.equal((await it_.changeLocally(place, relabel('Nama lengkap'))).kind, 'done')
    await it_.borrow(place.service)
    assert.equal((await post(`/services/${place.service}/settings`, { hari_pinjam: '50' })).status, 303)
    assert.equal((await upload()).status, 422)
    const begun = await upload(newer())
    assert.deepEqual([begun.status, begun.location], [303, `${at}/draft`])
    const { text } = await get(`${at}/draft`)
    for (const sentence of [
      'Kata-kata pertanyaan “Nama sesuai KTP” di formulir “Permohonan” diubah dari “Nama” menjadi “Nama sesuai KTP”.',
      'Pertanyaan “Catatan” di formulir “Permohonan” ditambahkan.',
      'Nilai tertinggi pengaturan “Lama pinjam” diubah dari 60 menjadi 30.',
      'Sebutan peran “Petugas kursi” diubah dari “Petugas” menjadi “Petugas kursi”.',
      'Anda dan versi baru sama-sama mengubah kata-kata pertanyaan “Nama lengkap” di formulir “Permohonan”.',
      'Anda: “Nama lengkap”',
      'Versi baru: “Nama sesuai KTP”',
      'Nilai Anda untuk “Lama pinjam” adalah 50; versi baru tidak mengizinkannya (antara 1 dan 30).',
      '1 kasus tetap memakai versinya sampai selesai.',
    ])
      assert.ok(text.includes(sentence), sentence)
    assert.equal(picks(text).length, 2)
    assert.ok(!text.includes(`${at}/draft/install`))
    const english = (await get(`${at}/draft`, place.admin, 'en')).text
    assert.ok(
      english.includes(
        'You and the new version both changed the words of the question “Nama lengkap” in the form “Permohonan”.',
      ),
    )
    // Nothing runs by it yet, and it cannot be installed before everything is decided.
    assert.equal((await it_.running(place.service)).version, '1.2.0+local.1')
    assert.equal((await post(`${at}/draft/install`)).status, 409)
  })

  it('keeps what was chosen across leaving the page, and says which value or words are missing', async () => {
    const [label, setting] = picks((await get(`${at}/draft`)).text)
    const missing = await post(`${at}/draft`, {
      [`pick-${label}`]: 'anew',
      [`text-${label}`]: ' ',
      [`pick-${setting}`]: 'anew',
      [`text-${setting}`]: '99',
    })
    assert.equal(missing.status, 422)
    assert.ok(
      missing.text.includes('Tulis kata-kata yang baru.') && missing.text.includes('Nilai ini tidak dapat dipakai.'),
    )
    assert.ok(missing.text.includes('value="99"'))
    assert.equal(
      (await post(`${at}/draft`, { [`pick-${label}`]: 'anew', [`text-${label}`]: 'Nama lengkap sesuai KTP' })).status,
      303,
    )
    const kept = (await get(`${at}/draft`)).text
    assert.ok(kept.includes('value="Nama lengkap sesuai KTP"'))
    assert.ok(kept.includes('(1 dari 2 belum)'))
    assert.equal((await post(`${at}/draft`, { [`pick-${setting}`]: 'anew', [`text-${setting}`]: '21' })).status, 303)
    const ready = (await get(`${at}/draft`)).text
    assert.ok(ready.includes(`${at}/draft/install`))
    assert.ok(ready.includes('Sesuai harapan') && ready.includes('Akan dipasang sebagai versi 1.3.0+local.1'))
  })

  it('is installed once, for new cases; running ones keep theirs', async () => {
    const once = newId()
    const [first, second, other] = await Promise.all([
      post(`${at}/draft/install`, { once }),
      post(`${at}/draft/install`, { once }),
      post(`${at}/draft/install`),
    ])
    // Whichever comes first is the only one, and the same click twice has one answer.
    const answers = [first.status, second.status, other.status]
    assert.deepEqual(answers, other.status === 303 ? [409, 409, 303] : [303, 303, 409])
    await it_.borrow(place.service)
    assert.deepEqual(await it_.casesOf(place.service), ['1.2.0+local.1', '1.3.0+local.1'])
    const { version, base, pkg, settings, key } = await it_.running(place.service)
    assert.deepEqual([version, base, settings], ['1.3.0+local.1', '1.3.0', { hari_pinjam: 21 }])
    assert.ok(key)
    assert.deepEqual(
      pkg.forms[0]!.fields.map(({ id, label }) => [id, label.id]).filter(([id]) => id === 'nama' || id === 'catatan'),
      [
        ['nama', 'Nama lengkap sesuai KTP'],
        ['catatan', 'Catatan'],
      ],
    )
    assert.equal(pkg.roles[1]!.names.id, 'Petugas kursi')
  })

  it('is put back with one click, settings too; cases that were opened meanwhile keep theirs', async () => {
    const { text } = await get(at)
    const n = /name="n" value="(\d+)"/.exec(text)![1]!
    const both = await Promise.all([post(`${at}/undo`, { n }), post(`${at}/undo`, { n })])
    assert.deepEqual(both.map(({ status }) => status).sort(), [303, 409])
    const { version, settings } = await it_.running(place.service)
    assert.deepEqual([version, settings], ['1.2.0+local.1', { hari_pinjam: 50 }])
    await it_.borrow(place.service)
    assert.deepEqual(await it_.casesOf(place.service), ['1.2.0+local.1', '1.3.0+local.1', '1.2.0+local.1'])
    assert.equal((await post(`${at}/undo`, { n: 'x' })).status, 422)
  })

  it('can come again after it was put back, with the choices that still hold, or be dropped', async () => {
    assert.equal((await upload(newer())).status, 303)
    const dropped = await Promise.all([post(`${at}/draft/drop`), post(`${at}/draft/drop`)])
    assert.deepEqual(dropped.map(({ status }) => status).sort(), [303, 409])
    assert.equal((await get(`${at}/draft`)).status, 303)
    assert.equal((await upload(newer())).status, 303)
    const [label, setting] = picks((await get(`${at}/draft`)).text)
    await post(`${at}/draft`, { [`pick-${label}`]: 'theirs', [`pick-${setting}`]: 'theirs' })
    assert.equal((await post(`${at}/draft/install`)).status, 303)
    const { version, base, settings } = await it_.running(place.service)
    assert.deepEqual([version, base, settings], ['1.3.0+local.2', '1.3.0', {}])
    assert.deepEqual(await events(), [
      'services.upgrade-begun',
      'services.upgrade-decided',
      'services.upgrade-decided',
      'services.package-upgraded',
      'services.upgrade-undone',
      'services.upgrade-begun',
      'services.upgrade-dropped',
      'services.upgrade-begun',
      'services.upgrade-decided',
      'services.package-upgraded',
    ])
  })

  it('is nobody’s but the local admin’s', async () => {
    const stranger = await it_.world.aPerson('local-admin', { agency: await it_.world.anAgency() })
    const statuses = []
    for (const person of [stranger, it_.national]) {
      for (const address of [at, `${at}/draft`]) statuses.push((await get(address, person)).status)
      for (const address of ['begin', 'upload', 'draft', 'draft/install', 'draft/drop', 'undo'])
        statuses.push((await post(`${at}/${address}`, {}, person)).status)
    }
    assert.deepEqual(
      statuses,
      Array.from({ length: 16 }, () => 403),
    )
    assert.equal((await (await it_.world.as()).get(at)).status, 303)
    assert.equal((await get('/services/00000000-0000-7000-8000-000000000000/upgrade')).status, 404)
    assert.equal((await post(`${at}/begin`, { candidate: 'program:../../etc' })).status, 404)
    assert.equal((await post(`${at}/begin`, { candidate: 'program:garda-ampuh' })).status, 409)
  })

  it('goes on to what another unit of the agency runs, but not to what it changed, nor to what other agencies run', async () => {
    const agency = await it_.world.anAgency()
    const admin = await it_.world.aPerson('local-admin', { agency })
    const install = async (unit: string, file: File) => {
      const form = new FormData()
      form.set('unit', unit)
      form.set('file', file)
      const sent = await (await it_.world.as(admin)).send('POST', `/services/agencies/${agency}/upload`, form)
      assert.equal(sent.status, 303)
      return sent.headers.get('location')!.split('/')[2]!
    }
    const [sempu, kalipuro] = [
      await it_.world.aUnit(agency, 'Puskesmas Sempu'),
      await it_.world.aUnit(agency, 'Puskesmas Kalipuro'),
    ]
    const ahead = await install(sempu, wheelchairs('1.2.0'))
    const behind = await install(kalipuro, wheelchairs('1.2.0'))
    const page = `/services/${behind}/upgrade`
    const candidates = async (address = page) =>
      [...(await get(address, admin)).text.matchAll(/value="(release:[0-9a-f]{64})"/g)].map(([, value]) => value!)
    assert.deepEqual(await candidates(), [])
    assert.equal(await install(sempu, newer('1.6.0')), ahead)
    const { hash } = await it_.running(ahead)
    const actor = {
      id: admin,
      name: '',
      offices: [{ role: 'local-admin', agency, unit: null }],
      secondFactor: true,
    }
    assert.equal((await it_.changeLocally({ actor, service: ahead }, relabel('Nama lengkap'))).kind, 'done')
    assert.deepEqual(await candidates(), [`release:${hash}`])
    assert.ok((await get(page, admin)).text.includes('Puskesmas Sempu'))
    assert.deepEqual(await candidates(`/services/${ahead}/upgrade`), [])
    assert.ok(!(await get(at)).text.includes(`release:${hash}`))
    assert.equal((await post(`${at}/begin`, { candidate: `release:${hash}` })).status, 404)
    assert.equal((await post(`${page}/begin`, { candidate: `release:${hash}` }, admin)).status, 303)
    assert.equal((await post(`${page}/draft/install`, {}, admin)).status, 303)
    const now = await it_.running(behind)
    assert.deepEqual([now.version, now.hash], ['1.6.0', hash])
    assert.equal(now.key, publicKeyText(publisher.privateKey))
    assert.deepEqual(await candidates(), [])
  })

  it('asks as many questions of the database for many changes of version as for one', async () => {
    const client = await it_.world.as(place.admin)
    const many = await queriesOf(async () => void (await (await client.get(at)).text()))
    const fresh = await it_.lender()
    const other = await it_.world.as(fresh.admin)
    const one = await queriesOf(async () => void (await (await other.get(`/services/${fresh.service}/upgrade`)).text()))
    assert.ok(many.length <= one.length + 1, `${many.length} for many, ${one.length} for none`)
  })
})
