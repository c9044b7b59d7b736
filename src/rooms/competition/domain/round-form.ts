import { isList, type Json } from './paths.ts'
import type { Rules } from './round.ts'
import { based, isSaid, readBasis } from './round-basis.ts'
import type { Problem } from './round-consistency.ts'
import { child, keyedPath, keyOf, put } from './round-document.ts'
import type { Field, Section } from './round-field.ts'
import { fieldsOf } from './round-fields.ts'
import { added, removed } from './round-items.ts'
import { renoted } from './round-notes.ts'
import { readRules } from './round-reading.ts'
import { readRows } from './round-rows.ts'

export type Typed = Record<string, string | string[] | undefined>
/** What is wrong with a field of the form, by its name. */
export type FieldProblem = { field: string; code: string; limit?: number | string }
export type Applied = { ok: true; rules: Rules } | { ok: false; problems: FieldProblem[]; places: Problem[] }

const one = (typed: Typed, name: string): string => {
  const value = typed[name]
  return (Array.isArray(value) ? (value.at(-1) ?? '') : (value ?? '')).trim()
}
export const many = (typed: Typed, name: string): string[] => {
  const value = typed[name]
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}
const keyShape = /^[a-z0-9][a-z0-9-]*$/

/**
 * The rules after one section of the editor was filled in. Every field of the section is read, then items are removed,
 * put in order and added. Rules that do not fit together yet may be kept (they cannot be published); a value that cannot
 * be read may not.
 */
export function applySection(before: Rules, section: string, typed: Typed): Applied {
  if (section === 'document') return applyDocument(before, one(typed, 'document'))
  const fields = fieldsOf(before, section)
  if (!fields) return { ok: false, problems: [{ field: 'form', code: 'not-valid' }], places: [] }
  const problems: FieldProblem[] = []
  const gone = many(typed, 'remove')
  let document: Json = structuredClone(before) as Json
  // Unticking the interview puts the whole of it away, whatever stands in its other fields.
  if (section === 'interview' && one(typed, 'interview') === '')
    return finished(before, { ...(document as object), interview: null })
  if (section === 'interview' && before.interview === null)
    return finished(before, { ...(document as object), interview: startingInterview })
  const shown = fields.blocks.flatMap((block) => (block.item && gone.includes(block.item) ? [] : block.fields))
  for (const field of shown.filter(({ path }) => path !== 'interview')) {
    const read = readField(field, typed)
    if (Array.isArray(read)) problems.push(...read)
    else document = put(document, field.path.split('.'), read.value)
  }
  const bases = shown.flatMap((field) => {
    if (!hasBasis(field)) return []
    const read = readBasis(field.path, typed)
    if ('problems' in read) problems.push(...read.problems)
    return 'basis' in read && read.basis ? [{ path: field.path, basis: read.basis }] : []
  })
  document = ordered(document, fields, typed)
  for (const item of fields.blocks.flatMap((block) => (block.item ? [block.item] : [])))
    if (gone.includes(item)) {
      const next = removed(document, item)
      if (next === null) problems.push({ field: item, code: 'last-one' })
      else document = next
    }
  for (const { list, kinds } of fields.additions) {
    const key = one(typed, `add.${list}.key`)
    const [id, en, kind] = [`add.${list}.id`, `add.${list}.en`, `add.${list}.kind`].map((name) => one(typed, name))
    if (!key && !id && !en) continue
    if (!keyShape.test(key)) problems.push({ field: `add.${list}.key`, code: key ? 'key-shape' : 'required' })
    if (!id || !en) problems.push({ field: `add.${list}.${id ? 'en' : 'id'}`, code: 'both-languages' })
    if (kinds && !kinds.includes(kind!)) problems.push({ field: `add.${list}.kind`, code: 'choose' })
    if (keyShape.test(key) && id && en) document = added(document, list, { key, label: { id, en }, kind: kind! })
  }
  if (problems.length > 0) return { ok: false, problems, places: [] }
  const applied = finished(before, tidy(document))
  if (!applied.ok) return applied
  const said = bases.filter(({ path }) => isSaid(path.split('.').reduce(child, applied.rules as Json | undefined)))
  return { ok: true, rules: said.reduce((rules, { path, basis }) => based(rules, path, basis), applied.rules) }
}

/** Is what this field's rule rests on asked beside it? */
export const hasBasis = (field: Field): boolean => field.kind === 'copied' || (field.kind === 'rows' && field.basis)

function finished(before: Rules, document: Json): Applied {
  const { rules, problems } = readRules(document)
  if (rules) return { ok: true, rules: renoted(before, rules) }
  const places = problems.map((problem) => ({ ...problem, path: keyedPath(document, problem.path) }))
  return { ok: false, problems: [{ field: 'document', code: 'document-problem' }], places }
}

/** The whole document as text. The key and the version are not typed. */
function applyDocument(before: Rules, text: string): Applied {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (error) {
    const limit = error instanceof Error ? error.message : ''
    return { ok: false, problems: [{ field: 'document', code: 'json', limit }], places: [] }
  }
  const object = parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed)
  if (!object) return { ok: false, problems: [{ field: 'document', code: 'not-valid' }], places: [] }
  const document = { ...(parsed as Record<string, Json>), key: before.key, version: before.version }
  const { rules, problems } = readRules(document)
  // Notes are typed here too, so they are kept as they stand.
  if (rules) return { ok: true, rules }
  const places = problems.map((problem) => ({ ...problem, path: keyedPath(document, problem.path) }))
  return { ok: false, problems: [{ field: 'document', code: 'document-problem' }], places }
}

type Read = { value: Json } | FieldProblem[]

function readField(field: Field, typed: Typed): Read {
  const { path } = field
  const text = one(typed, path)
  const required = (): FieldProblem[] => [{ field: path, code: 'required' }]
  switch (field.kind) {
    case 'text':
      return text ? { value: text } : required()
    case 'tick':
      return { value: text !== '' }
    case 'lines':
      return { value: text.split(/\r?\n/).flatMap((line) => (line.trim() ? [line.trim()] : [])) }
    case 'words': {
      const [id, en] = [one(typed, `${path}.id`), one(typed, `${path}.en`)]
      if (field.optional && !id && !en) return { value: null }
      const missing = [...(id ? [] : [`${path}.id`]), ...(en ? [] : [`${path}.en`])]
      return missing.length > 0
        ? missing.map((name) => ({ field: name, code: 'both-languages' }))
        : { value: { id, en } }
    }
    case 'number': {
      if (text === '') return field.optional ? { value: null } : required()
      const value = Number(text.replace(',', '.'))
      if (!Number.isFinite(value)) return [{ field: path, code: 'number-needed' }]
      if (field.whole && !Number.isSafeInteger(value)) return [{ field: path, code: 'whole-number' }]
      if (value < field.min) return [{ field: path, code: 'number-least', limit: field.min }]
      if (field.max !== undefined && value > field.max) return [{ field: path, code: 'number-most', limit: field.max }]
      return { value }
    }
    case 'moment': {
      if (text === '') return field.optional ? { value: null } : required()
      const moment = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(:\d{2})?$/.exec(text)
      const value = moment ? `${moment[1]}${moment[2] ?? ':00'}+07:00` : text
      return Number.isNaN(Date.parse(value)) || !moment ? [{ field: path, code: 'date' }] : { value }
    }
    case 'choice':
      if (text === '' && field.optional) return { value: null }
      return field.options.includes(text) ? { value: text } : [{ field: path, code: 'choose' }]
    case 'many': {
      const chosen = many(typed, path).filter((each) => field.options.includes(each))
      return chosen.length > 0 ? { value: chosen } : [{ field: path, code: 'one-needed' }]
    }
    case 'rows': {
      const read = readRows(path, field.columns, typed)
      return 'problems' in read ? read.problems : read
    }
    case 'copied': {
      if (one(typed, `${path}.on`) === '') return { value: null }
      const read = readRows(`${path}.awards`, field.columns, typed)
      if ('problems' in read) return read.problems
      return { value: { awards: read.value, signedStatement: one(typed, `${path}.signedStatement`) !== '' } }
    }
    case 'evidence':
      return readEvidence(path, typed)
  }
}

function readEvidence(path: string, typed: Typed): Read {
  if (one(typed, `${path}.on`) === '') return { value: null }
  const accept = many(typed, `${path}.accept`).filter((kind) => ['pdf', 'photo', 'link'].includes(kind))
  const maxMb = Number(one(typed, `${path}.maxMb`).replace(',', '.'))
  const max = Number(one(typed, `${path}.max`))
  const problems: FieldProblem[] = [
    ...(accept.length === 0 ? [{ field: `${path}.accept`, code: 'one-needed' }] : []),
    ...(maxMb > 0 ? [] : [{ field: `${path}.maxMb`, code: 'number-needed' }]),
    ...(Number.isSafeInteger(max) && max >= 1 ? [] : [{ field: `${path}.max`, code: 'number-least', limit: 1 }]),
  ]
  return problems.length > 0
    ? problems
    : { value: { required: one(typed, `${path}.required`) !== '', accept, maxMb, max } }
}

/** The lists whose order was typed, in that order; equal numbers keep their places. */
function ordered(document: Json, { blocks }: Section, typed: Typed): Json {
  const items = blocks.flatMap(({ item, order }) => (item && order !== null ? [{ item, order }] : []))
  if (items.length === 0) return document
  const list = items[0]!.item.split('.').slice(0, -1)
  const wanted = new Map(
    items.map(({ item, order }) => [item.split('.').at(-1)!, Number(one(typed, `order.${item}`)) || order]),
  )
  const now = list.reduce<Json | undefined>((node, step) => child(node, step), document)
  if (now === undefined || now === null || typeof now !== 'object' || !isList(now)) return document
  const sorted = [...now].sort((a, b) => (wanted.get(keyOf(a)!) ?? 0) - (wanted.get(keyOf(b)!) ?? 0))
  return put(document, list, sorted)
}

/** A cluster whose places are all empty has no fixed share. */
function tidy(document: Json): Json {
  const { clusters } = document as { clusters: readonly Record<string, Json>[] }
  return {
    ...(document as object),
    clusters: clusters.map((cluster) => {
      if (cluster.quota === null) return cluster
      const places = Object.entries(cluster.quota as Record<string, Json>).filter(([, value]) => value !== null)
      return { ...cluster, quota: places.length === 0 ? null : Object.fromEntries(places) }
    }),
  }
}

const startingInterview: Json = {
  minutesPresentation: 10,
  minutesQuestions: 20,
  sheet: [{ key: 'penyampaian', label: { id: 'Penyampaian', en: 'Delivery' }, weight: 100 }],
  leaderPresenceScored: false,
}
