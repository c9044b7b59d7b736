import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { hashOf, type Signed } from '@melayani/polling/format'
import { sql } from 'kysely'
import { queriesOf } from '#platform/db.ts'
import { aPhotograph, appointed, bring, bringPlano, sendFile, sha256 } from '../../../test/running-voting-results.ts'
import { aSealedElection, correction, type Place } from '../../../test/voting-results.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { openCounting } from './store/counting.ts'
import { fold, nodeOf } from './store/node.ts'

type Client = Awaited<ReturnType<World['as']>>
const plain = (html: string) =>
  html
    .replace(/<(?:script|style)[\s\S]*?<\/(?:script|style)>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')

describe('voting: results for everybody', () => {
  let world: World
  let agency: string
  let admin: string
  let visitor: Client
  const text = async (address: string, client = visitor) => {
    const response = await client.get(address)
    assert.equal(response.status, 200, address)
    return plain(await response.text())
  }
  const sealed = (plan: Omit<Parameters<typeof aSealedElection>[2], 'agency'>) =>
    aSealedElection(world.db, admin, { agency, ...plan })
  const open = () => world.db.transaction().execute((tx) => openCounting(tx, world.clock.now()))

  before(async () => {
    world = await aWorld(new Date('2026-11-22T08:00:00Z'))
    agency = await world.anAgency()
    admin = await world.aPerson('local-admin', { agency })
    visitor = await world.as()
  })
  after(() => world.drop())

  it('say so when nothing is counted, and know no year, region or place that is none', async () => {
    assert.match(await text('/voting/results'), /Belum ada pemilihan yang dihitung/)
    for (const address of ['2026', '2026/35', '2026/99.99', '2026/x', 'x', '2026/35.10.20.2001'])
      assert.equal((await visitor.get(`/voting/results/${address}`)).status, 404, address)
  })

  it('give Kendalasem, 321 to 321, to number 2 when both places are in, and say by which step; before that nobody', async () => {
    const { election, places } = await sealed({ village: '35.10.20.2001', places: [{ voters: 591 }, { voters: 566 }] })
    await open()
    const page = `/voting/elections/${election}/result`
    assert.match(await text(page), /Belum ada TPS yang mengirim hasil/)
    await bring(world, places[0]!.result([170, 190]))
    const half = await text(page)
    assert.match(half, /Sementara: 1 dari 2 TPS sudah masuk\. Pemenang belum disebut/)
    assert.doesNotMatch(half, /Suara terbanyak:|Menurut aturan/)
    await bring(world, places[1]!.result([151, 131]))
    const whole = await text(page)
    assert.match(whole, /Suara sama, 321\. Menurut aturan daerah ini: Budi Santoso, nomor 2/)
    assert.match(whole, /Suara terbanyak di TPS dengan pemilih terbanyak \( ?TPS 1, 591 pemilih ?\) ?: menentukan/)
    assert.match(await text('/voting/results/2026'), /2 dari 2 TPS.*642/)
    assert.equal((await visitor.get('/voting/results')).headers.get('location'), '/voting/results/2026')
    assert.equal((await visitor.get('/voting/results/2026/35.10.20.2001')).headers.get('location'), page)
  })

  it('lead Mangkalawat, 120 to 120 at one place, to what its profile asks, which the committee enters once', async () => {
    const chair = await world.aPerson()
    const { election, places } = await sealed({
      village: '35.10.20.2002',
      places: [{ voters: 260 }],
      profile: (profile) => ({
        ...profile,
        rules: {
          ...profile.rules,
          tie: { ...profile.rules.tie, value: ['largest-tps', 'education-level', 're-vote'] },
        },
      }),
    })
    await appointed(world, agency, election, chair, 'chair')
    await open()
    await bring(world, places[0]!.result([120, 120]))
    const page = `/voting/elections/${election}/result`
    assert.match(await text(page), /Panitia belum memasukkan data calon/)
    const facts = { fact: 'education-level', 'values[]': ['3', '4'], source: 'Ijazah nomor 12' }
    const count = `/voting/elections/${election}/count`
    assert.equal((await (await world.as(admin)).post(count, facts)).status, 403)
    assert.equal((await visitor.post(count, facts)).status, 303)
    const committee = await world.as(chair)
    assert.equal((await committee.post(count, { ...facts, 'values[]': ['3', 'x'] })).status, 422)
    const answers = await Promise.all([1, 2, 3].map(() => committee.post(count, facts)))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409, 409])
    assert.match(await text(page), /Menurut aturan daerah ini: Budi Santoso, nomor 2/)
  })

  it('hide a place in which few voted, another with it, and its sheet and files; the sums have them', async () => {
    const { election, places } = await sealed({
      village: '35.10.20.2003',
      places: [
        { voters: 40, hamlet: 'A' },
        { voters: 90, hamlet: 'B' },
        { voters: 400, hamlet: 'C' },
      ],
    })
    await open()
    const results = [places[0]!.result([11, 2]), places[1]!.result([30, 37]), places[2]!.result([103, 206])]
    for (const result of results) await bring(world, result)
    const page = await text(`/voting/elections/${election}/result`)
    assert.match(page, /144.*245/)
    assert.equal(page.match(/tidak ditampilkan (?!sendiri)/g)?.length, 6)
    assert.doesNotMatch(page, /Per dusun|\b37\b(?!,)/)
    assert.match(page, /103.*206/)
    for (const [i, place] of places.entries()) {
      const own = await text(`/voting/tps/${place.id}/result`)
      assert.equal(/ditampilkan sendiri/.test(own), i < 2)
      const sheet = await visitor.get(`/voting/tps/${place.id}/sheets/${hashOf(results[i]!.text)}`)
      assert.equal(sheet.status, i < 2 ? 404 : 200)
      if (i === 2) assert.deepEqual(await sheet.json(), results[2])
    }
    const data = (await (await visitor.get(`/voting/elections/${election}/result.json`)).json()) as {
      totals: number[]
      places: { votes: unknown; versions: { hash: string }[]; files: unknown[] }[]
    }
    assert.deepEqual(data.totals, [144, 245])
    assert.deepEqual(
      data.places.map(({ votes, versions }) => [votes, versions.map(({ hash }) => hash)]),
      [['hidden'], ['hidden'], [[103, 206]]].map(([votes], i) => [votes, [hashOf(results[i]!.text)]]),
    )
    await bringPlano(world, places[0]!, aPhotograph)
    assert.equal((await visitor.get(`/voting/tps/${places[0]!.id}/files/${sha256(aPhotograph)}`)).status, 404)
  })

  it('never show what few voted: not by versions that contradict, nor by what a sum grew by when they came', async () => {
    const { election, places } = await sealed({
      village: '35.10.20.2006',
      places: [{ voters: 25 }, { voters: 90 }, { voters: 400 }],
    })
    await open()
    const [small, beside, large] = places as [Place, Place, Place]
    const page = () => text(`/voting/elections/${election}/result`)
    const data = async () =>
      (await (await visitor.get(`/voting/elections/${election}/result.json`)).json()) as {
        totals: number[]
        withheld: boolean
        places: { votes: unknown; files: unknown[] }[]
      }
    // The small one alone: its votes would be the village's.
    const rivals = [small.result([11, 2]), small.result([2, 11])]
    await bring(world, rivals[0]!)
    assert.deepEqual([(await data()).totals, (await data()).withheld], [[], true])
    assert.match(await page(), /baru dijumlahkan setelah semua TPS masuk/)
    assert.doesNotMatch(await page(), /11/)
    await bring(world, large.result([103, 206]))
    assert.deepEqual((await data()).totals, [103, 206])
    await bring(world, rivals[1]!)
    const own = await text(`/voting/tps/${small.id}/result`)
    assert.match(own, /ditampilkan sendiri/)
    assert.doesNotMatch(own, /1: 11|2: 11/)
    for (const { text: signed } of rivals)
      assert.equal((await visitor.get(`/voting/tps/${small.id}/sheets/${hashOf(signed)}`)).status, 404)
    assert.equal((await data()).places[0]!.votes, 'hidden')
    // Its companion is hidden with it from the first day, so the sum of all later tells of no single one.
    await bring(world, beside.result([30, 37]))
    assert.deepEqual([(await data()).totals, (await data()).places[1]!.votes], [[103, 206], 'hidden'])
    const photograph = Buffer.concat([aPhotograph, Buffer.from('2')])
    await bringPlano(world, small, photograph)
    assert.deepEqual((await data()).places[0]!.files, [])
    assert.equal((await visitor.get(`/voting/tps/${small.id}/files/${sha256(photograph)}`)).status, 404)
    // Nor is anybody asked to read the photograph of the one hidden with it.
    const another = Buffer.concat([aPhotograph, Buffer.from('3')])
    await bringPlano(world, beside, another)
    assert.ok(!(await (await visitor.get('/voting/planos')).text()).includes(sha256(another)))
  })

  it('compare the hash on a sheet: the same, an older version, or not known', async () => {
    const { places } = await sealed({ village: '35.10.20.2004' })
    await open()
    const first = places[0]!.result([100, 90])
    await bring(world, first)
    const check = (hash: string) => text(`/voting/check?hash=${encodeURIComponent(hash)}`)
    const spoken = hashOf(first.text).slice(0, 20).toUpperCase().match(/.{4}/g)!.join(' ')
    assert.match(await check(spoken), /Sama.*TPS 1 : hasil versi 1 \(yang berlaku\)/)
    assert.match(await check(hashOf(first.text)), /hasil versi 1/)
    assert.match(await check(places[0]!.hash), /paket pemilihan versi 1/)
    const second = places[0]!.result([101, 89], correction(first))
    await bring(world, second)
    assert.match(await check(spoken), /hasil versi 1 \(bukan yang berlaku sekarang\)/)
    const changed = `${hashOf(second.text).slice(0, 30)}${'0'.repeat(34)}`
    assert.match(await check(changed), /Tidak dikenal/)
    assert.match(await check('0'.repeat(20)), /Tidak dikenal/)
    assert.equal((await visitor.get('/voting/check?hash=salah')).status, 422)
  })

  it('show every version, who signed it and which witness did not, and the reason of a correction', async () => {
    const { places } = await sealed({ village: '35.10.20.2005' })
    await open()
    const [place] = places
    const first = place!.result([100, 90], { signers: { roles: ['chair', 'officer'] } })
    await bring(world, first)
    await bring(world, place!.result([90, 100], correction(first, 'Angka calon tertukar saat disalin.')))
    const page = await text(`/voting/tps/${place!.id}/result`)
    assert.match(page, /Versi 1 .*1: 100 · 2: 90/)
    assert.match(page, /Tidak ditandatangani Saksi 1/)
    assert.match(page, /Versi 2 dihitung .*1: 90 · 2: 100/)
    assert.match(page, /Membetulkan versi sebelumnya: Angka calon tertukar/)
  })

  it('come to a phone on a bad line in few bytes and without a program: the whole nation, and a village of thirty places', async () => {
    const size = async (address: string) => {
      const html = await (await visitor.get(address)).text()
      assert.doesNotMatch(html, /<script|<template|hidden>/, address)
      return { html, bytes: gzipSync(html).byteLength }
    }
    // Every province, with the figures of a national wave; taken away again, since nothing stands behind them.
    await sql`insert into voting.delta (year, village, elections, tps, voters, counted, counted_voters, present, valid, blank, late)
      select 2027, min(code), 2211, 21664, 5412345, 20112, 5012345, 4012345, 3987654, 24691, 12 from people.region
      where kind = 'village' group by left(code, 2)`.execute(world.db)
    const nation = await size('/voting/results/2027')
    await world.db.deleteFrom('voting.delta').where('year', '=', 2027).execute()
    assert.equal(nation.html.match(/href="\/voting\/results\/2027\/\d\d"/g)?.length, 38)
    assert.ok(nation.bytes < 10_000, `${nation.bytes} bytes`)

    const { election, places } = await sealed({
      village: '35.10.20.2007',
      candidates: ['Sari Wulandari', 'Budi Santoso', 'Dewi Lestari', 'Agus Salim', 'Rina Hartati'],
      places: Array.from({ length: 30 }, (_, i) => ({ voters: 500, hamlet: `Dusun ${i % 6}` })),
    })
    await open()
    const { results } = (await (
      await visitor.json(
        'POST',
        '/voting/intake/results',
        places.map((place, i) => place.result([90 + i, 80, 70 - i, 60, 50])),
      )
    ).json()) as { results: { taken: boolean }[] }
    assert.ok(results.every(({ taken }) => taken))
    const village = await size(`/voting/elections/${election}/result`)
    assert.ok(village.bytes < 10_000, `${village.bytes} bytes`)
    const place = await size(`/voting/tps/${places[0]!.id}/result`)
    assert.ok(place.bytes < 10_000, `${place.bytes} bytes`)
  })

  it('of a practice are seen by those who prepare it, and say that they are practice', async () => {
    const { election, places } = await sealed({ village: '35.10.20.2005', mode: 'practice' })
    await open()
    await bring(world, places[0]!.result([5, 6]))
    const addresses = [`/voting/elections/${election}/result`, `/voting/tps/${places[0]!.id}/result`]
    for (const address of addresses) {
      assert.equal((await visitor.get(address)).status, 404)
      assert.match(await text(address, await world.as(admin)), /LATIHAN/)
    }
    assert.equal((await visitor.get(`/voting/elections/${election}/objections/new`)).status, 404)
    const hash = hashOf(places[0]!.result([5, 6]).text)
    assert.match(await text(`/voting/check?hash=${hash}`), /Tidak dikenal/)
  })

  it('are drawn with as many queries for three places and regions as for one', async () => {
    const counted = async (address: string) =>
      (await queriesOf(async () => assert.equal((await visitor.get(address)).status, 200))).length
    const one = await sealed({ village: '36.01.01.2001' })
    const { code } = await world.db
      .selectFrom('people.region')
      .select('code')
      .where('code', 'like', '36.02.%')
      .where('kind', '=', 'village')
      .orderBy('code')
      .executeTakeFirstOrThrow()
    const three = await sealed({ village: code, places: [{}, {}, {}] })
    await open()
    await bring(world, one.places[0]!.result([50, 40]))
    for (const place of three.places) await bring(world, place.result([50, 40]))
    const result = (election: string) => `/voting/elections/${election}/result`
    assert.equal(await counted(result(three.election)), await counted(result(one.election)))
    assert.equal(await counted('/voting/results/2026/36'), await counted('/voting/results/2026/36.01'))
    const place = (each: Place) => counted(`/voting/tps/${each.id}/result`)
    const before = await place(one.places[0]!)
    const first = one.places[0]!.result([50, 40])
    const second = one.places[0]!.result([51, 40], correction(first))
    await bring(world, second)
    await bring(world, one.places[0]!.result([52, 40], correction(second)))
    assert.equal(await place(one.places[0]!), before)
  })
})

describe('voting: sheets that people type, versions they settle, photographs they read', () => {
  let world: World
  let agency: string
  let places: Place[]
  let election: string
  const people = {} as Record<'admin' | 'chair' | 'member' | 'stranger', Client>

  before(async () => {
    world = await aWorld(new Date('2026-11-22T08:00:00Z'))
    agency = await world.anAgency()
    const ids = {
      admin: await world.aPerson('local-admin', { agency }),
      chair: await world.aPerson(),
      member: await world.aPerson(),
      stranger: await world.aPerson(),
    }
    const plan = { agency, village: '35.10.20.2001', places: [{}, {}, {}] }
    ;({ places, election } = await aSealedElection(world.db, ids.admin, plan))
    for (const role of ['chair', 'member'] as const) await appointed(world, agency, election, ids[role], role)
    for (const role of ['admin', 'chair', 'member', 'stranger'] as const) people[role] = await world.as(ids[role])
    await world.db.transaction().execute((tx) => openCounting(tx, world.clock.now()))
  })
  after(() => world.drop())

  const valid = async () => (await nodeOf(world.db, 2026, '35.10')).valid
  const sheetOf = (signed: Signed) => hashOf(signed.text).slice(0, 20)
  const typed = (sheet: string, votes: readonly [string, string], more: Record<string, string> = {}) => ({
    sheet,
    version: '1',
    present: '200',
    'votes[]': votes,
    blank: '10',
    source: 'tally',
    ...more,
  })

  it('count a sheet when two have typed the same, each for themselves, and not before', async () => {
    const [place] = places
    const signed = place!.result([100, 90], { blank: 10 })
    const sheet = sheetOf(signed)
    const at = `/voting/tps/${place!.id}/sheet`
    assert.equal((await people.stranger.get(at)).status, 404)
    assert.equal((await people.stranger.post(at, typed(sheet, ['100', '90']))).status, 404)
    assert.equal((await people.member.post(at, typed(sheet, ['200', '90']))).status, 409)
    assert.equal((await people.member.post(at, typed('pendek', ['100', '90']))).status, 422)
    for (const _ of [1, 2]) assert.equal((await people.member.post(at, typed(sheet, ['100', '90']))).status, 303)
    assert.equal(await valid(), 0)
    assert.equal((await people.chair.post(at, typed(sheet, ['90', '100']))).status, 303)
    assert.equal(await valid(), 0)
    const spaced = sheet.toUpperCase().match(/.{4}/g)!.join(' ')
    assert.equal((await people.chair.post(at, typed(spaced, ['100', '90']))).status, 303)
    assert.equal(await valid(), 190)
    assert.deepEqual((await nodeOf(world.db, 2026, '')).typed, 1)
    assert.equal((await people.admin.post(at, typed(sheet, ['100', '90']))).status, 409)
    // When it arrives signed it is the same sheet: nothing contradicts, and it is typed no longer.
    await bring(world, signed)
    const { typed: still, counted, corrected } = await nodeOf(world.db, 2026, '')
    assert.deepEqual([still, counted, corrected], [0, 1, 0])
  })

  it('let the committee settle contradicting versions with a reason that everybody reads, until another comes', async () => {
    const [, place] = places
    const [a, b] = [place!.result([60, 40]), place!.result([40, 60])]
    for (const each of [a, b]) await bring(world, each)
    const before = await valid()
    const settle = `/voting/tps/${place!.id}/settle`
    const reason = 'Dibandingkan dengan plano dan struk di hadapan saksi kedua calon.'
    const form = { sheet: sheetOf(a), reason }
    assert.equal((await people.admin.post(settle, form)).status, 403)
    assert.equal((await people.stranger.post(settle, form)).status, 404)
    assert.equal((await people.member.post(settle, { ...form, reason: 'ya' })).status, 422)
    assert.equal((await people.member.post(settle, { ...form, sheet: '0'.repeat(20) })).status, 409)
    // One alone settles nothing, twice neither, nor two who choose differently or one who has chosen otherwise since.
    assert.equal((await people.member.post(settle, form)).status, 303)
    assert.equal((await people.member.post(settle, form)).status, 409)
    const shown = `/voting/tps/${place!.id}/result`
    const open = async () => plain(await (await (await world.as()).get(shown)).text())
    assert.doesNotMatch(await open(), new RegExp(reason))
    const other = { ...form, sheet: sheetOf(b) }
    assert.equal((await people.chair.post(settle, other)).status, 303)
    assert.match(
      plain(await (await people.member.get(`/voting/tps/${place!.id}/sheet`)).text()),
      /Panitia lain memilih/,
    )
    assert.equal(await valid(), before)
    const answers = await Promise.all([1, 2].map(() => people.chair.post(settle, form)))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409])
    assert.equal(await valid(), before + 100)
    const page = plain(await (await (await world.as()).get(`/voting/tps/${place!.id}/result`)).text())
    assert.match(page, new RegExp(reason))
    for (const line of [/1: 60 · 2: 40/, /1: 40 · 2: 60/]) assert.match(page, line)
    // What comes now was known to neither: both choose once more, at once, and it counts once.
    await bring(world, place!.result([50, 50]))
    assert.equal(await valid(), before)
    const anew = await Promise.all([people.member, people.chair].map((who) => who.post(settle, form)))
    assert.deepEqual([anew.map(({ status }) => status), await valid()], [[303, 303], before + 100])
  })

  it('raise a flag when three read other numbers from a photograph, show none of ours, and take one reading an address', async () => {
    const [, , place] = places
    await bring(world, place!.result([117, 90]))
    // A station alone vouches for no photograph, nor does the chair's signature of another one.
    const other = Buffer.concat([aPhotograph, Buffer.from('x')])
    for (const plano of [undefined, place!.plano(other), { ...place!.plano(aPhotograph), signatures: [] }]) {
      const answer = await sendFile(world, place!.station, aPhotograph, plano)
      assert.deepEqual([answer.status, await answer.json()], [403, { refused: 'file-unknown' }])
    }
    await bringPlano(world, place!, aPhotograph)
    const at = `/voting/planos/${sha256(aPhotograph)}`
    const from = (remoteAddress: string, path: string, init: RequestInit = {}) =>
      world.web.request(
        path,
        { ...init, headers: { 'sec-fetch-site': 'same-origin', ...init.headers } },
        { incoming: { socket: { remoteAddress } } },
      )
    const page = await (await from('192.0.2.1', '/voting/planos')).text()
    assert.ok(page.includes(sha256(aPhotograph)))
    assert.doesNotMatch(plain(page), /117|\b90\b|207/)
    const read = async (address: string, first: string, cookie = '') => {
      const body = new URLSearchParams([
        ['votes[]', first],
        ['votes[]', '90'],
        ['blank', '0'],
      ])
      return (await from(address, at, { method: 'POST', body, headers: { cookie } })).status
    }
    const questioned = async () => (await nodeOf(world.db, 2026, '')).questioned
    assert.equal(await read('192.0.2.1', '617'), 303)
    // Neither a cookie of one's own nor another address of the same network makes a second reader.
    for (const n of [1, 2, 3]) assert.equal(await read('192.0.2.1', '617', `pembaca=${String(n).repeat(32)}`), 409)
    assert.equal(await read('::ffff:192.0.2.1', '617'), 409)
    assert.equal(await read('2001:db8:0:1::1', '617'), 303)
    assert.equal(await read('2001:db8:0:1::2', '617'), 409)
    assert.equal(await questioned(), 0)
    assert.equal(await read('192.0.2.2', '617'), 303)
    assert.equal(await questioned(), 1)
    const nonsense = { method: 'POST', body: new URLSearchParams({ blank: 'x' }) }
    assert.equal((await from('192.0.2.3', at, nonsense)).status, 422)
    assert.match(
      plain(await (await from('192.0.2.1', `/voting/tps/${place!.id}/result`)).text()),
      /membaca angka lain dari foto plano/,
    )
    const kept = JSON.stringify(await world.db.selectFrom('voting.reading').selectAll().execute())
    for (const address of ['192.0.2', '2001:db8']) assert.ok(!kept.includes(address))
    const again = await from('192.0.2.1', '/voting/planos')
    assert.deepEqual([again.status, again.headers.get('set-cookie')], [200, null])
    assert.ok(!(await again.text()).includes(sha256(aPhotograph)))
    await fold(world.db)
    assert.equal(await questioned(), 1)
  })
})
