import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { type Content, questionsFor, type Rules, shippedRounds } from '#competition'
import { newId } from '#platform/ids.ts'
import { countNightly } from '../src/rooms/services/actions/figures.ts'
import { readPdf } from './pdf-text.ts'
import { aWorld, type World } from './world.ts'

/** The round of 2021 as if it were held in 2026. */
const rules = JSON.parse(
  JSON.stringify(shippedRounds().find((round) => round.key === '2021')).replaceAll('2021-', '2026-'),
) as Rules
rules.calendar.opens = '2026-03-01T00:00:00+07:00'
rules.calendar.submissionCloses = '2026-06-30T23:59:59+07:00'

const report = {
  rt: '003',
  izin_ibu: 'ya_data_saja',
  nama_panggilan: 'Sari',
  hp: '081234567890',
  kira_umur: '27',
  sudah_periksa: 'tidak',
  'tanda[]': ['pucat'],
  'tanda_bahaya[]': ['tidak_ada'],
}

describe('the house: a proposal shows what its service shows', () => {
  let world: World
  let round: string
  let agency: string
  let unit: string
  let service: string
  let proposal: string
  const people = {} as Record<'admin' | 'writer' | 'colleague' | 'seller', string>
  const indicators = { small: '', large: '' }

  before(async () => {
    world = await aWorld(new Date('2026-03-02T05:30:00+07:00'))
    round = await world.aRound(rules, { key: '2026' })
    agency = await world.anAgency()
    unit = await world.aUnit(agency)
    people.admin = await world.aPerson('local-admin', { agency })
    people.writer = await world.aPerson('unit', { agency, unit })
    people.colleague = await world.aPerson('unit', { agency, unit: await world.aUnit(agency) })
    people.seller = await world.aPerson()
    service = await aService(agency, people.admin)
    // Two of nine: a share that is hidden.
    await reports(7)
    await reports(2, service, 'ya')
    await night('2026-04-01T00:20:00+07:00')
    proposal = await ready()
  })
  after(() => world.drop())

  async function aService(of: string, admin: string) {
    const as = await world.as(admin)
    const installed = await as.post(`/services/agencies/${of}/install/laskar-penjaja-sayur`)
    const id = installed.headers.get('location')!.split('/')[2]!
    const { email } = await world.db
      .selectFrom('people.person')
      .select('email')
      .where('id', '=', people.seller)
      .executeTakeFirstOrThrow()
    assert.equal((await as.post(`/services/${id}/roles`, { email, role: 'laskar', area: '' })).status, 303)
    return id
  }
  async function reports(n: number, at = service, checked = 'tidak') {
    const seller = await world.as(people.seller)
    for (let i = 0; i < n; i++)
      assert.equal(
        (await seller.post(`/services/${at}/open`, { ...report, desa: '3510202001', sudah_periksa: checked })).status,
        303,
      )
  }
  const night = async (time: string) => {
    world.clock.set(new Date(time))
    await countNightly(world.db, world.clock.now())
  }

  /** A draft with which nothing is wrong. */
  async function ready() {
    const questions = questionsFor(rules, 'umum')
    const reached = { email: 'wati@contoh.go.id', telephone: '0812-3456-7890' }
    const answers = Object.fromEntries(
      questions.flatMap(({ key, kind, format, choices }) => {
        const texts = {
          text: format ? reached[format] : Array.from({ length: 40 }, (_, i) => `${key}${i}`).join(' '),
          tick: 'ya',
          choice: choices[0]?.key ?? '',
          link: 'https://youtu.be/contoh',
          date: '2019-01-01',
          number: '7',
          file: '',
        }
        return kind === 'file' ? [] : [[key, texts[kind]]]
      }),
    )
    const options = { group: 'umum', category: rules.categories[0]!.key, started: '2014-01-01', answers }
    const id = await world.aProposal({ agency, unit, round }, options)
    for (const { key, evidence } of questions.filter((each) => each.evidence?.required)) {
      const [file, done] = [newId(), new Date()]
      const row = { id: file, name: 'bukti.pdf', type: 'application/pdf', size: '10', got: '10', done }
      await world.db
        .insertInto('log.file')
        .values({ ...row, sha256: Buffer.alloc(32) })
        .execute()
      const kind = evidence!.accept[0]!
      const where = kind === 'link' ? { link: 'https://a.id' } : { file }
      const item = { agency, id: newId(), proposal: id, question: key, kind, label: 'bukti.pdf', at: done, ...where }
      await world.db.insertInto('competition.evidence').values(item).execute()
    }
    return id
  }
  const path = () => `/competition/proposals/${proposal}`
  const text = async (address: string, person?: string, lang: 'id' | 'en' = 'id') => {
    const answer = await (await world.as(person, { lang })).get(address)
    assert.equal(answer.status, 200, address)
    return answer.text()
  }
  const choose = async (chosen: string[], from = '', person = people.writer) =>
    (await world.as(person)).post(`${path()}/figures`, { 'chosen[]': chosen, from })

  it('offers the figures that the own services have published, in both languages, and hidden ones as hidden', async () => {
    const page = await text(`${path()}/figures`, people.writer)
    const names = [...page.matchAll(/value="([0-9a-f-]{36}:[a-z0-9_]+)"/g)].map(([, name]) => name!)
    assert.ok(names.length >= 3 && names.every((name) => name.startsWith(service)))
    indicators.large = names.find((name) => name.endsWith(':laporan'))!
    const hidden = page.split('<label').find((label) => label.includes('disembunyikan'))
    indicators.small = /value="([^"]+)"/.exec(hidden ?? '')?.[1] ?? ''
    assert.notEqual(indicators.small, '')
    assert.match(await text(`${path()}/figures`, people.writer, 'en'), /Figures of running services/)
  })

  it('lets the unit choose, and nobody else; never a service of another agency', async () => {
    for (const [person, status] of [
      [people.admin, 403],
      [people.colleague, 404],
      [undefined, 303],
    ] as const) {
      const who = await world.as(person)
      assert.equal((await who.get(`${path()}/figures`)).status, status)
      const sent = await who.post(`${path()}/figures`, { 'chosen[]': [indicators.large], from: '' })
      assert.equal(sent.status, status)
    }
    const other = await world.anAgency()
    const theirs = await aService(other, await world.aPerson('local-admin', { agency: other }))
    await reports(7, theirs)
    await night('2026-05-01T00:20:00+07:00')
    const refused = await choose([`${theirs}:laporan`])
    assert.equal(refused.status, 409)
    assert.match(await refused.text(), /tidak diterbitkan oleh layanan instansi Anda/)
    assert.doesNotMatch(await text(`${path()}/figures`, people.writer), new RegExp(theirs))
    assert.equal((await choose([`${service}:tidak_ada`])).status, 409)
    assert.equal((await choose(['bukan apa-apa'])).status, 422)
  })

  it('takes one of three choices that are made at once, and tells the others', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => choose([indicators.large, indicators.small])))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [303, 409, 409])
    const [row, ...more] = await world.db.selectFrom('competition.live_figure').select('indicators').execute()
    assert.deepEqual(more, [])
    assert.equal(row!.indicators.length, 2)
    assert.match(await text(path(), people.writer), /Dipilih: 2/)
    assert.match(await text(`${path()}/preview`, people.writer), /Angka layanan yang berjalan/)
  })

  let number: string
  it('freezes them when it is handed in: what happens in the service afterwards changes nothing', async () => {
    const published = await world.db
      .selectFrom('services.snapshot')
      .select(['hash', 'day'])
      .where('service', '=', service)
      .orderBy('day', 'desc')
      .executeTakeFirstOrThrow()
    assert.equal((await (await world.as(people.writer)).post(`${path()}/send`)).status, 303)
    const handed = await (await world.as(people.admin)).post(`${path()}/submit`)
    assert.equal(handed.status, 303, await handed.text())
    number = handed.headers.get('location')!.split('/').at(-1)!
    const before = await text(`/competition/receipts/${number}/figures`)
    assert.equal(before.match(/Sama dengan yang diterbitkan/g)?.length, 1)

    world.clock.set(new Date('2026-05-10T09:00:00+07:00'))
    await reports(20)
    await night('2026-06-01T00:20:00+07:00')
    const { content } = await world.db
      .selectFrom('competition.submission')
      .select('content')
      .where('proposal', '=', proposal)
      .executeTakeFirstOrThrow()
    const [figures, ...others] = (content as Content).figures!
    assert.deepEqual(others, [])
    assert.deepEqual([figures!.hash, figures!.day], [published.hash.toString('hex'), published.day])
    assert.deepEqual(
      figures!.figures.map(({ indicator, whole }) => [indicator, whole.value, whole.hidden]).sort(),
      [
        ['laporan', 9, false],
        [indicators.small.split(':')[1]!, null, true],
      ].sort(),
    )
    const now = await text(`/competition/receipts/${number}/figures`)
    assert.ok(now.includes('Sama dengan yang diterbitkan') && now.includes('29 (31 Mei 2026)'), now)
    assert.match(await text(`/competition/receipts/${number}/figures`, undefined, 'en'), /The same as was published/)
  })

  it('says on the receipt, its paper, and to its readers which figures these are', async () => {
    const { hash } = await world.db
      .selectFrom('services.snapshot')
      .select('hash')
      .where('service', '=', service)
      .where('day', '=', '2026-04-30')
      .executeTakeFirstOrThrow()
    const receipt = await text(`/competition/receipts/${number}`)
    assert.ok(receipt.includes(hash.toString('hex')) && receipt.includes(`${number}/figures`))
    const pdf = await (await world.as()).get(`/competition/receipts/${number}/receipt.pdf`)
    assert.ok(
      readPdf(new Uint8Array(await pdf.arrayBuffer()))
        .text.replace(/\s/g, '')
        .includes(hash.toString('hex')),
    )
    const read = await text(`${path()}/preview`, people.writer)
    assert.ok(read.includes(`/services/${service}/figures/${hash.toString('hex')}`))
  })

  it('shows it when what was handed in was tampered with', async () => {
    await sql`update competition.submission set content = jsonb_set(content::jsonb, '{figures,0,figures}',
      (select jsonb_agg(case when f ->> 'indicator' = 'laporan' then jsonb_set(f, '{whole,value}', '900') else f end)
       from jsonb_array_elements(content::jsonb -> 'figures' -> 0 -> 'figures') f))
      where number = ${number}`.execute(world.db)
    const page = await text(`/competition/receipts/${number}/figures`)
    assert.match(page, /Tidak sama dengan yang diterbitkan: jangan dipakai/)
    assert.match(page, /tidak cocok dengan tanda terima/)
    assert.doesNotMatch(page, />Sama dengan yang diterbitkan/)
  })

  it('has no page of figures where a proposal shows none', async () => {
    assert.equal((await (await world.as()).get('/competition/receipts/KIPP-2026-0999/figures')).status, 404)
  })
})
