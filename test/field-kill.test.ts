import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { connect, type Db } from '#platform/db.ts'
import { verifyChain } from '#platform/log.ts'
import { assertInvariants } from './invariants.ts'
import { aPhone, aReport, furnishField, type TestPhone } from './phones.ts'
import { aDataFolder, type Running, startServer } from './server.ts'

/** `npm run test:long` asks for more. */
const times = process.env.LONG ? 40 : 2
const phonesAtOnce = 8
const reportsEach = 12

/**
 * Phones send what they have captured, and the machine stops in the middle: the product alone, or its database with it.
 * Whatever was acknowledged is there afterwards, once; the phones send the rest.
 */
describe('the field app: killed in the middle of a sync', { timeout: 15 * 60_000 }, () => {
  const data = aDataFolder()
  let running: Running
  let phones: TestPhone[]
  let of: { service: string; release: string }
  let cookies: string[]

  before(async () => {
    running = await startServer(data.folder)
    const furnished = await withDatabase((db) => furnishField(db, phonesAtOnce))
    of = furnished.of
    cookies = furnished.cookies
    phones = await Promise.all(cookies.map((cookie) => aPhone(running.url, cookie)))
  })
  after(async () => {
    await running.end('SIGTERM')
    data.remove()
  })

  async function withDatabase<T>(work: (db: Db) => Promise<T>): Promise<T> {
    const db = connect(running.address, 4)
    try {
      return await work(db)
    } finally {
      await db.destroy()
    }
  }

  for (let n = 1; n <= times; n++) {
    const victim = n % 2 === 0 ? 'the product and its database' : 'the product'
    it(`${n}: kill -9 of ${victim}`, async () => {
      for (const phone of phones)
        for (let i = 0; i < reportsEach; i++) aReport(phone, of, { photo: i % 4 === 0, consent: i % 3 === 0 })
      const before = phones.reduce((sum, { said }) => sum + said.size, 0)
      const sending = phones.map((phone) => phone.sync(running.url).catch(() => 'cut-off'))
      // In the middle: at another moment each time, from the first acknowledgement on.
      const enough = before + 1 + ((n * 7) % (phonesAtOnce * 5))
      const sofar = () => phones.reduce((sum, { said }) => sum + said.size, 0)
      const over = Promise.all(sending)
      let done = false
      void over.then(() => {
        done = true
      })
      while (sofar() < enough && !done) await new Promise((wait) => setTimeout(wait, 1))
      if (n % 2 === 0) process.kill(running.postmaster(), 'SIGKILL')
      assert.equal(await running.end('SIGKILL'), null)
      await over

      running = await startServer(data.folder)
      const early = await withDatabase(stored)
      for (const phone of phones)
        for (const [id, result] of phone.said) {
          assert.ok(result.kind === 'done')
          assert.deepEqual(early.get(id), [`${result.taken.case} ${result.taken.number}`])
        }
      for (const phone of phones) {
        for (let tries = 0; phone.waits() > 0 && tries < 20; tries++) await phone.sync(running.url)
        assert.equal(phone.waits(), 0)
      }
      await withDatabase(async (db) => {
        const all = await stored(db)
        const expected = phones.flatMap((phone) =>
          phone.reports.map(({ id }) => {
            const said = phone.said.get(id)
            assert.ok(said?.kind === 'done')
            return [id, [`${said.taken.case} ${said.taken.number}`]] as const
          }),
        )
        assert.deepEqual(all, new Map(expected))
        const { n: cases } = await db
          .selectFrom('services.case')
          .select((eb) => eb.fn.countAll<string>().as('n'))
          .executeTakeFirstOrThrow()
        assert.equal(Number(cases), expected.length)
        await assertInvariants(db)
        assert.equal((await verifyChain(db)).broken, undefined)
      })
    })
  }

  /** What each report became, by its id. */
  async function stored(db: Db): Promise<Map<string, string[]>> {
    const rows = await db
      .selectFrom('services.report as r')
      .innerJoin('services.case as c', (join) => join.onRef('c.agency', '=', 'r.agency').onRef('c.id', '=', 'r.case'))
      .select(['r.id', 'c.id as case', 'c.number'])
      .execute()
    return new Map(
      [...Map.groupBy(rows, ({ id }) => id)].map(([id, own]) => [id, own.map((row) => `${row.case} ${row.number}`)]),
    )
  }
})
