import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { connect, queriesOf, sqlState } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { record, verifyChain } from '#platform/log.ts'
import { freshDatabase } from '../../../test/database.ts'
import { aWorld, type World } from '../../../test/world.ts'

describe('people: the record of acts', () => {
  let world: World
  let national: Awaited<ReturnType<World['as']>>
  before(async () => {
    world = await aWorld()
    national = await world.as(await world.aPerson('national-admin'))
  })
  after(() => world.drop())

  async function anEvent(
    change: Partial<{ at: Date; actor: string | null; name: string; subject: string; scope: string | null }> = {},
  ) {
    const event = {
      at: world.clock.now(),
      actor: null,
      name: 'people.signed-in',
      subject: newId(),
      scope: null,
      particulars: {},
      ...change,
    }
    await world.db.transaction().execute((tx) => record(tx, [event]))
    return event.subject
  }
  /** The subjects of the events that the page shows. */
  const shown = async (query: string) => {
    const response = await national.get(`/people/audit?${query}`)
    assert.equal(response.status, 200)
    return [...(await response.text()).matchAll(/href="\/people\/audit\?subject=([\w-]+)"/g)].map((m) => m[1])
  }

  it('is read by the national admin alone', async () => {
    const agency = await world.anAgency()
    for (const role of ['local-admin', 'deputy'] as const)
      assert.equal((await (await world.as(await world.aPerson(role, { agency }))).get('/people/audit')).status, 404)
    for (const role of ['evaluator', 'panel'] as const)
      assert.equal((await (await world.as(await world.aPerson(role))).get('/people/audit')).status, 404)
    assert.equal((await national.get('/people/audit')).status, 200)
  })

  it('is filtered by act, by name, by object and by day', async () => {
    const who = await world.aPerson('evaluator', {}, 'Tri Rismaharini Uji')
    const day = new Date('2016-12-31T18:00:00Z')
    const one = await anEvent({ name: 'people.role-ended', at: day })
    const two = await anEvent({ name: 'people.unit-added', actor: who })
    assert.deepEqual(await shown('what=people.role-ended'), [one])
    assert.deepEqual(await shown('who=rismaharini'), [two])
    assert.deepEqual(await shown(`subject=${two}`), [two])
    // 18.00 UTC is the next day in Jakarta.
    assert.deepEqual(await shown('from=2017-01-01&to=2017-01-01'), [one])
    assert.deepEqual(await shown('from=2016-12-31&to=2016-12-31'), [])
    assert.deepEqual(await shown('what=judging'), [])
    assert.deepEqual(await shown('subject=salah-ketik'), [])
    assert.deepEqual(await shown('who=%25'), [])
    assert.equal((await shown('from=kemarin&before=x')).length >= 2, true)
  })

  it('names each act in the reader’s language, by room, and keeps its raw name as small text only', async () => {
    const subject = await anEvent({ name: 'people.role-ended' })
    const html = await (await national.get(`/people/audit?subject=${subject}`)).text()
    const list = /<select id="what"[^>]*>(.*?)<\/select>/s.exec(html)![1]!
    const groups = [...list.matchAll(/<optgroup label="([^"]+)">(.*?)<\/optgroup>/gs)]
    assert.deepEqual(groups.map(([, label]) => label).sort(), [
      'Akun dan instansi',
      'Antarpemasangan',
      'Galeri',
      'Kompetisi',
      'Layanan',
      'Pemilihan desa',
      'Penilaian',
      'Replikasi',
    ])
    const named = [...list.matchAll(/<option value="([^"]+)"[^>]*>([^<]+)<\/option>/g)].map(([, value, label]) => ({
      value: value!,
      label: label!,
    }))
    assert.deepEqual(
      named.filter(({ value, label }) => label === value || /undefined|\[object|\w+\.\w+-\w+/.test(label)),
      [],
    )
    assert.equal(named.find(({ value }) => value === 'competition.evidence-added')!.label, 'Bukti ditambahkan')
    assert.equal(named.find(({ value }) => value === 'judging.objection-answered')!.label, 'Sanggahan dijawab')
    const row = /<tbody>(.*?)<\/tbody>/s.exec(html)![1]!
    assert.equal([...row.matchAll(/people\.role-ended/g)].length, 1)
    assert.match(row, /<code>people\.role-ended<\/code>/)
  })

  it('is read page by page, with the same number of queries for one and for three', async () => {
    const subject = newId()
    const query = `subject=${subject}`
    const counted = async () => (await queriesOf(() => shown(query))).length
    await anEvent({ subject })
    const one = await counted()
    for (let i = 0; i < 50; i++) await anEvent({ subject })
    assert.equal(await counted(), one)
    const first = await (await national.get(`/people/audit?${query}`)).text()
    const next = /rel="next" href="([^"]+)"/.exec(first)![1]!.replaceAll('&amp;', '&')
    const second = await (await national.get(next)).text()
    assert.equal([...second.matchAll(/href="\/people\/audit\?subject=/g)].length, 1)
    assert.equal(second.includes('rel="next"'), false)
  })

  it('cannot be changed, deleted or emptied by the product itself', async () => {
    await anEvent()
    for (const statement of [
      "update log.event set name = 'people.nothing'",
      'delete from log.event',
      'truncate log.event',
    ])
      await assert.rejects(sql.raw(statement).execute(world.db), (error) => sqlState(error) === '42501', statement)
  })

  it('shows where a superuser changed or removed an event, and so does the command', async () => {
    // Not a world: what must always hold is broken here on purpose.
    const fresh = await freshDatabase()
    const root = connect(fresh.address.replace('melayani@', 'postgres@'), 1)
    try {
      const at = new Date('2017-01-15T02:00:00Z')
      const events = Array.from({ length: 5 }, () => ({
        at,
        actor: null,
        name: 'people.signed-in',
        subject: newId(),
        scope: null,
        particulars: { n: 1 },
      }))
      await fresh.db.transaction().execute((tx) => record(tx, events))
      assert.deepEqual(await verifyChain(fresh.db), { events: 5 })
      const env = { ...process.env, DATABASE_URL: fresh.address }
      const command = () =>
        promisify(execFile)(process.execPath, ['--import', 'tsx', 'tools/verify-log.ts'], { env }).then(
          ({ stdout }) => stdout,
          (error: { code: number; stderr: string }) => `${error.code} ${error.stderr}`,
        )
      assert.match(await command(), /^5 events hold\.\nLast: 5 [0-9a-f]{64}\n$/)

      const before = await fresh.db.selectFrom('log.event').selectAll().where('id', '=', '3').executeTakeFirstOrThrow()
      await sql`update log.event set particulars = '{"n": 2}' where id = 3`.execute(root)
      assert.deepEqual(await verifyChain(fresh.db), { events: 2, broken: { id: '3', reason: 'changed' } })
      assert.match(await command(), /^1 Event 3 is changed\. 2 events before it hold\./)
      await sql`update log.event set particulars = '{"n": 1}', at = at + interval '1 second' where id = 3`.execute(root)
      assert.deepEqual(await verifyChain(fresh.db), { events: 2, broken: { id: '3', reason: 'changed' } })
      await sql`update log.event set at = ${before.at} where id = 3`.execute(root)
      assert.deepEqual(await verifyChain(fresh.db), { events: 5 })
      await sql`delete from log.event where id = 2`.execute(root)
      assert.deepEqual(await verifyChain(fresh.db), { events: 1, broken: { id: '2', reason: 'missing' } })
    } finally {
      await root.destroy()
      await fresh.drop()
    }
  })
})

describe('people: letters', () => {
  it('can be read on the outbox page in the demo alone, while none leaves the machine', async () => {
    const world = await aWorld()
    try {
      const person = await world.aPerson('national-admin')
      const national = await world.as(person)
      const agency = await world.anAgency()
      const form = { role: 'local-admin', name: 'Sri', email: 'sri@contoh.go.id' }
      await national.post(`/people/agencies/${agency}/invitations/new`, form)
      const { id } = await world.db.selectFrom('log.mail').select('id').executeTakeFirstOrThrow()
      const list = await (await national.get('/people/outbox')).text()
      assert.match(list, /sri@contoh\.go\.id/)
      assert.match(list, /SMTP_URL/)
      assert.equal((await national.get(`/people/outbox/${id}`)).status, 404)

      const { app } = await import('../../app.ts')
      const demo = app({ db: world.db, clock: world.clock, files: world.files, demo: true })
      const read = (cookie: string) => demo.request(`/people/outbox/${id}`, { headers: { cookie } })
      assert.match(await (await read(national.cookie)).text(), /href="\/people\/invitations\/[\w-]{43}"/)
      assert.equal((await read((await world.as(await world.aPerson('local-admin', { agency }))).cookie)).status, 404)
      process.env.SMTP_URL = 'smtp://localhost:1'
      try {
        assert.equal((await read(national.cookie)).status, 404)
      } finally {
        delete process.env.SMTP_URL
      }
    } finally {
      await world.drop()
    }
  })
})
