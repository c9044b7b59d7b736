import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { chromium } from 'playwright-core'
import { shortHash } from '../src/format/index.ts'
import { listen } from '../src/screen/index.ts'
import { castSlots, deskRows, openStationWorld, sentSlots } from './station-world.ts'

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

test('the chair’s pages: no problem that axe finds, nothing wider than a phone, in two languages and without scripts', async () => {
  const world = await openStationWorld({ booths: 1, desks: 1, mode: 'practice' })
  const { officer, agree, post } = world
  const two = [officer('chair'), officer('officer')]
  const served = await listen({ fetch: (request, env) => world.app.fetch(request, env) }, 0)
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  })
  try {
    const phone = await browser.newContext({ viewport: { width: 360, height: 740 }, bypassCSP: true })
    const page = await phone.newPage()
    const look = async (paths: readonly string[]) => {
      for (const path of paths)
        for (const lang of ['id', 'en']) {
          await page.goto(`http://127.0.0.1:${served.port}${path}?lang=${lang}`)
          await page.addScriptTag({ path: axePath })
          // Whoever stands before it can compare the package (R68).
          assert.equal((await page.textContent('body'))?.includes(shortHash(world.made.hash)), true, path)
          const found = await page.evaluate(async () => {
            type Found = { violations: { id: string; nodes: { html: string }[] }[] }
            const { axe } = window as unknown as { axe: { run: (root: Document, options: object) => Promise<Found> } }
            const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
            const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags } })
            const { scrollWidth, clientWidth } = document.documentElement
            return [
              ...violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 160)}`),
              ...(scrollWidth > clientWidth ? [`${scrollWidth} wide`] : []),
            ]
          })
          assert.deepEqual(found, [], `${path} ${lang}`)
        }
    }
    const desk = await world.join('desk')
    const booth = await world.join('booth')
    await look(['/', '/devices', '/zero', '/incidents', '/objections'])
    const tokens = String(world.made.package.pool.size)
    await post('/zero/self-test')
    await agree('/zero', { tokens, paper: 'ya' }, [officer('chair')])
    const begun = await post('/open')
    await look(['/zero', begun.to])
    await agree('/open', {}, two)
    await world.tell(desk, '/hub/log', { lines: deskRows(world, desk, [1, 2, 3]) })
    const { sent } = castSlots(world, [1, 2])
    await world.tell(booth, '/hub/box', { box: 'x', slots: sent })
    await look(['/', '/queue'])
    world.clock.now = `${world.made.package.election.date}T06:30:00Z`
    await agree('/close', {}, two)
    await look(['/', '/boxes', '/sessions', '/by-hand'])
    await agree('/boxes/booth-1', { 'cast-booth-1': '2' }, two)
    await post('/by-hand', { unused: '7', slips: '2', slipsVoid: '0', replaced: '0' })
    await look(['/sheet'])
    await agree('/sheet/explain/issued', { 'note-issued': 'Satu token dibawa pulang.' }, two)
    await agree('/sheet/sign', {}, [officer('chair')])
    // A last ballot, and rubbish beside it, make the signed sheet out of date.
    const { sent: late, slots } = castSlots(world, [1], 2)
    const { credential } = castSlots(world, [1], 3).slots[0]!
    const { ballot: _, ...bare } = { ...slots[0]!, id: 'f'.repeat(32), credential }
    const rubbish = sentSlots(world.made, [{ ...bare, state: 'open', slip: 'none' }])
    await world.tell(booth, '/hub/box', { box: 'x', slots: [...late, ...rubbish] })
    await look(['/', '/sheet'])
    await agree('/boxes/booth-1', { 'cast-booth-1': '3' }, two)
    await post('/by-hand', { unused: '7', slips: '3', slipsVoid: '0', replaced: '0' })
    for (const law of ['used', 'pending'])
      await agree(`/sheet/explain/${law}`, { [`note-${law}`]: 'Bilik 1 mengirim sesi tanpa token.' }, two)
    await agree('/sheet/sign', {}, [officer('chair')])
    await look(['/tally'])
    await agree('/tally', {}, two)
    await look(['/cards', '/result/slips'])
    const slips = Object.fromEntries(
      [1, 2].flatMap((counter) => [0, 1, 2, 3].map((at) => [`count-${counter}-${at}`, at === 1 ? '2' : '0'])),
    )
    await agree('/result/slips', slips, [officer('chair')])
    await look(['/result', '/hand-over', '/hand-over/qr'])
  } finally {
    await browser.close()
    await served.close()
  }
})
