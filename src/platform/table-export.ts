import writeXlsxFile from 'write-excel-file/node'
import type { C } from './http.ts'

/** A value of an exported table. A Date is a moment; a calendar date is text (2017-02-28). */
export type Exported = string | number | boolean | Date | null
export type ExportColumn<Row> = { head: string; value: (row: Row) => Exported; width?: number }

/**
 * Text that a spreadsheet would run as a formula gets an apostrophe before it, after any leading spaces are looked
 * through. A number typed as text keeps its sign: "-5" is harmless. Source: OWASP, CSV Injection.
 */
export function harmless(text: string): string {
  // A tab or line break at the head is stripped by some spreadsheets, and what follows is then the head.
  if (!/^[\s\u00a0\ufeff]*[=+\-@|%]/.test(text) && !/^[\t\r\n]/.test(text)) return text
  return /^[+-]?\d+(?:[.,]\d+)?$/.test(text) ? text : `'${text}`
}

/** One value as a CSV field, RFC 4180: quoted where it holds a quote, a separator or a line break. */
export function csvField(value: Exported): string {
  if (value === null) return ''
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  if (typeof value === 'boolean') return value ? '1' : '0'
  const text = harmless(value)
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The lines of a CSV file, from the mark of UTF-8, which Excel needs to read it as such, to the last row. */
export async function* csvLines<Row>(
  columns: readonly ExportColumn<Row>[],
  portions: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>,
): AsyncGenerator<string> {
  yield `\ufeff${columns.map(({ head }) => csvField(head)).join(',')}\r\n`
  for await (const rows of portions) {
    let part = ''
    for (const row of rows) part += `${columns.map(({ value }) => csvField(value(row))).join(',')}\r\n`
    if (part !== '') yield part
  }
}

/** The whole table as an Excel workbook. The format is one compressed archive, so it is made in memory: some 20,000 rows are fine. */
export async function xlsx<Row>(
  sheet: string,
  columns: readonly ExportColumn<Row>[],
  portions: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>,
): Promise<Buffer> {
  const data: unknown[][] = [columns.map(({ head }) => ({ value: head, type: String, fontWeight: 'bold' }))]
  for await (const rows of portions) for (const row of rows) data.push(columns.map(({ value }) => cell(value(row))))
  // A workbook's sheet has at most 31 letters, and none of these.
  const name = sheet.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31)
  const options = { sheet: name, columns: columns.map(({ width }) => ({ width: width ?? 18 })), stickyRowsCount: 1 }
  return writeXlsxFile(data as never, options as never).toBuffer()
}

function cell(value: Exported) {
  if (value === null || value === '') return null
  if (value instanceof Date) return { value, type: Date, format: 'yyyy-mm-dd hh:mm' }
  if (typeof value === 'number') return Number.isFinite(value) ? { value, type: Number } : null
  if (typeof value === 'boolean') return { value: value ? 1 : 0, type: Number }
  // A cell typed as text is never run as a formula, but it may be saved as CSV and opened again.
  // A workbook cannot hold most control characters, nor a cell over 32,767 letters.
  return {
    value: harmless(value.replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu, '')).slice(0, 32_767),
    type: String,
  }
}

/** Answer with the table as a file: CSV flows as the rows are read, XLSX comes when it is made. */
export async function exportTable<Row>(
  c: C,
  format: 'csv' | 'xlsx',
  name: string,
  columns: readonly ExportColumn<Row>[],
  portions: AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>,
): Promise<Response> {
  const file = `${name.replace(/[^\w.-]+/g, '-').slice(0, 100)}.${format}`
  c.header('Content-Disposition', `attachment; filename="${file}"`)
  c.header('X-Content-Type-Options', 'nosniff')
  if (format === 'csv') {
    c.header('Content-Type', 'text/csv; charset=utf-8')
    return c.body(streamOf(csvLines(columns, portions)))
  }
  c.header('Content-Type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  return c.body(new Uint8Array(await xlsx(name, columns, portions)))
}

/** Lines as bytes that are made when the reader is ready for them; a reader who leaves ends the reading of rows. */
function streamOf(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await lines.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await lines.return(undefined)
    },
  })
}
