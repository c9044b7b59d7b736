import { deepEqual, equal, match } from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { bytesSource } from '../src/archive/source.ts'
import { kernelsOnce } from '../src/kernel/open.ts'
import { writeHintsFile } from '../src/node/write-hints.ts'
import { platformRandom } from '../src/random.ts'
import { verify } from '../src/verify/verify.ts'
import { buildPage } from '../tools/build-verifier.ts'
import { ask } from './keyed-election.ts'
import { makeArchive } from './make.ts'

const openKernel = kernelsOnce(platformRandom)
let browser: Browser
let folder = ''
let bytes: Uint8Array
const place = (name: string) => path.join(folder, name)

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'ballot-page-judge-'))
  writeFileSync(place('page.html'), await buildPage())
  const kernel = await openKernel('Ed25519')
  const plan = { group: 'Ed25519', questions: [ask(2)], voters: 200, votes: 200, trustees: { single: 1 } } as const
  bytes = makeArchive({ ...plan, stage: 'final' }, kernel).bytes
  writeFileSync(place('a.bel'), bytes)
  equal(await writeHintsFile(bytesSource(bytes), place('a.hints'), openKernel), 200)
  const hints = Uint8Array.from(readFileSync(place('a.hints')))
  hints[hints.length - 1]! ^= 1
  writeFileSync(place('false.hints'), hints)
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  })
})
after(async () => {
  await browser.close()
  rmSync(folder, { recursive: true })
})

/** Counts the workers that a page starts; `meddle` is put into the script that does so. */
async function openPage(meddle = ''): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', offline: true, acceptDownloads: true })
  const page = await context.newPage()
  await page.addInitScript(`
    window.workersStarted = 0
    window.Worker = class extends Worker {
      constructor(...given) { super(...given); window.workersStarted++ }
      postMessage(message, moved) { ${meddle}; super.postMessage(message, moved) }
    }`)
  await page.goto(pathToFileURL(place('page.html')).href)
  return page
}

async function start(page: Page, hints?: string): Promise<void> {
  await page.setInputFiles('#archive', place('a.bel'))
  if (hints) await page.setInputFiles('#hints', place(hints))
  await page.click('button[type=submit]')
}

/** The report as the page saves it. */
async function saved(page: Page): Promise<Record<string, unknown>> {
  await page.waitForSelector('#report', { timeout: 60_000 })
  const download = page.waitForEvent('download', { timeout: 8000 })
  await page.getByRole('button', { name: 'Save the report' }).click({ timeout: 5000 })
  const { file: _, sha256: __, ...report } = JSON.parse(readFileSync(await (await download).path(), 'utf8'))
  return report
}

for (const [hints, use] of [
  [undefined, undefined],
  ['a.hints', { batched: 200, plain: 0, missing: 0, false: 0 }],
  ['false.hints', { batched: 199, plain: 1, missing: 0, false: 1 }],
] as const)
  test(`the page judges in workers, ${hints ? `with ${hints}` : 'without hints'}: its report is that of the plain judge`, async () => {
    const page = await openPage()
    await start(page, hints)
    const { hints: used, ...report } = await saved(page)
    deepEqual(used, use)
    deepEqual(report, JSON.parse(JSON.stringify(await verify(bytesSource(bytes), { openGroup: openKernel }))))
    equal(Number(await page.evaluate('window.workersStarted')) >= 1, true)
    await page.context().close()
  })

test('a worker that dies leaves no report: the page says that not all ballots were judged', async () => {
  const page = await openPage(
    `if (message.kind === 'judge' && window.workersStarted === 2) this.dispatchEvent(new ErrorEvent('error', { message: 'it was killed' }))`,
  )
  await start(page)
  await page.waitForSelector('[role=alert]', { timeout: 60_000 })
  match((await page.textContent('[role=alert]')) ?? '', /not all ballots were judged: it was killed/)
  equal(await page.$('#report'), null)
  await page.context().close()
})
