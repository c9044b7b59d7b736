import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import { groupNames } from '../src/group/group.ts'
import { encrypt, open as openBooth } from './encrypt-work.ts'

/**
 * `node bench/encrypt.ts [--chromium]`: what it costs to open a booth and to encrypt a ballot for one of three candidates,
 * in Node or in headless Chromium (CHROMIUM names the program). CPU milliseconds of the thread: opening, the first ballot
 * after it, the best of ROUNDS rounds in which all rows take their turn, and the mean. The machine may be shared:
 * differences below a fifth mean nothing.
 */
const rounds = Number(process.env.ROUNDS ?? 10)

type What = 'open' | 'encrypt'
type Place = { name: string; spend(what: What, ...args: unknown[]): Promise<number>; close(): Promise<void> }

const here = { open: openBooth, encrypt }
const node: Place = {
  name: `Node ${process.versions.node}`,
  async spend(what, ...args) {
    const before = process.cpuUsage()
    here[what](...(args as Parameters<typeof encrypt>))
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1000
  },
  close: async () => {},
}

async function openChromium(): Promise<Place> {
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('./encrypt-work.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'work',
    target: 'es2022',
  })
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
  const page = await browser.newPage()
  await page.addScriptTag({ content: bundle.outputFiles[0]!.text })
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  const spent = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    return 1000 * metrics.find(({ name }) => name === 'ThreadTime')!.value
  }
  return {
    name: `Chromium ${browser.version()}`,
    async spend(what, ...args) {
      const before = await spent()
      await page.evaluate(`work.${what}(${args.map((each) => JSON.stringify(each)).join()})`)
      return (await spent()) - before
    },
    close: () => browser.close(),
  }
}

const place = process.argv.includes('--chromium') ? await openChromium() : node
const rows = []
for (const group of groupNames)
  for (const blank of [false, true]) {
    const open = await place.spend('open', group, blank)
    const first = await place.spend('encrypt', group, blank, 1)
    rows.push({ group, blank, open, first, each: [] as number[] })
  }
for (let round = 0; round < rounds; round++)
  for (const { group, blank, each } of rows) {
    const times = group === 'RFC-3526-2048' ? 2 : 10
    each.push((await place.spend('encrypt', group, blank, times)) / times)
  }
await place.close()

console.log(`${place.name}: one of three candidates, ms of CPU`)
console.log(['group', 'blank', 'open', 'first', 'best', 'mean'].join('\t'))
for (const { group, blank, open, first, each } of rows) {
  const mean = each.reduce((sum, one) => sum + one) / each.length
  const numbers = [open, first, Math.min(...each), mean].map((ms) => ms.toFixed(1))
  console.log([group, blank ? 'allowed' : 'no', ...numbers].join('\t'))
}
