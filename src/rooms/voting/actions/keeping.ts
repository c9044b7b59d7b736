import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { openFileSource } from '@melayani/ballot/node'
import type { Files } from '#platform/files.ts'
import { type Report, reportShape } from '../domain/archive.ts'

/** Where a file of a polling place lies: by the hash of its bytes, beside the uploads. */
export const placeOf = (files: Files, sha256: string): string =>
  path.join(files.folder, 'voting', sha256.slice(0, 2), sha256)

export type KeepRefusal = 'file-too-large' | 'file-differs' | 'file-empty'

/**
 * Keep what is streamed if it is what it is called: its hash is taken on the way, and it gets its name only when all of it is on
 * the disk. At most `largest` bytes. What was begun and not finished leaves nothing.
 */
export async function keepStream(
  files: Files,
  sha256: string,
  body: ReadableStream<Uint8Array>,
  largest: number,
): Promise<{ size: number; start: Buffer } | { refusal: KeepRefusal }> {
  const place = placeOf(files, sha256)
  await mkdir(path.dirname(place), { recursive: true, mode: 0o700 })
  const coming = `${place}.${randomUUID()}.part`
  const handle = await open(coming, 'wx', 0o600)
  const sum = createHash('sha256')
  let size = 0
  let start: Buffer = Buffer.alloc(0)
  try {
    for await (const chunk of Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0])) {
      const bytes = Buffer.from(chunk as Uint8Array)
      if (start.length < 512) start = Buffer.concat([start, bytes.subarray(0, 512 - start.length)])
      size += bytes.length
      if (size > largest) return { refusal: 'file-too-large' }
      sum.update(bytes)
      await handle.write(bytes)
    }
    await handle.sync()
    if (size === 0) return { refusal: 'file-empty' }
    if (sum.digest('hex') !== sha256) return { refusal: 'file-differs' }
    await rename(coming, place)
    return { size, start }
  } finally {
    await handle.close()
    await rm(coming, { force: true })
  }
}

export const isKept = async (files: Files, sha256: string): Promise<boolean> =>
  (await stat(placeOf(files, sha256)).catch(() => undefined)) !== undefined

/** The file as a stream, or undefined when the disk has lost it. */
export const openKept = async (files: Files, sha256: string) =>
  (await isKept(files, sha256)) ? createReadStream(placeOf(files, sha256)) : undefined

export const openArchive = (files: Files, sha256: string) => openFileSource(placeOf(files, sha256))

const verifier = path.join(
  path.dirname(fileURLToPath(import.meta.resolve('@melayani/ballot'))),
  '../bin/melayani-verify.mjs',
)

/**
 * What our verifier says of an archive: the very command that anybody runs at home, in a process of its own, so that a page
 * does not wait for it and a hostile file cannot stop the house.
 */
export function judgeArchive(file: string): Promise<Report> {
  return new Promise((done, failed) => {
    const args = [verifier, '--json', '--final', '--profile', 'pilkades', '--threads', '2', file]
    const options = { maxBuffer: 64 * 2 ** 20, timeout: 30 * 60_000 }
    // It ends with 1 or 2 where there is something to say: what counts is whether it has said it.
    execFile(process.execPath, args, options, (error, out) => {
      try {
        done(reportShape.parse(JSON.parse(out)))
      } catch {
        failed(error ?? new Error('the verifier said nothing that can be read'))
      }
    })
  })
}
