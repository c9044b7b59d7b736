import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import { connect } from './db.ts'

const folder = path.join(import.meta.dirname, '../../db')

/**
 * Bring a database up to date: each file of `db/` once, in order, each in its own transaction. Two processes that start
 * together wait for each other. After `0002_people.sql` the regions are loaded. Returns the names it applied.
 */
export async function migrate(address: string, say: (line: string) => void = () => {}): Promise<string[]> {
  const db = connect(address, 1)
  const applied: string[] = []
  try {
    await sql`select pg_advisory_lock(20170601)`.execute(db)
    await sql`create table if not exists public.migration (name text primary key, at timestamptz not null default now())`.execute(
      db,
    )
    const done = new Set(
      (await sql<{ name: string }>`select name from public.migration`.execute(db)).rows.map((r) => r.name),
    )
    for (const name of readdirSync(folder)
      .filter((f) => /^\d{4}_\w+\.sql$/.test(f))
      .sort()) {
      if (done.has(name)) continue
      say(`database: ${name}`)
      await db.transaction().execute(async (tx) => {
        await sql.raw(readFileSync(path.join(folder, name), 'utf8')).execute(tx)
        if (name === '0002_people.sql') await (await import('./regions.ts')).loadRegions(tx)
        await sql`insert into public.migration (name) values (${name})`.execute(tx)
      })
      applied.push(name)
    }
    // The log can be added to and read, and nothing else, even by the role that owns it.
    await sql`revoke update, delete, truncate on log.event from public, current_user`.execute(db)
  } finally {
    await db.destroy()
  }
  return applied
}
