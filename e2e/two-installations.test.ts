import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { after, before, describe, it } from 'node:test'
import { type Browser, chromium, type Page } from 'playwright-core'
import { type Rules, shippedRounds } from '#competition'
import { type Actor, perform } from '#platform/action.ts'
import { systemClock } from '#platform/clock.ts'
import { connect, type Db } from '#platform/db.ts'
import { verifyChain } from '#platform/log.ts'
import { asJson, installLocal, type Package, sealed } from '#services'
import { type Client, clientFor } from '../src/demo/client.ts'
import type { Catalogue } from '../src/rooms/exchange/domain/catalogue.ts'
import type { Heartbeat } from '../src/rooms/exchange/domain/heartbeat.ts'
import { newKeyPair, type Signed, secretOf, signedBy } from '../src/rooms/exchange/domain/signed.ts'
import { words } from '../src/rooms/exchange/text/index.ts'
import { assertInvariants } from '../test/invariants.ts'
import { filesOf } from '../test/packages.ts'
import { aPhone, aReport } from '../test/phones.ts'
import { fillGallery } from '../test/running-replication.ts'
import { aDataFolder, aFreePort, type Running, startServer } from '../test/server.ts'
import { builders } from '../test/world.ts'
import { axeProblems, follow, isTooWide } from './browser.ts'
import { reportWithoutSignal } from './field-report.ts'

/** An installation in a process of its own, with its database, its people, and a way to ask it as one of them. */
type Installation = {
  port: number
  running: Running
  db: Db
  agency: string
  admin: string
  national: string
  as: (person?: string, lang?: 'id' | 'en') => Promise<Client>
  stop: (signal: NodeJS.Signals) => Promise<void>
  start: () => Promise<void>
}

const data = [aDataFolder(), aDataFolder()]
const laskar = 'id.banyuwangi.laskar-penjaja-sayur'

async function anInstallation(folder: string, name: string, region: string): Promise<Installation> {
  const port = await aFreePort()
  const env = { PUBLIC_URL: `http://127.0.0.1:${port}`, ALLOW_LOCAL: '1', SECRET_KEY: name }
  const running = await startServer(folder, env, { port })
  const db = connect(running.address, 4)
  const { anAgency, aPerson } = builders(db)
  const agency = await anAgency({ name, region })
  const it: Installation = {
    port,
    running,
    db,
    agency,
    admin: await aPerson('local-admin', { agency }),
    national: await aPerson('national-admin'),
    as: (person, lang = 'id') => {
      const request = (address: string, init?: RequestInit) =>
        fetch(it.running.url + address, { ...init, redirect: 'manual' })
      return clientFor({ web: { request }, db: it.db, clock: systemClock }, person, { lang })
    },
    stop: async (signal) => {
      await it.db.destroy()
      await it.running.end(signal)
    },
    start: async () => {
      it.running = await startServer(folder, env, { port })
      it.db = connect(it.running.address, 4)
    },
  }
  await db.updateTable('people.agency').set({ demo: true }).where('id', '=', agency).execute()
  return it
}

/** Ask again until it is so; the workers of the two run by themselves. */
async function eventually<T>(what: string, look: () => Promise<T | undefined>, seconds = 60): Promise<T> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const seen = await look()
    if (seen !== undefined) return seen
    if (Date.now() > end) assert.fail(`waited ${seconds} s: ${what}`)
    await new Promise((wait) => setTimeout(wait, 150))
  }
}

describe('journey: a package goes from one installation to another, and news comes back', { timeout: 300_000 }, () => {
  /** Asal offers, Tujuan adopts. */
  let asal: Installation
  let tujuan: Installation
  let browser: Browser
  let peer: string
  let service: string
  let offered: string
  /** The innovation's, in the gallery of its origin. */
  let code: string
  let publishing: { service: string; unit: string }
  const faults: string[] = []

  before(async () => {
    ;[asal, tujuan] = await Promise.all([
      anInstallation(data[0]!.folder, 'Pemerintah Kabupaten Banyuwangi', '35.10'),
      anInstallation(data[1]!.folder, 'Pemerintah Kabupaten Tujuan', '35.10'),
    ])
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    })
    const admin = await asal.as(asal.admin)
    const installed = await admin.post(`/services/agencies/${asal.agency}/install/laskar-penjaja-sayur`)
    assert.equal(installed.status, 303)
    offered = installed.headers.get('location')!.split('/')[2]!
    const unit = await builders(asal.db).aUnit(asal.agency, 'Puskesmas Sempu')
    code = await (await fillGallery(asal))('Laskar Penjaja Sayur')
    publishing = { service: offered, unit }
    const published = await admin.post(`/replication/innovations/${code}/publish`, publishing)
    assert.equal(published.status, 303)
    assert.equal((await admin.post(`/exchange/services/${offered}/offer`)).status, 303)
  })
  after(async () => {
    await browser?.close()
    for (const each of [asal, tujuan]) if (each) await each.stop('SIGTERM')
    for (const { remove } of data) remove()
  })

  async function aWindow(at: Installation, person: string, lang: 'id' | 'en', javaScript = true): Promise<Page> {
    const context = await browser.newContext({
      baseURL: at.running.url,
      viewport: { width: lang === 'id' ? 360 : 1280, height: 800 },
      javaScriptEnabled: javaScript,
      bypassCSP: true,
    })
    const { cookie } = await at.as(person, lang)
    await context.addCookies(
      cookie.split('; ').map((pair) => ({
        name: pair.slice(0, pair.indexOf('=')),
        value: pair.slice(pair.indexOf('=') + 1),
        url: at.running.url,
      })),
    )
    context.setDefaultTimeout(20_000)
    return context.newPage()
  }
  async function look(page: Page) {
    const at = new URL(page.url()).pathname
    if (await isTooWide(page)) faults.push(`${at}: scrolls sideways`)
    for (const problem of await axeProblems(page)) faults.push(`${at}: ${problem}`)
  }
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

  const catalogueOf = async (at: Installation) =>
    (await (await fetch(`${at.running.url}/.well-known/melayani`)).json()) as Signed & { content: Catalogue }
  const refreshed = async () => {
    const national = await tujuan.as(tujuan.national)
    const answer = await national.post(`/exchange/peers/${peer}/refresh`)
    return { status: answer.status, page: answer.status === 303 ? '' : await answer.text() }
  }
  const peerRow = () =>
    tujuan.db.selectFrom('exchange.peer').selectAll().where('id', '=', peer).executeTakeFirstOrThrow()

  it('is subscribed to after its fingerprint was compared', async () => {
    const w = words('en')
    const page = await aWindow(tujuan, tujuan.national, 'en')
    const there = await aWindow(asal, asal.national, 'id')
    await there.goto('/exchange')
    const fingerprint = (await there.locator('code').first().textContent())!
    await look(there)
    await page.goto('/exchange/peers')
    await page.getByLabel(w.address).fill(asal.running.url)
    await press(page, w.look)
    assert.equal(await page.locator('code').first().textContent(), fingerprint)
    await look(page)
    await press(page, w.subscribe)
    await page.getByText(w.subscribed).waitFor()
    await look(page)
    peer = page.url().split('/').at(-1)!
    const row = await peerRow()
    assert.deepEqual([row.origin, row.failures], [asal.running.url, 0])
  })

  it('is adopted with one click after the file was fetched, verified and rehearsed', async () => {
    const w = words('id')
    const page = await aWindow(tujuan, tujuan.admin, 'id')
    await page.goto(`/services/agencies/${tujuan.agency}/install`)
    await page.getByRole('region', { name: 'Dari pemasangan lain' }).getByRole('link').click()
    await look(page)
    await press(page, w.fetch)
    await page.getByText(w.fetchedNow).waitFor()
    await look(page)
    await press(page, w.adopt.replace('{version}', '1.1.0'))
    await page.getByText(w.adopted).waitFor()
    service = page.url().split('/')[4]!
    const running = await tujuan.db
      .selectFrom('services.service')
      .select(['package', 'release'])
      .where('id', '=', service)
      .executeTakeFirstOrThrow()
    const original = await asal.db.selectFrom('services.service').select('release').executeTakeFirstOrThrow()
    assert.equal(running.package, laskar)
    assert.equal(running.release.toString('hex'), original.release.toString('hex'))
  })

  const lastNews = async () =>
    (
      await asal.db
        .selectFrom('exchange.heartbeat as h')
        .innerJoin('exchange.peer as p', 'p.id', 'h.peer')
        .select(['h.sequence', 'h.content', 'p.verified'])
        .orderBy('h.sequence', 'desc')
        .execute()
    ).map((row) => ({ ...row, said: (row.content as unknown as { content: Heartbeat }).content }))[0]

  it('is heard of at its origin, with a key that was found at the address of the adopter', async () => {
    const news = await eventually('the first heartbeat, verified', async () => {
      const last = await lastNews()
      return last?.verified ? last : undefined
    })
    assert.deepEqual(
      [news.said.stage, news.said.service, news.said.agency.name],
      ['installed', service, 'Pemerintah Kabupaten Tujuan'],
    )
    const page = await (await asal.as(undefined, 'en')).get('/exchange')
    assert.match(await page.text(), /Pemerintah Kabupaten Tujuan/)
  })

  const labelOf = (pkg: Package) =>
    pkg.forms.find(({ id }) => id === 'laporan')!.fields.find(({ id }) => id === 'nama_panggilan')!.label as Record<
      string,
      string
    >
  const running = async (at: Installation, of: string) => {
    const row = await at.db
      .selectFrom('services.service as s')
      .innerJoin('services.release as r', 'r.hash', 's.release')
      .select(['r.hash', 'r.version', 'r.content', 's.settings'])
      .where('s.id', '=', of)
      .executeTakeFirstOrThrow()
    const settings = row.settings as Record<string, unknown>
    return { hash: row.hash.toString('hex'), version: row.version, pkg: row.content as unknown as Package, settings }
  }

  it('is set up there: a setting of its own, and a question in its own words', async () => {
    const page = await aWindow(tujuan, tujuan.admin, 'id')
    await page.goto(`/services/${service}/settings`)
    await page.locator('[name=jam_kontak_merah]').fill('12')
    await follow(page, () => page.locator('main form button[type=submit]').first().click())
    const { hash, pkg } = await running(tujuan, service)
    const content = structuredClone(pkg)
    labelOf(content).id = 'Nama panggilan ibu'
    const actor: Actor = {
      id: tujuan.admin,
      name: '',
      offices: [{ role: 'local-admin', agency: tujuan.agency, unit: null }],
      secondFactor: true,
    }
    const context = { db: tujuan.db, clock: systemClock, actor }
    assert.equal((await perform(installLocal, context, service, { from: hash, content })).kind, 'done')
    const after = await running(tujuan, service)
    assert.deepEqual([after.version, after.settings.jam_kontak_merah], ['1.1.0+local.1', 12])
    await longAgo(tujuan, service)
  })

  it('handles a case there, which is told as a stage and never as a small number', async () => {
    const admin = await tujuan.as(tujuan.admin)
    const { email, id: seller } = await tujuan.db
      .selectFrom('people.person')
      .select(['email', 'id'])
      .where('id', '=', tujuan.admin)
      .executeTakeFirstOrThrow()
    assert.equal((await admin.post(`/services/${service}/roles`, { email, role: 'laskar', area: '' })).status, 303)
    const opened = await (await tujuan.as(seller)).post(`/services/${service}/open`, {
      desa: '3510202001',
      rt: '003',
      izin_ibu: 'ya_data_saja',
      nama_panggilan: 'Sari',
      hp: '081234567890',
      kira_umur: '27',
      sudah_periksa: 'tidak',
      'tanda[]': ['pucat'],
      'tanda_bahaya[]': ['tidak_ada'],
    })
    assert.equal(opened.status, 303, await opened.text())
    assert.equal((await admin.post(`/exchange/agencies/${tujuan.agency}/services/${service}/report`)).status, 303)
    const news = await eventually('the stage of the first case', async () => {
      const last = await lastNews()
      return last?.said.stage === 'first-case' ? last : undefined
    })
    assert.equal(news.said.casesLast30, null)
    assert.doesNotMatch(JSON.stringify(news.content), /Sari|081234567890|3510202001/)
  })

  it('takes a report without signal there, and sends it when there is signal again', async () => {
    const { cookie } = await tujuan.as(tujuan.admin)
    const context = await browser.newContext({ baseURL: tujuan.running.url, viewport: { width: 360, height: 640 } })
    await context.addCookies(
      cookie.split('; ').map((pair) => ({
        name: pair.slice(0, pair.indexOf('=')),
        value: pair.slice(pair.indexOf('=') + 1),
        url: tujuan.running.url,
      })),
    )
    context.setDefaultTimeout(20_000)
    await context.addInitScript('globalThis.__name = (made) => made')
    const cases = async () => (await tujuan.db.selectFrom('services.case').select('id').execute()).length
    await reportWithoutSignal(context, { village: '3510202001', name: 'Nama panggilan ibu' }, async () =>
      assert.equal(await cases(), 1),
    )
    assert.equal(await cases(), 2)
    await context.close()
  })

  /** As if the service ran since ten days. */
  async function longAgo(at: Installation, of: string) {
    const long = new Date(Date.now() - 10 * 86_400_000)
    await at.db.updateTable('services.service').set({ installed: long }).where('id', '=', of).execute()
    await at.db.updateTable('services.installation').set({ at: long }).where('service', '=', of).execute()
  }

  /** Seven reports that were captured three days ago and are counted from then, and the figures of yesterday. */
  async function daysOfWork(at: Installation, of: string) {
    const admin = await at.as(at.admin)
    const { email } = await at.db
      .selectFrom('people.person')
      .select('email')
      .where('id', '=', at.admin)
      .executeTakeFirstOrThrow()
    await admin.post(`/services/${of}/roles`, { email, role: 'laskar', area: '' })
    const phone = await aPhone(at.running.url, admin.cookie)
    const { hash } = await running(at, of)
    for (let i = 0; i < 7; i++)
      aReport(phone, { service: of, release: hash }, { at: Date.now() - 3 * 86_400_000, rt: `01${i}` })
    assert.equal(await phone.sync(at.running.url), 'sent')
    assert.equal(phone.waits(), 0)
    const yesterday = new Date(Date.now() - 86_400_000 + 7 * 3_600_000).toISOString().slice(0, 10)
    const published = await admin.post(`/services/${of}/figures`, { day: yesterday })
    assert.equal(published.status, 303, await published.text())
  }

  it('shows its figures in the gallery of its origin, and tells those of the adopter there', async () => {
    await longAgo(asal, offered)
    await daysOfWork(asal, offered)
    await daysOfWork(tujuan, service)
    const admin = await tujuan.as(tujuan.admin)
    assert.equal((await admin.post(`/exchange/agencies/${tujuan.agency}/services/${service}/report`)).status, 303)
    const news = await eventually('the figures', async () => {
      const last = await lastNews()
      return (last?.said.figures.length ?? 0) > 0 ? last : undefined
    })
    const told = news.said.figures.find(({ indicator }) => indicator === 'belum_diperiksa')!
    assert.deepEqual([told.whole.n, told.whole.value], [7, 100])
    const page = await aWindow(asal, asal.admin, 'id')
    await page.goto(`/gallery/${code}`)
    await page.getByText('Belum pernah diperiksa saat dilaporkan').first().waitFor()
    await look(page)
    await page.goto(`/replication/innovations/${code}`)
    await page.getByText('Pemerintah Kabupaten Tujuan').first().waitFor()
    await look(page)
  })

  it('stands with its figures in next year’s proposal of the adopter', async () => {
    const make = builders(tujuan.db)
    const unit = await make.aUnit(tujuan.agency, 'Puskesmas Tujuan')
    const writer = await make.aPerson('unit', { agency: tujuan.agency, unit })
    const shipped = JSON.stringify(shippedRounds().find(({ key }) => key === '2021'))
    const rules = JSON.parse(shipped.replaceAll('2021-', `${new Date().getFullYear() + 1}-`)) as Rules
    const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
    Object.assign(rules.calendar, { opens: at(-2), submissionCloses: at(60) })
    await make.aRound(rules, { key: 'berikut' })
    const page = await aWindow(tujuan, writer, 'id')
    await page.goto('/competition/berikut/start')
    await page.locator('[name=title]').fill('Laskar Penjaja Sayur Tujuan')
    await page.locator('[name=category]').selectOption({ index: 1 })
    await page.locator('[name=startedOn]').fill('2017-06-10')
    await page.locator('form[action="/competition/berikut/start"] button[type=submit]').first().click()
    await page.waitForURL(/\/competition\/proposals\/[0-9a-f-]{36}/)
    const proposal = new URL(page.url()).pathname.split('/')[3]!
    await page.goto(`/competition/proposals/${proposal}/figures`)
    await page.locator(`input[value="${service}:belum_diperiksa"]`).check()
    await follow(page, () => page.locator('main form button[type=submit]').first().click())
    await page.goto(`/competition/proposals/${proposal}/preview`)
    await page.getByText('Belum pernah diperiksa saat dilaporkan').first().waitFor()
    await look(page)
  })

  it('goes on when the other side is killed: work there, reports kept, and carried in their order when it is back', async () => {
    const before = (await lastNews())!.sequence
    await asal.stop('SIGKILL')
    const refused = await refreshed()
    assert.equal(refused.status, 409)
    assert.match(refused.page, /tidak menjawab/)
    assert.equal((await peerRow()).failure, 'no-answer')
    const admin = await tujuan.as(tujuan.admin)
    assert.equal((await admin.get(`/exchange/agencies/${tujuan.agency}`)).status, 200)
    for (let i = 0; i < 3; i++)
      assert.equal((await admin.post(`/exchange/agencies/${tujuan.agency}/services/${service}/report`)).status, 303)
    await eventually(
      'a try that failed',
      async () =>
        await tujuan.db
          .selectFrom('exchange.report')
          .select('tries')
          .where('sent', 'is', null)
          .where('tries', '>', 0)
          .executeTakeFirst(),
    )
    const page = await aWindow(tujuan, tujuan.admin, 'en', false)
    await page.goto(`/exchange/agencies/${tujuan.agency}/services/${service}`)
    await page
      .getByText(/Waiting, next try/)
      .first()
      .waitFor()
    await asal.start()
    // Its turn comes in a minute; the test does not wait for it.
    await tujuan.db
      .updateTable('exchange.report')
      .set({ next: new Date(0) })
      .where('sent', 'is', null)
      .execute()
    assert.equal((await admin.post(`/exchange/agencies/${tujuan.agency}/services/${service}/report`)).status, 303)
    await eventually('all that waited', async () => ((await lastNews())?.sequence === before + 4 ? true : undefined))
    const received = await asal.db.selectFrom('exchange.heartbeat').select('sequence').orderBy('received').execute()
    assert.deepEqual(
      received.map(({ sequence }) => sequence),
      Array.from({ length: before + 4 }, (_, i) => i + 1),
    )
  })

  let old: Signed
  it('is offered in a newer version there when its origin runs one, and merged with what was changed', async () => {
    old = await catalogueOf(asal)
    const admin = await asal.as(asal.admin)
    const publisher = newKeyPair()
    const national = await asal.as(asal.national)
    const trusted = await national.post('/services/publishers', { name: 'Penerbit uji', key: publisher.key })
    assert.equal(trusted.status, 303)
    const upload = async (name: string, version: string) => {
      const files = asJson(filesOf(name))
      const manifest = JSON.parse(new TextDecoder().decode(files.get('package.json'))) as { id: string }
      files.set('package.json', new TextEncoder().encode(JSON.stringify({ ...manifest, version })))
      const about = { id: manifest.id, version, publisher: 'Penerbit uji' }
      const form = new FormData()
      form.set('file', new File([new Uint8Array(sealed(files, about, secretOf(publisher.secret)))], 'paket.melayani'))
      return admin.send('POST', `/services/agencies/${asal.agency}/upload`, form)
    }
    assert.equal((await upload('laskar-penjaja-sayur', '1.2.0')).status, 303)
    const again = await admin.post(`/replication/innovations/${code}/publish`, publishing)
    assert.equal(again.status, 303, await again.text())
    const fresh = await catalogueOf(asal)
    assert.equal(fresh.content.sequence, (old.content as Catalogue).sequence + 1)

    assert.equal((await refreshed()).status, 303)
    const w = words('en')
    const page = await aWindow(tujuan, tujuan.admin, 'en')
    await page.goto(`/exchange/agencies/${tujuan.agency}`)
    await page.getByText(w['standing-newer']).waitFor()
    await look(page)
    await page.getByRole('region', { name: w.elsewhereTitle }).getByRole('link').first().click()
    await press(page, w.fetch)
    await press(page, w.upgrade.replace('{version}', '1.2.0'))
    await page.waitForURL(`**/services/${service}/upgrade/draft`)
    await look(page)
    await press(page, 'Install version 1.2.0+local.1')
    await page.getByText('1.2.0+local.1').first().waitFor()
    const merged = await running(tujuan, service)
    assert.deepEqual(
      [merged.version, merged.settings.jam_kontak_merah, labelOf(merged.pkg).id],
      ['1.2.0+local.1', 12, 'Nama panggilan ibu'],
    )
    await (await tujuan.as(tujuan.admin)).post(`/exchange/agencies/${tujuan.agency}/services/${service}/report`)
    const news = await eventually('the new version', async () => {
      const last = await lastNews()
      return last?.said.version === '1.2.0+local.1' ? last : undefined
    })
    assert.equal(news.said.service, service)
    // A second package, for what follows.
    const garda = await upload('garda-ampuh', '1.0.1')
    assert.equal(
      (await admin.post(`/exchange${garda.headers.get('location')!.replace(/roles$/, 'offer')}`)).status,
      303,
    )
    await catalogueOf(asal)
    assert.equal((await refreshed()).status, 303)
  })

  describe('and whoever stands at its address instead', () => {
    let impostor: Server
    let says: (path: string) => { status?: number; body: string | Uint8Array }
    let whole: Signed & { content: Catalogue }
    let files: Map<string, Uint8Array>

    before(async () => {
      whole = await catalogueOf(asal)
      files = new Map()
      for (const { file } of whole.content.packages)
        files.set(file.path, new Uint8Array(await (await fetch(asal.running.url + file.path)).arrayBuffer()))
      await asal.stop('SIGTERM')
      says = () => ({ status: 500, body: '' })
      impostor = createServer((asked, answer) => {
        const { status = 200, body } = says(asked.url ?? '/')
        answer.writeHead(status).end(body)
      }).listen(asal.port, '127.0.0.1')
      await once(impostor, 'listening')
    })
    after(async () => {
      impostor.closeAllConnections()
      impostor.close()
      await once(impostor, 'close')
      await asal.start()
    })

    const shows = (catalogue: unknown) => {
      says = (path) =>
        path === '/.well-known/melayani' ? { body: JSON.stringify(catalogue) } : { status: 404, body: '' }
    }
    const key = newKeyPair()
    const impostures: [title: string, made: () => unknown, rule: string][] = [
      [
        'with a key of its own is refused, and both fingerprints are shown',
        () =>
          signedBy(key.secret, {
            ...whole.content,
            sequence: 99,
            installation: { ...whole.content.installation, key: key.key },
          }),
        'key-changed',
      ],
      [
        'with a changed catalogue is refused',
        () => ({ ...whole, content: { ...whole.content, sequence: whole.content.sequence + 1 } }),
        'signature-wrong',
      ],
      ['with a page is refused', () => '<html>', 'not-a-catalogue'],
    ]
    for (const [title, made, rule] of impostures)
      it(title, async () => {
        const kept = await peerRow()
        shows(made())
        const { status, page } = await refreshed()
        assert.equal(status, 409)
        const now = await peerRow()
        assert.deepEqual([now.failure, now.key, now.sequence], [rule, kept.key, kept.sequence])
        if (rule === 'key-changed') assert.match(page, /Kunci berubah: jangan percaya/)
        const told = await tujuan.db
          .selectFrom('log.event')
          .select('particulars')
          .where('name', '=', 'exchange.catalogue-refused')
          .orderBy('id', 'desc')
          .executeTakeFirstOrThrow()
        assert.equal((told.particulars as { rule: string }).rule, rule)
      })

    it('that plays an older catalogue again is refused; the true one is taken again', async () => {
      const kept = await peerRow()
      shows(old)
      assert.equal((await refreshed()).status, 409)
      const now = await peerRow()
      assert.deepEqual([now.failure, now.sequence, now.digest], ['catalogue-old', kept.sequence, kept.digest])
      shows(whole)
      assert.equal((await refreshed()).status, 303)
      assert.equal((await peerRow()).failure, null)
    })

    it('that hands out another file is refused, and nothing of it is kept', async () => {
      const garda = whole.content.packages.find(({ id }) => id !== laskar)!
      const bytes = files.get(garda.file.path)!.slice()
      bytes[1000] = bytes[1000]! ^ 1
      says = (path) => (path === garda.file.path ? { body: bytes } : { body: JSON.stringify(whole) })
      const admin = await tujuan.as(tujuan.admin)
      const at = `/exchange/agencies/${tujuan.agency}/packages/${peer}/${garda.id}`
      const fetched = await admin.post(`${at}/fetch`)
      assert.equal(fetched.status, 409)
      assert.match(await fetched.text(), /bukan yang disebut katalog/)
      assert.equal((await admin.post(`${at}/adopt`)).status, 409)
      const kept = await tujuan.db.selectFrom('exchange.file').select('sha256').execute()
      assert.equal(kept.length, 2)
      // The true file, from the same address.
      says = (path) => ({ body: path === garda.file.path ? files.get(path)! : JSON.stringify(whole) })
      assert.equal((await admin.post(`${at}/fetch`)).status, 303)
    })

    it('does not keep an adoption from being done with what was fetched before', async () => {
      says = () => ({ status: 500, body: '' })
      const garda = whole.content.packages.find(({ id }) => id !== laskar)!
      const admin = await tujuan.as(tujuan.admin)
      const at = `/exchange/agencies/${tujuan.agency}/packages/${peer}/${garda.id}`
      const statuses = (await Promise.all([1, 2, 3].map(() => admin.post(`${at}/adopt`)))).map(({ status }) => status)
      assert.deepEqual(statuses.sort(), [303, 409, 409])
    })
  })

  it('leaves nothing wrong: pages, chain of events, invariants', async () => {
    assert.deepEqual(faults, [])
    for (const { db } of [asal, tujuan]) {
      await assertInvariants(db)
      assert.equal((await verifyChain(db)).broken, undefined)
    }
  })
})
