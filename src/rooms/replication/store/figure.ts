import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import type { Figures } from '#services'
import type { Latest, Target } from '../domain/effect.ts'

/** What each of these services published last. One query. */
export async function latestFigures(db: Db, services: readonly string[]): Promise<Map<string, Latest>> {
  if (services.length === 0) return new Map()
  const { rows } = await sql<{ service: string; hash: Buffer; content: Figures }>`
    select distinct on (service) service, hash, content from services.snapshot where service = any(${[...services]}::uuid[])
    order by service, day desc, taken desc`.execute(db)
  return new Map(
    rows.map(({ service, hash, content: { day, version, figures } }) => [
      service,
      { day, version, figures, hash: hash.toString('hex') },
    ]),
  )
}

/** The targets of each release, by its hash in hex. One query. */
export async function targetsOf(db: Db, releases: readonly Buffer[]): Promise<Map<string, Target[]>> {
  if (releases.length === 0) return new Map()
  const { rows } = await sql<{ hash: Buffer; indicators: (Partial<Target> & { id: string; public: boolean })[] }>`
    select hash, content -> 'indicators' as indicators from services.release where hash = any(${[...releases]})`.execute(
    db,
  )
  return new Map(
    rows.map(({ hash, indicators }) => [
      hash.toString('hex'),
      indicators.flatMap(({ id, target, better, public: open }) =>
        open && target !== undefined && (better === 'more' || better === 'less') ? [{ id, target, better }] : [],
      ),
    ]),
  )
}

type Met = { indicator: string; target: number; value: number; n: number }

/** That a target was met, when it was not noted yet; says whether it is new. */
export async function insertOutcome(
  tx: Tx,
  of: { agency: string; service: string; version: string },
  met: Met,
  at: Date,
): Promise<boolean> {
  const row = await tx
    .insertInto('replication.outcome')
    .values({ ...of, ...met, reached: at })
    .onConflict((c) => c.columns(['agency', 'service', 'indicator']).doNothing())
    .returning('indicator')
    .executeTakeFirst()
  return row !== undefined
}
