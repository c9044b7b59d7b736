import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Signed } from '@melayani/polling/format'
import { sql } from 'kysely'
import { settableClock } from '#platform/clock.ts'
import { connect, type Db } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { migrateJobs } from '#platform/jobs.ts'
import { app } from '../src/app.ts'
import { callLate, openCounting } from '../src/rooms/voting/store/counting.ts'
import { fold, nodeOf, nodesBelow } from '../src/rooms/voting/store/node.ts'
import { aSealedElection } from '../test/voting-results.ts'
import { builders } from '../test/world.ts'
import { withScratchDatabase } from '../tools/scratch.ts'
import type { Figure } from './index.ts'
import { percentile } from './quantile.ts'

/** The nation of 2024 had so many polling places; a wave of village elections has 2,000 villages of 30. */
const nation = 823_236
const wave = { villages: 2_000, each: 30 }
const brought = { elections: 12, each: 30, list: 20, relays: 2 }

/**
 * The roll-up at four sizes in one run: 60,000 polling places of which results are in, twice and four times as many, and every
 * village of the country with 823,236. At each size signed results are brought in lists by several relays while somebody reads
 * the nation's page without pause. Every sum is compared with what was written.
 */
export async function benchRollUp(): Promise<Figure[]> {
  const figures: Figure[] = []
  await withScratchDatabase(async (address) => {
    await migrateJobs(address)
    const db = connect(address)
    try {
      await measure(db, figures)
    } finally {
      await db.destroy()
    }
  })
  return figures
}

type Expected = { tps: number; counted: number; valid: number; present: number; elections: number }

async function measure(db: Db, figures: Figure[]) {
  const clock = settableClock(new Date('2026-11-22T08:00:00Z'))
  const files = { folder: mkdtempSync(path.join(tmpdir(), 'melayani-bench-')) }
  const web = app({ db, clock, files, demo: false })
  const build = builders(db)
  const agency = await build.anAgency()
  const by = await build.aPerson('local-admin', { agency })
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
  let first: { rate: number; page: number } | undefined
  for (const times of [1, 2, 4, nation] as const) {
    const wanted = times === nation ? nation : times * wave.villages * wave.each
    const places = wanted - expected.tps
    const count = times === nation ? villages.length - from : Math.ceil(places / wave.each)
    const part = villages.slice(from, from + count)
    from += count
    const waiting = await fillVillages(db, { agency, villages: part, places }, expected)
    const name = `${wanted.toLocaleString('en')} polling places`
    figures.push(...(await adding(db, name, waiting, page)))
    await same(db, expected)

    // Those that bring results now: signed before the clock runs.
    const results: Signed[][] = []
    for (let i = 0; i < brought.elections; i++) {
      const election = await aSealedElection(db, by, {
        agency,
        village: villages[(i * 997) % villages.length]!,
        places: Array.from({ length: brought.each }, () => ({ voters: 500 })),
      })
      await db.transaction().execute((tx) => openCounting(tx, clock.now(), election.election))
      results.push(election.places.map((place, n) => place.result([120 + n, 90], { blank: 3 })))
    }
    expected.tps += brought.elections * brought.each
    expected.elections += brought.elections
    const pages: number[] = []
    let reading = true
    const reader = (async () => {
      while (reading) pages.push(await page())
    })()
    const begun = performance.now()
    await bring(web, results.flat(), expected)
    const took = performance.now() - begun
    const right = await page()
    await same(db, expected)
    reading = false
    await reader
    const rate = (brought.elections * brought.each * 1000) / took
    const p99 = percentile(pages, 0.99)
    first ??= { rate, page: p99 }
    figures.push(
      {
        name: `${name}: signed results taken`,
        value: rate,
        unit: '/s',
        note: `${(rate / first.rate).toFixed(2)} × the first size; ${brought.relays} relays, lists of ${brought.list}`,
      },
      {
        name: `${name}: nation right after the last`,
        value: right,
        unit: 'ms',
        note: 'one page; it adds what waits, so it is right when the answer is given',
      },
      {
        name: `${name}: page of the nation meanwhile, p99`,
        value: p99,
        unit: 'ms',
        note: `${(p99 / first.page).toFixed(2)} × the first size; ${pages.length} pages`,
      },
    )
  }
  const begun = performance.now()
  await db.transaction().execute((tx) => openCounting(tx, clock.now()))
  await callLate(db, clock.now())
  figures.push({
    name: 'what runs every minute, at the last size',
    value: performance.now() - begun,
    unit: 'ms',
    note: 'expects new packages, calls late what is missing',
  })
}

/** Several relays bring lists of results, each of its own places, until all are taken. */
async function bring(web: ReturnType<typeof app>, results: readonly Signed[], expected: Expected) {
  const lists = Array.from({ length: Math.ceil(results.length / brought.list) }, (_, i) =>
    results.slice(i * brought.list, (i + 1) * brought.list),
  )
  const relay = async () => {
    for (let list = lists.pop(); list; list = lists.pop()) {
      const response = await web.request('/voting/intake/results', {
        method: 'POST',
        body: JSON.stringify(list),
        headers: { 'content-type': 'application/json' },
      })
      const { results: answers } = (await response.json()) as { results: { taken: boolean }[] }
      assert.ok(answers.every(({ taken }) => taken))
      for (const { text } of list) {
        const { votes, present } = JSON.parse(text) as { votes: number[]; present: number }
        expected.counted += 1
        expected.valid += votes[0]! + votes[1]!
        expected.present += present
      }
    }
  }
  await Promise.all(Array.from({ length: brought.relays }, relay))
}

/** The rows that wait are added to the levels; the page before, with all of them waiting, and after. */
async function adding(db: Db, name: string, waiting: number, page: () => Promise<number>): Promise<Figure[]> {
  const before = await page()
  const begun = performance.now()
  while ((await fold(db)) > 0);
  const took = performance.now() - begun
  return [
    {
      name: `${name}: waiting rows added to their levels`,
      value: (waiting * 1000) / took,
      unit: '/s',
      note: `${waiting.toLocaleString('en')} rows in ${(took / 1000).toFixed(1)} s; the nation's page with all of them waiting ${before.toFixed(0)} ms, after ${(await page()).toFixed(0)} ms`,
    },
  ]
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

/**
 * Polling places whose results are in, written as rows: so many in these villages, as evenly as it goes, each with a package, a
 * result, its count and a waiting row. How many rows wait.
 */
async function fillVillages(
  db: Db,
  { agency, villages, places }: { agency: string; villages: readonly string[]; places: number },
  expected: Expected,
): Promise<number> {
  const id = newId()
  const least = Math.floor(places / villages.length)
  const more = places - least * villages.length
  await sql`insert into voting.wave (agency, id, name, held, profile, since)
    values (${agency}, ${id}, ${`Gelombang ${id}`}, '2026-11-22', 'sleman', now())`.execute(db)
  const { rows } = await sql<{ tps: number; valid: number; present: number }>`
    with villages as (
      select v.village, case when v.at <= ${more}::int then ${least + 1}::int else ${least}::int end as n, uuidv7() as election
      from unnest(${villages}::text[]) with ordinality v (village, at)),
    elections as (
      insert into voting.election (agency, id, wave, village, name, mode, kind, profile, state, group_name, outside, needed, since)
      select ${agency}, election, ${id}, village, 'Pemilihan', 'real', 'contest', '{}', 'held', 'Ed25519', 'Dinas', 2, now() from villages),
    counting as (
      insert into voting.counting (agency, election, year, village, mode, opened)
      select ${agency}, election, 2026, village, 'real', now() from villages),
    places as materialized (
      select v.village, v.election, p.n as number, uuidv7() as id, 100 + (p.n * 7) % 300 as first, 80 + (p.n * 11) % 100 as second
      from villages v cross join lateral generate_series(1, v.n) p (n)),
    named as materialized (select *, sha256(convert_to(id::text, 'UTF8')) as hash from places),
    tps as (
      insert into voting.tps (agency, election, id, number, place, address, colour, desks, booths)
      select ${agency}, election, id, number, 'Balai', 'Jalan', 'hijau', 2, 2 from named),
    packages as (
      insert into voting.package (agency, election, tps, version, id, hash, text, signatures, made, by)
      select ${agency}, election, id, 1, id, hash, '{}', '[]', now(), (select id from people.person limit 1) from named),
    results as (
      insert into voting.result (agency, election, tps, hash, sheet, version, how, text, signatures, station, roll, present, votes, blank,
        valid, source, differences, received)
      select ${agency}, election, id, hash, left(encode(hash, 'hex'), 20), 1, 'signed', '{}', '[]', encode(hash, 'hex'), 600,
        first + second, array[first, second], 0, first + second, 'tally', '[]', now() from named),
    counts as (
      insert into voting.tps_count (agency, election, tps, package, opens, due, uuid, candidates, officers, pool, least, voters, state,
        head, present, valid, blank, votes, changed)
      select ${agency}, election, id, hash, now(), now(), 'u', '[{}, {}]', '[]', 620, 30, 600, 'counted', hash, first + second,
        first + second, 0, array[first, second], now() from named),
    waiting as (
      insert into voting.delta (year, village, tps, voters, counted, counted_voters, present, valid)
      select 2026, village, 1, 600, 1, 600, first + second, first + second from named),
    begun as (insert into voting.delta (year, village, elections) select 2026, village, 1 from villages)
    select count(*)::int as tps, sum(first + second)::int as valid, sum(first + second)::int as present from named`.execute(
    db,
  )
  await sql`analyze voting.tps_count, voting.package, voting.result, voting.tps, voting.counting, voting.node`.execute(
    db,
  )
  const { tps, valid, present } = rows[0]!
  expected.tps += tps
  expected.counted += tps
  expected.valid += valid
  expected.present += present
  expected.elections += villages.length
  return tps + villages.length
}

if (import.meta.main) console.table(await benchRollUp())
