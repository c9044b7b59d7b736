import {
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  utimesSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'

/**
 * A disk, or a USB stick: the only way in which a device of a polling place writes anything that must outlive it. Every call
 * below is one durable write: when it returns, the bytes are on the medium. Files carry one constant time, so that no file
 * tells when somebody voted.
 */
export interface Medium {
  readonly name: string
  /** undefined when there is no such file. Throws MediumLost when the medium is gone. */
  read(file: string): Uint8Array | undefined
  /** Adds to the end of a file that is there: where it is not, this is another medium. A cut leaves a beginning of these bytes. */
  append(file: string, bytes: Uint8Array): void
  /** Overwrites bytes in place; the file must be that long. A cut leaves any mixture of old and new sectors of 512 bytes. */
  overwrite(file: string, offset: number, bytes: Uint8Array): void
  /** The whole file, or the one before: never a mixture. */
  replace(file: string, bytes: Uint8Array): void
}

/** The medium cannot be written or read any more: pulled out, full, broken. */
export class MediumLost extends Error {
  readonly medium: string

  constructor(medium: string, cause: unknown) {
    super(`the medium "${medium}" is gone`, { cause })
    this.medium = medium
  }
}

/** To the end, and never a new file: it would hold what came last alone. */
const appending = constants.O_WRONLY | constants.O_APPEND

/** Every file's time of change, in seconds: the second in which this century began. */
const constantTime = 978_307_200

/**
 * `cut` is told of every durable write before it starts, with all its bytes; it may write a part of them and end the process
 * (see power-cut.ts). Nothing else in this file knows of it.
 */
export type Cut = (write: { medium: string; file: string; bytes: number }, part: (bytes: number) => void) => void

export function openMedium(name: string, folder: string, cut?: Cut): Medium {
  const medium = mediumAt(name, folder, cut)
  medium.make()
  return medium
}

/**
 * The same of a folder that must be there already. `guard` is asked before everything, and throws where the folder is not (any more) what it
 * should be. `make` makes the folder.
 */
export function mediumAt(
  name: string,
  folder: string,
  cut?: Cut,
  guard: () => void = () => {},
): Medium & { make(): void } {
  const at = (file: string) => path.join(folder, file)
  const guarded = <T>(work: () => T): T => {
    try {
      guard()
      return work()
    } catch (error) {
      throw error instanceof MediumLost ? error : new MediumLost(name, error)
    }
  }
  const put = (file: string, flags: string | number, bytes: Uint8Array, offset: number | null) => {
    const descriptor = openSync(at(file), flags, 0o600)
    try {
      cut?.({ medium: name, file, bytes: bytes.length }, (length) => {
        writeSync(descriptor, bytes, 0, length, offset)
        fsyncSync(descriptor)
      })
      let done = 0
      while (done < bytes.length)
        done += writeSync(descriptor, bytes, done, bytes.length - done, offset === null ? null : offset + done)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    utimesSync(at(file), constantTime, constantTime)
  }
  const settle = () => {
    // A new name is only safe when its folder is (Linux; Windows has no such call and needs none).
    if (process.platform === 'win32') return
    const descriptor = openSync(folder, 'r')
    try {
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
  }
  return {
    name,
    make: () => guarded(() => void mkdirSync(folder, { recursive: true, mode: 0o700 })),
    read: (file) => guarded(() => (existsSync(folder) && existsSync(at(file)) ? readFileSync(at(file)) : lost(folder))),
    append: (file, bytes) => guarded(() => put(file, appending, bytes, null)),
    overwrite: (file, offset, bytes) => guarded(() => put(file, 'r+', bytes, offset)),
    replace: (file, bytes) =>
      guarded(() => {
        put(`${file}.new`, 'w', bytes, null)
        renameSync(at(`${file}.new`), at(file))
        settle()
      }),
  }
}

/** A missing file is nothing; a missing folder is a medium that was pulled out. */
function lost(folder: string): undefined {
  if (!existsSync(folder)) throw new Error(`${folder} is not there`)
  return undefined
}
