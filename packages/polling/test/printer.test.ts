import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { escPos, type Fault, faultsFile, openSimulatedPrinter, type Paper, type PaperKind } from '../src/print/index.ts'

const root = mkdtempSync(path.join(tmpdir(), 'melayani-printer-'))
after(() => rmSync(root, { recursive: true }))
let count = 0
const open = (faults: Fault[] = [], pdf?: true) => {
  const folder = path.join(root, `${++count}`)
  return { folder, printer: openSimulatedPrinter({ folder, faults, ...(pdf && { pdf }) }) }
}
const texts = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.txt'))
const read = (folder: string, name: string) => readFileSync(path.join(folder, name), 'utf8')

const paper = (kind: PaperKind, text = 'NOMOR 2'): Paper => ({
  kind,
  lang: 'id',
  title: 'Uji',
  blocks: [
    { text, size: 2, centre: true },
    { pairs: [['TPS', '03']] },
    { qr: 'MLY1.ABCD', alt: 'kode' },
    { cut: true },
  ],
})
const lengthOf = (document: Paper) => escPos(document).reduce((sum, part) => sum + part.length, 0)

test('what is printed lies in the folder under a random name, with one time for all', async () => {
  const { folder, printer } = open()
  assert.equal(await printer.status(), 'ok')
  const outcome = await printer.print(paper('slip'))
  assert.deepEqual(outcome, { ok: true, status: 'ok', bytes: lengthOf(paper('slip')), lines: 2 })
  await printer.print(paper('receipt', 'KODE'))
  const names = texts(folder).sort()
  assert.match(names[0]!, /^receipt-[0-9a-f]{16}\.txt$/)
  assert.match(names[1]!, /^slip-[0-9a-f]{16}\.txt$/)
  assert.deepEqual(
    names.map((name) => statSync(path.join(folder, name)).mtimeMs),
    [978_307_200_000, 978_307_200_000],
  )
  assert.equal(
    read(folder, names[1]!),
    `NOMOR 2\nTPS ${'.'.repeat(41)} 03\n[gambar 29 x 29 mm]\n- - - - - - - - - - - -\n`,
  )
})

test('a jam at every byte: the printer says so, half a paper is never a whole one, and it prints again once repaired', async () => {
  const slip: Paper = { ...paper('slip'), blocks: [{ text: 'NOMOR 2' }, { text: 'TPS 03' }, { cut: true }] }
  const length = lengthOf(slip)
  const knife = length - 4
  const { folder, printer } = open()
  for (const kind of ['jam', 'paper-out', 'cover-open'] as const)
    for (let at = 0; at <= length; at++) {
      printer.set([{ kind, at }])
      const outcome = await printer.print(slip)
      assert.equal(outcome.ok, false, `${kind} at ${at}`)
      if (outcome.ok) continue
      assert.equal(outcome.status, kind)
      assert.equal(outcome.bytes, at)
      assert.equal(outcome.out, at === 0 ? 'nothing' : at <= knife ? 'part' : 'whole')
      assert.equal(await printer.status(), kind, 'it stays so until somebody comes')
      assert.equal((await printer.print(slip)).ok, false)
      printer.set([])
      assert.equal(await printer.status(), 'ok')
    }
  assert.equal((await printer.print(slip)).ok, true)
  const whole = texts(folder).filter((name) => !name.endsWith('.part.txt'))
  // Three kinds, four places after the acknowledgement of the last line, and the one that was not disturbed.
  assert.equal(whole.length, 3 * 4 + 1)
  for (const name of whole) assert.match(read(folder, name), /^NOMOR 2\nTPS 03\n/)
  for (const name of texts(folder).filter((name) => name.endsWith('.part.txt')))
    assert.ok('NOMOR 2\nTPS 03\n- - - - - - - - - - - -\n'.startsWith(read(folder, name).trimEnd()))
})

test('a printer whose plug is pulled at any byte is off, and what came out is told apart', async () => {
  const { folder, printer } = open()
  const length = lengthOf(paper('slip'))
  for (const at of [0, 1, 40, length - 4, length - 2, length]) {
    printer.set([{ kind: 'gone', at }])
    const outcome = await printer.print(paper('slip'))
    assert.deepEqual(
      outcome.ok ? 'ok' : [outcome.status, outcome.out],
      ['off', at === 0 ? 'nothing' : at <= length - 4 ? 'part' : 'whole'],
      `${at}`,
    )
    assert.equal(await printer.status(), 'off')
  }
  printer.set([])
  assert.equal((await printer.print(paper('slip'))).ok, true)
  assert.equal(texts(folder).filter((name) => !name.includes('.part')).length, 3)
})

test('the knife fails: the paper is whole and not cut; the end of the roll is near: it prints and says so', async () => {
  const knife = open([{ kind: 'cutter' }])
  const outcome = await knife.printer.print(paper('slip'))
  assert.deepEqual(outcome.ok ? 'ok' : [outcome.status, outcome.out], ['cutter', 'whole'])
  assert.ok(!read(knife.folder, texts(knife.folder)[0]!).includes('- - -'))
  const end = open([{ kind: 'near-end' }])
  assert.equal(await end.printer.status(), 'near-end')
  assert.equal((await end.printer.print(paper('slip'))).status, 'near-end')
})

test('a second copy is a second slip, and the printer itself sees nothing wrong', async () => {
  const { folder, printer } = open([{ kind: 'second-copy', kinds: ['slip'] }])
  assert.equal((await printer.print(paper('receipt'))).ok, true)
  assert.equal((await printer.print(paper('slip'))).ok, true)
  assert.deepEqual(
    texts(folder)
      .map((name) => name.split('-')[0])
      .sort(),
    ['receipt', 'slip', 'slip'],
  )
})

test('wrong paper comes out empty and no sensor knows it: two officers look, and only then nothing is printed on it', async () => {
  const { folder, printer } = open([{ kind: 'wrong-paper' }])
  assert.equal((await printer.print(paper('self-test'))).ok, true)
  assert.equal(read(folder, texts(folder)[0]!), '')
  printer.judged(false)
  assert.equal(await printer.status(), 'wrong-paper')
  const refused = await printer.print(paper('slip'))
  assert.deepEqual(refused, { ok: false, status: 'wrong-paper', bytes: 0, lines: 0, out: 'nothing' })
  printer.set([])
  assert.equal((await printer.print(paper('self-test'))).ok, true, 'the self-test may be tried again')
  printer.judged(true)
  assert.equal((await printer.print(paper('slip'))).ok, true)
})

test('faults are put in and taken away from another process, and meet the document they are meant for', async () => {
  const { folder, printer } = open()
  writeFileSync(path.join(folder, faultsFile), JSON.stringify([{ kind: 'jam', at: 30, kinds: ['slip'], skip: 1 }]))
  assert.equal((await printer.print(paper('slip'))).ok, true)
  assert.equal((await printer.print(paper('receipt'))).ok, true)
  assert.equal((await printer.print(paper('slip'))).ok, false)
  assert.equal((await printer.print(paper('receipt'))).ok, false, 'a jam is in the way of everything')
  writeFileSync(path.join(folder, faultsFile), '[]')
  assert.equal((await printer.print(paper('receipt'))).ok, true)
})

test('documents asked for at once come one after the other', async () => {
  const { folder, printer } = open()
  const outcomes = await Promise.all(Array.from({ length: 5 }, (_, at) => printer.print(paper('slip', `NOMOR ${at}`))))
  assert.deepEqual(
    outcomes.map(({ ok }) => ok),
    [true, true, true, true, true],
  )
  assert.deepEqual(
    texts(folder)
      .map((name) => read(folder, name).slice(0, 7))
      .sort(),
    ['NOMOR 0', 'NOMOR 1', 'NOMOR 2', 'NOMOR 3', 'NOMOR 4'],
  )
})

test('a paper as PDF has the same date whenever it was printed', async () => {
  const { folder, printer } = open([], true)
  await printer.print(paper('slip'))
  await printer.print(paper('slip'))
  const [one, two] = readdirSync(folder)
    .filter((name) => name.endsWith('.pdf'))
    .map((name) => readFileSync(path.join(folder, name)))
  assert.ok(one!.subarray(0, 4).equals(Buffer.from('%PDF')))
  assert.ok(one!.equals(two!))
})
