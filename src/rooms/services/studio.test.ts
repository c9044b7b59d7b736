import assert from 'node:assert/strict'
import { generateKeyPairSync, sign } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { queriesOf } from '#platform/db.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { readSealed } from './domain/package/read.ts'
import { publicKeyText } from './domain/package/seal.ts'
import { at, type Documents, listAt } from './domain/studio/documents.ts'

const list = 'Di mana?\tteks\tya\nApa yang terjadi?\tpilihan\tya\tMati, Berkedip, Kabel terbuka\nNomor HP\ttelepon\t'

describe('services: the studio', () => {
  let world: World
  let agency: string
  let admin: Awaited<ReturnType<World['as']>>
  let deputy: Awaited<ReturnType<World['as']>>
  let draft: string

  before(async () => {
    world = await aWorld(new Date('2026-03-02T05:30:00+07:00'))
    agency = await world.anAgency({ name: 'Pemerintah Kabupaten Contoh' })
    admin = await world.as(await world.aPerson('local-admin', { agency }))
    deputy = await world.as(await world.aPerson('deputy', { agency }, 'Ibu Wakil'))
  })
  after(() => world.drop())

  const rowOf = (address: string) =>
    world.db.selectFrom('services.draft').selectAll().where('id', '=', address.split('/')[4]!).executeTakeFirstOrThrow()
  const documentsOf = async (address = draft) => (await rowOf(address)).content as Documents
  const revisionOf = async (address = draft) => String((await rowOf(address)).revision)
  const begin = async (name: string, pasted = '') => {
    const sent = await admin.post('/services/studio/drafts', { agency, name, list: pasted })
    assert.equal(sent.status, 303, await sent.text())
    return sent.headers.get('location')!
  }

  it('begins from a name and a pasted list, with everything that is wrong told at once', async () => {
    const wrong = await admin.post('/services/studio/drafts', { agency, name: '', list: '\t\t' })
    assert.equal(wrong.status, 422)
    draft = await begin('Lampu Jalan', list)
    const documents = await documentsOf()
    assert.deepEqual(
      listAt(documents['forms/permohonan'], ['fields']).map(({ id, type, required = false }) => [id, type, required]),
      [
        ['di_mana', 'text', true],
        ['apa_yang_terjadi', 'choice', true],
        ['nomor_hp', 'phone', false],
      ],
    )
    assert.equal(at(documents.package, ['id']), 'id.contoh.lampu-jalan')
    const page = await (await admin.get(draft)).text()
    assert.match(page, /Satu hal harus diperbaiki/)
    assert.match(page, /Paket membuktikan dirinya dengan contoh kasus/)
    assert.ok(page.includes(`href="${draft}/try"`))
  })

  it('is seen by the local admins of its agency and by nobody else', async () => {
    const other = await world.anAgency()
    const elsewhere = await world.as(await world.aPerson('local-admin', { agency: other }))
    const pages = ['', '/documents/roles', '/documents/roles/text', '/try', '/examples', '/publish', '/saves']
    for (const page of pages) {
      assert.equal((await deputy.get(draft + page)).status, 200, page)
      assert.equal((await elsewhere.get(draft + page)).status, 404, page)
      assert.equal((await (await world.as()).get(draft + page)).status, 303, page)
    }
    for (const act of ['/documents/roles', '/publish', '/drop', '/try/time', '/saves/1', '/documents'])
      assert.equal((await elsewhere.post(draft + act, { revision: '1' })).status, 404, act)
    const unit = await world.aUnit(agency)
    assert.equal(
      (await (await world.as(await world.aPerson('unit', { agency, unit }))).get('/services/studio')).status,
      403,
    )
    assert.equal((await elsewhere.post(`/services/studio/agencies/${agency}/copies/garda-ampuh`)).status, 404)
    const stolen = await elsewhere.post('/services/studio/drafts', { agency, name: 'Milik orang' })
    assert.equal((await rowOf(stolen.headers.get('location')!)).agency, other)
  })

  it('lists drafts by the same number of queries, one or three', async () => {
    const one = await queriesOf(() => admin.get('/services/studio'))
    const copies = [await begin('Dua'), await begin('Tiga')]
    assert.equal((await queriesOf(() => admin.get('/services/studio'))).length, one.length)
    for (const copy of copies) assert.equal((await admin.post(`${copy}/drop`)).status, 303)
    assert.equal((await admin.get(copies[0]!)).status, 404)
    assert.equal((await queriesOf(() => admin.get('/services/studio'))).length, one.length)
  })

  const form = async (over: Record<string, string> = {}, to = `${draft}/documents/forms.permohonan`) => {
    const revision = await revisionOf()
    const typed: Record<string, string> = { id: 'permohonan', 'names.id': 'Permohonan', revision, base: revision }
    for (const [i, field] of listAt((await documentsOf())['forms/permohonan'], ['fields']).entries()) {
      typed[`fields.${i}.was`] = String(i)
      typed[`fields.${i}.id`] = String(field.id)
      typed[`fields.${i}.type`] = String(field.type)
      typed[`fields.${i}.label.id`] = String(at(field, ['label', 'id']))
      typed[`fields.${i}.required`] = field.required ? 'ya' : ''
      typed[`fields.${i}.privacy`] = String(field.privacy ?? 'personal')
      if (Array.isArray(field.options))
        typed[`fields.${i}.options`] = field.options.map(({ id, label }) => `${id} = ${label.id}`).join('\n')
    }
    return admin.post(to, { ...typed, ...over })
  }

  it('keeps rows that are added, moved and removed, and tells a problem at its field until it is mended', async () => {
    assert.equal(
      (
        await form({
          'fields.3.was': '',
          'fields.3.label.id': 'Umur',
          'fields.3.type': 'int',
          'fields.3.when': 'tidak_ada > 3',
        })
      ).status,
      303,
    )
    const page = await (await admin.get(`${draft}/documents/forms.permohonan`)).text()
    assert.match(page, /“tidak_ada” bukan pertanyaan, pengaturan, atau aturan di sini/)
    assert.match(page, /href="[^"]*parts\/fields\.3#when"/)
    assert.match(page, /id="fields-3-when-problem"/)
    assert.equal((await form({ 'fields.3.when': '', row: 'fields:up:3' })).status, 303)
    const ids = async () => listAt((await documentsOf())['forms/permohonan'], ['fields']).map(({ id }) => id)
    assert.deepEqual(await ids(), ['di_mana', 'apa_yang_terjadi', 'umur', 'nomor_hp'])
    assert.equal((await form({ row: 'fields:remove:2' })).status, 303)
    assert.deepEqual(await ids(), ['di_mana', 'apa_yang_terjadi', 'nomor_hp'])
    const before = await revisionOf()
    assert.equal((await form()).status, 303)
    assert.equal(await revisionOf(), before, 'a save that changes nothing is none')
  })

  it('shows a conflict and loses nothing; another document is no conflict; of two at once one is saved', async () => {
    const revision = await revisionOf()
    const roles = (name: string, from = revision) => ({
      'roles.0.was': '0',
      'roles.0.id': 'warga',
      'roles.0.names.id': name,
      'roles.0.reach': 'own',
      'roles.0.sees[]': ['open', 'personal'],
      'roles.0.public': 'ya',
      'roles.1.was': '1',
      'roles.1.id': 'petugas',
      'roles.1.names.id': 'Petugas',
      'roles.1.reach': 'area',
      'roles.1.sees[]': ['open', 'personal'],
      revision: from,
      base: from,
    })
    const both = await Promise.all([
      deputy.post(`${draft}/documents/roles`, roles('Penduduk')),
      admin.post(`${draft}/documents/roles`, roles('Pelapor')),
    ])
    assert.deepEqual(both.map(({ status }) => status).sort(), [303, 409])
    const refused = await both.find(({ status }) => status === 409)!.text()
    assert.ok(refused.includes('Yang Anda tulis masih ada di bawah ini'))
    const name = refused.includes('value="Pelapor"') ? 'Pelapor' : 'Penduduk'
    assert.ok(refused.includes(`value="${name}"`) && refused.includes('Simpan yang saya tulis'))
    // From the same old revision, but another document.
    const calendar = { id: 'kantor', 'names.id': 'Jam kantor', kind: 'working', revision, base: revision }
    assert.equal((await deputy.post(`${draft}/documents/calendars/parts/calendars.0`, calendar)).status, 303)
    // Having seen it, she saves hers.
    const now = await revisionOf()
    assert.equal((await admin.post(`${draft}/documents/roles`, { ...roles('Pelapor'), revision: now })).status, 303)
    assert.equal(at((await documentsOf()).roles, ['roles', 0, 'names', 'id']), 'Pelapor')
  })

  it('goes back to any save', async () => {
    const saves = await (await admin.get(`${draft}/saves`)).text()
    assert.match(saves, /Ibu Wakil/)
    const last = await documentsOf()
    const revision = await revisionOf()
    assert.equal((await admin.post(`${draft}/saves/1`, { revision })).status, 303)
    assert.equal(at((await documentsOf()).roles, ['roles', 0, 'names', 'id']), 'Warga')
    assert.equal((await admin.post(`${draft}/saves/${revision}`, { revision: await revisionOf() })).status, 303)
    assert.deepEqual(await documentsOf(), last)
    assert.equal((await admin.post(`${draft}/saves/99`, { revision: await revisionOf() })).status, 409)
    assert.equal((await admin.post(`${draft}/saves/1`, { revision: '1' })).status, 409)
  })

  it('takes every document as text, and keeps a text that is none on the page', async () => {
    const to = `${draft}/documents/indicators/text`
    const broken = await admin.post(to, { text: 'indicators: [', revision: await revisionOf() })
    assert.equal(broken.status, 422)
    const page = await broken.text()
    assert.ok(page.includes('indicators: [') && page.includes('tidak dapat dibaca'))
    const bomb = await admin.post(to, { text: `a: ${'['.repeat(40)}${']'.repeat(40)}`, revision: await revisionOf() })
    assert.equal(bomb.status, 422)
    const alias = await admin.post(to, { text: 'a: &x [1]\nb: [*x, *x]', revision: await revisionOf() })
    assert.equal(alias.status, 422)
    const text = 'indicators:\n  - { id: banyak, kind: count, names: { id: Laporan } }\n'
    assert.equal((await admin.post(to, { text, revision: await revisionOf() })).status, 303)
    assert.equal(listAt((await documentsOf()).indicators, ['indicators']).length, 1)
    assert.equal((await admin.get('/services/studio/schemas/flow.json')).status, 200)
    assert.equal((await admin.get('/services/studio/schemas/constructor.json')).status, 404)
    assert.equal((await admin.get(`${draft}/documents/forms.tidak_ada`)).status, 404)
    assert.equal((await admin.get(`${draft}/documents/flows.permohonan/parts/moves.9`)).status, 404)
  })

  it('plays a case by hand on a clock of its own, which is no case, and keeps it as an example', async () => {
    const opening = `${draft}/try/moves/permohonan.warga.ajukan`
    const answers = { di_mana: 'Depan balai desa', apa_yang_terjadi: 'mati', nomor_hp: '0812 3456 7890' }
    assert.equal((await admin.post(opening, { di_mana: 'Sini' })).status, 422)
    assert.equal((await admin.post(opening, answers)).status, 303)
    const page = await (await admin.get(`${draft}/try`)).text()
    assert.match(page, /Depan balai desa/)
    assert.match(page, /Janji layanan: paling lambat 6 Maret 2026, 00\.00 WIB/)
    assert.equal((await admin.post(`${draft}/try/time`, { until: 'next' })).status, 303)
    assert.match(await (await admin.get(`${draft}/try`)).text(), /Tugas untuk Petugas: Selesaikan permohonan/)
    assert.equal((await admin.post(`${draft}/try/time`, { days: '0', hours: '' })).status, 422)
    assert.equal((await admin.post(`${draft}/try/moves/permohonan.warga.selesaikan`, {})).status, 404)
    assert.equal((await admin.post(`${draft}/try/moves/permohonan.petugas.selesaikan`)).status, 303)
    assert.deepEqual(await world.db.selectFrom('services.case').select('id').execute(), [])
    // What the deputy tries is her own.
    assert.ok(!(await (await deputy.get(`${draft}/try`)).text()).includes('Depan balai desa'))
    const kept = await admin.post(`${draft}/try/example`, { name: 'Sampai selesai' })
    assert.equal(kept.headers.get('location'), `${draft}/examples/sampai_selesai`)
    const played = await (await admin.get(`${draft}/examples/sampai_selesai`)).text()
    assert.equal(played.match(/Seperti yang diharapkan/g)?.length, 3)
    assert.match(await (await admin.get(draft)).text(), /Tidak ada yang salah/)
    const log = await world.db.selectFrom('log.event').select('particulars').execute()
    assert.ok(!JSON.stringify(log).includes('balai desa'))
  })

  it('publishes what is right, once; installs it here; and the next version is suggested by what changed', async () => {
    const page = await (await admin.get(`${draft}/publish`)).text()
    assert.match(page, /Ini versi pertama/)
    const revision = await revisionOf()
    const both = await Promise.all([
      admin.post(`${draft}/publish`, { version: '1.0.0', revision }),
      deputy.post(`${draft}/publish`, { version: '1.0.0', revision }),
    ])
    assert.deepEqual(both.map(({ status }) => status).sort(), [303, 409])
    const installed = await admin.post(`${draft}/releases/1.0.0/install`)
    assert.match(installed.headers.get('location') ?? '', /^\/services\/[^/]+\/roles$/)
    assert.equal((await admin.post(`${draft}/releases/1.0.0/install`)).status, 409)
    assert.equal((await admin.post(`${draft}/releases/2.0.0/install`)).status, 404)
    const service = installed.headers.get('location')!.split('/')[2]!
    const reported = await (await world.as()).post(`/services/${service}/report/ajukan`, {
      di_mana: 'Pasar lama',
      apa_yang_terjadi: 'mati',
    })
    assert.equal(reported.status === 303 || reported.status === 404, true)

    const added = await form({ 'fields.3.was': '', 'fields.3.label.id': 'Sejak kapan?', 'fields.3.type': 'date' })
    assert.equal(added.status, 303)
    const next = await (await admin.get(`${draft}/publish`)).text()
    assert.match(next, /Pertanyaan “sejak_kapan” dalam permohonan ditambahkan/)
    assert.match(next, /value="1\.1\.0"/)
    assert.equal((await admin.post(`${draft}/publish`, { version: '0.9.0', revision: await revisionOf() })).status, 409)
    assert.equal((await admin.post(`${draft}/publish`, { version: 'satu', revision: await revisionOf() })).status, 422)
    // A failing example stands against it.
    const example = (await documentsOf())['examples/sampai_selesai']
    const text = JSON.stringify(example).replace('"state":"selesai"', '"state":"masuk"')
    assert.equal(
      (await admin.post(`${draft}/documents/examples.sampai_selesai/text`, { text, revision: await revisionOf() }))
        .status,
      303,
    )
    assert.match(
      await (await admin.get(`${draft}/examples/sampai_selesai`)).text(),
      /Diharapkan &quot;masuk&quot;, hasilnya &quot;selesai&quot;/,
    )
    assert.equal((await admin.post(`${draft}/publish`, { version: '1.1.0', revision: await revisionOf() })).status, 409)
  })

  it('is sealed with a signature that was made where the key is, and with no other', async () => {
    const { privateKey } = generateKeyPairSync('ed25519')
    const key = publicKeyText(privateKey)
    const page = await (await admin.get(`${draft}/publish`)).text()
    const attribute = /<seal-here seal="([^"]*)"/.exec(page)![1]!.replaceAll('&quot;', '"')
    const { id, version, files } = JSON.parse(attribute) as { id: string; version: string; files: object }
    const seal = { format: 'melayani.seal/1', id, version, publisher: 'Kabupaten Contoh', key, files }
    const signature = sign(null, Buffer.from(`${JSON.stringify(seal, undefined, 2)}\n`), privateKey).toString(
      'base64url',
    )
    const to = `${draft}/releases/1.0.0/seal`
    const sealed = await admin.post(to, { publisher: 'Kabupaten Contoh', key, signature })
    assert.equal(sealed.status, 200)
    const read = readSealed(new Uint8Array(await sealed.arrayBuffer()), { keys: new Set([key]) })
    assert.ok(read.ok)
    assert.equal(read.value.pkg.manifest.id, 'id.contoh.lampu-jalan')
    assert.equal((await admin.post(to, { publisher: 'Orang lain', key, signature })).status, 422)
    assert.equal((await admin.get(`${draft}/releases/1.0.0/file`)).headers.get('content-type'), 'application/zip')
  })

  it('begins from a shipped package, from what runs here, and from a file; forms go to XLSForm and back', async () => {
    const copy = (await admin.post(`/services/studio/agencies/${agency}/copies/laskar-penjaja-sayur`)).headers.get(
      'location',
    )!
    assert.equal(at((await documentsOf(copy)).package, ['id']), 'id.contoh.laskar-penjaja-sayur')
    const pageOf = async (path: string) => (await admin.get(copy + path)).status
    for (const path of [
      '',
      '/documents/flows.kehamilan',
      '/documents/forms.laporan',
      '/try',
      '/examples',
      '/examples/bahaya_segera',
    ])
      assert.equal(await pageOf(path), 200, path)
    const sheet = await admin.get(`${copy}/documents/forms.laporan/xlsform.xlsx`)
    const bytes = Buffer.from(await sheet.arrayBuffer())
    const upload = async (to: string, fields: Record<string, string>) => {
      const body = new FormData()
      for (const [name, value] of Object.entries(fields)) body.append(name, value)
      body.append('file', new File([bytes], 'laporan.xlsx'))
      return admin.send('POST', to, body)
    }
    const before = (await documentsOf(copy))['forms/laporan']
    const back = await upload(`${copy}/documents/forms.laporan/xlsform`, { revision: await revisionOf(copy) })
    assert.equal(back.status, 303, await back.text())
    const fields = (document: unknown) => listAt(document, ['fields']).map(({ id, type }) => [id, type])
    assert.deepEqual(fields((await documentsOf(copy))['forms/laporan']), fields(before))
    assert.equal((await admin.get(`${copy}/examples/bahaya_segera`)).status, 200)
    const fromSheet = await upload('/services/studio/files', { agency })
    assert.equal(fromSheet.status, 303, await fromSheet.text())
    assert.ok((await documentsOf(fromSheet.headers.get('location')!))['forms/laporan'])

    const service = await world.db.selectFrom('services.service').select('id').executeTakeFirstOrThrow()
    const local = (await admin.post(`/services/studio/agencies/${agency}/running/${service.id}`)).headers.get(
      'location',
    )!
    assert.ok((await rowOf(local)).base)
    assert.match(await (await admin.get(local)).text(), /Perubahan setempat dari id\.contoh\.lampu-jalan 1\.0\.0/)
    const same = await admin.post(`${local}/local`, { revision: '1' })
    assert.equal(same.status, 409)
    const rules = 'settings:\n  - { id: hari_janji, label: { id: Hari janji }, type: number, default: 3 }\n'
    assert.equal((await admin.post(`${local}/documents/settings/text`, { text: rules, revision: '1' })).status, 303)
    assert.equal((await admin.post(`${local}/publish`, { version: '3.0.0', revision: '2' })).status, 409)
    const both = await Promise.all([1, 2].map(() => admin.post(`${local}/local`, { revision: '2' })))
    assert.deepEqual(both.map(({ status }) => status).sort(), [303, 409])
    const versions = await world.db.selectFrom('services.release').select('version').orderBy('version').execute()
    assert.deepEqual(
      versions.map(({ version }) => version),
      ['1.0.0', '1.0.0+local.1'],
    )

    const zip = Buffer.from(await (await admin.get(`${draft}/releases/1.0.0/file`)).arrayBuffer())
    const send = (name: string, content: Buffer) => {
      const body = new FormData()
      body.append('agency', agency)
      body.append('file', new File([new Uint8Array(content)], name))
      return admin.send('POST', '/services/studio/files', body)
    }
    assert.equal((await send('paket.zip', zip)).status, 303)
    assert.equal((await send('paket.zip', Buffer.from('PK tetapi bukan'))).status, 422)
  })
})
