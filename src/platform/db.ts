import { AsyncLocalStorage } from 'node:async_hooks'
import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { Schema } from './db.types.ts'

export type { Schema } from './db.types.ts'
export type Db = Kysely<Schema>
export type Tx = Transaction<Schema>

// Calendar dates stay text (2017-02-28): a Date would move them between time zones.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

const counting = new AsyncLocalStorage<{ queries: string[] }>()

/** Run `work` and return the SQL it sent, for tests that assert the number of queries of a page. */
export async function queriesOf(work: () => Promise<unknown>): Promise<string[]> {
  const heard = { queries: [] as string[] }
  await counting.run(heard, work)
  return heard.queries
}

/** A pool of connections to PostgreSQL. `max` is 20 unless told. */
export function connect(connectionString: string, max = 20): Db {
  const pool = new pg.Pool({ connectionString, max })
  // An idle connection that the server closes is replaced at the next query; unheard, its error would end the process.
  pool.on('error', (error) => {
    if (!pool.ending) console.error('database connection lost:', error.message)
  })
  return new Kysely<Schema>({
    dialect: new PostgresDialect({ pool }),
    log: (event) => {
      counting.getStore()?.queries.push(event.query.sql)
    },
  })
}

/** The SQLSTATE of a database error, or undefined: 23505 is a broken unique rule, 40001 a serialisation failure. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined
}

/**
 * Run in one transaction. When the database gives up one of two that wait for each other (a deadlock) or cannot put
 * them in an order, nothing of it has happened, so it is begun again: at most three times.
 */
export async function retrying<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      const state = sqlState(error)
      if (attempt === 3 || (state !== '40P01' && state !== '40001')) throw error
    }
  }
}
