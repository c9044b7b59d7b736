import { sql } from 'kysely'
import type { Db } from '#platform/db.ts'

/**
 * Personal data goes when its purpose is over (UU PDP): tables that nobody confirmed after 7 days, links for forgotten
 * passwords and new addresses after 7, the address and device of sessions that ended 90 days ago.
 */
export async function forget(db: Db, now: Date): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * 86_400_000)
  await db.deleteFrom('people.agency_import').where('done', 'is', null).where('at', '<', before(7)).execute()
  await db.deleteFrom('people.password_reset').where('expires', '<', before(7)).execute()
  await db.deleteFrom('people.email_change').where('expires', '<', before(7)).execute()
  await sql`delete from people.session where coalesce(ended, least(expires, seen + interval '12 hours')) < ${before(90)}`.execute(
    db,
  )
}
