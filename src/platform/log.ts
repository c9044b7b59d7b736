import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db, Tx } from './db.ts'

/** What is told of an act: who did what to which thing, and the particulars a reader needs. Never a secret, never a full NIK. */
export type Event = {
  at: Date
  actor: string | null
  name: string
  subject: string
  /** The agency whose people may read it; null for national matters. */
  scope: string | null
  particulars: Record<string, unknown>
}

export type StoredEvent = Event & { id: string; hash: Buffer }

const first = Buffer.alloc(32)

/** SHA-256 over the previous hash and the event, each field in a fixed order. */
export function chainHash(previous: Buffer, id: bigint, event: Event): Buffer {
  const body = JSON.stringify([
    String(id),
    event.at.toISOString(),
    event.actor,
    event.name,
    event.subject,
    event.scope,
    sorted(event.particulars),
  ])
  return createHash('sha256').update(previous).update(body).digest()
}

// PostgreSQL's jsonb does not keep the order of keys, so the hash must not depend on it.
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}

/**
 * Append events to the chain, in the transaction of the act. The lock is held until that transaction ends, so it is
 * taken last: events stand in the order in which their acts became true.
 */
export async function record(tx: Tx, events: readonly Event[]): Promise<void> {
  if (events.length === 0) return
  await sql`select pg_advisory_xact_lock(7017)`.execute(tx)
  const last = await tx.selectFrom('log.event').select(['id', 'hash']).orderBy('id', 'desc').limit(1).executeTakeFirst()
  let hash: Buffer = last?.hash ?? first
  let id = BigInt(last?.id ?? 0)
  const rows = events.map((event) => {
    id += 1n
    const clean = { ...event, particulars: JSON.parse(JSON.stringify(event.particulars)) as Record<string, unknown> }
    hash = chainHash(hash, id, clean)
    return { ...clean, id: String(id), particulars: JSON.stringify(clean.particulars), hash }
  })
  for (let from = 0; from < rows.length; from += 1000)
    await tx
      .insertInto('log.event')
      .values(rows.slice(from, from + 1000))
      .execute()
}

/** Walk the whole chain. Returns how many events hold, and the first that does not. */
export async function verifyChain(
  db: Db,
): Promise<{ events: number; broken?: { id: string; reason: 'missing' | 'changed' } }> {
  let hash: Buffer = first
  let expected = 1n
  for (;;) {
    const rows = await db
      .selectFrom('log.event')
      .selectAll()
      .where('id', '>=', String(expected))
      .orderBy('id')
      .limit(5000)
      .execute()
    if (rows.length === 0) return { events: Number(expected - 1n) }
    for (const row of rows) {
      if (BigInt(row.id) !== expected)
        return { events: Number(expected - 1n), broken: { id: String(expected), reason: 'missing' } }
      hash = chainHash(hash, expected, { ...row, particulars: row.particulars as Record<string, unknown> })
      if (!hash.equals(row.hash)) return { events: Number(expected - 1n), broken: { id: row.id, reason: 'changed' } }
      expected += 1n
    }
  }
}

/** The history of one thing, newest first, with the names of those who acted. */
export async function historyOf(db: Db, subject: string, limit = 100) {
  return db
    .selectFrom('log.event as e')
    .leftJoin('people.person as p', 'p.id', 'e.actor')
    .select(['e.id', 'e.at', 'e.name', 'e.particulars', 'p.name as actor'])
    .where('e.subject', '=', subject)
    .orderBy('e.id', 'desc')
    .limit(limit)
    .execute()
}
