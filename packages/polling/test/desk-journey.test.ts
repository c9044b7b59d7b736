import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { type Browser, chromium, type Page } from 'playwright-core'
import { shortHash } from '../src/format/index.ts'
import { insertCard, testPin } from './cards.ts'
import { type DeskProcess, layCard, openTestHub, startDesk, type TestHub, until } from './desk-rig.ts'
import { makeTps, testNik } from './village.ts'

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const root = mkdtempSync(path.join(tmpdir(), 'melayani-desk-'))
/** With LOOK=folder each page is kept as a picture, at the sizes and in the colours people have. */
const look = process.env.LOOK
const made = makeTps({ voters: 30, desks: 1, mode: 'practice', elsewhere: [{ nik: testNik(2, 1), tps: 2 }] })
let hub: TestHub
let desk: DeskProcess
let browser: Browser
let page: Page
let photo: string

before(async () => {
  hub = await openTestHub(made, root)
  desk = await startDesk(made, { root, name: 'meja', port: 4763, hub: hub.address })
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
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
  // axe is put into the page from outside, which the desk's own policy forbids to strangers.
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, bypassCSP: true })
  context.setDefaultTimeout(15_000)
  page = await context.newPage()
  await page.setContent(
    '<body style="margin:0;background:#9db4c0"><svg viewBox="0 0 300 400" width="300" height="400"><circle cx="150" cy="150" r="80" fill="#c68642"/><path d="M20 400c0-120 60-170 130-170s130 50 130 170z" fill="#253237"/></svg>',
  )
  const picture = await page.screenshot({ type: 'jpeg', quality: 60, clip: { x: 0, y: 0, width: 300, height: 400 } })
  photo = picture.toString('base64')
})
after(async () => {
  await browser?.close()
  await desk?.kill()
  await hub?.close()
  rmSync(root, { recursive: true, force: true })
})

/** What is wrong with any page that was looked at; see the last test. */
const found: string[] = []
let pagesSeen = 0

/** axe finds nothing, in light and dark, narrow and wide; nothing is wider than its window. */
async function good(name: string, { still = true } = {}) {
  for (const { width, height, dark } of [
    { width: 1366, height: 768, dark: false },
    { width: 360, height: 780, dark: true },
  ]) {
    await page.setViewportSize({ width, height })
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' })
    await page.addScriptTag({ path: axePath })
    pagesSeen++
    // Whoever stands before it can compare the package (R68).
    if (!(await page.textContent('body'))?.includes(shortHash(made.hash))) found.push(`${name}: no hash of the package`)
    const problems = await page.evaluate(async () => {
      type Found = { violations: { id: string; nodes: { html: string }[] }[] }
      const { axe } = window as unknown as { axe: { run: (root: Document, options: object) => Promise<Found> } }
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
      const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags } })
      return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
    })
    found.push(...problems.map((problem) => `${name} ${width}: ${problem}`))
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    if (wide > 0) found.push(`${name}: ${wide} px too wide at ${width}`)
    if (look) {
      mkdirSync(look, { recursive: true })
      await page.screenshot({ path: path.join(look, `${name}-${width}.png`) })
    }
    // At the desk's own screen everything is in sight.
    if (width === 1366 && still) {
      const low = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)
      if (low > 0) found.push(`${name}: ${low} px too long for 1366 x 768`)
    }
  }
  await page.setViewportSize({ width: 1366, height: 768 })
  await page.emulateMedia({ colorScheme: 'light' })
}
/** A page puts the focus where the Enter key is meant for; a busy machine does so a moment after it was loaded. */
const enter = async () => {
  await page.waitForFunction(() => document.activeElement !== document.body)
  await page.keyboard.press('Enter')
}
const says = (pattern: RegExp) =>
  until(async () => pattern.test(await page.textContent('body').then(String)), String(pattern))

test('a desk is admitted, the codes are compared, and the chair’s card opens the roll', async () => {
  await page.goto(desk.url)
  await page.waitForSelector('form[action="/unlock"]', { timeout: 20_000 })
  await good('unlock')
  await page.click('button.main')
  assert.match(String(await page.textContent('.notice')), /Cocokkan kode stasiun/)
  await page.check('#same')
  await page.click('button.main')
  insertCard(desk.cards, desk.reader, 'petugas-2')
  await page.fill('#pin', testPin)
  await page.click('button.main')
  await says(/tidak berwenang/)
  insertCard(desk.cards, desk.reader, 'petugas-1')
  await page.fill('#pin', testPin)
  await page.click('button.main')
  await page.waitForSelector('form[action="/find"]')
  insertCard(desk.cards, desk.reader, undefined)
  await good('home')
  await page.click('a[href="/printer"]')
  await page.click('form[action="/paper"] button')
  await page.waitForSelector('form[action="/paper/good"]')
  await good('printer')
  await page.goto(desk.url)
})

test('card, finger, enter, token: four times the Enter key, without a mouse', async () => {
  layCard(desk, { nik: made.niks[4]!, name: 'Pemilih 5', photo, failures: 1 })
  await page.goto(desk.url)
  await enter()
  await page.waitForSelector('form[action="/finger"]')
  assert.match(String(await page.textContent('.verdict')), /TEMPELKAN JARI/)
  await good('finger')
  await enter()
  await says(/Sisa 3 percobaan/)
  await enter()
  await page.waitForSelector('form[action="/enter"]')
  assert.match(String(await page.textContent('.verdict')), /BOLEH MASUK/)
  assert.equal(await page.getAttribute('.face img', 'alt'), 'Foto Pemilih 5')
  await good('enter')
  await enter()
  await page.waitForURL('**/token/5')
  assert.match(String(await page.textContent('[data-stamp]')), /^S\.\d+\.1\.[A-Za-z0-9_-]{86}$/)
  await good('token')
  await enter()
  await page.waitForSelector('form[action="/find"]')
  assert.match(String(await page.textContent('.tally')), /1 dari 30/)
  // The scanner types into the field at once.
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'q')
})

test('every other verdict has its word, its colour and one way on', async () => {
  layCard(desk, { nik: made.niks[4]!, name: 'Pemilih 5', photo })
  await page.goto(desk.url)
  await enter()
  await says(/BELUM BISA[\s\S]*Sudah tercatat hadir/)
  await good('already')
  layCard(desk, { nik: testNik(2, 1), name: 'Tetangga', photo })
  await page.goto(desk.url)
  await enter()
  await says(/Terdaftar di TPS 2/)
  await good('elsewhere')
  await enter()
  await says(/Alasan sudah dicetak/)
  layCard(desk, undefined)
  await enter()
  await says(/Tidak ada e-KTP di pembaca/)
  await good('no-card')
  await page.fill('#q', 'pemilih 1')
  await enter()
  await page.waitForSelector('.names')
  await good('names', { still: false })
  await page.click('.names button >> nth=2')
  await says(/DUA PETUGAS[\s\S]*Tanpa e-KTP/)
  await good('two')
  await page.click('text=Lanjut dengan dua kartu petugas')
  await page.waitForSelector('#pin')
  await good('officers')
  for (const officer of ['petugas-2', 'petugas-3']) {
    insertCard(desk.cards, desk.reader, officer)
    await page.fill('#pin', testPin)
    await page.click('button.main')
  }
  insertCard(desk.cards, desk.reader, undefined)
  await page.waitForURL('**/token/*')
  for (const [address, name] of [
    ['/list', 'list'],
    ['/conflicts', 'conflicts'],
    ['/return', 'return'],
  ]) {
    await page.goto(desk.url + address)
    await good(name!, { still: false })
    await page.goto(`${desk.url}${address}?lang=en`)
    assert.equal(await page.getAttribute('html', 'lang'), 'en')
    await page.goto(`${desk.url}${address}?lang=id`)
  }
})

test('without JavaScript, and when the polls close: the same pages', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 780 } })
  const plain = await context.newPage()
  layCard(desk, { nik: made.niks[19]!, name: 'Pemilih 20', photo })
  await plain.goto(`${desk.url}/?lang=en`)
  await plain.click('button.main')
  await plain.click('form[action="/finger"] button')
  await plain.click('form[action="/enter"] button')
  await plain.waitForURL('**/token/20')
  await plain.click('button.main')
  hub.setStage('closed')
  await until(async () => {
    await plain.goto(desk.url)
    return (await plain.textContent('.stage')) === 'Closed'
  }, 'the desk hears that the polls are closed')
  layCard(desk, { nik: made.niks[20]!, name: 'Pemilih 21', photo })
  await plain.click('button.main')
  assert.match(String(await plain.textContent('body')), /NOT YET[\s\S]*The polls are closed/)
  await context.close()
})

test('axe finds nothing on any page, none is wider than its window, and at the desk nothing is out of sight', () => {
  assert.deepEqual(found, [])
  assert.equal(pagesSeen, 2 * 15)
})
