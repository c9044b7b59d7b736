import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { aWorld, type World } from '../../../test/world.ts'

describe('people: the language in which somebody is written to', () => {
  let world: World
  let national: Awaited<ReturnType<World['as']>>
  before(async () => {
    world = await aWorld()
    national = await world.as(await world.aPerson('national-admin'))
  })
  after(() => world.drop())
  let n = 0
  const anAddress = () => `bahasa${++n}@contoh.go.id`
  const password = 'perahu kuning di danau'

  it('invites in the language that the inviter chose, Indonesian otherwise, and leads to pages and an account in it', async () => {
    const lastTo = (email: string) =>
      world.db
        .selectFrom('log.mail')
        .select(['subject', 'body'])
        .where('to_email', '=', email)
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirstOrThrow()
    const agency = await world.anAgency()
    const at = `/people/agencies/${agency}/invitations/new`
    const admin = await world.as(await world.aPerson('local-admin', { agency }))
    const [english, plain] = [anAddress(), anAddress()]
    const form = { role: 'deputy', name: 'Jane Doe' }
    assert.equal((await admin.post(at, { ...form, email: english, lang: 'en' })).status, 303)
    assert.equal((await admin.post(at, { ...form, email: plain })).status, 303)
    assert.equal((await admin.post(at, { ...form, email: anAddress(), lang: 'jv' })).status, 422)
    assert.match((await lastTo(plain)).body, /^Yth\. Jane Doe,\n\nAnda diundang/)
    const letter = await lastTo(english)
    assert.match(letter.body, /^Dear Jane Doe,\n\nYou are invited as Deputy local admin/)

    const path = /http:\/\/[^/]+(\/bahasa\/en\?ke=\S+)/.exec(letter.body)![1]!
    const visitor = await world.as()
    const turned = await visitor.get(path)
    assert.match(turned.headers.get('set-cookie')!, /bahasa=en/)
    const link = turned.headers.get('location')!
    const reader = await world.as(undefined, { lang: 'en' })
    assert.match(await (await reader.get(link)).text(), /An invitation for you/)
    assert.equal((await reader.post(link, { name: 'Jane Doe', password })).status, 303)
    const account = world.db.selectFrom('people.person').select(['id', 'lang']).where('email', '=', english)
    const { id, lang } = await account.executeTakeFirstOrThrow()
    assert.equal(lang, 'en')

    // Sent again it keeps its language; whoever has an account is written to in the own one, whatever the inviter chose.
    const { id: open } = await world.db
      .selectFrom('people.invitation')
      .select('id')
      .where('email', '=', plain)
      .executeTakeFirstOrThrow()
    assert.equal((await admin.post(`/people/invitations/${open}/resend`)).status, 303)
    assert.match((await lastTo(plain)).subject, /^Undangan ke Melayani/)
    const other = `/people/agencies/${await world.anAgency()}/invitations/new`
    const invited = { ...form, role: 'local-admin', email: english, lang: 'id' }
    assert.equal((await national.post(other, invited)).status, 303)
    assert.match((await lastTo(english)).subject, /^Invitation to Melayani/)

    // And when a password is forgotten, or another language chosen, the letters follow the account.
    await visitor.post('/masuk/lupa', { email: english })
    assert.match((await lastTo(english)).subject, /^Change your Melayani password/)
    await world.db.updateTable('people.person').set({ lang: 'id' }).where('id', '=', id).execute()
    await visitor.post('/masuk/lupa', { email: english })
    assert.match((await lastTo(english)).subject, /^Ganti kata sandi Melayani/)
  })

  it('tells both sides of a hand-over, each in the own language', async () => {
    const agency = await world.anAgency()
    const present = await world.aPerson('local-admin', { agency }, 'Pak Lama')
    const deputy = await world.aPerson('deputy', { agency }, 'Bu Baru')
    await world.db.updateTable('people.person').set({ lang: 'en' }).where('id', '=', deputy).execute()
    const admin = await world.as(present)
    const handed = await admin.post(`/people/agencies/${agency}/hand-over`, { to: deputy, reason: 'Pindah tugas' })
    assert.equal(handed.status, 303)
    const letters = await world.db
      .selectFrom('log.mail as m')
      .innerJoin('people.person as p', 'p.email', 'm.to_email')
      .select(['p.id', 'm.subject'])
      .where('p.id', 'in', [present, deputy])
      .execute()
    assert.deepEqual(
      letters.map(({ id, subject }) => [id, subject.split(' ')[0]]).sort(),
      [
        [present, 'Serah'],
        [deputy, 'Hand-over'],
      ].sort(),
    )
  })
})
