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

const seen = new Map<string, number>()
const named = new Map<string, string>()

/**
 * The name under which a statement is prepared, once it has been asked ten times in this process: from then on each
 * connection parses and plans it once. At most 150 have one, since every connection keeps the plans of all it has asked.
 */
function nameOf(text: string): string | undefined {
  const name = named.get(text)
  if (name !== undefined || named.size === 150) return name
  const times = (seen.get(text) ?? 0) + 1
  if (times === 10) {
    seen.delete(text)
    named.set(text, `s${named.size}`)
  } else {
    // Statements with lists of changing length would otherwise be remembered without end.
    if (seen.size > 2000) seen.clear()
    seen.set(text, times)
  }
  return undefined
}

/** A connection that has the statements asked most often prepared. Kysely hands over text and values; all else passes. */
class PreparingClient extends pg.Client {
  override query = ((text: unknown, values?: unknown, ...rest: unknown[]) => {
    const query = super.query as (...args: unknown[]) => unknown
    if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0)
      return query.call(this, text, values, ...rest)
    return query.call(this, { name: nameOf(text), text, values }, ...rest)
  }) as pg.Client['query']
}

/** A pool of connections to PostgreSQL. `max` is 20 unless told. */
export function connect(connectionString: string, max = 20): Db {
  const pool = new pg.Pool({ connectionString, max, Client: PreparingClient })
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
