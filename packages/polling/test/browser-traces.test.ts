import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { type BrowserContext, chromium } from 'playwright-core'
import { hashOf, packageKind, sign } from '../src/format/index.ts'
import { openBox } from '../src/media/box.ts'
import { openMedium } from '../src/media/medium.ts'
import { boxPlan } from '../src/media/slot-size.ts'
import { boothProgram } from './booth-program.ts'
import { hubDouble } from './hub-double.ts'
import { type MadeTps, makeTps } from './village.ts'

/*
 * A browser keeps what it fetches, on the booth's own disk and with a time to the millisecond (R56, T16). The booth's runs without a memory, see
 * kiosk/; here it has an ordinary profile, as when somebody forgot, and still nothing of a choice may be left in it.
 */
const photo = readFileSync(new URL('fixtures/jpeg/baseline.jpg', import.meta.url)).toString('base64')
const made = withPhotos(makeTps({ voters: 4, reserve: 0, rules: { slipSeconds: 0 } }))

function withPhotos(plain: MadeTps): MadeTps {
  const photoHash = hashOf(Buffer.from(photo, 'base64'))
  const content = {
    ...plain.package,
    candidates: plain.package.candidates.map((each) => ({ ...each, photo, photoHash })),
  }
  const text = JSON.stringify(content)
  const { centre, committee } = plain
  const signatures = [
    sign(packageKind, text, { role: 'centre', signer: content.centre.name }, centre.secret),
    sign(packageKind, text, { role: 'committee', signer: content.committee.name }, committee.secret),
  ]
  return { ...plain, package: content, hash: hashOf(text), signed: { text, signatures } }
}

test('after a day with the voice on, the browser’s folder says nothing of one candidate that it does not say of all', async (t) => {
  const root = mkdtempSync(path.join(tmpdir(), 'melayani-traces-'))
  const hub = await hubDouble(made, 0)
  const booth = boothProgram(made, root, hub, 4794)
  const profile = path.join(root, 'profile')
  let context: BrowserContext | undefined
  t.after(async () => {
    await context?.close()
    await booth.kill()
    await hub.close()
    rmSync(root, { recursive: true, force: true })
  })
  await booth.start()
  await booth.testPaper()
  context = await chromium.launchPersistentContext(profile, {
    executablePath: '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required'],
    ],
  })
  const page = context.pages()[0] ?? (await context.newPage())
  const asked: string[] = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  const at = (name: string) => page.waitForSelector(`body.${name}`)
  const vote = async (token: number, picks: readonly number[]) => {
    for (let tries = 0; tries < 100; tries++) {
      await page.goto(booth.voters).catch(() => undefined)
      if ((await page.locator('#token').count()) === 1) break
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    await page.goto(`${booth.voters}settings`)
    await page.check('[name=voice][value=id]')
    await page.click('button.big')
    await at('waiting')
    await page.fill('#token', hub.token(token))
    await page.click('form.token button')
    for (const [round, pick] of picks.entries()) {
      await at('choosing')
      await page.focus(`.candidate[value="${pick}"]`)
      await page.click(`.candidate[value="${pick}"]`)
      await at('confirming')
      // "Your choice is", then the number: heard to its end.
      await page.waitForTimeout(2500)
      await page.click('[value=yes]')
      await at('deciding')
      const last = round === picks.length - 1
      await page.click(last ? '[value=cast]' : '[value=test]')
      if (last) break
      await at('opened')
      await page.click('button.big')
    }
    await at('checking')
    await page.click('[value=good]')
    await at('thanks')
  }
  await vote(0, [2, 2])
  await vote(1, [2])
  assert.ok(
    asked.some((each) => each.startsWith('/assets/spoken-id-number-2')),
    'the choice was spoken',
  )
  await context.close()
  context = undefined

  const files = readdirSync(profile, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => readFileSync(path.join(each.parentPath, each.name)).toString('latin1'))
  assert.ok(files.length > 20, `${files.length} files of the browser`)
  const times = (text: string) => files.reduce((sum, file) => sum + file.split(text).length - 1, 0)
  assert.equal(times('pick='), 0)
  const traces = made.package.candidates.map(({ number, name }) =>
    [`number-${number}`, `/photo/${number}.`, `name-${number}.`, name].map(times),
  )
  assert.deepEqual(traces, [
    [0, 0, 0, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ])
  for (const said of ['spoken-id-confirming', 'spoken-id-chosen']) assert.equal(times(said), 0, said)
  const slots = openBox(
    ['ssd', 'usb'].map((name) => openMedium(name, booth.at(name))),
    boxPlan(made.package, made.hash),
  ).all()
  const opening = slots.find(({ state }) => state === 'spoiled')!.opening!
  const random = [...opening.matchAll(/"r":"(\d+)"/g)].map(([, r]) => r!)
  assert.ok(random.length > 0)
  for (const r of random) assert.equal(times(r), 0)
})
