import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { readWhole } from '#platform/files.ts'
import { done } from '../src/demo/story.ts'
import { aWorld, type World } from '../test/world.ts'
import { aStage, axeProblems, isTooWide, type Stage } from './browser.ts'

const shots = process.env.SHOTS
const pin = '270316'

describe('the field app: without signal, and back', () => {
  let world: World
  let stage: Stage
  let agency: string
  let service: string
  const people = {} as Record<'admin' | 'seller' | 'midwife', string>
  const faults: string[] = []

  before(async () => {
    world = await aWorld(new Date())
    agency = await world.anAgency()
    await world.db.updateTable('people.agency').set({ demo: true }).where('id', '=', agency).execute()
    people.admin = await world.aPerson('local-admin', { agency })
    people.seller = await world.aPerson(undefined, {}, 'Bu Wiwik Penjaja')
    people.midwife = await world.aPerson(undefined, {}, 'Bidan Rohmah')
    const admin = await world.as(people.admin)
    const answer = await done(
      admin.post(`/services/agencies/${agency}/install/laskar-penjaja-sayur`),
      'installing the package',
    )
    service = answer.headers.get('location')!.split('/')[2]!
    await give('seller', 'laskar', '35.10.20')
    await give('midwife', 'bidan', '35.10.20')
    stage = await aStage(world)
  })
  after(() => stage.close())

  async function give(name: 'seller' | 'midwife', role: string, area: string) {
    const { email } = await world.db
      .selectFrom('people.person')
      .select('email')
      .where('id', '=', people[name])
      .executeTakeFirstOrThrow()
    const admin = await world.as(people.admin)
    await done(admin.post(`/services/${service}/roles`, { email, role, area }), `the role ${role}`)
  }

  /** A phone of this person; the product's own policy for scripts holds unless axe has to come in. */
  async function aPhone(person: string, lang: 'id' | 'en', bypassCSP: boolean): Promise<BrowserContext> {
    const { cookie } = await world.as(person, { lang })
    const context = await stage.browser.newContext({
      baseURL: stage.address,
      viewport: { width: 360, height: 640 },
      bypassCSP,
      geolocation: { latitude: -8.3, longitude: 114.1, accuracy: 12 },
      permissions: ['geolocation'],
    })
    await context.addCookies(
      cookie.split('; ').map((pair) => {
        const [name = '', value = ''] = pair.split('=')
        return { name, value, url: stage.address }
      }),
    )
    context.setDefaultTimeout(15_000)
    // What the compiler leaves in functions that are sent to the page.
    await context.addInitScript('globalThis.__name = (made) => made')
    context.on('console', (said) => {
      if (said.type() === 'error' && !/ERR_INTERNET_DISCONNECTED|Failed to load resource/.test(said.text()))
        faults.push(said.text())
    })
    context.on('weberror', (error) => faults.push(error.error().message))
    return context
  }

  const shot = async (page: Page, name: string) => {
    if (shots) await page.screenshot({ path: `${shots}/${name}.png` })
  }
  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()

  async function choosePin(page: Page, w: { pin: string; again: string; keep: string }) {
    await page.getByLabel(w.pin, { exact: true }).fill(pin)
    await page.getByLabel(w.again).fill(pin)
    await press(page, w.keep)
  }

  /** Everything that lies in the stores of this browser, as text: also bytes. */
  const rawStores = (page: Page) =>
    page.evaluate(async () => {
      const db = await new Promise<IDBDatabase>((opened) => {
        const asked = indexedDB.open('melayani-field', 1)
        asked.onsuccess = () => opened(asked.result)
      })
      const out: string[] = []
      const put = (value: unknown) => {
        if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
          const bytes = value instanceof ArrayBuffer ? new Uint8Array(value) : new Uint8Array(value.buffer)
          out.push(new TextDecoder('latin1').decode(bytes), new TextDecoder('utf-16le').decode(bytes))
        } else if (value instanceof CryptoKey) out.push(value.extractable ? 'EXTRACTABLE' : 'locked-key')
        else if (value && typeof value === 'object')
          for (const [key, each] of Object.entries(value)) {
            out.push(key)
            put(each)
          }
        else out.push(String(value))
      }
      for (const name of db.objectStoreNames) {
        const store = db.transaction(name).objectStore(name)
        const asked = store.getAll()
        await new Promise((ended) => {
          asked.onsuccess = ended
        })
        put(asked.result)
      }
      db.close()
      for (const each of Object.entries(localStorage)) put(each)
      for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys())
          out.push(request.url, (await (await caches.match(request))?.text()) ?? '')
      return out.join('\n')
    })

  const cases = () =>
    world.db.selectFrom('services.case').select(['id', 'number', 'personal', 'open', 'opened', 'state']).execute()

  it('Indonesian: a report without consent is captured offline, survives a reload, is sent once and is in the worklist of the midwife', async () => {
    const context = await aPhone(people.seller, 'id', false)
    const page = await context.newPage()
    await page.goto('/services/field')
    await choosePin(page, { pin: 'PIN', again: 'Ulangi PIN', keep: 'Simpan PIN' })
    const fresh = page.getByRole('button', { name: 'Catat: Laskar Penjaja Sayur' })
    await fresh.waitFor()
    await shot(page, 'home-id')
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await page.waitForFunction(async () => (await caches.keys()).length === 1)

    await context.setOffline(true)
    await page.reload()
    await page.getByLabel('PIN', { exact: true }).fill('111112')
    await press(page, 'Buka kunci')
    await page.getByText('Sisa percobaan: 9').waitFor()
    await page.getByLabel('PIN', { exact: true }).fill(pin)
    await press(page, 'Buka kunci')
    await page.getByText('Tanpa sinyal', { exact: true }).waitFor()

    const begun = Date.now()
    await fresh.click()
    await page.getByLabel('Desa').selectOption('3510202001')
    await page.getByLabel('RT').fill('3')
    await press(page, 'Lanjut')
    await page.getByText('Jumlah angka tidak sesuai.').waitFor()
    await page.getByLabel('RT').fill('003')
    await press(page, 'Lanjut')
    await page.getByText('Bolehkah saya memberi tahu bidan').waitFor()
    await shot(page, 'consent-id')
    await page.getByLabel('Ya, data saja').check()
    await press(page, 'Lanjut')
    await page.getByLabel('Nama panggilan').fill('Sarinah')
    await page.getByLabel('Nomor HP').fill('081234567890')
    await page.getByLabel('Patokan rumah').fill('Depan langgar')
    await shot(page, 'name-id')
    await press(page, 'Kembali')
    // She changes her mind: what was written of her is gone from the phone.
    await page.getByLabel('Tidak', { exact: true }).check()
    await press(page, 'Lanjut')
    await page.getByText('Sudah pernah diperiksa bidan?').waitFor()
    // In the middle of it the phone is switched off.
    await page.waitForTimeout(500)
    await page.reload()
    await page.getByLabel('PIN', { exact: true }).fill(pin)
    await press(page, 'Buka kunci')
    await press(page, 'Lanjutkan yang belum selesai: Laporkan')
    await page.getByLabel('Belum', { exact: true }).check()
    await press(page, 'Lanjut')
    await page.getByLabel('10 Pucat, lemas').check()
    await shot(page, 'signs-id')
    await press(page, 'Lanjut')
    await page.getByLabel('Tidak ada').check()
    await press(page, 'Lanjut')
    await page.getByRole('heading', { name: 'Periksa lalu simpan' }).waitFor()
    await shot(page, 'review-id')
    assert.equal(await page.getByText('Sarinah').count(), 0)
    await page.getByRole('button', { name: 'Simpan' }).click()
    await page.getByText('Tersimpan di ponsel ini. Belum terkirim.').waitFor()
    assert.ok(Date.now() - begun < 60_000)
    await shot(page, 'kept-id')
    await press(page, 'Laporan di ponsel ini')
    await page.getByText('Belum terkirim', { exact: true }).waitFor()
    assert.deepEqual(await cases(), [])

    const raw = await rawStores(page)
    for (const secret of [
      'Sarinah',
      '0812',
      '62812',
      'langgar',
      '3510202001',
      'pucat',
      'izin_ibu',
      'Wiwik',
      'EXTRACTABLE',
    ])
      assert.ok(!raw.includes(secret), secret)
    assert.ok(raw.includes('locked-key'))

    await context.setOffline(false)
    await press(page, 'Kirim sekarang')
    await page.getByText(/^Diterima \d\d\.\d\d WIB, nomor LPS-\d+$/).waitFor()
    await shot(page, 'receipt-id')
    const [one, ...rest] = await cases()
    assert.deepEqual(rest, [])
    assert.deepEqual((one!.personal as { data: object }).data, { izin_ibu: 'tidak' })
    assert.equal(one!.state, 'ditugaskan')
    const worklist = await (await (await world.as(people.midwife)).get('/services/worklist')).text()
    assert.ok(worklist.includes(one!.number))
    assert.deepEqual(faults, [])
    await context.close()
  })

  it('English: a photograph becomes small and tells of nothing but itself, the place says how far off it may be', async () => {
    const context = await aPhone(people.seller, 'en', true)
    const page = await context.newPage()
    await page.goto('/services/field')
    await choosePin(page, { pin: 'PIN', again: 'Repeat the PIN', keep: 'Keep the PIN' })
    await press(page, 'New: Vegetable sellers for safe pregnancies')
    await page.getByLabel('Village').selectOption('3510202001')
    await page.getByLabel('RT').fill('007')
    await press(page, 'Next')
    await page.getByLabel('Yes, data and photograph').check()
    await press(page, 'Next')
    await page.getByLabel('First name').fill('Wati')
    await press(page, 'Next')
    await press(page, 'Take the place now')
    await page.getByText('Place -8.3, 114.1 (accurate to 12 metres)').waitFor()
    await press(page, 'Next')
    // As a phone takes it: large, with its place beside the picture.
    const large = await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(2400, 3200)
      const pen = canvas.getContext('2d')!
      for (let i = 0; i < 4000; i++) {
        pen.fillStyle = `hsl(${(i * 47) % 360} 60% ${i % 90}%)`
        pen.fillRect((i * 977) % 2400, (i * 613) % 3200, 120, 90)
      }
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 })
      return new Promise<string>((read) => {
        const reader = new FileReader()
        reader.onload = () => read(String(reader.result).split(',')[1]!)
        reader.readAsDataURL(blob)
      })
    })
    const taken = Buffer.from(large, 'base64')
    const exif = Buffer.concat([Buffer.from([0xff, 0xe1, 0, 20]), Buffer.from('Exif\0\0GPSPLACE1234', 'latin1')])
    const file = Buffer.concat([taken.subarray(0, 2), exif, taken.subarray(2)])
    assert.ok(file.length > 400 * 1024)
    await page.getByLabel('Take a photograph').setInputFiles({ name: 'IMG.jpg', mimeType: 'image/jpeg', buffer: file })
    await page.getByAltText('Photograph: Photograph').waitFor()
    assert.deepEqual(await axeProblems(page), [])
    await shot(page, 'photo-en')
    await press(page, 'Next')
    await press(page, 'Next')
    await page.getByLabel('Not yet').check()
    await press(page, 'Next')
    await page.getByLabel('10 Pale, weak').check()
    await press(page, 'Next')
    await page.getByLabel('None').check()
    for (let i = 0; i < 3; i++) await press(page, 'Next')
    await press(page, 'Keep')
    await press(page, 'Reports on this phone')
    await page.getByText(/^Received \d\d:\d\d WIB, number LPS-\d+$/).waitFor()
    const kept = await world.db.selectFrom('log.file').select(['id', 'type', 'size']).execute()
    assert.deepEqual(
      kept.map(({ type }) => type),
      ['image/jpeg'],
    )
    assert.ok(Number(kept[0]!.size) <= 200 * 1024)
    const stored = await readWhole(world.files, kept[0]!.id)
    assert.ok(!stored.includes('Exif') && !stored.includes('GPSPLACE'))
    // Height and width stand in the frame's head.
    const frame = stored.indexOf(Buffer.from([0xff, 0xc0]))
    assert.ok(Math.max(stored.readUInt16BE(frame + 5), stored.readUInt16BE(frame + 7)) <= 1600)
    assert.equal((await rawStores(page)).includes('Wati'), false)
    assert.deepEqual(faults, [])
    await context.close()
  })

  it('English: the midwife makes a move offline, looks at every screen with axe; her role ends and the phone forgets', async () => {
    const context = await aPhone(people.midwife, 'en', true)
    const page = await context.newPage()
    const clean = async (name: string) => {
      assert.deepEqual(await axeProblems(page), [], name)
      assert.equal(await isTooWide(page), false, name)
      await shot(page, `${name}-en`)
    }
    await page.goto('/services/field')
    await page.getByLabel('Repeat the PIN').waitFor()
    await clean('pin')
    await choosePin(page, { pin: 'PIN', again: 'Repeat the PIN', keep: 'Keep the PIN' })
    const { number } = (await cases()).toSorted((a, b) => (a.number < b.number ? -1 : 1))[0]!
    const step = page.getByRole('button', { name: `Log the contact, ${number}` })
    await step.waitFor()
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await page.waitForFunction(async () => (await caches.keys()).length === 1)
    await clean('home')
    await context.setOffline(true)
    await page.getByText('No signal', { exact: true }).waitFor()
    await step.click()
    await page.getByLabel('Home visit').check()
    await clean('move')
    await press(page, 'Next')
    await clean('review')
    await press(page, 'Keep')
    await page.getByText('Kept on this phone. Not sent yet.').waitFor()
    // The next step can be captured before the first is sent.
    await page.getByRole('button', { name: `Enrol, ${number}` }).waitFor()
    await press(page, 'Reports on this phone')
    await page.getByText('Not sent yet', { exact: true }).waitFor()
    await clean('outbox')

    // While she is away her role ends; she comes back with the phone locked.
    const post = await world.db
      .selectFrom('services.post')
      .select('id')
      .where('person', '=', people.midwife)
      .executeTakeFirstOrThrow()
    await done((await world.as(people.admin)).post(`/services/${service}/roles/${post.id}/end`), 'ending the role')
    await page.reload()
    await page.getByRole('button', { name: 'Unlock' }).waitFor()
    await clean('locked')
    await context.setOffline(false)
    await page.reload()
    await page.getByText('Your role in a service has ended.').waitFor()
    await page.getByLabel('PIN', { exact: true }).fill(pin)
    await press(page, 'Unlock')
    await page.getByText('There are no forms for your roles yet.').waitFor()
    await clean('over')
    const left = await page.evaluate(async () => {
      const db = await new Promise<IDBDatabase>((opened) => {
        const asked = indexedDB.open('melayani-field', 1)
        asked.onsuccess = () => opened(asked.result)
      })
      const count = async (name: string) => {
        const asked = db.transaction(name).objectStore(name).count()
        return new Promise<number>((ended) => {
          asked.onsuccess = () => ended(asked.result)
        })
      }
      const counts = [await count('locks'), await count('shelf'), await count('reports'), await count('media')]
      db.close()
      return counts
    })
    assert.deepEqual(left, [0, 0, 0, 0])

    // What she had captured is not lost: the local admin decides, without reading it.
    const admin = await stage.pageFor(people.admin, { lang: 'en', width: 360 })
    await admin.goto(`/services/${service}/held`)
    await admin.getByText('Bidan Rohmah').waitFor()
    assert.deepEqual(await axeProblems(admin), [])
    await admin.getByRole('button', { name: 'Take in' }).click()
    await admin.getByText('The report was taken in and became a case.').waitFor()
    assert.equal((await cases()).find((one) => one.number === number)!.state, 'dihubungi')
    assert.deepEqual(faults, [])
    await context.close()
  })
})
