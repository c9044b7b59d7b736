import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import {
  type ArchiveRecord,
  ArchiveWriter,
  bytesSource,
  type Entry,
  entries,
  type Fault,
  frame,
  Order,
  type ReadOptions,
  records,
  type Source,
  type Stage,
  writeEvent,
  writeOwned,
  writeSetupData,
  writeSizedTally,
} from '../src/archive/index.ts'
import { joined } from '../src/archive/source.ts'
import { hexHash } from '../src/hash.ts'

const folder = new URL('./archives/', import.meta.url)

/** The archives in test/archives, made by belenios-tool. */
export const realArchives = (): { name: string; bytes: Uint8Array }[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.bel'))
    .sort()
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(new URL(name, folder))) }))

export const realArchive = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, folder)))

export const timestamp = 1_795_332_664

/** An archive by our writer with stand-ins for the objects: the archive layer never looks into them. */
export function madeArchive(until: Stage, ballots = 1): Uint8Array {
  const writer = new ArchiveWriter()
  const parts = [writer.begin(timestamp)]
  if (until === 'setup') return joined(parts)
  parts.push(writer.setup({ election: '{"election":1}', trustees: '["trustees"]', credentials: '["credentials"]' }))
  for (let i = 0; i < ballots; i++) parts.push(writer.ballot(`{"ballot":${i}}`))
  if (until === 'open') return joined(parts)
  parts.push(writer.endBallots())
  if (until === 'ended') return joined(parts)
  parts.push(writer.encryptedTally('[["tally"]]', { numTallied: ballots, totalWeight: BigInt(ballots) }))
  if (until === 'tallied') return joined(parts)
  parts.push(writer.partialDecryption(1, '{"partial":1}'), writer.partialDecryption(2, '{"partial":2}'))
  parts.push(writer.result('{"result":[[1]]}'))
  return joined(parts)
}

/** Bytes of a data record, of an event; what is wrong in them is the test's wish. */
export const dataRecord = (text: string, time = timestamp) =>
  frame(`${hexHash(text)}.data.json`, new TextEncoder().encode(text), time)
export const eventRecord = (text: string) =>
  frame(`${hexHash(text)}.event.json`, new TextEncoder().encode(text), timestamp)

/** A chain of events, each given by its type and the texts before it, the last of them its payload. */
export function chained(
  list: readonly { type: Parameters<typeof writeEvent>[0]['type']; texts?: readonly string[] }[],
) {
  let parent: string | undefined
  const parts = [new ArchiveWriter().begin(timestamp)]
  list.forEach(({ type, texts = [] }, height) => {
    const payload = texts.at(-1)
    const text = writeEvent({
      ...(parent && { parent }),
      height,
      type,
      ...(payload !== undefined && { payload: hexHash(payload) }),
    })
    parent = hexHash(text)
    parts.push(...texts.map((one) => dataRecord(one)), eventRecord(text))
  })
  return joined(parts)
}

export const setupTexts = (n = 1): string[] => {
  const [election, trustees, credentials] = [`{"election":${n}}`, `["trustees",${n}]`, `["credentials",${n}]`] as const
  const data = { election: hexHash(election), trustees: hexHash(trustees), credentials: hexHash(credentials) }
  return [election, trustees, credentials, writeSetupData(data)]
}
export const tallyTexts = (text = '[["tally"]]'): string[] => [
  text,
  writeSizedTally({ num_tallied: 1, total_weight: 1n, encrypted_tally: hexHash(text) }),
]
export const ownedTexts = (owner: number, text = `{"partial":${owner}}`): string[] => [
  text,
  writeOwned({ owner, payload: hexHash(text) }),
]

/** Everything there is to say about an archive. */
export async function judged(source: Source | Uint8Array, options: ReadOptions = {}) {
  const order = new Order()
  const faults: Fault[] = []
  const found: Entry[] = []
  for await (const item of entries(source instanceof Uint8Array ? bytesSource(source) : source, order, options))
    if (item.kind === 'fault') faults.push(item)
    else found.push(item)
  return { faults, entries: found, stage: order.stage, state: order.state, rules: faults.map(({ rule }) => rule) }
}

/** The records and faults of an archive, without the order. */
export async function listed(source: Source | Uint8Array, options: ReadOptions = {}) {
  const list: (ArchiveRecord | Fault)[] = []
  for await (const item of records(source instanceof Uint8Array ? bytesSource(source) : source, options))
    list.push(item)
  return list
}

/** node:crypto's, for tests that hash thousands of times. */
export const fast: ReadOptions = { hash: (body) => createHash('sha256').update(body).digest('hex') }

/** A source that hands out at most `most` bytes at a time, and says its size or not. */
export const piecewise = (bytes: Uint8Array, most: number, size: number | undefined = bytes.length): Source => ({
  size,
  read: async (offset, length) => bytes.subarray(offset, offset + Math.min(length, most)),
})
