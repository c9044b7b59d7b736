import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { aJudgedRound } from '../test/judging-world.ts'
import { aStage, axeProblems, isTooWide } from './browser.ts'

test('journey: evaluators are named, readings dealt, sheets filled through a lost line, and the seal is broken', {
  timeout: 240_000,
}, async () => {
  const w = await aJudgedRound({ entries: 2, people: 2 })
  const stage = await aStage(w)
  const faults: string[] = []
  const look = async (page: Page, name: string) => {
    for (const fault of await axeProblems(page)) faults.push(`${name}: ${fault}`)
    if (await isTooWide(page)) faults.push(`${name}: scrolls sideways`)
  }
  try {
    const national = await stage.pageFor(w.admin)
    for (const name of ['Penilai 1', 'Penilai 2']) {
      await national.goto(`${w.base}/evaluators`)
      await national.getByLabel('Orang', { exact: true }).selectOption({ label: name })
      await national.getByLabel('Perguruan tinggi').fill(`Universitas ${name}`)
      await national.getByRole('button', { name: 'Tambah evaluator' }).click()
      await national.getByRole('button', { name: 'Pastikan identitas' }).click()
      await national.getByText('Identitas dipastikan.').waitFor()
    }
    await look(national, 'evaluator')
    await national.goto(`${w.base}/assignment`)
    await look(national, 'assignment before')
    await national.getByRole('button', { name: 'Cari pembaca untuk 4 pembacaan' }).click()
    // The page follows the computation by itself and shows the proposal when it is there.
    await national.getByRole('button', { name: 'Terima usulan ini' }).click({ timeout: 30_000 })
    await national.getByText('4 pembacaan dibagikan.').waitFor()
    await look(national, 'assignment')
    await national.goto(w.base)
    await national.getByLabel('Dibaca sampai tanggal').fill('2017-04-30')
    await national.getByRole('button', { name: 'Buka pembacaan' }).click()
    await national.getByText('Pembacaan dibuka. Aturan sudah dibekukan.').waitFor()

    for (const [i, person] of w.people.entries()) {
      const context = await stage.contextFor(person)
      const page = await context.newPage()
      await page.goto('/judging')
      await look(page, 'worklist')
      await page.getByRole('link', { name: 'Baca yang berikutnya' }).click()
      for (const proposal of w.proposals) {
        await page.waitForURL(`**/judging/sheets/${proposal}`)
        if (i === 0) await look(page, 'sheet')
        const points = page.getByLabel('Nilai', { exact: true })
        assert.equal(await points.count(), w.criteria.length)
        // By keyboard alone: points, comment, next criterion. In the middle the line is lost.
        await points.first().focus()
        for (const [k] of w.criteria.entries()) {
          if (k === 2) await context.setOffline(true)
          await page.keyboard.type(String(70 + k + 5 * w.proposals.indexOf(proposal)))
          await page.keyboard.press('Tab')
          if (k === 0) await page.keyboard.type('Jelas dan terukur')
          await page.keyboard.press('Tab')
          if (k < w.criteria.length - 1) await page.keyboard.press('Tab')
        }
        await page.getByText('Tidak ada sambungan.').waitFor()
        await context.setOffline(false)
        await page.getByText(/^Tersimpan \d/).waitFor()
        const rows = await w.db
          .selectFrom('judging.score')
          .select('points')
          .where('proposal', '=', proposal)
          .where('evaluator', '=', person)
          .execute()
        assert.equal(rows.length, w.criteria.length)
        await page.getByRole('button', { name: 'Simpan dan selesai' }).click()
        await page.getByText('Lembar nilai selesai.').waitFor()
      }
      await page.goto(`/judging?round=${w.round}&show=all`)
      await page.getByText('2 dari 2 selesai').waitFor()
      await context.close()
    }

    await national.goto(w.base)
    await look(national, 'round')
    await national.getByRole('button', { name: 'Tutup pembacaan' }).click()
    await national.getByRole('button', { name: 'Buka segel nilai' }).click()
    await national.getByText('Nilai dibuka dan peringkat disimpan.').waitFor()
    await national.goto(`${w.base}/ranking`)
    const order = await national.locator('tbody tr th').allTextContents()
    assert.deepEqual(order.slice(-2), ['Layanan Jemput Bola 2', 'Layanan Jemput Bola 1'])

    const phone = await stage.pageFor(w.admin, { width: 360, lang: 'en', dark: true })
    for (const end of ['', '/evaluators', `/evaluators/${w.people[0]}`, '/assignment', '/waves', '/ranking', '/rule']) {
      await phone.goto(`${w.base}${end}`)
      await look(phone, `${end || 'round'} on a phone in English`)
    }
    const reader = await stage.pageFor(w.people[0], { width: 320, lang: 'en' })
    for (const path of ['/judging', `/judging/sheets/${w.proposals[0]}`, `${w.base}/offset`]) {
      await reader.goto(path)
      await look(reader, `${path} on a small phone in English`)
    }
    assert.deepEqual(faults, [])
  } finally {
    await stage.close()
  }
})

test('journey: what was typed without a line and arrives after the deadline is refused, stays on the screen, and arrives once there is more time', {
  timeout: 240_000,
}, async () => {
  const w = await aJudgedRound({ entries: 1, people: 2 })
  const stage = await aStage(w)
  try {
    await w.team()
    await w.assign()
    await w.open()
    const [reading] = await w.readings()
    const context = await stage.contextFor(reading!.evaluator)
    const page = await context.newPage()
    const sheet = `/judging/sheets/${reading!.proposal}`
    const points = page.getByLabel('Nilai', { exact: true }).first()
    const stored = () => w.db.selectFrom('judging.score').select('points').execute()
    await page.goto(sheet)
    await context.setOffline(true)
    await points.fill('73')
    await page.getByText('Tidak ada sambungan.').waitFor()
    w.clock.set(new Date('2017-05-01T00:00:00+07:00'))
    await w.db.updateTable('people.session').set({ seen: w.clock.now() }).execute()
    await context.setOffline(false)
    await page.getByText(/Belum tersimpan di server: Batas waktu membaca sudah lewat/).waitFor()
    assert.equal(await points.inputValue(), '73')
    // Looked at again, nothing can be typed, and what never arrived is still there.
    await page.goto(sheet)
    await page.getByText('Isian di bawah ini belum sampai ke server').waitFor()
    assert.equal(await points.inputValue(), '73')
    assert.equal(await points.isEditable(), false)
    assert.deepEqual(await axeProblems(page), [])
    assert.equal(await isTooWide(page), false)
    assert.deepEqual(await stored(), [])

    const national = await stage.pageFor(w.admin)
    await national.goto(w.base)
    await national.getByText('Batas waktunya sudah lewat').first().waitFor()
    await national.getByLabel('Sampai tanggal').fill('2017-05-05')
    await national.getByLabel('Alasan').fill('Listrik padam di tiga daerah')
    await national.getByRole('button', { name: 'Perpanjang batas waktu' }).click()
    await national.getByText('Batas waktu diperpanjang').first().waitFor()
    assert.deepEqual(await axeProblems(national), [])
    await page.goto(sheet)
    await page.getByText(/^Tersimpan \d/).waitFor()
    assert.deepEqual(await stored(), [{ points: 73 }])
  } finally {
    await stage.close()
  }
})
