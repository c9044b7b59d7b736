import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { type Browser, chromium, type Page } from 'playwright-core'
import { shortHash } from '../src/format/index.ts'
import { openBox } from '../src/media/box.ts'
import { openMedium } from '../src/media/medium.ts'
import { boxPlan } from '../src/media/slot-size.ts'
import { type BoothProgram, boothProgram } from './booth-program.ts'
import { insertCard, testPin, writeTestCards } from './cards.ts'
import { hubDouble } from './hub-double.ts'
import { inMemoryOf } from './memory-of.ts'
import { type MadeTps, makeTps } from './village.ts'

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const root = mkdtempSync(path.join(tmpdir(), 'melayani-booth-'))
let made: MadeTps
let hub: Awaited<ReturnType<typeof hubDouble>>
let booth: BoothProgram
let browser: Browser
let page: Page
let tokens = 0

before(async () => {
  made = makeTps({ voters: 12, reserve: 2, mode: 'practice', rules: { slipSeconds: 1 } })
  hub = await hubDouble(made, 0)
  booth = boothProgram(made, root, hub, 4750)
  writeTestCards(made, booth.at('cards'))
  await booth.start()
  await booth.testPaper()
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
  // axe is put into the page from outside, which the booth's own policy forbids to strangers.
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, bypassCSP: true })
  context.setDefaultTimeout(60_000)
  page = await context.newPage()
  // Pages that go by themselves need not be waited for: the page's clock is put forward, and nothing else.
  await page.clock.install()
})
after(async () => {
  await browser?.close()
  await booth?.kill()
  await hub?.close()
  rmSync(root, { recursive: true, force: true })
})

const nextToken = () => hub.token(tokens++)
const text = async (selector: string) => (await page.textContent(selector)) ?? ''
const at = (name: string) => page.waitForSelector(`body.${name}`)
const slots = () =>
  openBox(
    ['ssd', 'usb'].map((name) => openMedium(name, booth.at(name))),
    boxPlan(made.package, made.hash),
  ).all()
/** The last voter's page stays for a moment; then the next one is shown, and in between nobody listens. */
const voterSees = async (heading: string) => {
  for (let tries = 0; tries < 100; tries++) {
    await page.goto(booth.voters).catch(() => undefined)
    if ((await text('h1')) === heading) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  assert.equal(await text('h1'), heading)
}
const freshPage = () => voterSees('Pindai token Anda')
/** The switch's frame moves by itself until it is here. */
const frameComesTo = async (selector: string) => {
  for (let steps = 0; steps < 20; steps++) {
    if ((await page.locator(`${selector}.scanned`).count()) === 1) return
    await page.clock.runFor(1700)
  }
  assert.fail(`the frame does not come to ${selector}`)
}
const states = () =>
  slots()
    .map(({ state }) => state)
    .toSorted()

async function axe(): Promise<string[]> {
  await page.addScriptTag({ path: axePath })
  return page.evaluate(async () => {
    type Found = { violations: { id: string; nodes: { html: string }[] }[] }
    const { axe } = window as unknown as { axe: { run: (root: Document, options: object) => Promise<Found> } }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags } })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
  })
}
/** The page neither scrolls nor hides anything. */
const scrolls = () =>
  page.evaluate(() => {
    const main = document.querySelector('main')!
    return Math.max(document.documentElement.scrollHeight - innerHeight, main.scrollHeight - main.clientHeight)
  })
const scan = async (text: string) => {
  if (!page.url().startsWith(booth.voters)) await page.goto(booth.voters)
  await at('waiting')
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}
/** Tab until the focus is on it: what a keyboard, or a switch that sends Tab, can do. */
const tabTo = async (selector: string) => {
  for (let steps = 0; steps < 20; steps++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`the keyboard does not reach ${selector}`)
}
/** An officer puts the card in and types the PIN; then this appears. */
const agrees = async (id: string, shown: string) => {
  insertCard(booth.at('cards'), booth.at('reader'), id)
  await page.fill('#pin', testPin)
  await page.click('button.main')
  await page.waitForSelector(shown)
}
const [second, home] = ['h2:has-text("Petugas 2 dari 2")', 'h1:has-text("Halaman petugas bilik")'] as const
const officersAgree = async () => {
  await agrees('petugas-1', second)
  await agrees('petugas-2', home)
}

test('with the keyboard alone, in Indonesian: token, ballot, YA, MASUKKAN, slip; every page is sound, fits and says practice', async () => {
  await page.goto(booth.voters)
  const sound = async (name: string) => {
    await at(name)
    assert.deepEqual(await axe(), [], name)
    assert.equal((await scrolls()) <= 0, true, `${name} scrolls`)
    assert.match(await text('.practice'), /LATIHAN/)
    assert.equal((await text('.foot')).includes(shortHash(made.hash)), true, `${name} shows the hash of the package`)
  }
  await sound('waiting')
  await scan(nextToken())
  await sound('choosing')
  await tabTo('.candidate[value="2"]')
  await page.keyboard.press('Enter')
  await sound('confirming')
  await tabTo('[value=no]')
  await page.keyboard.press('Enter')
  await at('choosing')
  await tabTo('.candidate[value="3"]')
  await page.keyboard.press('Enter')
  await at('confirming')
  await tabTo('[value=yes]')
  await page.keyboard.press('Enter')
  await sound('deciding')
  await tabTo('[value=cast]')
  await page.keyboard.press('Enter')
  await sound('checking')
  await page.waitForSelector('[value=good]')
  await tabTo('[value=good]')
  await page.keyboard.press('Enter')
  await sound('thanks')
  assert.deepEqual(states(), ['cast'])
  const [slip] = booth.papers('slip')
  assert.match(slip!, /3\nMade Artana/)
  assert.match(slip!, /LATIHAN/)
  // The page of thanks goes by itself after eight seconds, to the next voter's process.
  for (let tries = 0; tries < 100; tries++) {
    const shown = await fetch(booth.voters).catch(() => undefined)
    if ((await shown?.text())?.includes('Pindai token Anda')) break
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  await page.clock.runFor(8000)
  await at('waiting')
  // Nobody comes back to what was shown before (R40).
  for (let steps = 0; steps < 4; steps++) {
    await page.goBack().catch(() => undefined)
    await at('waiting')
  }
})

test('in English, at the largest letters and without JavaScript: UJI, then a blank vote; the next voter finds the booth as it was', async (t) => {
  const context = await browser.newContext({ viewport: { width: 1024, height: 768 }, javaScriptEnabled: false })
  context.setDefaultTimeout(60_000)
  const still = page
  t.after(() => {
    page = still
  })
  page = await context.newPage()
  await page.goto(`${booth.voters}?lang=en`)
  await page.goto(`${booth.voters}settings`)
  for (const [name, value] of [
    ['size', '3'],
    ['theme', 'yellow'],
  ])
    await page.check(`[name=${name}][value="${value}"]`)
  await page.click('button.big')
  await at('waiting')
  await page.fill('#token', nextToken())
  await page.click('form.token button')
  await at('choosing')
  assert.equal(await text('h1'), 'Touch one choice')
  assert.equal(await page.getAttribute('html', 'class'), 'size-3 yellow')
  await page.click('.candidate[value="1"]')
  await at('confirming')
  assert.match(await text('.chosen'), /1\s+Sari Wulandari/)
  await page.click('[value=yes]')
  await at('deciding')
  await page.click('[value=test]')
  await at('opened')
  assert.match(await text('.lead'), /1\. Sari Wulandari/)
  await page.click('button.big')
  await page.click('.candidate.blank')
  await page.click('[value=yes]')
  await page.click('[value=cast]')
  await at('checking')
  assert.equal(await page.locator('[value=good]').isVisible(), false, 'the slip must be looked at first')
  await page.waitForSelector('[value=good]')
  await page.click('[value=good]')
  await at('thanks')
  assert.deepEqual(states(), ['cast', 'cast', 'spoiled'])
  await context.close()
  page = still
  // The next voter finds the booth as it was meant to be.
  await freshPage()
  assert.equal(await page.getAttribute('html', 'class'), 'size-0 light')
})

test('a finger must go down and up inside of the target; one switch and two switches reach everything', async () => {
  await scan(nextToken())
  await at('choosing')
  const box = async (selector: string) => {
    const found = (await page.locator(selector).boundingBox())!
    return { x: found.x + found.width / 2, y: found.y + found.height / 2 }
  }
  const [one, two] = [await box('.candidate[value="1"]'), await box('.candidate[value="2"]')]
  const press = async (from: typeof one, to: typeof one) => {
    await page.mouse.move(from.x, from.y)
    await page.mouse.down()
    await page.mouse.move(to.x, to.y, { steps: 4 })
    await page.mouse.up()
  }
  await press(one, two)
  await press(two, { x: 5, y: 5 })
  await press({ x: 5, y: 5 }, two)
  assert.equal(await page.locator('body.choosing').count(), 1)
  await page.goto(`${booth.voters}settings`)
  await page.check('[name=switches][value=two]')
  await page.check('[name=voice][value=jv]')
  await page.click('button.big')
  await at('choosing')
  // What is heard: the page's sentence at once, a candidate's number when the frame comes to it; played at the chosen speed.
  const heard = await page.evaluate(async () => {
    const speak = (document.querySelector('.candidate[value="2"]') as HTMLElement).dataset.speak ?? ''
    const list = [document.body.dataset.spoken ?? '', speak].flatMap((each) => each.split(' '))
    return Promise.all(
      list.map(async (address) => {
        const answer = await fetch(address)
        return `${address.split('.')[0]} ${answer.status} ${answer.headers.get('content-type')}`
      }),
    )
  })
  assert.deepEqual(heard, ['/assets/spoken-jv-choosing 200 audio/ogg', '/assets/spoken-jv-number-2 200 audio/ogg'])
  assert.equal(await page.locator('.candidate.scanned[value="1"]').count(), 1)
  await page.keyboard.press(' ')
  assert.equal(await page.locator('.candidate.scanned[value="2"]').count(), 1)
  await page.keyboard.press('Enter')
  await at('confirming')
  assert.match(await text('.chosen'), /Budi Santoso/)
  await page.goto(`${booth.voters}settings`)
  await page.check('[name=switches][value=one]')
  await page.check('[name=rate][value=fast]')
  await page.click('button.big')
  await at('confirming')
  await frameComesTo('[value=yes]')
  await page.keyboard.press(' ')
  await at('deciding')
  await frameComesTo('[value=cast]')
  await page.keyboard.press(' ')
  await at('checking')
  // The frame leaves out what is not to be seen yet, and a press where it stands touches nothing else.
  assert.equal(await page.locator('form [value=good].scanned, form [value=wrong].scanned').count(), 0)
  await page.waitForSelector('[value=good]')
  await frameComesTo('[value=good]')
  await page.keyboard.press(' ')
  await at('thanks')
})

test('by ear, with a keyboard alone: one key turns the voice on, then every page and every button that is reached is heard, from the token to the thanks (R22)', async () => {
  await freshPage()
  assert.equal(await page.getAttribute('body', 'data-spoken'), '')
  const names = (addresses: string | null) =>
    (addresses ?? '')
      .split(' ')
      .map((each) => /spoken-(.*)\.[0-9a-f]{10}\./.exec(each)?.[1] ?? '')
      .join(' ')
  const heard: string[] = []
  const hears = async (kind: string) => {
    await page.waitForSelector(`body.${kind}:not([data-spoken=""])`)
    heard.push(names(await page.getAttribute('body', 'data-spoken')))
  }
  const reach = async (selector: string) => {
    await tabTo(selector)
    heard.push(names(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.speak ?? '')))
    await page.keyboard.press('Enter')
  }
  await page.keyboard.press('*')
  await hears('waiting')
  await page.keyboard.type('bukan token')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.notice')
  await hears('waiting')
  const [token, stamp] = nextToken().split(' ')
  await scan(token!)
  await page.waitForSelector('h1:has-text("cap")')
  await hears('waiting')
  await scan(stamp!)
  await hears('choosing')
  await reach('.candidate[value="3"]')
  await hears('confirming')
  await reach('[value=no]')
  await hears('choosing')
  await page.keyboard.press('2')
  await reach('.candidate[value="2"]')
  await hears('confirming')
  await reach('[value=yes]')
  await hears('deciding')
  await reach('[value=cast]')
  await hears('checking')
  await page.waitForSelector('[value=good]')
  await reach('[value=good]')
  await hears('thanks')
  assert.deepEqual(heard, [
    'id-practice id-waiting',
    'id-unreadable',
    'id-stamp',
    'id-choosing',
    'id-number-3',
    'id-chosen id-number-3 id-confirming',
    'id-no',
    'id-choosing',
    'id-number-2',
    'id-chosen id-number-2 id-confirming',
    'id-yes',
    'id-receipt id-deciding',
    'id-deciding',
    'id-checking id-good id-wrong',
    'id-good',
    'id-thanks id-box id-return',
  ])
  await freshPage()
  assert.equal(await page.getAttribute('body', 'data-spoken'), '', 'the next voter begins in silence')
})

test('no key and no hand leads out of the voter’s page: printing, other addresses, menus, files let fall on it, zoom (R40)', async () => {
  await freshPage()
  const keys = (init: object, ...list: string[]) =>
    list.map((key) => ['KeyboardEvent', 'keydown', { key, ...init }] as const)
  const leads = [
    ...keys({ ctrlKey: true }, ...'plnstuwj+-0oh'),
    ...keys({ altKey: true }, 'ArrowLeft', 'ArrowRight', 'Home', 'd', 'F4'),
    ...keys({}, 'F1', 'F5', 'F11', 'F12', 'BrowserHome', 'BrowserBack', 'LaunchMail', 'PrintScreen'),
    ...['contextmenu', 'dragstart', 'dragover', 'drop', 'auxclick'].map((kind) => ['Event', kind, {}] as const),
    ['WheelEvent', 'wheel', { ctrlKey: true }] as const,
  ]
  // What a voter needs is left: letters, Tab, Enter, space, arrows in the field.
  const needed = keys({}, 'a', '7', 'Tab', 'Enter', ' ', 'ArrowLeft', 'Backspace')
  const passed = await page.evaluate(
    (list) =>
      list.filter(([type, kind, init]) => {
        const made = window[type as 'Event']
        return document
          .querySelector('#token')!
          .dispatchEvent(new made(kind, { ...init, bubbles: true, cancelable: true }))
      }),
    [...leads, ...needed],
  )
  assert.deepEqual(passed, needed)
})

test('the slip jams: two officers see no choice, allow a reprint with their cards and leave; then it is printed again (R38)', async () => {
  await scan(nextToken())
  await at('choosing')
  await page.click('.candidate[value="2"]')
  await page.click('[value=yes]')
  await at('deciding')
  booth.faults([{ kind: 'jam', at: 30, kinds: ['slip'] }])
  await page.click('[value=cast]')
  await at('help')
  assert.doesNotMatch(await page.content(), /Budi Santoso/)
  await page.click('a.button')
  await page.waitForSelector('text=Izinkan cetak ulang')
  await page.click('text=Izinkan cetak ulang')
  booth.faults([])
  await officersAgree()
  assert.match(await text('main'), /Cetak ulang diizinkan/)
  const before = booth.papers('slip').length
  await page.goto(booth.voters)
  await at('left')
  assert.doesNotMatch(await page.content(), /Budi Santoso/)
  assert.equal(booth.papers('slip').length, before)
  await page.click('button.big')
  await at('checking')
  await page.waitForSelector('[value=good]')
  await page.click('[value=good]')
  await at('thanks')
  assert.equal(booth.papers('slip').filter((slip) => /CETAK ULANG/.test(slip)).length, 1)
  assert.equal(slots().filter(({ reprints }) => reprints === 1).length, 1)
  await freshPage()
})

test('killed with a ballot pending: the session is named after the restart, two officers cast it for the slip in hand; no station is needed', async () => {
  await scan(nextToken())
  await at('choosing')
  await page.click('.candidate[value="1"]')
  await page.click('[value=yes]')
  await page.click('[value=cast]')
  await at('checking')
  await hub.cutOff()
  await booth.kill()
  await booth.start()
  const open = slots().find(({ state }) => state === 'pending')!
  await page.goto(booth.voters)
  await at('waiting')
  assert.match(await text('main'), new RegExp(open.id.slice(0, 4).toUpperCase()))
  assert.equal(await page.locator('#token').count(), 0)
  await page.click('.officers a')
  await page.click('text=Struk baik ada: masukkan')
  await officersAgree()
  assert.equal(slots().filter(({ state }) => state === 'pending').length, 0)
  assert.equal(slots().find(({ id }) => id === open.id)!.state, 'cast')
  // Cut off from the station, it goes on as long as the last stage it saw was "open" (R44).
  await page.goto(booth.voters)
  await scan(nextToken())
  await at('choosing')
  await page.click('.candidate[value="1"]')
  await page.click('[value=yes]')
  await page.click('[value=cast]')
  await page.click('[value=wrong]')
  await at('voided')
  await hub.back()
  for (let tries = 0; (hub.slots.size < slots().length || hub.rows.length < 5) && tries < 300; tries++)
    await new Promise((resolve) => setTimeout(resolve, 100))
  const known = (list: { id: string; state: string }[]) => list.map(({ id, state }) => `${id} ${state}`).toSorted()
  assert.deepEqual(known([...hub.slots.values()]), known(slots()))
  const kinds = hub.rows.map((row) => /"kind":"([\w-]+)"/.exec(row)?.[1])
  assert.deepEqual(kinds, ['started', 'paper-tested', 'slip-reprinted', 'started', 'resolved', 'slip-reported'])
})

test('two officers stop the booth and start it again', async () => {
  await page.goto(booth.officers)
  await page.click('text=Hentikan bilik')
  await officersAgree()
  await voterSees('Bilik ini berhenti')
  await page.goto(booth.officers)
  await page.click('text=Jalankan lagi')
  // The same officer twice is one officer.
  await agrees('petugas-1', second)
  await agrees('petugas-1', '[role=alert]')
  assert.match(await text('[role=alert]'), /kartu yang sama/)
  await agrees('petugas-2', home)
  await page.goto(booth.voters)
  await page.waitForSelector('#token')
})

test('the process that keeps the box never has the credential; the one with the voter has it and ends; no file of the booth has it, nor a choice', async (t) => {
  const secret = made.tokens[tokens]!.replaceAll('-', '').slice(0, 22)
  const dashed = made.tokens[tokens]!.slice(0, 25)
  await scan(nextToken())
  await at('choosing')
  await page.click('.candidate[value="2"]')
  await at('confirming')
  const children = readFileSync(`/proc/${booth.pid()}/task/${booth.pid()}/children`, 'utf8')
    .trim()
    .split(' ')
    .map(Number)
  if (process.platform !== 'linux') t.diagnostic('memory is looked at on Linux only')
  else {
    const holders = children.filter((pid) => inMemoryOf(pid, [dashed, secret]).length > 0)
    assert.equal(holders.length, 1, 'one child knows the credential')
    assert.deepEqual(inMemoryOf(booth.pid()!, [dashed, secret, 'pick=2', 'name="pick"']), [])
    await page.click('[value=yes]')
    await page.click('[value=cast]')
    await page.click('[value=wrong]')
    await at('voided')
    await page.waitForFunction(() => document.body.classList.contains('voided'))
    for (let tries = 0; readdirSync('/proc').includes(String(holders[0])) && tries < 100; tries++)
      await new Promise((resolve) => setTimeout(resolve, 100))
    assert.equal(readdirSync('/proc').includes(String(holders[0])), false, 'it has ended')
    assert.deepEqual(inMemoryOf(booth.pid()!, [dashed, secret, 'pick=2']), [])
  }
  const files = ['ssd', 'usb', 'reader'].flatMap((name) =>
    readdirSync(booth.at(name)).map((file) => booth.at(name, file)),
  )
  const contents = files.map((file) => readFileSync(file)).concat(Buffer.from(booth.said()))
  for (const content of contents)
    for (const secretText of [
      ...made.tokens.map((token) => token.slice(0, 11)),
      ...made.package.candidates.map(({ name }) => name),
    ])
      assert.equal(content.includes(secretText), false, `${secretText} is in a file of the booth`)
  const times = files.filter((file) => !file.includes('reader')).map((file) => statSync(file).mtimeMs)
  assert.deepEqual([...new Set(times)], [978_307_200_000])
})
