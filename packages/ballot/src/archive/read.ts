import { hexHash } from '../hash.ts'
import { readBegin } from './events.ts'
import { type Fault, faultAt, type Place } from './fault.ts'
import { openWindow, type Source, type Window } from './source.ts'
import { blockSize, firstName, isZero, padded, readHeader, recordName } from './tar.ts'

/** One record. Its place is that of its header; the body begins `blockSize` bytes later. */
export interface ArchiveRecord extends Place {
  readonly kind: 'header' | 'data' | 'event'
  /** Hex SHA-256 of the body; with `hash: 'deferred'` only what the name claims. '' for the record BELENIOS, which has none. */
  readonly hash: string
  /** Bytes of their own: a consumer may keep them or transfer their buffer to a worker. */
  readonly body: Uint8Array<ArrayBuffer>
}

export interface ReadOptions {
  /**
   * The largest body that is taken into memory, bytes. A ballot has kilobytes; the largest object of an election is its
   * list of credentials: at 128 MiB two million voters (Ed25519) or 200,000 (2048 bits).
   */
  readonly largestRecord?: number
  /** Bytes asked of the source at a time. */
  readonly chunk?: number
  /** Hex SHA-256, at once or later. 'deferred': nothing is hashed here, and the caller compares name and body himself. */
  readonly hash?: ((body: Uint8Array) => string | Promise<string>) | 'deferred'
}

export const readLimits = { largestRecord: 128 * 1024 * 1024, chunk: 1024 * 1024 } as const

/**
 * The records of an archive in their order, and between them what is wrong with their framing, names, times and hashes;
 * the order of events is judged by `Order`. Memory is one chunk and one record, however long the file. After a fault the
 * reading goes on: with the next record where the size can be believed, else with the next block that is a sound header.
 * Never throws for what the file holds, only for what its source throws.
 */
export async function* records(
  source: Source,
  options: ReadOptions = {},
): AsyncGenerator<ArchiveRecord | Fault, void, void> {
  const largest = options.largestRecord ?? readLimits.largestRecord
  const hash = options.hash ?? ((body: Uint8Array) => hexHash(body))
  const window = openWindow(source, options.chunk ?? readLimits.chunk)
  const ahead = lookAhead(window)
  let timestamp: number | undefined
  let offset = 0
  for (let record = 1; ; record++) {
    const block = await window.view(offset, blockSize)
    const bare: Place = { record, offset, name: '' }
    if (block.length === 0) {
      if (offset === 0) yield faultAt(bare, 'archive.empty', 'the file has 0 bytes')
      return
    }
    if (isZero(block)) {
      yield faultAt(bare, 'archive.end-blocks', 'zeros stand where a header or the end of the file should be')
      const next = await ahead(offset + blockSize, timestamp)
      if (next === undefined) return
      offset = next
      continue
    }
    if (block.length < blockSize) {
      yield faultAt(bare, 'archive.truncated', `${block.length} of 512 bytes of a header are there`)
      return
    }
    const header = readHeader(block)
    const place: Place = { record, offset, name: header.name }
    for (const { rule, detail } of header.faults) yield faultAt(place, rule, detail)
    const isFirst = record === 1
    if (isFirst) timestamp = header.time
    if (isFirst !== (header.name === firstName) && !header.faults.some(({ rule }) => rule === 'archive.name'))
      yield faultAt(place, 'archive.name', isFirst ? `the first record is not ${firstName}` : `a second ${firstName}`)
    if (!isFirst && header.time !== undefined && header.time !== timestamp)
      yield faultAt(place, 'archive.time', `the time is ${header.time}, that of the archive ${timestamp}`)

    if (!header.summed || header.size === undefined) {
      const near = await ahead(offset + blockSize, timestamp)
      if (
        header.size === undefined ||
        !(await believable(window, source, offset + blockSize + padded(header.size), near))
      ) {
        if (near === undefined) return
        offset = near
        continue
      }
    }
    const size = header.size
    const bodyAt = offset + blockSize
    const next = bodyAt + padded(size)
    if (!(await reaches(window, source, next))) {
      yield faultAt(place, 'archive.truncated', `the file ends before byte ${next}, where this record of ${size} ends`)
      return
    }
    if (size > largest) {
      yield faultAt(place, 'archive.too-large', `the body has ${size} bytes, the limit is ${largest}`)
      offset = next
      continue
    }
    const body = await window.copy(bodyAt, size)
    const padding = await window.view(bodyAt + size, next - bodyAt - size)
    // A source that changes while it is read: what was there a moment ago is not any more.
    if (body.length < size || bodyAt + size + padding.length < next) {
      yield faultAt(place, 'archive.truncated', 'the file became shorter while it was read')
      return
    }
    if (!isZero(padding)) yield faultAt(place, 'archive.padding', `bytes after the body of ${size} are not zero`)
    if (header.name === firstName) {
      const begin = readBegin(body)
      if (begin.fault) yield faultAt(place, 'archive.begin', begin.fault)
      else if (isFirst && begin.value !== header.time)
        yield faultAt(place, 'archive.time', `the time is ${header.time}, the timestamp ${begin.value}`)
      if (isFirst) {
        timestamp = begin.value ?? header.time
        yield { ...place, kind: 'header', hash: '', body }
      }
    } else {
      const claimed = recordName(header.name)
      const made = hash === 'deferred' ? (claimed?.hash ?? '') : hash(body)
      const actual = typeof made === 'string' ? made : await made
      if (claimed && actual !== claimed.hash) yield faultAt(place, 'record.hash', `the body hashes to ${actual}`)
      yield { ...place, kind: claimed?.kind ?? (looksLikeEvent(body) ? 'event' : 'data'), hash: actual, body }
    }
    offset = next
  }
}

/** Of a record whose name says nothing: does it begin like an event? */
function looksLikeEvent(body: Uint8Array): boolean {
  const begin = String.fromCharCode(...body.subarray(0, 10))
  return begin === '{"parent":' || begin === '{"height":'
}

/** Does the source have at least `length` bytes? */
const reaches = async (window: Window, source: Source, length: number): Promise<boolean> =>
  source.size === undefined ? length === 0 || (await window.view(length - 1, 1)).length === 1 : length <= source.size

/**
 * May the size of a header be used though its checksum is wrong, so that any of its bytes may be the changed one? Only
 * if `next`, where it leads, is the end of the file or a header, and it leads past no sound header (`near` is the first).
 */
async function believable(window: Window, source: Source, next: number, near: number | undefined): Promise<boolean> {
  if (near !== undefined && near <= next) return near === next
  if (!(await reaches(window, source, next))) return false
  const block = await window.view(next, blockSize)
  return block.length === 0 || (block.length === blockSize && readHeader(block).summed)
}

/**
 * As `nextHeader`, for places ever further on. What was found stays the first until it is passed, so each block is looked at
 * once: a file of nothing but broken headers would take time by the square of its length otherwise.
 */
function lookAhead(window: Window): (from: number, time: number | undefined) => Promise<number | undefined> {
  let known: { from: number; time: number | undefined; at: number | undefined } | undefined
  return async (from, time) => {
    const holds = known && known.time === time && known.from <= from && (known.at === undefined || known.at >= from)
    if (!holds) known = { from, time, at: await nextHeader(window, from, time) }
    return known!.at
  }
}

const scanned = 128 * blockSize

/** The first block from `from` on that is a sound header with the archive's time: bodies rarely look like that. */
async function nextHeader(window: Window, from: number, time: number | undefined): Promise<number | undefined> {
  for (let at = from; ; at += scanned) {
    const bytes = await window.view(at, scanned)
    for (let i = 0; i + blockSize <= bytes.length; i += blockSize) {
      // Zeros are passed over quickly: a sparse file of gigabytes has many.
      if (bytes[i] === 0) continue
      const header = readHeader(bytes.subarray(i, i + blockSize))
      if (header.faults.length === 0 && (time === undefined || header.time === time)) return at + i
    }
    if (bytes.length < scanned) return undefined
  }
}
