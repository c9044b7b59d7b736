import { type Case, calendarOf, type Installation } from './case.ts'
import { reachedAt } from './clock.ts'
import { say } from './held.ts'
import type { Field, Package } from './package/format/index.ts'
import { allFields } from './package/names.ts'

/** A value as its reader reads it. `yes` and `no` in the reader's language. */
export function shownValue(field: Field, value: unknown, lang: string, words: { yes: string; no: string }): string {
  const option = (id: unknown) => {
    const found = 'options' in field ? field.options.find((one) => one.id === id) : undefined
    return found ? say(found.label, lang) : String(id)
  }
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (field.type === 'group' && Array.isArray(value))
    return value
      .map((row: Record<string, unknown>) =>
        field.fields
          .flatMap((column) => (row[column.id] === undefined ? [] : [shownValue(column, row[column.id], lang, words)]))
          .join(' '),
      )
      .join('; ')
  if (Array.isArray(value)) return value.map(option).join(', ')
  if (field.type === 'gps') {
    const { lat, lon, accuracy } = value as Record<string, number>
    return `${lat}, ${lon} (±${accuracy} m)`
  }
  if (typeof value === 'object' && value !== null) return '…'
  return option(value)
}

/** What somebody sees of the values, question by question, in the order of the forms. */
export function shownValues(
  pkg: Package,
  data: Record<string, unknown>,
  lang: string,
  words: { yes: string; no: string },
): [string, string][] {
  const seen = new Set<string>()
  return allFields(pkg).flatMap((field): [string, string][] => {
    if (!Object.hasOwn(data, field.id) || seen.has(field.id)) return []
    seen.add(field.id)
    return [[say(field.label, lang), shownValue(field, data[field.id], lang, words)]]
  })
}

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
