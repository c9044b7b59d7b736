import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type ArchiveRecord, blobSource, type Fault, frame, type Source, writeHeader } from '../src/archive/index.ts'
import { joined } from '../src/archive/source.ts'
import { hexHash } from '../src/hash.ts'
import { dataRecord, fast, judged, listed, madeArchive, piecewise, realArchive, timestamp } from './archive-made.ts'

test('bodies of 0, 1, 511, 512 and 513 bytes come back as they were', async () => {
  const sizes = [0, 1, 511, 512, 513]
  const bodies = sizes.map((size) => new Uint8Array(size).fill(0x61))
  const bytes = joined([
    madeArchive('setup'),
    ...bodies.map((body) => frame(`${hexHash(body)}.data.json`, body, timestamp)),
  ])
  const list = (await listed(bytes)) as ArchiveRecord[]
  assert.deepEqual(
    list.slice(1).map(({ body }) => body),
    bodies,
  )
  for (const { body } of list) assert.equal(body.buffer.byteLength, body.length)
})

test('a header that claims 8 GB in a small file is a record cut off, and nothing of that size is asked for', async () => {
  const bytes = madeArchive('open')
  const huge = writeHeader(`${'ab'.repeat(32)}.data.json`, 8 ** 11 - 1, timestamp)
  const all = joined([bytes, huge])
  const asked: number[] = []
  for (const size of [all.length, undefined]) {
    const source: Source = {
      size,
      read: async (offset, length) => {
        asked.push(length)
        return all.subarray(offset, offset + length)
      },
    }
    const { faults } = await judged(source, fast)
    assert.equal(faults.at(-1)!.rule, 'archive.truncated')
    assert.equal(faults.at(-1)!.offset, bytes.length)
  }
  assert.ok(Math.max(...asked) <= 1024 * 1024)
})

test('a record over the limit is named and passed over unread; what follows it is read', async () => {
  const large = dataRecord(`"${'x'.repeat(2000)}"`)
  const made = madeArchive('open')
  const bytes = joined([made.subarray(0, 1024), large, made.subarray(1024)])
  const exact = await judged(bytes, { largestRecord: 2002 })
  assert.deepEqual(exact.rules, ['record.unreferenced'])
  const over = await judged(bytes, { largestRecord: 2001 })
  assert.deepEqual(over.rules, ['archive.too-large'])
  assert.equal(over.entries.length, 2)
})

test('a file that becomes shorter while it is read is cut off, in a body as in its padding', async () => {
  const bytes = madeArchive('open')
  for (const there of [1024 + 513, 1024 + 600]) {
    const { faults } = await judged(piecewise(bytes.subarray(0, there), 4096, bytes.length))
    assert.deepEqual(
      faults.map(({ rule, offset }) => [rule, offset]),
      [
        ['archive.truncated', 1024],
        ['event.no-setup', 0],
      ],
    )
  }
})

test('hashes may come later, from elsewhere, or not at all', async () => {
  const bytes = realArchive('tool-2.0-open.bel')
  bytes[9728 + 600]! ^= 1
  const now = await listed(bytes)
  const later = await listed(bytes, { hash: async (body) => hexHash(body) })
  assert.deepEqual(later, now)
  assert.deepEqual(
    now.filter(({ kind }) => kind === 'fault').map((item) => (item as Fault).rule),
    ['record.hash'],
  )
  const never = await listed(bytes, { hash: 'deferred' })
  assert.deepEqual(
    never.filter(({ kind }) => kind === 'fault'),
    [],
  )
})

test('in pieces of 1, 7, 512 or 65,536 bytes, with or without a known size, from memory or a Blob: the same as whole', async () => {
  const sound = realArchive('tool-2.0-open.bel')
  const damaged = sound.slice()
  damaged[9728 + 130]! ^= 1
  for (const bytes of [sound, damaged, sound.subarray(0, sound.length - 1), joined([sound, new Uint8Array(1536)])]) {
    const whole = await judged(bytes, fast)
    for (const most of [1, 7, 512, 65_536])
      for (const size of [bytes.length, undefined])
        for (const chunk of [1, 512, 65_536]) {
          if (most === 1 && chunk > 1) continue
          const pieces = await judged(piecewise(bytes, most, size), { ...fast, chunk })
          const { entries, faults, state } = pieces
          assert.deepEqual({ entries, state }, { entries: whole.entries, state: whole.state })
          assert.deepEqual(
            faults.map(({ rule, record, offset }) => [rule, record, offset]),
            whole.faults.map(({ rule, record, offset }) => [rule, record, offset]),
          )
        }
    assert.deepEqual(await judged(blobSource(new Blob([bytes.slice()])), fast), whole)
  }
})

test('property: any records, damaged at any byte or not, read in any pieces give what they give whole', async () => {
  const body = fc.uint8Array({ maxLength: 1100 })
  await fc.assert(
    fc.asyncProperty(
      fc.array(body, { maxLength: 6 }),
      fc.option(fc.record({ at: fc.nat(), to: fc.nat(255) })),
      fc.integer({ min: 1, max: 3000 }),
      fc.integer({ min: 1, max: 3000 }),
      async (bodies, damage, most, chunk) => {
        const bytes = joined([
          madeArchive('setup'),
          ...bodies.map((one) => frame(`${hexHash(one)}.data.json`, one, timestamp)),
        ])
        if (damage) bytes[damage.at % bytes.length] = damage.to
        const whole = await listed(bytes, fast)
        assert.deepEqual(await listed(piecewise(bytes, most), { ...fast, chunk }), whole)
        if (!damage)
          assert.deepEqual(
            (whole as ArchiveRecord[]).slice(1).map((one) => one.body),
            bodies,
          )
      },
    ),
    { numRuns: 100 },
  )
})
