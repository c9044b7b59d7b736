import type { Db } from '#platform/db.ts'

/** Agencies of these ids by name. One query, or none. */
export const listAgencies = (db: Db, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('people.agency')
        .select(['id', 'name'])
        .where('id', 'in', [...ids])
        .orderBy('name')
        .execute()
