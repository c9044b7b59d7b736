import { deepEqual, equal, ok } from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { openGroup, platformRandom } from '@melayani/ballot'
import { drawPool, shuffled } from '../../src/ceremony/pool.ts'
import { moduleMillimetres, tokenSheets } from '../../src/ceremony/token-sheets.ts'
import { hashOf, tokenText } from '../../src/format/index.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'melayani-sheets-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const has = (program: string) => spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined
const missing = ['pdftoppm', 'pdftotext', 'zbarimg'].filter((program) => !has(program))
const skip = missing.length > 0 ? `NOT RUN: ${missing.join(', ')} of the operating system is needed` : false

/** The same tokens each time: a reader of codes must not fail once in a hundred runs. */
let seed = 7
const next = () => {
  seed = (seed * 48_271) % 2_147_483_647
  return seed
}
const replayed = (length: number) => Uint8Array.from({ length }, () => (next() >> 7) & 255)
const { tokens, credentials } = drawPool(openGroup('Ed25519'), '11111111111111', 17, replayed)
const pool = hashOf(credentials)
const head = { village: 'Percontohan', election: 'Pemilihan Kepala Desa', tps: 1, practice: false }

test('R41: a module of a token’s code has at least 0.4 mm', () => ok(moduleMillimetres >= 0.4))

test('R41: the codes are read from sheets printed at 203 dpi, also smudged, noisy and creased', { skip }, async () => {
  const pdf = path.join(folder, 'sheets.pdf')
  writeFileSync(pdf, await tokenSheets(head, pool, tokens))
  execFileSync('pdftoppm', ['-r', '203', '-gray', pdf, path.join(folder, 'page')])
  const read = (file: string) =>
    spawnSync('zbarimg', ['-q', '--raw', '-Sdisable', '-Sqrcode.enable', file], { encoding: 'utf8' })
      .stdout.trim()
      .split('\n')
  const all = tokens.map((token) => tokenText(pool, token)).sort()
  const cards = [1, 2]
    .flatMap((page) => cut(readFileSync(path.join(folder, `page-${page}.pgm`))))
    .slice(0, tokens.length)
  const scanned = (wear: (card: Picture) => Picture) =>
    cards.flatMap((card, at) => {
      const file = path.join(folder, `card-${at}.pgm`)
      const { width, height, dots } = wear(card)
      writeFileSync(file, Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), dots]))
      return read(file)
    })
  deepEqual(scanned((card) => card).sort(), all)
  deepEqual(scanned(worn).sort(), all)
})

test('two tokens differ in nothing but the code: no serial, no date, no time', { skip }, async () => {
  const pdf = path.join(folder, 'text.pdf')
  const bytes = await tokenSheets(head, pool, tokens)
  writeFileSync(pdf, bytes)
  const text = execFileSync('pdftotext', ['-raw', pdf, '-'], { encoding: 'utf8' })
  // Every code that is typed, once each, and what is left is the same words seventeen times.
  const left = tokens.reduce((rest, token) => {
    equal(rest.split(token).length, 2)
    return rest.replace(token, '')
  }, text)
  const counts = new Map<string, number>()
  for (const line of left.split(/[\n\f]/).filter(Boolean)) counts.set(line, (counts.get(line) ?? 0) + 1)
  deepEqual([...new Set(counts.values())], [17])
  deepEqual([...counts.keys()].join(' ').match(/\d+/g), ['1'])
  equal(/D:2(?!001)/.test(bytes.toString('latin1')), false)
})

test('each order of a shuffled list is as likely as any other', () => {
  const seen = new Map<string, number>()
  const rounds = 12_000
  for (let at = 0; at < rounds; at++) {
    const order = shuffled(['a', 'b', 'c', 'd'], platformRandom).join('')
    seen.set(order, (seen.get(order) ?? 0) + 1)
  }
  equal(seen.size, 24)
  const expected = rounds / 24
  const chiSquare = [...seen.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  // 23 degrees of freedom: above 70 once in a million runs.
  ok(chiSquare < 70, `${chiSquare}`)
})

type Picture = { width: number; height: number; dots: Buffer }

/** The fifteen cards of a sheet of 203 dpi. */
function cut(pgm: Buffer): Picture[] {
  const [head, width = 0] = /^P5\s+(\d+)\s+(\d+)\s+255\s/
    .exec(pgm.subarray(0, 40).toString('latin1'))!
    .slice(0, 2)
    .map((each, at) => (at === 0 ? each.length : Number(each))) as [number, number]
  const dot = 203 / 25.4
  const size = { width: Math.floor(63 * dot), height: Math.floor(54 * dot) }
  return Array.from({ length: 15 }, (_, at) => {
    const x = Math.round((10.5 + (at % 3) * 63) * dot)
    const y = Math.round((13.5 + Math.floor(at / 3) * 54) * dot)
    const rows = Array.from({ length: size.height }, (_, row) => {
      const start = head + (y + row) * width + x
      return pgm.subarray(start, start + size.width)
    })
    return { ...size, dots: Buffer.concat(rows) }
  })
}

/** Paper as it comes back from a pocket: ink that ran into its neighbours, noise, and a white crease through the middle of each code. */
function worn({ width, height, dots: from }: Picture): Picture {
  const dots = Buffer.from(from)
  for (let at = width + 1; at < dots.length - width - 1; at++) {
    const around = (from[at - 1]! + from[at + 1]! + from[at - width]! + from[at + width]!) / 4
    const noise = 70 * ((next() % 1000) / 1000 - 0.5)
    dots[at] = Math.max(0, Math.min(255, 0.6 * from[at]! + 0.4 * around + noise))
    if (Math.floor(at / width) === Math.round(height * 0.48)) dots[at] = 255
  }
  return { width, height, dots }
}
