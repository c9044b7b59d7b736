import type { Package } from '../package/format/index.ts'

/** One thing that differs between two versions, where it stands, and what it means for whoever runs the older one. */
export type Difference = {
  what: 'added' | 'removed' | 'changed'
  /** A kind of thing: form, field, state, move … */
  kind: string
  id: string
  /** The form or flow in which it lies. */
  within?: string
  /** `major`: running cases or reports may meet something that is gone or means something else. */
  size: 'major' | 'minor' | 'patch'
}

type Part = { kind: string; id: string; within?: string; body: unknown; meaning?: unknown }

/** The parts of a package that have a name. `meaning`: what cannot change without breaking what was kept. */
function partsOf(pkg: Package): Part[] {
  const plain = (kind: string, list: readonly { id: string }[]): Part[] =>
    list.map((body) => ({ kind, id: body.id, body }))
  return [
    ...plain('role', pkg.roles),
    ...pkg.forms.flatMap(({ id, fields, checks, ...form }): Part[] => [
      { kind: 'form', id, body: form },
      ...fields.map((field) => ({
        kind: 'field',
        id: field.id,
        within: id,
        body: field,
        meaning: [field.type, field.privacy, field.consent ?? null],
      })),
      ...checks.map((check) => ({ kind: 'check', id: check.id, within: id, body: check })),
    ]),
    ...pkg.flows.flatMap(({ id, states, moves, limits, tasks, ...flow }): Part[] => [
      { kind: 'flow', id, body: flow },
      ...states.map((state) => ({ kind: 'state', id: state.id, within: id, body: state, meaning: state.kind })),
      ...moves.map((move) => ({ kind: 'move', id: move.id, within: id, body: move })),
      ...limits.map((limit) => ({ kind: 'limit', id: limit.id, within: id, body: limit })),
      ...tasks.map((task) => ({ kind: 'task', id: task.id, within: id, body: task })),
    ]),
    ...pkg.rules.map((rule) => ({ kind: 'rule', id: rule.id, body: rule, meaning: rule.privacy })),
    ...plain('message', pkg.messages),
    ...plain('purpose', pkg.purposes),
    ...plain('indicator', pkg.indicators),
    ...pkg.settings.map((setting) => ({ kind: 'setting', id: setting.id, body: setting, meaning: setting.type })),
    ...plain('calendar', pkg.calendars),
    ...plain('example', pkg.examples),
  ]
}

/** Whose loss nobody misses who runs the package. */
const harmless = new Set(['example', 'check', 'message', 'indicator', 'calendar', 'limit'])
const keyOf = ({ kind, within = '', id }: Part) => `${kind} ${within} ${id}`

/** What was added, removed and changed from one version to the next, in the order of the parts of a package. */
export function changesBetween(before: Package, after: Package): Difference[] {
  const old = new Map(partsOf(before).map((part) => [keyOf(part), part]))
  const now = new Map(partsOf(after).map((part) => [keyOf(part), part]))
  const tell = (what: Difference['what'], { kind, id, within }: Part, size: Difference['size']): Difference => ({
    what,
    kind,
    id,
    ...(within ? { within } : {}),
    size,
  })
  const found: Difference[] = []
  const { version: _, ...one } = before.manifest
  const { version: __, ...other } = after.manifest
  if (JSON.stringify(one) !== JSON.stringify(other))
    found.push({ what: 'changed', kind: 'manifest', id: '', size: 'patch' })
  for (const [key, part] of now) {
    const earlier = old.get(key)
    if (!earlier) found.push(tell('added', part, part.kind === 'example' ? 'patch' : 'minor'))
    else if (JSON.stringify(earlier.meaning) !== JSON.stringify(part.meaning))
      found.push(tell('changed', part, 'major'))
    else if (JSON.stringify(earlier.body) !== JSON.stringify(part.body)) found.push(tell('changed', part, 'patch'))
  }
  for (const [key, part] of old)
    if (!now.has(key)) found.push(tell('removed', part, harmless.has(part.kind) ? 'minor' : 'major'))
  return found
}

/** The next version by what changed (semver.org); the same where nothing did. */
export function nextVersion(version: string, changes: readonly Difference[]): string {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  if (changes.some(({ size }) => size === 'major')) return `${major + 1}.0.0`
  if (changes.some(({ size }) => size === 'minor')) return `${major}.${minor + 1}.0`
  return changes.length > 0 ? `${major}.${minor}.${patch + 1}` : version
}
