import type { Package } from '../format/index.ts'
import { allFields } from '../names.ts'
import { type Problem, problem } from '../problem.ts'
import { missing } from './expressions.ts'

const typesOf = { nik: 'nik', name: 'text', birth: 'date', area: 'region' } as const

/** What a person is recognised by is asked somewhere, is of the right type, and is enough. */
export function checkIdentity(pkg: Package): Problem[] {
  const { identity } = pkg.manifest
  if (!identity) return []
  const fields = allFields(pkg)
  const parts = Object.entries(typesOf).flatMap(([part, type]) => {
    const id = identity[part as keyof typeof typesOf]
    const at = `identity.${part}`
    if (id === undefined) return []
    const same = fields.filter((field) => field.id === id)
    if (same.length === 0) return missing('unknown-field-name', id, fields, 'package', at)
    return same.every((field) => field.type === type)
      ? []
      : [problem('identity-wrong-type', `“${id}” is no question of the type ${type}`, 'package', at)]
  })
  const person = [identity.name, identity.birth, identity.area].filter((id) => id !== undefined).length
  if (person !== 3 && (person > 0 || identity.nik === undefined))
    parts.push(
      problem(
        'identity-incomplete',
        'a NIK, or name, birth date and area together; one of them tells too little',
        'package',
        'identity',
      ),
    )
  return parts
}

/** Whoever is given cases by person works in an area; somebody gives them; and a way can only be measured to a place. */
export function checkAssign(pkg: Package): Problem[] {
  return pkg.roles.flatMap(({ assign, reach, public: open }, i) => {
    if (!assign) return []
    const at = `roles[${i}].assign`
    const found = assign.roles.flatMap((role, n) => {
      const by = pkg.roles.find(({ id }) => id === role)
      return by && (by.public || by.reach === 'own')
        ? [problem('assigns-unseen', `“${role}” knows only of cases of its own`, 'roles', `${at}.roles[${n}]`)]
        : missing('unknown-role', role, pkg.roles, 'roles', `${at}.roles[${n}]`)
    })
    if (open || reach !== 'area')
      found.push(
        problem('assign-without-area', 'only a role with the reach “area” is given cases by person', 'roles', at),
      )
    if (!assign.opening && assign.roles.length === 0)
      found.push(problem('assign-by-nobody', 'neither by itself on opening nor by any role', 'roles', at))
    if (assign.by === 'nearest' && !allFields(pkg).some(({ type }) => type === 'gps'))
      found.push(problem('assign-without-place', 'no form asks for a place to be near to', 'roles', `${at}.by`))
    return found
  })
}
