import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { aWorld, type World } from '../../../test/world.ts'

describe('people: invitations', () => {
  let world: World
  let national: Awaited<ReturnType<World['as']>>
  before(async () => {
    world = await aWorld()
    national = await world.as(await world.aPerson('national-admin'))
  })
  after(() => world.drop())

  /** The link in the last letter to this address. */
  async function linkTo(email: string) {
    const letter = await world.db
      .selectFrom('log.mail')
      .select('body')
      .where('to_email', '=', email)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    return /\/people\/invitations\/[\w-]{43}/.exec(letter.body)![0]
  }
  let n = 0
  const anAddress = () => `undangan${++n}@contoh.go.id`
  const password = 'perahu kuning di danau'

  async function inviteAdmin(agency: string, email: string) {
    const sent = await national.post(`/people/agencies/${agency}/invitations/new`, {
      role: 'local-admin',
      name: 'Sri Wahyuni',
      email,
    })
    assert.equal(sent.status, 303)
    return linkTo(email)
  }
  const sessionOf = (response: Response) => /sesi=[\w-]{43}/.exec(response.headers.get('set-cookie') ?? '')![0]
  const officesOf = (agency: string) =>
    world.db
      .selectFrom('people.role as r')
      .innerJoin('people.person as p', 'p.id', 'r.person')
      .select(['p.email', 'r.role', 'r.reason'])
      .select((eb) => eb('r.ended', 'is not', null).as('over'))
      .where('r.agency', '=', agency)
      .orderBy('r.id')
      .execute()

  it('lead a new local admin from the letter to a signed-in account, once', async () => {
    const agency = await world.anAgency()
    const email = anAddress()
    const link = await inviteAdmin(agency, email)
    const visitor = await world.as()
    const page = await (await visitor.get(link)).text()
    assert.match(page, /Admin lokal · Pemerintah Kabupaten Contoh/)
    assert.match(page, /value="Sri Wahyuni"/)

    const accepted = await visitor.post(link, { name: 'Sri Wahyuni, S.E.', password })
    assert.equal(accepted.status, 303)
    const own = await world.web.request(`/people/agencies/${agency}`, { headers: { cookie: sessionOf(accepted) } })
    assert.equal(own.status, 200)
    assert.deepEqual(await officesOf(agency), [{ email, role: 'local-admin', reason: null, over: false }])

    const again = await visitor.post(link, { name: 'Orang Lain', password })
    assert.equal(again.status, 409)
    assert.match(await (await visitor.get(link)).text(), /Undangan ini sudah dipakai/)
  })

  it('are accepted once by two who click at the same moment', async () => {
    const agency = await world.anAgency()
    const email = anAddress()
    const link = await inviteAdmin(agency, email)
    const visitor = await world.as()
    const answers = await Promise.all([1, 2, 3].map(() => visitor.post(link, { name: 'Sri Wahyuni', password })))
    assert.deepEqual(answers.map((a) => a.status).sort(), [303, 409, 409])
    assert.equal((await officesOf(agency)).length, 1)
  })

  it('make one account when two invitations of one address are accepted at the same moment', async () => {
    const agencies = [await world.anAgency(), await world.anAgency()]
    const email = anAddress()
    const links = [await inviteAdmin(agencies[0]!, email), await inviteAdmin(agencies[1]!, email)]
    const visitor = await world.as()
    const answers = await Promise.all(links.map((link) => visitor.post(link, { name: 'Sri Wahyuni', password })))
    assert.deepEqual(answers.map((a) => a.status).sort(), [303, 409])
  })

  it('add the role to the account that the address has, after signing in with it', async () => {
    const agency = await world.anAgency()
    const person = await world.aPerson('evaluator')
    const { email } = await world.db
      .selectFrom('people.person')
      .select('email')
      .where('id', '=', person)
      .executeTakeFirstOrThrow()
    const link = await inviteAdmin(agency, email)
    const stranger = await world.as(await world.aPerson('evaluator'))
    assert.equal((await stranger.post(link)).status, 409)
    assert.equal((await (await world.as()).post(link, { name: 'Penyusup', password })).status, 409)
    const self = await world.as(person)
    assert.equal((await self.post(link)).status, 303)
    assert.deepEqual(await officesOf(agency), [{ email, role: 'local-admin', reason: null, over: false }])
  })

  it('expire after fourteen days, and a new letter opens what the old one no longer does', async () => {
    const world = await aWorld()
    try {
      const agency = await world.anAgency()
      const admin = await world.as(await world.aPerson('national-admin'))
      const email = anAddress()
      await admin.post(`/people/agencies/${agency}/invitations/new`, { role: 'local-admin', name: 'Sri', email })
      const letters = () =>
        world.db.selectFrom('log.mail').select('body').where('to_email', '=', email).orderBy('id').execute()
      const link = (body: string) => /\/people\/invitations\/[\w-]{43}/.exec(body)![0]
      const first = link((await letters())[0]!.body)
      world.clock.set(new Date(world.clock.now().getTime() + 14 * 86_400_000))
      await admin.wake()
      const visitor = await world.as()
      assert.equal((await visitor.post(first, { name: 'Sri', password })).status, 409)
      const { id } = await world.db.selectFrom('people.invitation').select('id').executeTakeFirstOrThrow()
      assert.equal((await admin.post(`/people/invitations/${id}/resend`)).status, 303)
      assert.equal((await visitor.get(first)).status, 404)
      const second = link((await letters())[1]!.body)
      assert.equal((await visitor.post(second, { name: 'Sri', password })).status, 303)
    } finally {
      await world.drop()
    }
  })

  it('can be withdrawn', async () => {
    const agency = await world.anAgency()
    const email = anAddress()
    const link = await inviteAdmin(agency, email)
    const { id } = await world.db
      .selectFrom('people.invitation')
      .select('id')
      .where('email', '=', email)
      .executeTakeFirstOrThrow()
    assert.equal((await national.post(`/people/invitations/${id}/revoke`)).status, 303)
    assert.equal((await (await world.as()).post(link, { name: 'Sri', password })).status, 409)
    assert.deepEqual(await officesOf(agency), [])
  })

  it('keep what was typed when something is wrong with it, and refuse a weak password', async () => {
    const agency = await world.anAgency()
    const wrong = await national.post(`/people/agencies/${agency}/invitations/new`, {
      role: 'local-admin',
      name: 'Budi "Santoso"',
      email: 'bukan alamat',
    })
    assert.equal(wrong.status, 422)
    const text = await wrong.text()
    assert.match(text, /value="Budi &quot;Santoso&quot;"/)
    assert.match(text, /value="bukan alamat"/)
    const link = await inviteAdmin(agency, anAddress())
    const weak = await (await world.as()).post(link, { name: 'Nama Tertentu', password: 'pendek' })
    assert.equal(weak.status, 409)
    assert.match(await weak.text(), /value="Nama Tertentu"/)
  })

  it('never stand in the database as the link, nor in the record of acts with name or address', async () => {
    const agency = await world.anAgency()
    const email = anAddress()
    const link = await inviteAdmin(agency, email)
    await (await world.as()).post(link, { name: 'Nama Rahasia', password })
    const token = link.split('/').at(-1)!
    const everything = JSON.stringify([
      await world.db.selectFrom('log.event').selectAll().execute(),
      await world.db.selectFrom('log.once').selectAll().where('action', '=', 'people.invitation-accepted').execute(),
      await world.db.selectFrom('people.invitation').select(['id', 'token']).execute(),
    ])
    for (const secret of [token, email, 'Nama Rahasia', password, 'argon2'])
      assert.equal(everything.includes(secret), false, secret)
  })

  it('hand the office over to somebody new: the present admin stays until then, and the history is kept', async () => {
    const agency = await world.anAgency()
    const old = await world.aPerson('local-admin', { agency })
    const admin = await world.as(old)
    const email = anAddress()
    const asked = await admin.post(`/people/agencies/${agency}/hand-over`, {
      to: 'new',
      name: 'Penerus',
      email,
      reason: 'Pindah tugas ke Bappeda',
    })
    assert.equal(asked.status, 303)
    assert.deepEqual(
      (await officesOf(agency)).map((o) => [o.role, o.over]),
      [['local-admin', false]],
    )
    const taken = await (await world.as()).post(await linkTo(email), { name: 'Penerus', password })
    assert.equal(taken.status, 303)
    assert.deepEqual(
      (await officesOf(agency)).map((o) => [o.role, o.over, o.reason]),
      [
        ['local-admin', true, 'Pindah tugas ke Bappeda'],
        ['local-admin', false, null],
      ],
    )
    assert.equal((await admin.get(`/people/agencies/${agency}`)).status, 404)
    const told = await world.db
      .selectFrom('log.mail')
      .select('to_email')
      .where('subject', 'like', 'Serah terima%')
      .execute()
    assert.equal(told.length, 2)
  })

  it('are not needed to hand over to the deputy, and two clicks hand over once', async () => {
    const agency = await world.anAgency()
    const admin = await world.as(await world.aPerson('local-admin', { agency }))
    const deputy = await world.aPerson('deputy', { agency })
    const form = { to: deputy, reason: 'Pensiun' }
    const answers = await Promise.all([1, 2].map(() => admin.post(`/people/agencies/${agency}/hand-over`, form)))
    const [done, late] = answers.map((a) => a.status).sort()
    assert.equal(done, 303)
    // The second is refused; if it was read after the first was done, whoever sent it no longer sees the agency.
    assert.ok(late === 409 || late === 404, String(late))
    assert.deepEqual(
      (await officesOf(agency)).filter((o) => !o.over).map((o) => o.role),
      ['local-admin'],
    )
    assert.equal((await (await world.as(deputy)).get(`/people/agencies/${agency}/hand-over`)).status, 200)
  })

  it('give an agency one local admin only', async () => {
    const agency = await world.anAgency()
    await world.aPerson('local-admin', { agency })
    const second = await national.post(`/people/agencies/${agency}/invitations/new`, {
      role: 'local-admin',
      name: 'Kedua',
      email: anAddress(),
    })
    assert.equal(second.status, 409)
    assert.match(await second.text(), /Pakai serah terima/)
  })
})
