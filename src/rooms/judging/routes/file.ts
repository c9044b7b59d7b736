import { Readable } from 'node:stream'
import { findFile, openFile } from '#platform/files.ts'
import { type C, found } from '#platform/http.ts'

/** Answer with an uploaded file. What it is was read from its bytes when it came in; `attachment` is never shown in place. */
export async function sendFile(c: C, id: string, how: 'inline' | 'attachment', name?: string) {
  const file = found(await findFile(c.get('ctx').db, id))
  const stream = found(await openFile(c.get('files'), id))
  c.header('Content-Type', file.type)
  c.header('Content-Length', file.size)
  c.header('Content-Disposition', `${how}; filename*=UTF-8''${encodeURIComponent(name ?? file.name)}`)
  return c.body(Readable.toWeb(stream) as ReadableStream)
}
