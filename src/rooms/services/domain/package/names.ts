import type { Known } from '../expression.ts'
import type { Field, Package } from './format/index.ts'
import type { Privacy } from './format/role.ts'
import { type Problem, problem } from './problem.ts'

/** What an expression can say of the case itself. Days are counted from the day it was opened. */
export const ofCase = new Set(['state', 'number', 'days', 'opened', 'times'])

/** Every name that an expression of this package may use, and what stands behind it. */
export function knownNames(pkg: Package): Known {
  const known: Known = new Map()
  for (const field of allFields(pkg))
    known.set(field.id, field.type === 'group' ? field.atMost : field.type === 'gps' ? 'anything' : 'value')
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

const ranks: readonly Privacy[] = ['open', 'personal', 'specific']

type Guarded = { privacy: Privacy; only: readonly string[] }

/**
 * What is made from a value tells that value, above all with its explanation. So it is as private as the most private of
 * what it is made from, and seen by no other roles: a score of illnesses is not shown to those who may not see the illnesses.
 */
export function checkPrivacy(
  pkg: Package,
  uses: Iterable<string>,
  target: Guarded,
  file: string,
  at: string,
): Problem[] {
  const leaks = ({ privacy, only }: Guarded) =>
    ranks.indexOf(privacy) > ranks.indexOf(target.privacy) ||
    (only.length > 0 && (target.only.length === 0 || target.only.some((role) => !only.includes(role))))
  const found = [...uses].find((used) => {
    const [root, member] = used.split('.')
    const fields = allFields(pkg).filter(({ id }) => id === root)
    const inside = fields.flatMap((field) => (field.type === 'group' ? [field, ...field.fields] : [field]))
    const rules = root === 'rule' ? pkg.rules.filter(({ id }) => id === member) : []
    return [...inside, ...rules].some(leaks)
  })
  return found ? [problem('privacy-leak', `is made from “${found}”, which fewer may see`, file, at)] : []
}
