import { type Decision, decide, refuse } from '#platform/result.ts'
import { type AgencyKind, judgeRegion, type Region } from './agency.ts'

/** The columns of the table of agencies, as its first row names them. The last two may be left out. */
export const importColumns = ['kode', 'jenis', 'nama', 'wilayah', 'nama_admin', 'surel_admin'] as const
export type ImportColumn = (typeof importColumns)[number]
export const importLimit = 5000

/** The kinds as the table writes them. */
export const kindWords: Record<AgencyKind, string> = {
  ministry: 'kementerian',
  institution: 'lembaga',
  province: 'provinsi',
  regency: 'kabupaten',
  city: 'kota',
  bumn: 'BUMN',
  bumd: 'BUMD',
}
const kinds = new Map(Object.entries(kindWords).map(([kind, word]) => [word.toLowerCase(), kind as AgencyKind]))

/** A row as it was typed; `row` is its number in the file, the first row of names being 1. */
export type ImportRow = { row: number } & Record<ImportColumn, string>
export type RowProblem = { row: number; column: ImportColumn; code: RowProblemCode; with?: number }
export type RowProblemCode =
  | 'row-required'
  | 'row-kind'
  | 'row-too-long'
  | 'row-code'
  | 'row-region-unknown'
  | 'row-region-ambiguous'
  | 'region-needed'
  | 'region-not-that-kind'
  | 'region-not-here'
  | 'row-code-twice'
  | 'row-name-twice'
  | 'row-code-taken'
  | 'row-name-taken'
  | 'row-email'
  | 'row-admin-half'
  | 'row-email-twice'

export type PlannedAgency = {
  row: number
  code: string
  kind: AgencyKind
  name: string
  region: string | null
  admin: { name: string; email: string } | null
}
export type Checked = { agencies: PlannedAgency[]; known: ImportRow[]; problems: RowProblem[] }
/** What is registered already that rows may meet. */
export type Registered = {
  regions: readonly Region[]
  agencies: readonly { code: string; name: string }[]
}

/**
 * The rows below the names of the columns, which may stand in any order and in any case. The first `required` columns
 * must be there.
 */
export function readTable<Column extends string>(
  table: readonly (readonly string[])[],
  columns: readonly Column[],
  required: number,
):
  | Decision<({ row: number } & Record<Column, string>)[], 'file-empty' | 'file-too-long'>
  | { ok: false; refusal: 'columns-missing'; columns: string[] } {
  const [head = [], ...body] = table
  const names = head.map((name) => name.toLowerCase().replace(/[^a-z]+/g, '_'))
  const missing = columns.slice(0, required).filter((name) => !names.includes(name))
  if (missing.length > 0) return { ok: false, refusal: 'columns-missing', columns: missing }
  const rows = body
    .map((cells, i) => {
      const cell = (name: string) => (cells[names.indexOf(name)] ?? '').trim().replace(/\s+/g, ' ')
      return { row: i + 2, ...Object.fromEntries(columns.map((name) => [name, cell(name)])) } as {
        row: number
      } & Record<Column, string>
    })
    .filter((row) => columns.some((name) => row[name] !== ''))
  if (rows.length === 0) return refuse('file-empty')
  return rows.length > importLimit ? refuse('file-too-long') : decide(rows)
}

export const readRows = (table: readonly (readonly string[])[]) => readTable(table, importColumns, 4)

/** The ways a region may be written in this row: its code, its full name, or its name without "Kabupaten" or "Kota". */
export function regionNamesOf(row: ImportRow): string[] {
  const text = row.wilayah.toLowerCase()
  return text === '' ? [] : [text, `${row.jenis.toLowerCase()} ${text}`]
}

/**
 * Check every row against itself, the others and what is registered. All problems are found, so that one correction of
 * the file is enough. A row whose code and name are both registered is known, not wrong: a list may be imported again.
 */
export function checkRows(rows: readonly ImportRow[], registered: Registered): Checked {
  const regions = Map.groupBy(
    registered.regions.flatMap((region) => [
      { key: region.code, region },
      { key: region.name.toLowerCase(), region },
    ]),
    ({ key }) => key,
  )
  const codes = new Map(registered.agencies.map((agency) => [agency.code.toLowerCase(), agency]))
  const names = new Map(registered.agencies.map((agency) => [agency.name.toLowerCase(), agency]))
  const seen: Record<'kode' | 'nama' | 'surel_admin', Map<string, number>> = {
    kode: new Map(),
    nama: new Map(),
    surel_admin: new Map(),
  }
  const checked: Checked = { agencies: [], known: [], problems: [] }

  for (const row of rows) {
    const before = checked.problems.length
    const complain = (column: ImportColumn, code: RowProblemCode, other?: number) =>
      checked.problems.push({ row: row.row, column, code, ...(other !== undefined && { with: other }) })
    for (const column of ['kode', 'nama', 'surel_admin'] as const) {
      const text = row[column].toLowerCase()
      const earlier = seen[column].get(text)
      const twice = { kode: 'row-code-twice', nama: 'row-name-twice', surel_admin: 'row-email-twice' } as const
      if (text !== '' && earlier !== undefined) complain(column, twice[column], earlier)
      else seen[column].set(text, row.row)
    }
    const sameCode = codes.get(row.kode.toLowerCase())
    const sameName = names.get(row.nama.toLowerCase())
    if (sameCode && sameCode === sameName) {
      if (checked.problems.length === before) checked.known.push(row)
      continue
    }
    checkText(row, complain)
    if (sameCode) complain('kode', 'row-code-taken')
    if (sameName) complain('nama', 'row-name-taken')
    const kind = kinds.get(row.jenis.toLowerCase())
    const region = findRegion(row, kind, regions, complain)
    checkAdmin(row, complain)
    if (checked.problems.length > before || !kind) continue
    const { row: number, kode: code, nama: name, nama_admin, surel_admin } = row
    const admin = surel_admin ? { name: nama_admin, email: surel_admin.toLowerCase() } : null
    checked.agencies.push({ row: number, code, kind, name, region: region?.code ?? null, admin })
  }
  return checked
}

type Complain = (column: ImportColumn, code: RowProblemCode) => void

function checkText(row: ImportRow, complain: Complain) {
  if (row.kode === '') complain('kode', 'row-required')
  else if (row.kode.length > 40) complain('kode', 'row-too-long')
  else if (!/^[A-Za-z0-9.-]+$/.test(row.kode)) complain('kode', 'row-code')
  if (row.nama === '') complain('nama', 'row-required')
  else if (row.nama.length > 200) complain('nama', 'row-too-long')
  if (row.jenis === '') complain('jenis', 'row-required')
  else if (!kinds.has(row.jenis.toLowerCase())) complain('jenis', 'row-kind')
}

function findRegion(
  row: ImportRow,
  kind: AgencyKind | undefined,
  regions: ReadonlyMap<string, readonly { region: Region }[]>,
  complain: Complain,
): Region | null {
  const found = regionNamesOf(row).flatMap((name) => regions.get(name) ?? [])
  if (row.wilayah !== '' && found.length === 0) complain('wilayah', 'row-region-unknown')
  else if (found.length > 1) complain('wilayah', 'row-region-ambiguous')
  else if (kind) {
    const fits = judgeRegion(kind, found[0]?.region ?? null)
    if (!fits.ok) complain('wilayah', fits.refusal)
  }
  return found.length === 1 ? found[0]!.region : null
}

function checkAdmin(row: ImportRow, complain: Complain) {
  const { nama_admin: name, surel_admin: email } = row
  if (name === '' && email === '') return
  if (name === '' || email === '') complain(name === '' ? 'nama_admin' : 'surel_admin', 'row-admin-half')
  if (name.length > 120) complain('nama_admin', 'row-too-long')
  if (email !== '' && (email.length > 200 || !/^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(email)))
    complain('surel_admin', 'row-email')
}
