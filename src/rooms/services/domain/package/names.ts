import type { Known } from '../expression.ts'
import type { Field, Package } from './format/index.ts'

/** What an expression can say of the case itself. Days are counted from the day it was opened. */
export const ofCase = new Set(['state', 'number', 'days', 'opened', 'times'])

/** Every name that an expression of this package may use, and what stands behind it. */
export function knownNames(pkg: Package): Map<string, 'value' | 'anything' | ReadonlySet<string>> {
  const known: Known = new Map()
  for (const field of allFields(pkg))
    known.set(field.id, field.type === 'group' || field.type === 'gps' ? 'anything' : 'value')
  known.set('setting', new Set(pkg.settings.map(({ id }) => id)))
  known.set('rule', new Set(pkg.rules.map(({ id }) => id)))
  known.set('consent', new Set(pkg.purposes.map(({ id }) => id)))
  known.set('case', ofCase)
  known.set('estimated', 'value')
  known.set('today', 'value')
  known.set('now', 'value')
  return known
}

export function allFields(pkg: Package): Field[] {
  return pkg.forms.flatMap(({ fields }) => fields)
}
