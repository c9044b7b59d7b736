import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import { type Evidence, isQuestioned } from '../domain/reading.ts'
import type { Result } from '../domain/result.ts'
import { difference, sumsOf, type TpsState } from '../domain/rollup.ts'
import type { Standing, Version } from '../domain/versions.ts'
import { addDelta } from './node.ts'

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
export async function versionsOf(db: Db | Tx, tps: string): Promise<KeptResult[]> {
  const { rows } = await sql<KeptResult>`
    select ${kept} from voting.result r where r.tps = ${tps} order by r.received, r.version, r.hash`.execute(db)
  return rows
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
  /** Of the encrypted election. */
  uuid: string
  candidates: readonly CandidateName[]
  /** Who may sign there, by the sealed package. */
  officers: readonly OfficerKey[]
  pool: number
  number: number
  versions: readonly KeptResult[]
  settled: { n: number; sheet: string; known: string[] } | undefined
  evidence: Evidence
}

/** What is known of a polling place besides its numbers. Two queries. */
export async function evidenceOf(db: Db | Tx, tps: string): Promise<Evidence> {
  const files = await sql<Evidence['files'][number]>`
    select encode(f.sha256, 'hex') as sha256, f.kind, f.verdict from voting.record f where f.tps = ${tps}`.execute(db)
  return { files: files.rows, readings: await readingsOf(db, tps) }
}

const settledOf = async (db: Db | Tx, tps: string) =>
  db
    .selectFrom('voting.settlement')
    .select(['n', 'sheet', 'known'])
    .where('tps', '=', tps)
    .orderBy('n', 'desc')
    .executeTakeFirst()

/** Which of contradicting versions the committee last settled on, with its reason. */
export const lastSettlement = (db: Db | Tx, tps: string) =>
  db
    .selectFrom('voting.settlement')
    .select(['sheet', 'reason', 'at'])
    .where('tps', '=', tps)
    .orderBy('n', 'desc')
    .executeTakeFirst()

/** What people read from the photographs of a polling place. */
export async function readingsOf(db: Db | Tx, tps: string): Promise<Evidence['readings']> {
  const { rows } = await sql<Evidence['readings'][number]>`
    select encode(d.photo, 'hex') as photo, d.votes, d.blank from voting.reading d where d.tps = ${tps} order by d.id`.execute(
    db,
  )
  return rows
}

/** Hold a polling place by its id. Two versions that arrive at once come one after the other; other places do not wait. */
export async function holdCount(tx: Tx, tps: string): Promise<CountHeld | undefined> {
  const { rows } = await sql<Omit<CountHeld, 'versions' | 'settled' | 'evidence'>>`
    select c.agency, c.election, c.tps, k.year, k.village, k.mode, encode(c.package, 'hex') as package, c.opens, c.uuid, c.candidates, c.officers, c.pool,
      t.number, c.state, c.late, c.questioned, c.typed, c.voters, c.present, c.valid, c.blank
    from voting.tps_count c join voting.counting k on k.agency = c.agency and k.election = c.election
    join voting.tps t on t.agency = c.agency and t.id = c.tps
    where c.tps = ${tps} for update of c`.execute(tx)
  const row = rows[0]
  if (!row) return undefined
  const versions = await versionsOf(tx, tps)
  // Before the first result nothing can be there to settle.
  if (versions.length === 0) return { ...row, versions, settled: undefined, evidence: await evidenceOf(tx, tps) }
  return { ...row, versions, settled: await settledOf(tx, tps), evidence: await evidenceOf(tx, tps) }
}

/** Election and polling place of packages by their hash, and whether they are expected already. One query. */
export async function packagesByHash(db: Db | Tx, hashes: readonly string[]) {
  const { rows } = await sql<{ hash: string; election: string; tps: string; superseded: boolean; counted: boolean }>`
    select encode(p.hash, 'hex') as hash, p.election, p.tps, p.superseded is not null as superseded,
      exists (select from voting.tps_count c where c.agency = p.agency and c.tps = p.tps and c.package = p.hash) as counted
    from voting.package p where p.hash = any(${hashes.map((hash) => Buffer.from(hash, 'hex'))}::bytea[])`.execute(db)
  return new Map(rows.map((row) => [row.hash, row]))
}

/** Who may sign at a polling place that is expected. */
export async function officersOf(db: Db, tps: string): Promise<readonly OfficerKey[] | undefined> {
  const { rows } = await sql<{ officers: readonly OfficerKey[] }>`
    select c.officers from voting.tps_count c where c.tps = ${tps}`.execute(db)
  return rows[0]?.officers
}

export type NewResult = {
  hash: string
  sheet: string
  how: 'signed' | 'typed'
  text: string
  signatures: readonly SignatureRow[]
  station: string | null
  result: Pick<
    Result,
    'version' | 'corrects' | 'roll' | 'present' | 'votes' | 'blank' | 'source' | 'archive' | 'differences'
  >
  valid: number
}

export async function insertResult(
  tx: Tx,
  { agency, election, tps }: CountHeld,
  made: NewResult,
  at: Date,
): Promise<void> {
  const { result } = made
  await tx
    .insertInto('voting.result')
    .values({
      agency,
      election,
      tps,
      hash: Buffer.from(made.hash, 'hex'),
      sheet: made.sheet,
      version: result.version,
      corrects: result.corrects?.hash.slice(0, 20) ?? null,
      reason: result.corrects?.reason ?? null,
      how: made.how,
      text: made.text,
      signatures: JSON.stringify(made.signatures),
      station: made.station,
      roll: result.roll,
      present: result.present,
      votes: [...result.votes],
      blank: result.blank,
      valid: made.valid,
      source: result.source,
      archive: result.archive ? Buffer.from(result.archive, 'hex') : null,
      differences: JSON.stringify(result.differences),
      received: at,
    })
    .execute()
}

/** Write what counts now, and tell every level the difference. `before` is the row as it was held. */
export async function saveStanding(tx: Tx, before: CountHeld, standing: Standing<KeptResult>, at: Date): Promise<void> {
  const head = standing.kind === 'counted' || standing.kind === 'corrected' ? standing.head : undefined
  const after: TpsState = {
    state: standing.kind,
    late: before.late,
    questioned: isQuestioned(head, before.evidence),
    typed: head?.how === 'typed',
    voters: before.voters,
    present: head?.present ?? 0,
    valid: head?.valid ?? 0,
    blank: head?.blank ?? 0,
  }
  await tx
    .updateTable('voting.tps_count')
    .set({
      state: after.state,
      typed: after.typed,
      questioned: after.questioned,
      present: after.present,
      valid: after.valid,
      blank: after.blank,
      head: head ? Buffer.from(head.hash, 'hex') : null,
      votes: head ? [...head.votes] : null,
      changed: at,
    })
    .where('agency', '=', before.agency)
    .where('tps', '=', before.tps)
    .execute()
  if (before.mode === 'real') await addDelta(tx, before, difference(sumsOf(after), sumsOf(before)))
}

/** The signed text and its signatures, as they came. */
export async function signedOf(db: Db, hash: string) {
  return db
    .selectFrom('voting.result')
    .select(['tps', 'text', 'signatures', 'how'])
    .where('hash', '=', Buffer.from(hash, 'hex'))
    .executeTakeFirst()
}
