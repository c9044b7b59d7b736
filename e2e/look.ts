import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { type Browser, chromium, type Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'))
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What is wrong with a page in a browser: rule and element, one line each. */
export type Looked = { width: number; dark: boolean; faults: string[] }[]

/**
 * A browser for pages that were fetched before: each is served from memory with axe in it, and everything else (styles,
 * scripts, pictures) by the product itself. `looks` pages are looked at at once.
 */
export async function aLook(fetch: (request: Request) => Response | Promise<Response>, looks = 3) {
  const kept = new Map<string, string>()
  const server = serve({
    hostname: '127.0.0.1',
    port: 0,
    fetch(request: Request) {
      const { pathname } = new URL(request.url)
      if (pathname === '/axe.js')
        return new Response(axe, {
          headers: { 'content-type': 'text/javascript', 'cache-control': 'public, max-age=3600' },
        })
      const html = kept.get(pathname)
      return html ? new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8' } }) : fetch(request)
    },
  })
  await new Promise<void>((listening) => server.once('listening', listening))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const browser: Browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  })
  const context = await browser.newContext({ viewport: { width: 360, height: 800 } })
  const free = await Promise.all(Array.from({ length: looks }, () => context.newPage()))
  const waiting: ((page: Page) => void)[] = []
  const take = async () => free.pop() ?? new Promise<Page>((turn) => waiting.push(turn))
  const give = (page: Page) => {
    const next = waiting.shift()
    if (next) next(page)
    else free.push(page)
  }
  let n = 0

  return {
    /** At each width what is wider than it may be; unless `fit` alone is asked for, at the first also axe, and colours once more in the dark. */
    async at(html: string, widths: readonly number[], fit = false): Promise<Looked> {
      const page = await take()
      const address = `/looked-at/${n++}`
      kept.set(address, html.replace('</body>', '<script src="/axe.js"></script></body>'))
      try {
        const looked: Looked = []
        await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
        await page.setViewportSize({ width: widths[0]!, height: 800 })
        if (!(await putInPlace(page, html))) await page.goto(origin + address)
        await page.evaluate(() => {
          for (const each of document.querySelectorAll('details')) each.open = true
        })
        for (const [index, width] of widths.entries()) {
          await page.setViewportSize({ width, height: 800 })
          if (fit) looked.push({ width, dark: false, faults: await measure(page) })
          else if (index === 0) {
            looked.push({ width, dark: false, faults: [...(await ask(page)), ...(await measure(page))] })
            await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
            looked.push({ width, dark: true, faults: await ask(page, ['color-contrast']) })
          } else looked.push({ width, dark: true, faults: await measure(page) })
        }
        return looked
      } finally {
        kept.delete(address)
        give(page)
      }
    },
    async close() {
      await browser.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await new Promise<void>((closed) => server.close(() => closed()))
    },
  }
}

/**
 * Put a page in place of the one that was looked at before, complete, with its scripts run. More than half of what a look costs is
 * a new document's beginning: axe compiled once more, and cold. False when it must be opened instead: at
 * first, and where its styles are others or something of it is for browsers without scripts.
 */
function putInPlace(page: Page, html: string): Promise<boolean> {
  return page.evaluate(async (html) => {
    const next = new DOMParser().parseFromString(html, 'text/html')
    const sheets = (of: Document) => [...of.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')]
    const named = (of: Document) => sheets(of).map((link) => link.getAttribute('href'))
    if (!('axe' in window) || `${named(document)}` !== `${named(next)}` || next.querySelector('style, noscript'))
      return false
    const root = document.documentElement
    for (const { name } of [...root.attributes]) root.removeAttribute(name)
    for (const { name, value } of next.documentElement.attributes) root.setAttribute(name, value)
    for (const sheet of sheets(next)) sheet.remove()
    document.head.replaceChildren(...sheets(document), ...next.head.children)
    document.body.replaceWith(next.body)
    window.scrollTo(0, 0)
    const scripts = [...document.querySelectorAll<HTMLScriptElement>('script[type=module][src]')]
    await Promise.all(scripts.map(({ src }) => import(src).catch(() => undefined)))
    const images = [...document.images].filter(({ complete, loading }) => !complete && loading !== 'lazy')
    const arrived = (image: HTMLImageElement) =>
      new Promise((seen) => {
        image.onload = seen
        image.onerror = seen
      })
    await Promise.all(images.map(arrived))
    return true
  }, html)
}

/** What axe finds, by all its rules of WCAG 2.2 A and AA and of good practice, or by these alone. */
function ask(page: Page, rules?: readonly string[]): Promise<string[]> {
  return page.evaluate(
    async ([tags, rules]) => {
      type Found = { violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }
      const { axe } = window as unknown as { axe: { run: (root: Document, options: object) => Promise<Found> } }
      const runOnly = rules ? { type: 'rule', values: rules } : { type: 'tag', values: tags }
      const { violations } = await axe.run(document, { runOnly, resultTypes: ['violations'] })
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary = '' }) => {
          const why = id === 'color-contrast' ? ` (${/contrast of [^,]*/.exec(failureSummary)?.[0]})` : ''
          return `${id}${why}: ${html.slice(0, 160)}`
        }),
      )
    },
    [tags, rules] as const,
  )
}

/** An id that two elements share; sideways scrolling of the page, and what stands beyond its edge, unless it lies in a region that scrolls for itself. */
function measure(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
    const twice = [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))].map((id) => `id-twice: ${id}`)
    const { clientWidth, scrollWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return twice
    const outside = [...document.querySelectorAll<HTMLElement>('body *')].filter((each) => {
      if (each.getBoundingClientRect().right <= clientWidth + 1) return false
      for (let up = each.parentElement; up; up = up.parentElement)
        if (getComputedStyle(up).overflowX !== 'visible') return false
      return ![...each.children].some((child) => child.getBoundingClientRect().right > clientWidth + 1)
    })
    const named = outside.slice(0, 3).map((each) => each.outerHTML.slice(0, 160))
    return [...twice, `wider than the window by ${scrollWidth - clientWidth} px: ${named.join(' and ')}`]
  })
}
