import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { shippedRounds } from '#competition'
import { aWorld, type World } from '../test/world.ts'
import { aStage, type Stage } from './browser.ts'

const rules = shippedRounds().find((round) => round.key === '2017')!

describe('what is typed is kept on this device until it was sent', () => {
  let world: World
  let stage: Stage
  let agency: string
  let unit: string
  let round: string
  let admin: string
  before(async () => {
    world = await aWorld()
    agency = await world.anAgency()
    unit = await world.aUnit(agency, 'Dinas Kesehatan')
    round = await world.aRound(rules, { key: '2017' })
    admin = await world.aPerson('local-admin', { agency }, 'Admin Lokal')
    stage = await aStage(world)
  })
  after(() => stage.close())

  type Context = Awaited<ReturnType<Stage['contextFor']>>
  const open = async (context: Context, address: string) => {
    const page = await context.newPage()
    await page.goto(address)
    return page
  }
  type Page = Awaited<ReturnType<typeof open>>
  const restored = (page: Page) => page.getByText('belum tersimpan dikembalikan')
  const keptOf = (page: Page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('form:')))

  it('a comment under a question: each box by itself, gone when sent, never shown to another account', async () => {
    const other = await world.aPerson('deputy', { agency }, 'Wakil Admin')
    const proposal = await world.aProposal(
      { agency, unit, round },
      { title: 'Perahu Sehat', state: 'with-local-admin' },
    )
    const context = await stage.contextFor(admin)
    const address = `/competition/proposals/${proposal}/preview`
    const boxOf = (page: Page, question: string) =>
      page.locator('keep-form', { has: page.locator(`input[name=question][value="${question}"]`) })
    const textOf = (page: Page, question: string) => boxOf(page, question).locator('textarea')

    const first = await open(context, address)
    await first
      .locator('details', { has: boxOf(first, 'masalah') })
      .locator('summary')
      .click()
    await textOf(first, 'masalah').fill('Sebutkan jumlah anaknya.')
    await first.close()

    const again = await open(context, address)
    await restored(again).waitFor()
    assert.equal(await restored(again).count(), 1)
    assert.equal(await textOf(again, 'masalah').inputValue(), 'Sebutkan jumlah anaknya.')
    assert.equal(await textOf(again, 'kebaruan').inputValue(), '')

    // The same device, another account.
    const kept = await again.evaluate(() => Object.entries(localStorage))
    const theirs = await stage.contextFor(other)
    const page = await open(theirs, address)
    await page.evaluate((entries) => {
      for (const [key, value] of entries) localStorage.setItem(key, value as string)
    }, kept)
    await page.reload()
    await page.waitForFunction(() => customElements.get('keep-form') !== undefined)
    assert.equal(await restored(page).count(), 0)
    assert.equal(await textOf(page, 'masalah').inputValue(), '')
    await theirs.close()

    await boxOf(again, 'masalah').locator('button[type=submit]').click()
    await again.getByText('Sebutkan jumlah anaknya.').first().waitFor()
    await again.waitForFunction(() => customElements.get('keep-form') !== undefined)
    assert.equal(await textOf(again, 'masalah').inputValue(), '')
    assert.deepEqual(await keptOf(again), [])
    await context.close()
  })

  it('the message of the unit to its local admin, and what the local admin says of the whole', async () => {
    const proposal = await world.aProposal({ agency, unit, round }, { title: 'Perahu Baca', state: 'with-local-admin' })
    const context = await stage.contextFor(admin)
    const address = `/competition/proposals/${proposal}`
    const first = await open(context, address)
    await first.locator('#comment').fill('Secara umum sudah baik.')
    await first.close()
    const again = await open(context, address)
    await restored(again).waitFor()
    assert.equal(await again.locator('#comment').inputValue(), 'Secara umum sudah baik.')
    await context.close()

    const draft = await world.aProposal({ agency, unit, round }, { title: 'Perahu Dongeng' })
    const writer = await stage.contextFor(await world.aPerson('unit', { agency, unit }))
    const started = await open(writer, `/competition/proposals/${draft}`)
    await started.locator('#send-note').fill('Mohon diperiksa.')
    await started.close()
    const back = await open(writer, `/competition/proposals/${draft}`)
    await restored(back).waitFor()
    assert.equal(await back.locator('#send-note').inputValue(), 'Mohon diperiksa.')
    await writer.close()
  })

  it('a section of the rules: kept beside a save of another section, with the rows that were added', async () => {
    const context = await stage.contextFor(await world.aPerson('national-admin'))
    const section = `/competition/rounds/${round}/edit/scoring`
    const save = (page: Page) => page.locator('.actions button[type=submit]').click()
    const field = (page: Page) => page.locator('[name="titleRule.maxWords"]')
    const first = await open(context, section)
    await field(first).fill('17')
    await first.close()

    const another = await open(context, `/competition/rounds/${round}/edit/calendar`)
    await another.locator('[name="calendar.lateArrivalMinutes"]').fill('31')
    await save(another)
    await another.waitForURL(/\/edit$/)
    await another.close()

    const again = await open(context, section)
    await restored(again).waitFor()
    assert.equal(await field(again).inputValue(), '17')
    await save(again)
    await again.waitForURL(/\/edit$/)
    await again.goto(section)
    await again.waitForFunction(() => customElements.get('keep-form') !== undefined)
    assert.equal(await restored(again).count(), 0)
    assert.equal(await field(again).inputValue(), '17')
    assert.deepEqual(
      (await keptOf(again)).filter((key) => key.endsWith(':scoring')),
      [],
    )

    const groups = `/competition/rounds/${round}/edit/groups`
    await again.goto(groups)
    const rows = again.locator('fieldset.row')
    const served = await rows.count()
    const unfold = (page: Page) =>
      page.evaluate(() => {
        for (const each of document.querySelectorAll('details')) each.open = true
      })
    await unfold(again)
    await again.locator('button[name=row][value^="add "]').first().click()
    await rows.nth(served).waitFor({ state: 'attached' })
    const added = await again.locator('keep-form').evaluate((form) => form.querySelectorAll('fieldset.row').length)
    await again.close()
    const back = await open(context, groups)
    await back.getByRole('button', { name: 'Tampilkan ketikan itu' }).click()
    await back.locator('fieldset.row').nth(served).waitFor({ state: 'attached' })
    assert.equal(await back.locator('fieldset.row').count(), added)
    await context.close()
  })
})
