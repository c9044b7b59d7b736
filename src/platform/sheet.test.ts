import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { zipSync } from 'fflate'
import { readSheet, writeCsv, writeXlsx, xlsxType } from './sheet.ts'

const rows = [
  ['kode', 'nama'],
  ['35.10', 'Dinas "Satu", dua; tiga'],
  ['=1+1', '@SUM(A1)'],
]

describe('tables as files', () => {
  it('come back from XLSX as they went: codes stay codes, formulas stay text', async () => {
    assert.deepEqual(await readSheet(await writeXlsx(rows), xlsxType), rows)
  })

  it('come back from CSV, with formulas defused', async () => {
    assert.deepEqual(await readSheet(Buffer.from(writeCsv(rows)), 'text/csv'), [
      rows[0],
      rows[1],
      ["'=1+1", "'@SUM(A1)"],
    ])
  })

  it('are read with semicolons, tabs or commas, with Windows line ends and empty lines', async () => {
    for (const sign of [';', '\t', ',']) {
      const text = `\uFEFFkode${sign}nama\r\n\r\n35.10${sign}Banyuwangi \r\n`
      assert.deepEqual(await readSheet(Buffer.from(text), 'text/csv'), [
        ['kode', 'nama'],
        ['35.10', 'Banyuwangi'],
      ])
    }
  })

  it('are refused when they are no text, no workbook, or a bomb', async () => {
    assert.equal(await readSheet(Buffer.from([0xff, 0xfe, 0x41]), 'text/csv'), undefined)
    assert.equal(await readSheet(Buffer.from('PK no zip'), xlsxType), undefined)
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(61 * 1024 * 1024) }, { level: 9 })
    assert.ok(bomb.length < 1024 * 1024)
    assert.equal(await readSheet(Buffer.from(bomb), xlsxType), undefined)
  })
})
