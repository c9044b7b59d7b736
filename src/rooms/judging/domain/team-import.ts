import type { Region } from '#people'
import { type Decision, decide, refuse } from '#platform/result.ts'

/** The columns of the table of evaluators, as its first row names them. All but the first two may be left out. */
export const teamColumns = [
  'nama',
  'surel',
  'instansi',
  'daerah_asal',
  'keahlian',
  'bidang',
  'tempat_kerja',
  'paling_sedikit',
  'paling_banyak',
] as const
export type TeamColumn = (typeof teamColumns)[number]
export const teamLimit = 1000
/** What somebody reads at most when the table does not say. A setting, as in the form. */
export const usualMost = 60

/** A row as it was typed; `row` is its number in the file, the first row of names being 1. */
export type TeamRow = { row: number } & Record<TeamColumn, string>
export type TeamProblemCode =
  | 'row-required'
  | 'row-too-long'
  | 'row-email'
  | 'row-email-twice'
  | 'row-region-unknown'
  | 'row-region-ambiguous'
  | 'row-category-unknown'
  | 'row-agency-unknown'
  | 'row-load'
  | 'row-account-closed'
export type TeamProblem = { row: number; column: TeamColumn; code: TeamProblemCode; with?: number | string }

export type PlannedEvaluator = {
  row: number
  name: string
  email: string
  /** The account of somebody who holds the role already; null: is invited, and joins on accepting. */
  person: string | null
  university: string | null
  sector: string | null
  expertise: string[]
  homeRegion: string | null
  employer: string | null
  minLoad: number
  maxLoad: number
}
export type CheckedTeam = { people: PlannedEvaluator[]; known: TeamRow[]; problems: TeamProblem[] }

/** What is there already that rows may meet. */
export type Present = {
  regions: readonly Region[]
  agencies: readonly { id: string; code: string; name: string }[]
  categories: readonly { key: string; label: { id: string; en: string } }[]
  accounts: readonly { id: string; email: string; closed: Date | null; holds: boolean }[]
  /** Addresses of the team and of those who are expected. */
  team: ReadonlySet<string>
}

/** The rows below the names of the columns, which may stand in any order and in any case. */
export function readTeamRows(
  table: readonly (readonly string[])[],
): Decision<TeamRow[], 'file-empty' | 'file-too-long'> | { ok: false; refusal: 'columns-missing'; columns: string[] } {
  const [head = [], ...body] = table
  const names = head.map((name) => name.toLowerCase().replace(/[^a-z]+/g, '_'))
  const missing = teamColumns.slice(0, 2).filter((name) => !names.includes(name))
  if (missing.length > 0) return { ok: false, refusal: 'columns-missing', columns: missing }
  const rows = body
    .map((cells, i) => {
      const cell = (name: string) => (cells[names.indexOf(name)] ?? '').trim().replace(/\s+/g, ' ')
      return { row: i + 2, ...Object.fromEntries(teamColumns.map((name) => [name, cell(name)])) } as TeamRow
    })
    .filter((row) => teamColumns.some((name) => row[name] !== ''))
  if (rows.length === 0) return refuse('file-empty')
  return rows.length > teamLimit ? refuse('file-too-long') : decide(rows)
}

/**
 * Check every row against itself, the others and what is there. All problems are found, so that one correction of the
 * file is enough. Whoever is in the team or expected already is known, not wrong: a list may be imported again.
 */
export function checkTeam(rows: readonly TeamRow[], present: Present): CheckedTeam {
  const checked: CheckedTeam = { people: [], known: [], problems: [] }
  const seen = new Map<string, number>()
  for (const row of rows) {
    const before = checked.problems.length
    const complain = (column: TeamColumn, code: TeamProblemCode, other?: number | string) =>
      checked.problems.push({ row: row.row, column, code, ...(other !== undefined && { with: other }) })
    const email = row.surel.toLowerCase()
    const earlier = seen.get(email)
    if (email !== '' && earlier !== undefined) complain('surel', 'row-email-twice', earlier)
    else seen.set(email, row.row)
    if (present.team.has(email)) {
      if (checked.problems.length === before) checked.known.push(row)
      continue
    }
    if (row.nama === '') complain('nama', 'row-required')
    else if (row.nama.length > 120) complain('nama', 'row-too-long')
    if (email === '') complain('surel', 'row-required')
    else if (email.length > 200 || !/^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(email)) complain('surel', 'row-email')
    if (row.instansi.length > 200) complain('instansi', 'row-too-long')
    const account = present.accounts.find((each) => each.email === email)
    if (account?.closed) complain('surel', 'row-account-closed')
    const homeRegion = regionOf(row, present, complain)
    const employer = agencyOf(row, present, complain)
    const expertise = partsOf(row.keahlian, present).map((part) => categoryOf(part, 'keahlian', present, complain))
    const sector = row.bidang === '' ? null : categoryOf(row.bidang, 'bidang', present, complain)
    const [minLoad, maxLoad] = loadsOf(row, complain)
    if (checked.problems.length > before) continue
    checked.people.push({
      row: row.row,
      name: row.nama,
      email,
      person: account?.holds ? account.id : null,
      university: row.instansi || null,
      sector,
      expertise: [...new Set(expertise)],
      homeRegion,
      employer,
      minLoad,
      maxLoad,
    })
  }
  return checked
}

type Complain = (column: TeamColumn, code: TeamProblemCode, other?: number | string) => void

function regionOf(row: TeamRow, { regions }: Present, complain: Complain): string | null {
  const text = row.daerah_asal.toLowerCase()
  if (text === '') return null
  const found = regions.filter((region) => region.code === text || region.name.toLowerCase() === text)
  if (found.length === 0) complain('daerah_asal', 'row-region-unknown')
  if (found.length > 1) complain('daerah_asal', 'row-region-ambiguous')
  return found[0]?.code ?? null
}

function agencyOf(row: TeamRow, { agencies }: Present, complain: Complain): string | null {
  const text = row.tempat_kerja.toLowerCase()
  if (text === '') return null
  const found = agencies.find((agency) => agency.code.toLowerCase() === text || agency.name.toLowerCase() === text)
  if (!found) complain('tempat_kerja', 'row-agency-unknown')
  return found?.id ?? null
}

const named = (text: string, { categories }: Present) =>
  categories.find(({ key, label }) =>
    [key, label.id, label.en].some((name) => name.toLowerCase() === text.toLowerCase()),
  )

/** Several categories in one cell, by semicolons, or by commas where a comma is not part of a category's name. */
function partsOf(text: string, present: Present): string[] {
  return text
    .split(';')
    .flatMap((part) => (named(part.trim(), present) ? [part] : part.split(',')))
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** A category by its key or by its name in either language. */
function categoryOf(text: string, column: 'keahlian' | 'bidang', present: Present, complain: Complain): string {
  const found = named(text, present)
  if (!found) complain(column, 'row-category-unknown', text)
  return found?.key ?? ''
}

function loadsOf(row: TeamRow, complain: Complain): [least: number, most: number] {
  const number = (column: 'paling_sedikit' | 'paling_banyak', usual: number) => {
    if (row[column] === '') return usual
    if (/^\d{1,4}$/.test(row[column]) && Number(row[column]) <= 1000) return Number(row[column])
    complain(column, 'row-load')
    return usual
  }
  const least = number('paling_sedikit', 0)
  const most = number('paling_banyak', Math.max(usualMost, least))
  if (most < 1 || least > most) complain('paling_banyak', 'row-load')
  return [least, most]
}
