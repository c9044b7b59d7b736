import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'

type Which = { agency: string; id: string }
type By = { person: string | null; at: Date }

/** From now on new cases run by this release, with these settings where given; what was before is kept, to come back. */
export async function changeOver(
  tx: Tx,
  { agency, id: service }: Which,
  { release, settings }: { release: Buffer; settings?: Record<string, unknown> },
  by: By,
): Promise<void> {
  await sql`insert into services.changeover (agency, service, n, before, after, settings, at, by)
    select s.agency, s.id, (select coalesce(max(o.n), 0) + 1 from services.changeover o where o.agency = s.agency and o.service = s.id),
      s.release, ${release}, s.settings, ${by.at}, ${by.person}
    from services.service s where s.agency = ${agency} and s.id = ${service}`.execute(tx)
  await tx
    .updateTable('services.service')
    .set({ release, installed: by.at, ...(settings ? { settings: JSON.stringify(settings) } : {}) })
    .where('agency', '=', agency)
    .where('id', '=', service)
    .execute()
}

/** The last change of release that was not taken back; none when the service runs by what was installed first. */
export async function lastChangeover(db: Db | Tx, { agency, id }: Which) {
  const row = await db
    .selectFrom('services.changeover')
    .select(['n', 'before', 'after', 'settings', 'at'])
    .where('agency', '=', agency)
    .where('service', '=', id)
    .where('undone', 'is', null)
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { ...row, settings: row.settings as Record<string, unknown> }
}

/** Put back what ran before, with what was set then. */
export async function undoChangeover(
  tx: Tx,
  { agency, id }: Which,
  { n, before, settings }: { n: number; before: Buffer; settings: Record<string, unknown> },
  by: By,
): Promise<void> {
  await tx
    .updateTable('services.changeover')
    .set({ undone: by.at, undone_by: by.person })
    .where('agency', '=', agency)
    .where('service', '=', id)
    .where('n', '=', n)
    .execute()
  await tx
    .updateTable('services.service')
    .set({ release: before, settings: JSON.stringify(settings), installed: by.at })
    .where('agency', '=', agency)
    .where('id', '=', id)
    .execute()
}
