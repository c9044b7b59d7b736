import { spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Which of these texts are in the resident memory of a process of one's own (Linux). */
export async function memoryHolds(pid: number, texts: readonly string[]): Promise<string[]> {
  const found = new Set(await textsInMemory(pid, texts))
  return texts.filter((text) => found.has(text))
}

/**
 * Each place at which one of these texts is in the memory of a process, by address, whether one byte a letter or two: zero bytes
 * are left out before it is searched, which turns the second into the first. One pass for all texts, by `tr` and `grep`.
 */
export async function textsInMemory(pid: number, texts: readonly string[]): Promise<string[]> {
  // First of all: where the process is gone, nothing must wait for its memory.
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  const ranges = residentRanges(pid)
  const folder = mkdtempSync(path.join(tmpdir(), 'melayani-scan-'))
  const patterns = path.join(folder, 'texts')
  writeFileSync(patterns, `${texts.join('\n')}\n`)
  const tr = spawn('tr', ['-d', '\\000'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const grep = spawn('grep', ['-aoF', '-f', patterns], { stdio: [tr.stdout, 'pipe', 'inherit'], env: { LC_ALL: 'C' } })
  let said = ''
  grep.stdout.on('data', (bytes: Buffer) => {
    said += bytes.toString('latin1')
  })
  const ended = new Promise<void>((done) => grep.on('close', () => done()))
  try {
    for (const [start, end] of ranges)
      for (let at = start; at < end; at += 1 << 22) {
        const piece = Buffer.alloc(Math.min(1 << 22, end - at))
        let length = 0
        try {
          length = readSync(memory, piece, 0, piece.length, at)
        } catch {
          // The process gave it back meanwhile.
          continue
        }
        if (!tr.stdin.write(piece.subarray(0, length))) await new Promise((done) => tr.stdin.once('drain', done))
      }
  } finally {
    closeSync(memory)
    tr.stdin.end()
  }
  await ended
  rmSync(folder, { recursive: true, force: true })
  return said.split('\n').slice(0, -1)
}

/** Writable ranges of which at least a page is there; what was only reserved is all zeros. */
function residentRanges(pid: number): [number, number][] {
  const ranges: [number, number][] = []
  let range: [number, number] | undefined
  for (const line of readFileSync(`/proc/${pid}/smaps`, 'utf8').split('\n')) {
    const head = /^([0-9a-f]+)-([0-9a-f]+) (rw)?/.exec(line)
    if (head) range = head[3] ? [Number.parseInt(head[1]!, 16), Number.parseInt(head[2]!, 16)] : undefined
    else if (range && /^Rss:\s+[1-9]/.test(line)) ranges.push(range)
  }
  return ranges
}
