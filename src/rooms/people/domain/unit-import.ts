import { readTable } from './import.ts'
import { type Establishment, stateOf } from './office.ts'

/** The columns of the table of units, as its first row names them. The last two may be left out. */
export const unitColumns = ['unit', 'nama', 'surel'] as const
export type UnitColumn = (typeof unitColumns)[number]
export type UnitRow = { row: number } & Record<UnitColumn, string>
export type UnitProblemCode = 'row-required' | 'row-too-long' | 'row-email' | 'row-person-half' | 'row-person-twice'
export type UnitProblem = { row: number; column: UnitColumn; code: UnitProblemCode; with?: number }
export type PlannedPerson = { row: number; unit: string; name: string; email: string }
/** `units` are new names; `known` counts people who hold or were invited to the post already. */
export type CheckedUnits = { units: string[]; people: PlannedPerson[]; known: number; problems: UnitProblem[] }

export const readUnitRows = (table: readonly (readonly string[])[]) => readTable(table, unitColumns, 1)

const post = (unit: string, email: string) => `${unit.toLowerCase()}\n${email.toLowerCase()}`

/**
 * Check every row against itself, the others and the agency as it stands. A unit may stand in several rows, one for each
 * of its people. Whoever holds the post or is invited to it is known, not wrong: a list may be imported again.
 */
export function checkUnits(
  rows: readonly UnitRow[],
  at: Pick<Establishment, 'units' | 'held' | 'invited'>,
  now: Date,
): CheckedUnits {
  const registered = new Map(at.units.map(({ id, name }) => [id, name]))
  const names = new Set(at.units.map(({ name }) => name.toLowerCase()))
  const open = at.invited.filter(({ expires }) => stateOf({ expires, used: null, revoked: null }, now) === 'open')
  const filled = new Set(
    [...at.held, ...open]
      .filter(({ role }) => role === 'unit')
      .map((o) => post(registered.get(o.unit!) ?? '', o.email)),
  )
  const seen = new Map<string, number>()
  const checked: CheckedUnits = { units: [], people: [], known: 0, problems: [] }
  for (const { row, unit, nama: name, surel: email } of rows) {
    const before = checked.problems.length
    const complain = (column: UnitColumn, code: UnitProblemCode, other?: number) =>
      checked.problems.push({ row, column, code, ...(other !== undefined && { with: other }) })
    if (unit === '') complain('unit', 'row-required')
    else if (unit.length > 200) complain('unit', 'row-too-long')
    if ((name === '') !== (email === '')) complain(name === '' ? 'nama' : 'surel', 'row-person-half')
    if (name.length > 120) complain('nama', 'row-too-long')
    if (email !== '' && (email.length > 200 || !/^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(email)))
      complain('surel', 'row-email')
    const key = post(unit, email)
    const earlier = email === '' ? undefined : seen.get(key)
    if (earlier !== undefined) complain('surel', 'row-person-twice', earlier)
    seen.set(key, row)
    if (checked.problems.length > before) continue
    if (!names.has(unit.toLowerCase())) {
      names.add(unit.toLowerCase())
      checked.units.push(unit)
    }
    if (email === '') continue
    if (filled.has(key)) checked.known++
    else checked.people.push({ row, unit, name, email: email.toLowerCase() })
  }
  return checked
}
