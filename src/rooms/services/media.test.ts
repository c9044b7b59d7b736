import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { drain } from '#platform/jobs.ts'
import { aJpeg } from '../../../test/phones.ts'
import { aWorld, type World } from '../../../test/world.ts'
import type { Client } from '../../demo/client.ts'
import { jobs } from './jobs.ts'

/** A JPEG with what a phone writes beside the picture: lying on its side, taken at a place. */
function taken(turn = 6): Buffer {
  const plain = Buffer.from(aJpeg().bytes)
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex')
  tiff.writeUInt16BE(turn, 18)
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from('GPS 8.3 S 114.1 E')])
  const size = Buffer.alloc(2)
  size.writeUInt16BE(exif.length + 2)
  const note = Buffer.from([0xff, 0xfe, 0, 6, 0x4e, 0x4f, 0x54, 0x45])
  return Buffer.concat([plain.subarray(0, 2), Buffer.from([0xff, 0xe1]), size, exif, note, plain.subarray(2)])
}

/** A name that tries to leave its folder. */
const aFile = (bytes: Uint8Array) => new File([new Uint8Array(bytes)], '../../foto.jpg')

describe('services: photographs, sound and signatures', () => {
  let world: World
  let agency: string
  const services = {} as Record<'laskar' | 'garda', string>
  const people = {} as Record<'admin' | 'seller' | 'midwife' | 'visitor' | 'stranger', string>
  const clients = {} as Record<keyof typeof people, Client>

  before(async () => {
    world = await aWorld(new Date('2026-03-02T05:30:00+07:00'))
    agency = await world.anAgency()
    people.admin = await world.aPerson('local-admin', { agency })
    for (const name of ['seller', 'midwife', 'visitor', 'stranger'] as const) people[name] = await world.aPerson()
    for (const name of Object.keys(people) as (keyof typeof people)[]) clients[name] = await world.as(people[name])
    const install = async (name: string) => {
      const answer = await clients.admin.post(`/services/agencies/${agency}/install/${name}`)
      return answer.headers.get('location')!.split('/')[2]!
    }
    services.laskar = await install('laskar-penjaja-sayur')
    await give(services.laskar, 'seller', 'laskar')
    await give(services.laskar, 'midwife', 'bidan')
  })
  after(() => world.drop())

  async function give(service: string, name: keyof typeof people, role: string) {
    const { email } = await world.db
      .selectFrom('people.person')
      .select('email')
      .where('id', '=', people[name])
      .executeTakeFirstOrThrow()
    assert.equal((await clients.admin.post(`/services/${service}/roles`, { email, role, area: '' })).status, 303)
  }
  function form(over: Record<string, string | File> = {}): FormData {
    const body = new FormData()
    const report = {
      ...{
        desa: '3510202001',
        rt: '003',
        izin_ibu: 'ya_foto_dan_data',
        nama_panggilan: 'Sari',
        sudah_periksa: 'tidak',
      },
      ...{ 'tanda[]': 'pucat', 'tanda_bahaya[]': 'tidak_ada' },
    }
    for (const [name, value] of Object.entries({ ...report, ...over }))
      if (typeof value !== 'string') body.append(name, value)
      else body.append(name, value)
    return body
  }
  const open = (body: FormData) => clients.seller.send('POST', `/services/${services.laskar}/open`, body)
  const dataOf = async (id: string) => {
    const row = await world.db
      .selectFrom('services.case')
      .select(['personal', 'specific'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    return {
      ...(row.personal as { data: Record<string, unknown> }).data,
      ...(row.specific as { data: Record<string, unknown> }).data,
    } as Record<string, { sha256: string; kilobytes?: number; seconds?: number } | undefined>
  }
  const filesOnDisk = async () => {
    const rows = await world.db.selectFrom('log.file').select('id').execute()
    return rows.filter(({ id }) => existsSync(path.join(world.files.folder, id.slice(-2), id))).map(({ id }) => id)
  }
  /** An Ogg file as far as its first bytes say. */
  const sound = (kilobytes: number) =>
    aFile(
      Buffer.concat([
        Buffer.from('OggS\0\x02'),
        Buffer.alloc(22),
        Buffer.from('\x01vorbis'),
        Buffer.alloc(kilobytes * 1024),
      ]),
    )

  it('come with a form that the server draws, without a script: the camera’s data go, the picture’s turn stays', async () => {
    const photo = taken()
    const page = await (await clients.seller.get(`/services/${services.laskar}/open`)).text()
    for (const part of ['name="foto.file"', 'name="suara.file"', 'name="lokasi.lat"', 'enctype="multipart/form-data"'])
      assert.ok(page.includes(part), part)
    const wrong = await open(form({ 'foto.file': aFile(photo), rt: '3' }))
    assert.equal(wrong.status, 422)
    // What was sent with a page that comes back is not lost.
    const kept = /name="foto" value="([0-9a-f]{64}:\d+)"/.exec(await wrong.text())![1]!
    const sent = await open(form({ foto: kept, 'suara.file': sound(40) }))
    assert.equal(sent.status, 303, await sent.text())
    const id = sent.headers.get('location')!.split('/').at(-1)!
    const { foto, suara } = await dataOf(id)
    assert.equal(`${foto!.sha256}:${foto!.kilobytes}`, kept)
    assert.equal(suara!.seconds, 3)
    const answer = await clients.midwife.get(`/services/cases/${id}/media/${foto!.sha256}`)
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('content-type'), 'image/jpeg')
    const bytes = Buffer.from(await answer.arrayBuffer())
    assert.equal(createHash('sha256').update(bytes).digest('hex'), foto!.sha256)
    for (const trace of ['GPS', 'NOTE']) assert.ok(!bytes.includes(trace), trace)
    assert.equal(bytes.readUInt16BE(bytes.indexOf('Exif') + 6 + 18), 6)
    const shown = await (await clients.midwife.get(`/services/cases/${id}`)).text()
    assert.ok(shown.includes(`<img src="/services/cases/${id}/media/${foto!.sha256}"`) && shown.includes('<audio'))

    // By field and role: whoever does not see the value does not get the file, and learns nothing of it.
    for (const name of ['seller', 'admin', 'stranger'] as const)
      assert.equal((await clients[name].get(`/services/cases/${id}/media/${foto!.sha256}`)).status, 404, name)
    assert.equal((await (await world.as()).get(`/services/cases/${id}/media/${foto!.sha256}`)).status, 303)
    const other = (await open(form({ rt: '009' }))).headers.get('location')!
    assert.equal((await clients.midwife.get(`${other}/media/${foto!.sha256}`)).status, 404)

    // The consent is taken back: the file goes with the value.
    assert.equal((await filesOnDisk()).length, 2)
    assert.equal((await clients.midwife.post(`/services/cases/${id}/consents/foto`)).status, 303)
    assert.equal((await clients.midwife.get(`/services/cases/${id}/media/${foto!.sha256}`)).status, 404)
    const media = await world.db.selectFrom('services.media').select('kind').execute()
    assert.deepEqual(media, [{ kind: 'voice' }])
    const onDisk = await import('node:fs').then(({ readdirSync }) =>
      readdirSync(world.files.folder, { recursive: true }),
    )
    const before = onDisk.filter((name) => /[0-9a-f]{8}-/.test(String(name))).length
    await drain(world.address, world.db, jobs, world.files)
    const left = await import('node:fs').then(({ readdirSync }) => readdirSync(world.files.folder, { recursive: true }))
    assert.deepEqual([before, left.filter((name) => /[0-9a-f]{8}-/.test(String(name))).length], [2, 1])
  })

  it('are refused when they are something else, too large, or made up', async () => {
    const refused = async (over: Record<string, string | File>) => {
      const answer = await open(form(over))
      return [answer.status, /id="foto-file-problem">([^<]+)/.exec(await answer.text())?.[1]]
    }
    assert.deepEqual(await refused({ 'foto.file': aFile(Buffer.from('<script>alert(1)</script>')) }), [
      422,
      'Berkas tidak dikenal.',
    ])
    assert.deepEqual(await refused({ 'foto.file': aFile(aJpeg(300_000).bytes) }), [422, 'Berkas terlalu besar.'])
    assert.deepEqual(await refused({ foto: `${'a'.repeat(64)}:3` }), [422, 'Berkas tidak dikenal.'])
    assert.equal((await open(form({ 'suara.file': sound(16 * 31) }))).status, 422)
    // Without the consent it covers, nothing of it is kept in the case.
    const plain = await open(form({ 'foto.file': aFile(aJpeg().bytes), izin_ibu: 'ya_data_saja' }))
    assert.equal((await dataOf(plain.headers.get('location')!.split('/').at(-1)!)).foto, undefined)
  })

  it('come from a phone by their hash, whole, once, and without what a camera writes', async () => {
    const put = async (name: keyof typeof people, bytes: Uint8Array<ArrayBuffer>, hash: string, kind = 'photo') =>
      (
        await clients[name].send(
          'PUT',
          `/services/field/media/${hash}?service=${services.laskar}&kind=${kind}`,
          bytes,
          {
            'content-type': 'application/octet-stream',
          },
        )
      ).status
    const { bytes, hash } = aJpeg()
    const hashOf = (of: Uint8Array) => createHash('sha256').update(of).digest('hex')
    const files = async () => (await world.db.selectFrom('log.file').select('id').execute()).length
    const before = await files()
    assert.equal(await put('seller', bytes.slice(0, 900), hash), 409)
    assert.deepEqual(
      await Promise.all([put('seller', bytes, hash), put('seller', bytes, hash), put('seller', bytes, hash)]),
      [200, 200, 200],
    )
    assert.equal((await files()) - before, 1)
    assert.equal(await put('stranger', bytes, hash), 403)
    assert.equal(await put('seller', new Uint8Array(taken()), hashOf(taken())), 409)
    const withPlace = new Uint8Array(taken())
    assert.equal(await put('seller', withPlace, hashOf(withPlace)), 422)
    const words = new TextEncoder().encode('halo')
    assert.equal(await put('seller', words, hashOf(words)), 422)
    assert.equal(await put('seller', words, hashOf(words), 'signature'), 200)
    assert.equal(await put('seller', words, hashOf(words), 'film'), 400)
    const noHash = await clients.seller.send(
      'PUT',
      `/services/field/media/zz?service=${services.laskar}&kind=photo`,
      'x',
    )
    assert.equal(noHash.status, 404)
  })

  it('a signature is drawn, or a name that is typed and confirmed; either is kept as a file', async () => {
    const at = `/services/agencies/${agency}/install/garda-ampuh`
    services.garda = (await clients.admin.post(at)).headers.get('location')!.split('/')[2]!
    await give(services.garda, 'visitor', 'operator')
    await give(services.garda, 'visitor', 'petugas')
    const visit = {
      ...{
        ada_orang_dewasa: 'ya',
        setuju_wali: 'ya',
        setuju_foto: 'tidak',
        nama: 'Rudi Contoh',
        nama_wali: 'Bu Contoh',
      },
      ...{ tanggal_lahir: '2014-05-01', jenis_kelamin: 'l', kategori: 'do', keluar: '2025', 'alasan[]': 'biaya' },
    }
    const signed = async (signature: Record<string, string>) => {
      const report = { desa: '3510211007', nama_anak: 'Rudi' }
      const opened = await clients.visitor.post(`/services/${services.garda}/open`, report)
      const address = opened.headers.get('location')!
      for (const move of ['loloskan', 'tugaskan'])
        assert.equal((await clients.visitor.post(`${address}/moves/${move}`)).status, 303, move)
      const body = new FormData()
      for (const [name, value] of Object.entries({ ...visit, ...signature })) body.append(name, value)
      const answer = await clients.visitor.send('POST', `${address}/moves/kunjungi`, body)
      assert.equal(answer.status, 303, await answer.text())
      const { tanda_tangan: kept } = await dataOf(address.split('/').at(-1)!)
      return kept && clients.visitor.get(`${address}/media/${kept.sha256}`)
    }
    const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
    const drawn = await signed({ 'tanda_tangan.drawn': `data:image/png;base64,${png}` })
    assert.equal(drawn?.headers.get('content-type'), 'image/png')
    const typed = await signed({ 'tanda_tangan.typed': 'Bu Contoh', 'tanda_tangan.confirm': 'ya' })
    assert.equal(typed?.headers.get('content-type'), 'text/plain')
    assert.match(typed?.headers.get('content-disposition') ?? '', /^attachment/)
    assert.equal(await typed?.text(), 'Bu Contoh\n2026-03-01T22:30:00.000Z\n')
    // A name without the confirmation is no signature.
    assert.equal(await signed({ 'tanda_tangan.typed': 'Bu Contoh' }), undefined)
  })
})
