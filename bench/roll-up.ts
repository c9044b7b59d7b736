import assert from 'node:assert/strict'
import { generateKeyPairSync, sign as signBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { hashOf, resultKind, type Signed, type TpsResult } from '@melayani/polling/format'
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
import { percentile } from './quantile.ts'

/** The nation of 2024 had so many polling places; a wave of village elections has 2,000 villages of 30. */
const nation = 823_236
const wave = { villages: 2_000, each: 30 }
/** Results brought in each way at each size, by how many at once, in lists of how many. */
const brought = { results: 3_000, each: 30, relays: 4, list: 100, alone: 32 }

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

type Expected = { tps: number; counted: number; valid: number; present: number; elections: number }
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

const aKey = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return { key: Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url').toString('hex'), secret: privateKey }
}
const chair = aKey()
const witness = aKey()

/** Polling places that are expected, and the signed result of each. What is made here is made before the clock runs. */
async function awaited(db: Db, agency: string, villages: readonly string[], places: number): Promise<Signed[]> {
  const officers = [
    { id: 'ketua', name: 'Ketua', role: 'chair', key: chair.key },
    { id: 'saksi', name: 'Saksi', role: 'witness', key: witness.key },
  ]
  const own = Array.from({ length: places / brought.each }, (_, i) => villages[(i * 997) % villages.length]!)
  const { rows } = await sql<{ election: string; tps: string; hash: string }>`
    with villages as (select v.village, uuidv7() as election from unnest(${own}::text[]) v (village)),
    ${preparing(agency)},
    places as materialized (
      select v.village, v.election, p.n as number, uuidv7() as id from villages v, generate_series(1, ${brought.each}) p (n)),
    named as materialized (select *, sha256(convert_to(id::text, 'UTF8')) as hash from places),
    ${packaging(agency)},
    counts as (
      insert into voting.tps_count (agency, election, tps, package, opens, due, uuid, candidates, officers, pool, least, voters, changed)
      select ${agency}::uuid, election, id, hash, '2026-11-22T00:00:00Z', '2026-11-22T12:00:00Z', 'u', '[{"number":1},{"number":2}]',
        ${JSON.stringify(officers)}::jsonb, 620, 30, 600, now() from named),
    delta as (insert into voting.delta (year, village, tps, voters) select 2026, village, count(*), 600 * count(*) from named group by village),
    begun as (insert into voting.delta (year, village, elections) select 2026, village, 1 from villages)
    select election, id as tps, encode(hash, 'hex') as hash from named`.execute(db)
  return rows.map(({ election, tps, hash }, i) => {
    const votes = [100 + (i % 90), 80 + (i % 70)]
    const cast = votes[0]! + votes[1]! + 3
    const counts = { present: cast, issued: cast, returned: 0, used: cast, cast, void: 0, spoiled: 0, pending: 0 }
    const result: TpsResult = {
      format: 'melayani-result/1',
      mode: 'real',
      ...{ election, tps, package: hash, version: 1, roll: 600, present: cast, votes, blank: 3 },
      counts: { ...counts, slips: cast, slipsVoid: 0, reprints: 0 },
      ...{ source: 'tally', archive: hashOf(tps), reconciled: true, differences: [] },
    }
    const text = JSON.stringify(result)
    const bytes = Buffer.from(`melayani/${resultKind}\n${text}`)
    const by = (role: 'chair' | 'witness' | 'device', { key, secret }: ReturnType<typeof aKey>) => ({
      ...{ role, signer: role, key },
      signature: signBytes(null, bytes, secret).toString('hex'),
    })
    return {
      text,
      signatures: [by('chair', chair), by('witness', witness), by('device', aKey())],
    }
  })
}

/** An election in each of these villages, in one wave. */
const preparing = (agency: string) => sql`
    wave as (
      insert into voting.wave (agency, id, name, held, profile, since)
      select ${agency}::uuid, id, 'Gelombang ' || id, '2026-11-22', 'sleman', now() from (select uuidv7() as id) w returning id),
    elections as (
      insert into voting.election (agency, id, wave, village, name, mode, kind, profile, state, group_name, outside, needed, since)
      select ${agency}::uuid, election, wave.id, village, 'Pemilihan', 'real', 'contest', '{}', 'held', 'Ed25519', 'Dinas', 2, now()
      from villages, wave),
    counting as (
      insert into voting.counting (agency, election, year, village, mode, opened)
      select ${agency}::uuid, election, 2026, village, 'real', now() from villages)`

/** Their polling places, each with a package. */
const packaging = (agency: string) => sql`
    tps as (
      insert into voting.tps (agency, election, id, number, place, address, colour, desks, booths)
      select ${agency}::uuid, election, id, number, 'Balai', 'Jalan', 'hijau', 2, 2 from named),
    packages as (
      insert into voting.package (agency, election, tps, version, id, hash, text, signatures, made, by)
      select ${agency}::uuid, election, id, 1, id, hash, '{}', '[]', now(), (select id from people.person limit 1) from named)`

/**
 * Polling places whose results are in, written as rows: so many in these villages, as evenly as it goes, each with a package, a
 * result, its count and a waiting row. How many rows wait.
 */
async function fillVillages(
  db: Db,
  { agency, villages, places }: { agency: string; villages: readonly string[]; places: number },
  expected: Expected,
): Promise<number> {
  const least = Math.floor(places / villages.length)
  const more = places - least * villages.length
  const { rows } = await sql<{ tps: number; valid: number; present: number }>`
    with villages as (
      select v.village, case when v.at <= ${more}::int then ${least + 1}::int else ${least}::int end as n, uuidv7() as election
      from unnest(${villages}::text[]) with ordinality v (village, at)),
    ${preparing(agency)},
    places as materialized (
      select v.village, v.election, p.n as number, uuidv7() as id, 100 + (p.n * 7) % 300 as first, 80 + (p.n * 11) % 100 as second
      from villages v cross join lateral generate_series(1, v.n) p (n)),
    named as materialized (select *, sha256(convert_to(id::text, 'UTF8')) as hash from places),
    ${packaging(agency)},
    results as (
      insert into voting.result (agency, election, tps, hash, sheet, version, how, text, signatures, station, roll, present, votes, blank,
        valid, source, differences, received)
      select ${agency}::uuid, election, id, hash, left(encode(hash, 'hex'), 20), 1, 'signed', '{}', '[]', encode(hash, 'hex'), 600,
        first + second, array[first, second], 0, first + second, 'tally', '[]', now() from named),
    counts as (
      insert into voting.tps_count (agency, election, tps, package, opens, due, uuid, candidates, officers, pool, least, voters, state,
        head, present, valid, blank, votes, changed)
      select ${agency}::uuid, election, id, hash, now(), now(), 'u', '[{}, {}]', '[]', 620, 30, 600, 'counted', hash, first + second,
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

// node --import tsx bench/roll-up.ts 0.01: a hundredth of every size
if (import.meta.main) {
  console.table(await benchRollUp(Number(process.argv[2] ?? 1)))
  process.exit()
}
