import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'

export async function savePublisher(tx: Tx, key: string, name: string, by: { person: string | null; at: Date }) {
  await tx.insertInto('services.publisher').values({ key, name, added_by: by.person, added: by.at }).execute()
}

export const listPublishers = (db: Db) =>
  db.selectFrom('services.publisher').select(['key', 'name', 'added']).orderBy('name').execute()

export async function isPublisher(tx: Tx, key: string): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(7020, 0)`.execute(tx)
  return Boolean(await tx.selectFrom('services.publisher').select('key').where('key', '=', key).executeTakeFirst())
}
