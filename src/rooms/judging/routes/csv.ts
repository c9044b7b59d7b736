import type { C } from '#platform/http.ts'

/** A table as CSV that spreadsheets open: a byte order mark for Excel, and no cell that it would run as a formula. */
export function csv(c: C, name: string, rows: readonly (readonly (string | number | null)[])[]) {
  const cell = (value: string | number | null) => {
    const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value ?? '')
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  c.header('Content-Type', 'text/csv; charset=utf-8')
  c.header('Content-Disposition', `attachment; filename="${name}.csv"`)
  return c.body(`\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`)
}
