import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shippedRounds } from '#competition'
import { aPanelWorld } from '../test/panel-world.ts'
import { aStage, axeProblems, isTooWide } from './browser.ts'

const rules = shippedRounds().find((round) => round.key === '2017')!

test('journey: anybody recomputes the published ranking in the browser, without a line, and a changed bundle is found out', {
  timeout: 120_000,
}, async () => {
  const w = await aPanelWorld(rules)
  const stage = await aStage(w)
  try {
    const ids = await w.entries('city', [80, 80, 80])
    await w.scored(ids)
    await w.announced({ [ids[0]!]: 'finalist' })
    const at = `/judging/rounds/${w.round}`
    assert.equal((await w.secretary.post(`${at}/recompute`)).status, 303)
    const text = await (await (await w.as()).get(`${at}/bundle.json`)).text()

    const plain = await stage.pageFor(undefined, { javaScript: false })
    await plain.goto(`${at}/recompute`)
    await plain.getByText('Menghitung di peramban memerlukan JavaScript').waitFor()
    await plain.getByText('npm run recompute').first().waitFor()

    const page = await stage.pageFor(undefined, { width: 360 })
    await page.goto(`${at}/recompute`)
    const choose = (content: string) =>
      page
        .getByLabel('Berkas hitung ulang (JSON)')
        .setInputFiles({ name: 'b.json', mimeType: 'application/json', buffer: Buffer.from(content) })
    await page.getByLabel('Berkas hitung ulang (JSON)').waitFor()
    await page.context().setOffline(true)
    await choose(text)
    await page.getByText('Peringkatnya sama, bita demi bita.').waitFor()
    await page.getByText('Berkas ini sama dengan yang diterbitkan').waitFor()
    assert.deepEqual(await axeProblems(page), [])
    assert.equal(await isTooWide(page), false)

    const bundle = JSON.parse(text) as { sheets: { points: Record<string, number> }[] }
    const points = bundle.sheets[0]!.points
    for (const key of Object.keys(points)) points[key] = 99
    await choose(JSON.stringify(bundle))
    await page.getByText('BUKAN peringkat yang diumumkan').waitFor()
    await page.getByText('Berkas ini tidak sama dengan yang diterbitkan').waitFor()
    await choose('{')
    await page.getByText('Berkas ini bukan berkas hitung ulang.').waitFor()
  } finally {
    await stage.close()
  }
})
