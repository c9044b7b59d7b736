import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { platformRandom } from '@melayani/ballot'
import { choose, sealBallot } from '@melayani/ballot/cast'
import { papersOf } from '../src/booth/papers.ts'
import { hashOf, shortHash } from '../src/format/index.ts'
import { type Paper, qrParts } from '../src/print/index.ts'
import { judgeUji, openSheet } from '../src/uji/check.ts'
import { village } from './booth-rig.ts'
import { makeTps } from './village.ts'

const { made, booth } = village()
const question = booth.election.questions[0]!
/** A ballot that the booth opens: for the candidate at this index, or blank. */
const opened = (pick: number | 'blank') => {
  const choices = choose(question, pick === 'blank' ? pick : [pick])
  return sealBallot(booth.encrypt(made.tokens[0]!.slice(0, -3), [choices], platformRandom))
}
const codesOf = (paper: Paper) => paper.blocks.flatMap((block) => ('qr' in block ? [block.qr] : []))
const { election } = made.package.ballot
const sealed = opened(1)
const { trackingCode } = sealed
const record = sealed.spoil()
const codes = codesOf(papersOf(made.package).opening(2, trackingCode, record))

test('R62: the codes of a sheet, scanned in any order and twice, give what the booth had encrypted and the code of its receipt', () => {
  assert.ok(codes.length > 2, `${codes.length} codes`)
  const take = openSheet()
  const last = codes.toReversed().map((code) => take(` ${code}\r`))
  const upTo = (most: number) => Array.from({ length: most }, (_, at) => at + 1)
  assert.deepEqual(
    last.slice(0, -1),
    codes.slice(1).map((_, at) => ({ heard: 'missing', missing: upTo(codes.length - 1 - at) })),
  )
  assert.deepEqual(last.at(-1), { heard: 'whole', record })
  const again = openSheet()
  again(codes[0]!)
  assert.equal(again(codes[0]!).heard, 'missing')
  assert.deepEqual(judgeUji(election, record), { right: true, chosen: '2. Budi Santoso', trackingCode })
  const blank = judgeUji(election, opened('blank').spoil())
  assert.equal(blank.right && blank.chosen, 'blank')
})

test('a code of another sheet, of another paper or of no paper is left out; one that was read wrong is scanned again', () => {
  const take = openSheet()
  const other = qrParts('UJI', opened(0).spoil())[0]!
  assert.equal(take(codes[0]!).heard, 'missing')
  for (const [code, heard] of [
    [other, 'mixed'],
    [trackingCode, 'form'],
    [qrParts('RESULT', record)[1]!, 'form'],
    ['', 'form'],
  ] as const)
    assert.deepEqual(take(code), { heard }, code)
  const misread = codes[1]!.replace(/.(?=.{20}:\w{8}$)/, (sign) => (sign === '0' ? '1' : '0'))
  assert.notEqual(misread, codes[1])
  take(misread)
  const rest = codes.slice(2).map(take)
  assert.deepEqual(rest.at(-1), { heard: 'damaged' })
  assert.deepEqual(take(codes[1]!), { heard: 'whole', record })
})

test('a space at the end of a part is not lost when a line is trimmed', () => {
  const texts = Array.from({ length: 200 }, (_, at) =>
    Array.from({ length: 20 }, (_, n) => hashOf(`${at} ${n}`)).join(''),
  )
  const parts = texts.map((text) => qrParts('UJI', text))
  assert.ok(parts.every(({ length }) => length === 2))
  const ends = parts.filter(([first]) => / :\w{8}$/.test(first!))
  assert.ok(ends.length > 0, 'some part ends so')
  for (const [first, second] of ends) {
    const take = openSheet()
    take(first!.trim())
    assert.deepEqual(take(second!), { heard: 'whole', record: texts[parts.findIndex(([each]) => each === first)] })
  }
})

test('a sheet whose codes say another choice than its ballot holds is wrong, and so are one of another polling place and a changed ballot', () => {
  const forged = JSON.parse(record)
  for (const row of forged.opening[0]) row.m = 0
  forged.opening[0][1].m = 1
  const wrong = (text: string) => {
    const verdict = judgeUji(election, text)
    return verdict.right ? [] : verdict.faults.map(({ rule, at }) => `${rule} ${at}`)
  }
  assert.deepEqual(wrong(JSON.stringify(forged)), ['ciphertext opening[0][1]', 'ciphertext opening[0][2]'])
  assert.deepEqual(
    wrong('{"version":1}').map((each) => each.split(' ')[0]),
    ['form'],
  )
  assert.deepEqual(wrong(record.replace('"m":1', '"m":0')), ['choices opening'])
  const elsewhere = judgeUji(makeTps({ voters: 2, reserve: 0, number: 2 }).package.ballot.election, record)
  assert.equal(!elsewhere.right && elsewhere.faults[0]!.rule, 'election')
})

test('npm run tps -- check-uji: a scanner that types, a photograph that was read, and a sheet with a hole in it', (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'melayani-uji-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const at = (name: string, text?: string) => {
    if (text !== undefined) writeFileSync(path.join(folder, name), text)
    return path.join(folder, name)
  }
  const main = path.join(import.meta.dirname, '../src/main.ts')
  const run = (lang: string, input: string, ...files: string[]) => {
    const args = ['check-uji', '--package', at('package.json', JSON.stringify(made.signed)), '--lang', lang, ...files]
    const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', main, ...args], {
      encoding: 'utf8',
      input,
    })
    return { status, lines: stdout.trim().split('\n') }
  }
  const typed = run('id', ['bukan kode', ...codes.toReversed(), ''].join('\r\n'))
  assert.equal(typed.status, 0)
  assert.match(typed.lines[0]!, /Pindai semua kode/)
  assert.match(typed.lines[1]!, /bukan kode dari kertas UJI/)
  assert.equal(
    typed.lines[2],
    `Terbaca. Masih kurang bagian: ${codes
      .slice(1)
      .map((_, n) => n + 1)
      .join(', ')}.`,
  )
  const end = typed.lines.slice(-5)
  assert.deepEqual(end.slice(0, 3), [
    'BENAR: bilik mengenkripsi pilihan ini.',
    '  2. Budi Santoso',
    `Kode lacak: ${trackingCode}`,
  ])
  assert.ok(end[4]!.includes(shortHash(made.hash)))
  // Two sheets at once: one forged, one from which a code is missing. Wrong is worse than unfinished.
  const forged = record.replace(/"m":1/, '"m":0').replace(/"m":0/, '"m":1')
  const files = [at('forged', qrParts('UJI', forged).join('\n')), at('hole', codes.slice(1).join('\n'))]
  const both = run('en', '', ...files)
  assert.equal(both.status, 1)
  assert.ok(
    both.lines.some((line) =>
      /^✗ the ciphertext is not that of the choice it names \(opening\[0\]\[\d\]\)$/.test(line),
    ),
  )
  assert.ok(both.lines.some((line) => line.startsWith('CANNOT BE CHECKED YET')))
  assert.equal(run('en', '', files[1]!).status, 2)
})
