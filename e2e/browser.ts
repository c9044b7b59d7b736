import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import type { World } from '../test/world.ts'

/**
 * What every browser journey needs: the product of a test world behind a real address, a Chromium, a window that
 * carries somebody's session, and axe. The world's clock and database are the journey's own.
 *
 *     const stage = await aStage(await aWorld())
 *     const page = await stage.pageFor(writer, { width: 360, lang: 'en' })
 *     await page.goto('/competition/proposals')
 *     assert.deepEqual(await axeProblems(page), [])
 *     await stage.close()
 */
export async function aStage(world: World): Promise<Stage> {
  const server = serve({ fetch: world.web.fetch, hostname: '127.0.0.1', port: 0 })
  await new Promise<void>((listening) => server.once('listening', listening))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const browser = await chromium.launch({
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
  const stage: Stage = {
    address,
    browser,
    async contextFor(person, options = {}) {
      const { lang = 'id', width = 1280, dark = false, javaScript = true } = options
      const { cookie } = await world.as(person, { lang })
      const context = await browser.newContext({
        baseURL: address,
        viewport: { width, height: 800 },
        colorScheme: dark ? 'dark' : 'light',
        javaScriptEnabled: javaScript,
        // axe is put into the page from outside, which the product's own policy forbids to strangers.
        bypassCSP: true,
      })
      await context.addCookies(
        cookie
          .split('; ')
          .filter(Boolean)
          .map((pair) => {
            const [name = '', value = ''] = pair.split('=')
            return { name, value, url: address }
          }),
      )
      context.setDefaultTimeout(20_000)
      return context
    },
    async pageFor(person, options) {
      return (await stage.contextFor(person, options)).newPage()
    },
    async close() {
      await browser.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await new Promise<void>((closed) => server.close(() => closed()))
      await world.drop()
    },
  }
  return stage
}

export type Window = { lang?: 'id' | 'en'; width?: number; dark?: boolean; javaScript?: boolean }
export type Stage = {
  address: string
  browser: Browser
  /** A browser with this person's session, or the public's without one. */
  contextFor: (person?: string, options?: Window) => Promise<BrowserContext>
  pageFor: (person?: string, options?: Window) => Promise<Page>
  /** Browser, server and world end. */
  close: () => Promise<void>
}

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** Press what leads to a page, also to the same one again, and wait for that page. A click alone may return before it begins to arrive. */
export async function follow(page: Page, press: () => Promise<void>): Promise<void> {
  const arrives = page.waitForEvent('framenavigated')
  await press()
  await arrives
  await page.waitForLoadState()
}

/** What axe finds against WCAG 2.2 A and AA on this page: one line a problem, none when all is well. */
export async function axeProblems(page: Page): Promise<string[]> {
  await page.waitForLoadState()
  await page.addScriptTag({ path: axePath })
  return page.evaluate(async () => {
    type Found = { violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[] }
    const { axe } = window as unknown as { axe: { run: (root: Document, options: object) => Promise<Found> } }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    const { violations } = await axe.run(document, {
      runOnly: { type: 'tag', values: tags },
      resultTypes: ['violations'],
    })
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 200)}`),
    )
  })
}

/** Whether something on the page is wider than the window: nothing may scroll sideways but tables in their own box. */
export async function isTooWide(page: Page): Promise<boolean> {
  // A click that led to another page returns when that page begins to arrive.
  await page.waitForLoadState()
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth)
}
