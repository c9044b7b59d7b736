import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readFile, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { fileTypeFromBuffer } from 'file-type'
import type { Db, Tx } from './db.ts'
import { isId, newId } from './ids.ts'

/** Uploaded files: bytes in a folder, what is known of them in `log.file`. An upload that was cut off goes on where it stopped. */
export type Files = { folder: string }

export const kinds = {
  pdf: ['application/pdf'],
  photo: ['image/jpeg', 'image/png', 'image/webp'],
  voice: [
    'audio/webm',
    'video/webm',
    'audio/ogg',
    'audio/mp4',
    'audio/x-m4a',
    'video/mp4',
    'video/3gpp',
    'audio/mpeg',
    'audio/aac',
    'audio/amr',
    'audio/wav',
  ],
  /** Drawn, or a name that was typed and confirmed. */
  signature: ['image/png', 'image/jpeg', 'text/plain'],
  table: ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
} as const
export type FileKind = keyof typeof kinds

export type UploadRefusal = 'upload-gone' | 'upload-out-of-step' | 'upload-too-long' | 'upload-not-that-type'

const pathOf = (files: Files, id: string) => path.join(files.folder, id.slice(-2), id)

/** Announce an upload. `size` in bytes. */
export async function beginUpload(
  db: Db | Tx,
  owner: string | null,
  upload: { name: string; size: number },
): Promise<string> {
  const id = newId()
  // Only the last part of a name is kept; folders and control characters have no business in it.
  const name =
    upload.name
      .replace(/^.*[/\\]/, '')
      .replace(/[\p{Cc}\p{Cf}]/gu, '')
      .slice(0, 200) || 'berkas'
  await db
    .insertInto('log.file')
    .values({ id, owner, name, type: 'application/octet-stream', size: String(upload.size) })
    .execute()
  return id
}

/**
 * Add bytes from `offset`. Returns how many are there now. Bytes are on the disk before the row says so; the row's lock
 * keeps two connections of one upload apart.
 */
export async function addToUpload(
  db: Db,
  files: Files,
  upload: { id: string; owner: string | null; offset: number; bytes: Buffer; accept: readonly FileKind[] },
): Promise<{ got: number; done: boolean } | { refusal: UploadRefusal; got?: number }> {
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('log.file')
      .selectAll()
      .where('id', '=', upload.id)
      .where((eb) => (upload.owner ? eb('owner', '=', upload.owner) : eb('owner', 'is', null)))
      .forUpdate()
      .executeTakeFirst()
    if (!row) return { refusal: 'upload-gone' }
    const got = Number(row.got)
    const size = Number(row.size)
    if (row.done) return { got, done: true }
    if (upload.offset !== got) return { refusal: 'upload-out-of-step', got }
    if (got + upload.bytes.length > size) return { refusal: 'upload-too-long' }

    const file = pathOf(files, upload.id)
    await mkdir(path.dirname(file), { recursive: true })
    const handle = await open(file, got === 0 ? 'w' : 'r+').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw error
    })
    if (!handle) return { refusal: 'upload-gone' }
    try {
      for (let put = 0; put < upload.bytes.length; )
        put += (await handle.write(upload.bytes, put, upload.bytes.length - put, got + put)).bytesWritten
      await handle.sync()
    } finally {
      await handle.close()
    }
    const now = got + upload.bytes.length
    if (now < size) {
      await tx
        .updateTable('log.file')
        .set({ got: String(now) })
        .where('id', '=', upload.id)
        .execute()
      return { got: now, done: false }
    }

    const content = await readFile(file)
    const type = await sniff(content, row.name)
    if (!upload.accept.some((kind) => (kinds[kind] as readonly string[]).includes(type))) {
      await rm(file, { force: true })
      await tx.deleteFrom('log.file').where('id', '=', upload.id).execute()
      return { refusal: 'upload-not-that-type' }
    }
    const sha256 = createHash('sha256').update(content).digest()
    await tx
      .updateTable('log.file')
      .set({ got: String(now), type, sha256, done: new Date() })
      .where('id', '=', upload.id)
      .execute()
    return { got: now, done: true }
  })
}

/** A whole file at once, as a plain form sends it. */
export async function storeWhole(
  db: Db,
  files: Files,
  owner: string | null,
  name: string,
  bytes: Buffer,
  accept: readonly FileKind[],
): Promise<{ id: string } | { refusal: UploadRefusal }> {
  const id = await beginUpload(db, owner, { name, size: bytes.length })
  const stored = await addToUpload(db, files, { id, owner, offset: 0, bytes, accept })
  return 'refusal' in stored ? { refusal: stored.refusal } : { id }
}

/**
 * Announce files that will be made here, by ids that say what is in them: announced twice they are made once. They are nobody's
 * upload, so that nobody can add to them.
 */
export async function announceMade(
  tx: Tx,
  files: readonly { id: string; name: string; type: string }[],
): Promise<void> {
  if (files.length === 0) return
  await tx
    .insertInto('log.file')
    .values(files.map((file) => ({ ...file, owner: file.id, size: '0' })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Make an announced file, unless it is there or another makes it now. The bytes are on the disk before the row says so. */
export async function fillMade(db: Db, files: Files, id: string, make: (tx: Tx) => Promise<Uint8Array>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('log.file')
      .select('id')
      .where('id', '=', id)
      .where('done', 'is', null)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!row) return
    const bytes = await make(tx)
    const file = pathOf(files, id)
    await mkdir(path.dirname(file), { recursive: true })
    const handle = await open(file, 'w')
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    const size = String(bytes.length)
    const sha256 = createHash('sha256').update(bytes).digest()
    await tx.updateTable('log.file').set({ size, got: size, sha256, done: new Date() }).where('id', '=', id).execute()
  })
}

/** Which of these files are announced, and which of them are there. */
export const filesOf = (db: Db | Tx, ids: readonly string[]) =>
  db.selectFrom('log.file').select(['id', 'done']).where('id', 'in', ids).execute()

/** What the bytes say the file is; the name counts only for text, which has no mark of its own. */
export async function sniff(content: Buffer, name: string): Promise<string> {
  const found = await fileTypeFromBuffer(content)
  if (found) return found.mime
  if (/\.csv$/i.test(name) && !content.subarray(0, 8192).includes(0)) return 'text/csv'
  if (/\.txt$/i.test(name) && !content.subarray(0, 8192).includes(0)) return 'text/plain'
  return 'application/octet-stream'
}

export async function findFile(db: Db | Tx, id: string) {
  return db.selectFrom('log.file').selectAll().where('id', '=', id).where('done', 'is not', null).executeTakeFirst()
}

/** An upload of this person, finished or not: how far it has come. */
export async function findUpload(db: Db | Tx, id: string, owner: string | null) {
  return db
    .selectFrom('log.file')
    .select(['id', 'got', 'size', 'done'])
    .where('id', '=', id)
    .where((eb) => (owner ? eb('owner', '=', owner) : eb('owner', 'is', null)))
    .executeTakeFirst()
}

/** The stored bytes as a stream, or undefined when the disk has lost them. */
export async function openFile(files: Files, id: string) {
  const file = pathOf(files, id)
  return (await stat(file).catch(() => undefined)) && createReadStream(file)
}

export const readWhole = (files: Files, id: string) => readFile(pathOf(files, id))

/** Forget files in an act; their bytes are still to be removed (`removeBytes`) once it is done. */
export async function forgetFiles(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.deleteFrom('log.file').where('id', 'in', ids).execute()
}

/** Remove the bytes of files of which nothing is known any more. */
export async function removeBytes(db: Db, files: Files, ids: readonly string[]): Promise<void> {
  const known = await db.selectFrom('log.file').select('id').where('id', 'in', ids).execute()
  for (const id of ids)
    if (isId(id) && !known.some((row) => row.id === id)) await rm(pathOf(files, id), { force: true })
}
