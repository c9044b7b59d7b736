import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import type { Schema } from '#platform/db.ts'
import { listCases, type Reach } from '../src/rooms/services/store/worklist.ts'
import { median, percentile } from './quantile.ts'
import { copyCases, type Figure, report, withService } from './service-at-work.ts'

const pages = 60

/** The worklist over a quarter, half and a million open cases: the page as it is read, by area and by reach, and its plan. */
export async function benchWorklist(sizes: readonly number[] = [250_000, 500_000, 1_000_000]): Promise<Figure[]> {
  const figures: Figure[] = []
  const posts = {
    seller: ['laskar', ''],
    village: ['bidan', '35.10.20.2001'],
    district: ['bidan', '35.10.20'],
    regency: ['bidan', ''],
  } as const
  await withService('laskar-penjaja-sayur', posts, async ({ address, db, as, service, people }) => {
    const seller = await as(people.seller)
    await seller.post(`/services/${service}/open`, report)
    let there = 0
    const first = new Map<string, number>()
    for (const size of sizes) {
      for (; there < size; there += 50_000)
        await copyCases(db, service, 50_000, { due: new Date('2026-03-05'), minutes: 60_000, from: there })
      await sql`vacuum analyze services."case"`.execute(db)
      for (const who of ['village', 'district', 'regency'] as const) {
        const reader = await as(people[who])
        const times: number[] = []
        for (let i = 0; i < pages; i++) {
          const begun = performance.now()
          const answer = await reader.get(`/services/worklist?page=${1 + (i % 3)}`)
          await answer.text()
          if (answer.status !== 200) throw new Error(`worklist: ${answer.status}`)
          times.push(performance.now() - begun)
        }
        const p50 = median(times.slice(10))
        const grown = first.get(who)
        if (grown === undefined) first.set(who, p50)
        figures.push({
          name: `worklist of a ${who}, ${size.toLocaleString('en')} cases`,
          value: percentile(times, 0.99),
          unit: 'ms',
          note: `p99; p50 ${p50.toFixed(1)} ms${grown ? `, ${(p50 / grown).toFixed(2)} × that of ${sizes[0]!.toLocaleString('en')}` : ''}${size === sizes.at(-1) ? `; plan: ${await planOf(address, service, people[who], posts[who][1])}` : ''}`,
        })
      }
    }
  })
  return figures
}

/** The nodes of the plan by which the page's list is found, from the top. */
async function planOf(address: string, service: string, person: string, area: string): Promise<string> {
  const heard: { sql: string; parameters: readonly unknown[] }[] = []
  const pool = new pg.Pool({ connectionString: address, max: 1 })
  // The server may stop while a connection still says goodbye.
  pool.on('error', () => undefined)
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }), log: ({ query }) => void heard.push(query) })
  try {
    const reach: Reach = {
      service,
      own: false,
      area: area.replaceAll('.', ''),
      except: [],
      flows: ['kehamilan', 'rujukan_darurat'],
    }
    await listCases(db, person, [reach], {}, { size: 30 })
    const asked = heard.find(({ sql: text }) => text.includes('services."case"'))!
    const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`explain (analyze, timing off) ${asked.sql}`, [
      ...asked.parameters,
    ])
    return rows
      .map((row) => row['QUERY PLAN'])
      .flatMap(
        (line) =>
          /(?:->\s+|^)((?:Index|Bitmap|Seq|Sort|WindowAgg|Limit|Incremental)[^(]*?)\s+\(.*rows=(\d+)/
            .exec(line)
            ?.slice(1, 3)
            .join(' ') ?? [],
      )
      .slice(0, 8)
      .join(' < ')
  } finally {
    await db.destroy()
  }
}

if (import.meta.main) console.table(await benchWorklist())
