import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { shippedRounds } from '#competition'
import { queriesOf } from '#platform/db.ts'
import { aPanelWorld, type PanelWorld } from '../../../test/panel-world.ts'
import { knowGalleryCodes } from './store/gallery-code.ts'

const rules = shippedRounds().find((round) => round.key === '2017')!

describe('judging: from nominees to the register of winners', () => {
  let world: PanelWorld
  before(async () => {
    world = await aPanelWorld(rules)
  })
  after(() => world.drop())

  it('takes the nominees, decides in plenary, announces, decides the top level, and with the decree enters the register', async () => {
    const { db, secretary, round } = world
    const at = `/judging/rounds/${round}`
    // Three cities, of which two are equal at the line of a cluster with one place and two nominees.
    const [a, b, c] = await world.entries('city', [90, 80, 80])
    await world.moveTo('panel')
    await world.onlyPlaces({ kota: 1 })

    const open = await secretary.post(`${at}/nominees`)
    assert.equal(open.status, 409)
    assert.match(await open.text(), /Masih ada skor yang sama di garis batas/)

    const tie = await secretary.post(`${at}/nominees/tie`, {
      cluster: 'kota',
      group: 'umum',
      'chosen[]': [c!],
      deciders: 'Rapat tim evaluasi',
      reason: 'Dampaknya lebih luas bagi warga.',
    })
    assert.equal(tie.status, 303)
    assert.equal((await secretary.post(`${at}/nominees`)).status, 303)
    const nominees = await db.selectFrom('judging.nominee').select(['proposal', 'via']).orderBy('via').execute()
    assert.deepEqual(nominees, [
      { proposal: a, via: 'ranking' },
      { proposal: c, via: 'tie' },
    ])

    assert.equal((await secretary.post(`${at}/plenary/finalists/open`)).status, 303)
    const both = await secretary.post(`${at}/plenary/finalists/decisions`, {
      [`outcome-${a}`]: 'finalist',
      [`reason-${a}`]: 'Dampak nyata.',
      [`outcome-${c}`]: 'finalist',
      [`reason-${c}`]: 'Dampak nyata juga.',
    })
    assert.equal(both.status, 409, 'one place only')
    assert.match(await both.text(), /Tempat di klaster ini sudah penuh/)
    const [kept] = await db.selectFrom('judging.decision').select('proposal').execute()
    const [first, second] = kept!.proposal === a ? [a!, c!] : [c!, a!]
    assert.equal((await secretary.post(`${at}/plenary/finalists/close`)).status, 409, 'one is undecided')
    const rest = { [`outcome-${second}`]: 'not', [`reason-${second}`]: 'Tempat habis.' }
    assert.equal((await secretary.post(`${at}/plenary/finalists/decisions`, rest)).status, 303)
    assert.equal((await secretary.post(`${at}/plenary/finalists/close`, { minutes: 'Rapat 1' })).status, 303)

    const visitor = await world.as()
    assert.doesNotMatch(await (await visitor.get(`${at}/finalists`)).text(), /Inovasi Contoh/)
    await world.moveTo('announcement')
    assert.equal((await secretary.post(`${at}/finalists/announce`)).status, 303)
    const titleOf = new Map(
      (await db.selectFrom('competition.proposal').select(['id', 'title']).execute()).map((p) => [p.id, p.title]),
    )
    const seen = await (await visitor.get(`${at}/finalists`)).text()
    assert.ok(seen.includes(titleOf.get(first)!))
    assert.ok(!seen.includes(titleOf.get(second)!) && !seen.includes(titleOf.get(b!)!))

    await world.moveTo('final-plenary')
    assert.equal((await secretary.post(`${at}/plenary/levels/open`)).status, 303)
    const top = { [`outcome-${first}`]: 'top-40', [`reason-${first}`]: 'Terbaik di wawancara.' }
    assert.equal((await secretary.post(`${at}/plenary/levels/decisions`, top)).status, 303)
    assert.equal((await secretary.post(`${at}/plenary/levels/close`)).status, 303)
    assert.doesNotMatch(await (await visitor.get(`${at}/results`)).text(), /Inovasi Contoh/)

    await world.moveTo('decree')
    const decree = { number: '20 Tahun 2017', dated: '2017-04-18', about: 'Top 99' }
    const withFile = (content: string) => {
      const body = new FormData()
      for (const [key, value] of Object.entries(decree)) body.append(key, value)
      body.append('file', new File([content], 'kepmen.pdf'))
      return secretary.send('POST', `${at}/decree`, body)
    }
    const wrong = await withFile('bukan pdf')
    assert.equal(wrong.status, 422)
    assert.match(await wrong.text(), /value="20 Tahun 2017"/)
    const tries = await Promise.all([withFile('%PDF-1.4\n%%EOF'), withFile('%PDF-1.4\n%%EOF')])
    assert.deepEqual(tries.map((r) => r.status).sort(), [303, 409])
    const file = await visitor.get(`${at}/decree.pdf`)
    assert.deepEqual([file.status, file.headers.get('content-type')], [200, 'application/pdf'])
    const winners = await db
      .selectFrom('competition.winner')
      .select(['proposal', 'level', 'year', 'decree', 'region_name', 'innovation'])
      .orderBy('level')
      .execute()
    assert.deepEqual(
      winners.map(({ innovation, ...rest }) => rest),
      ['Top 40', 'Top 99'].map((level) => ({
        proposal: first,
        level,
        year: 2017,
        decree: 'Keputusan Menteri PANRB Nomor 20 Tahun 2017, 2017-04-18',
        region_name: 'Jawa Timur',
      })),
    )
    assert.equal(new Set(winners.map((w) => w.innovation)).size, 1)
    const results = await (await visitor.get(`${at}/results`)).text()
    assert.match(results, /Nomor 20 Tahun 2017 tanggal 18 April 2017/)
    assert.ok(results.includes(titleOf.get(first)!))
    assert.doesNotMatch(results, /href="\/gallery\/MI-/, 'not in the gallery yet')
    knowGalleryCodes(async (_, asked) => new Map(asked.map((innovation) => [innovation, `MI-00000${asked.length}`])))
    const led = await (await visitor.get(`${at}/results`)).text()
    assert.ok(led.includes(`<a href="/gallery/MI-000001">${titleOf.get(first)!}</a>`))
    assert.equal(led.match(/href="\/gallery\/MI-/g)!.length, 1)
    assert.doesNotMatch(await (await visitor.get(`${at}/finalists`)).text(), /href="\/gallery\/MI-/)
    assert.equal((await secretary.post(`${at}/decree`, decree)).status, 409)
  })

  it('reads every table with a fixed number of queries', async () => {
    const one = await aPanelWorld(rules)
    const three = await aPanelWorld(rules)
    try {
      for (const [each, scores] of [
        [one, [90]],
        [three, [90, 80, 70]],
      ] as const) {
        await each.entries('city', scores)
        await each.moveTo('panel')
        await each.secretary.post(`/judging/rounds/${each.round}/nominees`)
        await each.secretary.post(`/judging/rounds/${each.round}/plenary/finalists/open`)
      }
      for (const tail of ['panel', 'places', 'nominees', 'plenary/finalists', 'finalists', 'finalists.csv']) {
        const [a, b] = await Promise.all(
          [one, three].map((each) =>
            queriesOf(async () => each.secretary.get(`/judging/rounds/${each.round}/${tail}`)),
          ),
        )
        assert.equal(a!.length, b!.length, tail)
      }
    } finally {
      await one.drop()
      await three.drop()
    }
  })
})
