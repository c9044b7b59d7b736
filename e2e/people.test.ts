import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { peopleWords } from '#people'
import { fill } from '#platform/text.ts'
import { app } from '../src/app.ts'
import { aWorld, type World } from '../test/world.ts'
import { aStage, axeProblems, isTooWide, type Stage } from './browser.ts'

/** One telling of the journey: its language, its window, and words of its own so that tellings do not meet. */
type Telling = { mark: string; lang: 'id' | 'en'; width: number; dark?: boolean; javaScript: boolean }

const passwords = { head: 'kuda laut biru 7', deputy: 'gajah hijau menari', worker: 'perahu layar merah' }

describe('journey: accounts, from the list of agencies to the last hand-over', () => {
  let world: World
  let stage: Stage
  let secretariat: string
  const faults: string[] = []

  before(async () => {
    const made = await aWorld(new Date('2017-01-15T02:00:00Z'))
    // Letters are read on the outbox page, as in the demo: nothing leaves this machine.
    const { db, clock, files } = made
    world = { ...made, web: app({ db, clock, files, demo: true }) }
    secretariat = await world.aPerson('national-admin', {}, 'Ratna Sekretariat')
    stage = await aStage(world)
  })
  after(() => stage.close())

  async function play({ mark, lang, width, dark = false, javaScript }: Telling) {
    const w = peopleWords(lang)
    const other = lang === 'id' ? 'en' : 'id'
    const windows: BrowserContext[] = []
    async function aWindow(person?: string) {
      const context = await stage.contextFor(person, { lang, width, dark, javaScript })
      windows.push(context)
      return context.newPage()
    }
    /** What the page under our eyes must hold at every stop. */
    async function look(page: Page) {
      const at = `${mark} ${new URL(page.url()).pathname}`
      if (await isTooWide(page)) faults.push(`${at}: scrolls sideways`)
      if (javaScript) for (const problem of await axeProblems(page)) faults.push(`${at}: ${problem}`)
    }
    const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
    const follow = (page: Page, name: string | RegExp) =>
      page.getByRole('link', { name, ...(typeof name === 'string' && { exact: true }) }).click()
    const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor()
    const address = (name: string) => `${name}.${mark}@contoh.go.id`
    const agencyName = (n: number) => `Pemerintah Kabupaten ${mark} ${n}`

    const national = await aWindow(secretariat)
    /** The newest letter to somebody, opened in the outbox; gives the address of its link. */
    async function linkTo(email: string): Promise<string> {
      await national.goto('/people/outbox')
      await national.getByRole('row').filter({ hasText: email }).first().getByRole('link').click()
      const href = await national.locator('.prose a').first().getAttribute('href')
      return href!
    }
    const countAgencies = async () => (await world.db.selectFrom('people.agency').select('id').execute()).length

    // The secretariat imports its list: two rows are wrong, so nothing at all is written.
    const head = 'kode,jenis,nama,wilayah,nama_admin,surel_admin'
    const row = (n: number, region: string, email: string) =>
      `${mark}-${n},kabupaten,${agencyName(n)},${region},Admin ${mark} ${n},${email}`
    const file = (rows: string[]) => ({
      name: 'instansi.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from([head, ...rows].join('\n')),
    })
    const before = await countAgencies()
    await national.goto('/people/agencies')
    await look(national)
    await follow(national, w.importAgencies)
    await look(national)
    const good = [row(1, '35.10', address('dewi')), row(2, '35.09', address('dua')), row(3, '35.11', address('tiga'))]
    const wrong = [good[0]!, row(2, 'Atlantis', address('dua')), row(3, '35.11', 'bukan surel')]
    await national.getByLabel(w.importFile).setInputFiles(file(wrong))
    await press(national, w.importCheck)
    const table = national.getByRole('table', { name: w.importProblems })
    await table.waitFor()
    const told = await table
      .locator('tbody tr')
      .evaluateAll((rows) => rows.map((each) => [...each.children].map((cell) => cell.textContent)))
    assert.deepEqual(told, [
      ['3', 'wilayah', w['row-region-unknown']],
      ['4', 'surel_admin', w['row-email']],
    ])
    assert.equal(await national.getByRole('button', { name: fill(w.importConfirm, { n: 1 }) }).count(), 0)
    assert.equal(await countAgencies(), before)
    await look(national)

    // Corrected, it is written whole, and the first local admins are invited.
    await follow(national, w.importAgain)
    await national.getByLabel(w.importFile).setInputFiles(file(good))
    await press(national, w.importCheck)
    await look(national)
    await press(national, fill(w.importConfirm, { n: 3 }))
    await says(national, fill(w.imported, { n: 3, invited: 3 }))
    assert.equal(await countAgencies(), before + 3)

    // The link from the letter: profile and a password of one's own, at once and once only.
    const invitation = await linkTo(address('dewi'))
    await look(national)
    const dewi = await aWindow()
    await dewi.goto(invitation)
    await look(dewi)
    await dewi.getByLabel(w.yourName).fill(`Dewi ${mark}`)
    await dewi.getByLabel(w.phone).fill('0812 3456 7890')
    await dewi.getByLabel(w.choosePassword).fill('12345')
    await press(dewi, w.acceptNew)
    await says(dewi, w['password-short'])
    assert.equal(await dewi.getByLabel(w.phone).inputValue(), '0812 3456 7890')
    await look(dewi)
    await dewi.getByLabel(w.choosePassword).fill(passwords.head)
    await press(dewi, w.acceptNew)
    await says(dewi, w.accepted)
    const late = await aWindow()
    await late.goto(invitation)
    await says(late, w['invitation-used'])

    // The local admin adds a unit, invites its person, and names a deputy.
    await dewi.goto('/people')
    await dewi.getByRole('heading', { name: agencyName(1), level: 1 }).waitFor()
    await look(dewi)
    await says(dewi, lang === 'id' ? 'Menambahkan instansi' : 'Added the agency')
    await follow(dewi, w.addUnit)
    await dewi.getByLabel(w.unitName).fill(`RSUD ${mark}`)
    await press(dewi, w.addUnit)
    await invite(dewi, w.unit, `Agus ${mark}`, address('agus'))
    await look(dewi)
    await follow(dewi, w.invite)
    await look(dewi)
    await invite(dewi, w.deputy, `Bayu ${mark}`, address('bayu'))
    // More units with their people come from a table: what is wrong is told by its row, what is right is written whole.
    await follow(dewi, w.importUnits)
    await look(dewi)
    const unitTable = (...rows: string[]) => ({
      name: 'upp.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(['unit,nama,surel', ...rows].join('\n')),
    })
    const clinic = `Puskesmas ${mark},Citra ${mark},${address('citra')}`
    await dewi.getByLabel(w.importFile).setInputFiles(unitTable(clinic, `,Tanpa Unit,${address('tanpa')}`))
    await press(dewi, w.importCheck)
    await dewi.getByRole('table', { name: w.importProblems }).getByText(w['row-required']).waitFor()
    await look(dewi)
    await follow(dewi, w.importAgain)
    await dewi.getByLabel(w.importFile).setInputFiles(unitTable(clinic))
    await press(dewi, w.importCheck)
    await look(dewi)
    await press(dewi, fill(w.importUnitsConfirm, { units: 1, people: 1 }))
    await says(dewi, fill(w.importedUnits, { units: 1, people: 1 }))
    async function invite(page: Page, role: string, name: string, email: string) {
      await page.getByRole('radio', { name: role, exact: true }).check()
      await page.getByLabel(w.inviteName).fill(name)
      await page.getByLabel(w.inviteEmail).fill(email)
      await press(page, w.sendInvitation)
      await says(page, fill(w.invited, { email }))
    }
    async function accept(email: string, password: string) {
      const page = await aWindow()
      await page.goto(await linkTo(email))
      await page.getByLabel(w.choosePassword).fill(password)
      await press(page, w.acceptNew)
      await says(page, w.accepted)
      return page
    }
    const bayu = await accept(address('bayu'), passwords.deputy)
    const agus = await accept(address('agus'), passwords.worker)

    // Signed in on a second device, the first one ends it from the own page.
    const second = await aWindow()
    await signIn(second, address('dewi'), passwords.head)
    async function signIn(page: Page, email: string, password: string) {
      await page.goto('/masuk')
      await page.getByLabel(w.email).fill(email)
      await page.getByLabel(w.password).fill(password)
      await press(page, w.login)
    }
    await second.getByRole('link', { name: `Dewi ${mark}` }).waitFor()
    await dewi.goto('/akun')
    await says(dewi, w.factorOfferTitle)
    await look(dewi)
    await press(dewi, w.endSession)
    await says(dewi, w.sessionEnded)
    await second.goto('/akun')
    await second.getByRole('heading', { name: w.loginTitle, level: 1 }).waitFor()
    await look(second)

    // The office changes hands; who held it, how long and why, stays to be read.
    await dewi.goto('/akun/tutup')
    await says(dewi, w['hand-over-first'])
    await look(dewi)
    await follow(dewi, w.handOver)
    await look(dewi)
    await dewi.getByRole('radio', { name: `Bayu ${mark}` }).check()
    await dewi.getByLabel(w.reason).fill('Mutasi ke dinas lain')
    await press(dewi, w.handOverButton)
    await says(dewi, w.handedOver)
    await bayu.goto('/people')
    const holders = bayu.getByRole('table', { name: w.peopleOfAgency })
    const past = holders.getByRole('row').filter({ hasText: `Dewi ${mark}` })
    await past.getByText('Mutasi ke dinas lain').waitFor()
    await holders
      .getByRole('row')
      .filter({ hasText: `Bayu ${mark}` })
      .filter({ hasText: w.localAdmin })
      .first()
      .waitFor()
    await look(bayu)

    // The new local admin makes the unit's password void; the link goes to its mailbox, and the session there is over.
    await follow(bayu, `Agus ${mark}`)
    await look(bayu)
    await follow(bayu, w.replacePassword)
    await look(bayu)
    await press(bayu, w.replacePassword)
    await says(bayu, w.passwordVoided)
    await agus.goto('/akun')
    await agus.getByRole('heading', { name: w.loginTitle, level: 1 }).waitFor()
    await signIn(agus, address('agus'), passwords.worker)
    await says(agus, w['login-wrong'])
    await agus.goto(await linkTo(address('agus')))
    await look(agus)
    await agus.getByLabel(w.newPassword).fill('kapal biru berlabuh')
    await press(agus, w.changePassword)
    await says(agus, w.resetDone)
    await signIn(agus, address('agus'), 'kapal biru berlabuh')

    // Details and language of one's own, and a new address, proved by the link in its mailbox.
    await follow(agus, `Agus ${mark}`)
    await follow(agus, w.profileButton)
    await look(agus)
    await agus.getByLabel(w.yourName).fill(`Agus Budi ${mark}`)
    await agus.getByRole('radio', { name: w[`lang-${other}`] }).check()
    await press(agus, w.save)
    await says(agus, peopleWords(other).profileSaved)
    await agus.goto(`/bahasa/${lang}?ke=/akun`)
    await follow(agus, w.emailButton)
    await look(agus)
    await agus.getByLabel(w.emailNew).fill(address('agus.baru'))
    await agus.getByLabel(w.closePassword).fill('kapal biru berlabuh')
    await press(agus, w.emailSend)
    await says(agus, fill(w.emailSent, { email: address('agus.baru') }))
    await agus.goto(await linkTo(address('agus.baru')))
    await look(agus)
    await press(agus, w.emailConfirm)
    await says(agus, w.emailChanged)

    // And the account is closed, after its consequences were read; its name stays in the agency's history.
    await follow(agus, w.closeOwnTitle)
    await look(agus)
    await agus.getByLabel(w.closePassword).fill('kapal biru berlabuh')
    await press(agus, w.closeOwnTitle)
    await says(agus, w['closing-sure'])
    await look(agus)
    await agus.getByLabel(w.closePassword).fill('kapal biru berlabuh')
    await agus.getByRole('checkbox', { name: w.closeSure }).check()
    await press(agus, w.closeOwnTitle)
    await says(agus, w.closedOwn)
    await signIn(agus, address('agus.baru'), 'kapal biru berlabuh')
    await says(agus, w['login-wrong'])
    await bayu.goto('/people')
    await holders
      .getByRole('row')
      .filter({ hasText: `Agus Budi ${mark}` })
      .getByText(w.closedAccount, { exact: true })
      .waitFor()
    for (const context of windows) await context.close()
  }

  const tellings: [string, Telling][] = [
    ['in Indonesian', { mark: 'Satu', lang: 'id', width: 1280, javaScript: true }],
    ['in English on a phone at night', { mark: 'Two', lang: 'en', width: 360, dark: true, javaScript: true }],
    ['on a phone without JavaScript', { mark: 'Tiga', lang: 'id', width: 360, javaScript: false }],
  ]
  for (const [how, telling] of tellings)
    it(`is played ${how}`, async () => {
      faults.length = 0
      await play(telling)
      assert.deepEqual([...new Set(faults)], [])
    })
})
