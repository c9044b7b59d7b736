import { equal, match, ok } from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { base64Hash } from '../src/hash.ts'
import { openKernel } from '../src/kernel/open.ts'
import { platformRandom } from '../src/random.ts'
import { buildPage } from '../tools/build-verifier.ts'
import { type MadeArchive, makeArchive } from './make.ts'

/** The page from a disk, in a browser without a network. */
let folder = ''
let browser: Browser
let made: MadeArchive
const place = (name: string) => path.join(folder, name)

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'ballot-page-'))
  writeFileSync(place('page.html'), await buildPage())
  made = makeArchive(
    {
      group: 'Ed25519',
      questions: [{ answers: ['1. Ani', '2. <b>Budi</b>', '3. Citra'], min: 1, max: 1, question: 'Kepala Desa?' }],
      voters: 1000,
      votes: 1000,
      trustees: { single: 1, threshold: { t: 2, n: 3 } },
      stage: 'final',
    },
    await openKernel('Ed25519', platformRandom),
  )
  writeFileSync(place('thousand.bel'), made.bytes)
  const refused = Uint8Array.from(made.bytes)
  refused[refused.length - 500]! ^= 1
  writeFileSync(place('refused.bel'), refused)
  writeFileSync(place('photo.bel'), Uint8Array.of(0xff, 0xd8, 0xff, 0xe0))
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
})
after(async () => {
  await browser.close()
  rmSync(folder, { recursive: true })
})

async function openPage(locale: string): Promise<{ page: Page; troubles: string[]; asked: string[] }> {
  const context = await browser.newContext({ locale, offline: true, viewport: { width: 360, height: 800 } })
  const page = await context.newPage()
  const troubles: string[] = []
  const asked: string[] = []
  page.on('console', (message) => troubles.push(message.text()))
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(pathToFileURL(place('page.html')).href)
  return { page, troubles, asked }
}

async function check(page: Page, name: string): Promise<string | null> {
  await page.setInputFiles('#archive', place(name))
  await page.click('button[type=submit]')
  await page.waitForSelector('#report', { timeout: 120_000 })
  return page.getAttribute('#report', 'data-verdict')
}

test('the page checks 1,000 ballots without a network and shows how far it is', async () => {
  const { page, troubles, asked } = await openPage('id-ID')
  // Every value that the bar takes, as the browser draws it.
  await page.evaluate(`
    window.seen = []
    new MutationObserver(() => {
      const bar = document.querySelector('progress')
      if (bar) new MutationObserver(() => window.seen.push(bar.value)).observe(bar, { attributes: true })
    }).observe(document.getElementById('page'), { childList: true })
  `)
  equal(await check(page, 'thousand.bel'), 'sound')
  const seen = (await page.evaluate('window.seen')) as number[]
  ok(seen.length >= 2, `the bar moved ${seen.length} times`)
  ok(
    seen.every((value, at) => value > 0 && value <= 1 && value >= (seen[at - 1] ?? 0)),
    seen.join(),
  )

  const text = (await page.textContent('#report'))!
  match(text, /✓ Semua benar/)
  match(text, /surat suara1\.0001\.000/)
  const votes = made.result![0]!
  for (const [at, answer] of ['1. Ani', '2. <b>Budi</b>', '3. Citra'].entries())
    ok(text.includes(`${answer}${votes[at]}`), `${answer} ${votes[at]} in ${text}`)
  equal(await page.locator('#report b').count(), 0)

  // A voter's own ballot.
  const ballot = made.texts.ballots[41]!
  await page.fill('#code', ` ${base64Hash(ballot)} `)
  await page.click('form button')
  await page.getByText('Ada. Surat suara dengan kode ini tercatat sebagai nomor 42 dari 1000.').waitFor()
  await page.fill('#code', base64Hash('a ballot that is not there'))
  await page.click('form button')
  await page.getByText('Tidak ada surat suara dengan kode ini dalam arsip.').waitFor()

  const own = asked.filter((url) => !url.startsWith('blob:') && !url.startsWith('data:'))
  equal(own.join(), pathToFileURL(place('page.html')).href)
  equal(troubles.join(), '')
  await page.context().close()
})

test('an altered archive is refused with place and rule, a photograph cannot be checked, and no file is asked for again', async () => {
  const { page, troubles } = await openPage('en-GB')
  await page.click('button[type=submit]')
  equal(await page.textContent('[role=alert]'), 'Choose the archive of an election first.')
  equal(await check(page, 'refused.bel'), 'refused')
  const rules = await page
    .locator('.findings li')
    .evaluateAll((list) => list.map((each) => (each as HTMLElement).dataset.rule))
  ok(rules.includes('record.hash'), rules.join())
  equal(await page.locator('#code').count(), 0)
  match((await page.textContent('.findings'))!, /record [\d,]+ \(byte [\d,]+\)/)
  await page.click('.acts button:not(.plain)')
  equal(await check(page, 'photo.bel'), 'unusable')
  // Another language says the same report.
  await page.click('.top button')
  match((await page.textContent('#report'))!, /Tidak dapat diperiksa/)
  equal(await page.getAttribute('html', 'lang'), 'id')
  equal(troubles.join(), '')
  await page.context().close()
})

test('the form and both reports have no fault that axe knows, at 360 pixels nothing sticks out', async () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  for (const locale of ['id-ID', 'en-GB']) {
    const { page } = await openPage(locale)
    const look = async (what: string) => {
      const found = (await page.evaluate(
        `${axe}; axe.run().then(({ violations }) => violations.map(({ id }) => id))`,
      )) as string[]
      equal(found.join(), '', `${locale} ${what}`)
      ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${locale} ${what} is too wide`)
    }
    await look('form')
    for (const name of ['thousand.bel', 'refused.bel']) {
      await check(page, name)
      await look(name)
      await page.click('.acts button:not(.plain)')
    }
    await page.context().close()
  }
})

test('the page may run its own script and no other, and its policy allows no connection', async () => {
  const html = readFileSync(place('page.html'), 'utf8')
  equal(html, await buildPage(), 'two builds differ')
  const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)![1]!
  match(policy, /^default-src 'none'; script-src 'sha256-[^']+' 'wasm-unsafe-eval'; /)
  ok(!/connect-src|unsafe-inline|https?:/.test(policy), policy)
  const { page } = await openPage('id-ID')
  const reached = await page.evaluate(`fetch('http://127.0.0.1:9/').then(() => 'reached', (error) => error.message)`)
  equal(reached, 'Failed to fetch')
  const blocked = page.waitForEvent('console', (message) => /Content Security Policy/.test(message.text()))
  await page.evaluate(
    `document.body.append(Object.assign(document.createElement('img'), { src: 'http://127.0.0.1:9/x.png' }))`,
  )
  await blocked
  await page.context().close()
})
