import { deepEqual, equal, throws } from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { bytesSource, type Source } from '../src/archive/source.ts'
import { readElection } from '../src/format/election.ts'
import { openGroup } from '../src/group/index.ts'
import { hexHash } from '../src/hash.ts'
import {
  ballotHints,
  type HintsFile,
  hintLayout,
  openHints,
  writeHintsHeader,
  writeHintsRecord,
} from '../src/verify/hints.ts'
import { ballotsOf, joinRecords } from './hinted.ts'
import { slowCodec } from './slow-batch.ts'

const codec = { elementLength: 3, commitmentLength: 5 }
const { context } = await ballotsOf('3.0-questions')
const layout = hintLayout(readElection(context.election), codec)
const electionHash = hexHash(context.election)

/** A record whose hints are the bytes k, k + 1 … */
const record = (k: number) => {
  const hint = (length: number) => (_: unknown, i: number) => new Uint8Array(length).fill(k + i)
  const elements = Array.from({ length: layout.elements }, hint(3))
  const commitments = Array.from({ length: layout.commitments }, hint(5))
  return { hash: hexHash(`ballot ${k}`), elements, commitments }
}
const written = (k: number) => {
  const { hash, elements, commitments } = record(k)
  return writeHintsRecord(layout, hash, elements, commitments)
}
const file = (count: number) =>
  joinRecords([writeHintsHeader(layout, electionHash), ...Array.from({ length: count }, (_, k) => written(k))])

async function opened(source: Source): Promise<HintsFile> {
  const hints = await openHints(source, layout, electionHash)
  if (typeof hints === 'string') throw new Error(hints)
  return hints
}

test('The layout counts the elements and commitments of three questions, one of them with blank', () => {
  // Choices 3 + 2 + (1 + 3); disjuncts of the overall proofs 3, 1, 1 + 3.
  equal(layout.elements, 2 * (3 + 2 + 4) + 1)
  equal(layout.commitments, 4 * (3 + 2 + 4) + 2 * (3 + 1 + 4) + 2 + 2 + 4 + 1)
  equal(layout.record, 32 + 3 * layout.elements + 5 * layout.commitments)
})

test('One question of three candidates: 7 elements, 17 commitments', async () => {
  const { context: three } = await ballotsOf('3.0-single')
  const { elements, commitments } = hintLayout(readElection(three.election), slowCodec('Ed25519'))
  deepEqual({ elements, commitments }, { elements: 7, commitments: 12 + 2 + 2 + 1 })
})

test('What is written is read again, for every run of ballots', async () => {
  const hints = await opened(bytesSource(file(5)))
  for (let first = 0; first <= 6; first++)
    for (let count = 0; count <= 3; count++) {
      const records = await hints.read(first, count)
      equal(records.length, Math.max(0, Math.min(count, 5 - first)) * layout.record)
      for (let k = 0; k * layout.record < records.length; k++) {
        const { hash, elements, commitments } = record(first + k)
        const found = ballotHints(layout, records, k, hash)!
        for (const element of elements) deepEqual(found.element(), element)
        for (const commitment of commitments) deepEqual(found.commitment(), commitment)
      }
    }
})

test('A ballot whose hash is not in its place has no hints', async () => {
  const records = await (await opened(bytesSource(file(3)))).read(0, 3)
  equal(ballotHints(layout, records, 0, record(1).hash), undefined)
  equal(ballotHints(layout, records, 3, record(3).hash), undefined)
  equal(ballotHints(layout, records.subarray(0, layout.record - 1), 0, record(0).hash), undefined)
  equal(typeof ballotHints(layout, records, 0, record(0).hash), 'object')
})

test('A file cut anywhere has the hints of its whole records', async () => {
  const whole = file(3)
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 96, max: whole.length }), async (length) => {
      const hints = await opened(bytesSource(whole.slice(0, length)))
      const records = await hints.read(0, 10)
      equal(records.length, Math.floor((length - 96) / layout.record) * layout.record)
      deepEqual(records, whole.subarray(96, 96 + records.length))
    }),
    { numRuns: 50 },
  )
})

test('A file with another byte anywhere in its header, or only a part of it, is not opened', async () => {
  const header = file(0)
  for (let at = 0; at < header.length; at++) {
    const other = header.slice()
    other[at]! ^= 1
    equal(await openHints(bytesSource(other), layout, electionHash), at < 16 ? 'not-hints' : 'other-election')
    equal(
      await openHints(bytesSource(header.slice(0, at)), layout, electionHash),
      at < 16 ? 'not-hints' : 'other-election',
    )
  }
  equal(await openHints(bytesSource(file(1)), layout, hexHash('another election')), 'other-election')
  equal(await openHints(bytesSource(new Uint8Array(0)), layout, electionHash), 'not-hints')
})

test('A source that gives a byte at a time, or more than was asked for, gives the same records', async () => {
  const whole = file(2)
  const slow: Source = { size: undefined, read: async (offset) => whole.subarray(offset, offset + 1) }
  const greedy: Source = { size: undefined, read: async (offset) => whole.subarray(offset) }
  for (const source of [slow, greedy])
    deepEqual(await (await opened(source)).read(1, 9), whole.subarray(96 + layout.record))
})

test('A record with a hint too many, too few, too long or too short is not written', () => {
  const { hash, elements, commitments } = record(0)
  const refuses = (e: Uint8Array[], c: Uint8Array[]) =>
    throws(() => writeHintsRecord(layout, hash, e, c), {
      name: 'TypeError',
      message: 'the hints do not fit the layout',
    })
  refuses(elements.slice(1), commitments)
  refuses([...elements, elements[0]!], commitments)
  refuses(elements, commitments.slice(1))
  refuses([new Uint8Array(2), ...elements.slice(1)], commitments)
  refuses(elements, [new Uint8Array(6), ...commitments.slice(1)])
})

test('For residues a record has no hints of elements', async () => {
  const { context: residues } = await ballotsOf('2.0-single')
  const election = readElection(residues.election)
  const { elementLength, elements, commitments, record: length } = hintLayout(election, slowCodec(election.group))
  equal(openGroup(election.group).name, 'BELENIOS-2048')
  deepEqual([elementLength, elements, length], [0, 7, 32 + 617 * commitments])
})
