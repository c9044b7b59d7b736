import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { parse } from 'csv-parse/sync'
import readXlsxFile from 'read-excel-file/node'
import { queriesOf } from '#platform/db.ts'
import { aWorld, type World } from '../../../../test/world.ts'
import { shippedRounds } from '../domain/shipped-rounds.ts'

const rules = shippedRounds().find(({ year }) => year === 2021)!

describe('competition: dashboards', () => {
  let world: World
  let round: string
  let east: string
  let eastUnit: string
  let west: string
  let westUnit: string
  let secretary: string
  let admin: string
  before(async () => {
    world = await aWorld(new Date('2021-04-25T02:00:00Z'))
    round = await world.aRound(rules)
    east = await world.anAgency({ name: 'Pemerintah Kota Jayapura', kind: 'city', region: '91.71' })
    west = await world.anAgency({ name: 'Pemerintah Kabupaten Banyuwangi', region: '35.10' })
    eastUnit = await world.aUnit(east, 'Puskesmas Timur')
    westUnit = await world.aUnit(west, 'Puskesmas Barat')
    secretary = await world.aPerson('national-admin')
    admin = await world.aPerson('local-admin', { agency: east })
    const at = new Date('2021-04-20T03:00:00Z')
    const of = { agency: east, unit: eastUnit, round }
    await world.aProposal(of, { title: 'Konsep Rahasia Timur', at })
    await world.aProposal(of, { title: 'Di Admin Timur', state: 'with-local-admin', at })
    await world.aProposal(of, { title: '=HYPERLINK("http://jahat")', state: 'submitted', at })
    await world.aProposal(of, { title: 'Gagal Timur', state: 'failed', at })
    const other = { agency: west, unit: westUnit, round }
    await world.aProposal(other, { title: 'Konsep Rahasia Barat', at })
    await world.aProposal(other, { title: 'Lolos Barat', state: 'passed', group: 'replikasi', at })
  })
  after(() => world.drop())

  const national = (ending: string) => `/competition/rounds/${round}/${ending}`
  const rowsOf = async (response: Response) =>
    parse(await response.text(), { bom: true, columns: true }) as Record<string, string>[]

  it('shows the secretariat every state, and no title of a draft', async () => {
    const reader = await world.as(secretary)
    const text = await (await reader.get(national('dashboard'))).text()
    assert.match(text, /<span class="value">2<\/span> Konsep di UPP/)
    assert.match(text, /<span class="value">1<\/span> Di admin lokal/)
    assert.match(text, /<span class="value">1<\/span> Lolos/)
    assert.match(text, /Pengajuan ditutup 30 April 2021/)
    const list = await (await reader.get(national('proposals'))).text()
    const csv = await (await reader.get(national('proposals.csv'))).text()
    const searched = await (await reader.get(national('proposals?q=Rahasia'))).text()
    for (const page of [text, list, csv, searched]) assert.doesNotMatch(page, /Rahasia (?:Timur|Barat)|Di Admin Timur/)
    assert.match(list, /Lolos Barat/)
    assert.match(searched, /Tidak ada proposal dengan saringan ini/)
  })

  it('keeps its filters: the list, the file and the number on the dashboard are the same rows', async () => {
    const reader = await world.as(secretary)
    const cases: [query: string, expected: number][] = [
      ['', 6],
      ['?state=drafts', 3],
      ['?state=submitted-all', 3],
      ['?state=with-local-admin', 1],
      ['?kind=city', 4],
      ['?province=35', 2],
      ['?province=pusat', 0],
      ['?group=replikasi', 1],
      ['?category=kesehatan', 6],
      ['?category=-', 0],
      ['?day=2021-04-20', 6],
      ['?day=2021-04-21', 0],
      ['?risk=high', 3],
      ['?risk=low', 0],
      ['?q=banyuwangi', 2],
      ['?q=%25', 0],
      ['?state=ngawur&kind=ngawur&hal=-4', 6],
    ]
    for (const [query, expected] of cases) {
      const text = await (await reader.get(national(`proposals${query}`))).text()
      assert.match(text, new RegExp(`class="lead">${expected} proposal menurut`), query)
      const file = await reader.get(national(`proposals.csv${query}`))
      assert.equal(file.headers.get('content-type'), 'text/csv; charset=utf-8')
      assert.equal((await rowsOf(file)).length, expected, query)
    }
  })

  it('gives files in which no title runs as a formula', async () => {
    const reader = await world.as(secretary)
    const rows = await rowsOf(await reader.get(national('proposals.csv?state=submitted')))
    assert.equal(rows[0]!.Proposal, '\'=HYPERLINK("http://jahat")')
    const file = await reader.get(national('proposals.xlsx?state=submitted'))
    assert.match(file.headers.get('content-disposition')!, /^attachment; filename="proposal-2021-\d+\.xlsx"$/)
    const [sheet] = await readXlsxFile(Buffer.from(await file.arrayBuffer()))
    assert.deepEqual(sheet!.data[1]!.slice(1, 4), [
      '\'=HYPERLINK("http://jahat")',
      'Pemerintah Kota Jayapura',
      'Puskesmas Timur',
    ])
  })

  it('shows a local admin the own agency with its titles and nothing of another', async () => {
    const local = await world.as(admin)
    const pages = [
      '/competition/dashboard',
      '/competition/dashboard/proposals',
      '/competition/dashboard/proposals.csv',
      `/competition/dashboard/proposals?unit=${westUnit}&q=Barat`,
    ]
    for (const path of pages) {
      const response = await local.get(path)
      assert.equal(response.status, 200)
      assert.doesNotMatch(await response.text(), /Rahasia Barat|Lolos Barat|Banyuwangi|Puskesmas Barat/)
    }
    const text = await (await local.get('/competition/dashboard')).text()
    assert.match(text, /Konsep Rahasia Timur/)
    assert.match(text, /<span class="value">1<\/span> Tidak lolos/)
    assert.equal((await rowsOf(await local.get('/competition/dashboard/proposals.csv'))).length, 4)
  })

  it('opens to nobody else', async () => {
    const nationalPaths = ['dashboard', 'proposals', 'proposals.csv', 'proposals.xlsx'].map(national)
    const agencyPaths = ['', '/proposals', '/proposals.csv', '/proposals.xlsx'].map(
      (end) => `/competition/dashboard${end}`,
    )
    const strangers = [
      await world.aPerson(),
      await world.aPerson('unit', { agency: east, unit: eastUnit }),
      await world.aPerson('evaluator'),
      await world.aPerson('panel'),
    ]
    for (const person of strangers)
      for (const path of [...nationalPaths, ...agencyPaths])
        assert.equal((await (await world.as(person)).get(path)).status, 404)
    for (const path of nationalPaths) {
      assert.equal((await (await world.as(admin)).get(path)).status, 404)
      // Asked for the second factor first, or not found: never the page.
      assert.notEqual((await (await world.as(secretary, { secondFactor: false })).get(path)).status, 200)
      assert.equal((await (await world.as()).get(path)).status, 303)
    }
    for (const path of agencyPaths) assert.equal((await (await world.as(secretary)).get(path)).status, 404)
    const foreign = await world.aRound(rules)
    assert.equal((await (await world.as(admin)).get(`/competition/dashboard?round=${foreign}`)).status, 404)
    assert.equal((await (await world.as(admin)).get('/competition/dashboard?round=ngawur')).status, 404)
    const idle = await world.aPerson('deputy', { agency: await world.anAgency() })
    assert.match(
      await (await (await world.as(idle)).get('/competition/dashboard')).text(),
      /Belum ada proposal dari instansi Anda/,
    )
  })

  it('asks the database the same for one proposal and for three', async () => {
    const counts: number[][] = []
    for (const n of [1, 3]) {
      const own = await world.aRound(rules)
      for (let i = 0; i < n; i++)
        await world.aProposal({ agency: east, unit: eastUnit, round: own }, { title: `H${n}${i}` })
      const paths = ['dashboard', 'proposals', 'proposals.csv'].map((ending) => `/competition/rounds/${own}/${ending}`)
      const reader = await world.as(secretary)
      await reader.get(paths[0]!)
      const asked: number[] = []
      for (const path of paths)
        asked.push(
          (
            await queriesOf(async () => {
              await (await reader.get(path)).text()
            })
          ).length,
        )
      counts.push(asked)
    }
    assert.deepEqual(counts[0], counts[1])
  })

  it('says nothing to the public of how an entry fared', async () => {
    const { number } = await world.db
      .selectFrom('competition.submission as s')
      .innerJoin('competition.proposal as p', 'p.id', 's.proposal')
      .select('s.number')
      .where('p.state', '=', 'failed')
      .executeTakeFirstOrThrow()
    const receipt = await (await world.as()).get(`/competition/receipts/${number}`)
    assert.equal(receipt.status, 200)
    assert.doesNotMatch(await receipt.text(), /Tidak lolos/i)
    assert.match(await (await (await world.as(admin)).get(`/competition/receipts/${number}`)).text(), /Tidak lolos/i)
  })
})
