import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { importInnovations } from '#competition'
import { syncGallery } from '#gallery'
import { aWorld, type World } from '../test/world.ts'
import { aStage, axeProblems, isTooWide, type Stage } from './browser.ts'

describe('journey: reading the gallery in the browser', () => {
  let world: World
  let stage: Stage
  let agency: string
  before(async () => {
    world = await aWorld(new Date('2026-03-10T02:00:00Z'))
    agency = await world.anAgency({ name: 'Pemerintah Kabupaten Banyuwangi' })
    await importInnovations(world.db)
    await world.db.transaction().execute(syncGallery)
    stage = await aStage(world)
  })
  after(() => stage.close())

  it('leads from the front page to an innovation with a mistyped word, a narrow screen and no scripts', async () => {
    const page = await stage.pageFor(undefined, { width: 360, javaScript: false })
    await page.goto('/')
    await page.getByRole('searchbox', { name: 'Cari inovasi' }).fill('penjaja sayor')
    await page.getByRole('button', { name: 'Cari' }).click()
    await page.getByText('Ini hasil untuk “penjaja sayur”').waitFor()
    await page.getByRole('link', { name: 'Laskar Penjaja Sayur' }).click()
    await page.getByRole('heading', { name: 'Laskar Penjaja Sayur', level: 1 }).waitFor()
    await page.getByText('Belum ada yang menyatakan').waitFor()
    assert.equal(await isTooWide(page), false)
    await page.context().close()
  })

  it('offers while one types: chosen by keyboard alone, closed with Escape, on a phone in both languages', async () => {
    for (const [lang, width, name, list] of [
      ['id', 360, 'Cari inovasi', 'Saran pencarian'],
      ['en', 1280, 'Search innovations', 'Suggestions'],
    ] as const) {
      const page = await stage.pageFor(undefined, { lang, width, dark: lang === 'en' })
      await page.goto('/')
      const field = page.getByRole('combobox', { name })
      await field.focus()
      await page.keyboard.type('penjaja sayo')
      const offers = page.getByRole('listbox', { name: list })
      const first = offers.getByRole('option').first()
      await first.getByText('Laskar Penjaja Sayur').waitFor()
      assert.equal(await field.getAttribute('aria-expanded'), 'true')
      assert.deepEqual(await axeProblems(page), [])
      assert.equal(await isTooWide(page), false)
      await page.keyboard.press('ArrowDown')
      assert.equal(await field.getAttribute('aria-activedescendant'), await first.getAttribute('id'))
      assert.equal(await first.getAttribute('aria-selected'), 'true')
      await page.keyboard.press('Escape')
      await offers.waitFor({ state: 'hidden' })
      assert.equal(await field.inputValue(), 'penjaja sayo')
      await page.keyboard.press('ArrowDown')
      await first.waitFor()
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForURL(/\/gallery/)
      await page.context().close()
    }
  })

  it('searches plainly by Enter when nothing offered was chosen, and leads on by a tap', async () => {
    const page = await stage.pageFor(undefined, { width: 360 })
    await page.goto('/gallery')
    const field = page.getByRole('combobox', { name: 'Cari inovasi' })
    await field.fill('penjaja sayur')
    await page.getByRole('option').first().waitFor()
    await field.press('Enter')
    await page.waitForURL(/q=penjaja/)
    await page.getByRole('combobox', { name: 'Cari inovasi' }).fill('laskar')
    await page.getByRole('option').filter({ hasText: 'Laskar Penjaja Sayur' }).click()
    await page.getByRole('heading', { name: 'Laskar Penjaja Sayur', level: 1 }).waitFor()
    await page.context().close()
  })

  it('narrows by filters that stay in the address, and clears them', async () => {
    const page = await stage.pageFor()
    await page.goto('/gallery')
    await page.getByText('Saringan', { exact: true }).click()
    await page.getByRole('combobox', { name: 'Provinsi' }).selectOption('34')
    await page.getByRole('combobox', { name: 'Tahun' }).selectOption('2025')
    await page.getByRole('button', { name: 'Terapkan' }).click()
    await page.getByText('4 inovasi', { exact: true }).waitFor()
    assert.match(page.url(), /province=34&year=2025/)
    await page.reload()
    assert.equal(await page.getByRole('combobox', { name: 'Provinsi' }).inputValue(), '34')
    await page.getByRole('link', { name: 'Hapus semua saringan' }).click()
    await page.getByText('142 inovasi', { exact: true }).waitFor()
    await page.context().close()
  })

  it('lets the local admin say by keyboard that an innovation still runs', async () => {
    const page = await stage.pageFor(await world.aPerson('local-admin', { agency }), { width: 360 })
    await page.goto('/gallery/own')
    await page.getByRole('link', { name: 'Laskar Penjaja Sayur' }).click()
    await page.getByRole('radio', { name: 'Berlanjut', exact: true }).focus()
    await page.keyboard.press('Space')
    await page.getByLabel('Keadaan pada tanggal').fill('2026-03-09')
    await page.getByLabel('Penjelasan singkat').fill('Dipakai 45 desa.')
    await page.getByRole('button', { name: 'Nyatakan status' }).press('Enter')
    await page.getByText('Status kelanjutan sudah dinyatakan').waitFor()
    await page.getByText('9 Maret 2026, menurut instansinya').waitFor()
    await page.context().close()
  })

  it('shows the secretariat what a file would add before it adds it', async () => {
    const page = await stage.pageFor(await world.aPerson('national-admin'))
    await page.goto('/competition/register/import')
    const row = {
      name: 'Perahu Sehat',
      agency: 'Pemerintah Kabupaten Uji',
      region: 'Maluku',
      year: 2024,
      level: 'Top 99',
      summary: 'Perahu menjemput ibu hamil.',
      source: 'Berita uji',
    }
    await page.getByLabel('Atau tempel isi berkas').fill(JSON.stringify([{ ...row, region: 'Atlantis' }]))
    await page.getByRole('button', { name: 'Periksa isinya' }).click()
    await page.getByText('Bukan nama provinsi').waitFor()
    await page.getByLabel('Atau tempel isi berkas').fill(JSON.stringify([row]))
    await page.getByRole('button', { name: 'Periksa isinya' }).click()
    await page.getByRole('button', { name: 'Impor 1 penghargaan' }).click()
    await page.getByText('1 penghargaan sudah masuk register').waitFor()
    await page.getByRole('button', { name: 'Samakan galeri sekarang' }).click()
    await page.getByText('Galeri sudah sama dengan register: 143 inovasi, 1 baru.').waitFor()
    await page.context().close()
  })

  it('has no fault that axe finds and never scrolls sideways, in both languages, narrow and wide, light and dark', async () => {
    const addresses = [
      '/',
      '/gallery',
      '/gallery?q=sampah&province=33',
      '/gallery?q=tidakadasamasekali',
      '/gallery/MI-000022',
      '/tentang',
      '/api',
    ]
    const keeper = await world.aPerson('deputy', { agency })
    const national = await world.aPerson('national-admin')
    const own = await world.db
      .selectFrom('gallery.innovation')
      .select('code')
      .where('agency', '=', agency)
      .orderBy('code')
      .limit(1)
      .executeTakeFirstOrThrow()
    const walks: [string | undefined, string[]][] = [
      [undefined, addresses],
      [keeper, ['/gallery/own', `/gallery/${own.code}/edit`]],
      [national, ['/competition/register', '/competition/register/import']],
    ]
    const wrong: string[] = []
    for (const lang of ['id', 'en'] as const)
      for (const width of [360, 1280]) {
        for (const [person, list] of walks) {
          const page = await stage.pageFor(person, { lang, width, dark: lang === 'en' })
          for (const address of list) {
            await page.goto(address)
            for (const problem of await axeProblems(page)) wrong.push(`${address} ${lang} ${width}: ${problem}`)
            if (await isTooWide(page)) wrong.push(`${address} ${lang} ${width}: scrolls sideways`)
          }
          await page.context().close()
        }
      }
    assert.deepEqual(wrong, [])
  })
})
