import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db.ts'
import { type FileKind, type Files, forgetFiles, storeWhole, type UploadRefusal } from '#platform/files.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs.ts'
import type { Case } from '../domain/case.ts'
import { hashesIn } from '../domain/field.ts'

export type MediaKind = 'photo' | 'voice' | 'signature'
type OfService = { agency: string; service: string }

const asHash = (hex: string) => Buffer.from(hex, 'hex')

/** Keep a file until its form comes. The same file twice is kept once. */
export async function addMedia(
  db: Db,
  files: Files,
  { agency, service }: OfService,
  media: { kind: MediaKind; name: string; bytes: Buffer; sha256: Buffer; person: string | null; at: Date },
): Promise<{ kept: true } | { refusal: UploadRefusal }> {
  if ((await knownMedia(db, { agency, service }, [media.sha256.toString('hex')])).size > 0) return { kept: true }
  const accept: readonly FileKind[] = [media.kind]
  const stored = await storeWhole(db, files, media.person, media.name, media.bytes, accept)
  if ('refusal' in stored) return stored
  await db.transaction().execute(async (tx) => {
    const { numInsertedOrUpdatedRows: n } = await tx
      .insertInto('services.media')
      .values({ agency, service, id: newId(), file: stored.id, sha256: media.sha256, kind: media.kind, at: media.at })
      .onConflict((c) => c.doNothing())
      .executeTakeFirst()
    // Sent twice at once: the other one is kept.
    if (!n) await dropFiles(tx, [stored.id])
  })
  return { kept: true }
}

/** Those of these hashes of which a file is there. */
export async function knownMedia(
  db: Db | Tx,
  { agency, service }: OfService,
  hashes: readonly string[],
): Promise<Set<string>> {
  if (hashes.length === 0) return new Set()
  const rows = await db
    .selectFrom('services.media')
    .select('sha256')
    .where('agency', '=', agency)
    .where('service', '=', service)
    .where('sha256', 'in', hashes.map(asHash))
    .execute()
  return new Set(rows.map(({ sha256 }) => sha256.toString('hex')))
}

/** What became of the files of a case: those that its values name now belong to it, those that they name no more are gone. */
export async function keepMedia(
  tx: Tx,
  { agency, service, id }: OfService & { id: string },
  before: Case['data'],
  after: Case['data'],
): Promise<void> {
  const [had, has] = [hashesIn(before), hashesIn(after)]
  const fresh = has.filter((hash) => !had.includes(hash)).map(asHash)
  const gone = had.filter((hash) => !has.includes(hash)).map(asHash)
  if (fresh.length > 0) {
    await sql`insert into services.media (agency, id, service, file, sha256, kind, at, "case")
      select distinct on (sha256) agency, gen_random_uuid(), service, file, sha256, kind, at, ${id}::uuid from services.media
      where agency = ${agency} and service = ${service} and sha256 = any(${fresh}) order by sha256, "case" nulls first
      on conflict do nothing`.execute(tx)
    await tx
      .deleteFrom('services.media')
      .where('agency', '=', agency)
      .where('service', '=', service)
      .where('sha256', 'in', fresh)
      .where('case', 'is', null)
      .execute()
  }
  if (gone.length > 0) {
    const rows = await tx
      .deleteFrom('services.media')
      .where('agency', '=', agency)
      .where('case', '=', id)
      .where('sha256', 'in', gone)
      .returning('file')
      .execute()
    await dropFiles(
      tx,
      rows.map(({ file }) => file),
    )
  }
}

/** A merged case holds the files of the one that stays, so that they are still there if the merge is undone. */
export async function lendMedia(tx: Tx, { agency, service }: OfService, from: string, to: string): Promise<void> {
  await sql`insert into services.media (agency, id, service, file, sha256, kind, at, "case")
    select agency, gen_random_uuid(), service, file, sha256, kind, at, ${to}::uuid from services.media
    where agency = ${agency} and service = ${service} and "case" = ${from} on conflict do nothing`.execute(tx)
}

/** Files that a merged case held for another, and does not name itself, go. */
export async function returnMedia(
  tx: Tx,
  { agency, id }: { agency: string; id: string },
  own: Case['data'],
): Promise<void> {
  const named = hashesIn(own).map(asHash)
  let query = tx.deleteFrom('services.media').where('agency', '=', agency).where('case', '=', id)
  if (named.length > 0) query = query.where('sha256', 'not in', named)
  const rows = await query.returning('file').execute()
  await dropFiles(
    tx,
    rows.map(({ file }) => file),
  )
}

/** Files that nothing names any more go: the row with this act, the bytes by the worker. */
async function dropFiles(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  const used = await tx.selectFrom('services.media').select('file').where('file', 'in', ids).execute()
  const free = ids.filter((id) => !used.some(({ file }) => file === id))
  if (free.length === 0) return
  await forgetFiles(tx, free)
  await enqueue(tx, 'services.forget-files', { files: free })
}

/** Files whose form never came. */
export async function dropWaiting(db: Db, before: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const rows = await tx
      .deleteFrom('services.media')
      .where('case', 'is', null)
      .where('at', '<', before)
      .returning('file')
      .execute()
    await dropFiles(
      tx,
      rows.map(({ file }) => file),
    )
  })
}

/** The file of a hash that stands among the values of a case. */
export const findMedia = (db: Db, { agency, id }: { agency: string; id: string }, hash: string) =>
  db
    .selectFrom('services.media as m')
    .innerJoin('log.file as f', 'f.id', 'm.file')
    .select(['f.id', 'f.name', 'f.type', 'f.size', 'm.kind'])
    .where('m.agency', '=', agency)
    .where('m.case', '=', id)
    .where('m.sha256', '=', asHash(hash))
    .executeTakeFirst()
