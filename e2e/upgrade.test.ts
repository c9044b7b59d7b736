import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { small } from '../test/packages.ts'
import { type Lending, lendingWheelchairs, wheelchairs } from '../test/wheelchairs.ts'
import { aStage, axeProblems, isTooWide, type Stage } from './browser.ts'

/** `SHOTS=<folder>` keeps a picture of every page that is looked at. */
async function look(page: Page, name: string) {
  assert.deepEqual(await axeProblems(page), [], name)
  assert.equal(await isTooWide(page), false, name)
  if (!process.env.SHOTS) return
  mkdirSync(process.env.SHOTS, { recursive: true })
  await page.screenshot({ path: path.join(process.env.SHOTS, `${name}.png`), fullPage: true })
}

describe('Journey: a newer version comes to an agency that changed its own', () => {
  let it_: Lending
  let stage: Stage
  let place: Awaited<ReturnType<Lending['lender']>>
  before(async () => {
    it_ = await lendingWheelchairs()
    place = await it_.lender()
    await it_.changeLocally(place, (p) => {
      p.forms[0]!.fields[0]!.label = { id: 'Nama lengkap' }
    })
    await it_.borrow(place.service)
    stage = await aStage(it_.world)
  })
  after(() => stage.close())

  const newer = () =>
    wheelchairs('1.3.0', {
      'forms/permohonan.yaml': small['forms/permohonan.yaml']!.replace(
        'label: { id: Nama }',
        'label: { id: Nama sesuai KTP }',
      ),
      'settings.yaml': small['settings.yaml']!.replace('max: 60', 'max: 30'),
    })
  const running = async () => (await it_.running(place.service)).version

  it('she reads what is new, decides, installs it and puts it back, on a telephone without JavaScript', async () => {
    const context = await stage.contextFor(place.admin, { width: 360, javaScript: false })
    const page = await context.newPage()
    await page.goto(`/services/${place.service}`)
    await page.getByRole('link', { name: 'Versi dan peningkatan' }).click()
    await page.getByLabel('Unggah versi baru (.melayani)').setInputFiles({
      name: 'kursi.melayani',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(await newer().arrayBuffer()),
    })
    await page.getByRole('button', { name: 'Baca dan periksa' }).click()
    await page.getByRole('heading', { level: 1, name: 'Peningkatan ke versi 1.3.0' }).waitFor()
    assert.equal(await page.getByRole('button', { name: /^Pasang versi/ }).count(), 0)
    await page.getByRole('radio', { name: /^Tulis sendiri/ }).check()
    await page.getByRole('button', { name: 'Simpan pilihan' }).click()
    await page.getByRole('link', { name: /Tulis kata-kata yang baru/ }).click()
    await page.getByRole('textbox', { name: /Kata-kata baru/ }).fill('Nama lengkap sesuai KTP')
    await page.getByRole('button', { name: 'Simpan pilihan' }).click()
    await page.getByText('Semua sudah diputuskan').waitFor()
    // She leaves the page and comes back.
    await page.goto(`/services/${place.service}/upgrade`)
    await page.getByRole('link', { name: 'Lanjutkan peningkatan' }).click()
    assert.equal(await page.getByRole('textbox', { name: /Kata-kata baru/ }).inputValue(), 'Nama lengkap sesuai KTP')
    await page.getByRole('button', { name: 'Pasang versi 1.3.0+local.1' }).click()
    await page.getByText('Versi 1.3.0+local.1 berlaku untuk kasus baru.').waitFor()
    assert.equal(await running(), '1.3.0+local.1')
    await page.goto(`/services/${place.service}/report`)
    await page.getByLabel('Nama lengkap sesuai KTP').waitFor()
    await page.goto(`/services/${place.service}/upgrade`)
    await page.getByRole('button', { name: 'Kembalikan ke versi 1.2.0+local.1' }).click()
    await page.getByText('Versi 1.2.0+local.1 berlaku lagi untuk kasus baru.').waitFor()
    assert.equal(await running(), '1.2.0+local.1')
    await context.close()
  })

  it('every page of it is sound, narrow and wide, in both languages', async () => {
    await it_.send(place.admin, `/services/${place.service}/upgrade/upload`, newer())
    await it_.world.db
      .updateTable('people.agency')
      .set({ name: 'Dinas Contoh' })
      .where('id', '=', place.agency)
      .execute()
    const other = await it_.lender()
    await it_.changeLocally(other, (p) => {
      p.forms[0]!.fields[0]!.label = { id: 'Nama penuh' }
    })
    const reason = 'Warga mengenal istilah ini.'
    await (await it_.world.as(other.admin)).post(`/services/${other.service}/upgrade/offer`, { reason })
    const { id } = await it_.world.db.selectFrom('services.improvement').select('id').executeTakeFirstOrThrow()
    for (const [lang, width, dark] of [
      ['id', 360, false],
      ['en', 1280, true],
    ] as const) {
      const page = await stage.pageFor(place.admin, { lang, width, dark })
      for (const [name, address] of [
        ['versions', `/services/${place.service}/upgrade`],
        ['decide', `/services/${place.service}/upgrade/draft`],
        ['improvements', '/services/improvements'],
        ['improvement', `/services/improvements/${id}`],
      ] as const) {
        await page.goto(address)
        await look(page, `${name}-${lang}-${width}`)
      }
      await page.context().close()
    }
  })
})
