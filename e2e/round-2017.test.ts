import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { importInnovations } from '#competition'
import { syncGallery } from '#gallery'
import { drain } from '#platform/jobs.ts'
import { type DemoPeople, seedPeople } from '../src/demo/people.ts'
import { choose, finish, first, judge } from '../src/demo/round.ts'
import { at, type Cast, castOf, type Entry, enterAll, type Stage as Story } from '../src/demo/story.ts'
import { jobs } from '../src/jobs.ts'
import { aWorld, type World } from '../test/world.ts'
import { aStage, axeProblems, follow, isTooWide, type Stage } from './browser.ts'

/**
 * The round of 2017, whole. The telling acts are done in a real browser by the people of one new agency, the secretariat,
 * an evaluator and the public; the other 142 entries are real innovations and are played through the same addresses.
 */
describe('journey: the round of 2017, from the call to the feedback letter', () => {
  let world: World
  let stage: Stage
  let people: DemoPeople
  let cast: Cast
  let story: Story
  let entries: Entry[]
  let own: { agency: string; admin: string; writer: string; proposal: string; receipt: string }
  let finalists: string[]

  before(async () => {
    world = await aWorld(at(first, 0))
    await importInnovations(world.db)
    await world.db.transaction().execute(syncGallery)
    people = await seedPeople(world.db)
    stage = await aStage(world)
    cast = castOf(world)
  })
  after(() => stage.close())

  const secretary = (options = {}) => stage.pageFor(people.secretariat[0]!, options)
  const send = (page: Page, form: string) => page.locator(`form[action="${form}"] button[type=submit]`).first().click()
  const idIn = (page: Page, before: string) => new RegExp(`${before}/([0-9a-f-]{36})`).exec(page.url())![1]!
  const letterTo = async (email: string) =>
    (
      await world.db
        .selectFrom('log.mail')
        .select('body')
        .where('to_email', '=', email)
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirstOrThrow()
    ).body

  it('is called: the secretariat copies the rules of 2017 and publishes them', async () => {
    const page = await secretary()
    await page.goto('/competition/rounds/new')
    await page.locator('[name=from]').selectOption('shipped:2017')
    await page.locator('[name=key]').fill('kipp-2017')
    await page.locator('[name=year]').fill('2017')
    await page.locator('[name=nameId]').fill('Kompetisi Inovasi Pelayanan Publik 2017')
    await page.locator('[name=nameEn]').fill('Public Service Innovation Competition 2017')
    await send(page, '/competition/rounds/new')
    await page.waitForURL(/\/rounds\/[0-9a-f-]{36}/)
    const round = idIn(page, 'rounds')
    await page.goto(`/competition/rounds/${round}/edit`)
    await send(page, `/competition/rounds/${round}/publication`)
    await page.waitForURL(`**/competition/rounds/${round}`)
    const { rules } = await world.db
      .selectFrom('competition.round_version')
      .select('rules')
      .where('round', '=', round)
      .executeTakeFirstOrThrow()
    story = { ...world, people, round, key: 'kipp-2017', rules: rules as Story['rules'] }

    for (const lang of ['id', 'en'] as const) {
      const visitor = await stage.pageFor(undefined, { lang, width: 360 })
      await visitor.goto(`/competition/rounds/${round}`)
      await visitor
        .getByRole('heading', {
          level: 1,
          name:
            lang === 'id' ? 'Kompetisi Inovasi Pelayanan Publik 2017' : 'Public Service Innovation Competition 2017',
        })
        .waitFor()
      assert.deepEqual(await axeProblems(visitor), [])
      assert.equal(await isTooWide(visitor), false)
      await visitor.context().close()
    }
    await page.context().close()
  })

  it('gives an agency its account by invitation, and the agency its unit', async () => {
    const page = await secretary()
    await page.goto('/people/agencies/import')
    const table =
      'kode,jenis,nama,wilayah,nama_admin,surel_admin\n33.20,kabupaten,Pemerintah Kabupaten Jepara,33.20,Sholih Peragaan,bagian.organisasi@jepara.example\n'
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'instansi.csv', mimeType: 'text/csv', buffer: Buffer.from(table) })
    await page.locator('main form button[type=submit]').first().click()
    await page.waitForURL(/\/import\/[0-9a-f-]{36}/)
    await page.locator('main form button[type=submit]').first().click()
    await page.waitForURL(/\/people\/agencies(\?|$)/)
    await page.context().close()

    const accept = async (email: string, password: string) => {
      const link = /\/people\/invitations\/[\w-]+/.exec(await letterTo(email))![0]
      const visitor = await stage.pageFor(undefined, { width: 360 })
      await visitor.goto(link)
      await visitor.locator('[name=password]').fill(password)
      await send(visitor, link)
      await visitor.waitForURL((url) => !url.pathname.startsWith('/people/invitations'))
      return visitor
    }
    const admin = await accept('bagian.organisasi@jepara.example', 'gedung pendopo lantai dua')
    const { id: agency } = await world.db
      .selectFrom('people.agency')
      .select('id')
      .where('name', '=', 'Pemerintah Kabupaten Jepara')
      .executeTakeFirstOrThrow()
    await admin.goto(`/people/agencies/${agency}/units/new`)
    await admin.locator('[name=name]').fill('Dinas Kesehatan Jepara')
    await send(admin, `/people/agencies/${agency}/units`)
    await admin.waitForURL(/\/invitations\/new\?unit=/)
    await admin.locator('[name=role][value=unit]').check()
    await admin.locator('[name=name]').fill('Wati Peragaan')
    await admin.locator('[name=email]').fill('wati@jepara.example')
    await send(admin, `/people/agencies/${agency}/invitations/new`)
    await admin.waitForURL(new RegExp(`/people/agencies/${agency}(?:[#?]|$)`))
    await admin.context().close()
    const writer = await accept('wati@jepara.example', 'kapal ukir empat layar')
    await writer.context().close()
    const personOf = async (email: string) =>
      (await world.db.selectFrom('people.person').select('id').where('email', '=', email).executeTakeFirstOrThrow()).id
    own = {
      agency,
      admin: await personOf('bagian.organisasi@jepara.example'),
      writer: await personOf('wati@jepara.example'),
      proposal: '',
      receipt: '',
    }
  })

  it('takes a proposal over two locks to a receipt that anybody can check', async () => {
    world.clock.set(at('2017-02-20', 0))
    const page = await stage.pageFor(own.writer)
    await page.goto('/competition/kipp-2017/start')
    await page.locator('[name=title]').fill('Perahu Sehat Karimunjawa')
    await page.locator('[name=category]').selectOption('kesehatan')
    await page.locator('[name=startedOn]').fill('2014-05-01')
    await send(page, '/competition/kipp-2017/start')
    await page.waitForURL(/\/competition\/proposals\/[0-9a-f-]{36}/)
    const proposal = idIn(page, 'proposals')
    for (const part of ['head', 'group', 'foot']) {
      await page.goto(`/competition/proposals/${proposal}/write/${part}`)
      for (const field of await page.locator('textarea').all())
        await field.fill(
          `Petugas berlayar tiap pekan ke pulau kecil untuk memeriksa warga, mencatat hasilnya, dan merujuk yang sakit; ${await field.getAttribute('name')} diisi lengkap dengan angka sebelum dan sesudah menurut catatan puskesmas pembantu setempat.`,
        )
      for (const field of await page.locator('auto-save input[type=text], auto-save input:not([type])').all())
        await field.fill('Tim Perahu Sehat')
      for (const field of await page.locator('auto-save input[inputmode=tel]').all()) await field.fill('0812-3456-7890')
      for (const field of await page.locator('auto-save input[inputmode=email]').all())
        await field.fill('tim@jepara.example')
      for (const field of await page.locator('input[type=checkbox]').all()) await field.check()
      // The upload buttons belong to forms of their own.
      await follow(page, () => page.locator('main form button[type=submit]:not([form])').last().click())
    }
    const writing = await cast.as(own.writer)
    const link = { question: 'dampak', link: 'https://jepara.example/evaluasi', label: 'Laporan evaluasi' }
    assert.equal((await writing.post(`/competition/proposals/${proposal}/evidence/link`, link)).status, 303)
    await page.goto(`/competition/proposals/${proposal}`)
    await follow(page, () => send(page, `/competition/proposals/${proposal}/send`))
    await page.context().close()

    const admin = await stage.pageFor(own.admin)
    await admin.goto('/competition/inbox')
    await admin.getByRole('link', { name: 'Perahu Sehat Karimunjawa' }).click()
    await send(admin, `/competition/proposals/${proposal}/begin-submission`)
    await admin.waitForURL(/\/submit$/)
    await send(admin, `/competition/proposals/${proposal}/submit`)
    await admin.waitForURL(/\/competition\/receipts\//)
    const receipt = new URL(admin.url()).pathname
    await admin.context().close()
    const visitor = await stage.pageFor(undefined, { lang: 'en', javaScript: false })
    await visitor.goto(receipt)
    await visitor.getByText('Perahu Sehat Karimunjawa').first().waitFor()
    await visitor.context().close()
    own = { ...own, proposal, receipt }
  })

  it('takes in 142 real innovations, and nothing after the closing', async () => {
    entries = await enterAll(story, cast, first, 118)
    assert.equal(entries.length, 142)
    const { n } = await world.db
      .selectFrom('competition.proposal')
      .select((eb) => eb.fn.countAll<string>().as('n'))
      .where('state', '=', 'submitted')
      .executeTakeFirstOrThrow()
    assert.equal(Number(n), 143)
    world.clock.set(new Date('2017-03-11T00:00:01+07:00'))
    const late = await cast.as(own.writer)
    const { unit } = await world.db
      .selectFrom('competition.proposal')
      .select('unit')
      .where('id', '=', own.proposal)
      .executeTakeFirstOrThrow()
    const form = {
      unit: `${own.agency}/${unit}`,
      group: 'umum',
      category: 'kesehatan',
      title: 'Terlambat',
      startedOn: '2014-01-01',
    }
    assert.equal((await late.post('/competition/kipp-2017/start', form)).status, 409)
  })

  it('is selected, assigned, read and scored; an evaluator does it with a phone', async () => {
    await judge(story, cast, [...entries, { ...entries[0]!, proposal: own.proposal }], {
      runJobs: () => drain(world.address, world.db, jobs),
      read: async () => {
        const evaluator = people.evaluators[0]!
        const page = await stage.pageFor(evaluator, { width: 360 })
        await page.goto('/judging')
        assert.deepEqual(await axeProblems(page), [])
        await page.locator('main a[href^="/judging/sheets/"]').first().click()
        await page.waitForURL(/\/judging\/sheets\//)
        const proposal = idIn(page, 'sheets')
        for (const field of await page.locator('input[name^="points-"]').all()) await field.fill('81')
        await page.locator('button[name=act][value=finish]').click()
        await page.waitForURL((url) => !url.pathname.endsWith(proposal))
        const sheet = await world.db
          .selectFrom('judging.sheet')
          .select('finished')
          .where('proposal', '=', proposal)
          .where('evaluator', '=', evaluator)
          .executeTakeFirstOrThrow()
        assert.notEqual(sheet.finished, null)
        await page.context().close()
      },
    })
    const page = await secretary()
    await page.goto(`/judging/rounds/${story.round}/ranking`)
    assert.deepEqual(await axeProblems(page), [])
    await page.context().close()
  })

  it('chooses 99 finalists and hears an objection, also without JavaScript', async () => {
    finalists = await choose(story, cast)
    assert.equal(finalists.length, 99)
    const page = await stage.pageFor(undefined, { width: 360, javaScript: false })
    await page.goto(`/judging/entries/${finalists[3]}/objection`)
    await page.locator('[name=name]').fill('Warga Peragaan')
    await page.locator('[name=contact]').fill('warga@peragaan.example')
    await page
      .locator('[name=text]')
      .fill('Menurut saya layanan ini belum berjalan di kecamatan kami sejak tahun lalu.')
    await follow(page, () => page.locator('main form button[type=submit]').first().click())
    const objection = await world.db
      .selectFrom('judging.objection')
      .select('id')
      .where('proposal', '=', finalists[3]!)
      .executeTakeFirstOrThrow()
    const answer = { outcome: 'rejected', answer: 'Sudah diperiksa bersama unit: layanan berjalan sesuai jadwal.' }
    assert.equal(
      (await (await cast.as(people.secretariat[0]!)).post(`/judging/objections/${objection.id}/answer`, answer)).status,
      303,
    )
    await page.context().close()
  })

  it('ends with interviews, the top level, the decree, the gallery and a letter to everybody', async () => {
    await finish(story, cast, finalists)
    const levels = await world.db
      .selectFrom('competition.winner')
      .select(['level', (eb) => eb.fn.countAll<string>().as('n')])
      .where('round', '=', story.round)
      .groupBy('level')
      .orderBy('level')
      .execute()
    assert.deepEqual(
      levels.map(({ level, n }) => [level, Number(n)]),
      [
        ['Top 40', 40],
        ['Top 99', 99],
      ],
    )

    for (const lang of ['id', 'en'] as const) {
      const visitor = await stage.pageFor(undefined, { lang, width: 360 })
      for (const address of [
        '/',
        '/judging/announcements',
        `/judging/rounds/${story.round}/finalists`,
        `/judging/rounds/${story.round}/results`,
        '/gallery?q=perahu',
      ]) {
        await visitor.goto(address)
        assert.deepEqual(await axeProblems(visitor), [], `${address} ${lang}`)
        assert.equal(await isTooWide(visitor), false, address)
      }
      await visitor.context().close()
    }
    const reader = await stage.pageFor(undefined)
    await reader.goto(`/judging/rounds/${story.round}/results`)
    // Everything the decree names is in the gallery, and leads there.
    const winners = reader.locator('main a[href^="/gallery/MI-"]')
    assert.equal(await winners.count(), 99)
    const name = (await winners.first().textContent())!
    await winners.first().click()
    await reader.getByRole('heading', { level: 1, name }).waitFor()
    await reader.context().close()
    const page = await stage.pageFor(own.writer)
    await page.goto(`/judging/entries/${own.proposal}/letter`)
    await page.getByText('Perahu Sehat Karimunjawa').first().waitFor()
    assert.deepEqual(await axeProblems(page), [])
    await page.context().close()
    // Who failed the administrative selection has had its letter with the reasons.
    const { n } = await world.db
      .selectFrom('judging.letter')
      .select((eb) => eb.fn.countAll<string>().as('n'))
      .executeTakeFirstOrThrow()
    assert.equal(Number(n), 143 - 13)
  })
})
