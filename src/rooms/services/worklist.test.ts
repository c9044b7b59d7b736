import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { queriesOf } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { aCasesWorld } from '../../../test/cases-world.ts'
import { filesOf, packageOf } from '../../../test/packages.ts'
import { keepAnswers } from './domain/bulk.ts'
import { blank } from './domain/case.ts'
import { type Reach, type Wanted, worklistQuery } from './store/worklist.ts'

const hour = 3_600_000

describe('services: the worklist', () => {
  let world: Awaited<ReturnType<typeof make>>
  const make = () =>
    aCasesWorld({
      seller: ['laskar', ''],
      midwife: ['bidan', '351020'],
      villageMidwife: ['bidan', '3510202002'],
      farMidwife: ['bidan', '351001'],
      all: ['bidan', ''],
    })
  before(async () => {
    world = await make()
  })
  after(() => world.drop())

  const cases: string[] = []
  const start = new Date('2026-03-02T05:30:00+07:00').getTime()
  const numbersOn = async (by: 'midwife' | 'seller' | 'villageMidwife' | 'farMidwife' | 'all', query = '') => [
    ...new Set((await world.text(by, `/services/worklist${query}`)).match(/LPS-\d{8}/g)),
  ]
  const numberOf = async (id: string) => (await world.row(id)).number

  it('shows the most urgent first, page by page, each case once', async () => {
    for (let i = 0; i < 64; i++) {
      world.clock.set(new Date(start + (i % 16) * hour))
      cases.push(
        await world.open('seller', { desa: i % 2 ? '3510202001' : '3510202002', rt: String(i).padStart(3, '0') }),
      )
    }
    const { rows } = await sql<{ number: string }>`select number from services."case" order by due, id`.execute(
      world.db,
    )
    for (const who of ['midwife', 'seller', 'all'] as const) {
      const seen: string[] = []
      let path = '/services/worklist'
      for (let i = 0; i < 5 && path; i++) {
        const page = await world.text(who, path)
        seen.push(...new Set(page.match(/LPS-\d{8}/g)))
        path = /href="([^"]*sesudah=[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? ''
      }
      assert.deepEqual(
        seen,
        rows.map(({ number }) => number),
        who,
      )
    }
    assert.equal((await numbersOn('villageMidwife')).length, 30)
    assert.deepEqual(await numbersOn('farMidwife'), [])
    assert.equal((await numbersOn('midwife', '?sesudah=salah')).length, 30)
  })

  it('keeps its filters in the address', async () => {
    world.clock.set(new Date(start + 20 * hour))
    assert.equal((await world.move('midwife', cases[1]!, 'hubungi', { cara_kontak: 'telepon' })).status, 303)
    const contacted = await numberOf(cases[1]!)
    assert.deepEqual(await numbersOn('midwife', '?keadaan=kehamilan.dihubungi'), [contacted])
    assert.deepEqual(await numbersOn('midwife', '?keadaan=kehamilan.dihubungi&wilayah=35.10.20.2002'), [])
    assert.deepEqual(
      await numbersOn('all', `?layanan=${world.service}&keadaan=kehamilan.dihubungi&wilayah=3510202001`),
      [contacted],
    )
    assert.deepEqual(await numbersOn('villageMidwife', '?wilayah=3510202001'), [])
    assert.deepEqual(await numbersOn('midwife', '?kasus=lewat'), [])
    world.clock.set(new Date(start + 58 * hour))
    assert.equal((await numbersOn('midwife', '?kasus=lewat')).length, 4)
    world.clock.set(new Date(start + 20 * hour))
    // A seller is told neither the states inside nor who is in charge.
    const own = await world.text('seller', '/services/worklist')
    assert.ok(!/kehamilan\.|Ditugaskan|bulk|Penanggung/.test(own))
    const none = await world.text('midwife', '?keadaan=x.y'.replace(/^/, '/services/worklist'))
    assert.ok(none.includes('Hapus saringan'))
  })

  const bulk = (ids: readonly string[], move: string) =>
    new URLSearchParams([...ids.map((id) => ['case', id]), ['move', `${world.service}.kehamilan.${move}`]]).toString()
  const carryOut = async (
    by: 'midwife' | 'seller',
    ids: readonly string[],
    move: string,
    more: Record<string, string> = {},
  ) =>
    (await world.as(world.people[by])).post('/services/worklist/moves', {
      'case[]': ids,
      move: `${world.service}.kehamilan.${move}`,
      ...more,
    })
  const statesOf = async (ids: readonly string[]) => Promise.all(ids.map(async (id) => (await world.row(id)).state))

  it('shows what a move would do to each of several cases before anything changes', async () => {
    const offered = await world.text('midwife', '/services/worklist')
    assert.ok(offered.includes('.kehamilan.catat_bukan_hamil"') && !offered.includes('.kehamilan.daftar"'))
    const some = [cases[1]!, cases[2]!, cases[3]!]
    const preview = await world.text('midwife', `/services/worklist/moves?${bulk(some, 'catat_bukan_hamil')}`)
    assert.equal(preview.match(/menjadi Bukan hamil/g)?.length, 3)
    assert.ok(preview.includes('Jalankan untuk 3 kasus'))
    const asks = await world.text('midwife', `/services/worklist/moves?${bulk(some, 'hubungi')}`)
    assert.ok(asks.includes('Jalankan untuk 2 kasus') && asks.includes('name="cara_kontak"'))
    assert.deepEqual(await statesOf(some), ['dihubungi', 'ditugaskan', 'ditugaskan'])
    const foreign = await world.text('farMidwife', `/services/worklist/moves?${bulk(some, 'catat_bukan_hamil')}`)
    assert.ok(!foreign.includes('LPS-'))
    for (const query of ['', bulk([], 'hubungi'), bulk(some, 'daftar'), bulk(some, 'raja'), 'case=x&move=y'])
      assert.equal(await world.status('midwife', `/services/worklist/moves?${query}`), 422, query)
    const many = Array.from({ length: 101 }, () => newId())
    assert.equal(await world.status('midwife', `/services/worklist/moves?${bulk(many, 'hubungi')}`), 422)
  })

  it('moves those that can be moved, and says of each what became of it', async () => {
    const some = [cases[1]!, cases[4]!, cases[5]!, newId()]
    const report = await (await carryOut('midwife', some, 'hubungi', { cara_kontak: 'telepon' })).text()
    assert.ok(report.includes('2 dari 4 kasus dipindahkan'))
    assert.ok(report.includes('Kasus sudah berpindah') && report.includes('tidak ada lagi dalam peran Anda'))
    assert.deepEqual(await statesOf(some.slice(0, 3)), ['dihubungi', 'dihubungi', 'dihubungi'])
    const wrong = await (await carryOut('midwife', [cases[6]!], 'hubungi')).text()
    assert.ok(wrong.includes('0 dari 1') && wrong.includes('buka kasusnya'))
    // The seller may not make it, and nobody may for a case of which she does not know.
    await carryOut('seller', [cases[6]!], 'hubungi', { cara_kontak: 'telepon' })
    assert.deepEqual(await statesOf([cases[6]!]), ['ditugaskan'])
    const tasks = await world.db
      .selectFrom('services.task')
      .select('id')
      .where('case', 'in', some.slice(0, 3))
      .where('done', 'is', null)
      .execute()
    assert.deepEqual(tasks, [])
  })

  it('asks for the reason that is asked of each, once', async () => {
    const some = [cases[4]!, cases[5]!]
    assert.equal((await carryOut('midwife', some, 'tolak')).status, 422)
    assert.ok((await (await carryOut('midwife', some, 'tolak', { reason: 'takut' })).text()).includes('2 dari 2'))
    assert.deepEqual(await statesOf(some), ['menolak', 'menolak'])
  })

  it('lets a shared answer take nothing back that a case holds already', () => {
    const pkg = packageOf(filesOf('laskar-penjaja-sayur'))
    const it = {
      ...blank('LPS-1', 'kehamilan', 0),
      data: { cara_kontak: 'telepon', catatan_kontak: 'Sudah janji', rt: '001' },
    }
    assert.deepEqual(keepAnswers(pkg, it, 'kontak', { cara_kontak: 'kunjungan', catatan_kontak: '' }), {
      cara_kontak: 'kunjungan',
      catatan_kontak: 'Sudah janji',
    })
    assert.deepEqual(keepAnswers(pkg, it, undefined, {}), {})
  })

  it('acts once for a double click, and once for two people', async () => {
    const some = cases.slice(8, 12)
    const once = newId()
    const click = () => carryOut('midwife', some, 'hubungi', { cara_kontak: 'telepon', once })
    const pages = await Promise.all([click(), click()])
    for (const page of pages) assert.ok((await page.text()).includes('4 dari 4'))
    const others = cases.slice(12, 16)
    const both = await Promise.all([1, 2].map(() => carryOut('midwife', others, 'hubungi', { cara_kontak: 'telepon' })))
    const counts = await Promise.all(both.map(async (page) => /(\d) dari 4/.exec(await page.text())![1]))
    assert.deepEqual(counts.sort(), ['0', '4'])
    const { rows } = await sql<{ n: string }>`select count(*) as n from log.event where name = 'services.case-moved'
      and particulars ->> 'move' = 'hubungi' and subject = any(${[...some, ...others]})`.execute(world.db)
    assert.equal(rows[0]!.n, '8')
  })

  it('previews in a fixed number of queries', async () => {
    const midwife = await world.as(world.people.midwife)
    const count = async (n: number) =>
      (
        await queriesOf(() =>
          midwife.get(`/services/worklist/moves?${bulk(cases.slice(20, 20 + n), 'catat_bukan_hamil')}`),
        )
      ).length
    await count(1)
    assert.equal(await count(1), await count(3))
  })

  it('reads no more of 12,000 cases than a page, by an index, whoever asks and for whatever', async () => {
    await sql`insert into services."case" (agency, id, service, release, number, flow, state, area, opened_as, opened_by, opened, due, life)
      select c.agency, gen_random_uuid(), c.service, c.release, 'X-' || n, 'kehamilan', (array['ditugaskan', 'dihubungi'])[1 + n % 2],
        '3510' || lpad((1 + n % 25)::text, 2, '0') || '20' || lpad((1 + n % 9)::text, 2, '0'), 'laskar', null, c.opened,
        case when n % 7 = 0 then null else c.opened + n * interval '1 minute' end, c.life || '{"history": [{"to": "ditugaskan"}]}'
      from services."case" c, generate_series(1, 12000) n where c.id = ${cases[20]!}`.execute(world.db)
    await sql`analyze services."case"`.execute(world.db)
    type Node = {
      'Node Type': string
      'Relation Name'?: string
      'Actual Rows': number
      'Actual Loops': number
      'Rows Removed by Filter'?: number
      Plans?: Node[]
    }
    const nodes = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodes)]
    const plan = async (reach: Partial<Reach>, wanted: Wanted = {}, after?: { due: Date | null; id: string }) => {
      const reaches = [
        { service: world.service, own: false, area: '', except: [], flows: ['kehamilan', 'rujukan_darurat'], ...reach },
      ]
      const query = worklistQuery(world.people.seller, reaches, wanted, { after, limit: 31 })
      const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: Node }] }>`explain (analyze, format json) ${query}`.execute(
        world.db,
      )
      const all = nodes(rows[0]!['QUERY PLAN'][0].Plan).filter((node) => node['Relation Name'] === 'case')
      const read = all.reduce(
        (sum, node) => sum + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
        0,
      )
      return { seq: all.some((node) => node['Node Type'] === 'Seq Scan'), read: Math.round(read) }
    }
    const middle = { due: new Date(start + 9 * 24 * hour), id: newId() }
    const asked: [string, Partial<Reach>, Wanted?][] = [
      ['a village', { area: '3510202001' }],
      ['a district', { area: '351020' }],
      ['a whole agency', { area: '' }],
      ['own cases', { own: true }],
      ['a state of a district', { area: '351020' }, { state: 'dihubungi' }],
      ['a state of an agency', { area: '' }, { state: 'dihubungi' }],
      ['what is late', { area: '351020' }, { late: new Date(start) }],
      ['a district without a village', { area: '351020', except: ['3510202001'] }],
      ['what somebody is in charge of', { area: '351020' }, { posts: [newId()] }],
    ]
    for (const [title, reach, wanted] of asked)
      for (const after of [undefined, middle]) {
        const { seq, read } = await plan(reach, wanted, after)
        assert.equal(seq, false, `${title}: reads the whole table`)
        assert.ok(read < 1500, `${title}: ${read} rows are read for a page of 30`)
      }
    await sql`delete from services."case" where number like 'X-%'`.execute(world.db)
  })
})
