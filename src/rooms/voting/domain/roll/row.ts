import { isDay, readNik } from '#platform/nik.ts'
import { type Decision, decide, refuse } from '#platform/result.ts'

/** The columns of a list of voters, as its first row names them; the first two are needed. */
export const rollColumns = ['nik', 'nama', 'lahir', 'kelamin', 'kawin', 'alamat', 'dusun', 'rt', 'rw', 'tps'] as const
export type RollColumn = (typeof rollColumns)[number]
export type RollRow = { readonly row: number } & Readonly<Record<RollColumn, string>>
/** Rows that one file may hold: more than the largest village has. */
export const mostRows = 30_000

/** B belum, S sudah, P pernah kawin: who is married votes before 17. */
export const maritals = ['B', 'S', 'P'] as const
export type Marital = (typeof maritals)[number]

/** A person as the roll knows them, before a number is given. `nik` are its 16 digits. */
export type Entry = {
  readonly nik: string
  readonly name: string
  /** YYYY-MM-DD, as the list says or as the NIK does. */
  readonly born: string | null
  readonly sex: 'L' | 'P' | null
  readonly marital: Marital | null
  readonly address: string
  readonly hamlet: string
  readonly rt: string
  readonly rw: string
  /** Number of the polling place; null until it is divided. */
  readonly tps: number | null
}

export type RowProblemCode =
  | 'row-required'
  | 'row-too-long'
  | 'row-nik-digits'
  | 'row-nik-twice'
  | 'row-nik-other-tps'
  | 'row-nik-listed'
  | 'row-born'
  | 'row-sex'
  | 'row-marital'
  | 'row-tps'
/** `with`: the row that this one meets, for `row-nik-listed` the polling place, for `row-too-long` the most signs. */
export type RowProblem = {
  readonly row: number
  readonly column: RollColumn
  readonly code: RowProblemCode
  readonly with?: number
}

/** Who is in the roll of the village already: the polling place by NIK. */
export type Registered = { readonly tps: readonly number[]; readonly listed: ReadonlyMap<string, number | null> }

export type Checked = {
  /** Rows that can be taken. */
  readonly entries: readonly { readonly row: number; readonly entry: Entry }[]
  /** Rows of people who are in the roll already, at the same polling place: a list may be imported again. */
  readonly known: number
  /** Rows that are left out, each with why. */
  readonly problems: readonly RowProblem[]
}

/** The rows of a table whose first row names the columns. */
export function readRollRows(
  table: readonly (readonly string[])[],
):
  | Decision<RollRow[], 'file-empty' | 'file-too-long'>
  | { ok: false; refusal: 'columns-missing'; columns: readonly string[] } {
  const [head = [], ...body] = table
  const names = head.map((name) => name.toLowerCase().replace(/[^a-z]+/g, '_'))
  const missing = rollColumns.slice(0, 2).filter((name) => !names.includes(name))
  if (missing.length > 0) return { ok: false, refusal: 'columns-missing', columns: missing }
  const rows = body
    .map((cells, at) => {
      const cell = (name: string) => (cells[names.indexOf(name)] ?? '').trim().replace(/\s+/g, ' ')
      return { row: at + 2, ...Object.fromEntries(rollColumns.map((name) => [name, cell(name)])) } as RollRow
    })
    .filter((row) => rollColumns.some((name) => row[name] !== ''))
  if (rows.length === 0) return refuse('file-empty')
  return rows.length > mostRows ? refuse('file-too-long') : decide(rows)
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** A birthday as lists write it (31-12-1980, 31/12/1980, 31|12|1980, 1980-12-31, or a spreadsheet's date) as YYYY-MM-DD. */
export function readBorn(text: string): string | undefined {
  const sheet = /^\w{3} (\w{3}) (\d\d) (\d{4})\b/.exec(text)
  const written = /^(\d{1,2})[-/|. ](\d{1,2})[-/|. ](\d{4})$/.exec(text)
  const day = sheet
    ? `${sheet[3]}-${String(months.indexOf(sheet[1]!.toLowerCase()) + 1).padStart(2, '0')}-${sheet[2]}`
    : written
      ? `${written[3]}-${written[2]!.padStart(2, '0')}-${written[1]!.padStart(2, '0')}`
      : text
  return isDay(day) ? day : undefined
}

const limits: Partial<Record<RollColumn, number>> = { nama: 120, alamat: 200, dusun: 60, rt: 5, rw: 5 }
/** Spreadsheets write 3510… as '3510… or with spaces and dots. */
const digitsOf = (text: string) => text.replace(/[\s.'’-]/g, '')
const numbered = (text: string) => (/^\d+$/.test(text) ? String(Number(text)).padStart(3, '0') : text)

/**
 * Check every row against itself, the others and the roll as it stands. What cannot be right is left out and named; what may
 * have a reason (an impossible date inside a NIK, somebody below 17) is taken and becomes a question for the committee.
 * `today` is the day of the check.
 */
export function checkRoll(rows: readonly RollRow[], registered: Registered, today: string): Checked {
  const places = new Set(registered.tps)
  const seen = new Map<string, { row: number; tps: number | null }>()
  const entries: { row: number; entry: Entry }[] = []
  const problems: RowProblem[] = []
  let known = 0
  for (const typed of rows) {
    const { row } = typed
    const before = problems.length
    const complain = (column: RollColumn, code: RowProblemCode, other?: number) =>
      problems.push({ row, column, code, ...(other !== undefined && { with: other }) })
    for (const column of ['nik', 'nama'] as const) if (typed[column] === '') complain(column, 'row-required')
    for (const [column, most] of Object.entries(limits) as [RollColumn, number][])
      if (typed[column].length > most) complain(column, 'row-too-long', most)

    const nik = digitsOf(typed.nik)
    if (typed.nik !== '' && !/^\d{12}(?!0000)\d{4}$/.test(nik)) complain('nik', 'row-nik-digits')
    const tps = typed.tps === '' ? null : Number(typed.tps.replace(/^tps\s*/i, ''))
    if (tps !== null && !places.has(tps)) complain('tps', 'row-tps')
    const born = typed.lahir === '' ? null : readBorn(typed.lahir)
    if (born === undefined || (born && born > today)) complain('lahir', 'row-born')
    const sex = sexOf(typed.kelamin)
    if (sex === undefined) complain('kelamin', 'row-sex')
    const marital = maritalOf(typed.kawin)
    if (marital === undefined) complain('kawin', 'row-marital')
    if (problems.length > before || born === undefined || sex === undefined || marital === undefined) continue

    const earlier = seen.get(nik)
    if (earlier) {
      complain('nik', earlier.tps === tps ? 'row-nik-twice' : 'row-nik-other-tps', earlier.row)
      continue
    }
    seen.set(nik, { row, tps })
    if (registered.listed.has(nik)) {
      const at = registered.listed.get(nik)!
      if (tps === null || at === null || at === tps) known++
      else complain('nik', 'row-nik-listed', at)
      continue
    }
    const says = readNik(nik, { today, allowSynthetic: true })
    entries.push({
      row,
      entry: {
        nik,
        name: typed.nama,
        born: born ?? says.birthDate ?? null,
        sex: sex ?? (says.sex === 'female' ? 'P' : says.sex === 'male' ? 'L' : null),
        marital,
        address: typed.alamat,
        hamlet: typed.dusun,
        rt: numbered(typed.rt),
        rw: numbered(typed.rw),
        tps,
      },
    })
  }
  return { entries, known, problems }
}

function sexOf(text: string): 'L' | 'P' | null | undefined {
  if (text === '') return null
  if (/^(l|lk|laki-?laki)$/i.test(text)) return 'L'
  return /^(p|pr|perempuan)$/i.test(text) ? 'P' : undefined
}

function maritalOf(text: string): Marital | null | undefined {
  if (text === '') return null
  const letter = text[0]!.toUpperCase()
  return maritals.find((each) => each === letter)
}
