import { sql } from 'kysely'
import type { Db, Tx } from './db.ts'

/**
 * Count an attempt and say whether it may go on: at most `most` in the last `seconds` for this key (say
 * `login:account:a@b`). Counted in the database, so it holds over restarts and several processes.
 */
export async function withinLimit(db: Db | Tx, key: string, most: number, seconds: number): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`
    with added as (insert into log.attempt (key) values (${key}))
    select count(*)::int as n from log.attempt where key = ${key} and at > now() - make_interval(secs => ${seconds})`.execute(
    db,
  )
  return rows[0]!.n < most
}

/** Forget a key: after a good login the bad ones count no more. */
export async function forgive(db: Db | Tx, key: string): Promise<void> {
  await db.deleteFrom('log.attempt').where('key', '=', key).execute()
}
