import { stringify } from 'yaml'
import { effectFields, effectFrom, readTable, shownTable } from './cells.ts'
import { at, nameFrom, type Place, put } from './documents.ts'
import { anythingFrom, hourLines, hoursFrom, optionLines, optionsFrom, withFrom, withLines } from './lines.ts'
import { isRecord, numberFrom, one, rowNumbers, type Typed, text, valueFrom, valueShown } from './typed.ts'

export type Choice = { value: string; label: string; group?: string }

/** How a part of a document is asked for on a page. */
export type Kind =
  | 'text'
  | 'area'
  | 'feel'
  | 'day'
  | 'number'
  | 'yes'
  | 'condition'
  | 'choice'
  | 'many'
  | 'words'
  | 'long-words'
  | 'options'
  | 'lines'
  | 'anything'
  | 'hours'
  | 'with'
  | 'holder'
  | 'from'
  | 'effect'
  | 'value'
  | 'rows'
  | 'list'
  | 'table'

/**
 * One question about a document or a part of it. `at`: the key, with dots where it lies deeper. What no question asks
 * for stays as it is, and can be changed as text.
 */
export type Ask = {
  at: string
  kind: Kind
  /** The name of its words; none: that of `at`. */
  name?: string
  choices?: readonly Choice[]
  /** What stands for an empty answer to a choice. */
  empty?: string
  /** rows: what is asked for in each. */
  columns?: readonly Ask[]
  /** The heading under which it and those after it stand. */
  head?: string
  /** A row or an item has a page of its own, where there is more. */
  more?: boolean
  /** Answers that are the same as not saying so. */
  default?: unknown
  /** A hint under the field, by the name of its words. */
  hint?: string
}

const placeOf = (key: string): Place => key.split('.')

/** An answer as it stands on the page, by the names of its fields below `name`. */
export function shown(ask: Ask, value: unknown, langs: readonly string[], name: string): Typed {
  switch (ask.kind) {
    case 'words':
    case 'long-words': {
      const words = isRecord(value) ? value : {}
      return Object.fromEntries(langs.map((lang) => [`${name}.${lang}`, text(words[lang])]))
    }
    case 'yes':
      return { [name]: value === true ? 'ya' : '' }
    case 'condition':
      return { [name]: value === true ? 'ya' : value === false || value === undefined ? '' : text(value) }
    case 'many':
      return { [name]: Array.isArray(value) ? value.map(text) : [] }
    case 'from':
      return { [name]: Array.isArray(value) ? value.map(text) : value ? [text(value)] : [] }
    case 'lines':
      return { [name]: Array.isArray(value) ? value.map(text).join('\n') : '' }
    case 'options':
      return { [name]: optionLines(value, langs) }
    case 'anything':
      return { [name]: value === undefined ? '' : stringify(value, { lineWidth: 0 }).trimEnd() }
    case 'hours':
      return { [name]: hourLines(value) }
    case 'with':
      return { [name]: withLines(value) }
    case 'holder':
      return { [name]: isRecord(value) ? (value.role ? `role:${text(value.role)}` : `phone:${text(value.phone)}`) : '' }
    case 'effect':
      return effectFields(value, name)
    case 'value':
      return { [name]: valueShown(value) }
    case 'rows': {
      const rows = Array.isArray(value) ? value : []
      return Object.assign({}, ...rows.map((row, i) => shownRow(ask, row, i, langs, name))) as Typed
    }
    case 'table':
      return shownTable(value, langs, name)
    case 'list':
      return {}
    default:
      return { [name]: text(value ?? ask.default) }
  }
}

function shownRow(ask: Ask, row: unknown, i: number, langs: readonly string[], name: string): Typed {
  const typed: Typed = { [`${name}.${i}.was`]: String(i) }
  for (const column of ask.columns ?? [])
    Object.assign(typed, shown(column, at(row, columnPlace(column)), langs, `${name}.${i}.${column.at}`))
  return typed
}

/** An effect is a row by itself; every other column lies at its key. */
const columnPlace = (column: Ask): Place => (column.kind === 'effect' ? [] : placeOf(column.at))

/** What was typed, as it stands in the document. undefined: nothing. A text that cannot be read is kept as it is. */
export function read(ask: Ask, typed: Typed, langs: readonly string[], name: string, old: unknown): unknown {
  const value = readKind(ask, typed, langs, name, old)
  // What was said needlessly stays said, so that looking at a page changes nothing.
  if (value === undefined && old === false) return false
  return ask.default !== undefined && old === undefined && String(value) === String(ask.default) ? undefined : value
}

function readKind(ask: Ask, typed: Typed, langs: readonly string[], name: string, old: unknown): unknown {
  const typedText = one(typed, name).trim()
  switch (ask.kind) {
    case 'words':
    case 'long-words': {
      const others = isRecord(old) ? Object.entries(old).filter(([lang]) => !langs.includes(lang)) : []
      const said = langs.flatMap((lang) => {
        const words = one(typed, `${name}.${lang}`).trim()
        return words ? [[lang, words]] : []
      })
      return said.length + others.length > 0 ? Object.fromEntries([...said, ...others]) : undefined
    }
    case 'yes':
      return typedText === 'ya' ? true : undefined
    case 'condition':
      return typedText === '' || /^(?:tidak|no|false)$/i.test(typedText)
        ? undefined
        : /^(?:ya|yes|true)$/i.test(typedText)
          ? true
          : typedText
    case 'number':
      return typedText === '' ? undefined : numberFrom(typedText)
    case 'many':
      return [typed[name] ?? []].flat().filter(Boolean)
    case 'from': {
      const chosen = [typed[name] ?? []].flat().filter(Boolean)
      return chosen.includes('new') ? 'new' : chosen.includes('any') ? 'any' : chosen
    }
    case 'lines':
      return typedText === ''
        ? undefined
        : typedText
            .split('\n')
            .map((line) => line.trim())
            .filter(Boolean)
    case 'options':
      return optionsFrom(typedText, langs, old)
    case 'anything':
      return typedText === '' ? undefined : anythingFrom(one(typed, name))
    case 'hours':
      return hoursFrom(typedText)
    case 'with':
      return withFrom(typedText)
    case 'holder': {
      const [kind, id] = typedText.split(':')
      return id ? { [kind === 'role' ? 'role' : 'phone']: id } : undefined
    }
    case 'effect':
      return effectFrom(typed, name, old)
    case 'value':
      return typedText === '' ? undefined : valueFrom(typedText)
    case 'rows':
      return readRows(ask, typed, langs, name, old)
    case 'table':
      return readTable(typed, langs, name, old)
    case 'list':
      return old
    case 'choice':
      return typedText === '' ? undefined : isYesNo(ask) ? typedText === 'true' : typedText
    default:
      return typedText === '' ? undefined : typedText
  }
}

/** A choice between two truths is one. */
const isYesNo = ({ choices = [] }: Ask) =>
  choices.length === 2 && choices.every(({ value }) => /^(?:true|false)$/.test(value))

function readRows(ask: Ask, typed: Typed, langs: readonly string[], name: string, old: unknown): unknown {
  const before = Array.isArray(old) ? old : []
  const taken = new Set<string>()
  const rows = rowNumbers(typed, name).flatMap((i) => {
    const was = one(typed, `${name}.${i}.was`)
    const from: unknown = was === '' ? undefined : before[Number(was)]
    let row: unknown = from ?? {}
    let filled = false
    for (const column of ask.columns ?? []) {
      const place = columnPlace(column)
      const value = read(column, typed, langs, `${name}.${i}.${column.at}`, at(from, place))
      if (value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0))
        filled ||= column.default === undefined
      row = place.length === 0 ? (value ?? row) : put(row, place, emptyList(column, value, from) ? undefined : value)
    }
    if (!filled && from === undefined) return []
    if (!filled && isRecord(row) && Object.keys(row).length === 0) return []
    const named = withName(ask, row, taken)
    return [named]
  })
  return rows.length > 0 ? rows : Array.isArray(old) && old.length > 0 ? [] : undefined
}

/** An empty list that was not there before stays away, so that nothing is changed by looking at it. */
const emptyList = (column: Ask, value: unknown, from: unknown) =>
  Array.isArray(value) && value.length === 0 && at(from, columnPlace(column)) === undefined && column.kind !== 'from'

/** A row with words and no name gets one from its words. */
function withName(ask: Ask, row: unknown, taken: Set<string>): unknown {
  if (!isRecord(row) || !ask.columns?.some(({ at: key }) => key === 'id')) return row
  const words = row.label ?? row.names ?? row.says
  if (!row.id && isRecord(words)) {
    const id = nameFrom(text(Object.values(words)[0]), taken)
    taken.add(id)
    return { id, ...row }
  }
  taken.add(text(row.id))
  return row
}

/** Every answer of a page, put into the part of the document that it is about. */
export function applied(asks: readonly Ask[], typed: Typed, langs: readonly string[], part: unknown): unknown {
  let result = part ?? {}
  for (const ask of asks) {
    // The table of a rule is the version itself, so that its other keys stay beside it.
    const place = ask.kind === 'table' ? [] : placeOf(ask.at)
    const old = at(result, place)
    const value = read(ask, typed, langs, ask.at, old)
    const untouched = Array.isArray(value) && value.length === 0 && old === undefined && ask.kind !== 'from'
    result = put(result, place, untouched ? undefined : value) ?? {}
  }
  return result
}

/** A part of a document as the page's fields show it. */
export function shownAll(asks: readonly Ask[], part: unknown, langs: readonly string[]): Typed {
  return Object.assign(
    {},
    ...asks.map((ask) => shown(ask, ask.kind === 'table' ? part : at(part, placeOf(ask.at)), langs, ask.at)),
  ) as Typed
}
