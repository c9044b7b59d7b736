import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { systemClock } from '#platform/clock.ts'
import { connect, type Db } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { verifyChain } from '#platform/log.ts'
import { publicKeyText } from '#services'
import { clientFor } from '../src/demo/client.ts'
import { assertInvariants } from './invariants.ts'
import { small } from './packages.ts'
import { aDataFolder, type Running, startServer } from './server.ts'
import { publisher, wheelchairs } from './wheelchairs.ts'
import { builders } from './world.ts'

/** Only `npm run test:long`: each round starts the whole product again. kill-upgrade.test.ts goes through every statement. */
const rounds = process.env.LONG ? Number(process.env.ROUNDS ?? 12) : 0

describe('the house: killed with its database while a version is installed', {
  skip: rounds === 0,
  timeout: 20 * 60_000,
}, () => {
  const data = aDataFolder()
  let running: Running
  let agency: string
  let admin: string
  let service: string

  before(async () => {
    running = await startServer(data.folder)
    await withDatabase(async (db) => {
      const { anAgency, aPerson } = builders(db)
      agency = await anAgency()
      admin = await aPerson('local-admin', { agency })
      const national = await client(db, await aPerson('national-admin'))
      await national.post('/services/publishers', { name: 'Dinas Contoh', key: publicKeyText(publisher.privateKey) })
      const sent = await send(await client(db, admin), `/services/agencies/${agency}/upload`, wheelchairs('1.2.0'))
      service = sent.headers.get('location')!.split('/')[2]!
    })
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
  const client = (db: Db, person: string) =>
    clientFor(
      {
        web: { request: (address, init) => fetch(running.url + address, { ...init, redirect: 'manual' }) },
        db,
        clock: systemClock,
      },
      person,
    )
  const send = (who: Awaited<ReturnType<typeof client>>, address: string, file: File) => {
    const body = new FormData()
    body.append('file', file)
    return who.send('POST', address, body)
  }
  const version = (db: Db) =>
    db
      .selectFrom('services.service as s')
      .innerJoin('services.release as r', 'r.hash', 's.release')
      .select('r.version')
      .where('s.id', '=', service)
      .executeTakeFirstOrThrow()

  for (let n = 1; n <= rounds; n++)
    it(`${n}: all of the old or all of the new, and the same click again comes to one result`, async () => {
      const [old, next] = [`1.${n + 1}.0`, `1.${n + 2}.0`]
      const file = wheelchairs(next, {
        'forms/permohonan.yaml': small['forms/permohonan.yaml']!.replace(
          'label: { id: Nama }',
          `label: { id: Nama ${n} }`,
        ),
      })
      const once = newId()
      const at = `/services/${service}/upgrade`
      await withDatabase(async (db) => {
        const who = await client(db, admin)
        assert.equal((await send(who, `${at}/upload`, file)).status, 303)
        const click = who.post(`${at}/draft/install`, { once }).then(
          ({ status }) => status,
          () => undefined,
        )
        // At another moment each time, from at once to after the answer.
        await new Promise((wait) => setTimeout(wait, (n - 1) * 7))
        if (n % 2 === 0) process.kill(running.postmaster(), 'SIGKILL')
        await running.end('SIGKILL')
        const status = await click
        running = await startServer(data.folder)
        await withDatabase(async (fresh) => {
          const found = (await version(fresh)).version
          assert.ok(found === old || found === next, found)
          if (status === 303) assert.equal(found, next, 'what was acknowledged is lost')
        })
      }).catch((error) => {
        // The connection of this test ends with the database; what counts is looked at on a new one.
        if (!/terminat|ECONN|shutting down|closed/i.test(String(error))) throw error
      })
      await withDatabase(async (db) => {
        const again = await (await client(db, admin)).post(`${at}/draft/install`, { once })
        assert.equal(again.status, 303)
        assert.equal((await version(db)).version, next)
        const told = await db
          .selectFrom('log.event')
          .select('particulars')
          .where('subject', '=', service)
          .where('name', '=', 'services.package-upgraded')
          .execute()
        assert.equal(told.length, n)
        await assertInvariants(db)
        assert.equal((await verifyChain(db)).broken, undefined)
      })
    })
})
