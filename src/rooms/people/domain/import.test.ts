import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { checkRows, type ImportRow, importColumns, readRows } from './import.ts'

const regions = [
  { code: '35.10', kind: 'regency' as const, name: 'Kabupaten Banyuwangi', within: 'Jawa Timur' },
  { code: '35.77', kind: 'city' as const, name: 'Kota Madiun', within: 'Jawa Timur' },
  { code: '35.19', kind: 'regency' as const, name: 'Kabupaten Madiun', within: 'Jawa Timur' },
]
const registered = { regions, agencies: [{ code: 'KEM-A', name: 'Kementerian A' }] }
const head = [...importColumns]
const table = (...rows: string[][]) => {
  const read = readRows([head, ...rows])
  assert.ok(read.ok)
  return read.change
}
const problemsOf = (rows: ImportRow[]) =>
  checkRows(rows, registered).problems.map(({ row, column, code, with: other }) =>
    [row, column, code, other].filter((x) => x !== undefined).join(' '),
  )

describe('people: a table of agencies', () => {
  it('is read with its columns in any order and any case, empty rows left out, and row numbers of the file kept', () => {
    const read = readRows([
      ['Nama', 'KODE', 'Wilayah', 'jenis'],
      ['Kementerian B', 'KEM-B', '', 'kementerian'],
      ['', '', '', ''],
      ['  Kabupaten   Banyuwangi ', '35.10', '35.10', 'Kabupaten'],
    ])
    assert.ok(read.ok)
    assert.deepEqual(
      read.change.map(({ row, kode, nama, surel_admin }) => [row, kode, nama, surel_admin]),
      [
        [2, 'KEM-B', 'Kementerian B', ''],
        [4, '35.10', 'Kabupaten Banyuwangi', ''],
      ],
    )
  })

  it('is refused without its columns, without rows, and with too many', () => {
    assert.deepEqual(readRows([['kode', 'nama']]), {
      ok: false,
      refusal: 'columns-missing',
      columns: ['jenis', 'wilayah'],
    })
    assert.deepEqual(readRows([head]), { ok: false, refusal: 'file-empty' })
    const many = Array.from({ length: 5001 }, (_, i) => [`K-${i}`, 'BUMN', `PT ${i}`, '', '', ''])
    assert.deepEqual(readRows([head, ...many]), { ok: false, refusal: 'file-too-long' })
  })

  it('becomes agencies when every row is good', () => {
    const checked = checkRows(
      table(
        ['35.10', 'kabupaten', 'Pemkab Banyuwangi', 'Banyuwangi', 'Sri', 'SRI@contoh.go.id'],
        ['KEM-B', 'Kementerian', 'Kementerian B', '', '', ''],
        ['35.77', 'kota', 'Pemkot Madiun', 'madiun', '', ''],
      ),
      registered,
    )
    assert.deepEqual(checked, {
      agencies: [
        {
          row: 2,
          code: '35.10',
          kind: 'regency',
          name: 'Pemkab Banyuwangi',
          region: '35.10',
          admin: { name: 'Sri', email: 'sri@contoh.go.id' },
        },
        { row: 3, code: 'KEM-B', kind: 'ministry', name: 'Kementerian B', region: null, admin: null },
        { row: 4, code: '35.77', kind: 'city', name: 'Pemkot Madiun', region: '35.77', admin: null },
      ],
      known: [],
      problems: [],
    })
  })

  it('says every problem by row and column', () => {
    assert.deepEqual(
      problemsOf(
        table(
          ['', 'dinas', '', 'Entah', 'Sri', ''],
          ['K 1', 'kabupaten', 'Pemkab X', '', '', 'bukan alamat'],
          ['K-2', 'kementerian', 'Kementerian C', '35.10', 'Budi', 'a@b.go.id'],
          ['k-2', 'kota', 'KEMENTERIAN C', '35.10', 'Budi', 'A@b.go.id'],
          ['KEM-A', 'kementerian', 'Kementerian Lain', '', '', ''],
          ['KEM-Z', 'kementerian', 'kementerian a', '', '', ''],
        ),
      ),
      [
        '2 kode row-required',
        '2 nama row-required',
        '2 jenis row-kind',
        '2 wilayah row-region-unknown',
        '2 surel_admin row-admin-half',
        '3 kode row-code',
        '3 wilayah region-needed',
        '3 nama_admin row-admin-half',
        '3 surel_admin row-email',
        '4 wilayah region-not-here',
        '5 kode row-code-twice 4',
        '5 nama row-name-twice 4',
        '5 surel_admin row-email-twice 4',
        '5 wilayah region-not-that-kind',
        '6 kode row-code-taken',
        '7 nama row-name-taken',
      ],
    )
  })

  it('may hold agencies that are registered already, with the same code and name', () => {
    const rows = table(['kem-a', 'kementerian', 'KEMENTERIAN A', '', '', ''])
    const checked = checkRows(rows, registered)
    assert.deepEqual(checked, { agencies: [], known: rows, problems: [] })
  })

  it('never loses a row: each is planned, known, or has a problem', () => {
    const cell = fc.constantFrom('', 'KEM-A', '35.10', 'kota', 'BUMN', 'Madiun', 'Kementerian A', 'x@y.id', '=1', '!')
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell, cell, cell, cell), { minLength: 1, maxLength: 12 }), (cells) => {
        const read = readRows([head, ...cells])
        if (!read.ok) return
        const checked = checkRows(read.change, registered)
        const wrong = new Set(checked.problems.map(({ row }) => row))
        const rows = [...checked.agencies, ...checked.known].map(({ row }) => row)
        assert.deepEqual(
          [...rows, ...wrong].sort((a, b) => a - b),
          read.change.map(({ row }) => row),
        )
      }),
    )
  })
})
