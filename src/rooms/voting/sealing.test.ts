import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { after, before, describe, it } from 'node:test'
import {
  type ElectionPackage,
  hashOf,
  newSigningKey,
  noCounts,
  readPackage,
  resultKind,
  type Signed,
  shortHash,
  sign,
} from '@melayani/polling/format'
import { ceremonyKind, readAnswer, writeAnswer } from '../../../packages/polling/src/ceremony/answer.ts'
import { signPackages } from '../../../packages/polling/src/seal/packages.ts'
import { holdCeremony, prepare } from '../../../test/office-ceremony.ts'
import { aVillage, jpeg, type Village } from '../../../test/office-world.ts'
import { readPdf } from '../../../test/pdf-text.ts'
import { bring } from '../../../test/running-voting-results.ts'
import { countSlips } from '../../../test/voting-audit.ts'
import { openPolls } from './actions/decision.ts'
import { conditions } from './domain/readiness.ts'

/** The text with this changed in it, which must be there. */
function changed(text: string, from: string, to: string): string {
  assert.ok(text.includes(from), from)
  return text.replace(from, to)
}

describe('voting: ordering a key ceremony and sealing the packages', () => {
  let village: Village
  let held: Awaited<ReturnType<typeof holdCeremony>>
  before(async () => {
    village = await aVillage()
    await prepare(village, { places: 2, voters: 6 })
  })
  after(() => village.world.drop())

  const file = (text: string) => ({ file: new File([text], 'berkas.json', { type: 'application/json' }) })
  const json = async (who: string, path: string) => (await (await village.as(who)).get(village.at(path))).text()
  const statusOf = async (who: string | undefined, path: string) =>
    (await (await village.as(who)).get(village.at(path))).status
  const state = async () =>
    (
      await village.world.db
        .selectFrom('voting.election')
        .select('state')
        .where('id', '=', village.election)
        .executeTakeFirstOrThrow()
    ).state

  /** The committee answers the conditions of readiness anew, which nobody has signed yet (R29). */
  const answerAnew = async (ground: string) => {
    const answers = conditions.flatMap((each) => [
      [`met-${each}`, 'ya'],
      [`ground-${each}`, ground],
    ])
    village.must(await village.post('member', '/readiness', Object.fromEntries(answers)), 'readiness')
  }
  const signAnew = async () => {
    const { hash } = await village.world.db
      .selectFrom('voting.readiness')
      .select('hash')
      .orderBy('version', 'desc')
      .executeTakeFirstOrThrow()
    for (const person of ['chair', 'regency'])
      village.must(await village.post(person, '/readiness/sign', { hash }), 'signing readiness')
  }

  it('is not ordered while readiness is not signed as it was answered last', async () => {
    await answerAnew('Diperiksa sekali lagi.')
    assert.equal(await village.post('chair', '/ceremony/order'), 409)
    assert.match(await json('chair', '/office'), /Kesiapan belum dijawab atau belum ditandatangani kedua pihak/)
    await signAnew()
  })

  it('is ordered once, by the chair, when every step before it is done; then nothing of the ballot moves', async () => {
    assert.equal(await village.post('member', '/ceremony/order'), 403)
    assert.equal(await village.post('regency', '/ceremony/order'), 403)
    assert.deepEqual((await Promise.all([1, 2].map(() => village.post('chair', '/ceremony/order')))).sort(), [303, 409])
    const [first] = await village.candidates()
    const [place] = await village.places()
    assert.equal(await village.post('chair', '/draws/annul', { reason: 'Ingin mengundi lagi saja.' }), 409)
    assert.equal(
      await village.upload('chair', `/candidates/${first!.id}/photo`, {
        photo: new File([new Uint8Array(jpeg(9))], 'f.jpg'),
      }),
      409,
    )
    assert.equal(
      await village.post('chair', '/officers', { name: 'Petugas Baru', role: 'officer', tps: place!.id }),
      409,
    )
    assert.equal(await village.post('regency', `/places/${place!.id}/remove`), 409)
  })

  it('gives the order, which holds the keys of the rolls, to nobody but those who prepare the election', async () => {
    assert.deepEqual(
      await Promise.all(
        ['chair', 'regency', 'national', 'stranger', 'elsewhere', undefined].map((who) =>
          statusOf(who, '/ceremony/order.json'),
        ),
      ),
      [200, 200, 403, 404, 404, 303],
    )
    const order = JSON.parse(await json('chair', '/ceremony/order.json'))
    assert.deepEqual(
      order.candidates,
      (await village.candidates()).map(({ number, name }) => ({ number, name })),
    )
    assert.deepEqual(
      order.tps.map(({ number, pool }: { number: number; pool: number }) => [number, pool]),
      [
        [1, 11],
        [2, 11],
      ],
    )
    const stored = await village.world.db
      .selectFrom('voting.ceremony_order')
      .select(['text', 'box'])
      .executeTakeFirstOrThrow()
    for (const { rollKey } of order.tps) assert.ok(!stored.text.includes(rollKey))
  })

  it('takes the answer of the ceremony only when every part of it holds', { timeout: 120_000 }, async () => {
    held = await holdCeremony(await json('chair', '/ceremony/order.json'))
    const take = (text: string) => village.upload('chair', '/ceremony', file(text))
    assert.equal(await take(''), 422)
    assert.equal(await take('bukan hasil upacara'), 409)
    const { signed, answer } = readAnswer(held.answer)!
    // Names of candidates changed about in the ballots' own text, as in Batanghari 2016.
    const swapped = changed(changed(changed(signed.text, '1. Sari', '1. X'), '2. Budi', '1. Sari'), '1. X', '2. Budi')
    assert.equal(await take(writeAnswer(swapped, signed.signatures)), 409)
    const key = answer.officers[1]!.key
    assert.equal(await take(writeAnswer(changed(signed.text, key, answer.officers[2]!.key), signed.signatures)), 409)
    const shown = await (
      await (
        await village.as('chair')
      ).send('POST', village.at('/ceremony'), formOf(writeAnswer(swapped, signed.signatures)))
    ).text()
    assert.ok(shown.includes('ceremony.signature') && shown.includes('ceremony.election'))
    assert.equal(await village.upload('national', '/ceremony', file(held.answer)), 403)
    assert.deepEqual((await Promise.all([1, 2].map(() => take(held.answer)))).sort(), [303, 409])
    const keys = await village.world.db.selectFrom('voting.officer').select('key').execute()
    assert.ok(keys.length > 0 && keys.every((row) => row.key !== null))
  })
  const formOf = (text: string) => {
    const body = new FormData()
    body.append('file', new File([text], 'berkas.json'))
    return body
  }

  it('builds a package of each polling place, signed by the centre, that waits for the committee', async () => {
    assert.equal(await village.post('chair', '/packages'), 403)
    // Readiness that was answered otherwise since the order is signed anew first.
    await answerAnew('Listrik dan genset diperiksa sekali lagi.')
    assert.equal(await village.post('regency', '/packages'), 409)
    assert.deepEqual(await village.world.db.selectFrom('voting.package_draft').select('tps').execute(), [])
    await signAnew()
    assert.equal(await village.post('regency', '/packages'), 303)
    assert.equal(await state(), 'preparing')
    assert.equal((await village.world.db.selectFrom('voting.package').select('id').execute()).length, 0)
    const { packages } = JSON.parse(await json('member', '/packages/drafts.json')) as { packages: Signed[] }
    assert.deepEqual(
      packages.map((each) => readPackage(each)).map((read) => (read.ok ? [] : read.faults.map(({ rule }) => rule))),
      [['signature.committee'], ['signature.committee']],
    )
    // A booth says where a token of the village belongs (R6).
    const pools = packages.map(({ text }) => JSON.parse(text) as ElectionPackage)
    assert.deepEqual(
      pools.map(({ otherPools }) => otherPools),
      [[{ tps: 2, hash: pools[1]!.pool.hash }], [{ tps: 1, hash: pools[0]!.pool.hash }]],
    )
    if (spawnSync('espeak-ng', ['--version']).status !== 0) {
      console.error('SKIPPED: espeak-ng is not installed, so no package speaks a name')
      return
    }
    for (const { text } of packages)
      for (const { name, voice } of JSON.parse(text).candidates)
        assert.equal(Buffer.from(voice ?? '', 'base64').toString('latin1', 0, 4), 'RIFF', name)
    assert.match(
      await (await (await village.as('member')).get(village.at('/packages'))).text(),
      /<audio [^>]*packages\/names\/1"/,
    )
    const spoken = await (await village.as('member')).get(village.at('/packages/names/1'))
    assert.equal(spoken.headers.get('content-type'), 'audio/wav')
    assert.equal(
      Buffer.from(await spoken.arrayBuffer()).toString('base64'),
      JSON.parse(packages[0]!.text).candidates[0].voice,
    )
    assert.deepEqual(
      await Promise.all(['stranger', undefined].map((who) => statusOf(who, '/packages/names/1'))),
      [404, 303],
    )
  })

  it('stops a swap between making and signing: names, numbers and photographs must still be what was signed for', async () => {
    const { db } = village.world
    const signed = signPackages(await json('chair', '/packages/drafts.json'), held.committee)
    assert.ok(signed.ok)
    const [first, second] = await village.candidates()
    const rename = (id: string, name: string) =>
      db.updateTable('voting.candidate').set({ name }).where('id', '=', id).execute()
    await rename(first!.id, second!.name)
    await rename(second!.id, first!.name)
    assert.equal(await village.upload('chair', '/packages/seal', file(JSON.stringify(signed.signatures))), 409)
    assert.equal(await village.post('regency', '/packages'), 409)
    await rename(first!.id, first!.name)
    await rename(second!.id, second!.name)
    assert.equal(await state(), 'preparing')
  })

  it('is sealed with the committee’s card and no other, once', async () => {
    const drafts = await json('chair', '/packages/drafts.json')
    const other = signPackages(drafts, held.chair)
    assert.deepEqual(other.ok || other.faults.map(({ rule }) => rule), ['seal.card'])
    const swapped = changed(drafts, 'Sari Wulandari', 'Budi Wulandari')
    assert.equal(signPackages(swapped, held.committee).ok, false)
    const signed = signPackages(drafts, held.committee)
    assert.ok(signed.ok)
    const { signatures } = signed.signatures
    const seal = (given: readonly unknown[]) =>
      village.upload('chair', '/packages/seal', file(JSON.stringify({ ...signed.signatures, signatures: given })))
    assert.equal(await seal(signatures.slice(1)), 409)
    assert.equal(await seal([signatures[0], { ...signatures[0], package: signatures[1]!.package }]), 409)
    assert.equal(await village.upload('chair', '/packages/seal', file('{')), 422)
    assert.deepEqual((await Promise.all([1, 2].map(() => seal(signatures)))).sort(), [303, 409])
    assert.equal(await state(), 'sealed')
    const rows = await village.world.db.selectFrom('voting.package').select(['tps', 'version']).execute()
    for (const { tps, version } of rows) {
      const read = readPackage(JSON.parse(await json('member', `/packages/${tps}/${version}/package.json`)))
      assert.ok(read.ok)
      assert.equal(read.package.roll.count, 6)
      assert.equal(
        read.package.candidates.every(({ photo }) => photo !== undefined),
        true,
      )
    }
    assert.deepEqual(
      await Promise.all(
        ['national', 'stranger', undefined].map((who) => statusOf(who, `/packages/${rows[0]!.tps}/1/package.json`)),
      ),
      [200, 404, 303],
    )
  })

  it('supersedes packages visibly and with a reason, and never changes one, not even by hand', async () => {
    assert.equal(await village.post('regency', '/packages'), 409)
    // On a server without espeak-ng the names have no sound, and the page says so (R45).
    const search = process.env.PATH
    process.env.PATH = ''
    try {
      assert.equal(await village.post('regency', '/packages', { reason: 'Jam buka dikoreksi Perbup.' }), 303)
    } finally {
      process.env.PATH = search
    }
    const page = async () => (await (await village.as('member')).get(village.at('/packages'))).text()
    assert.match(await page(), /Tidak ada suara untuk 1\. /)
    assert.equal(await statusOf('member', '/packages/names/1'), 404)
    const signed = signPackages(await json('chair', '/packages/drafts.json'), held.committee)
    assert.ok(signed.ok)
    assert.equal(await village.upload('member', '/packages/seal', file(JSON.stringify(signed.signatures))), 303)
    const rows = await village.world.db
      .selectFrom('voting.package')
      .select(['version', 'reason', 'superseded'])
      .orderBy('version')
      .orderBy('tps')
      .execute()
    assert.deepEqual(
      rows.map(({ version, reason, superseded }) => [version, reason, superseded !== null]),
      [
        [1, null, true],
        [1, null, true],
        [2, 'Jam buka dikoreksi Perbup.', false],
        [2, 'Jam buka dikoreksi Perbup.', false],
      ],
    )
    const text = await (await (await village.as('chair')).get(village.at('/packages'))).text()
    assert.equal(text.match(/Jam buka dikoreksi Perbup\./g)?.length, 2)
    const { db } = village.world
    await assert.rejects(db.updateTable('voting.package').set({ text: '{}' }).execute(), /never changed/)
    await assert.rejects(db.deleteFrom('voting.package').execute(), /never changed/)
  })

  it('opens for a change only when the order is withdrawn with a reason; the packages that hold stay in force', async () => {
    assert.equal(await village.post('member', '/ceremony/withdraw', { reason: 'Ketua TPS 2 sakit, diganti.' }), 403)
    assert.equal(await village.post('chair', '/ceremony/withdraw', { reason: '' }), 422)
    assert.equal(await village.post('chair', '/ceremony/withdraw', { reason: 'Ketua TPS 2 sakit, diganti.' }), 303)
    assert.equal(await village.post('chair', '/ceremony/withdraw', { reason: 'Ketua TPS 2 sakit, diganti.' }), 409)
    const [place] = await village.places()
    assert.equal(
      await village.post('chair', '/officers', { name: 'Pengganti', role: 'officer', tps: place!.id, candidate: '' }),
      303,
    )
    const now = await village.world.db
      .selectFrom('voting.package')
      .select('tps')
      .where('superseded', 'is', null)
      .execute()
    assert.equal(now.length, 2)
    assert.equal(await village.post('chair', '/ceremony/order'), 303)
    // The old ceremony answers another order.
    assert.equal(await village.upload('chair', '/ceremony', file(held.answer)), 409)
  })

  it('takes no token that served before, though everything else of the answer is new and everybody has signed it', {
    timeout: 120_000,
  }, async () => {
    const anew = await holdCeremony(await json('chair', '/ceremony/order.json'))
    const { signed, answer } = readAnswer(anew.answer)!
    const before = readAnswer(held.answer)!.answer.tps
    const tps = answer.tps.map((each, at) => {
      const { credentials, pool } = before[at]!
      return { ...each, credentials, pool }
    })
    const text = JSON.stringify({ ...answer, tps })
    const ids = new Map(answer.officers.map(({ id, key }) => [key, id]))
    const signatures = signed.signatures.map(({ key }) => anew.cardOf(ids.get(key)!).sign(ceremonyKind, text))
    const refused = await (await village.as('chair')).send(
      'POST',
      village.at('/ceremony'),
      formOf(writeAnswer(text, signatures)),
    )
    assert.equal(refused.status, 409)
    assert.match(await refused.text(), /Token dari upacara ini sudah dipakai pemilihan atau latihan lain\./)
    assert.equal((await village.world.db.selectFrom('voting.pool').select('hash').execute()).length, 2)
  })

  it('hands each polling place what its package says, on a paper that names who gives and takes it', async () => {
    const [place] = await village.places()
    const paper = `/places/${place!.id}/handover.pdf`
    assert.deepEqual(
      await Promise.all(['chair', 'regency', 'stranger', undefined].map((who) => statusOf(who, paper))),
      [200, 200, 404, 303],
    )
    assert.equal(await statusOf('chair', `/places/${village.election}/handover.pdf`), 404)
    const links = (await json('chair', '/places')).match(/handover\.pdf/g)
    assert.equal(links?.length, 2)
    const pdf = await (await village.as('chair')).get(village.at(paper))
    const { text, missing } = readPdf(new Uint8Array(await pdf.arrayBuffer()))
    assert.equal(missing, 0)
    const { hash } = await village.world.db
      .selectFrom('voting.package')
      .select('hash')
      .where('tps', '=', place!.id)
      .where('superseded', 'is', null)
      .executeTakeFirstOrThrow()
    // One desk and two booths, six voters and eleven tokens; four serve here, of whom three hold a key.
    for (const said of [
      'Berita acara serah terima perangkat',
      '1. Balai RW 01',
      '6 pemilih, 0 tambahan',
      `versi 2, sidik ${shortHash(hash.toString('hex'))}`,
      ...['Laptop stasiun 1', 'Printer stasiun 1', 'Pembaca kartu petugas 4', 'Laptop meja pemeriksaan 1'],
      ...['Pembaca e-KTP dengan sidik jari 1', 'Printer kecil meja 1', 'Bilik: layar sentuh 2', 'Pemindai token 2'],
      ...['Printer struk 2', 'Penyuara telinga 2', 'Kotak audit, kosong 1', 'Kartu petugas tersegel 4'],
      ...['Di antaranya kartu pemegang kunci 3', 'Token tersegel 11', 'Gulungan kertas termal 80 m 2'],
      ...[
        'Gulungan cadangan 3',
        'Segel bernomor 8',
        'Flash disk kosong 4',
        'Tinta jari (botol) 1',
        'Aki atau genset (set) 2',
      ],
      ...['Ketua 1 Ketua KPPS', 'Anggota 1 Anggota KPPS', 'Saksi Satu 1 Saksi calon 1', 'Pengawas Satu Pengawas'],
    ])
      assert.ok(text.includes(said), `${said}: ${text}`)
    assert.equal(text.includes('Bilik keliling'), false)
  })

  it('is held, counted and decided before anything may be destroyed', async () => {
    const { db, clock } = village.world
    clock.set(new Date('2026-11-22T14:00:00+07:00'))
    assert.equal(await openPolls(db, clock.now()), 1)
    assert.equal(await state(), 'held')
    // From now on nothing is sealed anew.
    const late = { reason: 'Terlambat: TPS sudah dibuka.' }
    const refused = await (await village.as('regency')).post(village.at('/packages'), late)
    assert.match(await refused.text(), /tidak lagi dipersiapkan/)
    for (const { id } of await village.places()) {
      const signed = JSON.parse(await json('member', `/packages/${id}/2/package.json`)) as Signed
      const content = JSON.parse(signed.text) as ElectionPackage
      const station = newSigningKey()
      const text = JSON.stringify({
        ...{
          format: 'melayani-result/1',
          mode: 'real',
          election: village.election,
          tps: id,
          package: hashOf(signed.text),
        },
        ...{
          version: 1,
          roll: 6,
          present: 3,
          votes: [2, 1],
          blank: 0,
          source: 'tally',
          reconciled: true,
          differences: [],
        },
        counts: { ...noCounts, present: 3, issued: 3, used: 3, cast: 3, slips: 3 },
      })
      // One card is in the reader at a time.
      const cards = (['chair', 'officer'] as const).map((each) =>
        held.cardOf(content.officers.find(({ role }) => role === each)!.id).sign(resultKind, text),
      )
      await bring(village.world, {
        text,
        signatures: [...cards, sign(resultKind, text, { role: 'device', signer: 'Stasiun' }, station.secret)],
      })
    }
    clock.set(new Date('2026-12-01T09:00:00+07:00'))
    const { destroyed } = await import('./domain/destruction.ts')
    const form = { place: 'Halaman balai desa', witnesses: 'Ketua BPD', 'destroyed[]': [...destroyed] }
    const early = await (await village.as('chair')).post(village.at('/destruction'), form)
    assert.equal(early.status, 409)
    assert.match(await early.text(), /Hasil belum ditetapkan\. Kunci dan token disimpan/)
    // So few votes are counted by hand; the count is also what bears out a result without a record.
    const piles = (await village.places()).map(({ id }) => ({ id, votes: [2, 1] }))
    const { chair, secretary } = village.who
    await countSlips(village.world, village.election, { chair: chair!, other: secretary! }, piles)
    const hash = /name="hash" value="([0-9a-f]{64})"/.exec(await json('chair', '/decision'))![1]!
    assert.equal(await village.post('chair', '/decision', { hash, place: 'Balai desa', witnesses: 'BPD' }), 303)
    assert.equal(await village.post('secretary', '/decision/confirm', { hash }), 303)
    assert.equal(await state(), 'decided')
  })

  it('ends with a destruction that two of the committee saw, after the time for objections; then its secrets are gone here too', async () => {
    const { destroyed } = await import('./domain/destruction.ts')
    const form = { place: 'Halaman balai desa', witnesses: 'Ketua BPD' }
    const record = async (list: readonly string[]) =>
      (await (await village.as('chair')).post(village.at('/destruction'), { ...form, 'destroyed[]': [...list] })).status
    assert.equal(await record(destroyed), 409)
    // 3 days for objections and 30 for their answers: from 26 December on.
    village.world.clock.set(new Date('2026-12-25T23:00:00+07:00'))
    assert.equal(await record(destroyed), 409)
    village.world.clock.set(new Date('2026-12-26T09:00:00+07:00'))
    assert.equal(await record(destroyed.slice(1)), 422)
    assert.equal(await village.post('regency', '/destruction', form), 403)
    assert.equal(await village.post('member', '/destruction/confirm'), 409)
    assert.deepEqual((await Promise.all([1, 2].map(() => record(destroyed)))).sort(), [303, 409])
    assert.equal(await village.post('chair', '/destruction/confirm'), 409)
    assert.deepEqual(
      (await Promise.all([1, 2].map(() => village.post('member', '/destruction/confirm')))).sort(),
      [303, 409],
    )
    assert.equal(await state(), 'closed')
    assert.equal(await statusOf('chair', '/ceremony/order.json'), 404)
    const orders = await village.world.db.selectFrom('voting.ceremony_order').select(['text', 'box']).execute()
    assert.deepEqual(new Set(orders.flatMap(({ text, box }) => [text, box])), new Set(['']))
    // Neither are the keys of the rolls here any more, nor made anew by somebody who tries to fix one.
    assert.equal(await village.post('chair', '/roll/fix'), 409)
    assert.deepEqual(await village.world.db.selectFrom('voting.roll_key').select('tps').execute(), [])
    const paper = await (await village.as('regency')).get(village.at('/destruction/report.pdf'))
    const { text } = readPdf(new Uint8Array(await paper.arrayBuffer()))
    assert.ok(text.includes('Halaman balai desa') && text.includes('Kartu pemegang kunci'))
    // Packages and their archives stay.
    assert.equal((await village.world.db.selectFrom('voting.package').select('id').execute()).length, 4)
  })
})
