import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { done } from '../src/demo/story.ts'
import { fillGallery } from '../test/running-replication.ts'
import { aWorld, type World } from '../test/world.ts'
import { aStage, axeProblems, isTooWide, type Stage } from './browser.ts'

describe('journey: an innovation is copied in the browser', () => {
  let world: World
  let stage: Stage
  let code: string
  let owner: string
  let adopter: string
  before(async () => {
    world = await aWorld(new Date('2026-03-10T02:00:00Z'))
    const banyuwangi = await world.anAgency({ name: 'Pemerintah Kabupaten Banyuwangi', region: '35.10' })
    const jember = await world.anAgency({ name: 'Pemerintah Kabupaten Jember', region: '35.09' })
    await world.aUnit(banyuwangi, 'Puskesmas Sempu')
    await world.aUnit(jember, 'Puskesmas Silo')
    owner = await world.aPerson('local-admin', { agency: banyuwangi })
    adopter = await world.aPerson('local-admin', { agency: jember })
    code = await (await fillGallery(world))('Laskar Penjaja Sayur')
    const install = `/services/agencies/${banyuwangi}/install/laskar-penjaja-sayur`
    await done((await world.as(owner)).post(install), 'installing')
    stage = await aStage(world)
  })
  after(() => stage.close())

  it('published by its owner, from its page in the gallery', async () => {
    const page = await stage.pageFor(owner)
    await page.goto(`/gallery/${code}`)
    await page.getByRole('link', { name: 'Terbitkan sebagai paket' }).click()
    await page.getByRole('combobox', { name: 'Unit pemilik inovasi' }).selectOption({ label: 'Puskesmas Sempu' })
    await page.getByRole('button', { name: 'Terbitkan' }).click()
    await page.getByText('Paket terbit.').waitFor()
    await page.context().close()
  })

  it('adopted on a phone without scripts: what is needed, the dry run, one button, and what to do next', async () => {
    const page = await stage.pageFor(adopter, { width: 360, javaScript: false })
    await page.goto(`/gallery/${code}`)
    await page.getByRole('link', { name: 'Replikasi inovasi ini' }).click()
    await page.getByRole('combobox', { name: 'Unit yang menjalankan' }).selectOption({ label: 'Puskesmas Silo' })
    await page.getByRole('button', { name: 'Lihat apa yang diperlukan' }).click()
    await page.getByRole('heading', { name: 'Uji coba: contoh kasus paket ini' }).waitFor()
    assert.equal(await page.getByText('Sesuai harapan').count(), 7)
    assert.equal(await isTooWide(page), false)
    await page.getByRole('button', { name: 'Pasang versi 1.1.0' }).click()
    await page.getByText('Paket terpasang.').waitFor()
    await page.getByRole('link', { name: 'Tinjau pengaturan' }).waitFor()
    await page.getByRole('button', { name: 'Tanda tangani kesepakatan' }).click()
    await page.getByText('Tercatat: Kesepakatan ditandatangani.').waitFor()
    await page.context().close()
  })

  it('agreed to and approved in English, with the agreement as a paper', async () => {
    const page = await stage.pageFor(owner, { lang: 'en', dark: true })
    await page.goto('/replication/processes')
    await page.getByRole('link', { name: 'Laskar Penjaja Sayur' }).click()
    await page.getByRole('button', { name: 'Sign the agreement' }).click()
    await page.getByRole('link', { name: 'Agreement KR-2026-0001 (PDF)' }).waitFor()
    await page.getByLabel('Implementation begins').fill('2026-03-20')
    await page.getByRole('button', { name: 'Approve the replication' }).click()
    await page.getByText('Noted: Approved by the owner.').waitFor()
    // The certificate waits for a first case.
    await page.getByRole('button', { name: 'Give the certificate' }).click()
    await page.getByRole('alert').getByText('There is no case yet.').waitFor()
    assert.deepEqual(await axeProblems(page), [])
    await page.goto(`/replication/innovations/${code}`)
    await page.getByRole('img', { name: 'Lineage as a tree: 2 in all' }).waitFor()
    await page.getByText('The lineage as a list').click()
    await page.getByRole('listitem').filter({ hasText: 'Puskesmas Silo' }).first().waitFor()
    assert.deepEqual(await axeProblems(page), [])
    await page.context().close()
  })
})
