import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, test } from 'node:test'
import { serve } from '@hono/node-server'
import { bytesSource } from '@melayani/ballot/archive'
import { type ElectionPackage, hashOf, type Signed, type TpsResult } from '@melayani/polling/format'
import { chromium, type Page } from 'playwright-core'
import { findBeleniosTool, toolAccepts } from '../packages/ballot/test/belenios-tool.ts'
import { isOpen } from '../packages/polling/src/card/index.ts'
import type { Ceremony } from '../packages/polling/src/ceremony/ceremony.ts'
import { readOrder } from '../packages/polling/src/ceremony/order.ts'
import { printPool } from '../packages/polling/src/ceremony/pools.ts'
import { readContainer } from '../packages/polling/src/record/container.ts'
import { verifyRecord } from '../packages/polling/src/record/index.ts'
import { signPackages } from '../packages/polling/src/seal/packages.ts'
import { countAll, makeKeys, pinOf, presentCard, room } from '../packages/polling/test/ceremony/held.ts'
import { tokensOnPaper } from '../packages/polling/test/ceremony/tokens-on-paper.ts'
import { usePublicAddress } from '../src/platform/address.ts'
import { fill } from '../src/platform/text.ts'
import { committeeCard } from '../src/rooms/voting/domain/ceremony.ts'
import { words } from '../src/rooms/voting/text/index.ts'
import { prepare } from '../test/office-ceremony.ts'
import { aVillage, type Village } from '../test/office-world.ts'
import { aFreePort, freePorts } from '../test/server.ts'
import { aStage, axeProblems, type Stage } from './browser.ts'
import { until } from './device.ts'
import { PollingPlace } from './polling-place.ts'

/**
 * A whole village, from the import of its roll to the national page: the centre, a key ceremony with cards, and three polling
 * places of a station, a desk and two booths each, all of them processes of their own. Nothing listens at the centre's address
 * while people vote; result and record are the first that it hears of the day.
 */
const places = 3
const voters = 3
/** Choices at each place by booth: a candidate's number, 0 is blank. One of each place stays at home. */
const votes = [
  [[1], [2]],
  [[1], [0]],
  [[1], [2]],
] as const
const inBrowser = { place: 0, booth: 1 }

let village: Village
let stage: Stage | undefined
let server: ReturnType<typeof serve> | undefined
const root = mkdtempSync(path.join(tmpdir(), 'melayani-village-'))
const polling: PollingPlace[] = []
let address = ''

describe('a village', () => {
  before(async () => {
    address = `http://127.0.0.1:${await aFreePort()}`
    usePublicAddress(address)
    village = await aVillage()
  })
  after(async () => {
    await Promise.all(polling.map((place) => place.stop()))
    if (server && 'closeAllConnections' in server) server.closeAllConnections()
    await new Promise<void>((closed) => (server ? server.close(() => closed()) : closed()))
    await (stage ? stage.close() : village.world.drop())
    rmSync(root, { recursive: true, force: true })
  })

  const file = (text: string) => ({ file: new File([text], 'berkas.json', { type: 'application/json' }) })
  const json = async (path: string) => (await (await village.as('chair')).get(village.at(path))).text()

  test('a village votes at three places without network, and the nation reads its verified result', {
    timeout: 1_200_000,
  }, async (t) => {
    const said = (what: string) => t.diagnostic(what)
    const photos = await drawPortraits(2)
    await prepare(village, { places, voters, photo: (shade) => photos[shade - 1]! })
    village.must(await village.post('chair', '/ceremony/order'), 'ordering the ceremony')
    const read = readOrder(await json('/ceremony/order.json'))
    assert.ok(read.ok)
    assert.equal(read.order.group, 'BELENIOS-2048')

    // The room of the ceremony: cards stay on the table there, tokens are read from the printed sheets.
    const table = room(path.join(root, 'room'))
    const ceremony: Ceremony = makeKeys(table, read.order)
    const tokens = new Map<string, string[]>()
    for (const { id, pool } of read.order.tps) {
      tokens.set(id, tokensOnPaper(await printPool(ceremony, { folder: table.prints }, id)))
      assert.equal(tokens.get(id)!.length, pool)
    }
    countAll(table, ceremony)
    for (const { holder } of ceremony.steps('sign'))
      if (!ceremony.signedEnough()) presentCard(table, ceremony, holder.id)
    village.must(await village.upload('chair', '/ceremony', file(ceremony.answerText()!)), 'the answer of the ceremony')
    village.must(await village.post('regency', '/packages'), 'making packages')
    table.insert(committeeCard)
    const committee = table.reader().card()!.open(pinOf(committeeCard))
    assert.ok(isOpen(committee))
    const signed = signPackages(await json('/packages/drafts.json'), committee)
    assert.ok(signed.ok)
    table.insert()
    village.must(await village.upload('chair', '/packages/seal', file(JSON.stringify(signed.signatures))), 'sealing')
    said('sealed: three packages signed by centre and committee')

    for (const { id, number } of await village.places()) {
      const given = JSON.parse(await json(`/packages/${id}/1/package.json`)) as Signed
      const place = new PollingPlace({
        root: path.join(root, `tps-${number}`),
        package: given,
        table: table.table,
        pinOf,
        tokens: tokens.get(id)!,
        ports: await freePorts(2),
      })
      polling.push(place)
    }
    assert.deepEqual(
      polling.map(({ content }) => content.centre.address),
      [address, address, address],
    )
    await assert.rejects(fetch(address), 'nobody listens at the centre')

    const results: Signed[] = []
    for (const [at, place] of polling.entries()) {
      await place.start()
      await place.open()
      said(`TPS ${at + 1} is open: station, desk and two booths`)
      let voter = 0
      for (const [booth, choices] of votes[at]!.entries())
        for (const choice of choices) {
          const no = at * voters + ++voter
          const nik = `999999010180${String(no).padStart(4, '0')}`
          const given = await place.checkIn({ nik, name: `Pemilih ${no}` })
          if (at === inBrowser.place && booth === inBrowser.booth) await voteInBrowser(place, booth, given, choice)
          else await place.vote(booth, given, choice, no === 1)
        }
      const cast = votes[at]!.map((choices) => choices.length)
      results.push(await place.close(cast, cardsOf(ceremony, place.content)))
      // The line is dead: the result stays where it is, and is told so.
      const failed = await place.station.post('/hand-over/network')
      assert.equal(failed.status, 502)
      assert.match(failed.text, /Belum diterima[\s\S]*Tidak ada yang hilang/)
    }
    const read3 = results.map(({ text }) => JSON.parse(text) as TpsResult)
    assert.deepEqual(
      read3.map(({ votes: given, blank, reconciled, counts }) => [given, blank, reconciled, counts.spoiled]),
      votes.map((booths, at) => {
        const all = booths.flat() as number[]
        const of = (choice: number) => all.filter((each) => each === choice).length
        return [[of(1), of(2)], of(0), true, at === 0 ? 1 : 0]
      }),
    )

    // Every record stands before our verifier, every archive before the tool from Debian.
    const tool = findBeleniosTool()
    for (const place of polling) {
      const record = place.record()
      const { centre, committee: board } = place.content
      const report = await verifyRecord(bytesSource(record), { centre: centre.key, committee: board.key })
      assert.deepEqual([report.verdict, report.findings], ['sound', []])
      const { entries } = await readContainer(bytesSource(record))
      const { offset, size } = entries.find(({ name }) => name === 'election.bel')!
      const archive = record.subarray(offset + 512, offset + 512 + size)
      assert.equal(hashOf(archive), read3[polling.indexOf(place)]!.archive)
      if (tool) assert.equal(toolAccepts(tool, archive), true)
    }
    said(tool ? 'belenios-tool accepts all three archives' : 'NOT TESTED AGAINST belenios-tool')

    // The modem is plugged in.
    village.world.clock.set(new Date(`${polling[0]!.content.election.date}T14:00:00+07:00`))
    server = serve({ fetch: village.world.web.fetch, hostname: '127.0.0.1', port: Number(new URL(address).port) })
    await until(async () => (await fetch(address).catch(() => undefined)) !== undefined, 'the centre listens')
    for (const place of polling) {
      const sent = await place.station.post('/hand-over/network')
      assert.equal(sent.status, 200, sent.text.replace(/<[^>]+>/g, ' ').slice(0, 800))
      assert.match(sent.text, /Diserahkan lewat jaringan/)
      // Sent once more, as people do who are not sure: nothing is counted twice.
      assert.equal((await place.station.post('/hand-over/network')).status, 200)
      await place.stop()
    }

    stage = await aStage(village.world)
    for (const lang of ['id', 'en'] as const) {
      const w = words(lang)
      const page = await stage.pageFor(undefined, { lang })
      await page.goto('/voting/results')
      assert.match(page.url(), /\/voting\/results\/2026$/)
      assert.equal(await factOf(page, w.tpsCounted), fill(w.tpsIn, { counted: '3', tps: '3' }))
      assert.deepEqual([await factOf(page, w.validVotes), await factOf(page, w.blankVotes)], ['5', '1'])
      assert.deepEqual(await axeProblems(page), [])
      await page.goto(`/voting/elections/${village.election}/result`)
      const [winner] = polling[0]!.content.candidates
      const wins = fill(w.wins, { name: winner!.name, number: 1, votes: '3' })
      await page.getByText(wins).first().waitFor()
      assert.deepEqual(await axeProblems(page), [])
      await page.context().close()
    }
  })
})

/** What stands beside a label in a list of facts. */
const factOf = async (page: Page, label: string) =>
  (await page.locator('dt', { hasText: label }).first().locator('xpath=following-sibling::dd[1]').textContent())?.trim()

/** Cards that open the tally of a place: of the one outside, and as many of those inside as are needed. */
function cardsOf({ people }: Ceremony, { tps, trustees, threshold }: ElectionPackage): string[] {
  const cardOf = (name: string) =>
    people.holders.find((each) => each.name === name && (each.tps === undefined || each.tps === tps.id))!.id
  const outside = trustees.filter((each) => each.outside)
  const inside = trustees.filter((each) => !each.outside).slice(0, threshold.needed)
  return [...outside, ...inside].map(({ name }) => cardOf(name))
}

/** A Chromium for one thing, ended after it. */
async function withPage<T>(work: (page: Page) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
    page.setDefaultTimeout(60_000)
    return await work(page)
  } finally {
    await browser.close()
  }
}

/** Photographs of nobody that a printer can print: a head and shoulders in another grey each. */
const drawPortraits = (count: number): Promise<Uint8Array[]> =>
  withPage(async (page) => {
    const drawn = await page.evaluate(
      (of) =>
        Array.from({ length: of }, (_, at) => {
          const canvas = Object.assign(document.createElement('canvas'), { width: 300, height: 400 })
          const draw = canvas.getContext('2d')!
          draw.fillStyle = '#dddddd'
          draw.fillRect(0, 0, 300, 400)
          draw.fillStyle = `rgb(${60 + at * 40} 90 90)`
          for (const [x, y, radius] of [
            [150, 150, 75],
            [150, 380, 130],
          ] as const) {
            draw.beginPath()
            draw.arc(x, y, radius, 0, 7)
            draw.fill()
          }
          return canvas.toDataURL('image/jpeg', 0.8).split(',')[1]!
        }),
      count,
    )
    return drawn.map((each) => new Uint8Array(Buffer.from(each, 'base64')))
  })

/** A voter who touches what the booth shows, in English, with the page's own buttons. */
const voteInBrowser = (place: PollingPlace, booth: number, given: { token: string; stamp: string }, choice: number) =>
  withPage(async (page) => {
    await page.goto(`${place.voterPages[booth]}/?lang=en`)
    for (const code of [given.token, given.stamp]) {
      await page.locator('input[name=token]').fill(code)
      await page.locator('form[action="/token"] button').first().click()
    }
    await page.locator(`button[name=pick][value="${choice === 0 ? 'blank' : choice}"]`).click()
    await page.locator('button[name=answer][value=yes]').click()
    await page.locator('button[name=do][value=cast]').click()
    const good = page.locator('button[name=slip][value=good]')
    await good.waitFor()
    await until(async () => {
      if ((await good.count()) === 0) return true
      await good.click({ timeout: 2_000 }).catch(() => undefined)
      return false
    }, 'the slip is confirmed')
    await page.waitForLoadState()
  })
