import { sql } from 'kysely'
import pg from 'pg'
import { connect, type Db } from '#platform/db.ts'
import { aFlakyLine } from '../test/flaky-line.ts'
import { aPhone, aReport, furnishField, type TestPhone } from '../test/phones.ts'
import { aDataFolder, startServer } from '../test/server.ts'
import type { Figure } from './index.ts'
import { median } from './quantile.ts'

const devices = 100
const turns = 4
/** Of each device in each turn: 10,000 reports in all. */
const reportsEach = 25
const connections = 20

/**
 * 100 phones come back with 10,000 reports over a line that is cut at random. The product and the database are processes of
 * their own; the phones run here, with the app's own code for sending. The bare database writes the same rows, one
 * transaction a report, in turns with the product.
 */
export async function benchSync(): Promise<Figure[]> {
  const data = aDataFolder()
  const running = await startServer(data.folder)
  const db = connect(running.address, 4)
  try {
    const { cookies, of } = await furnishField(db, devices)
    const phones: TestPhone[] = []
    for (const cookie of cookies) phones.push(await aPhone(running.url, cookie))
    // Every second connection breaks somewhere in its first 30 kB up or 6 kB down.
    const line = await aFlakyLine(Number(new URL(running.url).port), () =>
      Math.random() < 0.5
        ? { up: Math.random() * 30_000, down: Math.random() * 6_000 }
        : { up: Number.POSITIVE_INFINITY, down: Number.POSITIVE_INFINITY },
    )
    await send(phones.slice(0, 10), of, line.url, 5)
    const product: number[] = []
    const bare: number[] = []
    for (let turn = 0; turn < turns; turn++) {
      const known = await lastEvent(db)
      const begun = performance.now()
      const sent = await send(phones, of, line.url, reportsEach)
      product.push(sent / ((performance.now() - begun) / 1000))
      bare.push(await bareInserts(db, running.address, known))
    }
    const cuts = line.cuts()
    await line.close()
    const { lost, twice, all } = await accounts(db, phones)
    const ratio = product.map((rate, i) => rate / bare[i]!)
    return [
      {
        name: `reports of ${devices} phones over a line that is cut`,
        value: median(product),
        unit: '/s',
        note: `${all} reports, ${cuts} cuts; median of ${turns} turns`,
      },
      {
        name: 'the same rows into the bare database',
        value: median(bare),
        unit: '/s',
        note: `${connections} connections, one transaction a report, no checks`,
      },
      { name: 'product ÷ bare database', value: median(ratio), unit: '×', note: 'in turns, in one run' },
      { name: 'lost', value: lost, unit: '', note: `of ${all}, each receipt read back` },
      { name: 'twice', value: twice, unit: '', note: 'cases beyond one a report' },
    ]
  } finally {
    await db.destroy()
    await running.end('SIGTERM')
    data.remove()
  }
}

/** Everybody captures so many and sends until all of it is acknowledged; how many that was. */
async function send(phones: TestPhone[], of: { service: string; release: string }, url: string, each: number) {
  await Promise.all(
    phones.map(async (phone, i) => {
      for (let n = 0; n < each; n++)
        aReport(phone, of, { rt: String((i % 90) + 1).padStart(3, '0'), consent: n % 2 === 0 })
      while (phone.waits() > 0) await phone.sync(url)
    }),
  )
  return phones.length * each
}

const lastEvent = async (db: Db) =>
  (await sql<{ id: string }>`select coalesce(max(id), 0) as id from log.event`.execute(db)).rows[0]!.id

const tables = [
  'services.case',
  'services.consent',
  'services.task',
  'services.message',
  'services.report',
  'log.event',
  'log.once',
]
const quoted = (table: string) => table.replace(/\.(\w+)$/, '."$1"')
const copyOf = (table: string) => `bare."${table.split('.')[1]}"`

/** The rows of the reports since an event, written again into tables of the same shape; reports a second. */
async function bareInserts(db: Db, address: string, since: string): Promise<number> {
  await sql`create schema if not exists bare`.execute(db)
  for (const table of tables) {
    await sql.raw(`drop table if exists ${copyOf(table)}`).execute(db)
    await sql.raw(`create table ${copyOf(table)} (like ${quoted(table)} including all)`).execute(db)
  }
  const { rows } = await sql<{ rows: [string, object][] }>`
    select json_build_array(
      json_build_array('services.case', c),
      (select json_agg(json_build_array('services.consent', x)) from services.consent x where x."case" = c.id),
      (select json_agg(json_build_array('services.task', x)) from services.task x where x."case" = c.id),
      (select json_agg(json_build_array('services.message', x)) from services.message x where x."case" = c.id),
      (select json_agg(json_build_array('services.report', x)) from services.report x where x."case" = c.id),
      (select json_agg(json_build_array('log.event', x)) from log.event x where x.subject = c.id),
      (select json_agg(json_build_array('log.once', x)) from log.once x where x.change ->> 'id' = c.id::text)) as rows
    from services."case" c where c.id in (select subject from log.event where id > ${since} and name = 'services.case-opened')`.execute(
    db,
  )
  const reports = rows.map(
    ({ rows: parts }) =>
      parts.flatMap((part) => (Array.isArray(part?.[0]) ? part : [part])).filter(Boolean) as unknown as [
        string,
        object,
      ][],
  )
  const pool = new pg.Pool({ connectionString: address, max: connections })
  const begun = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async (_, at) => {
      const client = await pool.connect()
      for (let i = at; i < reports.length; i += connections) {
        await client.query('begin')
        for (const [table, row] of reports[i]!)
          await client.query({
            name: `bare ${table}`,
            text: `insert into ${copyOf(table)} select * from json_populate_record(null::${copyOf(table)}, $1)`,
            values: [JSON.stringify(row)],
          })
        await client.query('commit')
      }
      client.release()
    }),
  )
  const seconds = (performance.now() - begun) / 1000
  await pool.end()
  return reports.length / seconds
}

/** Every acknowledged report is there with the number that its phone was told, and every report made one case. */
async function accounts(db: Db, phones: readonly TestPhone[]) {
  const { rows } = await sql<{ id: string; number: string }>`
    select r.id, c.number from services.report r join services."case" c on c.agency = r.agency and c.id = r."case"`.execute(
    db,
  )
  const numbers = new Map(rows.map(({ id, number }) => [id, number]))
  let lost = 0
  let all = 0
  for (const phone of phones)
    for (const [id, said] of phone.said) {
      all++
      if (said.kind !== 'done' || numbers.get(id) !== said.taken.number) lost++
    }
  const cases = (await sql<{ n: number }>`select count(*)::int as n from services."case"`.execute(db)).rows[0]!.n
  return { lost, twice: cases - all, all }
}
