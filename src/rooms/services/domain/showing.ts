import { isDay } from '#platform/nik.ts'
import { formatDate, type Lang } from '#platform/text.ts'
import { type Case, calendarOf, type Installation } from './case.ts'
import { reachedAt } from './clock.ts'
import { say } from './held.ts'
import type { Field, Package } from './package/format/index.ts'
import { allFields } from './package/names.ts'

/** Words that values are read with: yes and no, and the names of regions by their code without dots. */
export type Reading = { lang: Lang; yes: string; no: string; regions: ReadonlyMap<string, string> }

/** A value as its reader reads it. */
export function shownValue(field: Field, value: unknown, reading: Reading): string {
  if (typeof value === 'boolean') return value ? reading.yes : reading.no
  if (field.type === 'group' && Array.isArray(value))
    return value
      .map((row: Record<string, unknown>) =>
        field.fields
          .flatMap((column) => (row[column.id] === undefined ? [] : [shownValue(column, row[column.id], reading)]))
          .join(' '),
      )
      .join('; ')
  const option = (id: unknown) => {
    const found = 'options' in field ? field.options.find((one) => one.id === id) : undefined
    return found ? say(found.label, reading.lang) : String(id)
  }
  if (Array.isArray(value)) return value.map(option).join(', ')
  if (field.type === 'gps') {
    const { lat, lon, accuracy } = value as Record<string, number>
    return `${lat}, ${lon} (±${accuracy} m)`
  }
  // A file is shown beside the values.
  if (typeof value === 'object' && value !== null) return '✓'
  if (field.type === 'region') return reading.regions.get(String(value)) ?? String(value)
  if ((field.type === 'date' || field.type === 'calculated') && typeof value === 'string' && isDay(value))
    return formatDate(value, reading.lang)
  return option(value)
}

/** Whether a question knows these answers: a question of one name may stand in several forms with other options. */
const knows = (field: Field, value: unknown) =>
  !('options' in field) || [value].flat().every((id) => field.options.some((option) => option.id === id))

/** What somebody sees of the values, question by question, in the order of the forms. */
export function shownValues(pkg: Package, data: Record<string, unknown>, reading: Reading): [string, string][] {
  const fields = allFields(pkg)
  return [...new Set(fields.map(({ id }) => id))].flatMap((id): [string, string][] => {
    if (!Object.hasOwn(data, id)) return []
    const same = fields.filter((field) => field.id === id)
    const field = same.find((one) => knows(one, data[id])) ?? same[0]!
    return [[say(field.label, reading.lang), shownValue(field, data[id], reading)]]
  })
}

export type ShownFile = { label: string; kind: 'photo' | 'voice' | 'signature'; hash: string }

/** The files among what somebody sees, in the order of the forms. */
export function shownFiles(pkg: Package, data: Record<string, unknown>, lang: string): ShownFile[] {
  const found = new Map<string, ShownFile>()
  const add = (field: Field, value: unknown) => {
    const { sha256 } = (value ?? {}) as { sha256?: string }
    if ((field.type === 'photo' || field.type === 'voice' || field.type === 'signature') && sha256)
      found.set(sha256, { label: say(field.label, lang), kind: field.type, hash: sha256 })
  }
  for (const field of allFields(pkg)) {
    const value = data[field.id]
    if (field.type !== 'group') add(field, value)
    else if (Array.isArray(value))
      for (const row of value as Record<string, unknown>[])
        for (const column of field.fields) add(column, row[column.id])
  }
  return [...found.values()]
}

/** The regions that stand in what is seen: codes without dots. */
export const regionsIn = (pkg: Package, data: Record<string, unknown>): string[] =>
  allFields(pkg).flatMap(({ id, type }) => (type === 'region' && typeof data[id] === 'string' ? [data[id]] : []))

/** The clocks of a case: when each is due, or null while it stands still. */
export function shownClocks(
  pkg: Package,
  here: Installation,
  it: Case,
  lang: string,
): { name: string; due: Date | null }[] {
  const limits = pkg.flows.find(({ id }) => id === it.flow)?.limits ?? []
  return it.clocks.flatMap((clock) => {
    const limit = limits.find(({ id }) => id === clock.limit)
    if (!limit) return []
    const at = reachedAt(clock, 100, calendarOf(pkg, clock.calendar), here.place)
    return [{ name: say(limit.names, lang), due: at === null ? null : new Date(at) }]
  })
}

/** A state by its name inside, or by the word that outsiders are told. */
export function stateName(pkg: Package, flowId: string, stateId: string, lang: string, outside = false): string {
  const state = pkg.flows.find(({ id }) => id === flowId)?.states.find(({ id }) => id === stateId)
  return state ? say(outside && state.told ? state.told : state.names, lang) : stateId
}

/** Whether nobody of these roles sees anything of the person. */
export const isOutside = (pkg: Package, roles: readonly string[]): boolean =>
  !pkg.roles.some(({ id, sees }) => roles.includes(id) && (sees.includes('personal') || sees.includes('specific')))
