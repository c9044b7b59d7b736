import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import path from 'node:path'
import { type Cut, type Medium, mediumAt } from './medium.ts'

/** Which disk a folder lies on, by a name that all its partitions share. Throws when there is no such folder. */
export type DiskOf = (folder: string) => string

export const diskOf: DiskOf = (folder) => {
  const { dev } = statSync(folder)
  if (process.platform !== 'linux') return String(dev)
  // As the kernel packs them into st_dev.
  const major = Math.floor(dev / 256) % 4096
  const minor = (dev % 256) + Math.floor(dev / 2 ** 20) * 256
  try {
    return disksBehind(realpathSync(`/sys/dev/block/${major}:${minor}`))
      .sort()
      .join('+')
  } catch {
    // A file system that is none of a block device (btrfs, tmpfs, a container's).
    return String(dev)
  }
}

/** A partition lies on its disk; an encrypted or logical volume on the partitions below it. */
function disksBehind(block: string): string[] {
  if (existsSync(path.join(block, 'partition'))) return [path.basename(path.dirname(block))]
  const below = path.join(block, 'slaves')
  const slaves = existsSync(below) ? readdirSync(below) : []
  if (slaves.length === 0) return [path.basename(block)]
  return [...new Set(slaves.flatMap((each) => disksBehind(realpathSync(path.join(below, each)))))]
}

/** A folder of a medium is not there, or lies on the disk of another (`on`): a stick that is not mounted leaves its bare folder behind. */
export type DiskFault = { readonly folder: string; readonly on?: string }

export type Disks = {
  readonly media: readonly Medium[]
  /** What was wrong when they were opened. That medium is lost until it is put right. */
  readonly fault?: DiskFault
  /** One more, for what is carried: it need not be there yet. */
  more(name: string, folder: string): Medium
}

/**
 * The media of a device (R50): nothing is written to a folder that is not there, nor to two on one disk, whenever that becomes so. `oneDisk`:
 * for practices and tests (`switchesFor`), whose folders are made.
 */
export function openDisks(
  folders: readonly { readonly name: string; readonly folder: string }[],
  { cut, oneDisk = false, disk = diskOf }: { cut?: Cut | undefined; oneDisk?: boolean; disk?: DiskOf } = {},
): Disks {
  // On which disk each was when it was looked at last: a bare mount point is on that of another, which is still there.
  const last = new Map<object, { folder: string; disk: string }>()
  let fault: DiskFault | undefined
  const isOn = (folder: string, where: string) => {
    try {
      return disk(folder) === where
    } catch {
      return false
    }
  }
  const open = (name: string, folder: string): Medium & { make(): void; look(): void } => {
    const self = {}
    const look = () => {
      if (oneDisk) return
      let here: string
      try {
        here = disk(folder)
      } catch (cause) {
        fault ??= { folder }
        throw cause
      }
      for (const [other, there] of last)
        if (other !== self && there.disk === here && isOn(there.folder, here)) {
          fault ??= { folder, on: there.folder }
          throw new Error(`${folder} is on the disk of ${there.folder}`)
        }
      last.set(self, { folder, disk: here })
    }
    return { ...mediumAt(name, folder, cut, look), look }
  }
  const media = folders.map(({ name, folder }) => {
    const medium = open(name, folder)
    if (oneDisk) medium.make()
    try {
      medium.look()
    } catch {
      // `fault` says it.
    }
    return medium
  })
  return {
    media,
    ...(fault ? { fault } : {}),
    more(name, folder) {
      const medium = open(name, folder)
      if (oneDisk) medium.make()
      return medium
    },
  }
}

/** For the one who starts the program, in both languages. */
export const sayDisks = ({ folder, on }: DiskFault): string =>
  on
    ? `${folder} ada di disk yang sama dengan ${on}. Setiap suara disimpan di dua media: pasang flash disk pada folder itu, lalu mulai lagi.
${folder} is on the same disk as ${on}. Every vote is kept on two media: mount the stick at that folder, then start again.`
    : `${folder} tidak ada. Pasang medianya atau buat foldernya, lalu mulai lagi.
There is no ${folder}. Mount the medium or make the folder, then start again.`
