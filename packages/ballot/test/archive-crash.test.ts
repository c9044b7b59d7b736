import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { ArchiveStore, openFileSource } from '../src/node/index.ts'
import { judged, madeArchive } from './archive-made.ts'

const folder = mkdtempSync(join(tmpdir(), 'ballot-crash-'))
after(() => rmSync(folder, { recursive: true }))
let number = 0

/** An open archive with one ballot. */
function fresh(): string {
  const path = join(folder, `${++number}.bel`)
  writeFileSync(path, madeArchive('open'))
  return path
}

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
  const path = fresh()
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
    const path = fresh()
    const command = ['/usr/bin/prlimit', `--fsize=${limit}`, process.execPath, child, path, '1000']
    const { events, errors } = await writer(command, () => {})
    assert.equal(errors, 'EFBIG')
    assert.equal(statSync(path).size, limit)
    const { torn, there } = await openedAgain(path, events, events.length)
    assert.equal(torn!.offset + torn!.bytes, limit)
    assert.ok(there.length > 3)
  }
})
