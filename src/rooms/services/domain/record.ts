import type { Case } from './case.ts'
import type { Field, Package } from './package/format/index.ts'
import type { Privacy } from './package/format/role.ts'
import { allFields } from './package/names.ts'
import type { Result } from './rule.ts'

/** What of a case is kept under one kind of privacy: its values, and the results of rules of that kind. */
export type Part = { data: Record<string, unknown>; rules: Record<string, Result[]> }
/** A case as it is kept: its life holds no value, and each kind of value stands by itself. */
export type Filed = { life: Life } & Record<Privacy, Part>
export type Life = Pick<Case, 'consents' | 'clocks' | 'entered' | 'history' | 'merged' | 'gaps'>

const ranks: readonly Privacy[] = ['open', 'personal', 'specific']

/** A group is as private as its most private column. */
function kindOf(field: Field): Privacy {
  const kinds =
    field.type === 'group' ? [field.privacy, ...field.fields.map(({ privacy }) => privacy)] : [field.privacy]
  return ranks[Math.max(...kinds.map((kind) => ranks.indexOf(kind)))]!
}

/** Take a case apart by privacy. `hide` encrypts a NIK or KK. */
export function takeApart(pkg: Package, it: Case, hide: (number: string) => string): Filed {
  const parts: Record<Privacy, Part> = {
    open: { data: {}, rules: {} },
    personal: { data: {}, rules: {} },
    specific: { data: {}, rules: {} },
  }
  const fields = new Map(allFields(pkg).map((field) => [field.id, field]))
  for (const [id, value] of Object.entries(it.data)) {
    const field = fields.get(id)
    // What no form asks (any more) is treated as the most private.
    parts[field ? kindOf(field) : 'specific'].data[id] = field ? numbers(field, value, hide) : value
  }
  for (const [id, results] of Object.entries(it.rules))
    parts[pkg.rules.find((rule) => rule.id === id)?.privacy ?? 'specific'].rules[id] = results
  const { consents, clocks, entered, history, merged, gaps } = it
  const life = { consents, clocks, entered, history, ...(merged ? { merged } : {}), ...(gaps ? { gaps } : {}) }
  return { life, ...parts }
}

type Head = Pick<Case, 'number' | 'flow' | 'state' | 'openedAt'> & { closedAt?: number }

/** The case again. `show` decrypts a NIK or KK. */
export function putTogether(pkg: Package, head: Head, kept: Filed, show: (sealed: string) => string): Case {
  const data: Record<string, unknown> = {}
  const fields = new Map(allFields(pkg).map((field) => [field.id, field]))
  for (const kind of ranks)
    for (const [id, value] of Object.entries(kept[kind].data ?? {}))
      data[id] = fields.has(id) ? numbers(fields.get(id)!, value, show) : value
  const rules = Object.assign({}, ...ranks.map((kind) => kept[kind].rules ?? {})) as Case['rules']
  return { ...head, data, rules, ...kept.life }
}

function numbers(field: Field, value: unknown, change: (text: string) => string): unknown {
  if ((field.type === 'nik' || field.type === 'kk') && typeof value === 'string') return change(value)
  if (field.type !== 'group' || !Array.isArray(value)) return value
  const secret = new Set(field.fields.filter(({ type }) => type === 'nik' || type === 'kk').map(({ id }) => id))
  return value.map((row: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(row).map(([id, one]) => [id, secret.has(id) && typeof one === 'string' ? change(one) : one]),
    ),
  )
}

/** Where a case belongs: the first region that its opening form asked for, without dots. */
export function areaOf(pkg: Package, it: Case): string {
  const forms = pkg.flows.flatMap(({ moves }) =>
    moves.flatMap(({ from, form }) => (from === 'new' && form ? [form] : [])),
  )
  const regions = pkg.forms
    .filter(({ id }) => forms.includes(id))
    .flatMap(({ fields }) => fields.filter(({ type }) => type === 'region'))
  return String(regions.map(({ id }) => it.data[id]).find((code) => typeof code === 'string') ?? '')
}

/** LPS-26000001: initials of the package, year, running number. */
export function numberOf(pkg: Package, n: number, year: number): string {
  const name = pkg.manifest.id.split('.').at(-1)!
  const initials = name
    .split('-')
    .map((word) => word[0]!.toUpperCase())
    .join('')
  return `${initials}-${String(year % 100).padStart(2, '0')}${String(n).padStart(6, '0')}`
}
