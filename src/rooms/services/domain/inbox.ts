import { inspect } from './expression.ts'
import type { Package } from './package/format/index.ts'
import { allFields, knownNames } from './package/names.ts'

/**
 * Whether whoever opened a case in this role may read a message of it: it went to the role, or to a number that the opening
 * form asked for; and it says nothing that the role may not see, unless that very form asked for it.
 */
export function readsMessage(pkg: Package, flowId: string, roleId: string, messageId: string): boolean {
  const role = pkg.roles.find(({ id }) => id === roleId)
  const message = pkg.messages.find(({ id }) => id === messageId)
  if (!role || !message) return false
  const openings = pkg.flows
    .filter(({ id }) => id === flowId)
    .flatMap(({ moves }) => moves.filter(({ from, roles }) => from === 'new' && roles.includes(roleId)))
  const own = new Set(
    pkg.forms
      .filter(({ id }) => openings.some(({ form }) => form === id))
      .flatMap(({ fields }) => fields.map(({ id }) => id)),
  )
  if ('role' in message.to ? message.to.role !== roleId : !own.has(message.to.phone)) return false
  const known = knownNames(pkg)
  const uses = Object.values(message.with).flatMap(({ value }) => [...inspect(value, known).uses])
  return uses.every((used) => {
    const [root = '', member] = used.split('.')
    if (root === 'setting' || root === 'case' || root === 'today' || root === 'now') return true
    if (root === 'rule') {
      const rule = pkg.rules.find(({ id }) => id === member)
      return (
        rule !== undefined && role.sees.includes(rule.privacy) && (rule.only.length === 0 || rule.only.includes(roleId))
      )
    }
    if (own.has(root)) return true
    return allFields(pkg)
      .filter(({ id }) => id === root)
      .every(({ privacy, only }) => role.sees.includes(privacy) && (only.length === 0 || only.includes(roleId)))
  })
}
