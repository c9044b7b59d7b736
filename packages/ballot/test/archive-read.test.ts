import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ArchiveRecord, ArchiveWriter, frame, textOf } from '../src/archive/index.ts'
import { joined } from '../src/archive/source.ts'
import { hexHash } from '../src/hash.ts'
import { dataRecord, fast, judged, listed, madeArchive, realArchive, realArchives, timestamp } from './archive-made.ts'

/** Where a sound archive may end: after each event. Before the first of them is the record BELENIOS alone. */
async function eventEnds(bytes: Uint8Array): Promise<number[]> {
  const list = await listed(bytes)
  return list.flatMap((item) =>
    item.kind === 'event' ? [item.offset + 512 + Math.ceil(item.body.length / 512) * 512] : [],
  )
}

test('every archive that belenios-tool made is read without a fault and written again byte for byte', async () => {
  const archives = realArchives()
  assert.ok(archives.length >= 2)
  for (const { name, bytes } of archives) {
    const { faults, entries, stage } = await judged(bytes, fast)
    assert.deepEqual(faults, [], name)
    const text = (record: ArchiveRecord | undefined) => textOf(record!.body)!
    const writer = new ArchiveWriter()
    const first = (await listed(bytes))[0] as ArchiveRecord
    const parts = [writer.begin(Number(JSON.parse(textOf(first.body)!).timestamp))]
    for (const { event, parts: part, sized, owned } of entries) {
      if (event.type === 'Setup')
        parts.push(
          writer.setup({
            election: text(part.election),
            trustees: text(part.trustees),
            credentials: text(part.public_credentials),
            ...(part.credentials_certificate && { certificate: text(part.credentials_certificate) }),
          }),
        )
      if (event.type === 'Ballot') parts.push(writer.ballot(text(part.ballot)))
      if (event.type === 'EndBallots') parts.push(writer.endBallots())
      if (event.type === 'EncryptedTally')
        parts.push(
          writer.encryptedTally(text(part.encrypted_tally), {
            numTallied: sized!.num_tallied,
            totalWeight: sized!.total_weight,
          }),
        )
      if (event.type === 'PartialDecryption')
        parts.push(writer.partialDecryption(owned!.owner, text(part.partial_decryption)))
      if (event.type === 'Result') parts.push(writer.result(text(part.result)))
    }
    assert.equal(Buffer.compare(joined(parts), bytes), 0, name)
    assert.equal(writer.stage, stage, name)
  }
})

test('the places of the records are those of tar: numbers from 1, offsets of headers, names', async () => {
  const list = (await listed(realArchive('tool-2.0-open.bel'))) as ArchiveRecord[]
  assert.deepEqual(
    list.map(({ record, offset, kind }) => [record, offset, kind]),
    [
      [1, 0, 'header'],
      [2, 1024, 'data'],
      [3, 2560, 'data'],
      [4, 5120, 'data'],
      [5, 7680, 'data'],
      [6, 8704, 'event'],
      [7, 9728, 'data'],
      [8, 15360, 'event'],
      [9, 16384, 'data'],
      [10, 22016, 'event'],
      [11, 23040, 'data'],
      [12, 28672, 'event'],
    ],
  )
  assert.equal(list[5]!.name, `${list[5]!.hash}.event.json`)
  assert.equal(list[5]!.hash, hexHash(list[5]!.body))
})

test('every byte of a small archive changed is a fault', async () => {
  const bytes = madeArchive('open')
  assert.equal(bytes.length, 8192)
  for (let at = 0; at < bytes.length; at++) {
    const altered = bytes.slice()
    altered[at]! ^= 1 << (at % 8)
    const { faults } = await judged(altered, fast)
    assert.ok(faults.length > 0, `byte ${at}`)
  }
})

test('every byte of every header of a real archive changed is a fault of that record', async () => {
  const bytes = realArchive('tool-2.0-decrypted.bel')
  const places = (await listed(bytes)).map(({ offset }, i) => ({ offset, record: i + 1 }))
  for (const { offset, record } of places)
    for (let at = offset + (record % 3); at < offset + 512; at += 3) {
      const altered = bytes.slice()
      altered[at]! ^= 1 << (at % 7)
      const { faults } = await judged(altered, { hash: 'deferred' })
      assert.ok(
        faults.some((fault) => fault.record === record && fault.rule.startsWith('archive.')),
        `byte ${at}`,
      )
    }
})

test('cut at any byte, a small archive is the sound archive of an earlier stage (after an event) or names a fault', async () => {
  const bytes = madeArchive('decrypted')
  const ends = new Map<number, string>()
  for (const until of ['open', 'ended', 'tallied', 'decrypted'] as const) ends.set(madeArchive(until).length, until)
  // After Setup, and between the two partial decryptions and the result.
  for (const end of await eventEnds(bytes)) if (!ends.has(end)) ends.set(end, end < 8192 ? 'open' : 'tallied')
  assert.equal(ends.size, 7)
  // Every byte of the first eight records; of the others the edges of their blocks.
  const edges = [0, 1, 2, 100, 124, 136, 148, 156, 157, 256, 510, 511]
  for (let length = 0; length <= bytes.length; length++) {
    if (length > 8192 && !edges.includes(length % 512)) continue
    // What is cut off changes no hash.
    const { faults, stage } = await judged(bytes.subarray(0, length), { hash: 'deferred' })
    if (ends.has(length)) assert.deepEqual([faults, stage], [[], ends.get(length)], `${length} bytes`)
    else {
      assert.ok(faults.length > 0, `${length} bytes`)
      if (length % 512 !== 0) assert.equal(faults[0]!.rule, 'archive.truncated', `${length} bytes`)
    }
  }
})

test('an empty file, a lone first record and records without their event say what is missing', async () => {
  assert.deepEqual((await judged(new Uint8Array(0))).rules, ['archive.empty', 'event.no-setup'])
  assert.deepEqual((await judged(madeArchive('setup'))).rules, ['event.no-setup'])
  const cut = madeArchive('open')
  assert.deepEqual((await judged(cut.subarray(0, cut.length - 1024))).rules, ['record.unreferenced'])
})

test('zeros after the last record are refused, be it one byte, one block, two or twenty', async () => {
  for (const zeros of [1, 511, 512, 1024, 10_240]) {
    const bytes = joined([madeArchive('decrypted'), new Uint8Array(zeros)])
    const { rules, faults } = await judged(bytes)
    assert.deepEqual(rules, ['archive.end-blocks'], `${zeros} zeros`)
    assert.equal(faults[0]!.offset, bytes.length - zeros)
  }
})

test('bytes in the padding, a time of its own, a wrong name and a second BELENIOS each have their rule and place', async () => {
  const bytes = madeArchive('open')
  const padding = bytes.slice()
  padding[1023] = 1
  const [fault] = (await judged(padding)).faults
  assert.deepEqual([fault!.rule, fault!.record, fault!.offset, fault!.name], ['archive.padding', 1, 0, 'BELENIOS'])
  const late = joined([bytes, dataRecord('"late"', timestamp + 1)])
  assert.deepEqual((await judged(late)).rules, ['archive.time', 'record.unreferenced'])
  const twice = joined([bytes, madeArchive('setup')])
  assert.deepEqual((await judged(twice)).rules, ['archive.name'])
  const headless = bytes.subarray(1024)
  assert.deepEqual((await judged(headless)).rules, ['archive.name'])
  const renamed = joined([bytes, frame('letter.txt', new Uint8Array(3), timestamp)])
  assert.deepEqual((await judged(renamed)).rules, ['archive.name', 'record.unreferenced'])
  const misnamed = joined([bytes, frame(`${'0'.repeat(64)}.data.json`, new Uint8Array(3), timestamp)])
  assert.deepEqual((await judged(misnamed)).rules, ['record.hash', 'record.unreferenced'])
})

test('the record BELENIOS has one spelling, and its timestamp is the time of all', async () => {
  for (const text of [
    '{"version":1,"timestamp":1795332664}',
    '{"version":2,"timestamp":"1795332664"}',
    '{"timestamp":"1795332664","version":1}',
    '{"version":1,"timestamp":"1795332664"}\n',
    '{"version":1,"timestamp":"01795332664"}',
    '{"version":1,"timestamp":"1795332664","note":1}',
    '{"version":1,"timestamp":"-1"}',
    '{"version":1,"timestamp":"8589934592"}',
    '[]',
    'null',
    '',
    '\ufeff{"version":1,"timestamp":"1795332664"}',
  ]) {
    const bytes = joined([
      frame('BELENIOS', new TextEncoder().encode(text), timestamp),
      madeArchive('open').subarray(1024),
    ])
    assert.deepEqual((await judged(bytes)).rules, ['archive.begin'], text)
  }
  const other = joined([
    frame('BELENIOS', new TextEncoder().encode('{"version":1,"timestamp":"5"}'), timestamp),
    madeArchive('open').subarray(1024),
  ])
  const { rules } = await judged(other)
  assert.deepEqual(new Set(rules), new Set(['archive.time']))
  assert.equal(rules.length, 8)
})

test('one fault hides no other: after a damaged size the next sound header is found, and a later fault too', async () => {
  const bytes = realArchive('tool-2.0-decrypted.bel')
  bytes[9728 + 130]! ^= 1
  bytes[46_080 + 300]! ^= 1
  const { faults, entries } = await judged(bytes)
  assert.deepEqual(
    faults.map(({ rule, offset }) => [rule, offset]),
    [
      ['archive.checksum', 9728],
      ['event.payload', 15_360],
      ['archive.checksum', 46_080],
      ['archive.header', 46_080],
    ].sort((a, b) => Number(a[1]) - Number(b[1])),
  )
  assert.equal(entries.length, 9)
})

test('a damaged size that happens to lead to a later header does not hide what is between', async () => {
  const bytes = madeArchive('open', 5)
  // From 14 to 4,110 bytes: four records further on.
  bytes[1024 + 130]! ^= 1
  bytes[4096 + 512]! ^= 1
  const { faults } = await judged(bytes)
  assert.deepEqual(
    faults.map(({ rule, offset }) => [rule, offset]),
    [
      ['archive.checksum', 1024],
      ['record.hash', 4096],
      ['event.payload', 5120],
      ['record.unreferenced', 2048],
      ['record.unreferenced', 3072],
      ['record.unreferenced', 4096],
    ],
  )
})

test('a damaged size that leads behind the end of the file is a damaged header, not a record cut off', async () => {
  const bytes = madeArchive('open')
  bytes[bytes.length - 1024 + 130]! ^= 1
  assert.deepEqual((await judged(bytes)).rules, ['archive.checksum', 'record.unreferenced'])
})

test('a body that looks like a header misleads nobody: sizes lead from record to record', async () => {
  const inner = joined([dataRecord('"inner"'), dataRecord('"more"')])
  const outer = frame(`${hexHash(inner)}.data.json`, inner, timestamp)
  const list = (await listed(joined([madeArchive('setup'), outer]))) as ArchiveRecord[]
  assert.equal(list.length, 2)
  assert.deepEqual(list[1]!.body, inner)
})
