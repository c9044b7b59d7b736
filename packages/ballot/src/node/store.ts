import { createHash } from 'node:crypto'
import { type FileHandle, link, open, realpath, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ArchiveWriter, type SetupTexts, type Source, type Stage } from '../archive/index.ts'
import { joined } from '../archive/source.ts'
import { handleSource } from './file-source.ts'
import { takeLock } from './lock.ts'
import { scanArchive } from './scan.ts'

/** Of an append: it is on the disk, as event `height`, and the archive is sound up to byte `size`. */
export interface Receipt {
  readonly height: number
  /** Hex hash of the event. */
  readonly event: string
  readonly size: number
}

/** What a crash left after the last whole event, put aside when the archive was opened again. */
export interface TornTail {
  readonly path: string
  readonly offset: number
  readonly bytes: number
  /** The first thing that is wrong or missing there. */
  readonly detail: string
}

/** The file is not one that a crash of this store could have left; nothing was changed in it. */
export class DamagedArchive extends Error {
  override name = 'DamagedArchive'
}

export interface StoreOptions {
  /** Bytes of appends that are written and synced together at most (one append may be larger). Default 4 MiB. */
  readonly group?: number
  /** Largest record accepted on opening, bytes; default as for reading. */
  readonly largestRecord?: number
}

interface Waiting {
  readonly bytes: Uint8Array
  readonly height: number
  readonly event: string
  readonly resolve: (receipt: Receipt) => void
  readonly reject: (error: unknown) => void
}

const hash = (body: Uint8Array) => createHash('sha256').update(body).digest('hex')

/**
 * An archive in a file, for one writer. An append (its data records and its event) is written at the end and synced to
 * the disk before its promise is fulfilled; those that come meanwhile wait and share the next write and sync. What was
 * acknowledged survives the end of the process and of the power, as far as the disk keeps what it says it has synced.
 * An append that is rejected with anything but WriteRefused may or may not be in the file when it is next opened; after
 * it this store takes nothing more and must be opened again.
 */
export class ArchiveStore {
  readonly path: string
  /** Set when opening found the traces of a crash. */
  readonly torn: TornTail | undefined
  #handle: FileHandle
  #unlock: () => void
  #writer: ArchiveWriter
  #size: number
  #group: number
  #waiting: Waiting[] = []
  #flushing: Promise<void> | undefined
  #failed: unknown
  #closing: Promise<void> | undefined

  private constructor(
    path: string,
    held: Held,
    writer: ArchiveWriter,
    size: number,
    options: StoreOptions,
    torn?: TornTail,
  ) {
    this.path = path
    this.torn = torn
    this.#handle = held.handle
    this.#unlock = held.unlock
    this.#writer = writer
    this.#size = size
    this.#group = options.group ?? 4 * 1024 * 1024
  }

  /**
   * A new archive with its first record, on the disk under its name when this is fulfilled; never half of it. Timestamp:
   * whole seconds. Throws if the file exists already.
   */
  static async create(path: string, timestamp: number, options: StoreOptions = {}): Promise<ArchiveStore> {
    const bytes = new ArchiveWriter().begin(timestamp)
    const real = join(await realpath(dirname(path)), basename(path))
    const unlock = takeLock(`${real}.lock`)
    try {
      const draft = `${real}.new`
      // What an earlier attempt left before it had a name holds nothing anybody was told of.
      await rm(draft, { force: true })
      await writeAside(draft, [bytes])
      // Unlike a rename, a link never replaces a file.
      await link(draft, real).finally(() => rm(draft))
      await syncFolder(real)
    } finally {
      unlock()
    }
    return ArchiveStore.open(real, options)
  }

  /**
   * Opens an archive to go on with it. The whole of it is read: what follows the last whole event is a torn write if no
   * other event is among it, and is then put aside in FILE.torn (FILE.torn.2, …) and cut off. Throws Locked when it has
   * a writer, DamagedArchive when it is anything else than a sound archive with a torn end.
   */
  static async open(path: string, options: StoreOptions = {}): Promise<ArchiveStore> {
    const real = await realpath(path)
    const unlock = takeLock(`${real}.lock`)
    let handle: FileHandle | undefined
    try {
      handle = await open(real, 'r+')
      const size = (await handle.stat()).size
      const found = await scanArchive(handleSource(handle, size), { ...options, hash })
      if (found.end === 0 || found.eventsAfter > 0)
        throw new DamagedArchive(
          `${real}: ${found.detail} (byte ${found.offset}); ` +
            (found.end === 0
              ? 'it does not begin as an archive'
              : `${found.eventsAfter} whole events stand at or after that`),
        )
      const torn = found.end < size ? await cutTail(real, handle, found.end, size, found.detail) : undefined
      // What is whole but was not acknowledged when the process ended is from now on relied upon.
      await handle.sync()
      await syncFolder(real)
      return new ArchiveStore(real, { handle, unlock }, ArchiveWriter.resume(found.state), found.end, options, torn)
    } catch (error) {
      await handle?.close()
      unlock()
      throw error
    }
  }

  /** Of what has been accepted, acknowledged or not yet. */
  get stage(): Stage {
    return this.#writer.stage
  }

  /** Bytes that are acknowledged. */
  get size(): number {
    return this.#size
  }

  /** The archive as acknowledged at this moment, to be read while it grows. */
  source(): Source & { readonly size: number } {
    return handleSource(this.#handle, this.#size)
  }

  setup(texts: SetupTexts): Promise<Receipt> {
    return this.#append((writer) => writer.setup(texts))
  }

  ballot(text: string): Promise<Receipt> {
    return this.#append((writer) => writer.ballot(text))
  }

  endBallots(): Promise<Receipt> {
    return this.#append((writer) => writer.endBallots())
  }

  encryptedTally(text: string, size: { numTallied: number; totalWeight: bigint }): Promise<Receipt> {
    return this.#append((writer) => writer.encryptedTally(text, size))
  }

  partialDecryption(owner: number, text: string): Promise<Receipt> {
    return this.#append((writer) => writer.partialDecryption(owner, text))
  }

  result(text: string): Promise<Receipt> {
    return this.#append((writer) => writer.result(text))
  }

  /** Waits for the appends under way, then gives file and lock back. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    this.#failed ??= new Error(`${this.path} is closed`)
    await this.#flushing
    await this.#handle.close()
    this.#unlock()
  }

  async #append(step: (writer: ArchiveWriter) => Uint8Array): Promise<Receipt> {
    if (this.#failed !== undefined) throw this.#failed
    const bytes = step(this.#writer)
    const { height, parent } = this.#writer.state
    return new Promise((resolve, reject) => {
      this.#waiting.push({ bytes, height, event: parent!, resolve, reject })
      this.#flushing ??= this.#flush()
    })
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#nextGroup()
      try {
        await writeAll(this.#handle, joined(group.map(({ bytes }) => bytes)), this.#size)
        await this.#handle.sync()
      } catch (error) {
        // After a failed sync nobody knows what the disk has: only reading it again can tell.
        this.#failed = error
        for (const { reject } of [...group, ...this.#waiting]) reject(error)
        this.#waiting = []
        break
      }
      for (const { bytes, height, event, resolve } of group) {
        this.#size += bytes.length
        resolve({ height, event, size: this.#size })
      }
    }
    this.#flushing = undefined
  }

  #nextGroup(): Waiting[] {
    let count = 0
    let length = 0
    for (const { bytes } of this.#waiting) {
      if (count > 0 && length + bytes.length > this.#group) break
      length += bytes.length
      count++
    }
    return this.#waiting.splice(0, count)
  }
}

interface Held {
  readonly handle: FileHandle
  readonly unlock: () => void
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, at, bytes.length - at, position + at)
    at += bytesWritten
  }
}

/** A new file with these pieces, synced. */
async function writeAside(path: string, pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await open(path, 'wx')
  try {
    let at = 0
    for await (const piece of pieces) {
      await writeAll(handle, piece, at)
      at += piece.length
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Puts the bytes from `end` on into a file of their own, and only when they are safe there cuts them off. */
async function cutTail(path: string, handle: FileHandle, end: number, size: number, detail: string): Promise<TornTail> {
  async function* tail() {
    const source = handleSource(handle, size)
    for (let at = end; at < size; ) {
      const piece = await source.read(at, 1024 * 1024)
      if (piece.length === 0) throw new Error(`${path} became shorter while it was read`)
      yield piece
      at += piece.length
    }
  }
  for (let n = 1; ; n++) {
    const aside = n === 1 ? `${path}.torn` : `${path}.torn.${n}`
    try {
      await writeAside(aside, tail())
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue
      throw error
    }
    await syncFolder(path)
    await handle.truncate(end)
    return { path: aside, offset: end, bytes: size - end, detail }
  }
}

/** A file is there after a power cut only once its folder is synced too. */
async function syncFolder(path: string): Promise<void> {
  // Windows neither can nor needs to open a folder for this.
  if (process.platform === 'win32') return
  const handle = await open(dirname(path), 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
