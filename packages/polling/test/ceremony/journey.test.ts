import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { type Browser, chromium, type Page } from 'playwright-core'
import { checkCeremony } from '../../src/ceremony/index.ts'
import { peopleOf } from '../../src/ceremony/people.ts'
import { pinOf, room, testOrder } from './held.ts'

/** The program as people meet it: a screen, a reader, a stick, and a laptop whose plug is pulled. */
const place = room()
const order = testOrder({ pools: [3], inside: 1, needed: 1 })
const orderFile = path.join(place.folder, 'order.json')
const stick = path.join(place.folder, 'stick')
let browser: Browser
let program: ChildProcess
let address = ''

const start = () =>
  new Promise<void>((resolve, reject) => {
    program = spawn(
      process.execPath,
      [
        ...['--import', 'tsx', path.join(import.meta.dirname, '../../src/main.ts'), 'ceremony', '--order', orderFile],
        ...[
          '--folder',
          place.laptop,
          '--reader',
          place.slot,
          '--out',
          stick,
          '--prints',
          place.prints,
          '--port',
          '4731',
        ],
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    program.on('exit', () => reject(new Error('the program has ended')))
    program.stdout!.on('data', (said: Buffer) => {
      const found = /http:\S+/.exec(said.toString())
      if (!found) return
      address = found[0]
      resolve()
    })
  })

before(async () => {
  mkdirSync(place.slot, { recursive: true })
  writeFileSync(orderFile, JSON.stringify(order))
  await start()
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update'],
    ],
  })
})
after(async () => {
  program.kill('SIGKILL')
  await browser.close()
  rmSync(place.folder, { recursive: true, force: true })
})

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
async function look(page: Page, name: string) {
  await page.evaluate(axe)
  const found = await page.evaluate(async () => {
    const run = (globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string }[] }> } }).axe
    return (await run.run()).violations.map(({ id }) => id)
  })
  deepEqual(found, [], name)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
  equal(wide, false, `${name} scrolls sideways`)
  if (process.env.SHOTS) await page.screenshot({ path: path.join(process.env.SHOTS, `${name}.png`), fullPage: true })
}

test('a whole ceremony at the screen, in both languages, with a wrong PIN, a wrong count and a pulled plug', async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, javaScriptEnabled: true })
  const page = await context.newPage()
  await page.goto(address)
  equal(await page.locator('h1').textContent(), 'Buat kartu dan pilih PIN')
  await look(page, 'cards')
  // A PIN that anybody would guess, and two that differ.
  const choose = async (id: string, pin: string, again = pin) => {
    await page.locator(`input[value="${id}"]`).check()
    await page.locator('#pin').fill(pin)
    await page.locator('#again').fill(again)
    await page.locator('button.main').click()
  }
  await choose('panitia', '123456')
  match((await page.locator('[role=alert]').textContent())!, /mudah ditebak/)
  await look(page, 'cards-problem')
  await choose('panitia', pinOf('panitia'), '999888')
  match((await page.locator('[role=alert]').textContent())!, /Kedua PIN tidak sama/)
  deepEqual(readdirSync(place.slot), [])

  const holders = peopleOf(order).holders.map(({ id }) => id)
  for (const id of holders) {
    await choose(id, pinOf(id))
    renameSync(path.join(place.slot, `${id}.card.json`), path.join(place.table, `${id}.card.json`))
  }
  const present = async (id: string, pin = pinOf(id)) => {
    place.insert(id)
    await page.goto(address)
    await page.locator('#pin').fill(pin)
    await page.locator('form[action="/present"] button').click()
  }
  equal(await page.goto(address).then(() => page.locator('h1').textContent()), 'Putaran 2: ikrar kunci')
  await present('ketua-1', '000001')
  match((await page.locator('[role=alert]').textContent())!, /PIN salah\. Sisa percobaan: 4\./)
  await present('panitia')
  match((await page.locator('[role=alert]').textContent())!, /tidak diperlukan pada putaran ini/)
  await present('ketua-1')
  // The plug is pulled between two rounds.
  program.removeAllListeners('exit')
  program.kill('SIGKILL')
  await start()
  await page.goto(`${address}?lang=en`)
  equal(await page.locator('h1').textContent(), 'Round 3: show the parts of the key')
  await page.setViewportSize({ width: 360, height: 800 })
  await page.emulateMedia({ colorScheme: 'dark' })
  await look(page, 'reveal-en-dark-360')
  await present('ketua-1')
  for (const id of holders.filter((each) => each !== 'panitia')) await present(id)
  equal(await page.locator('h1').textContent(), 'Make and seal the tokens')
  await page.locator('button', { hasText: 'Make the tokens' }).click()
  await look(page, 'pools-en-dark-360')
  const pdf = await context.request.get(`${address}pool/tps-1/sheets.pdf`)
  equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-')
  equal(pdf.headers()['cache-control'], 'no-store')
  await page.locator('#counted').fill('2')
  await page.locator('button', { hasText: 'tokens sealed' }).click()
  match((await page.locator('[role=alert]').textContent())!, /It must be 3/)
  await page.locator('#counted').fill('3')
  await page.locator('button', { hasText: 'tokens sealed' }).click()
  equal((await context.request.get(`${address}pool/tps-1/sheets.pdf`)).status(), 404)
  deepEqual(readdirSync(place.prints), [])
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto(`${address}?lang=id`)
  equal(await page.locator('h1').textContent(), 'Tanda tangani berita acara')
  await present('panitia')
  equal(readdirSync(stick).length, 0)
  await present('ketua-1')
  equal(await page.locator('h1').textContent(), 'Upacara selesai')
  await look(page, 'done')
  const answer = readFileSync(path.join(stick, 'ceremony-answer.json'), 'utf8')
  deepEqual(await checkCeremony(JSON.stringify(order), answer), [])
  // Who was there may still sign, and the stick has it.
  await present(holders.at(-1)!)
  equal(JSON.parse(readFileSync(path.join(stick, 'ceremony-answer.json'), 'utf8')).signatures.length, 3)
  const report = await (await context.request.get(`${address}report.pdf`)).body()
  if (process.env.SHOTS) writeFileSync(path.join(process.env.SHOTS, 'report.pdf'), report)
  ok(report.length > 1000)
  program.removeAllListeners('exit')
  const ended = new Promise<number | null>((done) => program.on('exit', done))
  await page.locator('button', { hasText: 'Selesai dan hapus' }).click()
  equal(await ended, 0)
})
