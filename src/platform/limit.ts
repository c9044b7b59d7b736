import { sql } from 'kysely'
import type { Db, Tx } from './db.ts'

/**
 * Count an attempt and say whether it may go on: at most `most` in the last `seconds` for this key (say
 * `login:account:a@b`). Counted in the database, so it holds over restarts and several processes; those of one key are
 * counted one after the other, so a burst sent at once gains nothing.
 */
export async function withinLimit(db: Db | Tx, key: string, most: number, seconds: number): Promise<boolean> {
  // Of a transaction of its own nobody waits for the disk: an attempt that a crash of the machine forgets does no harm.
  const patient = db.isTransaction ? sql`` : sql`, set_config('synchronous_commit', 'off', true)`
  const count = async (tx: Tx) => {
    await sql`select pg_advisory_xact_lock(7018, hashtext(${key}))${patient}`.execute(tx)
    const { rows } = await sql<{ n: number }>`
      with added as (insert into log.attempt (key, at) values (${key}, clock_timestamp()))
      select count(*)::int as n from log.attempt where key = ${key} and at > clock_timestamp() - make_interval(secs => ${seconds})`.execute(
      tx,
    )
    return rows[0]!.n < most
  }
  return db.isTransaction ? count(db as Tx) : db.transaction().execute(count)
}

/** Forget a key: after a good login the bad ones count no more. */
export async function forgive(db: Db | Tx, key: string): Promise<void> {
  await db.deleteFrom('log.attempt').where('key', '=', key).execute()
}
