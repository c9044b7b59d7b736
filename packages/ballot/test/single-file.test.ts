import { deepEqual, equal, match } from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { base64Hash, hexHash } from '../src/hash.ts'
import { openKernel } from '../src/kernel/open.ts'
import { platformRandom } from '../src/random.ts'
import { buildCommand } from '../tools/build-verifier.ts'
import { realArchive } from './archive-made.ts'
import { makeArchive } from './make.ts'

/** melayani-verify.mjs alone in a folder, as a witness has it. */
let folder = ''
const ballots: Record<string, string[]> = {}
before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'single-file-'))
  writeFileSync(path.join(folder, 'melayani-verify.mjs'), await buildCommand())
  for (const group of ['Ed25519', 'BELENIOS-2048'] as const) {
    const plan = {
      group,
      questions: [{ answers: ['1. Ani', '2. Budi'], blank: true, min: 1, max: 1, question: 'Kepala Desa?' }],
      voters: 1000,
      votes: group === 'Ed25519' ? 1000 : 100,
      trustees: { single: 1, threshold: { t: 2, n: 3 } },
      stage: 'final' as const,
      order: 'hash' as const,
    }
    const { bytes, texts } = makeArchive(plan, await openKernel(group, platformRandom))
    ballots[group] = texts.ballots
    writeFileSync(path.join(folder, `${group}.bel`), bytes)
  }
})
after(() => rmSync(folder, { recursive: true }))

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['melayani-verify.mjs', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, LANG: 'id_ID.UTF-8' },
  })
  return { status, stdout, stderr }
}

test('one file, alone in a folder, verifies 1,000 ballots, in one thread as in two, with hints as without', () => {
  for (const [group, count] of [
    ['Ed25519', 1000],
    ['BELENIOS-2048', 100],
  ] as const) {
    const plain = run(`${group}.bel`, '--json', '--profile', 'pilkades', '--final', '--no-hints', '--threads', '1')
    equal(plain.stderr, '')
    equal(plain.status, 0, plain.stdout)
    const { hints: _, ...report } = JSON.parse(plain.stdout)
    deepEqual([report.verdict, report.stage, report.counts.ballots], ['sound', 'decrypted', count])
    deepEqual(report.counts, report.expected)
    const hinted = run(
      `${group}.bel`,
      '--json',
      '--profile',
      'pilkades',
      '--write-hints',
      `${group}.hints`,
      '--threads',
      '2',
    )
    equal(hinted.status, 0, hinted.stdout + hinted.stderr)
    const { hints, ...other } = JSON.parse(hinted.stdout)
    deepEqual(other, report)
    equal(hints.batched, count)
  }
})

test('it says in Indonesian what it found, and ends with 0, 1 or 2', () => {
  const sound = run('Ed25519.bel', '--no-hints')
  match(sound.stdout, /Diperiksa +1\.000 surat suara/)
  match(sound.stdout, /SAH\. Seluruh isi arsip ini telah diperiksa/)
  const altered = realArchive('3.0-single.bel')
  altered[altered.length - 500]! ^= 1
  writeFileSync(path.join(folder, 'altered.bel'), altered)
  const refused = run('altered.bel')
  equal(refused.status, 1)
  match(refused.stdout, /record\.hash/)
  match(refused.stdout, /DITOLAK/)
  equal(run('nothing-there.bel').status, 2)
  equal(run().status, 2)
  match(run('--lang', 'en', 'nothing-there.bel').stdout, /NOT JUDGED/)
})

test('it gives the sum of the whole file, and finds a ballot by its tracking code, or says that it is not there', () => {
  const bytes = readFileSync(path.join(folder, 'Ed25519.bel'))
  const codes = [base64Hash(ballots.Ed25519![6]!), base64Hash('a ballot of another election')]
  const found = run('Ed25519.bel', '--json', '--find', codes[0]!)
  equal(found.status, 0)
  const { sha256, found: where } = JSON.parse(found.stdout)
  deepEqual([sha256, where], [hexHash(bytes), [{ code: codes[0], number: 7 }]])
  const both = run('Ed25519.bel', '--find', codes[0]!, '--find', codes[1]!)
  equal(both.status, 1)
  match(both.stdout, /: surat suara 7 dari 1000\n.*: tidak ada surat suara dengan kode ini dalam arsip\n/)
})

test('a truncated file, a hostile one and an enormous one end with a clear word', () => {
  const bytes = realArchive('3.0-single.bel')
  writeFileSync(path.join(folder, 'cut.bel'), bytes.subarray(0, bytes.length - 700))
  const cut = run('cut.bel', '--lang', 'en')
  equal(cut.status, 1)
  match(cut.stdout, /archive\.truncated/)
  writeFileSync(path.join(folder, 'noise.bel'), platformRandom(100_000))
  equal(run('noise.bel').status, 2)
  // A gigabyte that is not there, in a sparse file.
  const head = Buffer.from(bytes.subarray(0, 2048))
  writeFileSync(path.join(folder, 'huge.bel'), head)
  equal(spawnSync('truncate', ['-s', '1G', path.join(folder, 'huge.bel')]).status, 0)
  const huge = spawnSync(
    process.execPath,
    ['--max-old-space-size=128', 'melayani-verify.mjs', 'huge.bel', '--lang', 'en'],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  )
  equal(huge.status, 2, huge.stdout + huge.stderr)
  match(huge.stdout, /archive\.end-blocks|archive\.truncated|archive\.too-large/)
})

test('built twice, the file is the same, byte for byte', async () => {
  equal(await buildCommand(), await buildCommand())
})
