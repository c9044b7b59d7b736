import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { hashPassword } from '#platform/password.ts'
import { aWorld, type World } from '../../../test/world.ts'

const password = 'kuda laut biru 7'

describe('people: accounts that are looked after, and closed', () => {
  let world: World
  let hash: string
  before(async () => {
    world = await aWorld()
    hash = await hashPassword(password)
  })
  after(() => world.drop())

  const rowOf = (id: string) =>
    world.db.selectFrom('people.person').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const rolesOf = (person: string) =>
    world.db
      .selectFrom('people.role')
      .select(['role', 'ended', 'ended_by', 'reason'])
      .where('person', '=', person)
      .orderBy('role')
      .execute()
  async function withPassword(id: string) {
    await world.db.updateTable('people.person').set({ password: hash }).where('id', '=', id).execute()
    return id
  }
  const lettersTo = (email: string) =>
    world.db.selectFrom('log.mail').select(['subject', 'body']).where('to_email', '=', email).orderBy('id').execute()

  /** An agency with everybody in it. */
  async function anOffice() {
    const agency = await world.anAgency()
    const unit = await world.aUnit(agency)
    return {
      agency,
      unit,
      head: await withPassword(await world.aPerson('local-admin', { agency })),
      deputy: await withPassword(await world.aPerson('deputy', { agency })),
      worker: await withPassword(await world.aPerson('unit', { agency, unit }, 'Agus Tetap Tercatat')),
    }
  }

  it('closing one’s own ends roles and sessions, keeps the name, and forgets everything to reach it by', async () => {
    const { worker, head, agency } = await anOffice()
    const email = (await rowOf(worker)).email
    await world.db.updateTable('people.person').set({ phone: '+6281234567890' }).where('id', '=', worker).execute()
    const [here, there] = [await world.as(worker), await world.as(worker)]
    const page = await (await here.get('/akun/tutup')).text()
    assert.match(page, /Semua peran berakhir hari ini: UPP/)
    assert.equal((await here.post('/akun/tutup', { password })).status, 422)
    assert.equal((await here.post('/akun/tutup', { password: 'salah', sure: 'ya' })).status, 409)
    const answers = await Promise.all([1, 2].map(() => here.post('/akun/tutup', { password, sure: 'ya' })))
    assert.deepEqual(answers.map((a) => a.headers.get('location') ?? a.status).sort()[0], '/')
    const row = await rowOf(worker)
    assert.deepEqual(
      [row.name, row.email, row.phone, row.password, row.closed_by],
      ['Agus Tetap Tercatat', `${worker}@ditutup.invalid`, null, null, worker],
    )
    assert.equal((await there.get('/akun')).status, 303)
    assert.equal((await (await world.as()).post('/masuk', { email, password })).status, 422)
    const [role] = await rolesOf(worker)
    assert.deepEqual([role!.ended !== null, role!.reason], [true, 'Akun ditutup oleh pemiliknya.'])
    assert.equal((await lettersTo(email)).length, 1)
    // The agency's history still names who held the office.
    const record = await (await (await world.as(head)).get(`/people/agencies/${agency}`)).text()
    assert.match(record, /Agus Tetap Tercatat/)
    assert.match(record, /akun ditutup/)
    assert.equal(record.includes('ditutup.invalid'), false)
  })

  it('the address of a closed account can be invited again, as a new account', async () => {
    const { worker, head, agency, unit } = await anOffice()
    const email = (await rowOf(worker)).email
    await (await world.as(worker)).post('/akun/tutup', { password, sure: 'ya' })
    const invited = await (await world.as(head)).post(`/people/agencies/${agency}/invitations/new`, {
      role: 'unit',
      unit,
      name: 'Agus Kembali',
      email,
    })
    assert.equal(invited.status, 303)
    const link = /\/people\/invitations\/[\w-]{43}/.exec((await lettersTo(email)).at(-1)!.body)![0]
    const form = { name: 'Agus Kembali', password: 'gajah hijau menari', lang: 'en', phone: '0812 3456 7890' }
    const accepted = await (await world.as()).post(link, form)
    assert.equal(accepted.status, 303)
    assert.match(accepted.headers.getSetCookie().join(), /bahasa=en/)
    const row = await world.db
      .selectFrom('people.person')
      .select(['id', 'name', 'lang', 'phone', 'closed'])
      .where('email', '=', email)
      .executeTakeFirstOrThrow()
    assert.notEqual(row.id, worker)
    assert.deepEqual([row.name, row.lang, row.phone, row.closed], ['Agus Kembali', 'en', '+6281234567890', null])
  })

  it('a first sign-in with a telephone number that is none comes back with what was typed', async () => {
    const { head, agency, unit } = await anOffice()
    const form = { role: 'unit', unit, name: 'Baru', email: 'baru.sekali@contoh.go.id' }
    await (await world.as(head)).post(`/people/agencies/${agency}/invitations/new`, form)
    const link = /\/people\/invitations\/[\w-]{43}/.exec((await lettersTo(form.email))[0]!.body)![0]
    const visitor = await world.as()
    const wrong = await visitor.post(link, { name: 'Baru', phone: 'tidak ada', lang: 'id', password: 'gajah hijau' })
    assert.equal(wrong.status, 422)
    assert.match(await wrong.text(), /value="tidak ada"/)
  })

  it('a local admin in office is not closed, by nobody, before the office is handed over', async () => {
    const { head, deputy, agency } = await anOffice()
    const own = await world.as(head)
    const national = await world.as(await world.aPerson('national-admin'))
    const refused = await own.post('/akun/tutup', { password, sure: 'ya' })
    assert.equal(refused.status, 409)
    assert.match(await refused.text(), /Serahkan dahulu jabatan itu/)
    const close = { reason: 'Pensiun', sure: 'ya' }
    assert.equal((await national.post(`/people/accounts/${head}/close`, close)).status, 409)
    await own.post(`/people/agencies/${agency}/hand-over`, { to: deputy, reason: 'Pensiun' })
    assert.equal((await own.post('/akun/tutup', { password, sure: 'ya' })).status, 303)
    assert.notEqual((await rowOf(head)).closed, null)
  })

  it('the last national admin is not closed, and of two who close at once one stays', async () => {
    await world.db
      .updateTable('people.role')
      .set({ ended: world.clock.now(), reason: 'uji' })
      .where('role', '=', 'national-admin')
      .execute()
    const people = [await withPassword(await world.aPerson('national-admin'))]
    const alone = await world.as(people[0]!)
    assert.equal((await alone.post('/akun/tutup', { password, sure: 'ya' })).status, 409)
    people.push(await withPassword(await world.aPerson('national-admin')))
    const both = [alone, await world.as(people[1]!)]
    const answers = await Promise.all(both.map((one) => one.post('/akun/tutup', { password, sure: 'ya' })))
    assert.deepEqual(answers.map((a) => a.status).sort(), [303, 409])
    const left = await world.db
      .selectFrom('people.role')
      .select('person')
      .where('role', '=', 'national-admin')
      .where('ended', 'is', null)
      .execute()
    assert.equal(left.length, 1)
  })

  it('a deputy who closes while the office is handed over to them never leaves an office to a closed account', async () => {
    for (let i = 0; i < 4; i++) {
      const { head, deputy, agency } = await anOffice()
      const [from, to] = [await world.as(head), await world.as(deputy)]
      const answers = await Promise.all([
        from.post(`/people/agencies/${agency}/hand-over`, { to: deputy, reason: 'Mutasi' }),
        to.post('/akun/tutup', { password, sure: 'ya' }),
      ])
      assert.ok(
        answers.every(({ status }) => [303, 409].includes(status)),
        answers.map(({ status }) => status).join(),
      )
      const closed = (await rowOf(deputy)).closed !== null
      const held = (await rolesOf(deputy)).filter((role) => role.ended === null).length
      assert.equal(closed ? held : 1, closed ? 0 : held)
    }
  })

  it('an admin closes the accounts of those whose offices are all theirs to fill, with a reason that is told', async () => {
    const { head, worker, agency } = await anOffice()
    const email = (await rowOf(worker)).email
    const client = await world.as(head)
    const agencyPage = await (await client.get(`/people/agencies/${agency}`)).text()
    assert.match(agencyPage, new RegExp(`href="/people/accounts/${worker}"`))
    assert.match(await (await client.get(`/people/accounts/${worker}`)).text(), new RegExp(email))
    const close = (form: Record<string, string>) => client.post(`/people/accounts/${worker}/close`, form)
    assert.equal((await close({ reason: '', sure: 'ya' })).status, 422)
    assert.equal((await close({ reason: 'Pensiun' })).status, 422)
    const answers = await Promise.all([1, 2].map(() => close({ reason: 'Pensiun', sure: 'ya' })))
    assert.deepEqual(answers.map((a) => a.status).sort(), [303, 404])
    assert.deepEqual(
      (await rolesOf(worker)).map(({ reason, ended_by }) => [reason, ended_by]),
      [['Pensiun', head]],
    )
    assert.match((await lettersTo(email))[0]!.body, /Alasan: Pensiun/)
  })

  it('is seen and done by nobody else: each role meets what it may', async () => {
    const { head, deputy, worker } = await anOffice()
    const other = await anOffice()
    const ask = async (who: string | undefined, person: string) => {
      const client = await world.as(who)
      const read = (await client.get(`/people/accounts/${person}`)).status
      const may = (await client.get(`/people/accounts/${person}/close`)).status
      const voids = (await client.post(`/people/accounts/${person}/password`)).status
      return [read, may, voids]
    }
    assert.deepEqual(await ask(undefined, worker), [303, 303, 303])
    assert.deepEqual(await ask(other.head, worker), [404, 404, 404])
    assert.deepEqual(await ask(other.worker, worker), [404, 404, 404])
    assert.deepEqual(await ask(await world.aPerson('evaluator'), worker), [404, 404, 404])
    assert.deepEqual(await ask(await world.aPerson('panel'), worker), [404, 404, 404])
    // A deputy looks after the units' people, not after the local admin.
    assert.deepEqual(await ask(deputy, head), [200, 404, 403])
    assert.deepEqual(await ask(head, deputy), [200, 200, 303])
    assert.deepEqual(await ask(deputy, worker), [200, 200, 303])
    // Somebody who works for two agencies is looked after by neither alone.
    const both = await world.aPerson('unit', { agency: other.agency, unit: other.unit })
    await world.db
      .insertInto('people.role')
      .values({
        id: crypto.randomUUID(),
        person: both,
        role: 'evaluator',
        since: world.clock.now(),
      })
      .execute()
    assert.deepEqual(await ask(other.head, both), [200, 404, 403])
    assert.deepEqual(await ask(await world.aPerson('national-admin'), both), [200, 200, 303])
  })

  it('an admin makes a password void: the old one and every session end, the link goes to the mailbox alone', async () => {
    const { head, worker } = await anOffice()
    const email = (await rowOf(worker)).email
    const [client, session] = [await world.as(head), await world.as(worker)]
    const done = await client.post(`/people/accounts/${worker}/password`)
    assert.equal(done.status, 303)
    assert.equal((await session.get('/akun')).status, 303)
    const visitor = await world.as()
    assert.equal((await visitor.post('/masuk', { email, password })).status, 422)
    const link = /\/masuk\/atur\/[\w-]{43}/.exec((await lettersTo(email))[0]!.body)![0]
    assert.equal((await visitor.post(link, { password: 'gajah hijau menari' })).status, 303)
    assert.equal((await visitor.post('/masuk', { email, password: 'gajah hijau menari' })).status, 303)
    const kept = JSON.stringify(await world.db.selectFrom('log.event').selectAll().execute())
    assert.equal(kept.includes(link.split('/').at(-1)!), false)
  })

  it('two-step verification is offered on the own page to whoever has none, whatever the role', async () => {
    for (const role of ['evaluator', 'panel'] as const) {
      const page = await (await (await world.as(await world.aPerson(role))).get('/akun')).text()
      assert.match(page, /href="\/akun\/faktor"/)
      assert.match(page, /Lindungi akun Anda/)
    }
  })
})
