import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { aCasesWorld } from '../../../test/cases-world.ts'
import { passOffers } from './actions/assign.ts'
import { type Candidate, kilometres, nextOf, rank } from './domain/assigning.ts'
import type { Package } from './domain/package/format/index.ts'

const start = new Date('2026-03-02T05:30:00+07:00')
const minute = 60_000

describe('services: to whom a case is given', () => {
  const one = (name: string, over: Partial<Candidate> = {}): Candidate => ({
    ...{ post: name, person: name, name, area: '351020', open: 0, capacity: null, place: null },
    ...over,
  })
  const order = (
    by: 'area' | 'load' | 'nearest',
    list: Candidate[],
    point: { lat: number; lon: number } | null = null,
  ) => rank(by, list, point).map(({ name }) => name)

  it('is measured along the globe', () => {
    assert.ok(Math.abs(kilometres({ lat: 0, lon: 0 }, { lat: 0, lon: 1 }) - 111.19) < 0.01)
    assert.ok(Math.abs(kilometres({ lat: -8.2192, lon: 114.3691 }, { lat: -7.2575, lon: 112.7521 }) - 207.3) < 1)
    assert.equal(kilometres({ lat: 5, lon: 5 }, { lat: 5, lon: 5 }), 0)
    const [near] = rank('nearest', [one('a', { place: { lat: 0, lon: 0 } })], { lat: 0, lon: 0.1 })
    assert.deepEqual([near!.km!.toFixed(2), near!.minutes!.toFixed(1)], ['15.57', '23.4'])
  })

  it('goes by area, by load or by the way, and whoever is full comes last', () => {
    const list = [
      one('wide', { area: '3510', open: 1 }),
      one('busy', { open: 9 }),
      one('full', { area: '3510202001', open: 3, capacity: 3 }),
      one('village', { area: '3510202001', open: 5, capacity: 6 }),
    ]
    assert.deepEqual(order('area', list), ['village', 'busy', 'wide', 'full'])
    assert.deepEqual(order('load', list), ['wide', 'village', 'busy', 'full'])
    const placed = list.map((each, i) => (i === 1 ? each : { ...each, place: { lat: 0, lon: i } }))
    assert.deepEqual(order('nearest', placed, { lat: 0, lon: 3 }), ['village', 'wide', 'busy', 'full'])
    assert.deepEqual(order('nearest', placed, null), order('area', placed))
  })

  it('is one order whatever the order they come in, and never asks the full or the same twice', () => {
    const candidate = fc.record({
      area: fc.constantFrom('', '3510', '351020', '3510202001'),
      open: fc.nat(5),
      capacity: fc.option(fc.nat(5)),
      place: fc.option(
        fc.record({
          lat: fc.double({ min: -11, max: 6, noNaN: true }),
          lon: fc.double({ min: 95, max: 141, noNaN: true }),
        }),
      ),
    })
    fc.assert(
      fc.property(
        fc.constantFrom('area' as const, 'load' as const, 'nearest' as const),
        fc.array(candidate, { maxLength: 8 }),
        fc.nat(),
        (by, list, n) => {
          const all = list.map((each, i) => one(`orang ${i}`, each))
          const point = { lat: -8.2, lon: 114.3 }
          const ranked = rank(by, all, point)
          const turned = all.map((_, i) => all[(i + n) % all.length]!)
          assert.deepEqual(rank(by, turned, point), ranked)
          const asked = new Set<string>()
          for (let next = nextOf(ranked, asked); next; next = nextOf(ranked, asked)) {
            assert.ok(!next.full && !asked.has(next.post))
            asked.add(next.post)
          }
          assert.equal(asked.size, ranked.filter(({ full }) => !full).length)
        },
      ),
    )
  })

  describe('at work', () => {
    let world: Awaited<ReturnType<typeof make>>
    const make = () =>
      aCasesWorld({
        seller: ['laskar', ''],
        near: ['bidan', '351020'],
        far: ['bidan', '351020'],
        wide: ['bidan', ''],
        other: ['bidan', '351001'],
        head: ['kepala_puskesmas', '351020'],
        volunteer: ['kader', '351020'],
      })
    before(async () => {
      world = await make()
      const chief = await world.as(world.admin)
      const set = async (who: 'near' | 'far' | 'wide', form: Record<string, string>) =>
        assert.equal(
          (await chief.post(`/services/${world.service}/roles/${await world.postOf(who)}`, form)).status,
          303,
        )
      await set('near', { lat: '-8,32', lon: '114,13', capacity: '2' })
      await set('far', { lat: '-8,40', lon: '114,20' })
    })
    after(() => world.drop())

    const placed = { 'lokasi.lat': '-8,33', 'lokasi.lon': '114,13', 'lokasi.accuracy': '10' }
    const offer = async (
      by: 'head' | 'near' | 'seller' | 'volunteer' | 'other',
      id: string,
      form: Record<string, string> = {},
    ) => (await world.as(world.people[by])).post(`/services/cases/${id}/assign/bidan`, form)
    const offers = async (id: string) =>
      (
        await sql<{
          person: string
          answer: string | null
          id: string
        }>`select p.person, o.answer, o.id from services.offer o
          join services.post p on p.id = o.post where o."case" = ${id} order by o.at, o.id`.execute(world.db)
      ).rows.map(({ person, ...rest }) => ({
        ...rest,
        who: Object.entries(world.people).find(([, id]) => id === person)![0],
      }))
    const told = async (id: string) => (await offers(id)).map(({ who, answer }) => [who, answer])
    const reply = async (by: 'near' | 'far' | 'wide' | 'other' | 'head', id: string, answer: string) =>
      (await world.as(world.people[by])).post(`/services/offers/${(await offers(id)).at(-1)!.id}`, { answer })
    const holder = async (id: string) =>
      (
        await sql<{
          person: string
          why: string
        }>`select p.person, h.why from services.charge h join services.post p on p.id = h.post
          where h."case" = ${id} and h.role = 'bidan' and h.until is null`.execute(world.db)
      ).rows.map(({ person, why }) => [Object.entries(world.people).find(([, id]) => id === person)![0], why])

    it('says in words who would be asked, and why, to those who may know', async () => {
      const id = await world.open('seller', placed)
      const page = await world.text('head', `/services/cases/${id}/assign/bidan`)
      const names = ['near', 'far', 'wide'] as const
      const at = await Promise.all(
        names.map(async (who) =>
          page.indexOf(
            (
              await world.db
                .selectFrom('people.person')
                .select('name')
                .where('id', '=', world.people[who])
                .executeTakeFirstOrThrow()
            ).name,
          ),
        ),
      )
      assert.ok(at.every((place) => place > 0) && at[0]! < at[1]! && at[1]! < at[2]!)
      assert.match(page, /0 kasus terbuka, 1,6 km, kira-kira 3 menit, wilayah 351020/)
      for (const who of ['seller', 'volunteer', 'other'] as const)
        assert.equal(await world.status(who, `/services/cases/${id}/assign/bidan`), 404, who)
      assert.equal(await world.status('head', `/services/cases/${id}/assign/dokter`), 404)
      assert.ok(!(await world.text('seller', `/services/cases/${id}`)).includes('Penanggung'))
    })

    it('is offered to one by one of two at once, and goes to the next when declined or not answered', async () => {
      const id = await world.open('seller', placed)
      assert.deepEqual(
        (await Promise.all([offer('head', id), offer('head', id)])).map(({ status }) => status).sort(),
        [303, 409],
      )
      assert.deepEqual(await told(id), [['near', null]])
      const notice = await world.text('near', `/services/cases/${id}`)
      assert.ok(notice.includes('Ditawarkan kepada Anda'))
      assert.ok((await world.text('near', '/services/offers')).includes((await world.row(id)).number))
      assert.ok(!(await world.text('far', '/services/offers')).includes('LPS-'))
      assert.equal((await reply('far', id, 'accepted')).status, 404)
      assert.equal((await reply('near', id, 'perhaps')).status, 422)
      assert.deepEqual(
        (await Promise.all([reply('near', id, 'declined'), reply('near', id, 'declined')]))
          .map(({ status }) => status)
          .filter((s) => s === 303).length,
        1,
      )
      assert.deepEqual(await told(id), [
        ['near', 'declined'],
        ['far', null],
      ])
      assert.equal(await passOffers(world.db, new Date(start.getTime() + 59 * minute)), 0)
      world.clock.set(new Date(start.getTime() + 60 * minute))
      assert.equal((await reply('far', id, 'accepted')).status, 409)
      const both = await Promise.all([passOffers(world.db, world.clock.now()), passOffers(world.db, world.clock.now())])
      assert.equal(both[0] + both[1], 1)
      assert.deepEqual(await told(id), [
        ['near', 'declined'],
        ['far', 'timed-out'],
        ['wide', null],
      ])
      assert.equal((await reply('wide', id, 'accepted')).status, 303)
      assert.deepEqual(await holder(id), [['wide', 'assigned']])
      assert.ok((await world.text('wide', '/services/worklist?kasus=saya')).includes((await world.row(id)).number))
      // Nobody is left; by hand, somebody who was asked can be asked again.
      assert.equal((await offer('head', id)).status, 409)
      assert.equal((await offer('head', id, { post: await world.postOf('far') })).status, 303)
      assert.equal((await offer('head', id, { post: await world.postOf('near') })).status, 409)
      assert.equal((await reply('far', id, 'accepted')).status, 303)
      assert.deepEqual(await holder(id), [['far', 'assigned']])
      world.clock.set(start)
    })

    it('passes whoever takes no more, and somebody far away', async () => {
      for (let i = 0; i < 2; i++) {
        const id = await world.open('seller', placed)
        assert.equal((await offer('head', id, { post: await world.postOf('near') })).status, 303)
        assert.equal((await reply('near', id, 'accepted')).status, 303)
      }
      const id = await world.open('seller', placed)
      assert.ok((await world.text('head', `/services/cases/${id}/assign/bidan`)).includes('penuh: 2 dari 2'))
      for (const post of [await world.postOf('near'), await world.postOf('other'), 'x'])
        assert.equal((await offer('head', id, { post })).status, 409)
      assert.equal((await offer('head', id)).status, 303)
      assert.deepEqual(await told(id), [['far', null]])
    })

    it('is nobody’s where several share an area, until one of them moves it', async () => {
      const id = await world.open('seller', placed)
      assert.deepEqual(await holder(id), [])
      assert.equal((await world.move('near', id, 'hubungi', { cara_kontak: 'telepon' })).status, 303)
      assert.deepEqual(await holder(id), [['near', 'taken']])
    })

    it('counts as accepted by whoever moves it, and ends with the case', async () => {
      const id = await world.open('seller', placed)
      assert.equal((await offer('head', id, { post: await world.postOf('far') })).status, 303)
      assert.equal((await world.move('far', id, 'hubungi', { cara_kontak: 'telepon' })).status, 303)
      assert.deepEqual([await told(id), await holder(id)], [[['far', 'accepted']], [['far', 'assigned']]])
      assert.equal((await offer('head', id, { post: await world.postOf('wide') })).status, 303)
      assert.equal((await world.move('far', id, 'catat_bukan_hamil')).status, 303)
      assert.deepEqual(await told(id), [
        ['far', 'accepted'],
        ['wide', 'withdrawn'],
      ])
      assert.equal((await reply('wide', id, 'accepted')).status, 409)
      assert.equal((await offer('head', id)).status, 409)
    })

    it('is taken back from whoever loses the area', async () => {
      const id = await world.open('seller', placed)
      assert.equal((await offer('head', id, { post: await world.postOf('far') })).status, 303)
      const email = await world.emailOf(world.people.other)
      const chief = await world.as(world.admin)
      const sent = await chief.post(`/services/${world.service}/roles/${await world.postOf('far')}/hand-over`, {
        area: '351020',
        email,
      })
      assert.equal(sent.status, 303)
      assert.deepEqual(await told(id), [['far', 'withdrawn']])
      assert.equal((await reply('far', id, 'accepted')).status, 404)
      assert.equal(await world.status('far', `/services/cases/${id}`), 404)
    })

    it('happens by itself on opening where the package says so, and only there', async () => {
      const by = await world.open('seller', placed)
      assert.deepEqual(await told(by), [])
      const held = await world.db.selectFrom('services.release').select(['hash', 'content']).executeTakeFirstOrThrow()
      const pkg = structuredClone(held.content) as Package
      for (const role of pkg.roles) if (role.assign) role.assign.opening = true
      const hash = createHash('sha256').update(JSON.stringify(pkg)).digest()
      await world.db
        .insertInto('services.release')
        .values({ hash, package: pkg.manifest.id, version: '1.0.1', content: JSON.stringify(pkg), added: start })
        .execute()
      await world.db
        .insertInto('services.installation')
        .values({ agency: world.agency, service: world.service, release: hash, at: start })
        .execute()
      await world.db.updateTable('services.service').set({ release: hash }).where('id', '=', world.service).execute()
      const id = await world.open('seller', { ...placed, desa: '3510012001' })
      assert.deepEqual(await told(id), [['other', null]])
      assert.equal((await reply('other', id, 'accepted')).status, 303)
      assert.deepEqual(await holder(id), [['other', 'assigned']])
    })
  })
})
