import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { queriesOf } from '#platform/db.ts'
import { aCasesWorld } from '../../../test/cases-world.ts'
import { filesOf, packageOf } from '../../../test/packages.ts'
import { faultsOf, type Stay, within } from './domain/charge.ts'
import { type LedgerLine, ledgerOf, moveCharges } from './store/charge.ts'

const start = new Date('2026-03-02T05:30:00+07:00')
const day = 86_400_000

describe('services: who is in charge', () => {
  let world: Awaited<ReturnType<typeof make>>
  const make = () =>
    aCasesWorld({
      seller: ['laskar', ''],
      first: ['bidan', '351020'],
      second: ['bidan', '3510012001'],
      head: ['kepala_puskesmas', '351020'],
    })
  before(async () => {
    world = await make()
  })
  after(() => world.drop())

  const chief = () => world.as(world.admin)
  const holders = async (id: string, role = 'bidan') =>
    (
      await sql<{ name: string | null; since: Date; until: Date | null; why: string }>`
        select p.person as name, h.since, h.until, h.why from services.charge h left join services.post p on p.id = h.post
        where h."case" = ${id} and h.role = ${role} and (h.until is null or h.until > h.since) order by h.since, h.until nulls last`.execute(
        world.db,
      )
    ).rows.map(({ name, since, until, why }) => ({
      who: (Object.entries(world.people) as [string, string][]).find(([, id]) => id === name)?.[0] ?? null,
      from: (since.getTime() - start.getTime()) / day,
      to: until === null ? null : (until.getTime() - start.getTime()) / day,
      why,
    }))
  const handOver = async (from: 'first' | 'second', to: 'first' | 'second' | 'head', area: string, by = world.admin) =>
    (await world.as(by)).post(`/services/${world.service}/roles/${await world.postOf(from)}/hand-over`, {
      area,
      email: await world.emailOf(world.people[to]),
    })
  const at = (days: number) => world.clock.set(new Date(start.getTime() + days * day))

  it('begins with the case, by the smallest area that holds it, or with nobody', async () => {
    const here = await world.open('seller')
    const nowhere = await world.open('seller', { desa: '3510042001' })
    assert.deepEqual(await holders(here), [{ who: 'first', from: 0, to: null, why: 'opened' }])
    assert.deepEqual(await holders(here, 'laskar'), [])
    assert.deepEqual(await holders(nowhere), [{ who: null, from: 0, to: null, why: 'opened' }])
    at(1)
    const email = await world.emailOf(world.people.second)
    const give = { email, role: 'bidan', area: '351004' }
    assert.equal((await (await chief()).post(`/services/${world.service}/roles`, give)).status, 303)
    assert.deepEqual(await holders(nowhere), [
      { who: null, from: 0, to: 1, why: 'opened' },
      { who: 'second', from: 1, to: null, why: 'role-given' },
    ])
    at(0)
  })

  it('goes with an area to another: at once, in one event, and the old holder knows of it no more', async () => {
    at(2)
    const [one, other] = [await world.open('seller'), await world.open('seller', { desa: '3510202002' })]
    at(3)
    for (const [to, area, status] of [
      ['second', '351001', 409],
      ['second', 'Sempu', 422],
      ['first', '351020', 409],
    ] as const)
      assert.equal((await handOver('first', to, area)).status, status, area)
    const elsewhere = await world.aPerson('local-admin', { agency: await world.anAgency() })
    assert.equal((await handOver('first', 'second', '3510202001', elsewhere)).status, 403)
    assert.equal((await handOver('first', 'second', '3510202001', world.people.first)).status, 403)

    const both = await Promise.all([
      handOver('first', 'second', '3510202001'),
      handOver('first', 'second', '3510202001'),
    ])
    assert.deepEqual(both.map(({ status }) => status).sort(), [303, 409])
    assert.deepEqual(await holders(one), [
      { who: 'first', from: 2, to: 3, why: 'opened' },
      { who: 'second', from: 3, to: null, why: 'handed-over' },
    ])
    assert.deepEqual(await holders(other), [{ who: 'first', from: 2, to: null, why: 'opened' }])
    assert.deepEqual(
      [await world.status('first', `/services/cases/${one}`), await world.status('second', `/services/cases/${one}`)],
      [404, 200],
    )
    assert.equal(await world.status('first', `/services/cases/${other}`), 200)
    assert.equal((await world.move('first', one, 'hubungi', { cara_kontak: 'telepon' })).status, 404)
    const { rows } = await sql<{
      cases: number
    }>`select (particulars ->> 'cases')::int as cases from log.event where name = 'services.area-handed-over'`.execute(
      world.db,
    )
    assert.deepEqual(rows, [{ cases: 2 }])
    const list = await world.text('second', '/services/taken-over')
    assert.deepEqual([...new Set(list.match(/LPS-\d{8}/g))].length, 2)
    assert.ok(list.includes((await world.row(one)).number))
    assert.ok(!(await world.text('first', '/services/taken-over')).includes('LPS-'))
    const lists = [await world.text('first', '/services/worklist'), await world.text('second', '/services/worklist')]
    const number = (await world.row(one)).number
    assert.deepEqual(
      lists.map((text) => text.includes(number)),
      [false, true],
    )
    // What is opened there from now on is the new holder's.
    assert.equal((await holders(await world.open('seller')))[0]!.who, 'second')
  })

  it('comes back the same way, and goes on with the rest of the area', async () => {
    at(4)
    const one = await world.open('seller')
    const village = await world.db
      .selectFrom('services.post')
      .select('id')
      .where('area', '=', '3510202001')
      .where('ended', 'is', null)
      .executeTakeFirstOrThrow()
    const back = await (await chief()).post(`/services/${world.service}/roles/${village.id}/hand-over`, {
      area: '3510202001',
      email: await world.emailOf(world.people.first),
    })
    assert.equal(back.status, 303)
    assert.equal(await world.status('second', `/services/cases/${one}`), 404)
    assert.equal(await world.status('first', `/services/cases/${one}`), 200)
    assert.equal((await holders(one)).at(-1)!.who, 'first')
  })

  it('follows a person who moves, and ends with the case', async () => {
    at(5)
    const id = await world.open('seller')
    await world.move('first', id, 'hubungi', { cara_kontak: 'telepon' })
    at(6)
    // No form of this package asks the village again; the ledger is the same for one that does.
    const pkg = packageOf(filesOf('laskar-penjaja-sayur'))
    const of = { agency: world.agency, service: world.service, id, pkg }
    await world.db.transaction().execute(async (tx) => {
      await tx.updateTable('services.case').set({ area: '3510202002' }).where('id', '=', id).execute()
      await moveCharges(tx, of, '3510202002', world.clock.now())
    })
    assert.deepEqual(
      (await holders(id)).map(({ who, why }) => [who, why]),
      [
        ['first', 'opened'],
        ['first', 'moved'],
      ],
    )
    await world.db.transaction().execute(async (tx) => {
      await tx.updateTable('services.case').set({ area: '3510042001' }).where('id', '=', id).execute()
      await moveCharges(tx, of, '3510042001', new Date(world.clock.now().getTime() + day))
    })
    assert.equal((await holders(id)).at(-1)!.who, 'second')
    at(8)
    await world.db.updateTable('services.case').set({ area: '3510202001' }).where('id', '=', id).execute()
    assert.equal((await world.move('first', id, 'catat_bukan_hamil')).status, 303)
    const all = await holders(id)
    assert.equal(all.at(-1)!.to, 8)
  })

  it('goes to whoever else works there when a role ends', async () => {
    at(9)
    const id = await world.open('seller')
    const end = async (post: string) => (await chief()).post(`/services/${world.service}/roles/${post}/end`)
    assert.equal((await end(await world.postOf('head'))).status, 303)
    assert.deepEqual(
      (await holders(id, 'kepala_puskesmas')).map(({ who }) => who),
      [],
    )
    assert.equal((await holders(id)).at(-1)!.who, 'first')
  })

  it('is counted for a period so that the days add up to those of the cases', async () => {
    at(12)
    const count = async (from: number, to: number) =>
      ledgerOf(world.db, world.service, new Date(start.getTime() + from * day), new Date(start.getTime() + to * day))
    const { rows: cases } = await sql<{
      since: Date
      until: Date | null
    }>`select c.opened as since, c.closed as until from services."case" c where c.part_of is null`.execute(world.db)
    for (const [from, to] of [
      [0, 12],
      [2, 4],
      [3.5, 3.75],
      [20, 30],
    ] as const) {
      const lines = await count(from, to)
      const wanted = cases.reduce(
        (sum, { since, until }) =>
          sum +
          within(
            { since: since.getTime(), until: until?.getTime() ?? null },
            start.getTime() + from * day,
            start.getTime() + to * day,
          ) /
            day,
        0,
      )
      const got = lines.filter(({ role }) => role === 'bidan').reduce((sum, { days }) => sum + days, 0)
      assert.ok(Math.abs(got - wanted) < 1e-6, `${from}–${to}: ${got} days of ${wanted}`)
    }
    const of = (lines: LedgerLine[], person: string) =>
      lines.find((line) => line.role === 'bidan' && line.person === person)
    const line = of(await count(2, 4), world.people.first)!
    assert.deepEqual([line.cases, line.begun, line.passed, line.closed], [3, 2, 2, 0])
    const page = await (await chief()).get(`/services/${world.service}/ledger?dari=2026-03-02&sampai=2026-03-10`)
    assert.equal(page.status, 200)
    assert.equal(
      (await (await chief()).get(`/services/${world.service}/ledger?dari=2026-03-09&sampai=2026-03-02`)).status,
      422,
    )
    for (const who of ['first', 'seller'] as const)
      assert.equal(await world.status(who, `/services/${world.service}/ledger`), 403)
    const queries = await queriesOf(async () => (await chief()).get(`/services/${world.service}/ledger`))
    assert.ok(queries.length < 12, String(queries.length))
  })

  it('says how much a post takes and where it is', async () => {
    const post = `/services/${world.service}/roles/${await world.postOf('first')}`
    const set = async (form: Record<string, string>) => (await (await chief()).post(post, form)).status
    assert.equal(await set({ capacity: '12', lat: '-8,325', lon: '114.138' }), 303)
    assert.deepEqual(
      [
        await set({ capacity: 'x' }),
        await set({ lat: '-8' }),
        await set({ capacity: '-1' }),
        await set({ lat: '91', lon: '0' }),
      ],
      [422, 422, 422, 422],
    )
    const page = await (await (await chief()).get(post)).text()
    assert.ok(page.includes('value="-8,325"') && page.includes('value="12"'))
    assert.equal(await world.status('first', post), 403)
  })

  it('finds every overlap and every gap', () => {
    const times = fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 8 })
    fc.assert(
      fc.property(times, fc.nat(), (list, n) => {
        const points = list.sort((a, b) => a - b)
        const stays: Stay[] = points.map((since, i) => ({ holder: null, since, until: points[i + 1] ?? null }))
        assert.deepEqual(faultsOf(stays), [])
        const i = n % (stays.length - 1)
        const spoilt = (until: number | null) => stays.map((stay, j) => (j === i ? { ...stay, until } : stay))
        assert.deepEqual(faultsOf(spoilt(null)), ['overlap'])
        assert.deepEqual(faultsOf(spoilt(points[i + 1]! - 0.5)), ['gap'])
        assert.equal(
          stays.reduce((sum, stay) => sum + within(stay, 0, 2000), 0),
          2000 - points[0]!,
        )
      }),
    )
  })
})
