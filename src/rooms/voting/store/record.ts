import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import type { RecordVerdict, Report, Setup } from '../domain/archive.ts'

export type FileKind = 'archive' | 'record' | 'plano'
export type KeptFile = {
  tps: string
  sha256: string
  kind: FileKind
  size: number
  received: Date
  checked: Date | null
  verdict: RecordVerdict | null
  report: Report | null
}

/** A result that names this file as its archive. */
export const archiveNamed = (db: Db | Tx, sha256: string) =>
  db
    .selectFrom('voting.result')
    .select(['agency', 'election', 'tps'])
    .where('archive', '=', Buffer.from(sha256, 'hex'))
    .executeTakeFirst()

/** The polling place whose station signed a result with this key. */
export const placeOfStation = (db: Db | Tx, station: string) =>
  db.selectFrom('voting.result').select(['agency', 'election', 'tps']).where('station', '=', station).executeTakeFirst()

const file = sql`f.tps, encode(f.sha256, 'hex') as sha256, f.kind, f.size::int as size, f.received, f.checked, f.verdict, f.report`

/** The files of a polling place, the first that came first. */
export async function filesOf(db: Db | Tx, tps: string): Promise<KeptFile[]> {
  const { rows } = await sql<KeptFile>`
    select ${file} from voting.record f where f.tps = ${tps} order by f.received, f.sha256`.execute(db)
  return rows
}

export async function findKept(db: Db | Tx, sha256: string): Promise<KeptFile | undefined> {
  const { rows } = await sql<KeptFile>`
    select ${file} from voting.record f where f.sha256 = ${Buffer.from(sha256, 'hex')}`.execute(db)
  return rows[0]
}

/** Note that a file is there. Noted twice it is there once. Whether it is new. */
export async function insertKept(
  tx: Tx,
  { agency, election, tps }: { agency: string; election: string; tps: string },
  kept: { sha256: string; kind: FileKind; size: number },
  at: Date,
): Promise<boolean> {
  const row = await tx
    .insertInto('voting.record')
    .values({
      agency,
      election,
      tps,
      sha256: Buffer.from(kept.sha256, 'hex'),
      kind: kept.kind,
      size: String(kept.size),
      received: at,
    })
    .onConflict((c) => c.doNothing())
    .returning('sha256')
    .executeTakeFirst()
  return row !== undefined
}

export async function saveVerdict(
  tx: Tx,
  sha256: string,
  { verdict, report }: { verdict: RecordVerdict; report: Report },
  at: Date,
): Promise<void> {
  await tx
    .updateTable('voting.record')
    .set({ verdict, report: JSON.stringify(report), checked: at })
    .where('sha256', '=', Buffer.from(sha256, 'hex'))
    .execute()
}

/** The keys by which a sealed package is known: of the regency and of the committee. */
export async function keysOf(db: Db, hash: string) {
  const { rows } = await sql<{ centre: string; committee: string }>`
    select p.text::jsonb -> 'centre' ->> 'key' as centre, p.text::jsonb -> 'committee' ->> 'key' as committee
    from voting.package p where p.hash = ${Buffer.from(hash, 'hex')}`.execute(db)
  return rows[0]
}

/** With what the archive of a sealed package must begin: the hashes of the texts that are in it. */
export async function sealedSetup(tx: Tx, hash: string): Promise<Setup> {
  const { rows } = await sql<Setup>`
    select encode(sha256(convert_to(b ->> 'election', 'UTF8')), 'hex') as election,
      encode(sha256(convert_to(b ->> 'trustees', 'UTF8')), 'hex') as trustees,
      encode(sha256(convert_to(b ->> 'credentials', 'UTF8')), 'hex') as credentials
    from voting.package p, lateral (select p.text::jsonb -> 'ballot') x (b) where p.hash = ${Buffer.from(hash, 'hex')}`.execute(
    tx,
  )
  return rows[0]!
}
