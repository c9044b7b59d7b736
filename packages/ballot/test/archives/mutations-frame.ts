import { alter, blank, edit, known, type openSheet } from './alter.ts'
import { readEntries, sealHeader, sha256, type Tamper, writeEntries } from './draft.ts'
import type { Mutation } from './mutations.ts'
import { readFixture } from './read.ts'

/** The bytes of the small fixture, changed in place. */
const bytesOf = (change: (bytes: Buffer) => Uint8Array) => () =>
  Uint8Array.from(change(Buffer.from(readFixture(blank))))
/** Its records, changed without minding hashes. */
const entriesOf = (change: (entries: { name: string; text: string }[]) => void) => () => {
  const bytes = readFixture(blank)
  const entries = readEntries(bytes)
  change(entries)
  return writeEntries(entries, Number(JSON.parse(entries[0]!.text).timestamp))
}
const tampered = (tamper: Tamper) => alter(blank, () => tamper)
const events = (change: (events: ReturnType<typeof openSheet>['events']) => void) =>
  alter(known, (sheet) => {
    change(sheet.events)
    return undefined
  })

/** The second header: the record BELENIOS takes two blocks. */
const second = 1024
const changeHeader = (at: number, text: string) =>
  bytesOf((bytes) => {
    bytes.write(text, second + at, 'latin1')
    sealHeader(bytes.subarray(second, second + 512))
    return bytes
  })

export const frameMutations: Mutation[] = [
  { name: 'an empty file', bytes: bytesOf(() => Buffer.alloc(0)), rules: ['archive.empty', 'event.no-setup'] },
  { name: 'the last block cut off', bytes: bytesOf((bytes) => bytes.subarray(0, -512)), rules: ['archive.truncated'] },
  { name: 'the last byte cut off', bytes: bytesOf((bytes) => bytes.subarray(0, -1)), rules: ['archive.truncated'] },
  {
    name: 'two zero blocks at the end, as other tars have them',
    bytes: bytesOf((bytes) => Buffer.concat([bytes, Buffer.alloc(1024)])),
    rules: ['archive.end-blocks'],
  },
  { name: 'an owner in a header', bytes: changeHeader(108, '0000001'), rules: ['archive.header'] },
  { name: 'the word ustar in a header', bytes: changeHeader(257, 'ustar'), rules: ['archive.header'] },
  { name: 'a record with a time of its own', bytes: changeHeader(136, '00000000001'), rules: ['archive.time'] },
  { name: 'something behind the name in a header', bytes: changeHeader(99, 'x'), rules: ['archive.name'] },
  {
    name: 'a size with a space in place of its first zero',
    bytes: changeHeader(124, ' '),
    rules: ['archive.size', 'event.no-setup'],
  },
  {
    name: 'a wrong checksum',
    bytes: bytesOf((bytes) => {
      bytes.write('000000', second + 148, 'latin1')
      return bytes
    }),
    rules: ['archive.checksum'],
  },
  {
    name: 'a byte in the padding',
    bytes: bytesOf((bytes) => {
      bytes[bytes.length - 1] = 1
      return bytes
    }),
    rules: ['archive.padding'],
  },
  {
    name: 'a record called otherwise',
    bytes: entriesOf((entries) => {
      entries[1]!.name = 'election.json'
    }),
    rules: ['archive.name', 'event.no-setup'],
  },
  {
    name: 'a number as the time of the archive',
    bytes: entriesOf((entries) => {
      entries[0]!.text = entries[0]!.text.replace(/"(\d+)"/, '$1')
    }),
    rules: ['archive.begin', 'event.no-setup'],
  },
  {
    name: 'contents under the hash of others',
    // Nothing refers to the last event.
    bytes: entriesOf((entries) => {
      entries.at(-1)!.name = `${sha256('another')}.event.json`
    }),
    rules: ['record.hash'],
  },
  {
    name: 'a byte order mark before the result, hashed with it',
    bytes: events((list) => void list.push({ type: 'Result', texts: [`\ufeff${list.pop()!.texts[0]}`] })),
    rules: ['result.form'],
  },
  {
    name: 'a space in setup_data',
    bytes: tampered({ refer: (text, index) => (index === 0 ? text.replace(',', ', ') : text) }),
    rules: ['record.canonical'],
  },
  {
    name: 'one more member in setup_data',
    bytes: tampered({ refer: (text, index) => (index === 0 ? text.replace('}', ',"note":"x"}') : text) }),
    rules: ['record.shape'],
    or: 'record.canonical',
  },
  {
    name: 'trustees that do not stand before the setup',
    bytes: tampered({
      refer: (text, index) =>
        index === 0
          ? edit<{ trustees: string }>(text, (s) => {
              s.trustees = sha256('x')
            })
          : text,
    }),
    rules: ['record.missing'],
  },
  {
    name: 'the trustees before the election',
    bytes: tampered({ entries: ([a, b, c, ...rest]) => [a!, c!, b!, ...rest] }),
    rules: ['record.order'],
  },
  {
    name: 'a record that belongs to no event, before an event',
    bytes: tampered({
      entries: (entries) => entries.toSpliced(6, 0, { name: `${sha256('{}')}.data.json`, text: '{}' }),
    }),
    rules: ['record.unreferenced'],
  },
  {
    name: 'a record that belongs to no event, at the end',
    bytes: tampered({ entries: (entries) => [...entries, { name: `${sha256('{}')}.data.json`, text: '{}' }] }),
    rules: ['record.unreferenced'],
  },
  {
    name: 'a space in the last event',
    bytes: tampered({ eventText: (text, index) => (index === 5 ? text.replace(',', ', ') : text) }),
    rules: ['event.canonical'],
  },
  {
    name: 'one more member in the last event',
    bytes: tampered({ event: (event, index) => (index === 5 ? { ...event, note: 'x' } : event) }),
    rules: ['event.shape'],
    or: 'event.canonical',
  },
  {
    name: 'an event of a kind that there is not',
    bytes: tampered({ event: (event, index) => (index === 5 ? { ...event, type: 'toString' } : event) }),
    rules: ['event.shape'],
  },
  {
    name: 'an event with another parent',
    bytes: tampered({ event: (event, index) => (index === 3 ? { ...event, parent: sha256('x') } : event) }),
    rules: ['event.parent'],
  },
  {
    name: 'a first event with a parent',
    bytes: tampered({ event: (event, index) => (index === 0 ? { parent: sha256('x'), ...event } : event) }),
    rules: ['event.parent'],
  },
  {
    name: 'a height left out',
    bytes: tampered({ event: (event, index) => (index === 5 ? { ...event, height: 6 } : event) }),
    rules: ['event.height'],
  },
  {
    name: 'a payload that is not the record before the event',
    bytes: tampered({ event: (event, index) => (index === 1 ? { ...event, payload: sha256('x') } : event) }),
    rules: ['event.payload'],
  },
  {
    name: 'an end of voting with a payload',
    bytes: tampered({ event: (event, index) => (index === 2 ? { ...event, payload: sha256('x') } : event) }),
    rules: ['event.payload'],
  },
  {
    name: 'a tally without an end of voting',
    bytes: events((list) => void list.splice(4, 1)),
    // What comes out of order is not judged, so all that follows is out of order too.
    rules: ['event.order'],
  },
  {
    name: 'two ballots after the end of voting',
    bytes: events((list) => void list.splice(2, 0, list.splice(4, 1)[0]!)),
    rules: ['event.order', 'tally.product', 'tally.num-tallied', 'tally.total-weight'],
  },
  {
    name: 'two setups',
    bytes: events((list) => void list.splice(1, 0, list[0]!)),
    rules: ['event.second-setup'],
  },
  {
    name: 'a ballot after the result',
    bytes: events((list) => void list.push(list[2]!)),
    rules: ['event.after-result'],
  },
  {
    name: 'the result once more',
    bytes: events((list) => void list.push(list.at(-1)!)),
    rules: ['event.after-result'],
  },
  {
    name: 'another result before the true one',
    bytes: events((list) => void list.splice(9, 0, { type: 'Result', texts: ['{"result":[[1,0]]}'] })),
    rules: ['event.after-result', 'result.value'],
  },
  {
    name: 'the identical ballot twice',
    bytes: events((list) => void list.splice(3, 0, list[2]!)),
    rules: ['event.duplicate-ballot'],
  },
  {
    name: 'a trustee who decrypts twice',
    bytes: events((list) => void list.splice(7, 0, list[6]!)),
    rules: ['event.duplicate-owner'],
  },
  { name: 'no event at all', bytes: events((list) => void list.splice(0)), rules: ['event.no-setup'] },
  {
    name: 'a shuffle',
    bytes: events((list) => void list.splice(5, 5, { type: 'Shuffle', texts: ['{}', '{}'] })),
    rules: [],
    verdict: 'unsupported',
  },
]
