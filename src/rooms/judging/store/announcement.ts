import type { Db } from '#platform/db.ts'

/** What was announced of which round, newest first. */
export async function listAnnounced(db: Db) {
  const rows = await db
    .selectFrom('judging.plenary')
    .select(['round', 'kind', 'announced'])
    .where('announced', 'is not', null)
    .orderBy('announced', 'desc')
    .execute()
  return rows.map(({ round, kind, announced }) => ({ round, kind, announced: announced! }))
}
