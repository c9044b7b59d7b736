import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { entries, Order } from '@melayani/ballot/archive'
import { openFileSource } from '@melayani/ballot/node'
import { type Signed, signedShape } from '@melayani/polling/format'
import { type RecordManifest, readContainer } from '@melayani/polling/record'
import { z } from 'zod'
import type { Files } from '#platform/files.ts'
import { type RecordReport, type Report, recordReportShape, reportShape, type Setup } from '../domain/archive.ts'

/** Where a file of a polling place lies: by the hash of its bytes, beside the uploads. */
export const placeOf = (files: Files, sha256: string): string =>
  path.join(files.folder, 'voting', sha256.slice(0, 2), sha256)

export type KeepRefusal = 'file-too-large' | 'file-differs' | 'file-empty' | 'file-stalled'

/** In milliseconds: how long nothing may come, and how long all of it may take. */
export type Patience = { stall: number; whole: number }
class Stalled extends Error {}

/** What comes, as long as it comes; whoever sends slowly or not at all holds no file open. */
async function* arriving(body: AsyncIterable<Uint8Array>, { stall, whole }: Patience) {
  const source = body[Symbol.asyncIterator]()
  const end = performance.now() + whole
  let stop: NodeJS.Timeout | undefined
  try {
    for (;;) {
      const coming = source.next()
      // It may fail when nobody waits for it any more.
      coming.catch(() => undefined)
      const wait = Math.max(0, Math.min(stall, end - performance.now()))
      const late = new Promise<never>((_, fail) => {
        stop = setTimeout(() => fail(new Stalled()), wait)
      })
      const next = await Promise.race([coming, late])
      clearTimeout(stop)
      if (next.done) return
      yield next.value
    }
  } finally {
    clearTimeout(stop)
    source.return?.()?.catch(() => undefined)
  }
}

/**
 * Keep what is streamed if it is what it is called: its hash is taken on the way, and it gets its name only when all of it is on
 * the disk. At most `largest` bytes. What was begun and not finished leaves nothing.
 */
export async function keepStream(
  files: Files,
  sha256: string,
  body: AsyncIterable<Uint8Array>,
  largest: number,
  patience: Patience = { stall: 60_000, whole: 30 * 60_000 },
): Promise<{ size: number; start: Buffer } | { refusal: KeepRefusal }> {
  const place = placeOf(files, sha256)
  await mkdir(path.dirname(place), { recursive: true, mode: 0o700 })
  const coming = `${place}.${randomUUID()}.part`
  const handle = await open(coming, 'wx', 0o600)
  const sum = createHash('sha256')
  let size = 0
  let start: Buffer = Buffer.alloc(0)
  try {
    for await (const bytes of arriving(body, patience)) {
      if (start.length < 512) start = Buffer.concat([start, bytes.subarray(0, 512 - start.length)])
      size += bytes.length
      if (size > largest) return { refusal: 'file-too-large' }
      sum.update(bytes)
      await handle.appendFile(bytes)
    }
    await handle.sync()
    if (size === 0) return { refusal: 'file-empty' }
    if (sum.digest('hex') !== sha256) return { refusal: 'file-differs' }
    await rename(coming, place)
    return { size, start }
  } catch (error) {
    if (error instanceof Stalled) return { refusal: 'file-stalled' }
    throw error
  } finally {
    await handle.close()
    await rm(coming, { force: true })
  }
}

/** Remove a file that turned out to be nobody's. */
export const forget = (files: Files, sha256: string): Promise<void> => rm(placeOf(files, sha256), { force: true })

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

/** With what an archive begins; only for one that the verifier found sound, since its bytes are believed to be what they are called. */
export async function setupOf(file: string): Promise<Setup | undefined> {
  const source = await openFileSource(file)
  try {
    for await (const item of entries(source, new Order(), { hash: 'deferred' }))
      if (item.kind === 'entry' && item.setup) return item.setup
    return undefined
  } finally {
    await source.close()
  }
}

/** The manifest of a record as its file has it, with who signed it; undefined when the file is no record. Only framing is read. */
export async function manifestOf(file: string): Promise<{ signed: Signed; manifest: RecordManifest } | undefined> {
  const source = await openFileSource(file)
  try {
    const { entries, fault } = await readContainer(source)
    const last = entries.at(-1)
    if (fault || last?.name !== 'manifest.json' || last.size > 2 ** 20) return undefined
    const signed = signedShape.parse(await jsonAt(source, last))
    return { signed, manifest: JSON.parse(signed.text) as RecordManifest }
  } catch {
    return undefined
  } finally {
    await source.close()
  }
}

/** What witnesses signed at the polling place, of a record that its verifier called sound. */
export async function objectionsIn(file: string): Promise<Signed[]> {
  const source = await openFileSource(file)
  try {
    const entry = (await readContainer(source)).entries.find(({ name }) => name === 'objections.json')
    return entry ? z.array(signedShape).parse(await jsonAt(source, entry)) : []
  } finally {
    await source.close()
  }
}

type Place = { offset: number; size: number }
type Reading = { read: (at: number, length: number) => Promise<Uint8Array> }

async function jsonAt(source: Reading, place: Place): Promise<unknown> {
  const parts: Uint8Array[] = []
  for await (const part of partsAt(source, place)) parts.push(part)
  return JSON.parse(Buffer.concat(parts).toString('utf8'))
}

/** An entry's bytes, a part at a time: they begin one block after its header. */
async function* partsAt(source: Reading, place: Place) {
  for (let at = 0; at < place.size; ) {
    const part = await source.read(place.offset + 512 + at, Math.min(place.size - at, 2 ** 20))
    if (part.length === 0) throw new Error('a record ends within an entry')
    yield part
    at += part.length
  }
}

/** Keep an entry of a record as a file of its own, by the hash of its bytes. Read twice rather than held: an archive may be large. */
export async function keepEntry(files: Files, file: string, name: string) {
  const source = await openFileSource(file)
  try {
    const entry = (await readContainer(source)).entries.find((each) => each.name === name)
    if (!entry) return undefined
    const sum = createHash('sha256')
    for await (const part of partsAt(source, entry)) sum.update(part)
    const sha256 = sum.digest('hex')
    const kept = await keepStream(files, sha256, partsAt(source, entry), entry.size)
    return 'refusal' in kept ? undefined : { sha256, size: kept.size }
  } finally {
    await source.close()
  }
}

const polling = path.join(path.dirname(fileURLToPath(import.meta.resolve('@melayani/polling/format'))), '../main.ts')

/** What the record's verifier says: the command that anybody runs, with the keys by which this installation knows the package. */
export function judgeRecord(
  file: string,
  { centre, committee }: { centre: string; committee: string },
): Promise<RecordReport> {
  return new Promise((done, failed) => {
    const keys = ['--centre', centre, '--committee', committee]
    const args = [polling, 'record', 'verify', file, ...keys, '--json']
    execFile(process.execPath, args, { maxBuffer: 64 * 2 ** 20, timeout: 30 * 60_000 }, (error, out) => {
      try {
        done(recordReportShape.parse(JSON.parse(out)))
      } catch {
        failed(error ?? new Error('the verifier said nothing that can be read'))
      }
    })
  })
}
