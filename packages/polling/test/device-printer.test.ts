import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { escPos, openDevicePrinter, type Paper, type Printer, type PrinterStatus } from '../src/print/index.ts'

const root = mkdtempSync(path.join(tmpdir(), 'melayani-device-'))
let terminal: ChildProcess | undefined
after(() => {
  terminal?.kill('SIGKILL')
  rmSync(root, { recursive: true })
})
// Without codes and images, no byte of which may look like a command to the few lines that stand for the printer here.
const slip: Paper = { kind: 'slip', lang: 'id', title: 'Uji', blocks: [{ text: 'NOMOR 2', size: 3 }, { cut: true }] }
const patience = { answer: 500, paper: 500 }
const hasPython = process.platform === 'linux' && spawnSync('python3', ['-c', 'import pty']).status === 0
if (!hasPython) console.error('SKIPPED: no python3 with a pseudo-terminal here, so the device printer is not tried')

/** A signal takes its time to reach the other process. */
async function becomes(printer: Printer, status: PrinterStatus) {
  for (let tries = 0; (await printer.status()) !== status && tries < 200; tries++) await wait(10)
  assert.equal(await printer.status(), status)
}

test('a printer at a device file: prints, says that its cover is open, is pulled out and put back', {
  skip: hasPython ? false : 'no python3 with a pseudo-terminal',
}, async () => {
  const paper = path.join(root, 'paper')
  terminal = spawn('python3', [fileURLToPath(new URL('fixtures/tty-printer.py', import.meta.url)), paper], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [name] = (await once(terminal.stdout!, 'data')) as [Buffer]
  const printer = openDevicePrinter(name.toString().trim(), patience)
  assert.equal(await printer.status(), 'ok')
  assert.equal((await printer.print(slip)).ok, true)
  assert.ok(readFileSync(paper).equals(Buffer.concat(escPos(slip))), 'every byte, and nothing else')

  terminal.kill('SIGUSR1')
  await becomes(printer, 'cover-open')
  assert.deepEqual(await printer.print(slip), { ok: false, status: 'cover-open', bytes: 0, lines: 0, out: 'nothing' })
  terminal.kill('SIGUSR2')
  await becomes(printer, 'ok')
  assert.equal((await printer.print(slip)).ok, true)

  terminal.kill('SIGKILL')
  await once(terminal, 'exit')
  assert.equal(await printer.status(), 'off')
  assert.deepEqual(await printer.print(slip), { ok: false, status: 'off', bytes: 0, lines: 0, out: 'nothing' })
  await printer.close()
})

test('a device file that is not there is a printer that is off', async () => {
  const printer = openDevicePrinter(path.join(root, 'lp9'), patience)
  assert.equal(await printer.status(), 'off')
  assert.equal((await printer.print(slip)).ok, false)
})
