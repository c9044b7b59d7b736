import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { chromium, type Page } from 'playwright-core'
import { tokenText } from '../packages/polling/src/format/index.ts'
import { findChromium } from './chromium.ts'
import { paperPage } from './voting-papers.ts'
import { openPlace } from './voting-place.ts'

/**
 * `npm run screenshots -- voting`: plays a day of a polling place with its real programs (station, desk, booth) and takes the pictures of
 * docs/voting-day.md, in Indonesian, small. Only what is typed, pressed and scanned is used; papers are drawn from what the printers printed.
 */
const folder = path.join(import.meta.dirname, '../docs/images/voting')

/** Looks again until it is so; a device may be starting. */
async function until(page: Page, is: () => Promise<unknown>, again: () => Promise<unknown> = () => page.reload()) {
  for (let turn = 0; turn < 60; turn++) {
    if (await is().catch(() => false)) return
    await page.waitForTimeout(500)
    await again().catch(() => undefined)
  }
  throw new Error(`never came at ${page.url()}: ${(await page.textContent('main'))?.slice(0, 300)}`)
}

export async function takeVotingScreenshots(): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  })
  const place = await openPlace(browser)
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 0.6 })
    context.setDefaultTimeout(20_000)
    const [station, desk, booth, voter] = [
      await context.newPage(),
      await context.newPage(),
      await context.newPage(),
      await context.newPage(),
    ]
    await voter.setViewportSize({ width: 1366, height: 768 })
    const shot = async (page: Page, name: string) => {
      await page.bringToFront()
      await page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' })
      console.log(`${name}.png`)
    }
    const press = async (page: Page, action: string, fields: Record<string, string> = {}) => {
      const form = page.locator(`form[action="${action}"]`).first()
      for (const [name, value] of Object.entries(fields)) {
        const field = form.locator(`[name="${name}"]`).first()
        const type = await field.getAttribute('type')
        if (type === 'checkbox' || type === 'radio') await form.locator(`[name="${name}"][value="${value}"]`).check()
        else if ((await field.evaluate((each) => each.tagName)) === 'SELECT') await field.selectOption(value)
        else await field.fill(value)
      }
      await form.locator('button').first().click()
      await page.waitForLoadState()
    }
    const two = [place.officer('chair'), place.officer('officer')]
    const agree = (page: Page, program: 'station' | 'desk' | 'booth', ids: string[] = two) =>
      place.agree(page, program, ids)
    const go = (page: Page, program: Parameters<typeof place.address>[0], to = '') =>
      page.goto(`${place.address(program)}${to}`)

    // 06.30: the station compares its package.
    await place.start('station')
    await go(station, 'station')
    await shot(station, 'paket')
    await press(station, '/trust')
    place.insert('station', two[0])
    await station.reload()
    await shot(station, 'dua-petugas')
    await agree(station, 'station')

    // Desk and booth join.
    await Promise.all([place.start('desk'), place.start('booth')])
    await go(booth, 'booth')
    await booth.waitForSelector('form[action="/trust"]')
    await shot(booth, 'bilik-bergabung')
    await press(booth, '/trust')
    for (let admitted = 0; admitted < 2; admitted++) {
      await go(station, 'station', 'devices')
      const admit = station.locator('form[action^="/devices/admit/"]')
      await until(station, async () => (await admit.count()) >= (admitted === 0 ? 2 : 1))
      if (admitted === 0) await shot(station, 'perangkat')
      // The desk first, so that both have the number one.
      await admit.first().locator('button').click()
      await agree(station, 'station')
    }
    await go(desk, 'desk')
    await desk.waitForSelector('form[action="/unlock"]')
    await press(desk, '/unlock', { same: 'yes' })
    await agree(desk, 'desk', [place.officer('chair')])

    // Each booth's paper, the zero report, and the doors open.
    await go(booth, 'booth')
    await press(booth, '/paper')
    await press(booth, '/paper/good')
    await agree(booth, 'booth')
    await go(station, 'station', 'zero')
    await press(station, '/zero/self-test')
    await shot(station, 'laporan-nol')
    await press(station, '/zero', { tokens: `${place.made.package.pool.size}`, paper: 'ya' })
    await agree(station, 'station', [place.officer('chair')])
    await press(station, '/zero/witness')
    await agree(station, 'station', [place.officer('witness')])
    await press(station, '/zero/print')
    place.clock('07:00')
    await go(station, 'station', 'zero')
    await press(station, '/open')
    await agree(station, 'station')
    await shot(station, 'dibuka')
    // The desk hears of it with the next state.
    await until(
      desk,
      () => desk.locator('.stage.open').count(),
      () => go(desk, 'desk'),
    )

    // Voters.
    let tokens = 0
    const checkIn = async (no: number, shots = false) => {
      place.card({ nik: place.made.niks[no - 1], name: `Pemilih ${no}` })
      await go(desk, 'desk')
      if (shots) await shot(desk, 'meja')
      await press(desk, '/find')
      if (shots) await shot(desk, 'meja-jari')
      await press(desk, '/finger')
      if (shots) await shot(desk, 'meja-boleh')
      await press(desk, '/enter')
      if (shots) await shot(desk, 'meja-token')
      const stamp = (await desk.textContent('[data-stamp]'))!.trim()
      await press(desk, '/next')
      place.card(undefined)
      return `${tokenText(place.made.package.pool.hash, place.made.tokens[tokens++]!)} ${stamp}`
    }
    const waitFor = (state: string) => voter.waitForSelector(`body.${state}`)
    const scan = async (text: string) => {
      await until(
        voter,
        () => voter.locator('body.waiting input#token').count(),
        () => go(voter, 'voter'),
      )
      // A booth that has not heard yet that the polls are open says so, and takes the same token a moment later.
      await until(
        voter,
        () => voter.locator('body.choosing').count(),
        async () => {
          if ((await voter.locator('#token').count()) === 0) return
          await voter.fill('#token', text)
          await voter.keyboard.press('Enter')
          await voter.waitForLoadState()
        },
      )
    }
    const choose = async (pick: string, shots = false) => {
      if (shots) await shot(voter, 'bilik-pilih')
      await voter.click(`.candidate[value="${pick}"]`)
      await waitFor('confirming')
      if (shots) await shot(voter, 'bilik-yakin')
      await voter.click('[name=answer][value=yes]')
    }
    const confirmSlip = async () => {
      await waitFor('checking')
      await voter.click('[name=slip][value=good]')
      await waitFor('thanks')
    }

    let token = await checkIn(1, true)
    await until(
      voter,
      () => voter.locator('body.waiting input#token').count(),
      () => go(voter, 'voter'),
    )
    await shot(voter, 'bilik-menunggu')
    await scan(token)
    await choose('2', true)
    await waitFor('deciding')
    await shot(voter, 'bilik-masukkan')
    await voter.click('[name=do][value=cast]')
    await waitFor('checking')
    await voter.waitForSelector('[name=slip][value=good]')
    await shot(voter, 'bilik-struk')
    await confirmSlip()
    await shot(voter, 'bilik-terima-kasih')

    // UJI, then the vote.
    token = await checkIn(2)
    await scan(token)
    await choose('1')
    await waitFor('deciding')
    await voter.click('[name=do][value=test]')
    await waitFor('opened')
    await shot(voter, 'bilik-uji')
    await voter.click('form[action="/again"] button')
    await waitFor('choosing')
    await choose('blank')
    await waitFor('deciding')
    await voter.click('[name=do][value=cast]')
    await confirmSlip()

    // A printer that jams.
    const faults = (list: object[]) => writeFileSync(place.at('booth', 'paper', 'faults.json'), JSON.stringify(list))
    token = await checkIn(3)
    await scan(token)
    await choose('3')
    await waitFor('deciding')
    faults([{ kind: 'jam', kinds: ['slip'], at: 200 }])
    await voter.click('[name=do][value=cast]')
    await waitFor('help')
    await shot(voter, 'macet-pemilih')
    await go(booth, 'booth')
    await shot(booth, 'macet-petugas')
    faults([])
    await press(booth, '/reprint')
    await agree(booth, 'booth')
    await waitFor('left')
    await voter.click('main button')
    await confirmSlip()

    // A desk that cannot let somebody in.
    place.card({ nik: '9999990002000001', name: 'Tamu' })
    await go(desk, 'desk')
    await press(desk, '/find')
    await shot(desk, 'meja-belum-bisa')
    await press(desk, '/away')
    place.card({ nik: place.made.niks[4], name: 'Pemilih 5', failures: 9 })
    await go(desk, 'desk')
    await press(desk, '/find')
    for (let tries = 0; tries < 4; tries++) await press(desk, '/finger')
    await shot(desk, 'meja-dua-petugas')
    await press(desk, '/next')
    place.card(undefined)

    // The plug of the booth is pulled while the slip is being looked at.
    token = await checkIn(4)
    await scan(token)
    await choose('2')
    await waitFor('deciding')
    await voter.click('[name=do][value=cast]')
    await waitFor('checking')
    await place.pullPlug('booth')
    await place.start('booth')
    await go(booth, 'booth')
    await booth.waitForSelector('form[action^="/resolve/"]')
    await shot(booth, 'listrik-petugas')
    await booth.locator('form[action$="/cast"] button').click()
    await agree(booth, 'booth')

    // An incident, an objection, the hour's record.
    await go(station, 'station', 'incidents')
    await shot(station, 'insiden')
    await go(station, 'station', 'objections')
    await press(station, '/objections', {
      text: 'Saksi calon 1 meminta kotak audit dihitung ulang oleh dua penghitung.',
    })
    await agree(station, 'station', [place.officer('witness')])
    await go(station, 'station', 'objections')
    await shot(station, 'keberatan')

    // 13.00.
    place.clock('13:01')
    await go(station, 'station')
    await until(station, async () => /Suara elektronik\s*4Batal/.test((await station.textContent('main')) ?? ''))
    await shot(station, 'siang')
    const anew = () => station.waitForFunction(() => !document.querySelector('script[data-seconds="2"]'))
    await press(station, '/close')
    await agree(station, 'station')
    await anew()
    await go(station, 'station', 'boxes')
    await shot(station, 'kotak-suara')
    await press(station, '/boxes/booth-1', { 'cast-booth-1': '4' })
    await agree(station, 'station')
    await go(station, 'station', 'by-hand')
    await press(station, '/by-hand', {
      unused: `${place.made.package.pool.size - 4}`,
      slips: '4',
      slipsVoid: '0',
      // What the printer had jammed.
      replaced: '1',
    })
    await shot(station, 'rekonsiliasi')
    await press(station, '/sheet/sign')
    await agree(station, 'station', [place.officer('chair')])
    await go(station, 'station', 'tally')
    await press(station, '/tally')
    await agree(station, 'station')
    await anew()
    for (const [turn, id] of place.trustees.slice(0, 3).entries()) {
      await go(station, 'station', 'cards')
      place.insert('station', id)
      await station.reload()
      if (turn === 1) await shot(station, 'kartu-kunci')
      await station.fill('form[action="/cards"] [name=pin]', place.pin)
      await station.click('form[action="/cards"] button')
      await station.waitForLoadState()
    }
    place.insert('station', undefined)
    await go(station, 'station', 'result')
    await press(station, '/result/count')
    await shot(station, 'hasil-terverifikasi')
    await press(station, '/result/sign')
    await agree(station, 'station')
    await press(station, '/result/print')
    await shot(station, 'hasil')
    await go(station, 'station', 'hand-over')
    await press(station, '/hand-over/record')
    await agree(station, 'station', [place.officer('chair')])
    await press(station, '/hand-over/usb')
    await shot(station, 'serah-terima')

    // Papers.
    await context.close()
    const papers = await browser.newPage({ viewport: { width: 1040, height: 640 }, deviceScaleFactor: 0.8 })
    for (const [name, html] of paperPage(place.made.package, place.made.signed.text)) {
      await papers.setContent(html)
      await papers.locator('main').screenshot({ path: path.join(folder, `${name}.png`) })
      console.log(`${name}.png`)
    }
  } finally {
    await place.close()
    await browser.close()
  }
}
