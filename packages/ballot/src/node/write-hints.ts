import { hash } from 'node:crypto'
import { open, rename, rm, stat } from 'node:fs/promises'
import type { Source } from '../archive/source.ts'
import type { KernelsOnce } from '../kernel/open.ts'
import { hintsMagic } from '../verify/hints.ts'
import { writeHints } from '../verify/write-hints.ts'
import { openFileSource } from './file-source.ts'
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
  await requireNothingElse(file)
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

/** Hints may be made anew; whatever else has the name, the archive itself perhaps, stays as it is. */
async function requireNothingElse(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined)
  if (!found) return
  const held = await openFileSource(file)
  try {
    const begin = new TextDecoder('latin1').decode(await held.read(0, hintsMagic.length))
    if (begin !== hintsMagic) throw new Error(`${file} is there already, and holds no hints`)
  } finally {
    await held.close()
  }
}
