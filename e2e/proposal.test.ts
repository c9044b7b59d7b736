import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { shippedRounds } from '#competition'
import { aWorld, type World } from '../test/world.ts'
import { aStage, axeProblems, isTooWide, type Stage } from './browser.ts'

const rules = shippedRounds().find((round) => round.key === '2017')!

/** Waits for what the page does on its own; a browser test's own time limit ends it. */
async function until(holds: () => Promise<boolean>) {
  for (let n = 0; n < 400; n++) {
    if (await holds()) return
    await new Promise((again) => setTimeout(again, 25))
  }
  assert.fail('It never came to be.')
}

/** From now on nothing leaves the page, not even what it sends when it is left, which no route sees. */
const loseTheLine = (page: Page) =>
  page.evaluate(() => {
    window.fetch = () => Promise.reject(new TypeError('No line'))
  })

describe('journey: writing a proposal in the browser', () => {
  let world: World
  let stage: Stage
  let agency: string
  let unit: string
  let round: string
  let writer: string
  let colleague: string
  let admin: string
  before(async () => {
    world = await aWorld()
    agency = await world.anAgency()
    unit = await world.aUnit(agency, 'Dinas Kesehatan')
    writer = await world.aPerson('unit', { agency, unit }, 'Sari')
    colleague = await world.aPerson('unit', { agency, unit }, 'Budi')
    admin = await world.aPerson('local-admin', { agency }, 'Admin Lokal')
    round = await world.aRound(rules, { key: '2017' })
    stage = await aStage(world)
  })
  after(() => stage.close())

  const aDraft = () => world.aProposal({ agency, unit, round }, { title: 'Perahu Sehat bagi Warga Pulau' })
  const stored = async (proposal: string, question: string) =>
    (
      await world.db
        .selectFrom('competition.answer')
        .select('value')
        .where('proposal', '=', proposal)
        .where('question', '=', question)
        .executeTakeFirst()
    )?.value

  it('saves what is typed by itself and counts the words', async () => {
    const draft = await aDraft()
    const page = await stage.pageFor(writer)
    await page.goto(`/competition/proposals/${draft}/write/group`)
    const field = page.getByRole('textbox', { name: 'Masalah dan prakarsa', exact: true })
    await field.fill('Anak-anak di pulau tidak diimunisasi.')
    const box = page.locator('auto-save', { has: field })
    await box.getByText('Tersimpan pukul 09.00.00 WIB').waitFor()
    await box.getByText('5 dari paling banyak 600 kata').waitFor()
    assert.equal(await stored(draft, 'masalah'), 'Anak-anak di pulau tidak diimunisasi.')
    await page.context().close()
  })

  it('keeps the text through a lost line and a closed browser, and sends it when the line is back', async () => {
    const draft = await aDraft()
    const context = await stage.contextFor(writer)
    const page = await context.newPage()
    await page.goto(`/competition/proposals/${draft}/write/group`)
    await context.setOffline(true)
    await page.getByRole('textbox', { name: 'Kebaruan gagasan', exact: true }).fill('Kapal menjemput ibu hamil.')
    await page.getByText('Belum tersambung').waitFor()
    await page.close()
    assert.equal(await stored(draft, 'kebaruan'), undefined)

    await context.setOffline(false)
    const again = await context.newPage()
    await again.goto(`/competition/proposals/${draft}/write/group`)
    const field = again.getByRole('textbox', { name: 'Kebaruan gagasan', exact: true })
    await again.locator('auto-save', { has: field }).getByText('Tersimpan pukul').waitFor()
    assert.equal(await field.inputValue(), 'Kapal menjemput ibu hamil.')
    assert.equal(await stored(draft, 'kebaruan'), 'Kapal menjemput ibu hamil.')
    assert.deepEqual(await again.evaluate(() => Object.keys(localStorage)), [])
    await context.close()
  })

  it('keeps the title and the other facts through a closed browser until they are saved', async () => {
    const context = await stage.contextFor(writer)
    const open = async (address: string) => {
      const page = await context.newPage()
      await page.goto(address)
      return page
    }
    const facts = (page: Awaited<ReturnType<typeof open>>) => ({
      title: page.getByRole('textbox', { name: 'Judul' }),
      category: page.getByRole('combobox', { name: 'Kategori' }),
      date: page.getByLabel('Mulai dipakai'),
      back: page.getByText('belum tersimpan dikembalikan'),
    })
    const start = '/competition/2017/start'
    const first = await open(start)
    await facts(first).title.fill('Perahu Baca bagi Anak Pulau')
    await facts(first).category.selectOption({ index: 2 })
    const chosen = await facts(first).category.inputValue()
    await facts(first).date.fill('2014-02-03')
    await first.close()

    const again = await open(start)
    await facts(again).back.waitFor()
    assert.equal(await facts(again).title.inputValue(), 'Perahu Baca bagi Anak Pulau')
    assert.equal(await facts(again).category.inputValue(), chosen)
    assert.equal(await facts(again).date.inputValue(), '2014-02-03')
    assert.deepEqual(await axeProblems(again), [])
    await again.getByRole('button', { name: 'Mulai proposal' }).click()
    await again.waitForURL(/\/competition\/proposals\/[0-9a-f-]{36}$/)
    const proposal = new URL(again.url()).pathname

    // What was sent with success does not come back.
    const fresh = await open(start)
    assert.equal(await facts(fresh).title.inputValue(), '')
    assert.equal(await facts(fresh).back.count(), 0)
    await fresh.close()

    const edited = await open(`${proposal}/facts`)
    await facts(edited).title.fill('Perahu Baca dan Tulis')
    await edited.close()
    // Somebody else saves meanwhile: the kept text is shown, and never written over theirs unseen.
    const budi = await stage.pageFor(colleague)
    await budi.goto(`${proposal}/facts`)
    await facts(budi).title.fill('Judul dari Budi')
    await budi.getByRole('button', { name: 'Simpan' }).click()
    await budi.waitForURL(new RegExp(`${proposal}$`))
    await budi.context().close()
    const mine = await open(`${proposal}/facts`)
    await facts(mine).back.waitFor()
    assert.equal(await facts(mine).title.inputValue(), 'Perahu Baca dan Tulis')
    await mine.getByRole('button', { name: 'Simpan' }).click()
    await mine.getByRole('alert').waitFor()
    assert.equal(await facts(mine).title.inputValue(), 'Perahu Baca dan Tulis')
    await mine.goto(`${proposal}/facts`)
    await facts(mine).back.waitFor()
    await mine.getByRole('button', { name: 'Buang ketikan itu' }).click()
    assert.equal(await facts(mine).title.inputValue(), 'Judul dari Budi')
    assert.deepEqual(await mine.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('facts'))), [])
    await context.close()
  })

  it('shows both texts when two people write at once, and overwrites nothing before somebody chooses', async () => {
    const draft = await aDraft()
    const sari = await stage.pageFor(writer, { width: 360 })
    const budi = await stage.pageFor(colleague)
    for (const page of [sari, budi]) await page.goto(`/competition/proposals/${draft}/write/group`)
    const fieldOf = (page: typeof sari) => page.getByRole('textbox', { name: 'Pelaksanaan', exact: true })
    const boxOf = (page: typeof sari) => page.locator('auto-save', { has: fieldOf(page) })
    await fieldOf(budi).fill('Teks Budi yang lebih dahulu.')
    await boxOf(budi).getByText('Tersimpan pukul').waitFor()
    await fieldOf(sari).fill('Teks Sari yang lain.')
    const conflict = boxOf(sari).getByRole('alert')
    await conflict.getByText('Teks Budi yang lebih dahulu.').waitFor()
    assert.match((await conflict.textContent()) ?? '', /Budi menyimpan teks lain \(09\.00\.00 WIB\)/)
    assert.equal(await stored(draft, 'pelaksanaan'), 'Teks Budi yang lebih dahulu.')
    assert.deepEqual(await axeProblems(sari), [])
    assert.equal(await isTooWide(sari), false)

    await fieldOf(sari).fill('Teks Budi yang lebih dahulu. Teks Sari yang lain.')
    await conflict.getByRole('button', { name: 'Pakai teks saya' }).click()
    await boxOf(sari).getByText('Tersimpan pukul').waitFor()
    assert.equal(await stored(draft, 'pelaksanaan'), 'Teks Budi yang lebih dahulu. Teks Sari yang lain.')
    const versions = await world.db
      .selectFrom('competition.answer_version')
      .select(['revision', 'value'])
      .where('proposal', '=', draft)
      .where('question', '=', 'pelaksanaan')
      .orderBy('revision')
      .execute()
    assert.deepEqual(versions, [
      { revision: 1, value: 'Teks Budi yang lebih dahulu.' },
      { revision: 2, value: 'Teks Budi yang lebih dahulu. Teks Sari yang lain.' },
    ])
    await sari.context().close()
    await budi.context().close()
  })

  it('goes on from its own text when the writer types on, leaves before the answer to a save, and comes back', async () => {
    const draft = await aDraft()
    const context = await stage.contextFor(writer)
    const address = `/competition/proposals/${draft}/write/group`
    const name = 'Pelaksanaan'
    const fieldOf = (page: Page) => page.getByRole('textbox', { name, exact: true })
    const first = await context.newPage()
    // The server has the first text; its answer does not arrive, nor does what is sent on leaving.
    await first.route('**/answers/pelaksanaan', async (route) => void (await route.fetch()))
    await first.goto(address)
    await fieldOf(first).fill('Kapal berangkat.')
    await until(async () => (await stored(draft, 'pelaksanaan')) === 'Kapal berangkat.')
    await loseTheLine(first)
    await fieldOf(first).fill('Kapal berangkat setiap Senin.')
    await first.close()
    assert.equal(await stored(draft, 'pelaksanaan'), 'Kapal berangkat.')

    const again = await context.newPage()
    await again.goto(address)
    await again
      .locator('auto-save', { has: fieldOf(again) })
      .getByText('Tersimpan pukul')
      .waitFor()
    await until(async () => (await stored(draft, 'pelaksanaan')) === 'Kapal berangkat setiap Senin.')
    assert.equal(await fieldOf(again).inputValue(), 'Kapal berangkat setiap Senin.')
    assert.equal(await again.getByRole('alert').count(), 0)
    await until(() => again.evaluate(() => Object.keys(localStorage).length === 0))
    await context.close()
  })

  it('sends the newest text on leaving, beside a save that is still under way', async () => {
    const draft = await aDraft()
    const page = await stage.pageFor(writer)
    let saves = 0
    await page.route('**/answers/pelaksanaan', async (route) => {
      if (++saves > 1) return route.continue()
      await route.fetch()
    })
    await page.goto(`/competition/proposals/${draft}/write/group`)
    const field = page.getByRole('textbox', { name: 'Pelaksanaan', exact: true })
    await field.fill('Kapal berangkat.')
    await until(async () => (await stored(draft, 'pelaksanaan')) === 'Kapal berangkat.')
    await field.fill('Kapal berangkat setiap Senin.')
    await page.goto(`/competition/proposals/${draft}/facts`)
    await until(async () => (await stored(draft, 'pelaksanaan')) === 'Kapal berangkat setiap Senin.')
    await page.context().close()
  })

  it('still asks when somebody else saved after the text whose answer was lost', async () => {
    const draft = await aDraft()
    const context = await stage.contextFor(writer)
    const address = `/competition/proposals/${draft}/write/group`
    const fieldOf = (page: Page) => page.getByRole('textbox', { name: 'Pelaksanaan', exact: true })
    const first = await context.newPage()
    await first.route('**/answers/pelaksanaan', async (route) => void (await route.fetch()))
    await first.goto(address)
    await fieldOf(first).fill('Teks Sari.')
    await until(async () => (await stored(draft, 'pelaksanaan')) === 'Teks Sari.')
    await loseTheLine(first)
    await fieldOf(first).fill('Teks Sari yang baru.')
    await first.close()
    const budi = await world.as(colleague)
    const answer = `/competition/proposals/${draft}/answers/pelaksanaan`
    assert.equal((await budi.json('PUT', answer, { value: 'Teks Budi.', revision: 1 })).status, 200)

    const again = await context.newPage()
    await again.goto(address)
    const conflict = again.locator('auto-save', { has: fieldOf(again) }).getByRole('alert')
    await conflict.getByText('Teks Budi.').waitFor()
    assert.equal(await fieldOf(again).inputValue(), 'Teks Sari yang baru.')
    assert.equal(await stored(draft, 'pelaksanaan'), 'Teks Budi.')
    await context.close()
  })

  it('does not send a proposal past text that is on this device alone, unless its writer says so', async () => {
    const draft = await aDraft()
    const state = async () =>
      (
        await world.db
          .selectFrom('competition.proposal')
          .select('state')
          .where('id', '=', draft)
          .executeTakeFirstOrThrow()
      ).state
    const page = await stage.pageFor(writer, { width: 360 })
    const address = `/competition/proposals/${draft}`
    const field = page.getByRole('textbox', { name: 'Pelaksanaan', exact: true })
    await page.goto(`${address}/write/group`)
    const budi = await world.as(colleague)
    await budi.json('PUT', `${address}/answers/pelaksanaan`, { value: 'Teks Budi.', revision: 0 })
    await field.fill('Teks Sari.')
    await page.locator('auto-save', { has: field }).getByRole('alert').waitFor()

    await page.goto(address)
    const notice = page.locator('.unsent')
    await notice.getByRole('link', { name: 'Pelaksanaan' }).waitFor()
    assert.deepEqual(await axeProblems(page), [])
    assert.equal(await isTooWide(page), false)
    await page.getByRole('button', { name: 'Kirim ke admin lokal' }).click()
    await page.waitForFunction(() => document.activeElement?.matches('.unsent a'))
    assert.equal(await state(), 'draft')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Pakai teks saya' }).click()
    await page.locator('auto-save', { has: field }).getByText('Tersimpan pukul').waitFor()
    assert.equal(await stored(draft, 'pelaksanaan'), 'Teks Sari.')

    // What the server takes is sent on the way, and nobody is asked.
    await page.evaluate((href) => {
      // A message that was on its way stays until its form is opened again; no answer does.
      const key = Object.keys(localStorage).find((each) => each.startsWith('draft:')) ?? ''
      if (key !== '') throw new Error(`${key} is kept still`)
      const owner = document.querySelector('auto-save')?.getAttribute('owner')
      localStorage.setItem(`draft:${owner}:${href}`, JSON.stringify({ value: 'Teks akhir.', revision: 2, after: [] }))
    }, `${address}/answers/pelaksanaan`)
    await page.goto(address)
    await until(async () => (await stored(draft, 'pelaksanaan')) === 'Teks akhir.')
    await page.getByRole('button', { name: 'Kirim ke admin lokal' }).click()
    await until(async () => (await state()) === 'with-local-admin')

    // Back in the editor there is nothing to write.
    await page.getByText('Ada pada admin lokal').first().waitFor()
    await page.goto(`${address}/write/group`)
    await page.getByText('Jawaban ini sedang tidak dapat diubah').waitFor()
    assert.equal(await page.locator('textarea').count(), 0)
    assert.deepEqual(await axeProblems(page), [])
    assert.equal(await isTooWide(page), false)
    await page.context().close()
  })

  it('sends without the kept text when its writer says so', async () => {
    const draft = await aDraft()
    const page = await stage.pageFor(writer)
    const address = `/competition/proposals/${draft}`
    await page.goto(`${address}/write/group`)
    await page.evaluate((href) => {
      const owner = document.querySelector('auto-save')?.getAttribute('owner')
      localStorage.setItem(`draft:${owner}:${href}`, JSON.stringify({ value: 'Tanpa dasar.', revision: 7, after: [] }))
    }, `${address}/answers/pelaksanaan`)
    await page.goto(address)
    await page.getByRole('button', { name: 'Kirim tanpa tulisan itu' }).click()
    await page.getByText('Ada pada admin lokal').first().waitFor()
    assert.equal(await stored(draft, 'pelaksanaan'), undefined)
    // The text is still there to be copied.
    await page.goto(`${address}/write/group`)
    await page.getByText('Tanpa dasar.').waitFor()
    await page.context().close()
  })

  it('asks the server again when the browser shows the editor out of its memory', async () => {
    const draft = await aDraft()
    const page = await stage.pageFor(writer)
    await page.goto(`/competition/proposals/${draft}/write/group`)
    await page.locator('auto-save').first().waitFor()
    assert.equal((await (await world.as(writer)).post(`/competition/proposals/${draft}/send`)).status, 303)
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
    await page.getByText('Jawaban ini sedang tidak dapat diubah').waitFor()
    await page.context().close()
  })

  it('uploads a file in pieces that go on after a lost line', async () => {
    const draft = await aDraft()
    const context = await stage.contextFor(writer)
    const page = await context.newPage()
    await page.goto(`/competition/proposals/${draft}/write/group`)
    const bytes = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(700_000, 0x20), Buffer.from('\n%%EOF\n')])
    let pieces = 0
    await page.route('**/uploads/*', async (route) => {
      if (route.request().method() === 'PUT' && ++pieces === 2) return route.abort('connectionreset')
      return route.continue()
    })
    const box = page.locator('#evidence-dampak')
    await box.getByLabel('Berkas').setInputFiles({ name: 'laporan.pdf', mimeType: 'application/pdf', buffer: bytes })
    await box.getByRole('button', { name: 'Unggah' }).click()
    await box.getByRole('link', { name: 'laporan.pdf' }).waitFor()
    assert.equal(pieces, 4)
    const file = await world.db.selectFrom('log.file').select(['size', 'got', 'type']).executeTakeFirstOrThrow()
    assert.deepEqual(file, { size: String(bytes.length), got: String(bytes.length), type: 'application/pdf' })
    await context.close()
  })

  it('works without scripts: one button saves everything on the page', async () => {
    const draft = await aDraft()
    const page = await stage.pageFor(writer, { javaScript: false, width: 360 })
    await page.goto(`/competition/proposals/${draft}/write/group`)
    await page.getByRole('textbox', { name: 'Dampak', exact: true }).fill('Kematian ibu turun.')
    await page.getByRole('textbox', { name: 'Kemudahan ditiru', exact: true }).fill('Sudah dipakai tiga kabupaten.')
    await page.getByRole('button', { name: 'Simpan' }).click()
    await page.getByText('Semua jawaban di halaman ini tersimpan.').waitFor()
    assert.equal(await stored(draft, 'dampak'), 'Kematian ibu turun.')
    assert.equal(await stored(draft, 'adaptabilitas'), 'Sudah dipakai tiga kabupaten.')
    await page.context().close()
  })

  for (const lang of ['id', 'en'] as const)
    it(`has no fault that axe finds, on a phone, in ${lang === 'id' ? 'Indonesian' : 'English'}`, async () => {
      const draft = await aDraft()
      const sent = await world.aProposal(
        { agency, unit, round },
        { title: 'Jemput Bola KTP', state: 'with-local-admin' },
      )
      const done = await world.aProposal({ agency, unit, round }, { title: 'Pasar Sehat', state: 'submitted' })
      const { number } = await world.db
        .selectFrom('competition.submission')
        .select('number')
        .where('proposal', '=', done)
        .executeTakeFirstOrThrow()
      const visits: [string | undefined, string][] = [
        [writer, '/competition/proposals'],
        [writer, '/competition/2017/start'],
        [writer, `/competition/proposals/${draft}`],
        [writer, `/competition/proposals/${draft}/facts`],
        [writer, `/competition/proposals/${draft}/write/head`],
        [writer, `/competition/proposals/${draft}/write/group`],
        [writer, `/competition/proposals/${draft}/write/foot`],
        [writer, `/competition/proposals/${draft}/preview`],
        [writer, `/competition/proposals/${draft}/versions/ringkasan`],
        [writer, `/competition/proposals/${draft}/reuse/dampak`],
        [admin, '/competition/inbox'],
        [admin, `/competition/proposals/${sent}`],
        [admin, `/competition/proposals/${sent}/preview`],
        [admin, `/competition/proposals/${sent}/submit`],
        [undefined, `/competition/receipts/${number}`],
      ]
      const contexts = new Map<string | undefined, Awaited<ReturnType<Stage['contextFor']>>>()
      const faults: string[] = []
      for (const [person, address] of visits) {
        if (!contexts.has(person)) contexts.set(person, await stage.contextFor(person, { lang, width: 360 }))
        const page = await contexts.get(person)!.newPage()
        const answer = await page.goto(address)
        if (answer?.status() !== 200) faults.push(`${address}: ${answer?.status()}`)
        for (const problem of await axeProblems(page)) faults.push(`${address}: ${problem}`)
        if (await isTooWide(page)) faults.push(`${address}: wider than the window`)
        await page.close()
      }
      assert.deepEqual(faults, [])
      for (const context of contexts.values()) await context.close()
    })
})
