import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { publicKeyText, readSealed } from '#services'
import { aWorld, type World } from '../test/world.ts'
import { aStage, axeProblems, isTooWide, type Stage } from './browser.ts'

const guide = readFileSync(path.join(import.meta.dirname, '../docs/first-package.md'), 'utf8')
/** What the guide says to paste. */
const pasted = /```tsv\n([\s\S]*?)```/
  .exec(guide)![1]!
  .split('\n')
  .map((line) => line.replace(/^ {3}/, ''))
  .join('\n')
  .trim()

/** The words of the two languages in which the same is made. */
const spoken = {
  id: {
    ...{
      start: 'Mulai',
      save: 'Simpan',
      flow: 'Alur: Lampu Jalan',
      addMove: 'Tambah: Langkah',
      wrong: /Tidak ada langkah yang menuju/,
    },
    ...{
      addPart: 'Tambah bagian',
      add: 'Tambah',
      rule: 'Aturan',
      addMessage: 'Tambah: Pesan',
      messages: 'Pesan',
      well: 'Tidak ada yang salah.',
    },
    ...{
      tryIt: 'Coba sebuah kasus',
      next: /Sampai hal berikutnya/,
      open: 'Ajukan sebagai Warga',
      finish: 'Selesaikan sebagai Petugas',
    },
    ...{
      keep: 'Simpan sebagai contoh',
      publish: 'Terbitkan versi',
      publishNow: 'Terbitkan versi ini',
      install: 'Pasang versi 1.0.0',
    },
    ...{
      task: 'Tugas untuk Petugas: Selesaikan permohonan',
      because: /segera|true/,
      sign: 'Tanda tangani',
      seal: /Tanda tangani dan ambil/,
    },
  },
  en: {
    ...{ start: 'Start', save: 'Save', flow: 'Flow: Lampu Jalan', addMove: 'Add: Moves', wrong: /Nothing leads to/ },
    ...{
      addPart: 'Add a part',
      add: 'Add',
      rule: 'Rule',
      addMessage: 'Add: Messages',
      messages: 'Messages',
      well: 'Nothing is wrong.',
    },
    ...{
      tryIt: 'Try a case',
      next: /Until the next thing/,
      open: 'Ajukan sebagai Warga',
      finish: 'Selesaikan sebagai Petugas',
    },
    ...{
      keep: 'Save as an example',
      publish: 'Publish a version',
      publishNow: 'Publish this version',
      install: 'Install version 1.0.0',
    },
    ...{
      task: 'Task for Petugas: Selesaikan permohonan',
      because: /segera|true/,
      sign: 'Sign it',
      seal: /Sign it and take it/,
    },
  },
} as const

describe('services: a package is made in the studio, as the guide says', () => {
  let world: World
  let stage: Stage
  let agency: string
  let admin: string
  before(async () => {
    world = await aWorld(new Date('2026-03-02T05:30:00+07:00'))
    agency = await world.anAgency({ name: 'Pemerintah Kabupaten Contoh' })
    admin = await world.aPerson('local-admin', { agency })
    stage = await aStage(world)
  })
  after(() => stage.close())

  const sound = async (page: Page) => {
    assert.deepEqual(await axeProblems(page), [], page.url())
    assert.equal(await isTooWide(page), false, page.url())
  }
  const press = (page: Page, name: string | RegExp) =>
    page
      .getByRole('button', { name, exact: typeof name === 'string' })
      .first()
      .click()
  const follow = (page: Page, name: string) => page.getByRole('link', { name, exact: true }).first().click()

  /** From the list of questions to a first case. `checked`: every page is also judged by axe. */
  async function make(page: Page, lang: 'id' | 'en', checked: boolean): Promise<{ draft: string; service: string }> {
    const w = spoken[lang]
    const look = checked ? () => sound(page) : async () => {}
    await page.goto('/services/studio')
    await look()
    await page.locator('#name').fill('Lampu Jalan')
    await page.locator('#list').fill(pasted)
    await press(page, w.start)
    await page.waitForURL(/\/drafts\/[^/]+$/)
    const draft = new URL(page.url()).pathname
    await look()
    const visit = (place: string) => page.goto(`${draft}${place}`)
    const save = async () => {
      await press(page, w.save)
      await page.waitForLoadState()
    }

    // A state that nothing leads to is told at once, and mended by two moves.
    await follow(page, w.flow)
    await page.locator('[name="states.2.names.id"]').fill('Menunggu jawaban warga')
    await page.locator('[name="states.2.kind"]').selectOption('paused')
    await save()
    await page.getByText(w.wrong).first().waitFor()
    await look()
    const move = async (n: number, name: string, from: string, to: string, role: string) => {
      await press(page, w.addMove)
      await page.waitForURL(new RegExp(`parts/moves\\.${n}$`))
      await page.locator('[name="names.id"]').fill(name)
      await page.locator('[name="from[]"]:checked').uncheck()
      await page.locator(`[name="from[]"][value="${from}"]`).check()
      await page.locator('[name=to]').selectOption(to)
      await page.locator(`[name="roles[]"][value="${role}"]`).check()
      await save()
      await visit('/documents/flows.permohonan')
    }
    await move(2, 'Tanya warga', 'masuk', 'menunggu_jawaban_warga', 'petugas')
    await move(3, 'Jawab', 'menunggu_jawaban_warga', 'masuk', 'warga')
    assert.equal(await page.getByText(w.wrong).count(), 0)
    assert.equal(await page.locator('.flow-picture section:visible .state').count(), 4)
    await look()

    // The rule.
    await page.goto(draft)
    await page.getByText(w.addPart, { exact: true }).click()
    await page.locator('[name=folder]').selectOption('rules')
    await page.locator('form[action$="/documents"] [name=name]').fill('Bahaya')
    await press(page, w.add)
    await page.waitForURL(/rules\.bahaya$/)
    await visit('/documents/rules.bahaya/parts/versions.0')
    for (const [name, text] of Object.entries({
      'inputs.0': 'apa_yang_terjadi',
      'outputs.0': 'segera',
      'rows.0.when.0': 'kabel_terbuka',
      'rows.0.gives.0': 'true',
      'rows.0.says.id': 'kabel terbuka',
      'rows.1.when.0': '-',
      'rows.1.gives.0': 'false',
      'rows.1.says.id': 'hanya gelap',
    }))
      await page.locator(`[name="table.${name}"]`).fill(text)
    await save()
    assert.equal(await page.locator('[name="table.rows.0.when.0"]').inputValue(), '"kabel_terbuka"')
    await look()

    // The message; and the two moves that compute and send.
    await visit('/documents/messages')
    await press(page, w.addMessage)
    await page.waitForURL(/parts\/messages\.0$/)
    await page.locator('[name=id]').fill('kabar')
    await page.locator('[name=to]').selectOption('phone:nomor_hp')
    await page.locator('[name="text.sms.id"]').fill('Permohonan {kode} sudah selesai. Terima kasih.')
    await page.locator('[name=with]').fill('kode = case.number (20)')
    await save()
    await look()
    for (const [n, effect, row] of [
      [0, 'rule:bahaya', 1],
      [1, 'send:kabar', 0],
    ] as const) {
      await visit(`/documents/flows.permohonan/parts/moves.${n}`)
      await page.locator(`[name="effects.${row}.effect.what"]`).selectOption(effect)
      await save()
    }
    await look()

    // Tried on a clock of its own.
    await page.goto(draft)
    await follow(page, w.tryIt)
    await look()
    await page.locator('aside a').first().click()
    await page.locator('[name=desa]').selectOption({ index: 1 })
    await page.locator('[name=di_mana]').fill('Depan balai desa')
    await page.locator('[name=apa_yang_terjadi][value=kabel_terbuka]').check()
    await page.locator('[name=nomor_hp]').fill('0812 3456 7890')
    await page.locator('main form button[type=submit]').last().click()
    await page.waitForURL(/\/try$/)
    await page.getByText(/karena: kabel terbuka|because: kabel terbuka/).waitFor()
    await press(page, w.next)
    await page.getByText(w.task).nth(1).waitFor()
    await look()
    await page.locator('aside a[href$="petugas.selesaikan"]').click()
    await page.locator('main form button[type=submit]').last().click()
    await page.waitForURL(/\/try$/)
    await page.getByText('Permohonan CONTOH-coba sudah selesai. Terima kasih.').waitFor()
    await page.locator('form[action$="/example"] [name=name]').fill('Sampai selesai')
    await press(page, w.keep)
    await page.waitForURL(/examples\/sampai_selesai$/)
    await look()

    // Published, installed, and a first case.
    await page.goto(draft)
    await page.getByText(w.well).waitFor()
    await follow(page, w.publish)
    await look()
    await press(page, w.publishNow)
    await page.getByRole('button', { name: w.install }).waitFor()
    await look()
    await press(page, w.install)
    await page.waitForURL(/\/services\/[0-9a-f-]{36}\/roles$/)
    return { draft, service: new URL(page.url()).pathname.split('/')[2]! }
  }

  const casesOf = (service: string) =>
    world.db.selectFrom('services.case').select('state').where('service', '=', service).execute()

  it('in Indonesian, page by page sound, to a first case that a citizen opens', { timeout: 240_000 }, async () => {
    const page = await stage.pageFor(admin)
    const { draft, service } = await make(page, 'id', true)
    assert.deepEqual(await casesOf(service), [])
    const citizen = await stage.pageFor(undefined, { width: 360 })
    await citizen.goto(`/services/${service}/report`)
    await citizen.locator('[name=desa]').selectOption({ index: 1 })
    await citizen.locator('[name=di_mana]').fill('Pasar lama')
    await citizen.locator('[name=apa_yang_terjadi][value=mati]').check()
    await citizen.locator('main form button[type=submit]').last().click()
    await citizen.waitForURL(/receipt/)
    assert.deepEqual(await casesOf(service), [{ state: 'masuk' }])

    // Whoever holds the key signs here; the key does not leave.
    const { privateKey } = generateKeyPairSync('ed25519')
    const file = path.join(tmpdir(), `studio-${process.pid}.pem`)
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }))
    await page.goto(`${draft}/publish`)
    await page.getByText(spoken.id.sign, { exact: true }).click()
    const sent: string[] = []
    page.on('request', (request) => sent.push(request.postData() ?? ''))
    await page.locator('#sign-key').setInputFiles(file)
    const [download] = await Promise.all([page.waitForEvent('download'), press(page, spoken.id.seal)])
    const key = publicKeyText(privateKey)
    const read = readSealed(readFileSync((await download.path())!), { keys: new Set([key]) })
    assert.ok(read.ok, JSON.stringify(read.problems))
    assert.equal(read.value.pkg.manifest.id, 'id.contoh.lampu-jalan')
    const secret = (privateKey.export({ format: 'jwk' }) as { d: string }).d
    assert.ok(sent.some((body) => body.includes(key)) && !sent.some((body) => body.includes(secret)))
  })

  it('in English, on a phone and without JavaScript', { timeout: 240_000 }, async () => {
    const other = await world.anAgency({ name: 'Pemerintah Kota Lain' })
    const person = await world.aPerson('local-admin', { agency: other })
    const page = await stage.pageFor(person, { lang: 'en', width: 360, javaScript: false })
    const { service } = await make(page, 'en', false)
    const row = await world.db
      .selectFrom('services.service')
      .select(['agency', 'package'])
      .where('id', '=', service)
      .executeTakeFirst()
    assert.deepEqual(row, { agency: other, package: 'id.lain.lampu-jalan' })
  })

  it('with rows pasted into the cells of a sheet, and kept on this device until they were saved', async () => {
    const page = await stage.pageFor(admin)
    const context = page.context()
    await page.goto('/services/studio')
    await page.locator('#name').fill('Jalan Rusak')
    await press(page, spoken.id.start)
    await page.waitForURL(/\/drafts\/[^/]+$/)
    const form = `${new URL(page.url()).pathname}/documents/forms.permohonan`
    await page.goto(form)
    await page.locator('[name="fields.1.label.id"]').focus()
    await page.evaluate(() => {
      const data = new DataTransfer()
      data.setData('text/plain', 'Lebar lubang\tAngka bulat\tya\nKapan\tTanggal\t\nFoto\tFoto\t')
      document.activeElement!.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      )
    })
    assert.equal(await page.locator('[name="fields.3.label.id"]').inputValue(), 'Foto')
    assert.equal(await page.locator('[name="fields.1.type"]').inputValue(), 'int')
    await page.close()
    const again = await context.newPage()
    await again.goto(form)
    await again.getByText('belum tersimpan', { exact: false }).first().waitFor()
    await again
      .locator('keep-form button')
      .filter({ hasText: /Tampilkan/ })
      .click()
    await again.locator('[name="fields.3.label.id"]').waitFor()
    await press(again, spoken.id.save)
    await again.getByText('Disimpan.').waitFor()
    const saved = await world.db
      .selectFrom('services.draft')
      .select('content')
      .where('title', '=', 'Jalan Rusak')
      .executeTakeFirstOrThrow()
    const fields = (saved.content as Record<string, { fields: { id: string; type: string }[] }>)['forms/permohonan']!
      .fields
    assert.deepEqual(
      fields.map(({ id, type }) => `${id} ${type}`),
      ['keterangan text', 'lebar_lubang int', 'kapan date', 'foto photo'],
    )
  })
})
