import { inspect, type Known } from '../../expression.ts'
import type { Field, Form, PlainField } from '../format/form.ts'
import type { Package } from '../format/index.ts'
import { checkPrivacy } from '../names.ts'
import { unsafe } from '../pattern.ts'
import { type Problem, problem } from '../problem.ts'
import { checkFeel, missing, repeated } from './expressions.ts'

/**
 * Forms can be filled in from top to bottom: a question depends only on those above it, so nothing waits for itself. A
 * value under a consent never reaches, by calculation, where the consent does not.
 */
export function checkForms(pkg: Package, known: Known): Problem[] {
  const meanings = new Map<string, string>()
  return pkg.forms.flatMap((form) => {
    const file = `forms/${form.id}`
    const found = [...repeated(file, 'fields', form.fields), ...repeated(file, 'checks', form.checks)]
    form.fields.forEach((field, i) => {
      const at = `fields[${i}]`
      // One name is one thing: who may see it and under which consent cannot depend on where it was filled in.
      const meaning = `${field.type}, ${field.privacy}, ${field.consent ?? 'no consent'}, ${field.only.join(' ') || 'all roles'}`
      const earlier = meanings.get(field.id)
      if (earlier && earlier !== meaning)
        found.push(problem('field-differs', `“${field.id}” is ${earlier} in another form, ${meaning} here`, file, at))
      meanings.set(field.id, meaning)
      found.push(...checkField(pkg, form, field, file, at, known))
      if (field.type === 'group') {
        found.push(...repeated(file, `${at}.fields`, field.fields))
        const columns: Known = new Map([...known, ...field.fields.map(({ id }) => [id, 'value'] as const)])
        field.fields.forEach((column, j) => {
          if (column.consent && column.consent !== field.consent)
            found.push(problem('consent-inside-group', 'the consent stands at the group', file, `${at}.fields[${j}]`))
          found.push(...checkField(pkg, form, column, file, `${at}.fields[${j}]`, columns))
        })
      }
    })
    form.checks.forEach((check, i) => {
      if (!form.fields.some(({ id }) => id === check.field))
        found.push(problem('unknown-field-name', `the form has no field “${check.field}”`, file, `checks[${i}].field`))
      found.push(...checkFeel(check.when, known, file, `checks[${i}].when`))
    })
    return found
  })
}

function checkField(pkg: Package, form: Form, field: Field | PlainField, file: string, at: string, known: Known) {
  const found: Problem[] = []
  const expressions: [string, string | boolean | undefined][] = [
    ['when', field.when],
    ['required', field.required],
    ['value', field.type === 'calculated' ? field.value : undefined],
    ['earliest', field.type === 'date' ? field.earliest : undefined],
    ['latest', field.type === 'date' ? field.latest : undefined],
  ]
  const here = form.fields.findIndex(
    (other) => other === field || (other.type === 'group' && other.fields.includes(field as PlainField)),
  )
  for (const [part, source] of expressions) {
    if (typeof source !== 'string') continue
    found.push(...checkFeel(source, known, file, `${at}.${part}`))
    const { uses } = inspect(source, known)
    if (part === 'value') found.push(...checkPrivacy(pkg, uses, field, file, `${at}.privacy`))
    for (const used of uses) {
      const where = form.fields.findIndex(({ id }) => id === used.split('.')[0])
      if (where > here || (where === here && form.fields[here] === field))
        found.push(problem('asked-later', `“${used}” is asked later than what depends on it`, file, `${at}.${part}`))
      const consent = where >= 0 ? form.fields[where]!.consent : consentOf(pkg, used)
      if (part === 'value' && consent && consent !== field.consent)
        found.push(
          problem(
            'consent-leak',
            `is made from “${used}”, which needs a consent that this field does not ask`,
            file,
            at,
          ),
        )
    }
  }
  field.only.forEach((role, i) => {
    found.push(...missing('unknown-role', role, pkg.roles, file, `${at}.only[${i}]`))
  })
  if (field.consent && !pkg.purposes.some(({ id }) => id === field.consent))
    found.push(problem('unknown-purpose', `there is no purpose “${field.consent}”`, file, `${at}.consent`))
  if (field.consent && field.privacy === 'open')
    found.push(problem('consent-on-open', 'a value under a consent is not open', file, `${at}.privacy`))
  if (field.type === 'text' && field.pattern) {
    const why = unsafe(field.pattern)
    if (why) found.push(problem('pattern-unsafe', why, file, `${at}.pattern`))
  }
  if (
    (field.type === 'choice' || field.type === 'multi') &&
    new Set(field.options.map(({ id }) => id)).size !== field.options.length
  )
    found.push(problem('duplicate-id', 'two options of one name', file, `${at}.options`))
  if (['nik', 'kk', 'phone', 'photo', 'voice', 'signature', 'gps'].includes(field.type) && field.privacy === 'open')
    found.push(
      problem('privacy-too-low', `a ${field.type} tells who somebody is; it is not open`, file, `${at}.privacy`),
    )
  return found
}

function consentOf(pkg: Package, name: string): string | undefined {
  for (const { fields } of pkg.forms)
    for (const field of fields) if (field.id === name && field.consent) return field.consent
  return undefined
}
