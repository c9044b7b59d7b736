import type { Signature, Signed } from '@melayani/polling/format'
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { Election } from '../domain/election.ts'
import type { Draft } from '../domain/package.ts'
import { openCounting } from './counting.ts'

export type PackageRow = {
  tps: string
  number: number
  version: number
  /** 64 hexadecimal digits. */
  hash: string
  made: Date
  reason: string | null
  superseded: Date | null
}

/** Every package of an election, by polling place, the last first. */
export async function packagesOf(db: Db | Tx, election: string): Promise<PackageRow[]> {
  const { rows } = await sql<PackageRow>`
    select p.tps, t.number, p.version, encode(p.hash, 'hex') as hash, p.made, p.reason, p.superseded
    from voting.package p join voting.tps t on t.agency = p.agency and t.id = p.tps
    where p.election = ${election} order by t.number, p.version desc`.execute(db)
  return rows
}

/** A package as its polling place takes it. */
export async function findPackage(
  db: Db | Tx,
  election: string,
  tps: string,
  version: number,
): Promise<Signed | undefined> {
  const row = await db
    .selectFrom('voting.package')
    .select(['text', 'signatures'])
    .where('election', '=', election)
    .where('tps', '=', tps)
    .where('version', '=', version)
    .executeTakeFirst()
  return row && { text: row.text, signatures: row.signatures as unknown as Signature[] }
}

/** What waits for the committee's signature, by number of the polling place. */
export async function draftsOf(db: Db | Tx, election: string): Promise<Draft[]> {
  const { rows } = await sql<Draft>`
    select d.tps, d.version, d.text, d.signatures, d.reason from voting.package_draft d
    join voting.tps t on t.agency = d.agency and t.id = d.tps where d.election = ${election} order by t.number`.execute(
    db,
  )
  return rows
}

type Of = Pick<Election, 'agency' | 'id'>

/** Drafts take the place of those that waited. */
export async function saveDrafts(
  tx: Tx,
  { agency, id }: Of,
  drafts: readonly Draft[],
  by: { person: string; at: Date },
): Promise<void> {
  await tx.deleteFrom('voting.package_draft').where('agency', '=', agency).where('election', '=', id).execute()
  await tx
    .insertInto('voting.package_draft')
    .values(
      drafts.map(({ signatures, ...draft }) => ({
        ...draft,
        signatures: JSON.stringify(signatures),
        agency,
        election: id,
        made: by.at,
        by: by.person,
      })),
    )
    .execute()
}

/** The packages hold from now on, and their polling places are expected in the count. */
export async function saveSealed(
  tx: Tx,
  { agency, id }: Of,
  packages: readonly (Draft & { hash: string })[],
  by: { person: string; at: Date },
): Promise<void> {
  for (const { tps, version, text, signatures, reason, hash } of packages) {
    await tx
      .updateTable('voting.package')
      .set({ superseded: by.at })
      .where('agency', '=', agency)
      .where('tps', '=', tps)
      .where('superseded', 'is', null)
      .execute()
    await tx
      .insertInto('voting.package')
      .values({
        ...{ agency, election: id, tps, version, text, reason, id: newId() },
        hash: Buffer.from(hash, 'hex'),
        signatures: JSON.stringify(signatures),
        made: by.at,
        by: by.person,
      })
      .execute()
  }
  await tx.deleteFrom('voting.package_draft').where('agency', '=', agency).where('election', '=', id).execute()
  await tx
    .updateTable('voting.election')
    .set({ state: 'sealed' })
    .where('agency', '=', agency)
    .where('id', '=', id)
    .where('state', '=', 'preparing')
    .execute()
  await openCounting(tx, by.at, id)
}
