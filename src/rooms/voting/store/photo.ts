import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import { newId } from '#platform/ids.ts'
import type { CandidateName } from './result.ts'

export type PhotoToRead = {
  tps: string
  election: string
  photo: string
  number: number
  candidates: readonly CandidateName[]
}

const readable = sql`
  voting.record f join voting.tps_count c on c.tps = f.tps join voting.counting k on k.election = c.election and k.mode = 'real'
  join voting.tps t on t.id = f.tps`

/**
 * Photographs for somebody to read: of those from a random place on, what this reader has not read, the one that the fewest have
 * read first. Of a place in which few voted none is among them; whether another is hidden beside it is for who shows it to ask.
 */
export async function photosToRead(db: Db, readers: (photo: string) => Buffer, from: Buffer): Promise<PhotoToRead[]> {
  const pick = (where: ReturnType<typeof sql>) =>
    sql<PhotoToRead & { readings: number }>`
    select f.tps, f.election, encode(f.sha256, 'hex') as photo, t.number, c.candidates,
      (select count(*)::int from voting.reading d where d.photo = f.sha256) as readings
    from ${readable} where f.kind = 'plano' and c.head is not null and c.present >= c.least and ${where}
    order by f.sha256 limit 40`.execute(db)
  const { rows } = await pick(sql`f.sha256 >= ${from}`)
  const found = rows.length > 0 ? rows : (await pick(sql`true`)).rows
  const marks = found.map(({ photo }) => readers(photo))
  const read = await sql<{ photo: string }>`
    select encode(d.photo, 'hex') as photo from voting.reading d where d.reader = any(${marks}::bytea[])`.execute(db)
  const own = new Set(read.rows.map(({ photo }) => photo))
  return found.filter(({ photo }) => !own.has(photo)).toSorted((a, b) => a.readings - b.readings)
}

/** The same by its hash. */
export async function findPhoto(db: Db | Tx, sha256: string): Promise<PhotoToRead | undefined> {
  const { rows } = await sql<PhotoToRead>`
    select f.tps, f.election, encode(f.sha256, 'hex') as photo, t.number, c.candidates from ${readable}
    where f.sha256 = ${Buffer.from(sha256, 'hex')} and f.kind = 'plano' and c.head is not null and c.present >= c.least`.execute(
    db,
  )
  return rows[0]
}

export const hasRead = (tx: Tx, photo: string, reader: Buffer) =>
  tx
    .selectFrom('voting.reading')
    .select('id')
    .where('photo', '=', Buffer.from(photo, 'hex'))
    .where('reader', '=', reader)
    .executeTakeFirst()

export async function insertReading(
  tx: Tx,
  { agency, tps }: { agency: string; tps: string },
  reading: { photo: string; reader: Buffer; votes: readonly number[]; blank: number },
  at: Date,
): Promise<void> {
  await tx
    .insertInto('voting.reading')
    .values({
      agency,
      tps,
      id: newId(),
      photo: Buffer.from(reading.photo, 'hex'),
      reader: reading.reader,
      votes: [...reading.votes],
      blank: reading.blank,
      at,
    })
    .execute()
}
