import type { BrowserContext, Page } from 'playwright-core'

const pin = '270316'

/**
 * A seller captures one report of Laskar Penjaja Sayur with the line cut, and sends it when the line is back. `cut` is
 * called between the two, with nothing sent yet. `name`: the question for the woman's name, as this place words it.
 */
export async function reportWithoutSignal(
  context: BrowserContext,
  { village, name }: { village: string; name: string },
  cut: () => Promise<void>,
): Promise<Page> {
  const page = await context.newPage()
  const press = (button: string) => page.getByRole('button', { name: button, exact: true }).click()
  await page.goto('/services/field')
  await page.getByLabel('PIN', { exact: true }).fill(pin)
  await page.getByLabel('Ulangi PIN').fill(pin)
  await press('Simpan PIN')
  const fresh = page.getByRole('button', { name: 'Catat: Laskar Penjaja Sayur' })
  await fresh.waitFor()
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await context.setOffline(true)
  await fresh.click()
  await page.getByLabel('Desa').selectOption(village)
  await page.getByLabel('RT').fill('004')
  await press('Lanjut')
  await page.getByLabel('Ya, data saja').check()
  await press('Lanjut')
  await page.getByLabel(name).fill('Sarinah')
  await page.getByLabel('Nomor HP').fill('081234567891')
  await press('Lanjut')
  const asked = page.getByLabel('Belum', { exact: true })
  for (let n = 0; n < 6 && (await asked.count()) === 0; n++) await press('Lanjut')
  await asked.check()
  await press('Lanjut')
  await page.getByLabel('10 Pucat, lemas').check()
  await press('Lanjut')
  await page.getByLabel('Tidak ada').check()
  const keep = page.getByRole('button', { name: 'Simpan', exact: true })
  for (let n = 0; n < 6 && (await keep.count()) === 0; n++) await press('Lanjut')
  await keep.click()
  await page.getByText('Tersimpan di ponsel ini. Belum terkirim.').waitFor()
  await cut()
  await press('Laporan di ponsel ini')
  await context.setOffline(false)
  await press('Kirim sekarang')
  await page.getByText(/^Diterima \d\d\.\d\d WI(?:B|TA|T), nomor LPS-\d+$/).waitFor()
  return page
}
