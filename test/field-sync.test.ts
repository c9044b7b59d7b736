import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { serve } from '@hono/node-server'
import fc from 'fast-check'
import { done } from '../src/demo/story.ts'
import { aFlakyLine } from './flaky-line.ts'
import { aPhone, aReport, type TestPhone } from './phones.ts'
import { aWorld, type World } from './world.ts'

/** `npm run test:long` asks for more. */
const runs = process.env.LONG ? 150 : 12

describe('the field app: a line that is cut at any byte', () => {
  let world: World
  let server: ReturnType<typeof serve>
  let port: number
  const of = { service: '', release: '' }
  let cookie: string

  before(async () => {
    world = await aWorld(new Date())
    const agency = await world.anAgency()
    const admin = await world.as(await world.aPerson('local-admin', { agency }))
    const answer = await done(admin.post(`/services/agencies/${agency}/install/laskar-penjaja-sayur`), 'installing')
    of.service = answer.headers.get('location')!.split('/')[2]!
    const row = await world.db.selectFrom('services.service').select('release').executeTakeFirstOrThrow()
    of.release = row.release.toString('hex')
    const seller = await world.aPerson()
    const { email } = await world.db
      .selectFrom('people.person')
      .select('email')
      .where('id', '=', seller)
      .executeTakeFirstOrThrow()
    await done(admin.post(`/services/${of.service}/roles`, { email, role: 'laskar', area: '' }), 'the role')
    cookie = (await world.as(seller)).cookie
    server = serve({ fetch: world.web.fetch, hostname: '127.0.0.1', port: 0 })
    await new Promise<void>((listening) => server.once('listening', listening))
    port = (server.address() as AddressInfo).port
  })
  after(async () => {
    if ('closeAllConnections' in server) server.closeAllConnections()
    await new Promise<void>((closed) => server.close(() => closed()))
    await world.drop()
  })

  /** Every report is a case, once; every receipt names its own; nothing else was made. */
  async function accounts(phone: TestPhone) {
    const rows = await world.db
      .selectFrom('services.report as r')
      .innerJoin('services.case as c', (join) => join.onRef('c.agency', '=', 'r.agency').onRef('c.id', '=', 'r.case'))
      .select(['r.id', 'r.case', 'c.number', 'c.open'])
      .where('r.device', '=', phone.device)
      .execute()
    assert.deepEqual(rows.map(({ id }) => id).sort(), phone.reports.map(({ id }) => id).sort())
    assert.equal(new Set(rows.map((row) => row.case)).size, rows.length)
    for (const row of rows) {
      const said = phone.said.get(row.id)
      assert.equal(said?.kind, 'done')
      assert.ok(said?.kind === 'done' && said.taken.number === row.number && said.taken.case === row.case)
      const report = phone.reports.find(({ id }) => id === row.id)!
      assert.equal((row.open as { data: { rt: string } }).data.rt, report.answers.rt)
    }
    assert.deepEqual(
      [...phone.settled.values()].filter((n) => n !== 1),
      [],
    )
  }

  it('loses nothing and does nothing twice, wherever it is cut, up or down', async () => {
    const place = fc.record({ up: fc.integer({ min: 0, max: 9000 }), down: fc.integer({ min: 0, max: 2500 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(place, { minLength: 2, maxLength: 8 }), async (places) => {
        const phone = await aPhone(`http://127.0.0.1:${port}`, cookie)
        for (let i = 1; i <= 4; i++) aReport(phone, of, { rt: `00${i}`, photo: i === 2, consent: i === 3 })
        let n = 0
        const line = await aFlakyLine(port, () => places[n++] ?? { up: Infinity, down: Infinity })
        try {
          for (let tries = 0; phone.waits() > 0; tries++) {
            assert.ok(tries < 60, 'it never arrives')
            const before = phone.said.size
            const said = await phone.sync(line.url)
            assert.notEqual(said, 'sign-in')
            // "Sent" is said when all of it was acknowledged, and at no other time.
            assert.equal(said === 'sent', phone.waits() === 0)
            assert.ok(phone.said.size >= before)
          }
        } finally {
          await line.close()
        }
        await accounts(phone)
      }),
      { numRuns: runs, endOnFailure: true },
    )
    const cases = await world.db.selectFrom('services.case').select('id').execute()
    const reports = await world.db.selectFrom('services.report').select('id').execute()
    assert.equal(cases.length, reports.length)
  })

  it('sent twice at once by two windows of one phone, each report is taken in once and both hear the same', async () => {
    const url = `http://127.0.0.1:${port}`
    const phone = await aPhone(url, cookie)
    for (let i = 1; i <= 3; i++) aReport(phone, of, { rt: `01${i}` })
    const body = JSON.stringify({ device: phone.device, now: Date.now(), reports: phone.reports })
    const headers = { cookie, 'content-type': 'application/json' }
    const send = async () =>
      (await (await fetch(`${url}/services/field/reports`, { method: 'POST', headers, body })).json()) as {
        answers: { id: string; kind: string; taken: object }[]
      }
    const [one, two, three] = await Promise.all([send(), send(), send()])
    assert.deepEqual(
      one.answers.map(({ kind }) => kind),
      ['done', 'done', 'done'],
    )
    assert.deepEqual(one.answers, two.answers)
    assert.deepEqual(one.answers, three.answers)
    assert.equal(
      (await world.db.selectFrom('services.report').select('id').where('device', '=', phone.device).execute()).length,
      3,
    )
  })
})
