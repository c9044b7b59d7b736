import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { shortHash } from '@melayani/polling/format'
import { queriesOf } from '#platform/db.ts'
import { aVillage, jpeg, type Village } from '../../../test/office-world.ts'
import { readPdf } from '../../../test/pdf-text.ts'
import { proofHash } from './domain/candidate.ts'
import { conditions } from './domain/readiness.ts'
import { candidatesOf } from './store/candidate.ts'

describe('voting: preparing an election', () => {
  let village: Village
  before(async () => {
    village = await aVillage()
  })
  after(() => village.world.drop())

  const textOf = async (name: string, path: string, lang: 'id' | 'en' = 'id') =>
    (await (await (await village.as(name, lang)).get(village.at(path))).text())
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
  const candidates = () => candidatesOf(village.world.db, village.election)

  it('is work of the committee: the regency sees it and does not choose candidates, others see nothing', async () => {
    for (const path of ['/office', '/candidates', '/places', '/officers', '/readiness']) {
      assert.equal((await (await village.as('regency')).get(village.at(path))).status, 200, path)
      assert.equal((await (await village.as('stranger')).get(village.at(path))).status, 404, path)
      assert.equal((await (await village.as('elsewhere')).get(village.at(path))).status, 404, path)
      assert.equal((await (await village.as()).get(village.at(path))).status, 303, path)
    }
    assert.equal(await village.post('regency', '/candidates', { name: 'Sari Wulandari' }), 403)
    assert.equal(await village.post('stranger', '/candidates', { name: 'Sari Wulandari' }), 404)
  })

  it('takes no more candidates than the rules allow, and none twice', async () => {
    for (const name of ['Sari Wulandari', 'Budi Santoso'])
      assert.equal(await village.post('chair', '/candidates', { name }), 303)
    assert.equal(await village.post('chair', '/candidates', { name: 'budi santoso' }), 409)
    for (const name of ['Made Artana', 'Rina Kusuma'])
      assert.equal(await village.post('member', '/candidates', { name }), 303)
    const both = await Promise.all(['Dewi A', 'Dewi B'].map((name) => village.post('member', '/candidates', { name })))
    assert.deepEqual(both.sort(), [303, 409])
    for (const { id, name } of await candidates())
      if (/^(Rina|Dewi)/.test(name)) assert.equal(await village.post('chair', `/candidates/${id}/remove`), 303)
    assert.equal((await candidates()).length, 3)
  })

  it('keeps photographs as JPEG without the place and time that a camera wrote', async () => {
    const [first] = await candidates()
    const photo = (bytes: Buffer, name = 'foto.jpg') =>
      village.upload('chair', `/candidates/${first!.id}/photo`, { photo: new File([new Uint8Array(bytes)], name) })
    assert.equal(await photo(Buffer.from('%PDF-1.4')), 422)
    assert.equal(await photo(Buffer.concat([jpeg(1), Buffer.alloc(400_000)])), 422)
    // Cut off in its picture: a slip printer could not draw it, and a booth would stop with its voter.
    assert.equal(await photo(jpeg(1).subarray(0, 400)), 422)
    assert.equal(await photo(jpeg(1, 'Exif\0\0GPS -7.7713 110.3776')), 303)
    const kept = (await candidates()).find(({ id }) => id === first!.id)!
    const bytes = Buffer.from(
      await (
        await (await village.as('chair')).get(village.at(`/candidates/${kept.id}/photos/${kept.photoHash}`))
      ).arrayBuffer(),
    )
    assert.ok(bytes.length > 0 && !bytes.includes('GPS'))
    // Before the draw nobody else sees it.
    assert.equal(
      (await (await village.as()).get(village.at(`/candidates/${kept.id}/photos/${kept.photoHash}`))).status,
      404,
    )
  })

  it('draws numbers once, written by one and confirmed by another, and only with photographs', async () => {
    const all = await candidates()
    const draw = (numbers: number[]) => ({
      ...Object.fromEntries(all.map(({ id }, at) => [`number-${id}`, String(numbers[at])])),
      place: 'Balai desa, 1 November',
      witnesses: 'Ketua BPD',
    })
    assert.equal(await village.post('chair', '/draws', draw([3, 1, 2])), 409)
    for (const [at, { id }] of all.entries())
      assert.equal(
        await village.upload('chair', `/candidates/${id}/photo`, {
          photo: new File([new Uint8Array(jpeg(at + 1))], 'f.jpg'),
        }),
        303,
      )
    assert.equal(await village.post('chair', '/draws', draw([1, 1, 2])), 409)
    assert.equal(await village.post('chair', '/draws', draw([1, 2, 4])), 409)
    assert.equal(await village.post('chair', '/draws', draw([1, 2, 99])), 422)
    assert.deepEqual(
      (await Promise.all(['chair', 'member'].map((who) => village.post(who, '/draws', draw([3, 1, 2]))))).sort(),
      [303, 409],
    )
    const { by } = await village.world.db.selectFrom('voting.draw').select('by').executeTakeFirstOrThrow()
    const [writer, other] = by === village.who.chair ? ['chair', 'member'] : ['member', 'chair']
    assert.equal(await village.post(writer!, '/draws/confirm'), 409)
    assert.equal((await candidates()).filter(({ number }) => number !== null).length, 0)
    assert.deepEqual((await Promise.all([1, 2].map(() => village.post(other!, '/draws/confirm')))).sort(), [303, 409])
    assert.deepEqual(
      (await candidates()).map(({ id, number }) => [number, all.findIndex((one) => one.id === id)]),
      [
        [1, 1],
        [2, 2],
        [3, 0],
      ],
    )
    assert.equal(await village.post('chair', '/candidates', { name: 'Terlambat Datang' }), 409)
    assert.equal(await village.post('chair', `/candidates/${all[0]!.id}/rename`, { name: 'Nama Lain' }), 409)
  })

  it('annuls a draw only with a reason, and both can be read for ever', async () => {
    const all = await candidates()
    assert.equal(await village.post('chair', '/draws/annul', { reason: 'salah' }), 422)
    assert.equal(await village.post('chair', '/draws/annul', { reason: 'Satu bola undian tertinggal di kotak.' }), 303)
    assert.deepEqual(new Set((await candidates()).map(({ number }) => number)), new Set([null]))
    await village.draw(all.map(({ id }) => id))
    const text = await textOf('regency', '/candidates')
    assert.ok(text.includes('Dibatalkan: Satu bola undian tertinggal di kotak.') && text.includes('Undian 2'))
    assert.ok((await textOf('regency', '/candidates', 'en')).includes('Annulled: Satu bola undian'))
  })

  it('prints the sheet for the candidate and the report of the draw, annulled ones too', async () => {
    const [first] = await candidates()
    const paper = async (path: string, lang: 'id' | 'en' = 'id') => {
      const response = await (await village.as('chair', lang)).get(village.at(path))
      assert.equal(response.status, 200, path)
      return (await readPdf(new Uint8Array(await response.arrayBuffer()))).text.replace(/\s+/g, ' ')
    }
    const sheet = await paper(`/candidates/${first!.id}/proof.pdf`)
    for (const said of [first!.name, shortHash(proofHash(first!)!), shortHash(first!.photoHash!), 'Condongcatur'])
      assert.ok(sheet.includes(said), said)
    assert.ok((await paper(`/candidates/${first!.id}/proof.pdf`, 'en')).includes('Proof sheet of a candidate'))
    assert.ok((await paper('/draws/1.pdf')).includes('Dibatalkan: Satu bola undian tertinggal'))
    assert.ok((await paper('/draws/2.pdf')).includes(`1 ${first!.name}`))
    assert.equal((await (await village.as('chair')).get(village.at('/draws/9.pdf'))).status, 404)
    assert.equal((await (await village.as('stranger')).get(village.at('/draws/2.pdf'))).status, 404)
  })

  it('has each candidate’s sheet compared by two of the committee, from paper', async () => {
    const [first, second, third] = await candidates()
    const proof = (who: string, id: string, short: string) => village.upload(who, `/candidates/${id}/proof`, { short })
    assert.equal(await proof('chair', first!.id, shortHash(proofHash(second!)!)), 409)
    assert.equal(await proof('chair', first!.id, ''), 422)
    assert.equal(await proof('chair', first!.id, shortHash(proofHash(first!)!).toLowerCase()), 303)
    assert.equal(await proof('chair', first!.id, shortHash(proofHash(first!)!)), 409)
    assert.deepEqual(
      (
        await Promise.all(['member', 'secretary'].map((who) => proof(who, first!.id, shortHash(proofHash(first!)!))))
      ).sort(),
      [303, 409],
    )
    for (const each of [second!, third!]) await village.prove(each)
    assert.ok(!(await textOf('chair', '/office')).includes('Lembar bukti belum lengkap'))
  })

  it('stops the swap of Batanghari 2016: a number, a name or a photograph that is not what was drawn and signed for', async () => {
    const { db } = village.world
    const [, second, third] = await candidates()
    const swap = async (column: 'number' | 'name' | 'photo_hash', a: unknown, b: unknown) => {
      const set = (id: string, value: unknown) =>
        db
          .updateTable('voting.candidate')
          .set({ [column]: value } as never)
          .where('id', '=', id)
          .execute()
      if (column === 'number') await set(second!.id, 9)
      await set(third!.id, a)
      await set(second!.id, b)
    }
    for (const [column, key] of [
      ['number', 'number'],
      ['name', 'name'],
      ['photo_hash', 'photoHash'],
    ] as const) {
      await swap(column, second![key], third![key])
      const text = await textOf('chair', '/office')
      assert.ok(text.includes('tidak sama dengan yang ditandatangani'), column)
      if (column !== 'photo_hash') assert.ok(text.includes('bukan lagi yang diundi'), column)
      await swap(column, third![key], second![key])
      assert.ok(!(await textOf('chair', '/office')).includes('tidak sama dengan yang ditandatangani'), column)
    }
  })

  it('plans polling places after the set-ups of real villages, or one by one', async () => {
    assert.equal(await village.post('member', '/places/shape', { shape: 'sleman', voters: '0', where: 'Balai' }), 422)
    assert.deepEqual(
      (
        await Promise.all(
          [1, 2].map(() =>
            village.post('member', '/places/shape', { shape: 'babakan', voters: '10374', where: 'Lapangan desa' }),
          ),
        )
      ).sort(),
      [303, 409],
    )
    const places = await village.places()
    assert.deepEqual(
      places.map(({ number, colour, desks, booths }) => [number, colour, desks, booths]),
      [
        [1, 'hijau', 3, 5],
        [2, 'kuning', 3, 5],
        [3, 'biru', 3, 5],
      ],
    )
    const form = {
      number: '3',
      place: 'Balai RW 03',
      address: 'Jalan Contoh 3',
      colour: 'merah',
      hamlet: '',
      desks: '1',
      booths: '2',
      mobile: '1',
    }
    assert.equal(await village.post('regency', '/places', form), 409)
    assert.equal(await village.post('regency', `/places/${places[1]!.id}`, form), 409)
    assert.equal(await village.post('regency', `/places/${places[2]!.id}`, form), 303)
    assert.equal(await village.post('regency', `/places/${places[1]!.id}`, { ...form, number: '2', booths: '0' }), 422)
    for (const { id } of places.slice(1)) assert.equal(await village.post('chair', `/places/${id}/remove`), 303)
  })

  it('names officers, one chair at a place, a witness for each candidate, and says who is missing', async () => {
    const [place] = await village.places()
    const add = (who: string, role: string, more: Record<string, string> = {}) =>
      village.post('chair', '/officers', { name: who, role, tps: place!.id, candidate: '', ...more })
    assert.equal(await add('Tanpa Calon', 'witness'), 422)
    assert.equal(await add('Tanpa TPS', 'officer', { tps: '' }), 422)
    assert.deepEqual(
      (await Promise.all(['Ketua A', 'Ketua B'].map((name) => add(name, 'chair', { trustee: 'ya' })))).sort(),
      [303, 409],
    )
    assert.ok(
      (await textOf('chair', '/office')).includes(
        'TPS 1: kurang dari dua petugas KPPS; belum ada saksi untuk setiap calon; belum ada pengawas; pemegang kunci harus lebih banyak',
      ),
    )
    assert.equal(await add('Anggota KPPS', 'officer'), 303)
    for (const n of ['1', '2', '3'])
      assert.equal(await add(`Saksi ${n}`, 'witness', { candidate: n, trustee: 'ya' }), 303)
    assert.equal(await add('Pengawas', 'supervisor', { tps: '', trustee: 'ya' }), 303)
    assert.ok(!(await textOf('chair', '/office')).includes('TPS 1:'))
    assert.equal(await village.post('chair', `/places/${place!.id}/remove`), 409)
  })

  it('is ready only when both sides signed the same answers, two persons, and all conditions are met (MK 147/PUU-VII/2009)', async () => {
    const form = (over: Record<string, string> = {}) => ({
      ...Object.fromEntries(
        conditions.flatMap((each) => [
          [`met-${each}`, 'ya'],
          [`ground-${each}`, 'Diperiksa 20 Oktober.'],
        ]),
      ),
      ...over,
    })
    const hash = async () =>
      (
        await village.world.db
          .selectFrom('voting.readiness')
          .select('hash')
          .orderBy('version', 'desc')
          .executeTakeFirstOrThrow()
      ).hash
    assert.equal(await village.post('regency', '/readiness', form()), 403)
    assert.equal(await village.post('member', '/readiness', form({ 'ground-software': '' })), 422)
    const { 'met-community': _, ...unmet } = form()
    assert.equal(await village.post('member', '/readiness', unmet), 303)
    assert.equal(await village.post('chair', '/readiness/sign', { hash: await hash() }), 409)
    const before = await hash()
    assert.equal(await village.post('member', '/readiness', form()), 303)
    assert.equal(await village.post('member', '/readiness', form()), 409)
    assert.equal(await village.post('chair', '/readiness/sign', { hash: before }), 409)
    assert.equal(await village.post('member', '/readiness/sign', { hash: await hash() }), 403)
    assert.deepEqual(
      (
        await Promise.all([1, 2].map(async () => village.post('chair', '/readiness/sign', { hash: await hash() })))
      ).sort(),
      [303, 409],
    )
    assert.ok((await textOf('chair', '/office')).includes('belum ditandatangani kedua pihak'))
    assert.equal(await village.post('regency', '/readiness/sign', { hash: await hash() }), 303)
    assert.ok(!(await textOf('chair', '/office')).includes('belum ditandatangani kedua pihak'))
    // Changed after it was signed: signed anew.
    assert.equal(
      await village.post('member', '/readiness', form({ 'ground-people': 'Pelatihan diulang 21 Oktober.' })),
      303,
    )
    assert.ok((await textOf('chair', '/office')).includes('belum ditandatangani kedua pihak'))
  })

  it('shows how far it is with the same number of queries, for one polling place and for three', async () => {
    const client = await village.as('chair')
    const counts: number[] = []
    for (const number of [2, 3]) {
      counts.push((await queriesOf(() => client.get(village.at('/office')))).length)
      await village.post('chair', '/places', {
        number: String(number),
        place: 'Balai RW',
        address: 'Jalan Contoh',
        colour: 'biru',
        hamlet: '',
        desks: '1',
        booths: '1',
        mobile: '0',
      })
    }
    counts.push((await queriesOf(() => client.get(village.at('/office')))).length)
    assert.deepEqual(counts, [counts[0], counts[0], counts[0]])
  })
})
