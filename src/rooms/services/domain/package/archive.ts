import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'
import { limits } from './limits.ts'
import { type Problem, problem, type Reading } from './problem.ts'

/** Files by their path inside the package: `forms/report.yaml` → bytes. */
export type Files = Map<string, Uint8Array>

const endOfDirectory = 0x06054b50
const directoryEntry = 0x02014b50
const localEntry = 0x04034b50
/** 1 January 1980, midnight: the first moment that a zip can tell. */
const noTime = 0x00210000

/**
 * The files of a zip (APPNOTE 6.3.9), read by its directory and trusted in nothing: every size is checked before a
 * byte is unpacked, every entry must agree with its own header, none may overlap another, and what is in the file but
 * not in the directory is refused, so that no two programs can see two different packages in it.
 */
export function unpack(bytes: Uint8Array): Reading<Files> {
  const stop = (rule: string, says: string, file = ''): Reading<Files> => ({
    ok: false,
    problems: [problem(rule, says, file)],
  })
  if (bytes.length > limits.archive)
    return stop('archive-too-large', `${bytes.length} bytes; at most ${limits.archive}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const end = bytes.length - 22
  // No comment may follow, so the record stands exactly here.
  if (end < 0 || view.getUint32(end, true) !== endOfDirectory || view.getUint16(end + 20, true) !== 0)
    return stop('not-a-zip', 'the file does not end as a zip of a package does')
  const count = view.getUint16(end + 10, true)
  const size = view.getUint32(end + 12, true)
  const start = view.getUint32(end + 16, true)
  if (view.getUint32(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count || count === 0xffff)
    return stop('not-a-zip', 'zips in several parts and 64-bit zips are not read')
  if (count > limits.files) return stop('too-many-files', `${count} files; at most ${limits.files}`)
  if (start + size !== end) return stop('not-a-zip', 'its directory is not where it says')

  const files: Files = new Map()
  const seen = new Set<string>()
  let at = start
  let expected = 0
  let total = 0
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== directoryEntry)
      return stop('not-a-zip', 'its directory is broken')
    const entry = readEntry(view, bytes, at)
    at = entry.next
    const bad = badName(entry.name) ?? badEntry(entry, seen)
    if (bad) return { ok: false, problems: [bad] }
    seen.add(entry.name.toLowerCase())
    total += entry.size
    if (total > limits.unpacked) return stop('zip-bomb', `unpacks to more than ${limits.unpacked} bytes`)
    if (entry.offset !== expected)
      return stop('overlapping-files', 'files overlap, or bytes stand between them', entry.name)
    const from = dataOf(view, bytes, entry)
    if (from === undefined)
      return stop('headers-differ', 'its own header says otherwise than the directory', entry.name)
    expected = from + entry.packed
    if (expected > start) return stop('overlapping-files', 'a file reaches into the directory', entry.name)
    const content = contentOf(entry, bytes.subarray(from, expected))
    if (!content) return stop('content-differs', 'its content is not what its header says', entry.name)
    files.set(entry.name, content)
  }
  if (at !== end) return stop('not-a-zip', 'its directory is longer than its entries')
  if (expected !== start) return stop('overlapping-files', 'bytes that belong to no file')
  return { ok: true, value: files, problems: [] }
}

type Entry = ReturnType<typeof readEntry>

function readEntry(view: DataView, bytes: Uint8Array, at: number) {
  const nameLength = view.getUint16(at + 28, true)
  const extra = view.getUint16(at + 30, true)
  const comment = view.getUint16(at + 32, true)
  return {
    at,
    /** Everything that a package's entries have in common: versions, no time, no attributes. */
    usual:
      view.getUint16(at + 4, true) === 20 &&
      view.getUint16(at + 6, true) === 20 &&
      view.getUint32(at + 12, true) === noTime &&
      view.getUint32(at + 34, true) === 0 &&
      view.getUint32(at + 38, true) === 0,
    madeBy: view.getUint16(at + 4, true) >> 8,
    flags: view.getUint16(at + 8, true),
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    packed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    mode: view.getUint32(at + 38, true) >>> 16,
    offset: view.getUint32(at + 42, true),
    extra,
    comment,
    name: text(bytes.subarray(at + 46, at + 46 + nameLength)),
    nameLength,
    next: at + 46 + nameLength + extra + comment,
  }
}

function badEntry(entry: Entry, seen: Set<string>): Problem | undefined {
  const { name } = entry
  // 0o120000: a symbolic link, by which a later file could be written anywhere.
  if (entry.madeBy === 3 && entry.mode !== 0 && (entry.mode & 0o170000) !== 0o100000 && (entry.mode & 0o170000) !== 0)
    return problem('not-a-plain-file', 'only plain files: no links, no folders, no devices', name)
  if (entry.flags & ~0x0806) return problem('encrypted', 'encrypted or streamed entries are not read', name)
  if (entry.method !== 0 && entry.method !== 8) return problem('unknown-compression', 'only stored or deflated', name)
  if (entry.extra || entry.comment || !entry.usual || (entry.flags & ~0x0800) !== 0)
    return problem('headers-differ', 'is not written as entries of packages are', name)
  if (seen.has(name.toLowerCase())) return problem('duplicate-file', 'two files of one name', name)
  if (entry.size > limits.file) return problem('file-too-large', `${entry.size} bytes; at most ${limits.file}`, name)
  if (entry.size > 1024 && entry.size > entry.packed * limits.ratio)
    return problem('zip-bomb', `becomes more than ${limits.ratio} times larger`, name)
  return undefined
}

/** Where the content begins; undefined when the entry's own header does not agree with the directory. */
function dataOf(view: DataView, bytes: Uint8Array, entry: Entry): number | undefined {
  const { offset } = entry
  if (offset + 30 + entry.nameLength > bytes.length || view.getUint32(offset, true) !== localEntry) return undefined
  // The 26 bytes from "version needed" to "length of extra" stand in both; after them the name.
  const twin = bytes.subarray(entry.at + 6, entry.at + 32)
  const same =
    bytes.subarray(offset + 4, offset + 30).every((byte, i) => byte === twin[i]) &&
    text(bytes.subarray(offset + 30, offset + 30 + entry.nameLength)) === entry.name
  return same ? offset + 30 + entry.nameLength : undefined
}

function contentOf(entry: Entry, packed: Uint8Array): Uint8Array | undefined {
  if (packed.length !== entry.packed) return undefined
  try {
    const content =
      entry.method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.size), finishFlush: 4 })
    return content.length === entry.size && crc32(content) === entry.crc ? new Uint8Array(content) : undefined
  } catch {
    return undefined
  }
}

/**
 * Why a path is not one of a package: lower-case words and one dot, no way up, no drive, no back slash, nothing hidden.
 */
export function badName(name: string): Problem | undefined {
  if (name.length > limits.path) return problem('path-outside', 'a path that is too long', name.slice(0, 40))
  if (/^(?:[a-z]+\/)?[a-z][a-z0-9_]*\.(?:json|yaml)$/.test(name) || name === 'README.md' || name === 'seal.sig')
    return undefined
  const outside = /(^|[\\/])\.\.|^[\\/]|:|\\|\0/.test(name)
  return outside
    ? problem('path-outside', 'a path that leads out of the package', name.replace(/[^ -~]/g, '?').slice(0, 60))
    : problem('unknown-file', 'a package has no such file', name.replace(/[^ -~]/g, '?').slice(0, 60))
}

function text(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return '\0'
  }
}

/** A zip of these files: the same bytes whenever and wherever it is made (sorted, no times, no owners). */
export function pack(files: Files): Uint8Array {
  const local: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const [path, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const name = new TextEncoder().encode(path)
    const deflated = deflateRawSync(content, { level: 9 })
    const method = deflated.length < content.length ? 8 : 0
    const packed = method === 8 ? deflated : content
    const head = new DataView(new ArrayBuffer(26))
    head.setUint16(0, 20, true)
    head.setUint16(2, 0x0800, true)
    head.setUint16(4, method, true)
    head.setUint32(6, noTime, true)
    head.setUint32(10, crc32(content), true)
    head.setUint32(14, packed.length, true)
    head.setUint32(18, content.length, true)
    head.setUint16(22, name.length, true)
    const common = new Uint8Array(head.buffer)
    local.push(word(localEntry), common, name, packed)
    const rest = new DataView(new ArrayBuffer(14))
    rest.setUint32(10, offset, true)
    directory.push(word(directoryEntry), new Uint8Array([20, 0]), common, new Uint8Array(rest.buffer), name)
    offset += 30 + name.length + packed.length
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  const end = new DataView(new ArrayBuffer(18))
  end.setUint16(4, files.size, true)
  end.setUint16(6, files.size, true)
  end.setUint32(8, size, true)
  end.setUint32(12, offset, true)
  return new Uint8Array(Buffer.concat([...local, ...directory, word(endOfDirectory), new Uint8Array(end.buffer)]))
}

function word(value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(4))
  view.setUint32(0, value, true)
  return new Uint8Array(view.buffer)
}
