import { blockSize, frame, padded, type Source, writeHeader } from '@melayani/ballot/archive'

export { blockSize as blockSizeOf }

/** The time every entry carries, in seconds: the second in which this century began. A record tells no time but those in reports. */
export const recordTime = 978_307_200
/** The first entry and its body: what kind of file this is. */
export const firstEntry = { name: 'MELAYANI-RECORD', body: '{"format":"melayani-record/1"}' } as const
/** The last entry: what all others must be. */
export const lastEntry = 'manifest.json'

/** The largest entry, in bytes: a polling place of 10,000 ballots has an archive of about 120 MB. */
const largestEntry = 2 ** 31
/** So many entries, versions and photographs included, are read; a file of more is no record. */
const mostEntries = 300

export type Entry = {
  readonly name: string
  /** Byte in the file at which its header begins. */
  readonly offset: number
  /** Bytes of its body, which begins 512 bytes later. */
  readonly size: number
}

/** Something in the file's framing that is not as it must be, and the byte at which. Reading stops there. */
export type FramingFault = {
  readonly rule: 'record.header' | 'record.padding' | 'record.truncated' | 'record.first' | 'record.entries'
  readonly offset: number
  readonly entry?: string
}

/** A record's bytes: entries in the given order, each in the old tar form that an archive has too, so that any tar opens it. */
export function writeContainer(entries: readonly { readonly name: string; readonly body: Uint8Array }[]): Uint8Array {
  const parts = entries.map(({ name, body }) => frame(name, body, recordTime))
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** Entries in the order of the file. Every byte of headers and padding is compared with the only one that may stand there. */
export async function readContainer(source: Source): Promise<{ entries: Entry[]; fault?: FramingFault }> {
  const entries: Entry[] = []
  let offset = 0
  for (;;) {
    const block = await readExactly(source, offset, blockSize)
    if (block.length === 0) {
      if (entries[0]?.name === firstEntry.name) return { entries }
      return { entries, fault: { rule: 'record.first', offset: 0 } }
    }
    if (block.length < blockSize) return { entries, fault: { rule: 'record.truncated', offset: offset + block.length } }
    const end = block.indexOf(0)
    const name = new TextDecoder('latin1').decode(block.subarray(0, end < 0 ? 100 : end))
    const size = Number.parseInt(new TextDecoder('latin1').decode(block.subarray(124, 135)), 8)
    const wrong = firstDifference(block, name, size)
    if (wrong >= 0) return { entries, fault: { rule: 'record.header', offset: offset + wrong } }
    if (entries.length === mostEntries) return { entries, fault: { rule: 'record.entries', offset } }
    const filled = padded(size)
    const padding = await readExactly(source, offset + blockSize + size, filled - size)
    const dirty = padding.findIndex((byte) => byte !== 0)
    if (dirty >= 0)
      return { entries, fault: { rule: 'record.padding', offset: offset + blockSize + size + dirty, entry: name } }
    if (padding.length < filled - size || !(await reaches(source, offset + blockSize + size)))
      return { entries, fault: { rule: 'record.truncated', offset, entry: name } }
    entries.push({ name, offset, size })
    offset += blockSize + filled
  }
}

/** The first byte of a header that is not the one `writeHeader` would write for its own name and size, or -1. */
function firstDifference(block: Uint8Array, name: string, size: number): number {
  if (!Number.isSafeInteger(size) || size < 0 || size > largestEntry) return 124
  if (!/^[!-~]{1,99}$/.test(name)) return 0
  const wanted = writeHeader(name, size, recordTime)
  return block.findIndex((byte, at) => byte !== wanted[at])
}

/** Whether the source has bytes up to `end`. */
async function reaches(source: Source, end: number): Promise<boolean> {
  if (end === 0) return true
  return (await source.read(end - 1, 1)).length === 1
}

/** The body of an entry as a source of its own, read where it stands. */
export const bodyOf = (source: Source, { offset, size }: Entry): Source => ({
  size,
  read: (from, length) =>
    from >= size
      ? Promise.resolve(new Uint8Array(0))
      : source.read(offset + blockSize + from, Math.min(length, size - from)),
})

/** Up to `length` bytes; fewer only at the source's end. */
export async function readExactly(source: Source, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  let have = 0
  while (have < length) {
    const part = await source.read(offset + have, length - have)
    if (part.length === 0) return bytes.subarray(0, have)
    bytes.set(part, have)
    have += part.length
  }
  return bytes
}
