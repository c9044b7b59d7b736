import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { BoothStatus } from '../src/booth/link.ts'
import { sessionApp } from '../src/booth/session-app.tsx'
import { themes } from '../src/booth/settings.ts'
import type { Voter } from '../src/booth/voter.ts'
import type { ElectionPackage } from '../src/format/index.ts'
import { listen } from '../src/screen/index.ts'
import { makeTps } from './village.ts'

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const photo = readFileSync(path.join(import.meta.dirname, 'fixtures/jpeg/baseline.jpg')).toString('base64')
const longName = 'Raden Ayu Siti Nurhaliza Kusumawardhani Prawiradilaga, S.Sos., M.Si.'
let browser: Browser
let page: Page

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  })
  // axe is put into the page from outside, which the booth's own policy forbids to strangers.
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    bypassCSP: true,
    reducedMotion: 'reduce',
  })
  page = await context.newPage()
  // Pages that go by themselves stay.
  await page.clock.install()
})
after(() => browser?.close())

type View = ReturnType<Voter['view']>
const still = { busy: false, wants: undefined, final: false, reported: false, wait: 0 } as const
const picked = { picked: 2, trackingCode: 'x'.repeat(43) } as const
/** Every page that a voter can come to, as the session and the booth stand there. */
const pages: Record<string, Partial<View> & { barred?: 'officers'; at?: string }> = {
  waiting: { state: 'waiting', wants: 'token' },
  stamp: { state: 'waiting', wants: 'stamp', notice: { code: 'stamp-expired' } },
  stopped: { state: 'waiting', wants: 'token', barred: 'officers' },
  choosing: { state: 'choosing' },
  confirming: { state: 'confirming', ...picked },
  saving: { state: 'recording', notice: { code: 'copies' } },
  deciding: { state: 'deciding', ...picked },
  opened: { state: 'opened', ...picked, notice: { code: 'opening-paper' } },
  checking: { state: 'checking', ...picked },
  thanks: { state: 'thanks' },
  voided: { state: 'voided', reported: true },
  help: { state: 'slip-help' },
  left: { state: 'slip-again' },
  settings: { state: 'choosing', at: 'settings' },
}

/** The booth's pages with this view of a session; nothing that is pressed has an effect. */
async function shown(content: ElectionPackage, look: (address: string, be: (name: string) => void) => Promise<void>) {
  let name = 'waiting'
  const view = () => ({ ...still, ...pages[name] })
  const status = (): BoothStatus => ({
    number: 1,
    mobile: false,
    practice: true,
    tps: 1,
    village: 'Percontohan',
    packageHash: 'a'.repeat(64),
    stage: 'open',
    standing: { unresolved: [], paper: 'readable', ...(pages[name]!.barred && { stopped: 'officers' as const }) },
    media: [
      { name: 'ssd', held: true },
      { name: 'usb', held: false },
    ],
    printer: 'near-end',
    officers: 'http://127.0.0.1:4740/',
  })
  const app = sessionApp({ package: content, voter: { view } as unknown as Voter, status, ended: () => {} })
  const { port, close } = await listen(app, 0)
  try {
    await look(`http://127.0.0.1:${port}/`, (other) => {
      name = other
    })
  } finally {
    await close()
  }
}

const axe = (rules?: string[]) =>
  page.evaluate(async (wanted) => {
    type Found = { violations: { id: string; nodes: { html: string }[] }[] }
    const { axe } = window as unknown as { axe: { run: (root: Document, options: object) => Promise<Found> } }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    const runOnly = wanted ? { type: 'rule', values: wanted } : { type: 'tag', values: tags }
    const { violations } = await axe.run(document, { runOnly })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
  }, rules)
/** Pixels by which the page is higher than the screen, and what of a button or a photograph cannot be seen. */
const fit = () =>
  page.evaluate(() => {
    const main = document.querySelector('main')!
    const over = Math.max(document.documentElement.scrollHeight - innerHeight, main.scrollHeight - main.clientHeight)
    const cut = [...document.querySelectorAll<HTMLElement>('main button, main .chosen')].filter(
      (each) => each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1,
    )
    const blind = [...document.querySelectorAll<HTMLImageElement>('main img')].filter(
      // Smaller than some 15 mm on the screen nobody knows a face.
      (each) => each.naturalWidth === 0 || each.clientHeight < 60,
    )
    return { over: Math.max(0, over), cut: cut.map(({ textContent }) => textContent), blind: blind.length }
  })
const whole = { over: 0, cut: [], blind: 0 }

test('R70: every page of a voter is sound in all colours and all sizes of letters, and in both languages fits a 15-inch screen', async () => {
  const made = makeTps({ voters: 2, reserve: 0 })
  const candidates = made.package.candidates.map((each) => ({ ...each, photo }))
  await shown({ ...made.package, candidates }, async (address, be) => {
    for (const name of Object.keys(pages)) {
      be(name)
      for (const lang of ['en', 'id']) {
        await page.goto(`${address}${pages[name]!.at ?? ''}?lang=${lang}`)
        assert.deepEqual(await fit(), whole, `${name} ${lang}`)
      }
      await page.addScriptTag({ path: axePath })
      assert.deepEqual(await axe(), [], name)
      // What the voter sets changes a class of the page and nothing else: colours and sizes are what must be looked at again.
      for (const [size, theme] of [
        ...themes.map((theme) => [0, theme] as const),
        ...[1, 2, 3].map((size) => [size, 'light'] as const),
      ]) {
        await page.evaluate((set) => {
          document.documentElement.className = set
        }, `size-${size} ${theme}`)
        assert.deepEqual(await axe(['color-contrast', 'target-size']), [], `${name} ${theme} ${size}`)
      }
    }
  })
})

test('R31: two, five and ten candidates with photographs and long names are there whole on a 15-inch screen, and so is the one who was chosen', async () => {
  for (const count of [2, 5, 10]) {
    const made = makeTps({ voters: 2, reserve: 0, candidates: Array.from({ length: count }, () => longName) })
    const candidates = made.package.candidates.map((each) => ({ ...each, photo }))
    await shown({ ...made.package, candidates }, async (address, be) => {
      for (const [name, images] of [
        ['choosing', count],
        ['confirming', 1],
        ['checking', 1],
      ] as const) {
        be(name)
        await page.goto(address, { waitUntil: 'load' })
        assert.equal(await page.locator('main img').count(), images)
        assert.deepEqual(await fit(), whole, `${name} of ${count}`)
      }
    })
  }
})
