import { hash } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import type { Source } from '../archive/source.ts'
import type { KernelsOnce } from '../kernel/open.ts'
import { writeHints } from '../verify/write-hints.ts'

import { nodeTextHash } from './text-hash.ts'

/** So many bytes are written at once. */
const together = 4 * 1024 * 1024

/**
 * Writes the hints of an archive into a file, which is there in whole or not at all; how many ballots they are for,
 * undefined when there is no election for which hints can be written. Throws what the file system throws.
 */
export async function writeHintsFile(
  source: Source,
  file: string,
  openKernel: KernelsOnce,
): Promise<number | undefined> {
  const hashBody = (body: Uint8Array) => hash('sha256', body, 'hex')
  const draft = `${file}.${process.pid}.part`
  const handle = await open(draft, 'wx')
  try {
    let parts: Uint8Array[] = []
    let bytes = 0
    let records = -1
    const flush = async () => {
      await handle.writeFile(Buffer.concat(parts))
      parts = []
      bytes = 0
    }
    for await (const part of writeHints(source, { openKernel, hash: nodeTextHash, hashBody })) {
      records++
      parts.push(part)
      bytes += part.length
      if (bytes >= together) await flush()
    }
    await flush()
    if (records < 0) return undefined
    await handle.sync()
    await rename(draft, file)
    return records
  } finally {
    await handle.close()
    await rm(draft, { force: true })
  }
}
