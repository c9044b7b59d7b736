import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { undrawable } from '../src/booth/papers.ts'
import { isBlack, qrBitmap, qrModules } from '../src/print/bitmap.ts'
import { escPos, openSimulatedPrinter, type Paper, receipt, slip } from '../src/print/index.ts'
import { strips, stripText } from '../src/print/strip.ts'
import { makeTps } from './village.ts'

const root = mkdtempSync(path.join(tmpdir(), 'melayani-slip-'))
after(() => rmSync(root, { recursive: true }))
const made = makeTps({ voters: 2, reserve: 0, number: 3 })
const photo = readFileSync(new URL('fixtures/jpeg/baseline.jpg', import.meta.url)).toString('base64')
const content = {
  ...made.package,
  candidates: made.package.candidates.map((each) => (each.number === 2 ? { ...each, photo } : each)),
}
const practice = { ...content, mode: 'practice' as const }
const bytesOf = (paper: Paper) => Buffer.concat(escPos(paper))
const textOf = (paper: Paper) => stripText(strips(bytesOf(paper)))
const trackingCode = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP1'

/** Equal to the file to the last byte. With MELAYANI_GOLDEN=write the files are written anew, to be looked at. */
const golden = (name: string, bytes: Uint8Array) => {
  const file = new URL(`fixtures/paper/${name}`, import.meta.url)
  if (process.env.MELAYANI_GOLDEN === 'write' || !existsSync(file)) {
    assert.equal(process.env.MELAYANI_GOLDEN, 'write', `${name} is missing`)
    writeFileSync(file, bytes)
  }
  assert.ok(readFileSync(file).equals(bytes), `${name} is no longer what it was`)
}

test('slips and receipts are the same to the last byte as those that were looked at', () => {
  golden('slip-2.bin', bytesOf(slip({ package: content, choice: 2 })))
  golden('slip-blank.txt', Buffer.from(textOf(slip({ package: content, choice: 'blank' }))))
  golden(
    'slip-marks.txt',
    Buffer.from(textOf(slip({ package: practice, choice: 3, marks: ['void', 'reprint'], lang: 'en' }))),
  )
  golden('receipt.txt', Buffer.from(textOf(receipt({ package: content, code: trackingCode, address: 'desa.example' }))))
})

test('R10, T19: a slip says candidate, polling place and election; no booth, and no digit beyond these', () => {
  for (const choice of [1, 2, 3, 'blank'] as const)
    for (const lang of ['id', 'en'] as const) {
      const text = textOf(slip({ package: content, choice, lang }))
      const name = content.candidates.find(({ number }) => number === choice)?.name
      if (name) assert.ok(text.includes(name))
      assert.ok(text.includes(content.election.id))
      const digits = text
        // How large the photograph is stands in the text file only.
        .replace(/\[gambar .*\]/, '')
        .replace(content.election.id, '')
        .match(/\d+/g)
      assert.deepEqual(digits, ['3', ...(choice === 'blank' ? [] : [`${choice}`])])
      assert.doesNotMatch(text, /bilik|booth/i)
    }
})

test('R10, T18: two slips of one choice are the same paper, so that nothing in them can count voters or tell the time', async () => {
  const folder = path.join(root, 'same')
  const printer = openSimulatedPrinter({ folder, pdf: true })
  for (let voter = 0; voter < 2; voter++) {
    assert.equal((await printer.print(slip({ package: content, choice: 2 }))).ok, true)
    await new Promise((done) => setTimeout(done, 1100))
  }
  for (const kind of ['.txt', '.pdf']) {
    const files = readdirSync(folder).filter((name) => name.endsWith(kind))
    assert.equal(files.length, 2)
    assert.equal(new Set(files.map((name) => readFileSync(path.join(folder, name), 'latin1'))).size, 1)
  }
})

test('T20: a receipt is the same whatever was chosen; it has the code, no booth, no time and no candidate', () => {
  const text = textOf(receipt({ package: content, code: trackingCode }))
  assert.ok(text.includes(trackingCode))
  for (const { name } of content.candidates) assert.ok(!text.includes(name))
  assert.deepEqual(
    text
      .replace(/\[gambar .*\]/, '')
      .replace(trackingCode, '')
      .match(/\d+/g),
    ['3'],
  )
})

test('a mark is on the slip twice and nobody takes it for another', () => {
  const count = (paper: Paper, mark: string) => textOf(paper).split(mark).length - 1
  const plain = slip({ package: content, choice: 1 })
  for (const mark of ['BATAL', 'CETAK ULANG', 'LATIHAN']) assert.equal(count(plain, mark), 0)
  assert.equal(count(slip({ package: content, choice: 1, marks: ['void'] }), 'BATAL'), 2)
  assert.equal(count(slip({ package: content, choice: 1, marks: ['reprint'] }), 'CETAK ULANG'), 2)
  assert.equal(count(slip({ package: practice, choice: 1 }), 'LATIHAN'), 2)
  assert.equal(count(receipt({ package: practice, code: trackingCode }), 'LATIHAN'), 2)
})

test('a slip for a number that nobody has is not made', () => {
  assert.throws(() => slip({ package: content, choice: 4 }), RangeError)
  assert.throws(() => slip({ package: content, choice: 0 }), RangeError)
})

test('R41: a module of a code is at least 0.4 mm at 203 dpi, with four white ones around, at every length that fits', () => {
  for (let length = 1; length < 1000; length += 37) {
    const text = 'x'.repeat(length)
    const modules = qrModules(text)
    const { width } = qrBitmap(text)
    const dots = width / (modules.length + 8)
    assert.ok(Number.isInteger(dots))
    assert.ok((dots * 25.4) / 203 >= 0.4, `${length} letters: ${dots} dots`)
    assert.ok(width <= 576)
    const code = qrBitmap(text)
    for (let x = 0; x < width; x++)
      for (let y = 0; y < 4 * dots; y++) assert.ok(!isBlack(code, x, y) && !isBlack(code, y, x))
  }
  assert.throws(() => qrBitmap('x'.repeat(1700)), RangeError)
})

test('a booth knows before anybody votes whose photograph no printer of ours can draw', () => {
  assert.deepEqual(undrawable(content), [])
  const broken = Buffer.from('GIF89a').toString('base64')
  const candidates = content.candidates.map((each) => (each.number === 2 ? each : { ...each, photo: broken }))
  assert.deepEqual(undrawable({ ...content, candidates }), [1, 3])
})
