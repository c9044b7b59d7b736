import { type FileHandle, open, stat } from 'node:fs/promises'
import type { Source } from '../archive/index.ts'

/** A file as it is while it is read; `close` gives its descriptor back. */
export interface FileSource extends Source {
  readonly size: number
  close(): Promise<void>
}

/**
 * Opens a regular file for reading piece by piece; its size is that at this moment, so that an archive which grows
 * meanwhile is read as it was. Throws for a folder, a pipe or a device: they have no place to come back to.
 */
export async function openFileSource(path: string): Promise<FileSource> {
  // Asked before it is opened: to open a pipe is to wait for somebody who writes.
  if (!(await stat(path)).isFile()) throw new Error(`${path} is not a regular file`)
  const handle = await open(path, 'r')
  const { size } = await handle.stat()
  return { ...handleSource(handle, size), close: () => handle.close() }
}

/** The first `size` bytes of an open file. */
export const handleSource = (handle: FileHandle, size: number): Source & { readonly size: number } => ({
  size,
  async read(offset, length) {
    const wanted = Math.max(0, Math.min(length, size - offset))
    if (wanted === 0) return new Uint8Array(0)
    const bytes = new Uint8Array(wanted)
    const { bytesRead } = await handle.read(bytes, 0, wanted, offset)
    return bytes.subarray(0, bytesRead)
  },
})
