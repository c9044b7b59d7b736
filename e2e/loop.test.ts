import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { type Rules, shippedRounds } from '#competition'
import { type Actor, perform } from '#platform/action.ts'
import { asJson, type Files, installLocal, type Package, publicKeyText, sealed } from '#services'
import { done } from '../src/demo/story.ts'
import { countNightly } from '../src/rooms/services/actions/figures.ts'
import { tick } from '../src/rooms/services/actions/time.ts'
import { filesOf } from '../test/packages.ts'
import { type Moment, playWholeRound } from '../test/whole-round.ts'
import type { World } from '../test/world.ts'
import { aStage, axeProblems, follow, isTooWide, type Stage } from './browser.ts'
import { reportWithoutSignal } from './field-report.ts'

const laskar = 'id.banyuwangi.laskar-penjaja-sayur'
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

/** The round of 2021 as if it were held in 2018, when the winner of 2017 has been copied and measured. */
const nextRules = JSON.parse(
  JSON.stringify(shippedRounds().find(({ key }) => key === '2021')).replaceAll('2021-', '2018-'),
) as Rules
nextRules.calendar.opens = '2018-01-02T00:00:00+07:00'
nextRules.calendar.submissionCloses = '2018-06-30T23:59:59+07:00'

/**
 * The loop that the product is for, in one go: a service runs, wins a round, is published, copied, set up and used without
 * signal, improved by its owner, and shows its figures in the gallery and in next year's proposal.
 */
describe('journey: from a running service to next year’s proposal', () => {
  let world: World
  let stage: Stage
  let agency: string
  let sempu: string
  let kalipuro: string
  let code: string
  /** The services of the two units. */
  const service = {} as Record<'sempu' | 'kalipuro', string>
  const people = {} as Record<'admin' | 'writer' | 'national' | 'sempuSeller' | 'seller' | 'midwife', string>
  const publisher = generateKeyPairSync('ed25519')
  const villages = { sempu: '3510202001', kalipuro: '' }

  before(async () => {
    world = await playWholeRound(async (moment) => {
      if (moment.name === 'writing') await sempuRuns(moment)
    })
    stage = await aStage(world)
  })
  after(() => stage.close())

  const as = (person: keyof typeof people) => world.as(people[person])
  const emailOf = async (person: string) =>
    (await world.db.selectFrom('people.person').select('email').where('id', '=', person).executeTakeFirstOrThrow())
      .email
  const give = async (at: string, person: keyof typeof people, role: string, area: string) =>
    done(
      (await as('admin')).post(`/services/${at}/roles`, { email: await emailOf(people[person]), role, area }),
      `the role ${role}`,
    )
  const night = async (time: string) => {
    world.clock.set(new Date(time))
    await tick(world.db, world.clock.now())
    await countNightly(world.db, world.clock.now())
  }

  /** Before anybody judges it, the service is at work: seven women are reported and met. */
  async function sempuRuns(moment: Moment) {
    world = moment.world
    const entry = await world.db
      .selectFrom('competition.proposal')
      .select(['agency', 'unit'])
      .where('title', 'like', 'Laskar Penjaja Sayur%')
      .executeTakeFirstOrThrow()
    agency = entry.agency
    sempu = entry.unit
    kalipuro = await world.aUnit(agency, 'Puskesmas Kalipuro')
    people.admin = moment.readers['local admin']!
    people.national = moment.readers['national admin']!
    people.writer = await world.aPerson('unit', { agency, unit: kalipuro })
    people.sempuSeller = await world.aPerson()
    people.seller = await world.aPerson()
    people.midwife = await world.aPerson()
    const sent = await done(
      (await as('admin')).post(`/services/agencies/${agency}/install/laskar-penjaja-sayur`, { unit: sempu }),
      'installing the package at Sempu',
    )
    service.sempu = sent.headers.get('location')!.split('/')[2]!
    await give(service.sempu, 'sempuSeller', 'laskar', '')
    await give(service.sempu, 'midwife', 'bidan', '')
    await casesAt('sempu', 'sempuSeller', 7)
  }

  async function casesAt(where: 'sempu' | 'kalipuro', person: 'sempuSeller' | 'seller', n: number) {
    const seller = await as(person)
    const midwife = await as('midwife')
    for (let i = 0; i < n; i++) {
      const answers = { ...report, desa: villages[where], rt: `0${10 + i}` }
      const opened = await done(seller.post(`/services/${service[where]}/open`, answers), 'a report')
      const at = opened.headers.get('location')!
      await done(midwife.post(`${at}/moves/hubungi`, { cara_kontak: 'kunjungan' }), 'the first contact')
    }
  }

  it('wins the round of 2017 and stands in the gallery', async () => {
    const won = await world.db
      .selectFrom('competition.winner as w')
      .innerJoin('competition.proposal as p', 'p.id', 'w.proposal')
      .select('w.level')
      .where('p.title', 'like', 'Laskar Penjaja Sayur%')
      .execute()
    assert.notDeepEqual(won, [])
    const found = await world.db
      .selectFrom('gallery.innovation')
      .select(['code', 'agency'])
      .where('name', 'like', 'Laskar Penjaja Sayur%')
      .where('agency', '=', agency)
      .execute()
    assert.equal(found.length, 1)
    code = found[0]!.code
    await night('2017-07-01T00:20:00+07:00')
  })

  it('is published as a package by its owner, and copied by another unit on a phone without scripts', async () => {
    const owner = await stage.pageFor(people.admin)
    await owner.goto(`/gallery/${code}`)
    await owner.getByRole('link', { name: 'Terbitkan sebagai paket' }).click()
    await owner.locator('select[name=unit]').selectOption(sempu)
    await owner.getByRole('button', { name: 'Terbitkan' }).click()
    await owner.getByText('Paket terbit.').waitFor()
    await owner.context().close()

    const page = await stage.pageFor(people.admin, { width: 360, javaScript: false })
    await page.goto(`/gallery/${code}`)
    await page.getByRole('link', { name: 'Replikasi inovasi ini' }).click()
    await page.locator('select[name=unit]').selectOption({ label: 'Puskesmas Kalipuro' })
    await page.getByRole('button', { name: 'Lihat apa yang diperlukan' }).click()
    assert.equal(await page.getByText('Sesuai harapan').count(), 7)
    await page.getByRole('button', { name: 'Pasang versi 1.1.0' }).click()
    await page.getByText('Paket terpasang.').waitFor()
    await page.context().close()
    const row = await world.db
      .selectFrom('services.service')
      .select('id')
      .where('unit', '=', kalipuro)
      .executeTakeFirstOrThrow()
    service.kalipuro = row.id
  })

  it('is set up by the copying unit: a setting of its own, its people, a question in its own words', async () => {
    const page = await stage.pageFor(people.admin, { width: 360 })
    await page.goto(`/services/${service.kalipuro}/settings`)
    await page.locator('[name=jam_kontak_merah]').fill('12')
    await follow(page, () => page.locator('main form button[type=submit]').first().click())
    assert.deepEqual(await axeProblems(page), [])
    await page.context().close()
    assert.equal((await running(service.kalipuro)).settings.jam_kontak_merah, 12)
    const { code: district } = await world.db
      .selectFrom('people.region')
      .select('code')
      .where('name', '=', 'Kalipuro')
      .where('code', 'like', '35.10.%')
      .executeTakeFirstOrThrow()
    const village = await world.db
      .selectFrom('people.region')
      .select('code')
      .where('code', 'like', `${district}.%`)
      .orderBy('code')
      .executeTakeFirstOrThrow()
    villages.kalipuro = village.code.replaceAll('.', '')
    await give(service.kalipuro, 'seller', 'laskar', district)
    await give(service.kalipuro, 'midwife', 'bidan', district)
    const { hash, pkg } = await running(service.kalipuro)
    const content = structuredClone(pkg)
    labelOf(content, 'laporan', 'nama_panggilan').id = 'Nama panggilan ibu'
    const actor: Actor = {
      id: people.admin,
      name: '',
      offices: [{ role: 'local-admin', agency, unit: null }],
      secondFactor: true,
    }
    const outcome = await perform(installLocal, { db: world.db, clock: world.clock, actor }, service.kalipuro, {
      from: hash,
      content,
    })
    assert.equal(outcome.kind, 'done')
  })

  const running = async (of: string) => {
    const row = await world.db
      .selectFrom('services.service as s')
      .innerJoin('services.release as r', 'r.hash', 's.release')
      .select(['r.hash', 'r.version', 'r.content', 's.settings'])
      .where('s.id', '=', of)
      .executeTakeFirstOrThrow()
    return {
      hash: row.hash.toString('hex'),
      version: row.version,
      pkg: row.content as unknown as Package,
      settings: row.settings as Record<string, unknown>,
    }
  }
  const labelOf = (pkg: Package, form: string, field: string) =>
    pkg.forms.find(({ id }) => id === form)!.fields.find(({ id }) => id === field)!.label as Record<string, string>

  it('takes a report without signal, and sends it when there is signal again', async () => {
    await casesAt('kalipuro', 'seller', 6)
    const { cookie } = await as('seller')
    const context = await stage.browser.newContext({ baseURL: stage.address, viewport: { width: 360, height: 640 } })
    await context.addCookies(
      cookie.split('; ').map((pair) => {
        const [name = '', value = ''] = pair.split('=')
        return { name, value, url: stage.address }
      }),
    )
    context.setDefaultTimeout(20_000)
    await context.addInitScript('globalThis.__name = (made) => made')
    await context.clock.install({ time: world.clock.now() })
    const casesThere = () =>
      world.db.selectFrom('services.case').select('number').where('service', '=', service.kalipuro).execute()
    // The words that this unit wrote for itself.
    await reportWithoutSignal(context, { village: villages.kalipuro, name: 'Nama panggilan ibu' }, async () =>
      assert.equal((await casesThere()).length, 6),
    )
    assert.equal((await casesThere()).length, 7)
    await context.close()
    const midwife = await as('midwife')
    const worklist = await (await midwife.get(`/services/worklist?service=${service.kalipuro}`)).text()
    const [newest] = (await casesThere())
      .map(({ number }) => number)
      .toSorted()
      .reverse()
    assert.ok(worklist.includes(newest ?? '-'))
  })

  it('takes in the next version of its owner, and keeps its own words and its own setting', async () => {
    const files: Files = new Map(filesOf('laskar-penjaja-sayur'))
    const change = (name: string, from: string, to: string) => {
      const text = new TextDecoder().decode(files.get(name)!)
      assert.ok(text.includes(from), `${name}: ${from}`)
      files.set(name, new TextEncoder().encode(text.replace(from, to)))
    }
    change('package.yaml', 'version: 1.1.0', 'version: 1.2.0')
    change('settings.yaml', 'Nama puskesmas dalam pesan', 'Nama puskesmas yang ditulis dalam pesan')
    const version = { id: laskar, version: '1.2.0', publisher: 'Puskesmas Sempu' }
    const file = new File(
      [new Uint8Array(sealed(asJson(files), version, publisher.privateKey))],
      'laskar-penjaja-sayur.melayani',
    )
    const trusted = { name: 'Puskesmas Sempu', key: publicKeyText(publisher.privateKey) }
    await done((await as('national')).post('/services/publishers', trusted), 'trusting the publisher')
    const upload = async (address: string, more: Record<string, string> = {}) => {
      const body = new FormData()
      body.append('file', file)
      for (const [name, value] of Object.entries(more)) body.append(name, value)
      return done((await as('admin')).send('POST', address, body), address)
    }
    await upload(`/services/agencies/${agency}/upload`, { unit: sempu })
    assert.equal((await running(service.sempu)).version, '1.2.0')

    const page = await stage.pageFor(people.admin, { width: 360, javaScript: false })
    await page.goto(`/services/${service.kalipuro}`)
    await page.getByRole('link', { name: 'Versi dan peningkatan' }).click()
    await page.getByLabel('Unggah versi baru (.melayani)').setInputFiles({
      name: file.name,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(await file.arrayBuffer()),
    })
    await page.getByRole('button', { name: 'Baca dan periksa' }).click()
    await page.getByRole('heading', { level: 1, name: 'Peningkatan ke versi 1.2.0' }).waitFor()
    assert.equal(await isTooWide(page), false)
    await page.getByRole('button', { name: 'Pasang versi 1.2.0+local.1' }).click()
    await page.getByText('Versi 1.2.0+local.1 berlaku untuk kasus baru.').waitFor()
    await page.context().close()
    const { version: after, pkg, settings } = await running(service.kalipuro)
    assert.equal(after, '1.2.0+local.1')
    assert.equal(labelOf(pkg, 'laporan', 'nama_panggilan').id, 'Nama panggilan ibu')
    assert.equal(pkg.settings[0]!.label.id, 'Nama puskesmas yang ditulis dalam pesan')
    assert.equal(settings.jam_kontak_merah, 12)
  })

  it('shows its figures on its page in the gallery, in both languages', async () => {
    await night('2017-08-01T00:20:00+07:00')
    for (const lang of ['id', 'en'] as const) {
      const page = await stage.pageFor(undefined, { lang, width: 360 })
      await page.goto(`/gallery/${code}`)
      await page.getByText('Puskesmas Kalipuro').first().waitFor()
      await page
        .getByText(lang === 'id' ? 'Belum pernah diperiksa saat dilaporkan' : 'Not yet seen when reported')
        .first()
        .waitFor()
      assert.deepEqual(await axeProblems(page), [])
      assert.equal(await isTooWide(page), false)
      await page.context().close()
    }
  })

  it('stands with its figures in next year’s proposal, as they were published', async () => {
    await night('2018-02-01T00:20:00+07:00')
    await world.aRound(nextRules, { key: '2018' })
    const page = await stage.pageFor(people.writer)
    await page.goto('/competition/2018/start')
    await page.locator('[name=title]').fill('Laskar Penjaja Sayur Kalipuro')
    await page.locator('[name=category]').selectOption({ index: 1 })
    await page.locator('[name=startedOn]').fill('2017-06-10')
    await page.locator('form[action="/competition/2018/start"] button[type=submit]').first().click()
    await page.waitForURL(/\/competition\/proposals\/[0-9a-f-]{36}/)
    const proposal = /proposals\/([0-9a-f-]{36})/.exec(page.url())![1]!
    await page.goto(`/competition/proposals/${proposal}/figures`)
    await page.locator(`input[value="${service.kalipuro}:belum_diperiksa"]`).check()
    await follow(page, () => page.locator('main form button[type=submit]').first().click())
    await page.goto(`/competition/proposals/${proposal}/preview`)
    await page.getByText('Belum pernah diperiksa saat dilaporkan').first().waitFor()
    assert.deepEqual(await axeProblems(page), [])
    await page.context().close()
    const [row, ...more] = await world.db
      .selectFrom('competition.live_figure')
      .select(['proposal', 'indicators'])
      .execute()
    assert.deepEqual(more, [])
    assert.equal(row!.proposal, proposal)
  })
})
