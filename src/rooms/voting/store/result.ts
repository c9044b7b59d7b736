import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import { type Evidence, isQuestioned } from '../domain/reading.ts'
import type { Result } from '../domain/result.ts'
import { difference, sumsOf, type TpsState } from '../domain/rollup.ts'
import type { Standing, Version } from '../domain/versions.ts'
import { addDeltas } from './node.ts'

export type SignatureRow = { role: string; signer: string; key: string; signature: string }

/** A version as it is kept. */
export type KeptResult = Version & {
  reason: string | null
  signatures: readonly SignatureRow[]
  station: string | null
  roll: number
  valid: number
  source: 'tally' | 'slips'
  archive: string | null
  differences: readonly string[]
  received: Date
}

const kept = sql`encode(r.hash, 'hex') as hash, r.sheet, r.version, r.corrects, r.how, r.votes, r.blank, r.present, r.reason, r.signatures,
  r.station, r.roll, r.valid, r.source, encode(r.archive, 'hex') as archive, r.differences, r.received`

/** Every version of a polling place, in the order in which they came. */
export const versionsOf = async (db: Db | Tx, tps: string): Promise<KeptResult[]> =>
  (await versionsOfAll(db, [tps])).get(tps) ?? []

async function versionsOfAll(db: Db | Tx, places: readonly string[]): Promise<Map<string, KeptResult[]>> {
  const { rows } = await sql<KeptResult & { tps: string }>`
    select r.tps, ${kept} from voting.result r where r.tps = any(${[...places]}::uuid[]) order by r.received, r.version, r.hash`.execute(
    db,
  )
  return Map.groupBy(rows, ({ tps }) => tps)
}

export type CandidateName = { number: number; name: string; emptyBox?: true }
export type OfficerKey = { id: string; name: string; role: string; key: string; candidate?: number }

/** A polling place held while a version of its result is taken: the package it is measured by, and what is there. */
export type CountHeld = TpsState & {
  agency: string
  election: string
  tps: string
  year: number
  village: string
  mode: 'real' | 'practice'
  package: string
  opens: Date
  closes: Date
  candidates: readonly CandidateName[]
  /** Who may sign there, by the sealed package. */
  officers: readonly OfficerKey[]
  pool: number
  number: number
  versions: readonly KeptResult[]
  settled: { n: number; sheet: string; known: string[] } | undefined
  evidence: Evidence
}

/** What is known of polling places besides their numbers. Two queries, one where no file came. */
async function evidenceOf(tx: Tx, places: readonly string[]): Promise<(tps: string) => Evidence> {
  const files = await sql<Evidence['files'][number] & { tps: string }>`
    select f.tps, encode(f.sha256, 'hex') as sha256, f.kind, f.verdict from voting.record f where f.tps = any(${[...places]}::uuid[])`.execute(
    tx,
  )
  const readings = files.rows.length === 0 ? [] : await readingsOfAll(tx, places)
  return (place) => ({
    files: files.rows.flatMap(({ tps, ...file }) => (tps === place ? [file] : [])),
    readings: readings.flatMap(({ tps, ...reading }) => (tps === place ? [reading] : [])),
  })
}

/**
 * Which choices `s` among contradicting versions hold: another of the committee, knowing the same versions, had chosen the same
 * and has not chosen otherwise since.
 */
export const agreed = sql`exists (
  select from voting.settlement o where o.tps = s.tps and o.n < s.n and o.by <> s.by and o.sheet = s.sheet and o.known = s.known
    and not exists (select from voting.settlement l where l.tps = o.tps and l.by = o.by and l.n > o.n and l.n < s.n))`

/** What the committees last settled on, of those places where they did. */
async function settledOf(tx: Tx, places: readonly string[]) {
  const { rows } = await sql<{ tps: string; n: number; sheet: string; known: string[] }>`
    select distinct on (s.tps) s.tps, s.n, s.sheet, s.known from voting.settlement s where s.tps = any(${[...places]}::uuid[])
      and ${agreed} order by s.tps, s.n desc`.execute(tx)
  return new Map(rows.map(({ tps, ...settled }) => [tps, settled]))
}

/** Which of contradicting versions the committee last settled on, with its reason. */
export async function lastSettlement(db: Db | Tx, tps: string) {
  const { rows } = await sql<{ sheet: string; reason: string; at: Date }>`
    select s.sheet, s.reason, s.at from voting.settlement s where s.tps = ${tps} and ${agreed} order by s.n desc limit 1`.execute(
    db,
  )
  return rows[0]
}

/** What people read from the photographs of a polling place. */
export const readingsOf = async (db: Db | Tx, tps: string): Promise<Evidence['readings']> => readingsOfAll(db, [tps])

async function readingsOfAll(db: Db | Tx, places: readonly string[]) {
  const { rows } = await sql<Evidence['readings'][number] & { tps: string }>`
    select d.tps, encode(d.photo, 'hex') as photo, d.votes, d.blank from voting.reading d where d.tps = any(${[...places]}::uuid[])
    order by d.id`.execute(db)
  return rows
}

/** Hold a polling place by its id. Two versions that arrive at once come one after the other; other places do not wait. */
export const holdCount = async (tx: Tx, tps: string): Promise<CountHeld | undefined> =>
  (await holdCounts(tx, [tps])).get(tps)

/** Hold several polling places, in the order of their ids. At most five queries, three where no result and no file came before. */
export async function holdCounts(tx: Tx, places: readonly string[]): Promise<Map<string, CountHeld>> {
  const { rows } = await sql<Omit<CountHeld, 'versions' | 'settled' | 'evidence'>>`
    select c.agency, c.election, c.tps, k.year, k.village, k.mode, encode(c.package, 'hex') as package, c.opens, c.closes, c.candidates, c.officers, c.pool,
      t.number, c.state, c.late, c.questioned, c.typed, c.voters, c.present, c.valid, c.blank
    from voting.tps_count c join voting.counting k on k.agency = c.agency and k.election = c.election
    join voting.tps t on t.agency = c.agency and t.id = c.tps
    where c.tps = any(${[...places]}::uuid[]) order by c.tps for update of c`.execute(tx)
  if (rows.length === 0) return new Map()
  const held = rows.map(({ tps }) => tps)
  const versions = await versionsOfAll(tx, held)
  // Before the first result nothing can be there to settle.
  const settled = versions.size === 0 ? undefined : await settledOf(tx, held)
  const evidence = await evidenceOf(tx, held)
  return new Map(
    rows.map((row) => [
      row.tps,
      {
        ...row,
        versions: versions.get(row.tps) ?? [],
        settled: settled?.get(row.tps),
        evidence: evidence(row.tps),
      },
    ]),
  )
}

export type PackageKnown = {
  hash: string
  election: string
  tps: string
  superseded: boolean
  /** Who may sign there; null as long as its polling place is not expected. */
  officers: readonly OfficerKey[] | null
}

/** Election and polling place of packages by their hash, and who may sign where they are expected already. One query. */
export async function packagesByHash(db: Db | Tx, hashes: readonly string[]): Promise<Map<string, PackageKnown>> {
  const { rows } = await sql<PackageKnown>`
    select encode(p.hash, 'hex') as hash, p.election, p.tps, p.superseded is not null as superseded, c.officers
    from voting.package p left join voting.tps_count c on c.agency = p.agency and c.tps = p.tps and c.package = p.hash
    where p.hash = any(${hashes.map((hash) => Buffer.from(hash, 'hex'))}::bytea[])`.execute(db)
  return new Map(rows.map((row) => [row.hash, row]))
}

/** Which of these results are here already. One query. */
export async function resultsKnown(db: Db, hashes: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ hash: string }>`
    select encode(hash, 'hex') as hash from voting.result
    where hash = any(${hashes.map((hash) => Buffer.from(hash, 'hex'))}::bytea[])`.execute(db)
  return new Set(rows.map(({ hash }) => hash))
}

export type NewResult = {
  hash: string
  sheet: string
  how: 'signed' | 'typed' | 'audit'
  text: string
  signatures: readonly SignatureRow[]
  station: string | null
  result: Pick<
    Result,
    'version' | 'corrects' | 'roll' | 'present' | 'votes' | 'blank' | 'source' | 'archive' | 'differences'
  >
  valid: number
}

/** Keep new versions, each of its polling place. One query. */
export async function insertResults(
  tx: Tx,
  taken: readonly { count: CountHeld; made: NewResult }[],
  at: Date,
): Promise<void> {
  const rows = taken.map(({ count: { agency, election, tps }, made: { result, ...made } }) => ({
    ...result,
    ...made,
    agency,
    election,
    tps,
    corrects: result.corrects?.hash.slice(0, 20) ?? null,
    reason: result.corrects?.reason ?? null,
    archive: result.archive ?? null,
  }))
  await sql`
    insert into voting.result (agency, election, tps, hash, sheet, version, corrects, reason, how, text, signatures, station, roll, present,
      votes, blank, valid, source, archive, differences, received)
    select agency, election, tps, decode(hash, 'hex'), sheet, version, corrects, reason, how, text, signatures, station, roll, present,
      votes, blank, valid, source, decode(archive, 'hex'), differences, ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (agency uuid, election uuid, tps uuid, hash text, sheet text, version int,
      corrects text, reason text, how text, text text, signatures jsonb, station text, roll int, present int, votes int[], blank int,
      valid int, source text, archive text, differences jsonb)`.execute(tx)
}

const stateAfter = (before: CountHeld, standing: Standing<KeptResult>): TpsState & { head: KeptResult | undefined } => {
  const head = 'head' in standing ? standing.head : undefined
  return {
    state: standing.kind,
    late: before.late,
    questioned: isQuestioned(head, before.evidence),
    typed: head?.how === 'typed',
    voters: before.voters,
    present: head?.present ?? 0,
    valid: head?.valid ?? 0,
    blank: head?.blank ?? 0,
    head,
  }
}

/** Write what counts now, and tell every level the difference. `count` is the row as it was held. Two queries. */
export async function saveStandings(
  tx: Tx,
  changes: readonly { count: CountHeld; standing: Standing<KeptResult> }[],
  at: Date,
): Promise<void> {
  const after = changes.map(({ count, standing }) => ({ count, ...stateAfter(count, standing) }))
  const rows = after.map(({ count: { agency, tps }, head, ...state }) => ({
    agency,
    tps,
    ...state,
    head: head?.hash ?? null,
    votes: head?.votes ?? null,
  }))
  await sql`
    update voting.tps_count c set state = n.state, typed = n.typed, questioned = n.questioned, present = n.present, valid = n.valid,
      blank = n.blank, head = decode(n.head, 'hex'), votes = n.votes, changed = ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n (agency uuid, tps uuid, state text, typed boolean, questioned boolean,
      present int, valid int, blank int, head text, votes int[])
    where c.agency = n.agency and c.tps = n.tps`.execute(tx)
  await addDeltas(
    tx,
    after
      .filter(({ count }) => count.mode === 'real')
      .map(({ count, ...state }) => ({ ...count, sums: difference(sumsOf(state), sumsOf(count)) })),
  )
}

/** The signed text and its signatures, as they came. */
export async function signedOf(db: Db, hash: string) {
  return db
    .selectFrom('voting.result')
    .select(['tps', 'text', 'signatures', 'how'])
    .where('hash', '=', Buffer.from(hash, 'hex'))
    .executeTakeFirst()
}
