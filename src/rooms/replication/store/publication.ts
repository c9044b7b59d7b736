import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import { packageOf } from '#services'
import type { Known } from '../domain/shown.ts'
import { findAgency, holdKnown } from './innovation.ts'

/** What an agency runs, newest first: each may be published. One query. */
export const listServices = (db: Db | Tx, agency: string) =>
  db
    .selectFrom('services.service as s')
    .innerJoin('services.release as r', 'r.hash', 's.release')
    .leftJoin('people.unit as u', (join) => join.onRef('u.agency', '=', 's.agency').onRef('u.id', '=', 's.unit'))
    .select(['s.id', 's.agency', 's.unit', 's.package', 's.release', 'r.version', 'u.name as unitName'])
    .select(sql<Record<string, string>>`r.content -> 'manifest' -> 'names'`.as('names'))
    .where('s.agency', '=', agency)
    .where('s.retired', 'is', null)
    .orderBy('s.installed', 'desc')
    .execute()

export const listUnits = (db: Db | Tx, agency: string) =>
  db.selectFrom('people.unit').select(['id', 'name']).where('agency', '=', agency).orderBy('name').execute()

export type Publisher = Known & {
  owner: { id: string; name: string; region: string | null }
  services: Awaited<ReturnType<typeof listServices>>
  units: string[]
  publishedFor: (pkg: string) => Promise<string | null>
  manifestOf: (release: Buffer) => Promise<{ origin: { agency: string; region?: string | undefined } }>
}

/** An innovation with what its agency could publish for it, held. Without an agency there is nobody to publish. */
export async function holdPublisher(tx: Tx, code: string): Promise<Publisher | undefined> {
  await sql`select pg_advisory_xact_lock(7022, 0)`.execute(tx)
  const known = await holdKnown(tx, code)
  const owner = known?.agency ? await findAgency(tx, known.agency) : undefined
  if (!known || !owner) return undefined
  return {
    ...known,
    owner,
    services: await listServices(tx, owner.id),
    units: (await listUnits(tx, owner.id)).map(({ id }) => id),
    publishedFor: async (pkg) =>
      (
        await tx
          .selectFrom('replication.publication')
          .select('innovation')
          .where('package', '=', pkg)
          .executeTakeFirst()
      )?.innovation ?? null,
    manifestOf: async (release) => (await packageOf(tx, release)).manifest,
  }
}

type Row = { agency: string; innovation: string; package: string; release: Buffer; unit: string | null }

export async function savePublication(tx: Tx, row: Row, by: { person: string | null; at: Date }): Promise<void> {
  await tx
    .insertInto('replication.publication')
    .values({ ...row, id: newId(), since: by.at, changed: by.at, by: by.person })
    .onConflict((c) =>
      c.column('innovation').doUpdateSet({ release: row.release, unit: row.unit, changed: by.at, by: by.person }),
    )
    .execute()
}
