import type { Json } from './paths.ts'
import { awardLevels, type Rules, type Words } from './round.ts'

/** One column of a list that is edited row by row. `name` is the part of the item it fills. */
export type Column =
  | { name: string; kind: 'choice'; options: readonly string[]; labels?: Record<string, Words> }
  /** `empty`: what an empty field means; undefined: it must be filled. */
  | { name: string; kind: 'number'; min: number; max?: number; empty?: number | null }
  /** Short, lasting; once stored it is not typed again, because answers point to it. */
  | { name: string; kind: 'key' }
  | { name: string; kind: 'words' }

type Typed = Record<string, string | string[] | undefined>
export type RowProblem = { field: string; code: string; limit?: number | string }

/** What one award rule says: which level, from how many times on, of which years. */
export const awardColumns: readonly Column[] = [
  { name: 'level', kind: 'choice', options: awardLevels },
  { name: 'times', kind: 'number', min: 1, empty: 1 },
  { name: 'fromYear', kind: 'number', min: 2014, max: 2200, empty: null },
  { name: 'toYear', kind: 'number', min: 2014, max: 2200, empty: null },
]

export const ageColumns = (rules: Rules): readonly Column[] => [
  {
    name: 'category',
    kind: 'choice',
    options: rules.categories.map(({ key }) => key),
    labels: Object.fromEntries(rules.categories.map(({ key, label }) => [key, label])),
  },
  { name: 'months', kind: 'number', min: 0 },
]

export const choiceColumns: readonly Column[] = [
  { name: 'key', kind: 'key' },
  { name: 'label', kind: 'words' },
]

/** More rows than this nobody types, and a form must not be made to hold them. */
const mostRows = 100

const one = (typed: Typed, name: string): string => {
  const value = typed[name]
  return (Array.isArray(value) ? (value.at(-1) ?? '') : (value ?? '')).trim()
}

/** The parts of a form that one column has: two for a text in both languages. */
export const partsOfColumn = ({ name, kind }: Column): string[] =>
  kind === 'words' ? [`${name}.id`, `${name}.en`] : [name]

/** The rows of a list as the form carries them, in the order of their numbers. */
export function typedRows(typed: Typed, path: string, columns: readonly Column[]): Record<string, string>[] {
  const parts = columns.flatMap(partsOfColumn)
  const numbers = new Set<number>()
  for (const name of Object.keys(typed)) {
    if (!name.startsWith(`${path}.`)) continue
    const [number = '', ...rest] = name.slice(path.length + 1).split('.')
    if (/^\d{1,3}$/.test(number) && parts.includes(rest.join('.'))) numbers.add(Number(number))
  }
  return [...numbers]
    .sort((a, b) => a - b)
    .slice(0, mostRows)
    .map((number) => Object.fromEntries(parts.map((part) => [part, one(typed, `${path}.${number}.${part}`)])))
}

/** The rows of a list as the form would carry them if nothing had been typed. */
export function storedRows(value: Json | undefined, columns: readonly Column[]): Record<string, string>[] {
  const items = Array.isArray(value) ? (value as readonly { [name: string]: Json }[]) : []
  const text = (each: Json | undefined) => (each === null || each === undefined ? '' : String(each))
  return items.map((item) =>
    Object.fromEntries(
      columns.flatMap(({ name, kind }) => {
        if (kind !== 'words') return [[name, text(item[name])]]
        const both = (item[name] ?? {}) as { id?: string; en?: string }
        return [
          [`${name}.id`, both.id ?? ''],
          [`${name}.en`, both.en ?? ''],
        ]
      }),
    ),
  )
}

/** What was typed with other rows of one list. */
function withRows(typed: Typed, path: string, columns: readonly Column[], rows: readonly Record<string, string>[]) {
  const parts = columns.flatMap(partsOfColumn)
  const isRow = (name: string) => {
    const [number = '', ...rest] = name.startsWith(`${path}.`) ? name.slice(path.length + 1).split('.') : ['']
    return /^\d+$/.test(number) && parts.includes(rest.join('.'))
  }
  const others = Object.entries(typed).filter(([name]) => !isRow(name))
  const fresh = rows.flatMap((row, index) => parts.map((part) => [`${path}.${index}.${part}`, row[part] ?? '']))
  return Object.fromEntries([...others, ...fresh]) as Typed
}

/** What the two buttons of a list do to what was typed; nothing is saved by them. */
export type RowAct = { path: string; act: 'add' } | { path: string; act: 'remove'; row: number }

/** The value of a row's button, read: `add <path>`, `remove <path> <number>`. */
export function rowActOf(text: string): RowAct | null {
  const [act, path, row] = text.split(' ')
  if (!path) return null
  if (act === 'add') return { path, act }
  return act === 'remove' && /^\d+$/.test(row ?? '') ? { path, act, row: Number(row) } : null
}

export function afterRowAct(typed: Typed, columns: readonly Column[], act: RowAct): Typed {
  const rows = typedRows(typed, act.path, columns)
  const next =
    act.act === 'remove'
      ? rows.filter((_, index) => index !== act.row)
      : rows.length < mostRows
        ? [...rows, Object.fromEntries(columns.flatMap(partsOfColumn).map((part) => [part, '']))]
        : rows
  return withRows(typed, act.path, columns, next)
}

/** The list that the rows make. A row in which nothing was typed is no row. */
export function readRows(
  path: string,
  columns: readonly Column[],
  typed: Typed,
): { value: Json } | { problems: RowProblem[] } {
  const problems: RowProblem[] = []
  const items: { [name: string]: Json }[] = []
  for (const [index, row] of typedRows(typed, path, columns).entries()) {
    if (Object.values(row).every((text) => text === '')) continue
    const at = `${path}.${index}`
    const item: { [name: string]: Json } = {}
    for (const column of columns) {
      const read = readCell(column, row)
      if ('value' in read) item[column.name] = read.value
      else problems.push(...read.problems.map((each) => ({ ...each, field: `${at}.${each.field}` })))
    }
    problems.push(...together(item, items, at))
    items.push(item)
  }
  return problems.length > 0 ? { problems } : { value: items }
}

function readCell(column: Column, row: Record<string, string>): { value: Json } | { problems: RowProblem[] } {
  const { name, kind } = column
  const text = row[name] ?? ''
  const wrong = (code: string, limit?: number) => ({
    problems: [{ field: name, code, ...(limit === undefined ? {} : { limit }) }],
  })
  switch (kind) {
    case 'choice':
      return column.options.includes(text) ? { value: text } : wrong('choose')
    case 'key':
      if (!text) return wrong('required')
      return /^[a-z0-9][a-z0-9-]*$/.test(text) ? { value: text } : wrong('key-shape')
    case 'words': {
      const [id, en] = [row[`${name}.id`] ?? '', row[`${name}.en`] ?? '']
      const missing = [...(id ? [] : [`${name}.id`]), ...(en ? [] : [`${name}.en`])]
      return missing.length > 0
        ? { problems: missing.map((field) => ({ field, code: 'both-languages' })) }
        : { value: { id, en } }
    }
    case 'number': {
      if (text === '') return column.empty === undefined ? wrong('required') : { value: column.empty }
      const value = Number(text)
      if (!Number.isFinite(value)) return wrong('number-needed')
      if (!Number.isSafeInteger(value)) return wrong('whole-number')
      if (value < column.min) return wrong('number-least', column.min)
      return column.max !== undefined && value > column.max ? wrong('number-most', column.max) : { value }
    }
  }
}

/** What is wrong with a row beside what stands in it alone: years that run backwards, a category or key used before. */
function together(
  item: { [name: string]: Json },
  before: readonly { [name: string]: Json }[],
  at: string,
): RowProblem[] {
  const { fromYear, toYear } = item
  const backwards = typeof fromYear === 'number' && typeof toYear === 'number' && fromYear > toYear
  const twice = ['key', 'category'].filter(
    (name) => item[name] !== undefined && before.some((other) => other[name] === item[name]),
  )
  return [
    ...(backwards ? [{ field: `${at}.toYear`, code: 'years-backwards' }] : []),
    ...twice.map((name) => ({ field: `${at}.${name}`, code: 'used-before' })),
  ]
}
