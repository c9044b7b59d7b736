import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { verifyChain } from '#platform/log.ts'
import { figuresOf, type Story, writeStories } from '#services'
import { aWorld, type World } from '../../../test/world.ts'
import { chanceFrom, day, dayOf, inventedNik } from './chance.ts'
import { banyuwangiFigures, fatesFor, moments, storiesOfChildren } from './children.ts'
import { storiesOfWomen, totalsFor } from './women.ts'

const from = new Date('2026-01-12T00:00:00+07:00')
const until = new Date('2026-11-20T00:00:00+07:00')
const sempu = ['3510202001', '3510202002', '3510202003', '3510202004', '3510202005', '3510202006', '3510202007']
const sellers = Array.from({ length: 10 }, (_, i) => `seller ${i}`)
const women = (n: number, seed?: number) =>
  storiesOfWomen({
    women: n,
    villages: sempu,
    people: { sellers, midwife: 'midwife', head: 'head' },
    from,
    until,
    ...(seed === undefined ? {} : { seed }),
  })
const answers = (story: Story) => (story[0]!.act.answers ?? {}) as Record<string, string>

describe('the demo: invented women', () => {
  const thousand = women(1000)

  it('are a thousand, reported by ten sellers in seven villages; one in five does not agree, and nothing of her is told', () => {
    assert.equal(thousand.length, 1000)
    assert.deepEqual(
      [...Map.groupBy(thousand, (story) => story[0]!.by).values()].map((list) => list.length),
      Array(10).fill(100),
    )
    assert.deepEqual([...new Set(thousand.map((story) => answers(story).desa))].sort(), sempu)
    const refused = thousand.filter((story) => answers(story).izin_ibu === 'tidak')
    assert.equal(refused.length, 200)
    for (const story of refused)
      assert.deepEqual([answers(story).nama_panggilan, answers(story).hp], [undefined, undefined])
  })

  it('are the same for the same seed, others for another, and nothing happens to them after the end', () => {
    assert.deepEqual(women(50), women(50))
    assert.notDeepEqual(women(50), women(50, 7))
    for (const story of thousand) {
      assert.ok(story.every(({ at }) => at >= from.getTime() && at <= until.getTime()))
      assert.ok(story.every(({ at }, i) => i === 0 || at >= story[i - 1]!.at))
    }
  })

  it('have totals in the published proportions, whatever their number', () => {
    const counts = (n: number) => [...Map.groupBy(totalsFor(n), (total) => total)].map(([, list]) => list.length)
    assert.deepEqual(counts(920), [617, 235, 44, 20, 4])
    for (const n of [1, 3, 1000, 1234]) assert.equal(totalsFor(n).length, n)
    assert.deepEqual(counts(1000), [671, 255, 48, 22, 4])
  })

  it('have a NIK of province 99, which there is not', () => {
    assert.equal(inventedNik('3510202001', '1989-03-12', 'p', 0), '9910205203890001')
    assert.equal(inventedNik('3510212001', '2011-01-05', 'l', 41), '9910210501110042')
    const all = thousand.flatMap((story) =>
      story.flatMap(({ act }) => (act.answers?.nik ? [String(act.answers.nik)] : [])),
    )
    assert.ok(all.length > 700 && all.every((nik) => /^991020\d{10}$/.test(nik)))
    assert.equal(new Set(all).size, all.length)
  })
})

describe('the demo: invented children', () => {
  it('are as many as Banyuwangi named, brought back, lost and graduated', () => {
    const fates = fatesFor(banyuwangiFigures.named, chanceFrom(1))
    const n = (is: (fate: (typeof fates)[number]) => boolean) => fates.filter(is).length
    assert.equal(fates.length, 5191)
    assert.equal(
      n(({ end }) => end === 'learns' || end === 'graduates'),
      5093,
    )
    assert.equal(
      n(({ end }) => end === 'refuses' || end === 'later'),
      98,
    )
    assert.equal(
      n(({ end }) => end !== 'refuses'),
      5128,
    )
    assert.equal(
      n(({ end }) => end === 'graduates'),
      2328,
    )
    const relapses = (when: string, level: string) => n((fate) => fate.relapse === when && fate.level === level)
    assert.deepEqual(
      [relapses('before', 'sd'), relapses('wave', 'sd'), relapses('before', 'smp'), relapses('wave', 'smp')],
      [19, 449, 115, 1371],
    )
  })
})

describe('the demo: invented cases go through the whole engine', () => {
  let world: World
  const people: Record<string, string> = {}
  const running: Record<string, string> = {}

  before(async () => {
    world = await aWorld(from)
    const agency = await world.anAgency()
    await world.db.updateTable('people.agency').set({ demo: true }).where('id', '=', agency).execute()
    people.admin = await world.aPerson('local-admin', { agency })
    for (const name of ['seller', 'midwife', 'operator', 'visitor', 'office', 'school'])
      people[name] = await world.aPerson()
    const admin = await world.as(people.admin)
    for (const name of ['laskar-penjaja-sayur', 'garda-ampuh']) {
      const installed = await admin.post(`/services/agencies/${agency}/install/${name}`)
      running[name] = installed.headers.get('location')!.split('/')[2]!
    }
  })
  after(() => world.drop())

  async function publish(service: string, date: string) {
    const admin = await world.as(people.admin)
    const answer = await admin.post(`/services/${service}/figures`, { day: date })
    assert.equal(answer.status, 303, await answer.text())
    const figures = (await figuresOf(world.db, service))!
    assert.equal(figures.day, date)
    return Object.fromEntries(figures.figures.map(({ indicator, whole }) => [indicator, whole.value]))
  }

  it('920 women are 67.1 % green, 30.3 % yellow and 2.6 % red, as published', async () => {
    const service = running['laskar-penjaja-sayur']!
    const end = new Date(from.getTime() + 100 * day)
    const stories = storiesOfWomen({
      women: 920,
      villages: sempu,
      people: { sellers: [people.seller!], midwife: people.midwife!, head: people.midwife! },
      from,
      reportsUntil: new Date(from.getTime() + 60 * day),
      until: end,
      allEnrol: true,
    }).map((story) => story.slice(0, 3))
    world.clock.set(end)
    await writeStories(world.db, service, stories, end)
    const { krr, krt, krst, laporan } = await publish(service, '2026-04-20')
    assert.deepEqual([laporan, krr, krt, krst], [920, 67.1, 30.3, 2.6])
  })
  // All 5,191 with LONG=1 (`npm run test:long`); else some 15 % of each number.
  it('children are found, back by one report and by a later one, graduated and lost again, as counted', async () => {
    const service = running['garda-ampuh']!
    const { db } = world
    const children = process.env.LONG ? banyuwangiFigures.named : 800
    const part = (n: number) => Math.round((n * children) / banyuwangiFigures.named)
    const { rows } = await sql<{
      code: string
    }>`select distinct on (parent) replace(code, '.', '') as code from people.region
      where kind = 'village' and code like '35.10.%' order by parent, code`.execute(db)
    assert.equal(rows.length, 25)
    const stories = storiesOfChildren({
      children,
      villages: rows.map(({ code }) => code),
      people: { operator: people.operator!, visitor: people.visitor!, office: people.office!, school: people.school! },
      from,
      until,
    })
    world.clock.set(until)
    const written = await writeStories(db, service, stories, until)
    assert.equal(written.cases, children)
    const moment = (share: number) => dayOf(from.getTime() + share * (until.getTime() - from.getTime()))
    const first = await publish(service, moment(moments.reported))
    assert.deepEqual([first.ditemukan, first.kembali], [children, part(banyuwangiFigures.back)])
    const later = await publish(service, moment(moments.again))
    assert.deepEqual([later.ditemukan, later.kembali], [children, part(banyuwangiFigures.backLater)])
    const graduated = await sql<{
      n: number
    }>`select count(*)::int as n from services."case" where service = ${service} and state = 'lulus'`.execute(db)
    assert.deepEqual(graduated.rows, [{ n: part(banyuwangiFigures.graduated) }])
    const lost = await sql<{
      level: string
      n: number
    }>`select specific -> 'data' ->> 'jenjang' as level, count(*)::int as n from services."case"
      where service = ${service} and life -> 'history' @> '[{"move": "kambuh"}]' group by 1 order by 1`.execute(db)
    const { before: early, wave } = banyuwangiFigures.relapses
    assert.deepEqual(lost.rows, [
      { level: 'sd', n: part(early.sd) + part(wave.sd) },
      { level: 'smp', n: part(early.smp) + part(wave.smp) },
    ])
    const nameless = await sql<{
      n: number
    }>`select count(*)::int as n from services."case" where service = ${service} and not (specific -> 'data' ? 'nik')`.execute(
      db,
    )
    assert.ok(nameless.rows[0]!.n > children / 4, 'many have no NIK')
    assert.equal((await verifyChain(db)).broken, undefined)
  })
})
