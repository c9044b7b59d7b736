import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { padded, type Source, writeHeader } from '../src/archive/index.ts'
import { openFileSource } from '../src/node/index.ts'
import { judged, madeArchive, timestamp } from './archive-made.ts'

const folder = mkdtempSync(join(tmpdir(), 'ballot-large-'))
after(() => rmSync(folder, { recursive: true }))
const child = fileURLToPath(new URL('./archive-large-child.ts', import.meta.url))
const mebibyte = 1024 * 1024
const open = madeArchive('open')
const small = join(folder, 'small.bel')
writeFileSync(small, open)

/** A file of pieces at their places and holes between them, which take no room on the disk. */
function sparse(name: string, size: number, pieces: readonly (readonly [number, Uint8Array])[]): string {
  const path = join(folder, name)
  const file = openSync(path, 'w')
  for (const [at, bytes] of pieces) writeSync(file, bytes, 0, bytes.length, at)
  ftruncateSync(file, size)
  closeSync(file)
  return path
}

const readApart = (path: string, limit: number): { found: (string | number)[]; grown: number } =>
  JSON.parse(
    execFileSync(process.execPath, ['--max-old-space-size=64', child, path, String(limit), small], {
      encoding: 'utf8',
    }),
  )

const sound = [38, 14, 12, 15, 238, 104, 12, 181]

test('a gigabyte of zeros behind an archive is one fault, found in bounded memory', () => {
  const path = sparse('zeros.bel', 1024 * mebibyte, [[0, open]])
  const { found, grown } = readApart(path, 128 * mebibyte)
  assert.deepEqual(found, [...sound, 'archive.end-blocks'])
  assert.ok(grown < 64 * mebibyte, `${grown} bytes`)
})

test('a record of a gigabyte is refused unread, and the records behind it are read', () => {
  const body = 1024 * mebibyte - 5
  const header = writeHeader(`${'0'.repeat(64)}.data.json`, body, timestamp)
  const next = 1024 + 512 + padded(body)
  const path = sparse('record.bel', next + open.length - 1024, [
    [0, open.subarray(0, 1024)],
    [1024, header],
    [next, open.subarray(1024)],
  ])
  const { found, grown } = readApart(path, 128 * mebibyte)
  assert.deepEqual(found, [38, 'archive.too-large', ...sound.slice(1)])
  assert.ok(grown < 64 * mebibyte, `${grown} bytes`)
})

test('a record of 100 MiB under the limit takes its own size and little more', () => {
  const body = 100 * mebibyte
  const path = sparse('body.bel', 1024 + 512 + body, [
    [0, open.subarray(0, 1024)],
    [1024, writeHeader(`${'0'.repeat(64)}.data.json`, body, timestamp)],
  ])
  const { found, grown } = readApart(path, 128 * mebibyte)
  assert.deepEqual(found, [38, body])
  assert.ok(grown < 164 * mebibyte, `${grown} bytes`)
})

test('behind 8 GB of a file that is not even there, places are still exact', async () => {
  // A source of its own, since a sparse file of this size is more than some file systems take.
  const body = 8 ** 11 - 1
  const header = writeHeader(`${'0'.repeat(64)}.data.json`, body, timestamp)
  const next = 1024 + 512 + padded(body)
  const pieces = [
    [0, open.subarray(0, 1024)],
    [1024, header],
    [next, open.subarray(1024)],
  ] as const
  let asked = 0
  const source: Source = {
    size: next + open.length - 1024,
    async read(offset, length) {
      asked += length
      const bytes = new Uint8Array(length)
      for (const [at, piece] of pieces)
        for (let i = 0; i < piece.length; i++)
          if (at + i >= offset && at + i < offset + length) bytes[at + i - offset] = piece[i]!
      return bytes.subarray(0, Math.max(0, Math.min(length, this.size! - offset)))
    },
  }
  const { faults, entries } = await judged(source)
  assert.deepEqual(
    faults.map(({ rule, record, offset }) => [rule, record, offset]),
    [['archive.too-large', 2, 1024]],
  )
  assert.deepEqual(
    entries.map(({ event, offset }) => [event.type, offset]),
    [
      ['Setup', next + 4096],
      ['Ballot', next + 6144],
    ],
  )
  assert.ok(asked <= 4 * mebibyte, `${asked} bytes asked for`)
})

test('a folder is not an archive, and says so', async () => {
  await assert.rejects(openFileSource(folder), /is not a regular file/)
})
