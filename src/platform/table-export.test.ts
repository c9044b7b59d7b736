import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import readXlsxFile from 'read-excel-file/node'
import { csvField, csvLines, type ExportColumn, harmless, xlsx } from './table-export.ts'

type Row = { name: string; n: number | null; at: Date | null }
const columns: ExportColumn<Row>[] = [
  { head: 'Nama, "asli"', value: ({ name }) => name },
  { head: 'n', value: ({ n }) => n },
  { head: 'pada', value: ({ at }) => at },
]
async function whole(rows: readonly Row[][]) {
  let text = ''
  for await (const part of csvLines(columns, rows)) text += part
  return text
}

describe('the platform: tables as files', () => {
  it('writes CSV that begins with the mark of UTF-8 and comes back as it was', async () => {
    const text = await whole([
      [{ name: 'Kakekku Datang; "baru"\nbaris dua', n: 1234.5, at: new Date('2017-02-28T16:59:59Z') }],
      [{ name: 'Ünïcode', n: null, at: null }],
    ])
    assert.equal(text.charCodeAt(0), 0xfeff)
    assert.deepEqual(parse(text, { bom: true }), [
      ['Nama, "asli"', 'n', 'pada'],
      ['Kakekku Datang; "baru"\nbaris dua', '1234.5', '2017-02-28T16:59:59.000Z'],
      ['Ünïcode', '', ''],
    ])
  })

  it('writes only the head for no rows', async () => {
    assert.equal(await whole([]), '\ufeff"Nama, ""asli""",n,pada\r\n')
  })

  it('lets no text run as a formula, and leaves numbers as they are', () => {
    for (const bad of ['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\t=1', '  =1', '\u00a0=cmd', '|x', '%x', '\ufeff=1'])
      assert.equal(harmless(bad), `'${bad}`)
    for (const good of ['Antar Obat', '-5', '+62', '3,5', '', "'=1", 'a=b']) assert.equal(harmless(good), good)
    fc.assert(
      fc.property(fc.string(), (text) => {
        const [[back]] = parse(`x,${csvField(text)}\r\n`).map((row) => row.slice(1)) as [[string]]
        assert.ok(/^[+-]?\d+(?:[.,]\d+)?$/.test(back) || !/^\s*[=+\-@|%]/.test(back))
        assert.ok(back === text || back === `'${text}`)
      }),
    )
  })

  it('writes a workbook that comes back with its types', async () => {
    const at = new Date('2017-02-28T10:00:00Z')
    const buffer = await xlsx('Nama/yang:salah', columns, [[{ name: '=HYPERLINK("x")\u0001', n: 7, at }], []])
    const [sheet] = await readXlsxFile(buffer)
    assert.deepEqual(sheet!.data, [
      ['Nama, "asli"', 'n', 'pada'],
      ['\'=HYPERLINK("x")', 7, at],
    ])
    assert.equal(sheet!.sheet, 'Nama yang salah')
  })
})
