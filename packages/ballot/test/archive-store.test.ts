import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { bytesSource, records, WriteRefused } from '../src/archive/index.ts'
import { joined } from '../src/archive/source.ts'
import { ArchiveStore, DamagedArchive, Locked, openFileSource } from '../src/node/index.ts'
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

const child = fileURLToPath(new URL('./archive-store-child.ts', import.meta.url))

/** Runs a writer; resolves with the events it had acknowledged when it ended. */
function writer(command: readonly string[], whenSaid: (lines: number, running: ChildProcess) => void) {
  const running = spawn(command[0]!, command.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  let errors = ''
  running.stdout!.setEncoding('utf8').on('data', (text: string) => {
    said += text
    whenSaid(said.split('\n').length - 1, running)
  })
  running.stderr!.setEncoding('utf8').on('data', (text: string) => {
    errors += text
  })
  return new Promise<{ events: string[]; signal: string | null; errors: string }>((resolve) => {
    running.on('close', (_, signal) => resolve({ events: said.split('\n').slice(0, -1), signal, errors }))
  })
}

/** Opens what a writer left: all it had acknowledged is there, in an archive without a fault. */
async function openedAgain(path: string, events: readonly string[], most: number) {
  const store = await ArchiveStore.open(path)
  const { torn } = store
  await store.close()
  const file = await openFileSource(path)
  const { faults, entries } = await judged(file)
  await file.close()
  assert.deepEqual(faults, [])
  const there = entries.map(({ hash }) => hash)
  assert.deepEqual(
    events.filter((event) => !there.includes(event)),
    [],
  )
  assert.ok(there.length >= most)
  return { torn, there }
}

test('killed with kill -9 ten times at different moments, one archive keeps every ballot that was acknowledged', async () => {
  const path = left(madeArchive('open'))
  const acknowledged: string[] = []
  for (let round = 0; round < 10; round++) {
    const { events, signal } = await writer([process.execPath, child, path, '100000'], (lines, running) => {
      if (lines >= 1 + round * 7) running.kill('SIGKILL')
    })
    assert.equal(signal, 'SIGKILL')
    acknowledged.push(...events)
    await openedAgain(path, acknowledged, acknowledged.length)
  }
  assert.ok(acknowledged.length >= 10 + 7 * 45)
})

test('a write that the system cuts at any byte is not acknowledged, and is put aside when the archive is opened', async (t) => {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/prlimit'))
    return t.skip('needs prlimit of Linux to end a file at a given byte')
  for (const limit of [50_000, 51_201, 52_735]) {
    const path = left(madeArchive('open'))
    const command = ['/usr/bin/prlimit', `--fsize=${limit}`, process.execPath, child, path, '1000']
    const { events, errors } = await writer(command, () => {})
    assert.equal(errors, 'EFBIG')
    const { length } = bytesAt(path)
    assert.equal(length, limit)
    const { torn, there } = await openedAgain(path, events, events.length)
    assert.equal(torn!.offset + torn!.bytes, limit)
    assert.ok(there.length > 3)
  }
})
