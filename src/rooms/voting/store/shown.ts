import { sql } from 'kysely'
import type { Actor } from '#platform/action.ts'
import type { Db, Tx } from '#platform/db.ts'
import type { ShownTps } from '../domain/village.ts'
import { findElection } from './election.ts'
import { agreed, type CandidateName, type OfficerKey } from './result.ts'

/** The polling places of an election with what counts of each, by their number. One query. */
export async function placesOf(
  db: Db | Tx,
  election: string,
): Promise<(ShownTps & { candidates: readonly CandidateName[] | null })[]> {
  const { rows } = await sql<ShownTps & { candidates: readonly CandidateName[] | null }>`
    select t.id, t.number, t.place, t.hamlet, t.mobile, coalesce(c.state, 'missing') as state, coalesce(c.late, false) as late,
      coalesce(c.questioned, false) as questioned, coalesce(c.typed, false) as typed, coalesce(c.voters, 0) as voters,
      coalesce(c.present, 0) as present, coalesce(c.valid, 0) as valid, coalesce(c.blank, 0) as blank, c.votes,
      coalesce(c.least, 0) as least, c.candidates,
      coalesce(r.versions, 0) as versions, r.fewest
    from voting.tps t left join (
      select tps, count(*)::int as versions, min(present) as fewest from voting.result where election = ${election} group by tps) r
      on r.tps = t.id
    left join voting.tps_count c on c.agency = t.agency and c.tps = t.id
    where t.election = ${election} order by t.number`.execute(db)
  return rows
}

export type ExpectedPlace = {
  agency: string
  election: string
  tps: string
  package: string
  opens: Date
  due: Date
  candidates: readonly CandidateName[]
  officers: readonly OfficerKey[]
  head: string | null
}

/** A polling place that is expected, as this reader sees its election. Two queries. */
export async function findExpected(db: Db, actor: Actor, tps: string) {
  const { rows } = await sql<ExpectedPlace>`
    select c.agency, c.election, c.tps, encode(c.package, 'hex') as package, c.opens, c.due, c.candidates, c.officers,
      encode(c.head, 'hex') as head
    from voting.tps_count c where c.tps = ${tps}`.execute(db)
  const expected = rows[0]
  const election = expected && (await findElection(db, actor, expected.election))
  return expected && election ? { expected, election } : undefined
}

/** Real elections that are counted in a village in a year. */
export async function electionsIn(db: Db, year: number, village: string) {
  return db
    .selectFrom('voting.counting as k')
    .innerJoin('voting.election as e', 'e.id', 'k.election')
    .innerJoin('voting.wave as w', 'w.id', 'e.wave')
    .select(['e.id', 'w.name as wave', 'w.held'])
    .where('k.year', '=', year)
    .where('k.village', '=', village)
    .where('k.mode', '=', 'real')
    .orderBy('w.held')
    .orderBy('e.id')
    .execute()
}

export type FoundSheet = {
  tps: string
  election: string
  number: number
  kind: 'result' | 'package' | 'archive' | 'file'
  hash: string
  version: number | null
  how: 'signed' | 'typed' | 'audit' | null
  /** It is the version that counts now. */
  counts: boolean
}

/** What is known by the first digits of a hash: a version of a result, a package, an archive or another file. Real elections only. */
export async function findByHash(db: Db, digits: string): Promise<FoundSheet[]> {
  const start = Buffer.from(digits.slice(0, digits.length - (digits.length % 2)), 'hex')
  const end = Buffer.concat([start, Buffer.alloc(32 - start.length, 0xff)])
  const like = `${digits}%`
  const { rows } = await sql<FoundSheet>`
    select f.tps, f.election, t.number, f.kind, f.hash, f.version, f.how, f.counts from (
      select r.tps, r.election, 'result' as kind, encode(r.hash, 'hex') as hash, r.version, r.how, c.head is not distinct from r.hash as counts
      from voting.result r join voting.tps_count c on c.tps = r.tps
      where r.how = 'signed' and r.sheet = ${digits.slice(0, 20)} and encode(r.hash, 'hex') like ${like}
        or r.how <> 'signed' and r.sheet = ${digits.slice(0, 20)}
      union all
      select p.tps, p.election, 'package', encode(p.hash, 'hex'), p.version, null, p.superseded is null from voting.package p
      where p.hash between ${start} and ${end} and encode(p.hash, 'hex') like ${like}
      union all
      select f.tps, f.election, case when f.kind = 'archive' then 'archive' else 'file' end, encode(f.sha256, 'hex'), null, null, true
      from voting.record f where f.sha256 between ${start} and ${end} and encode(f.sha256, 'hex') like ${like}) f
    join voting.tps t on t.id = f.tps join voting.election e on e.id = f.election and e.mode = 'real'
    order by f.kind desc, f.version limit 5`.execute(db)
  return rows
}

/** What the committee entered for the ladder. */
export async function tieFactsOf(db: Db | Tx, election: string) {
  const rows = await db
    .selectFrom('voting.tie_fact')
    .select(['fact', 'candidate', 'value'])
    .where('election', '=', election)
    .execute()
  const facts: Record<string, Record<number, number>> = {}
  for (const { fact, candidate, value } of rows) {
    facts[fact] ??= {}
    facts[fact][candidate] = value
  }
  return facts as Partial<Record<'education-level' | 'formal-education-path', Record<number, number>>>
}

type VersionLine = {
  tps: string
  hash: string
  sheet: string
  version: number
  corrects: string | null
  reason: string | null
  how: string
  received: Date
}
type FileLine = { tps: string; sha256: string; kind: string; verdict: string | null }
type SettledLine = { tps: string; sheet: string; known: string[]; reason: string; at: Date }

/** Every version, file and settlement of an election, by polling place: hashes and words, no numbers. Three queries. */
export async function linesOf(db: Db, election: string) {
  const versions = await sql<VersionLine>`
    select r.tps, encode(r.hash, 'hex') as hash, r.sheet, r.version, r.corrects, r.reason, r.how, r.received from voting.result r
    where r.election = ${election} order by r.received, r.version, r.hash`.execute(db)
  const files = await sql<FileLine>`
    select f.tps, encode(f.sha256, 'hex') as sha256, f.kind, f.verdict from voting.record f where f.election = ${election}
    order by f.received, f.sha256`.execute(db)
  const settled = await sql<SettledLine>`
    select s.tps, s.sheet, s.known, s.reason, s.at from voting.settlement s join voting.tps_count c on c.tps = s.tps
    where c.election = ${election} and ${agreed} order by s.tps, s.n`.execute(db)
  const by = <T extends { tps: string }>(rows: T[]) => {
    const groups = Map.groupBy(rows, ({ tps }) => tps)
    return (tps: string) => (groups.get(tps) ?? []).map(({ tps: _, ...line }) => line)
  }
  return { versions: by(versions.rows), files: by(files.rows), settled: by(settled.rows) }
}
