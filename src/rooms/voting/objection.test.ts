import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { newId } from '#platform/ids.ts'
import { anObjection, appointed } from '../../../test/running-voting-results.ts'
import { aSealedElection } from '../../../test/voting-results.ts'
import { aWorld, type World } from '../../../test/world.ts'
import { openCounting } from './store/counting.ts'
import { profiles } from './store/profile.ts'

type Client = Awaited<ReturnType<World['as']>>

describe('voting: objections', () => {
  let world: World
  let at: string
  let list: string
  let tps: string
  const people = {} as Record<'visitor' | 'chair' | 'member' | 'admin' | 'elsewhere' | 'national', Client>

  before(async () => {
    world = await aWorld(new Date('2026-11-22T06:00:00Z'))
    const agency = await world.anAgency()
    const other = await world.anAgency()
    const chair = await world.aPerson()
    const member = await world.aPerson()
    const admin = await world.aPerson('local-admin', { agency })
    const { election, places } = await aSealedElection(world.db, admin, { agency, village: '35.10.20.2001' })
    tps = places[0]!.id
    await appointed(world, agency, election, chair, 'chair')
    await appointed(world, agency, election, member, 'member')
    list = `/voting/elections/${election}/objections`
    at = `${list}/new`
    await world.db.transaction().execute((tx) => openCounting(tx, world.clock.now()))
    people.visitor = await world.as()
    people.chair = await world.as(chair)
    people.member = await world.as(member)
    people.admin = await world.as(admin)
    people.elsewhere = await world.as(await world.aPerson('local-admin', { agency: other }))
    people.national = await world.as(await world.aPerson('national-admin'))
  })
  after(() => world.drop())

  const codeIn = (page: string) => /<strong class="nowrap">([A-Z0-9-]{19})</.exec(page)?.[1]
  const rows = () => world.db.selectFrom('voting.objection').selectAll().orderBy('number').execute()
  const page = async (address: string, who: Client = people.visitor) => (await who.get(address)).text()

  it('are filed without an account, with evidence, once however often one clicks, and get a receipt', async () => {
    const form = () => {
      const body = new FormData()
      for (const [name, value] of Object.entries({ ...anObjection, tps })) body.append(name, value)
      body.append('file', new File([Buffer.from('%PDF-1.4\n%âãÏÓ\n')], 'daftar hadir.pdf', { type: 'application/pdf' }))
      return body
    }
    const once = newId()
    const send = async () => {
      const body = form()
      body.append('once', once)
      return people.visitor.send('POST', at, body)
    }
    const answers = await Promise.all([send(), send()])
    const pages = await Promise.all(answers.map((answer) => answer.text()))
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200],
    )
    const [code, again] = pages.map(codeIn)
    assert.ok(code)
    assert.equal(again, code)
    const [row, ...more] = await rows()
    assert.deepEqual([row!.number, row!.role, row!.tps, more], [1, 'witness', tps, []])
    assert.equal(
      row!.due.toISOString(),
      new Date(row!.filed.getTime() + profiles[0]!.rules.answerDays.value * 86_400_000).toISOString(),
    )
    assert.ok(row!.evidence)
  })

  it('are refused when words are missing, and keep what was typed', async () => {
    const answer = await people.visitor.post(at, { ...anObjection, statement: 'pendek', name: '' })
    assert.equal(answer.status, 422)
    const text = await answer.text()
    assert.match(text, /Hitung ulang struk/)
    assert.match(text, /role="alert"/)
    assert.equal((await people.visitor.post(at, { ...anObjection, tps: newId() })).status, 409)
    assert.equal((await rows()).length, 1)
  })

  it('show everybody what it is about and what was done, and nobody who filed it', async () => {
    const { visitor, elsewhere } = people
    await visitor.post(at, { ...anObjection, public: [], statement: `Rahasia. ${anObjection.statement}` })
    const text = await page(list)
    assert.match(text, /Keberatan 1[\s\S]*Menunggu panitia[\s\S]*Keberatan 2/)
    assert.match(text, /Penghitungan di TPS dimulai/)
    assert.match(text, /Uraian tidak ditampilkan/)
    assert.doesNotMatch(text, /Rahasia|Saksi Percontohan|saksi@contoh/)
    const [first] = await rows()
    for (const who of [visitor, elsewhere]) {
      const answer = await who.get(`/voting/objections/${first!.id}`)
      assert.equal(answer.status, who === visitor ? 303 : 404)
      const file = await who.get(`/voting/objections/${first!.id}/evidence`)
      assert.equal(file.status, who === visitor ? 303 : 404)
    }
    assert.match(await page(`/voting/objections/${first!.id}`, people.member), /saksi@contoh/)
    assert.equal((await people.admin.get(`/voting/objections/${first!.id}/evidence`)).status, 200)
    const events = JSON.stringify(await world.db.selectFrom('log.event').selectAll().execute())
    assert.doesNotMatch(events, /Saksi Percontohan|saksi@contoh|Penghitungan di TPS/)
    const kept = JSON.stringify(await world.db.selectFrom('log.once').selectAll().execute())
    assert.doesNotMatch(kept, /Saksi Percontohan|saksi@contoh|Penghitungan di TPS/)
  })

  const text = 'Daftar hadir menunjukkan semua saksi hadir pukul 12.40.'
  it('are answered by the committee and decided by the regency, each in its turn, also two at once', async () => {
    const [first] = await rows()
    const step = (who: Client, kind: string, outcome: string) =>
      who.post(`/voting/objections/${first!.id}`, { kind, outcome, text }).then(({ status }) => status)
    assert.equal(await step(people.admin, 'decision', 'upheld'), 409)
    assert.equal(await step(people.admin, 'answer', 'upheld'), 409)
    assert.equal(await step(people.chair, 'decision', 'upheld'), 409)
    assert.equal(await step(people.elsewhere, 'answer', 'upheld'), 404)
    assert.equal(await step(people.national, 'answer', 'upheld'), 403)
    assert.equal(await step(people.member, 'mediation', 'upheld'), 409)
    assert.equal(await step(people.member, 'mediation', 'not-agreed'), 303)
    const answers = await Promise.all([
      step(people.chair, 'answer', 'rejected'),
      step(people.member, 'answer', 'upheld'),
    ])
    assert.deepEqual(answers.sort(), [303, 409])
    assert.equal(await step(people.admin, 'decision', 'partly'), 303)
    assert.equal(await step(people.admin, 'decision', 'rejected'), 409)
    const shown = await page(list)
    assert.match(
      shown,
      /Mediasi[\s\S]*tidak sepakat[\s\S]*Jawaban panitia[\s\S]*Keputusan kabupaten[\s\S]*diterima sebagian/,
    )
    await assert.rejects(world.db.deleteFrom('voting.objection').execute(), /never removed/)
    await assert.rejects(world.db.updateTable('voting.objection_step').set({ text: 'x' }).execute(), /never removed/)
  })

  it('are followed, appealed and withdrawn with the code alone, and guessing is slowed', async () => {
    const filed = await people.visitor.post(at, { ...anObjection, once: newId() })
    const code = codeIn(await filed.text())!
    const own = async (form: Record<string, string>) => {
      const answer = await people.visitor.post('/voting/objections/own', { code, ...form })
      return [answer.status, await answer.text()] as const
    }
    assert.equal((await own({ kind: 'appeal', text: 'Tidak adil.' }))[0], 409)
    const third = (await rows()).at(-1)!
    await people.chair.post(`/voting/objections/${third.id}`, { kind: 'answer', outcome: 'rejected', text })
    const spaced = code.toLowerCase().replaceAll('-', ' ')
    const followed = await people.visitor.post('/voting/objections', { code: spaced })
    assert.match(await followed.text(), /Jawaban panitia[\s\S]*Bawa ke kabupaten/)
    assert.equal((await own({ kind: 'appeal', text: '' }))[0], 422)
    const [status, shown] = await own({ kind: 'appeal', text: 'Saya punya foto.' })
    assert.equal(status, 200)
    assert.match(shown, /Dibawa ke kabupaten/)
    const statuses = []
    for (let i = 0; i < 31; i++)
      statuses.push((await people.visitor.post('/voting/objections', { code: 'AAAA-BBBB-CCCC-DDDD' })).status)
    assert.deepEqual([...new Set(statuses)].sort(), [422, 429])
  })

  it('are late when the committee has not answered in time, and the late answer says so', async () => {
    const second = (await rows())[1]!
    world.clock.set(new Date(second.due.getTime() + 1000))
    for (const who of Object.values(people)) await who.wake()
    assert.match(await page(list), /Keberatan 2[\s\S]*Jawaban terlambat/)
    const answer = { kind: 'answer', outcome: 'rejected', text }
    assert.equal((await people.chair.post(`/voting/objections/${second.id}`, answer)).status, 303)
    assert.match(await page(list), /Keberatan 2[\s\S]*melewati batas waktu/)
  })

  it('are filed no more when their days are over', async () => {
    world.clock.set(new Date('2026-12-31T00:00:00Z'))
    assert.equal((await people.visitor.post(at, anObjection)).status, 409)
    assert.match(await page(list), /Waktu untuk mengajukan keberatan sudah habis/)
  })
})
