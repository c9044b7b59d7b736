import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Signed, TpsResult } from '@melayani/polling/format'
import { sql } from 'kysely'
import { settableClock } from '#platform/clock.ts'
import { connect, type Db } from '#platform/db.ts'
import { migrateJobs } from '#platform/jobs.ts'
import { app } from '../src/app.ts'
import { callLate } from '../src/rooms/voting/store/counting.ts'
import { fold, nodeOf, nodesBelow } from '../src/rooms/voting/store/node.ts'
import { builders } from '../test/world.ts'
import { withScratchDatabase } from '../tools/scratch.ts'
import type { Figure } from './index.ts'
import { awaited, brought, type Expected, fillVillages } from './many-villages.ts'
import { percentile } from './quantile.ts'

/** The nation of 2024 had so many polling places; a wave of village elections has 2,000 villages of 30. */
const nation = 823_236
const wave = { villages: 2_000, each: 30 }

/**
 * The roll-up at four sizes in one run: 60,000 polling places of which results are in, twice and four times as many, and every
 * village of the country with 823,236. Those are written as rows. At each size new polling places then bring their signed results
 * over the house's own intake: in lists, in lists while somebody reads the nation's page without pause, and one by one. The
 * database keeps what it has said it keeps. Every sum is compared with what was written. `part`: of every size, for a try.
 */
export async function benchRollUp(part = 1): Promise<Figure[]> {
  const figures: Figure[] = []
  await withScratchDatabase(
    async (address) => {
      await migrateJobs(address)
      const db = connect(address)
      try {
        await measure(db, figures, part)
      } finally {
        await db.destroy()
      }
    },
    { durable: true },
  )
  return figures
}

type Web = ReturnType<typeof app>

async function measure(db: Db, figures: Figure[], part: number) {
  const clock = settableClock(new Date('2026-11-22T08:00:00Z'))
  const files = { folder: mkdtempSync(path.join(tmpdir(), 'melayani-bench-')) }
  const web = app({ db, clock, files, demo: false })
  const build = builders(db)
  const agency = await build.anAgency()
  await build.aPerson('local-admin', { agency })
  const villages = (
    await db.selectFrom('people.region').select('code').where('kind', '=', 'village').orderBy('code').execute()
  ).map(({ code }) => code)
  const expected: Expected = { tps: 0, counted: 0, valid: 0, present: 0, elections: 0 }
  const page = async () => {
    const begun = performance.now()
    const response = await web.request('/voting/results/2026')
    assert.equal(response.status, 200)
    await response.text()
    return performance.now() - begun
  }

  let from = 0
  const firsts = new Map<string, number>()
  const figure = (name: string, what: string, value: number, unit: string, note: string) => {
    const first = firsts.get(what)
    if (first === undefined) firsts.set(what, value)
    const growth = first === undefined ? '' : `${(value / first).toFixed(2)} × the first size; `
    figures.push({ name: `${name}: ${what}`, value, unit, note: growth + note })
  }
  for (const times of [1, 2, 4, nation] as const) {
    const wanted = Math.round((times === nation ? nation : times * wave.villages * wave.each) * part)
    const places = wanted - expected.tps
    const count =
      times === nation
        ? Math.round(villages.length * part) - from
        : Math.ceil((places - (places % wave.each)) / wave.each)
    const own = villages.slice(from, from + count)
    from += count
    const name = `${wanted.toLocaleString('en')} polling places`
    const begun = performance.now()
    const rows = await fillVillages(db, { agency, villages: own, places }, expected)
    const written = performance.now() - begun
    figures.push(await adding(db, name, rows, page, written))
    await same(db, expected)

    const next = async () => {
      const results = await awaited(
        db,
        agency,
        villages,
        Math.max(60, Math.round(brought.results * Math.min(1, part * 5))),
      )
      expected.tps += results.length
      expected.elections += results.length / brought.each
      return results
    }
    const lists = await bring(web, await next(), expected, brought.list, brought.relays)
    const right = await page()
    await same(db, expected)
    const how = `${lists.results} signed results, lists of ${brought.list}, ${brought.relays} relays`
    figure(name, 'results taken in lists', lists.rate, '/s', how)
    figure(
      name,
      'nation right after the last',
      right,
      'ms',
      'one page; it adds what waits to the levels as it is drawn',
    )

    const waiting = await next()
    const pages: number[] = []
    let reading = true
    const reader = (async () => {
      while (reading) pages.push(await page())
    })()
    const read = await bring(web, waiting, expected, brought.list, brought.relays)
    reading = false
    await reader
    await same(db, expected)
    figure(name, 'the same while the page is read without pause', read.rate, '/s', how)
    figure(name, 'page of the nation meanwhile, p99', percentile(pages, 0.99), 'ms', `${pages.length} pages`)

    const alone = await bring(web, await next(), expected, 1, brought.alone)
    await same(db, expected)
    figure(name, 'results taken one by one', alone.rate, '/s', `${alone.results} requests, ${brought.alone} at once`)
  }
  const begun = performance.now()
  await callLate(db, clock.now())
  await fold(db)
  const minute = performance.now() - begun
  figure('at the last size', 'what runs every minute', minute, 'ms', 'calls late what is missing, adds what waits')
  const due = await awaited(db, agency, villages, brought.results)
  const night = performance.now()
  while ((await callLate(db, new Date('2026-11-23T08:00:00Z'))) > 0);
  figure(
    'at the last size',
    'the same when so many become late',
    performance.now() - night,
    'ms',
    `${due.length} places`,
  )
}

/** Several bring lists of results, each of its own places, until all are taken. Each answer says that its results are kept. */
async function bring(web: Web, results: readonly Signed[], expected: Expected, size: number, at: number) {
  const lists = Array.from({ length: Math.ceil(results.length / size) }, (_, i) =>
    JSON.stringify(results.slice(i * size, (i + 1) * size)),
  )
  const relay = async () => {
    for (let body = lists.pop(); body; body = lists.pop()) {
      const headers = { 'content-type': 'application/json' }
      const response = await web.request('/voting/intake/results', { method: 'POST', body, headers })
      const { results: answers } = (await response.json()) as { results: { taken: boolean; new: boolean }[] }
      assert.ok(answers.every(({ taken, new: fresh }) => taken && fresh))
    }
  }
  const begun = performance.now()
  await Promise.all(Array.from({ length: at }, relay))
  const took = performance.now() - begun
  for (const { text } of results) {
    const { votes, present } = JSON.parse(text) as TpsResult
    expected.counted += 1
    expected.valid += votes[0]! + votes[1]!
    expected.present += present
  }
  return { rate: (results.length * 1000) / took, results: results.length }
}

/** The rows that wait are added to the levels; the page before, with all of them waiting, and after. */
async function adding(
  db: Db,
  name: string,
  waiting: number,
  page: () => Promise<number>,
  written: number,
): Promise<Figure> {
  const before = await page()
  const begun = performance.now()
  while ((await fold(db)) > 0);
  const took = performance.now() - begun
  return {
    name: `${name}: waiting rows added to their levels`,
    value: (waiting * 1000) / took,
    unit: '/s',
    note: `${waiting.toLocaleString('en')} rows in ${(took / 1000).toFixed(1)} s (written in ${(written / 1000).toFixed(1)} s); the nation's page with all of them waiting ${before.toFixed(0)} ms, after ${(await page()).toFixed(0)} ms`,
  }
}

/** The nation, the sum of the provinces, and the sum over every polling place say the same as what was written. */
async function same(db: Db, expected: Expected) {
  const pick = ({ tps, counted, valid, present, elections }: Expected) => ({ tps, counted, valid, present, elections })
  assert.deepEqual(pick(await nodeOf(db, 2026, '')), expected)
  const provinces = await nodesBelow(db, 2026, '')
  const sum = (name: keyof Expected) => provinces.reduce((total, node) => total + node[name], 0)
  assert.deepEqual(
    {
      tps: sum('tps'),
      counted: sum('counted'),
      valid: sum('valid'),
      present: sum('present'),
      elections: sum('elections'),
    },
    expected,
  )
  const { rows } = await sql<{ tps: number; valid: number }>`
    select count(*)::int as tps, sum(valid)::int as valid from voting.tps_count`.execute(db)
  assert.deepEqual(rows[0], { tps: expected.tps, valid: expected.valid })
}

// node --import tsx bench/roll-up.ts 0.01: a hundredth of every size
if (import.meta.main) {
  console.table(await benchRollUp(Number(process.argv[2] ?? 1)))
  process.exit()
}
