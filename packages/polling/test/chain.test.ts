import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Act, hashOf, newSigningKey, sign } from '../src/format/index.ts'
import { ChainRefused, checkChain, checkFork, openChain, readRow, stepOf } from '../src/media/chain.ts'
import { type Medium, MediumLost, openMedium } from '../src/media/medium.ts'

const key = newSigningKey()
const packageHash = hashOf('the package')
const folder = (t: { after(work: () => void): void }) => {
  const made = mkdtempSync(path.join(tmpdir(), 'melayani-chain-'))
  t.after(() => rmSync(made, { recursive: true, force: true }))
  return made
}
const both = (at: string) => ['ssd', 'usb'].map((name) => openMedium(name, path.join(at, name)))
const open = (media: readonly Medium[]) => openChain(media, 'desk-1', key, packageHash)
const checkIn = (voter: number): Act => ({ kind: 'check-in', voter, method: 'card-finger' })
const log = (at: string, medium: string) => path.join(at, medium, 'desk-1.log')

test('lines are numbered, chained, signed, on both media, and read again as they were', (t) => {
  const at = folder(t)
  const chain = open(both(at))
  assert.deepEqual(chain.head, { seq: 0, hash: packageHash })
  for (const voter of [7, 3, 5]) chain.append(checkIn(voter))
  assert.equal(chain.head.seq, 3)
  assert.equal(chain.head.hash, hashOf(chain.lines[2]!))
  assert.equal(readFileSync(log(at, 'ssd'), 'utf8'), chain.lines.map((row) => `${row}\n`).join(''))
  assert.equal(readFileSync(log(at, 'usb'), 'utf8'), readFileSync(log(at, 'ssd'), 'utf8'))
  assert.deepEqual(checkChain(chain.lines, key.key, packageHash, 'desk-1'), [])
  const again = open(both(at))
  assert.deepEqual(again.lines, chain.lines)
  assert.deepEqual(
    again.entries.map(({ act }) => act.kind === 'check-in' && act.voter),
    [7, 3, 5],
  )
  again.append(checkIn(9))
  assert.equal(open(both(at)).head.seq, 4)
  // No file tells when the last voter came.
  assert.equal(statSync(log(at, 'ssd')).mtimeMs, 978_307_200_000)
})

test('every byte of a log that is changed, and every line that is left out, doubled or moved, is found at its place', (t) => {
  const at = folder(t)
  const chain = open(both(at))
  const officer = newSigningKey()
  chain.append(checkIn(1))
  const act: Act = { kind: 'incident', what: 'reader', note: 'pembaca kartu diganti' }
  chain.append(act, [sign('act/1', chain.textOf(act), { role: 'officer', signer: 'Anggota 1' }, officer.secret)])
  chain.append(checkIn(2))
  const text = readFileSync(log(at, 'ssd'))
  let found = 0
  // Signatures are checked once a byte, which takes a millisecond or two: one changed bit in each byte, and which bit differs.
  for (let byte = 0; byte < text.length; byte++) {
    const changed = Uint8Array.from(text)
    changed[byte]! ^= 1 << (byte % 8)
    const rows = new TextDecoder('utf-8', { ignoreBOM: true }).decode(changed).split('\n')
    const end = rows.pop()
    const line = text.subarray(0, byte).filter((each) => each === 10).length + 1
    if (end !== '') {
      // The last newline: the line counts as never acknowledged, and the end that is missing shows against any other copy.
      assert.equal(byte, text.length - 1)
      assert.equal(rows.length, 2)
    } else {
      const fault = checkChain(rows, key.key, packageHash, 'desk-1')[0]
      assert.equal(fault?.line, line, `byte ${byte}`)
      assert.ok(fault.field.length > 0)
    }
    found++
  }
  assert.equal(found, text.length)
  const [one, two, three] = chain.lines as [string, string, string]
  const places = (rows: string[]) =>
    checkChain(rows, key.key, packageHash, 'desk-1').map(({ line, field, what }) => `${line} ${field} ${what}`)
  assert.deepEqual(places([two, three]), ['1 seq out-of-order', '2 seq out-of-order'])
  assert.deepEqual(places([one, three]), ['2 seq out-of-order'])
  assert.deepEqual(places([one, one, two]), ['2 seq out-of-order', '3 seq out-of-order'])
  assert.deepEqual(places([one, three, two]), ['2 seq out-of-order', '3 seq out-of-order'])
  assert.deepEqual(places([one, two.replace('diganti', 'diganti!')]), ['2 signature signature'])
  assert.deepEqual(
    checkChain(chain.lines, newSigningKey().key, packageHash).map(({ line }) => line),
    [1, 2, 3],
  )
  assert.equal(checkChain(chain.lines, key.key, hashOf('another'))[0]?.field, 'prev')
  assert.deepEqual(checkChain(chain.lines, key.key, packageHash, 'desk-2')[0], {
    line: 1,
    field: 'device',
    what: 'another-device',
  })
})

test('an act with a field of its own, or a signature of officers for another line, is not written', (t) => {
  const at = folder(t)
  const chain = open(both(at))
  const touched = { kind: 'session-void', x: 412, y: 77 } as unknown as Act
  assert.throws(
    () => chain.append(touched),
    (error) => error instanceof ChainRefused && error.fault.field === 'act.x',
  )
  assert.throws(
    () => chain.append({ kind: 'chosen', candidate: 2 } as unknown as Act),
    (error) => error instanceof ChainRefused && error.fault.field === 'act.kind',
  )
  const act: Act = { kind: 'resolved', as: 'void' }
  const by = [sign('act/1', chain.textOf(act), { role: 'chair', signer: 'Ketua' }, newSigningKey().secret)]
  chain.append(checkIn(1))
  assert.throws(
    () => chain.append(act, by),
    (error) => error instanceof ChainRefused && error.fault.field === 'by.0.signature',
  )
  assert.equal(chain.head.seq, 1)
  assert.equal(open(both(at)).head.seq, 1)
})

test('a torn last line was never acknowledged and is cut off, on whichever medium it is', (t) => {
  const at = folder(t)
  const chain = open(both(at))
  chain.append(checkIn(1))
  const before = readFileSync(log(at, 'ssd'))
  chain.append(checkIn(2))
  const whole = readFileSync(log(at, 'ssd'))
  const next = whole.subarray(before.length)
  for (const length of [1, 100, next.length - 1])
    for (const torn of ['ssd', 'usb'])
      for (const other of [before, whole]) {
        writeFileSync(log(at, torn), Buffer.concat([before, next.subarray(0, length)]))
        writeFileSync(log(at, torn === 'ssd' ? 'usb' : 'ssd'), other)
        assert.equal(open(both(at)).head.seq, other === whole ? 2 : 1)
        assert.deepEqual(readFileSync(log(at, 'ssd')), other)
        assert.deepEqual(readFileSync(log(at, 'usb')), other)
      }
})

test('media that tell different stories are refused with the place; a changed byte is named on its medium', (t) => {
  const at = folder(t)
  const [ssd, usb] = both(at) as [Medium, Medium]
  const chain = open([ssd, usb])
  chain.append(checkIn(1))
  open([ssd]).append(checkIn(2))
  const fork = open([usb])
  fork.append(checkIn(3))
  const refused = (medium: string, line: number, what: string) => (error: unknown) =>
    error instanceof ChainRefused &&
    error.medium === medium &&
    error.fault.line === line &&
    error.fault.what === what &&
    error.message.includes('desk-1.log')
  assert.throws(() => open([ssd, usb]), refused('usb, ssd', 2, 'media-differ'))
  const read = (row: string) => readRow(row, key.key)
  const [other] = open([ssd]).lines.slice(1)
  assert.equal(checkFork(other!, fork.lines[1]!, read), 2)
  assert.equal(checkFork(other!, other!, read), undefined)
  assert.equal(checkFork(other!, fork.lines[0]!, read), undefined)
  const bytes = ssd.read('desk-1.log')!
  bytes[40]! ^= 1
  usb.replace('desk-1.log', ssd.read('desk-1.log')!)
  ssd.replace('desk-1.log', bytes)
  assert.throws(() => open([ssd, usb]), refused('ssd', 1, 'signature'))
  assert.throws(() => open([ssd]), refused('ssd', 1, 'signature'))
  assert.equal(open([usb]).head.seq, 2)
})

test('a stick pulled out while writing does not stop the device, is filled up when it is back, and the last one may not go', (t) => {
  const at = folder(t)
  const chain = open(both(at))
  chain.append(checkIn(1))
  renameSync(path.join(at, 'usb'), path.join(at, 'pocket'))
  chain.append(checkIn(2))
  assert.deepEqual(chain.media, [
    { name: 'ssd', state: 'good' },
    { name: 'usb', state: 'lost' },
  ])
  chain.rejoin()
  assert.equal(chain.media[1]?.state, 'lost')
  // What the stick took of a line before it was pulled.
  appendFileSync(path.join(at, 'pocket', 'desk-1.log'), '{"seq":2,"pr')
  renameSync(path.join(at, 'pocket'), path.join(at, 'usb'))
  chain.rejoin()
  assert.equal(chain.media[1]?.state, 'good')
  chain.append(checkIn(3))
  assert.deepEqual(readFileSync(log(at, 'usb')), readFileSync(log(at, 'ssd')))
  // Another device's stick is not taken for ours.
  renameSync(path.join(at, 'usb'), path.join(at, 'pocket'))
  chain.append(checkIn(4))
  renameSync(path.join(at, 'pocket'), path.join(at, 'usb'))
  open([openMedium('usb', path.join(at, 'usb'))]).append(checkIn(40))
  chain.rejoin()
  assert.equal(chain.media[1]?.state, 'differs')
  renameSync(path.join(at, 'ssd'), path.join(at, 'gone'))
  assert.throws(() => chain.append(checkIn(5)), MediumLost)
  renameSync(path.join(at, 'gone'), path.join(at, 'ssd'))
  assert.throws(() => chain.append(checkIn(5)), MediumLost)
  assert.equal(open([openMedium('ssd', path.join(at, 'ssd'))]).head.seq, 4)
})

test('a stale medium takes back from others what it has lost before it goes on', (t) => {
  const at = folder(t)
  const [ssd, usb] = both(at) as [Medium, Medium]
  const chain = open([ssd, usb])
  chain.append(checkIn(1))
  const whole = open([ssd])
  whole.append(checkIn(2))
  whole.append(checkIn(3))
  const stale = open([usb])
  assert.equal(stale.adopt(whole.lines.slice(0, 1)), 0)
  assert.equal(stale.adopt(whole.lines), 2)
  assert.equal(stale.adopt(whole.lines), 0)
  stale.append(checkIn(4))
  assert.deepEqual(checkChain(stale.lines, key.key, packageHash, 'desk-1'), [])
  const behind = [whole.lines[2]!]
  assert.throws(() => open(both(folder(t))).adopt(behind), ChainRefused)
})

test('however many media, writes, pulls and restarts: nothing acknowledged is lost', (t) => {
  const at = folder(t)
  let run = 0
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof({ weight: 4, arbitrary: fc.constant('append' as const) }, fc.constantFrom('pull', 'back', 'restart')),
        {
          maxLength: 14,
        },
      ),
      (steps) => {
        const here = path.join(at, String(run++))
        let chain = open(both(here))
        let out = false
        let told = 0
        for (const step of steps) {
          if (step === 'append') {
            chain.append(checkIn(told + 1))
            told++
          } else if (step === 'pull' && !out) {
            renameSync(path.join(here, 'usb'), path.join(here, 'pocket'))
            out = true
          } else if (step === 'back' && out) {
            renameSync(path.join(here, 'pocket'), path.join(here, 'usb'))
            out = false
            chain.rejoin()
          } else if (step === 'restart' && !out) chain = open(both(here))
        }
        assert.deepEqual(
          open([openMedium('ssd', path.join(here, 'ssd'))]).entries.map(
            ({ act }) => act.kind === 'check-in' && act.voter,
          ),
          Array.from({ length: told }, (_, index) => index + 1),
        )
        if (!out) {
          const [one, two] = both(here).map((medium) => medium.read('desk-1.log'))
          assert.deepEqual(one, two)
        }
      },
    ),
    { numRuns: 25 },
  )
})

test('power cut before, within and after every write: what was told is there, and writing goes on to the same end', (t) => {
  const at = folder(t)
  const keyFile = path.join(at, 'key.json')
  writeFileSync(keyFile, JSON.stringify(key))
  const run = (where: string, cut = '') => {
    const { stdout, stderr, signal } = spawnSync(
      process.execPath,
      ['--import', 'tsx', path.join(import.meta.dirname, 'chain-writer.ts'), where, keyFile, packageHash],
      { env: { ...process.env, MELAYANI_CUT: cut }, encoding: 'utf8' },
    )
    return {
      told: stdout.match(/told \d+/g)?.length ?? 0,
      writes: stderr.match(/^write /gm)?.length ?? 0,
      signal,
      stdout,
    }
  }
  const whole = run(path.join(at, 'whole'), 'list')
  assert.equal(whole.told, 3)
  assert.equal(whole.writes, 6)
  for (let write = 1; write <= whole.writes; write++)
    for (const part of ['', '.5', '.9']) {
      const here = path.join(at, `${write}${part}`)
      const cut = run(here, `${write}${part}`)
      assert.equal(cut.signal, 'SIGKILL')
      const chain = open(both(here))
      // The line under way may be there or not; every one that was told is.
      assert.ok(chain.head.seq >= cut.told && chain.head.seq <= cut.told + 1)
      while (chain.head.seq < 3) chain.append(checkIn(chain.head.seq + 1))
      assert.deepEqual(
        chain.entries.map(({ act }) => act.kind === 'check-in' && act.voter),
        [1, 2, 3],
      )
      assert.deepEqual(readFileSync(log(here, 'usb')), readFileSync(log(here, 'ssd')))
      assert.deepEqual(checkChain(chain.lines, key.key, packageHash, 'desk-1'), [])
    }
})

test('the step is local time in quarters of an hour and nothing finer', () => {
  assert.equal(stepOf(new Date('2026-11-22T01:29:59.999Z'), 'Asia/Jakarta'), '2026-11-22T08:15')
  assert.equal(stepOf(new Date('2026-11-22T17:00:00Z'), 'Asia/Jakarta'), '2026-11-23T00:00')
  assert.equal(stepOf(new Date('2026-11-22T01:29:59Z'), 'Asia/Jayapura'), '2026-11-22T10:15')
})
