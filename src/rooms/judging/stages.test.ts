import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Rules, shippedRounds } from '#competition'
import { aPanelWorld } from '../../../test/panel-world.ts'

const rulesOf = (key: string): Rules => shippedRounds().find((round) => round.key === key)!
const reason = 'Menurut sebaran usulan yang lulus.'

describe('judging: rounds with other stages', () => {
  it('2025: places are set by a recorded decision, ministries judge feasibility, the public rates, and all of it joins', async () => {
    const rules = rulesOf('2025')
    const world = await aPanelWorld(rules, new Date('2025-07-20T02:00:00Z'))
    try {
      const { db, secretary, round, panelists } = world
      const at = `/judging/rounds/${round}`
      const [a, b, c] = await world.entries('city', [95, 90, 84.99])
      await world.moveTo('announcement')
      assert.match(await (await secretary.post(`${at}/nominees`)).text(), /Jumlah tempat per klaster belum ditetapkan/)
      const places = Object.fromEntries(
        rules.clusters.flatMap((cluster) =>
          rules.groups.map((group) => [`places/${cluster.key}/${group.key}`, cluster.key === 'kota' ? '5' : '0']),
        ),
      )
      assert.equal((await secretary.post(`${at}/places`, places)).status, 422, 'without a reason')
      assert.equal((await secretary.post(`${at}/places`, { ...places, reason })).status, 303)
      assert.equal((await secretary.post(`${at}/nominees`)).status, 303)
      const nominees = await db.selectFrom('judging.nominee').select('proposal').execute()
      assert.deepEqual(nominees.map((n) => n.proposal).sort(), [a, b].sort(), 'c is below the pass mark of 85')
      assert.ok(c)
      assert.equal((await secretary.post(`${at}/plenary/finalists/open`)).status, 303)
      const chosen = Object.fromEntries(
        [a, b].flatMap((id) => [
          [`outcome-${id}`, 'finalist'],
          [`reason-${id}`, 'Di atas batas.'],
        ]),
      )
      assert.equal((await secretary.post(`${at}/plenary/finalists/decisions`, chosen)).status, 303)
      assert.equal((await secretary.post(`${at}/plenary/finalists/close`)).status, 303)
      assert.equal((await secretary.post(`${at}/finalists/announce`)).status, 303)

      const visitor = await world.as()
      const rating = `/judging/entries/${a}/rating`
      assert.equal((await visitor.post(rating, { stars: '5' })).status, 409)
      await world.moveTo('public-rating')
      assert.match(await (await visitor.get(`${at}/finalists`)).text(), /Beri penilaian/)
      let cookie = ''
      for (const stars of ['5', '5', '5', '4']) {
        const sent = await visitor.post(rating, { stars })
        cookie = sent.headers.get('set-cookie')!.match(/penilai=[^;]+/)![0]
      }
      assert.match(await (await visitor.get(rating)).text(), /paling sedikit 5 penilaian/)
      const again = (stars: string) => visitor.send('POST', rating, new URLSearchParams({ stars }), { cookie })
      assert.deepEqual(
        (await Promise.all([again('1'), again('1')])).map((r) => r.status),
        [303, 303],
      )
      assert.equal((await db.selectFrom('judging.rating').select('stars').execute()).length, 4, 'one for each browser')
      assert.equal((await again('9')).status, 422)
      await again('4')
      await visitor.post(rating, { stars: '5' })
      assert.match(await (await visitor.get(rating)).text(), /4,8 dari 5 \(5 penilaian\)/)
      assert.equal((await visitor.get(`/judging/entries/${c}/rating`)).status, 404)
      const log = JSON.stringify(await db.selectFrom('log.event').select(['name', 'particulars']).execute())
      assert.doesNotMatch(log, /stars|voter/)

      await world.moveTo('ministry-feasibility')
      assert.equal((await secretary.post(`${at}/readings/feasibility`)).status, 303)
      const [one, two] = await Promise.all(panelists.map((id) => world.as(id)))
      const judge = `/judging/entries/${a}/reading/feasibility`
      assert.equal((await one!.post(judge, { score: '', note: 'Layak', done: 'ya' })).status, 409)
      assert.equal((await one!.post(judge, { score: '80', note: 'Layak', done: 'ya' })).status, 303)
      assert.equal((await two!.post(judge, { score: '90', note: '', done: 'ya' })).status, 303)
      await world.moveTo('final-plenary')
      assert.equal((await secretary.post(`${at}/plenary/levels/open`)).status, 303)
      // 60 % of 95, 30 % of 85, 10 % of the stars: (4.8 - 1) / 4 = 95.
      assert.match(await (await one!.get(`${at}/plenary/levels`)).text(), /92,00/)
    } finally {
      await world.drop()
    }
  })

  it('2021: a visit is recorded by who was there, at least one of the panel and one evaluator', async () => {
    const rules = rulesOf('2021')
    const world = await aPanelWorld(rules, new Date('2021-07-20T02:00:00Z'))
    try {
      const { db, secretary, round, panelists } = world
      const [a] = await world.entries('city', [90])
      await world.announced({ [a!]: 'finalist' })
      const evaluator = await world.aPerson('evaluator')
      const at = world.clock.now()
      await db
        .insertInto('judging.evaluator')
        .values({ round, person: evaluator, max_load: 10, confirmed: at, added: at, added_by: world.secretaryId })
        .execute()
      const visit = {
        entry: a!,
        visited: '2021-07-19',
        'panel[]': [panelists[0]!],
        'evaluators[]': [evaluator],
        verdict: 'partly',
        text: 'Loket buka, tetapi antrean daring belum dipakai.',
      }
      const findings = `/judging/rounds/${round}/findings`
      const member = await world.as(panelists[0])
      assert.equal((await member.post(findings, visit)).status, 409, 'the stage is not open')
      await world.moveTo('field-verification')
      const alone = await member.post(findings, { ...visit, 'evaluators[]': [] })
      assert.equal(alone.status, 409)
      assert.match(await alone.text(), /Yang hadir kurang.*antrean daring belum dipakai/s)
      assert.equal((await member.post(findings, { ...visit, 'panel[]': [evaluator] })).status, 409)
      assert.equal((await member.post(findings, { ...visit, visited: '2021-07-21' })).status, 409)
      assert.equal((await (await world.as(evaluator)).post(findings, visit)).status, 403)

      const png = Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      )
      const withPhotos = (...all: Buffer[]) => {
        const body = new FormData()
        for (const [key, value] of Object.entries(visit)) for (const each of [value].flat()) body.append(key, each)
        for (const bytes of all) body.append('photo', new File([new Uint8Array(bytes)], 'loket.png'))
        return member.send('POST', findings, body)
      }
      assert.equal((await withPhotos(png, Buffer.from('bukan foto'))).status, 422)
      const many = await withPhotos(...Array.from({ length: 9 }, () => png))
      assert.equal(many.status, 422)
      assert.match(await many.text(), /Paling banyak 8 foto untuk satu temuan.*antrean daring belum dipakai/s)
      assert.equal((await withPhotos(png, png, png)).status, 303)
      const page = await (await secretary.get(findings)).text()
      const photos = page.match(/\/judging\/findings\/[^"]+\/photos\/[^"]+/g)!
      assert.equal(new Set(photos).size, 3)
      for (const photo of photos) assert.equal((await secretary.get(photo)).status, 200)
      const photo = photos[0]!
      assert.equal((await (await world.as()).get(photo)).status, 404)
    } finally {
      await world.drop()
    }
  })

  it('2021: places move between clusters by a recorded decision only, and never more than are free', async () => {
    const rules = rulesOf('2021')
    const world = await aPanelWorld(rules)
    try {
      const { secretary, round, db } = world
      const at = `/judging/rounds/${round}/places`
      const move = { group: 'replikasi', from: 'provinsi', to: 'kota', count: '1', reason: 'Usulan kota lebih banyak.' }
      assert.equal((await (await world.as(world.panelists[0])).post(`${at}/move`, move)).status, 403)
      assert.equal((await secretary.post(`${at}/move`, { ...move, reason: 'ya' })).status, 422)
      assert.equal((await secretary.post(at, { reason })).status, 409, 'the rules fix the places')
      const both = await Promise.all([secretary.post(`${at}/move`, move), secretary.post(`${at}/move`, move)])
      assert.deepEqual(both.map((r) => r.status).sort(), [303, 409], 'there is one place to move')
      const [decision] = await db.selectFrom('judging.places').select('changes').execute()
      assert.deepEqual(decision!.changes, [
        { cluster: 'provinsi', group: 'replikasi', places: 0 },
        { cluster: 'kota', group: 'replikasi', places: 3 },
      ])
    } finally {
      await world.drop()
    }
  })
})
