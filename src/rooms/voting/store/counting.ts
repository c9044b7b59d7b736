import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'

/** Hours after the polls' last possible minute from which a missing result is called late. A setting, not law. */
const lateAfterHours = 6

/**
 * Expect the polling places whose packages are sealed: those of one election, or of all. What is expected already stays; a
 * package that was made anew is taken over as long as no result came. Done twice it is done once.
 */
export async function openCounting(tx: Tx, at: Date, election?: string): Promise<void> {
  // One after the other: what the second finds expected, it does not expect again.
  await sql`select pg_advisory_xact_lock(hashtextextended('voting counting', 0))`.execute(tx)
  const which = election ? sql`e.id = ${election}` : sql`true`
  await sql`
    with sealed as (
      select p.agency, p.election, p.tps, p.hash, e.mode, e.village, extract(year from w.held)::int as year, p.text::jsonb as said
      from voting.package p join voting.election e on e.agency = p.agency and e.id = p.election
      join voting.wave w on w.agency = e.agency and w.id = e.wave
      where p.superseded is null and ${which}
        and not exists (select 1 from voting.tps_count c where c.tps = p.tps and (c.package = p.hash or c.state <> 'missing'))),
    opened as (
      insert into voting.counting (agency, election, year, village, mode, opened)
      select distinct agency, election, year, village, mode, ${at}::timestamptz from sealed
      on conflict do nothing returning year, village, mode),
    times as (
      select s.*, said -> 'rules' as rules, said -> 'rules' ->> 'zone' as zone, said -> 'election' ->> 'date' as day,
        (select coalesce(sum(m::int), 0)::int from jsonb_array_elements_text(said -> 'rules' -> 'extensions') m) as more
      from sealed s),
    before as (select c.tps, c.voters from voting.tps_count c join sealed s on s.tps = c.tps),
    expected as (
      insert into voting.tps_count (agency, election, tps, package, opens, closes, due, candidates, officers, pool, least, voters, changed)
      select agency, election, tps, hash, (day || ' ' || (rules ->> 'opens'))::timestamp at time zone zone,
        (day || ' ' || (rules ->> 'closes'))::timestamp at time zone zone,
        (day || ' ' || (rules ->> 'closes'))::timestamp at time zone zone + make_interval(hours => ${lateAfterHours}, mins => more),
        (select jsonb_agg(c - 'photo' - 'proof' order by (c ->> 'number')::int) from jsonb_array_elements(said -> 'candidates') c),
        said -> 'officers', (said -> 'pool' ->> 'size')::int, (rules ->> 'smallGroup')::int, (said -> 'roll' ->> 'count')::int,
        ${at}::timestamptz
      from times
      on conflict (agency, tps) do update set package = excluded.package, opens = excluded.opens, closes = excluded.closes, due = excluded.due,
        candidates = excluded.candidates, officers = excluded.officers, pool = excluded.pool, least = excluded.least,
        voters = excluded.voters, changed = excluded.changed
      returning tps, voters)
    insert into voting.delta (year, village, elections, tps, voters)
    select year, village, sum(elections), sum(tps), sum(voters) from (
      select year, village, 1 as elections, 0 as tps, 0 as voters from opened where mode = 'real'
      union all
      select s.year, s.village, 0, case when b.tps is null then 1 else 0 end, x.voters - coalesce(b.voters, 0)
      from expected x join sealed s on s.tps = x.tps left join before b on b.tps = x.tps where s.mode = 'real') added
    group by year, village`.execute(tx)
}

/** Call late what is missing after its time, and say so at every level. How many places became late. */
export async function callLate(db: Db | Tx, now: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with due as (
      select c.agency, c.tps from voting.tps_count c where c.state = 'missing' and not c.late and c.due < ${now}
      order by c.tps limit 5000 for update skip locked),
    called as (
      update voting.tps_count c set late = true, changed = ${now} from due where c.agency = due.agency and c.tps = due.tps
      returning c.election),
    added as (
      insert into voting.delta (year, village, late)
      select k.year, k.village, count(*) from called join voting.counting k on k.election = called.election
      where k.mode = 'real' group by k.year, k.village)
    select count(*)::int as n from called`.execute(db)
  return rows[0]!.n
}
