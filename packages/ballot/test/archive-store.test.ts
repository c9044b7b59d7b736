import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { bytesSource, records, WriteRefused } from '../src/archive/index.ts'
import { joined } from '../src/archive/source.ts'
import { ArchiveStore, DamagedArchive, Locked } from '../src/node/index.ts'
import { scanArchive } from '../src/node/scan.ts'
import { judged, madeArchive, realArchive, timestamp } from './archive-made.ts'

const folder = mkdtempSync(join(tmpdir(), 'ballot-store-'))
after(() => rmSync(folder, { recursive: true }))
let number = 0
const freshPath = () => join(folder, `${++number}.bel`)
const bytesAt = (path: string) => new Uint8Array(readFileSync(path))
const texts = { election: '{"election":1}', trustees: '["trustees"]', credentials: '["credentials"]' }

/** A file with these bytes, as a crash might have left it. */
function left(bytes: Uint8Array): string {
  const path = freshPath()
  writeFileSync(path, bytes)
  return path
}

/** What every open file is told from now on, in order: to sync, to cut. */
async function watched(t: TestContext, path: string): Promise<string[]> {
  const handle = await open(path, 'r')
  const prototype = Object.getPrototypeOf(handle) as FileHandle
  await handle.close()
  const steps: string[] = []
  const { sync, truncate } = prototype
  t.mock.method(prototype, 'sync', function (this: FileHandle) {
    steps.push('sync')
    return sync.call(this)
  })
  t.mock.method(prototype, 'truncate', function (this: FileHandle, length: number) {
    steps.push('cut')
    return truncate.call(this, length)
  })
  return steps
}

test('a store writes exactly the bytes of the writer, and each receipt says height, event and size', async () => {
  const path = freshPath()
  const store = await ArchiveStore.create(path, timestamp)
  assert.equal(store.size, 1024)
  assert.equal(store.torn, undefined)
  const receipts = [
    await store.setup(texts),
    await store.ballot('{"ballot":0}'),
    await store.endBallots(),
    await store.encryptedTally('[["tally"]]', { numTallied: 1, totalWeight: 1n }),
    await store.partialDecryption(1, '{"partial":1}'),
    await store.partialDecryption(2, '{"partial":2}'),
    await store.result('{"result":[[1]]}'),
  ]
  assert.equal(store.stage, 'decrypted')
  await assert.rejects(store.ballot('{"late":1}'), WriteRefused)
  await store.close()
  const expected = madeArchive('decrypted')
  assert.deepEqual(bytesAt(path), expected)
  const { entries } = await judged(expected)
  assert.deepEqual(
    receipts.map(({ height, event }) => [height, event]),
    entries.map(({ event, hash }) => [event.height, hash]),
  )
  assert.equal(receipts.at(-1)!.size, expected.length)
  assert.deepEqual(readdirSync(folder).sort(), ['1.bel', '1.bel.lock'])
})

test('a store goes on with an archive of belenios-tool', async () => {
  const path = left(realArchive('tool-2.0-open.bel'))
  const store = await ArchiveStore.open(path)
  assert.equal((await store.endBallots()).height, 4)
  await store.close()
  const { faults, stage } = await judged(bytesAt(path))
  assert.deepEqual([faults, stage], [[], 'ended'])
})

test('what exists is not created again, what does not exist is not opened, and neither leaves anything behind', async () => {
  const path = left(madeArchive('open'))
  await assert.rejects(ArchiveStore.create(path, timestamp), { code: 'EEXIST' })
  assert.deepEqual(bytesAt(path), madeArchive('open'))
  assert.equal(existsSync(`${path}.new`), false)
  const nowhere = freshPath()
  await assert.rejects(ArchiveStore.open(nowhere), { code: 'ENOENT' })
  assert.equal(existsSync(`${nowhere}.lock`), false)
})

test('an archive can be made where an earlier attempt broke off before it had a name', async () => {
  const path = freshPath()
  writeFileSync(`${path}.new`, 'half of it')
  await (await ArchiveStore.create(path, timestamp)).close()
  assert.deepEqual(bytesAt(path), madeArchive('setup'))
  assert.equal(existsSync(`${path}.new`), false)
})

test('cut at every byte of the last append, everything before it is found, and nothing else', async () => {
  const before = madeArchive('open', 2)
  const whole = madeArchive('open', 3)
  for (let length = before.length; length <= whole.length; length++) {
    const { end, eventsAfter, state, detail } = await scanArchive(bytesSource(whole.subarray(0, length)) as never, {})
    const sound = length === whole.length ? whole.length : before.length
    assert.deepEqual([end, eventsAfter, state.height], [sound, 0, sound === whole.length ? 3 : 2], `${length} bytes`)
    assert.equal(detail === '', length === sound)
  }
})

test('opened after a crash, the torn end is put aside byte for byte, and the archive goes on as if it had not been', async () => {
  const before = madeArchive('open', 2)
  const whole = madeArchive('open', 3)
  const appended = whole.length - before.length
  for (const cut of [1, 100, 511, 512, 513, 1023, 1024, 1025, 1536, appended - 1]) {
    const path = left(whole.subarray(0, before.length + cut))
    const store = await ArchiveStore.open(path)
    assert.equal(store.size, before.length)
    assert.equal(store.torn!.path, `${path}.torn`)
    assert.equal(store.torn!.offset, before.length)
    assert.deepEqual(bytesAt(`${path}.torn`), whole.slice(before.length, before.length + cut))
    assert.deepEqual(bytesAt(path), before)
    await store.ballot('{"ballot":2}')
    await store.close()
    assert.deepEqual(bytesAt(path), whole)
  }
})

test('a whole append that was not acknowledged any more is kept', async () => {
  const path = left(madeArchive('open', 3))
  const store = await ArchiveStore.open(path)
  assert.deepEqual([store.torn, store.size], [undefined, madeArchive('open', 3).length])
  await assert.rejects(store.ballot('{"ballot":2}'), WriteRefused)
  await store.close()
})

test('a second torn end does not replace the first', async () => {
  const path = left(joined([madeArchive('open'), new Uint8Array(700).fill(1)]))
  await (await ArchiveStore.open(path)).close()
  writeFileSync(path, joined([madeArchive('open'), new Uint8Array(3).fill(2)]))
  const store = await ArchiveStore.open(path)
  assert.equal(store.torn!.path, `${path}.torn.2`)
  await store.close()
  assert.deepEqual(bytesAt(`${path}.torn`), new Uint8Array(700).fill(1))
  assert.deepEqual(bytesAt(`${path}.torn.2`), new Uint8Array(3).fill(2))
})

test('a file that was made longer but not filled (zeros, or anything) is a torn end too', async () => {
  const before = madeArchive('open', 2)
  const part = madeArchive('open', 3).subarray(before.length, before.length + 600)
  for (const tail of [new Uint8Array(5000), new Uint8Array(1024).fill(0x41), joined([part, new Uint8Array(4096)])]) {
    const path = left(joined([before, tail]))
    const store = await ArchiveStore.open(path)
    assert.deepEqual(store.torn && [store.torn.offset, store.torn.bytes], [before.length, tail.length])
    await store.close()
    assert.deepEqual(bytesAt(path), before)
    assert.deepEqual(bytesAt(`${path}.torn`), tail)
  }
})

test('damage before the last event is not taken for a torn end: nothing is cut, and the place is named', async () => {
  const whole = madeArchive('open', 3)
  const list = []
  for await (const item of records(bytesSource(whole))) list.push(item)
  // One byte in the body, the size or the filling of the header of each record but the last two (a ballot and its event).
  for (const { offset } of list.slice(1, -2))
    for (const at of [512, 130, 300]) {
      const damaged = whole.slice()
      damaged[offset + at]! ^= 1
      const path = left(damaged)
      await assert.rejects(ArchiveStore.open(path), DamagedArchive)
      // Nor is it locked now.
      await assert.rejects(ArchiveStore.open(path), DamagedArchive)
      assert.deepEqual(bytesAt(path), damaged)
      assert.equal(existsSync(`${path}.torn`), false)
    }
  // Another hand's: a second Setup, whole in itself.
  const twice = left(joined([whole, whole.subarray(1024, 6144)]))
  await assert.rejects(ArchiveStore.open(twice), /event.parent.*1 whole events/)
})

test('a file that does not begin as an archive is refused untouched', async () => {
  for (const bytes of [
    new Uint8Array(0),
    new Uint8Array(2048),
    madeArchive('open').subarray(0, 1023),
    new Uint8Array(9).fill(65),
  ]) {
    const path = left(bytes)
    await assert.rejects(ArchiveStore.open(path), DamagedArchive)
    assert.deepEqual(bytesAt(path), bytes.slice())
  }
})

test('there is one writer: a second is refused at once, until the first has closed', async () => {
  const path = left(madeArchive('open'))
  const first = await ArchiveStore.open(path)
  await assert.rejects(ArchiveStore.open(path), Locked)
  await first.ballot('{"still":1}')
  await first.close()
  await first.close()
  await assert.rejects(first.ballot('{"closed":1}'), /is closed/)
  const second = await ArchiveStore.open(path)
  await second.ballot('{"next":1}')
  await second.close()
})

test('many ballots at once share their syncs, are acknowledged in order, and none before its sync', async (t) => {
  const path = left(madeArchive('open'))
  const store = await ArchiveStore.open(path)
  const handle = await open(path, 'r')
  const prototype = Object.getPrototypeOf(handle) as FileHandle
  await handle.close()
  const real = prototype.sync
  let release = () => {}
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  const sync = t.mock.method(prototype, 'sync', async function (this: FileHandle) {
    await gate
    return real.call(this)
  })
  const acknowledged: number[] = []
  const all = Array.from({ length: 100 }, (_, i) =>
    store.ballot(`{"many":${i}}`).then(({ height }) => acknowledged.push(height)),
  )
  while (sync.mock.callCount() === 0) await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual([acknowledged.length, store.size], [0, madeArchive('open').length])
  release()
  await Promise.all(all)
  assert.deepEqual(
    acknowledged,
    Array.from({ length: 100 }, (_, i) => i + 2),
  )
  assert.equal(sync.mock.callCount(), 2)
  await store.close()
  const { faults, entries } = await judged(bytesAt(path))
  assert.deepEqual([faults, entries.length], [[], 102])
})

test('a group has no more bytes than it may, but for a single append that has', async (t) => {
  const path = left(madeArchive('open'))
  // A ballot with its event has 2,048 bytes here.
  const store = await ArchiveStore.open(path, { group: 4096 })
  const steps = await watched(t, path)
  await Promise.all(Array.from({ length: 6 }, (_, i) => store.ballot(`{"many":${i}}`)))
  // The first alone, since it does not wait; then two, two and one.
  assert.deepEqual(steps, ['sync', 'sync', 'sync', 'sync'])
  await store.ballot(`{"large":"${'x'.repeat(10_000)}"}`)
  assert.equal(steps.length, 5)
  await store.close()
})

test('file and folder are synced when an archive is made or opened; a torn end is cut only after its copy is', async (t) => {
  const sound = left(madeArchive('open'))
  const torn = left(joined([madeArchive('open'), new Uint8Array(7)]))
  const steps = await watched(t, sound)
  await (await ArchiveStore.open(sound)).close()
  assert.deepEqual(steps.splice(0), ['sync', 'sync'])
  await (await ArchiveStore.open(torn)).close()
  assert.deepEqual(steps.splice(0), ['sync', 'sync', 'cut', 'sync', 'sync'])
  await (await ArchiveStore.create(freshPath(), timestamp)).close()
  assert.deepEqual(steps.splice(0), ['sync', 'sync', 'sync', 'sync'])
})

test('a sync that fails rejects what waits for it and all that comes after; what was acknowledged before is there', async (t) => {
  const path = left(madeArchive('open'))
  const store = await ArchiveStore.open(path)
  await store.ballot('{"safe":1}')
  const handle = await open(path, 'r')
  const prototype = Object.getPrototypeOf(handle) as FileHandle
  await handle.close()
  const broken = t.mock.method(prototype, 'sync', async () => {
    throw new Error('the disk is gone')
  })
  await Promise.all([
    assert.rejects(store.ballot('{"lost":1}'), /the disk is gone/),
    assert.rejects(store.ballot('{"lost":2}'), /the disk is gone/),
  ])
  await assert.rejects(store.ballot('{"lost":3}'), /the disk is gone/)
  broken.mock.restore()
  await store.close()
  const again = await ArchiveStore.open(path)
  await again.ballot('{"after":1}')
  await again.close()
  const { faults, entries } = await judged(bytesAt(path))
  assert.deepEqual(faults, [])
  assert.ok(entries.length >= 4)
})

test('a reader of the store sees what is acknowledged, while it grows', async () => {
  const path = left(madeArchive('open'))
  const store = await ArchiveStore.open(path)
  const source = store.source()
  await store.ballot('{"later":1}')
  const earlier = await judged(source)
  assert.deepEqual([earlier.faults, earlier.entries.length], [[], 2])
  assert.equal((await judged(store.source())).entries.length, 3)
  await store.close()
})
