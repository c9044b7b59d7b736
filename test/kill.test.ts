import assert from 'node:assert/strict'
import { Agent } from 'node:http'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { connect, type Db } from '#platform/db.ts'
import { verifyChain } from '#platform/log.ts'
import { assertInvariants } from './invariants.ts'
import { aDataFolder, type Running, startServer } from './server.ts'
import { furnishWriters, save, type Writer } from './writers.ts'

/** `npm run test:long` asks for more. */
const times = process.env.LONG ? 100 : 8
const writersAtOnce = 200

/**
 * Two hundred people type at once, and the machine stops in the middle: the product alone, its database alone, or both.
 * Whatever was acknowledged is there afterwards, and every answer is whole.
 */
describe('the house: killed in the middle of 200 saves at once', { timeout: 15 * 60_000 }, () => {
  const data = aDataFolder()
  let running: Running
  let writers: Writer[]
  let acknowledged = 0
  /** The last acknowledged text of each writer, with its revision. */
  const kept = new Map<Writer, { revision: number; value: string }>()

  before(async () => {
    running = await startServer(data.folder)
    writers = await withDatabase((db) => furnishWriters(db, writersAtOnce))
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

  const victims = ['the product', 'the product and its database', 'the database'] as const

  for (let n = 1; n <= times; n++) {
    const victim = victims[n % victims.length]!
    it(`${n}: kill -9 of ${victim}`, async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: writersAtOnce })
      let stopped = false
      let inThisRound = 0
      const typing = writers.map(async (writer) => {
        for (let i = 0; !stopped; i++) {
          const value = `Putaran ${n}, simpanan ${i}: ${writer.proposal} ${'kata '.repeat(40)}`
          const reply = await save(running.url, agent, writer, value).catch(() => undefined)
          // No reply, or a database that is gone: nothing was promised.
          if (reply === undefined || reply.status === 500) return
          assert.equal(reply.status, 200, JSON.stringify(reply.body))
          const { revision } = reply.body as { revision: number }
          writer.revision = revision
          kept.set(writer, { revision, value })
          inThisRound++
          acknowledged++
        }
      })
      // In the middle: at another moment each time, once every writer has had an answer or nearly so.
      while (inThisRound < writersAtOnce / 2 + n * 25) await new Promise((wait) => setTimeout(wait, 5))
      const postmaster = running.postmaster()
      if (victim !== 'the product') process.kill(postmaster, 'SIGKILL')
      const code = victim === 'the database' ? await hasEnded(running) : await running.end('SIGKILL')
      assert.equal(code, victim === 'the database' ? 1 : null)
      stopped = true
      await Promise.all(typing)
      agent.destroy()

      running = await startServer(data.folder)
      await withDatabase(async (db) => {
        await readBack(db)
        await assertInvariants(db)
      })
    })
  }

  /** Every acknowledged save is there, and no answer is half a state. Then everybody goes on from what is stored. */
  async function readBack(db: Db) {
    const { rows } = await sql<{ proposal: string; revision: number; value: string; versions: number; last: string }>`
      select a.proposal, a.revision, a.value, count(v.*)::int as versions,
        (array_agg(v.value order by v.revision desc))[1] as last
      from competition.answer a left join competition.answer_version v using (agency, proposal, question)
      group by a.agency, a.proposal, a.question`.execute(db)
    const stored = new Map(rows.map((row) => [row.proposal, row]))
    const lost: string[] = []
    for (const writer of writers) {
      const row = stored.get(writer.proposal)
      const promised = kept.get(writer)
      if (row && (row.versions !== row.revision || row.last !== row.value))
        lost.push(`${writer.proposal}: half a state`)
      if (promised) {
        const { rows: versions } = await sql<{ value: string }>`
          select value from competition.answer_version
          where agency = ${writer.agency} and proposal = ${writer.proposal} and question = ${writer.question} and revision = ${promised.revision}`.execute(
          db,
        )
        if (versions[0]?.value !== promised.value)
          lost.push(`${writer.proposal}: revision ${promised.revision} is lost`)
      }
      writer.revision = row?.revision ?? 0
    }
    assert.deepEqual(lost, [])
  }

  it('and a chain of events without a gap', async (t) => {
    const chain = await withDatabase(verifyChain)
    assert.equal(chain.broken, undefined)
    assert.ok(acknowledged > times * writersAtOnce * 0.5)
    t.diagnostic(`${acknowledged} saves were acknowledged, none is lost`)
  })
})

/** The product ends by itself when its database is gone, rather than answer everybody with an error. */
async function hasEnded({ child }: Running): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await new Promise((gone) => child.once('exit', gone))
  return child.exitCode
}
