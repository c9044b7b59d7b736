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
  return createHash('sha256')
    .update(previous)
    .update(`["${id}",${hashed(event)}`)
    .digest()
}

/** What is hashed of an event: the end of a JSON list that begins with its number. */
const hashed = ({ at, actor, name, subject, scope, particulars }: Event) =>
  JSON.stringify([at.toISOString(), actor, name, subject, scope, sorted(particulars)]).slice(1)

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
 * taken last: events stand in the order in which their acts became true. Everybody who acts waits for it in turn, so the
 * database gives the numbers and the hashes itself, in one journey.
 */
export async function record(tx: Tx, events: readonly Event[]): Promise<void> {
  if (events.length === 0) return
  const rows = events.map((event) => {
    const clean = { ...event, particulars: JSON.parse(JSON.stringify(event.particulars)) as Record<string, unknown> }
    return { ...clean, hashed: hashed(clean) }
  })
  await sql`select log.append(${JSON.stringify(rows)}::jsonb)`.execute(tx)
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
