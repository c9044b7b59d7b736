import { stringify } from 'yaml'
import type { Files } from '../package/archive.ts'
import { parse } from '../package/document.ts'
import { kindOf, type Package } from '../package/format/index.ts'
import { limits } from '../package/limits.ts'
import { type Problem, type Reading, refuses } from '../package/problem.ts'

/**
 * The documents of a package that is being written, by their path without its ending (`package`, `forms/laporan`). They
 * may be wrong: what is wrong is told, and nothing is lost by it. `README` is text.
 */
export type Documents = Record<string, unknown>
/** The documents that a save changed, as they became; null: removed. */
export type Changes = Record<string, unknown>

/** Where something stands in a document: keys and positions, `fields.3.label`. */
export type Place = readonly (string | number)[]

export const placeFrom = (text: string): Place =>
  text === '' ? [] : text.split('.').map((part) => (/^\d{1,4}$/.test(part) ? Number(part) : part))

/** Documents in the order in which a person meets them. */
const order = ['package', 'roles', 'forms/', 'flows/', 'rules/', 'messages', 'consents', 'calendars', 'settings']
const rank = (path: string) => {
  const at = order.findIndex((start) => path === start || (start.endsWith('/') && path.startsWith(start)))
  return at < 0 ? order.length : at
}
export const pathsOf = (documents: Documents): string[] =>
  Object.keys(documents).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))

/** A document as the text that an editor shows and problems count their lines in. */
export function textOf(document: unknown): string {
  return typeof document === 'string' ? document : stringify(document, { lineWidth: 0, flowCollectionPadding: true })
}

/** The files of a package, as they would stand in a folder. */
export function filesOf(documents: Documents): Files {
  return new Map(
    Object.entries(documents).map(([path, document]) => [
      path === 'README' ? 'README.md' : `${path}.yaml`,
      new TextEncoder().encode(textOf(document)),
    ]),
  )
}

/** The other way: what was read of a folder or an unsealed file. What cannot be parsed is told. */
export function documentsOf(files: Files): Reading<Documents> {
  const problems: Problem[] = []
  const documents: Documents = {}
  for (const [path, bytes] of files) {
    if (path === 'README.md') documents.README = new TextDecoder().decode(bytes).slice(0, limits.file)
    if (!kindOf(path)) continue
    const parsed = parse(path, bytes)
    problems.push(...parsed.problems)
    if (parsed.document) documents[path.replace(/\.\w+$/, '')] = parsed.document.content
  }
  return refuses(problems) ? { ok: false, problems } : { ok: true, value: documents, problems }
}

/** Which documents differ. */
export function changesFrom(before: Documents, after: Documents): Changes {
  const changes: Changes = {}
  for (const path of new Set([...Object.keys(before), ...Object.keys(after)]))
    if (JSON.stringify(before[path]) !== JSON.stringify(after[path])) changes[path] = after[path] ?? null
  return changes
}

/** The documents after these saves, oldest first. */
export function afterSaves(saves: readonly Changes[]): Documents {
  const all: Documents = Object.assign({}, ...saves)
  return Object.fromEntries(Object.entries(all).filter(([, document]) => document !== null))
}

const hard = new Set(['file-too-large', 'too-deep', 'too-many-values', 'prototype-name', 'not-utf8', 'too-many-files'])

/**
 * Why these documents are not kept at all, however they came: the limits that hold for a stranger's package hold for
 * whoever writes one. Everything else that is wrong is kept, and told.
 */
export function tooMuch(documents: Documents, changed: readonly string[]): Problem | undefined {
  const files = filesOf(documents)
  const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0)
  const stop = (rule: string): Problem => ({ level: 'error', file: '', at: '', rule, says: '' })
  if (files.size > limits.files) return stop('too-many-files')
  if (bytes > limits.unpacked) return stop('package-too-large')
  for (const path of changed) {
    if (path !== 'README' && !kindOf(`${path}.yaml`)) return stop('unknown-file')
    const file = files.get(`${path}.yaml`)
    const found = file && parse(`${path}.yaml`, file).problems.find(({ rule }) => hard.has(rule))
    if (found) return found
  }
  return undefined
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What stands at a place; undefined where there is nothing. */
export function at(document: unknown, place: Place): unknown {
  let current = document
  for (const step of place) {
    if (Array.isArray(current) && typeof step === 'number') current = current[step]
    else if (isRecord(current) && Object.hasOwn(current, step)) current = current[step]
    else return undefined
  }
  return current
}

/** The document with another value at a place. undefined takes the key away; records on the way are made. */
export function put(document: unknown, place: Place, value: unknown): unknown {
  const [step, ...rest] = place
  if (step === undefined) return value
  if (typeof step === 'number') {
    const list = Array.isArray(document) ? [...document] : []
    list[step] = put(list[step], rest, value)
    return list
  }
  const record = isRecord(document) ? document : {}
  const inner = put(Object.hasOwn(record, step) ? record[step] : undefined, rest, value)
  if (inner === undefined || (rest.length > 0 && isRecord(inner) && Object.keys(inner).length === 0)) {
    const { [step]: _, ...others } = record
    return others
  }
  return { ...record, [step]: inner }
}

/** A list of a document as records, whatever else stands there. */
export function listAt(document: unknown, place: Place): Record<string, unknown>[] {
  const list = at(document, place)
  return Array.isArray(list) ? list.map((item) => (isRecord(item) ? item : {})) : []
}

/** A name for expressions from words for people: "Nomor HP" → nomor_hp. */
export function nameFrom(text: string, taken: ReadonlySet<string> = new Set()): string {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_\d]+|_+$/g, '')
    .slice(0, 40)
    .replace(/_+$/, '')
  const first = plain || 'isian'
  for (let n = 1; ; n++) {
    const name = n === 1 ? first : `${first}_${n}`
    if (!taken.has(name)) return name
  }
}

/** A row of a list taken away, or changed with its neighbour. */
export type RowAct = { list: string; act: 'add' | 'remove' | 'up' | 'down'; index: number }

/** `fields:up:3`, the value of a button. */
export function rowActOf(text: string): RowAct | undefined {
  const found = /^([a-z_.0-9]*):(add|remove|up|down):(\d{1,4})$/i.exec(text)
  return found ? { list: found[1]!, act: found[2] as RowAct['act'], index: Number(found[3]) } : undefined
}

export function actOnList<T>(list: readonly T[], { act, index }: Pick<RowAct, 'act' | 'index'>, fresh: T): T[] {
  if (act === 'add') return [...list.slice(0, index), fresh, ...list.slice(index)]
  if (act === 'remove') return list.filter((_, i) => i !== index)
  const other = act === 'up' ? index - 1 : index + 1
  if (other < 0 || other >= list.length || index >= list.length) return [...list]
  return list.map((item, i) => (i === index ? list[other]! : i === other ? list[index]! : item))
}

/** What a schema fills in by itself, wherever such a key stands: left out of a document that people read. */
const filledIn: Record<string, string> = {
  ...{ alone: 'false', required: 'false', automatic: 'false', offline: 'false', estimated: 'false' },
  ...{ urgent: 'false', clinical: 'false', only: '[]', checks: '[]', reasons: '[]', effects: '[]', restart: '[]' },
  ...{ limits: '[]', tasks: '[]', exclusive: '[]', bands: '[]', sources: '[]', with: '{}' },
}

function lean(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lean)
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => filledIn[key] === undefined || filledIn[key] !== JSON.stringify(inner))
      .map(([key, inner]) => [key, lean(inner)]),
  )
}

/** The documents of a package that was read before: they say the same, without what a schema fills in. */
export function documentsFrom(pkg: Package): Documents {
  const each = (folder: string, list: readonly { id: string }[]) =>
    Object.fromEntries(list.map((document) => [`${folder}/${document.id}`, lean(document)]))
  const one = (path: string, key: string, list: readonly unknown[]) =>
    list.length > 0 ? { [path]: { [key]: lean(list) } } : {}
  return {
    package: lean(pkg.manifest),
    ...one('roles', 'roles', pkg.roles),
    ...one('calendars', 'calendars', pkg.calendars),
    ...one('messages', 'messages', pkg.messages),
    ...one('consents', 'purposes', pkg.purposes),
    ...one('indicators', 'indicators', pkg.indicators),
    ...one('settings', 'settings', pkg.settings),
    ...each('forms', pkg.forms),
    ...each('flows', pkg.flows),
    ...each('rules', pkg.rules),
    ...each('examples', pkg.examples),
  }
}
