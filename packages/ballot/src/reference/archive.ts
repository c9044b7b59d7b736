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

/** A header block of an old tar: see section 2 of the notes. `mtime` is the same in each. */
function headerOf(name: string, size: number, mtime: number): Uint8Array {
  const header = new Uint8Array(block)
  const write = (at: number, text: string) => header.set(new TextEncoder().encode(text), at)
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0')
  write(0, name)
  write(100, '0000644\0')
  write(108, '0000000\0')
  write(116, '0000000\0')
  write(124, `${octal(size, 11)}\0`)
  write(136, `${octal(mtime, 11)}\0`)
  write(148, '        ')
  write(156, '0')
  const checksum = header.reduce((sum, byte) => sum + byte, 0)
  write(148, `${octal(checksum, 6)}\0 `)
  return header
}

const ascii = (bytes: Uint8Array) => String.fromCharCode(...bytes)

/** The fields of a header that have a rule of their own; all other bytes are archive.header. */
const fields = [
  { from: 0, to: 100, rule: 'archive.name' },
  { from: 136, to: 148, rule: 'archive.time' },
  { from: 148, to: 156, rule: 'archive.checksum' },
]

/** The entries of the file. Where a header cannot be read, the reading ends. */
function readEntries(bytes: Uint8Array, findings: Findings): Entry[] {
  const entries: Entry[] = []
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
    const wrong = [...header.keys()].filter((k) => header[k] !== expected[k])
    const rules = wrong.map((k) => fields.find(({ from, to }) => from <= k && k < to)?.rule ?? 'archive.header')
    for (const rule of new Set(rules)) findings.expect(false, rule, place)
    const padding = bytes.subarray(at + block + size, end)
    const zero = padding.every((byte) => byte === 0)
    findings.expect(zero, 'archive.padding', place)
    entries.push({ name, text })
    at = end
  }
  return entries
}

/** {"version":1,"timestamp":"1795290174"} */
function readTimestamp(text: string): number {
  const reader = new Reader('archive', 'first record', 'archive.begin')
  const header = reader.members(reader.parse(text), 'version timestamp')
  const timestamp = reader.text(header.timestamp)
  if (header.version !== 1 || !/^(0|[1-9][0-9]{0,9})$/.test(timestamp) || Number(timestamp) >= 8 ** 11) reader.refuse()
  return Number(timestamp)
}

/** The events in their order, each with the data before it. The chain of hashes is checked, what the data say is not. */
export function readArchive(bytes: Uint8Array, findings: Findings): Event[] {
  const events: Event[] = []
  const [first, ...entries] = readEntries(bytes, findings)
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
  findings.expect(data.length === 0, 'record.unreferenced', `after event ${events.length - 1}`)
  return events
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
