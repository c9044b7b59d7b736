import { parse } from 'csv-parse/sync'
import { unzipSync } from 'fflate'
import readXlsxFile, { readSheet as readXlsx } from 'read-excel-file/node'
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'

/** Tables that people bring and take away: CSV and XLSX as rows of text. */
const mostUnpacked = 60 * 1024 * 1024

/**
 * The rows of the first sheet, every cell as trimmed text. Undefined when it cannot be read, or unpacks to more than 60 MB.
 * `emptyLines`: those of a CSV are rows too, as in a spreadsheet, so that a row is found again by its number.
 */
export async function readSheet(
  content: Buffer,
  type: string,
  { emptyLines = false } = {},
): Promise<string[][] | undefined> {
  try {
    return type === 'text/csv' ? readCsv(content, emptyLines) : await readFirstSheet(content)
  } catch {
    return undefined
  }
}

function readCsv(content: Buffer, emptyLines: boolean): string[][] {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(content)
  // Excel writes semicolons where the comma is the decimal sign, as in Indonesia: the first line tells which it is.
  const head = text.slice(0, text.search(/\r|\n|$/))
  const delimiter = [';', '\t', ','].reduce((a, b) => (head.split(b).length > head.split(a).length ? b : a))
  return parse(text, {
    delimiter,
    bom: true,
    relax_column_count: true,
    skip_empty_lines: !emptyLines,
    trim: true,
  }) as string[][]
}

async function readFirstSheet(content: Buffer): Promise<string[][]> {
  measure(content)
  // Numbers stay as they were typed: 35.10 is a code, not 35,1.
  return textsOf(await readXlsx<string>(content, { parseNumber: (text) => text }))
}

/** Every sheet of an XLSX by its name, every cell as trimmed text. Undefined when it cannot be read, or unpacks to more than 60 MB. */
export async function readSheets(content: Buffer): Promise<Record<string, string[][]> | undefined> {
  try {
    measure(content)
    const sheets = await readXlsxFile<string>(content, { parseNumber: (text) => text })
    return Object.fromEntries(sheets.map(({ sheet, data }) => [sheet, textsOf(data)]))
  } catch {
    return undefined
  }
}

function measure(content: Buffer): void {
  let unpacked = 0
  unzipSync(content, {
    filter: ({ originalSize }) => {
      unpacked += originalSize
      return false
    },
  })
  if (unpacked > mostUnpacked) throw new Error('unpacks to too much')
}

const textsOf = (rows: readonly (readonly unknown[])[]): string[][] =>
  rows.map((row) => row.map((cell) => (cell === null || cell === undefined ? '' : String(cell).trim())))

/** A CSV as Excel opens it: UTF-8 with its mark. A cell that a spreadsheet would take for a formula gets an apostrophe. */
export function writeCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  const cell = (value: string | number | null) => {
    const text = String(value ?? '')
    const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
    return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

/** An XLSX; text stays text, so that no cell becomes a formula and no code a number. */
export function writeXlsx(rows: readonly (readonly (string | number | null)[])[]): Promise<Buffer> {
  return writeXlsxFile(cellsOf(rows)).toBuffer() as Promise<Buffer>
}

/** An XLSX with several sheets, by their names. */
export function writeSheets(sheets: Record<string, readonly (readonly (string | number | null)[])[]>): Promise<Buffer> {
  const all = Object.entries(sheets).map(([sheet, rows]) => ({ sheet, data: cellsOf(rows) }))
  return writeXlsxFile(all).toBuffer() as Promise<Buffer>
}

const cellsOf = (rows: readonly (readonly (string | number | null)[])[]): SheetData =>
  rows.map((row, i) =>
    row.map((value) => ({
      value: value ?? '',
      type: typeof value === 'number' ? Number : String,
      ...(i === 0 && { fontWeight: 'bold' as const }),
    })),
  ) as SheetData

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
