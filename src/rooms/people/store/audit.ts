import type { Db } from '#platform/db.ts'

/** What happened in this room to one agency, newest first. */
export async function historyOfAgency(db: Db, agency: string) {
  return db
    .selectFrom('log.event as e')
    .leftJoin('people.person as p', 'p.id', 'e.actor')
    .select(['e.at', 'e.name', 'e.particulars', 'p.name as actor'])
    .where((eb) => eb.or([eb('e.scope', '=', agency), eb('e.subject', '=', agency)]))
    .where('e.name', 'like', 'people.%')
    .orderBy('e.id', 'desc')
    .limit(50)
    .execute()
}
