import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { hashOf, shortHash } from '@melayani/polling/format'
import { newId } from '#platform/ids.ts'
import { readPdf } from '../../../test/pdf-text.ts'
import { anObjection, appointed, bring } from '../../../test/running-voting-results.ts'
import { type CountedPile, countSlips } from '../../../test/voting-audit.ts'
import { aSealedElection, correction, type Place } from '../../../test/voting-results.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { openPolls } from './actions/decision.ts'
import { openCounting } from './store/counting.ts'

describe('voting: from the opening of the polls to the decision', () => {
  let world: World
  let agency: string
  let election: string
  let places: Place[]
  const who: Record<string, string> = {}
  before(async () => {
    world = await aWorld(new Date('2026-11-21T23:00:00Z'))
    agency = await world.anAgency({ name: 'Pemerintah Kabupaten Contoh', region: '34.04' })
    who.regency = await world.aPerson('local-admin', { agency })
    for (const name of ['chair', 'anna', 'badu', 'stranger']) who[name] = await world.aPerson()
    const plan = { agency, candidates: ['Sari Wulandari', 'Budi Santoso'] }
    const later = await aSealedElection(world.db, who.regency, {
      ...{ ...plan, village: '34.04.07.2002', held: '2026-11-29' },
    })
    const sealed = await aSealedElection(world.db, who.regency, {
      ...{ ...plan, village: '34.04.07.2001', places: [{ voters: 300 }, { voters: 200 }, { voters: 60 }] },
    })
    ;({ election, places } = sealed)
    await world.db.updateTable('voting.election').set({ state: 'sealed' }).execute()
    for (const each of [later.election, election])
      await world.db.transaction().execute((tx) => openCounting(tx, world.clock.now(), each))
    for (const name of ['chair', 'anna', 'badu'])
      await appointed(world, agency, election, who[name]!, name === 'chair' ? 'chair' : 'member')
  })
  after(() => world.drop())

  const at = (rest = '') => `/voting/elections/${election}${rest}`
  const post = async (name: string | undefined, address: string, form: Record<string, string> = {}) =>
    (await (await world.as(name && who[name])).post(address, form)).status
  const statusOf = async (name: string | undefined, address: string) =>
    (await (await world.as(name && who[name])).get(address)).status
  const htmlOf = async (address: string, name?: string, lang: 'id' | 'en' = 'id') =>
    (await (await world.as(name && who[name], { lang })).get(address)).text()
  const textOf = async (address: string, name?: string, lang: 'id' | 'en' = 'id') =>
    (await htmlOf(address, name, lang)).replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
  const states = async () =>
    (await world.db.selectFrom('voting.election').select(['village', 'state']).orderBy('village').execute()).map(
      ({ state }) => state,
    )
  /** What the chair or a member would send: the numbers that they have read. */
  const hashShown = async (name: string) =>
    /name="hash" value="([0-9a-f]{64})"/.exec(await htmlOf(at('/decision'), name))?.[1]
  const people = () => ({ chair: who.chair!, other: who.badu! })
  /** What two people count, with these votes at the first polling place. */
  const slips = (first: number[]): CountedPile[] => [
    { id: places[0]!.id, votes: first, blank: 10 },
    { id: places[1]!.id, votes: [60, 90], blank: 2 },
    { id: places[2]!.id, votes: [7, 4], blank: 1 },
  ]
  const meeting = { place: 'Balai desa, 26 November 2026', witnesses: 'Ketua BPD, saksi kedua calon' }

  it('begins by the clock: at the hour of opening, once for two who look at once, and for no other election', async () => {
    const opening = new Date('2026-11-22T00:00:00Z')
    assert.equal(await openPolls(world.db, new Date(opening.getTime() - 1)), 0)
    assert.deepEqual(await states(), ['sealed', 'sealed'])
    assert.match(await textOf('/voting'), /22 November 2026 1 desa Dipersiapkan/)
    const counts = await Promise.all([1, 2].map(() => openPolls(world.db, opening)))
    assert.deepEqual(counts.sort(), [0, 1])
    assert.deepEqual(await states(), ['held', 'sealed'])
    const events = await world.db
      .selectFrom('log.event')
      .select(['subject', 'actor', 'scope'])
      .where('name', '=', 'voting.polls-opened')
      .execute()
    assert.deepEqual(events, [{ subject: election, actor: null, scope: agency }])
    // The wave is as its elections are, and takes no further village.
    const list = await textOf('/voting')
    assert.match(list, /29 November 2026 1 desa Dipersiapkan/)
    assert.match(list, /22 November 2026 1 desa Berlangsung/)
    assert.match(await textOf(at()), /Keadaan Pemungutan suara/)
    assert.match(await textOf(at(), undefined, 'en'), /State Voting/)
    const { wave } = await world.db
      .selectFrom('voting.election')
      .select('wave')
      .where('id', '=', election)
      .executeTakeFirstOrThrow()
    const form = { village: '34.04.07.2003', kind: 'contest', outside: 'Dinas PMD', needed: '2' }
    assert.equal(await post('regency', `/voting/waves/${wave}/elections`, form), 409)
  })

  it('lets nobody decide before every polling place is in, the days for objections are over and each has its end', async () => {
    world.clock.set(new Date('2026-11-22T08:00:00Z'))
    const hash = 'a'.repeat(64)
    assert.deepEqual(
      await Promise.all(
        [undefined, 'stranger', 'regency', 'anna', 'chair'].map((name) => statusOf(name, at('/decision'))),
      ),
      [303, 404, 200, 200, 200],
    )
    const write = (name: string | undefined) => post(name, at('/decision'), { hash, ...meeting })
    assert.deepEqual(
      await Promise.all([undefined, 'stranger', 'regency', 'anna', 'chair'].map(write)),
      [303, 404, 403, 403, 409],
    )
    assert.equal(await statusOf(undefined, at('/recap.pdf')), 404)
    const [one, two, three] = places as [Place, Place, Place]
    await bring(world, one.result([140, 100], { blank: 10 }))
    await bring(world, two.result([60, 90], { blank: 2 }))
    assert.match(await textOf(at('/decision'), 'chair'), /ditunggu Ada TPS yang hasilnya belum masuk.* Masa keberatan/)
    await bring(world, three.result([7, 4], { blank: 1 }))
    // What a witness signed at a polling place is known by its record, and none has come.
    assert.match(await textOf(at('/decision'), 'chair'), /TPS 1: belum ada bukti Belum ada rekaman/)
    const filed = await (await world.as()).post(at('/objections/new'), { ...anObjection, once: newId() })
    assert.equal(filed.status, 200)
    assert.match(
      await textOf(at('/decision'), 'chair'),
      /ditunggu Masa keberatan belum lewat\. Ada keberatan yang belum/,
    )
    assert.match(await textOf(at('/decision'), 'chair'), /Keberatan dapat diajukan sampai 25 November 2026/)
    world.clock.set(new Date('2026-11-26T00:00:00+07:00'))
    assert.match(await textOf(at('/decision'), 'chair'), /ditunggu Ada keberatan yang belum diputus/)
    assert.equal(await hashShown('chair'), undefined)
    assert.equal(await write('chair'), 409)
    const { id } = await world.db.selectFrom('voting.objection').select('id').executeTakeFirstOrThrow()
    const text = 'Daftar hadir saksi menunjukkan bahwa semua hadir sebelum penghitungan.'
    assert.equal(await post('chair', `/voting/objections/${id}`, { kind: 'answer', outcome: 'rejected', text }), 303)
    assert.equal(
      await post('regency', `/voting/objections/${id}`, { kind: 'decision', outcome: 'rejected', text }),
      303,
    )
    // The margin is small: by the rules the slips are counted before anything is decided.
    assert.match(await textOf(at('/decision'), 'chair'), /ditunggu Menurut aturan, struk harus diaudit sebelum/)
    assert.equal(await hashShown('chair'), await hashShown('anna'))
    await countSlips(world, election, people(), slips([140, 100]))
    // Numbers that nobody has read are nobody's decision.
    assert.equal(await write('chair'), 409)
  })

  it('is written by the chair, confirmed by another, and must be written anew when a number moves in between', async () => {
    const hash = (await hashShown('chair'))!
    assert.equal(await hashShown('anna'), undefined)
    assert.equal(await post('chair', at('/decision'), { hash, place: '', witnesses: '' }), 422)
    const write = () => post('chair', at('/decision'), { hash, ...meeting })
    assert.deepEqual((await Promise.all([write(), write()])).sort(), [303, 409])
    const confirm = (name: string | undefined, of = hash) => post(name, at('/decision/confirm'), { hash: of })
    assert.deepEqual(
      await Promise.all([undefined, 'stranger', 'regency', 'chair'].map((name) => confirm(name))),
      [303, 404, 403, 409],
    )
    assert.match(await textOf(at('/result')), /Suara terbanyak: Sari Wulandari, nomor 1, dengan 207 suara/)

    const [first] = places as [Place]
    await bring(world, first.result([139, 101], { ...correction(first.result([140, 100], { blank: 10 })), blank: 10 }))
    assert.equal(await confirm('anna'), 409)
    assert.match(await textOf(at('/decision'), 'anna'), /Angka berubah sejak Anda membacanya/)
    assert.equal(await write(), 409)
    // A number moved: what was audited was another.
    assert.equal(await hashShown('chair'), undefined)
    await countSlips(world, election, people(), slips([139, 101]))
    const anew = (await hashShown('chair'))!
    assert.notEqual(anew, hash)
    assert.equal(await post('chair', at('/decision'), { hash: anew, ...meeting }), 303)
    assert.equal(await confirm('anna'), 409)
    assert.deepEqual((await Promise.all(['anna', 'badu'].map((name) => confirm(name, anew)))).sort(), [303, 409])
    assert.deepEqual(await states(), ['decided', 'sealed'])
    const rows = await world.db
      .selectFrom('voting.decision')
      .select(['version', 'outcome', 'candidate', 'confirmed'])
      .orderBy('version')
      .execute()
    assert.deepEqual(
      rows.map(({ confirmed, ...row }) => ({ ...row, confirmed: confirmed !== null })),
      [
        { version: 1, outcome: 'elected', candidate: 1, confirmed: false },
        { version: 2, outcome: 'elected', candidate: 1, confirmed: true },
      ],
    )
    assert.equal(await post('chair', at('/decision'), { hash: anew, ...meeting }), 409)
    await assert.rejects(() => world.db.updateTable('voting.decision').set({ place: 'x' }).execute(), /never changed/)
    await assert.rejects(() => world.db.deleteFrom('voting.decision').execute(), /never changed/)
  })

  it('is shown to everybody where the election is, in both languages and as data', async () => {
    const said = 'Terpilih: Sari Wulandari, nomor 1, dengan 206 suara.'
    for (const page of [at(), at('/result')]) assert.ok((await textOf(page)).includes(said), page)
    assert.match(await textOf(at('/result')), /Ditetapkan panitia 26 November 2026/)
    assert.match(await textOf(at('/result'), undefined, 'en'), /Elected: Sari Wulandari, number 1, with 206 votes\./)
    assert.match(await textOf(at()), /Keadaan Hasil ditetapkan/)
    const { decided, election: about } = JSON.parse(await htmlOf(at('/result.json')))
    const { name, candidate, totals, blank, present, voters, outcome } = decided
    assert.deepEqual(
      { name, candidate, totals, blank, present, voters, outcome, state: about.state },
      {
        ...{ name: 'Sari Wulandari', candidate: 1, totals: [206, 195], blank: 13, present: 414, voters: 560 },
        ...{ outcome: 'elected', state: 'decided' },
      },
    )
  })

  it('has a report whose every number is in the data, and which says no more of a small place than the page', async () => {
    const [one, two, three] = places as [Place, Place, Place]
    const corrected = one.result([139, 101], { ...correction(one.result([140, 100], { blank: 10 })), blank: 10 })
    const answer = await (await world.as()).get(at('/recap.pdf'))
    assert.equal(answer.headers.get('content-type'), 'application/pdf')
    const { text, title, lang, missing } = readPdf(new Uint8Array(await answer.arrayBuffer()))
    assert.deepEqual([title, lang, missing], ['Berita acara rekapitulasi desa', 'id-ID', 0])
    for (const line of [
      'TPS DPT Hadir 1 2 Kosong',
      '1 300 250 139 101 10',
      // Twelve voted at the third; what is left of the sum would say so if the second stood alone.
      '2 200 152 – – –',
      '3 60 12 – – –',
      'Jumlah 560 414 206 195 13',
      '1 Sari Wulandari 206',
      '2 Budi Santoso 195',
      'Suara sah 401',
      'Suara kosong 13',
      '73,9 % dari DPT',
      'Terpilih: Sari Wulandari, nomor 1, dengan 206 suara',
      meeting.place,
      meeting.witnesses,
      `1 ${shortHash(hashOf(corrected.text))}`,
      `2 ${shortHash(hashOf(two.result([60, 90], { blank: 2 }).text))}`,
      `3 ${shortHash(hashOf(three.result([7, 4], { blank: 1 }).text))}`,
      'Saksi calon 2 (Budi Santoso)',
    ])
      assert.ok(text.includes(line), `${line}: ${text}`)
    const names = await world.db
      .selectFrom('voting.committee as c')
      .innerJoin('people.person as p', 'p.id', 'c.person')
      .select(['p.name', 'c.role'])
      .where('c.election', '=', election)
      .execute()
    for (const { name, role } of names)
      assert.ok(text.includes(`${name} ${role === 'chair' ? 'Ketua' : 'Anggota'}`), name)
    const english = readPdf(
      new Uint8Array(await (await (await world.as(undefined, { lang: 'en' })).get(at('/recap.pdf'))).arrayBuffer()),
    )
    assert.ok(english.text.includes('Sum 560 414 206 195 13'))
  })

  it('stays when a correction comes after it, and everybody is told that the numbers moved', async () => {
    const [, two] = places as [Place, Place]
    await bring(world, two.result([50, 100], { ...correction(two.result([60, 90], { blank: 2 })), blank: 2 }))
    const text = await textOf(at('/result'))
    assert.match(text, /Terpilih: Sari Wulandari, nomor 1, dengan 206 suara/)
    assert.match(text, /berubah sesudah penetapan\. Yang ditetapkan: 1: 206, 2: 195; kosong 13\./)
    assert.match(text, /Suara terbanyak: Budi Santoso, nomor 2, dengan 205 suara/)
    assert.match(
      await textOf(at('/decision'), 'chair'),
      /yang ditetapkan Terpilih: Sari Wulandari, nomor 1, dengan 206 suara/,
    )
    const paper = readPdf(new Uint8Array(await (await (await world.as()).get(at('/recap.pdf'))).arrayBuffer()))
    assert.match(paper.text, /berubah sesudah penetapan.*Jumlah 560 414 196 205 13.*Terpilih: Sari Wulandari/)
  })
})
