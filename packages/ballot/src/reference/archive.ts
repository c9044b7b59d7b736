import { type Findings, Refusal } from './findings.ts'
import { hex, Reader } from './texts.ts'

/** A record between two headers: HASH.data.json or HASH.event.json. */
type Entry = { name: string; text: string }
export type Data = { hash: string; text: string }
export type EventType =
  | 'Setup'
  | 'Ballot'
  | 'EndBallots'
  | 'EncryptedTally'
  | 'Shuffle'
  | 'EndShuffles'
  | 'PartialDecryption'
  | 'Result'
/** An event with the data recorded before it. */
export type Event = { place: string; type: EventType; data: Data[] }

const block = 512

/** A header block of an old tar, but for its checksum: see section 2 of the notes. `mtime` is the same in each. */
function headerOf(name: string, size: number, mtime: number): Uint8Array {
  const header = new Uint8Array(block)
  const write = (at: number, text: string) => header.set(new TextEncoder().encode(text), at)
  const octal = (value: number) => value.toString(8).padStart(11, '0')
  write(0, name)
  write(100, '0000644\0')
  write(108, '0000000\0')
  write(116, '0000000\0')
  write(124, `${octal(size)}\0`)
  write(136, `${octal(mtime)}\0`)
  write(156, '0')
  return header
}

/** Six octal digits of the sum of all bytes, those of the checksum itself taken as spaces; then NUL and a space. */
function checksumOf(header: Uint8Array): string {
  const sum = header.reduce((total, byte, k) => total + (k >= 148 && k < 156 ? 32 : byte), 0)
  return `${sum.toString(8).padStart(6, '0')}\0 `
}

const ascii = (bytes: Uint8Array) => String.fromCharCode(...bytes)

/** The rule for a byte of a header. */
const ruleOf = (at: number) => (at < 100 ? 'archive.name' : at >= 136 && at < 148 ? 'archive.time' : 'archive.header')

/** Reads the entries of the file one after the other, until one cannot be read. */
function readEntries(bytes: Uint8Array, findings: Findings, entries: Entry[]): void {
  let mtime: number | undefined
  for (let at = 0; at < bytes.length; ) {
    const place = `byte ${at}`
    const header = bytes.subarray(at, at + block)
    if (header.every((byte) => byte === 0)) throw new Refusal('archive.end-blocks', place)
    if (header.length < block) throw new Refusal('archive.truncated', place)
    const name = ascii(header.subarray(0, 100)).replace(/\0.*$/s, '')
    const octal = /^[0-7]{11}\0$/.exec(ascii(header.subarray(124, 136)))
    if (!octal) throw new Refusal('archive.size', place)
    const size = Number.parseInt(octal[0], 8)
    const end = at + block + Math.ceil(size / block) * block
    if (end > bytes.length) throw new Refusal('archive.truncated', place)
    // Bytes that are no UTF-8 come out as others here, and their hash will be wrong.
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(at + block, at + block + size))
    mtime ??= readTimestamp(text)
    const expected = headerOf(name, size, mtime)
    const wrong = [...header.keys()].filter((k) => (k < 148 || k >= 156) && header[k] !== expected[k])
    for (const rule of new Set(wrong.map(ruleOf))) findings.expect(false, rule, place)
    findings.expect(ascii(header.subarray(148, 156)) === checksumOf(header), 'archive.checksum', place)
    const padding = bytes.subarray(at + block + size, end)
    const zero = padding.every((byte) => byte === 0)
    findings.expect(zero, 'archive.padding', place)
    entries.push({ name, text })
    at = end
  }
}

/** {"version":1,"timestamp":"1795290174"} */
function readTimestamp(text: string): number {
  const reader = new Reader('archive', 'first record', 'archive.begin')
  const header = reader.members(reader.parse(text), 'version timestamp')
  const timestamp = reader.text(header.timestamp)
  if (header.version !== 1 || !/^(0|[1-9][0-9]{0,9})$/.test(timestamp) || Number(timestamp) >= 8 ** 11) reader.refuse()
  return Number(timestamp)
}

/**
 * Reads the events in their order, each with the data before it, as far as they can be read. The chain of hashes is
 * checked, what the data say is not.
 */
export function readArchive(bytes: Uint8Array, findings: Findings, events: Event[]): void {
  const all: Entry[] = []
  const whole = findings.attempt(() => {
    readEntries(bytes, findings, all)
    return true
  })
  const [first, ...entries] = all
  if (!first && !whole) return
  if (first?.name !== 'BELENIOS') throw new Refusal(first ? 'archive.name' : 'archive.empty', 'first record')
  findings.counts.records = 1 + entries.length
  let data: Data[] = []
  let parent: string | undefined
  for (const { name, text } of entries) {
    const kind = /^([0-9a-f]{64})\.(data|event)\.json$/.exec(name)
    if (!kind) throw new Refusal('archive.name', name)
    const hash = kind[1]!
    // HASH = hex(body)
    findings.expect(hash === hex(text), 'record.hash', name)
    if (kind[2] === 'data') {
      data.push({ hash, text })
      continue
    }
    const place = `event ${events.length}`
    const reader = new Reader('event', place, 'event.shape')
    const event = reader.members(reader.parse(text, 'event.canonical'), 'parent? height type payload?')
    findings.expect(event.height === events.length, 'event.height', place)
    // parent = hex(previous event's text), absent in the first event
    findings.expect(event.parent === parent, 'event.parent', place)
    const type = reader.text(event.type)
    if (!Object.hasOwn(recorded, type)) reader.refuse()
    // The payload is the last record written before the event.
    const without = type === 'EndBallots' || type === 'EndShuffles'
    findings.expect(event.payload === (without ? undefined : data.at(-1)?.hash), 'event.payload', place)
    const [least, most] = recorded[type as EventType]
    if (data.length < least) throw new Refusal('record.missing', place)
    findings.expect(data.length <= most, 'record.unreferenced', place)
    events.push({ place, type: type as EventType, data: without ? [] : data.slice(-most) })
    data = []
    parent = hash
  }
  findings.expect(data.length === 0 || !whole, 'record.unreferenced', `after event ${events.length - 1}`)
}

/**
 * How many data records stand before an event, at least and at most: before Setup the election, the trustees, the
 * credentials, perhaps (3.2) their certificate, setup_data; and so on.
 */
const recorded: Record<EventType, [number, number]> = {
  Setup: [4, 5],
  Ballot: [1, 1],
  EndBallots: [0, 0],
  EncryptedTally: [2, 2],
  Shuffle: [2, 2],
  EndShuffles: [0, 0],
  PartialDecryption: [2, 2],
  Result: [1, 1],
}
