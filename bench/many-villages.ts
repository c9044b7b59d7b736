import { generateKeyPairSync, sign as signBytes } from 'node:crypto'
import { hashOf, resultKind, type Signed, type TpsResult } from '@melayani/polling/format'
import { sql } from 'kysely'
import type { Db } from '#platform/db.ts'

/** Results brought in each way at each size, by how many at once, in lists of how many. */
export const brought = { results: 3_000, each: 30, relays: 4, list: 100, alone: 32 }

export type Expected = { tps: number; counted: number; valid: number; present: number; elections: number }

const aKey = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return { key: Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url').toString('hex'), secret: privateKey }
}
const chair = aKey()
const officer = aKey()
const witness = aKey()

/** Polling places that are expected, and the signed result of each. What is made here is made before the clock runs. */
export async function awaited(db: Db, agency: string, villages: readonly string[], places: number): Promise<Signed[]> {
  const officers = [
    { id: 'ketua', name: 'Ketua', role: 'chair', key: chair.key },
    { id: 'anggota', name: 'Anggota', role: 'officer', key: officer.key },
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
      insert into voting.tps_count (agency, election, tps, package, opens, closes, due, candidates, officers, pool, least, voters, changed)
      select ${agency}::uuid, election, id, hash, '2026-11-22T00:00:00Z', '2026-11-22T00:00:00Z', '2026-11-22T12:00:00Z', '[{"number":1},{"number":2}]',
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
    const by = (role: 'chair' | 'officer' | 'witness' | 'device', { key, secret }: ReturnType<typeof aKey>) => ({
      ...{ role, signer: role, key },
      signature: signBytes(null, bytes, secret).toString('hex'),
    })
    return {
      text,
      signatures: [by('chair', chair), by('officer', officer), by('witness', witness), by('device', aKey())],
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
export async function fillVillages(
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
      insert into voting.tps_count (agency, election, tps, package, opens, closes, due, candidates, officers, pool, least, voters, state,
        head, present, valid, blank, votes, changed)
      select ${agency}::uuid, election, id, hash, now(), now(), now(), '[{}, {}]', '[]', 620, 30, 600, 'counted', hash, first + second,
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
